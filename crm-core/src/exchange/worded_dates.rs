//! Dates with words in them: `4 mai 2021`, `May 4, 2021`, `2021年5月4日`, `令和3年5月4日`. They need no order.

use super::dates::digits;
use crate::values::NaiveDate;

/// The months as English, German and French write them, in small letters; shortened ones are found by their beginning.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier"],
    &["february", "februar", "feber", "février", "fevrier"],
    &["march", "märz", "maerz", "mars", "mrz"],
    &["april", "avril"],
    &["may", "mai"],
    &["june", "juni", "juin"],
    &["july", "juli", "juillet"],
    &["august", "août", "aout"],
    &["september", "septembre"],
    &["october", "oktober", "octobre"],
    &["november", "novembre"],
    &["december", "dezember", "décembre", "decembre"],
];

/// What may stand between day, month and year and says nothing: `1st of May`, `1er mai`.
const FILLERS: [&str; 8] = ["st", "nd", "rd", "th", "of", "er", "de", "den"];

/// The years before the first of each Japanese era.
const ERAS: [(&str, u32); 4] = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911)];

/// A date written with words, and what stands behind it; the inner `None` for a day that is not in the calendar.
pub(super) fn worded(text: &str) -> Option<(Option<NaiveDate>, &str)> {
    east_asian(text).or_else(|| with_month_name(text))
}

/// `2021年5月4日` in Chinese and Japanese, `2021년 5월 4일` in Korean.
fn east_asian(text: &str) -> Option<(Option<NaiveDate>, &str)> {
    let (year, rest) = text.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let (day, rest) = rest.split_once(['日', '일'])?;
    let year = match ERAS
        .iter()
        .find_map(|(era, before)| Some((year.strip_prefix(era)?, before)))
    {
        // The first year of an era is called the original one.
        Some((year, before)) => before + if year == "元" { 1 } else { digits(year.trim())? },
        None if year.trim().len() == 4 => digits(year.trim())?,
        None => return None,
    };
    Some((date(year, digits(month.trim())?, digits(day.trim())?), rest.trim()))
}

fn with_month_name(text: &str) -> Option<(Option<NaiveDate>, &str)> {
    let mut rest = text;
    let (mut numbers, mut month) = ([""; 2], None);
    let mut count = 0;
    // The year comes last, so that what stands behind it is a time.
    while count < 2 {
        rest = rest.trim_start_matches([' ', '.', ',', '-', '/']);
        let first = rest.chars().next()?;
        let same = |letter: char| letter.is_ascii_digit() == first.is_ascii_digit() && letter.is_alphanumeric();
        let (token, behind) = rest.split_at(rest.find(|letter| !same(letter)).unwrap_or(rest.len()));
        rest = behind;
        if first.is_ascii_digit() {
            numbers[count] = token;
            count += 1;
        } else if !FILLERS.contains(&token.to_lowercase().as_str()) {
            // The year is behind the month, and there is one month.
            if month.replace(month_named(token)?).is_some() {
                return None;
            }
        }
    }
    let [day, year] = numbers;
    (day.len() <= 2 && year.len() == 4).then_some(())?;
    let behind = rest.trim_start_matches([',', ' ', 'T']).trim_end();
    Some((date(digits(year)?, month?, digits(day)?), behind))
}

/// The number of a month by its name, whole or by three letters and more.
fn month_named(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let is = |name: &str| name == word || (word.chars().count() >= 3 && name.starts_with(&word));
    let mut meant = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| is(name)));
    match (meant.next(), meant.next()) {
        (Some((number, _)), None) => Some(number),
        _ => None,
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        worded(text).and_then(|(date, _)| date).map(|date| date.to_string())
    }

    #[test]
    fn months_are_read_by_their_names_in_three_languages() {
        for text in [
            "4 mai 2021",
            "4. Mai 2021",
            "4 May 2021",
            "May 4, 2021",
            "4-May-2021",
            "04MAY2021",
            "4th of May 2021",
        ] {
            assert_eq!(read(text).as_deref(), Some("2021-05-04"), "{text}");
        }
        for (text, expected) in [
            ("1er août 2021", "2021-08-01"),
            ("31. Dez. 2021", "2021-12-31"),
            ("3. März 2021", "2021-03-03"),
            ("14 juil. 2021", "2021-07-14"),
            ("2 juin 2021", "2021-06-02"),
            ("28 févr. 2021", "2021-02-28"),
            ("Sept 9 2021", "2021-09-09"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn east_asian_dates_are_read_with_years_of_their_eras() {
        for text in ["2021年5月4日", "2021년 5월 4일", "令和3年5月4日", "2021 年 05 月 04 日"] {
            assert_eq!(read(text).as_deref(), Some("2021-05-04"), "{text}");
        }
        assert_eq!(read("令和元年5月1日").as_deref(), Some("2019-05-01"));
        assert_eq!(read("平成31年4月30日").as_deref(), Some("2019-04-30"));
    }

    #[test]
    fn words_that_are_no_month_and_days_that_are_in_no_calendar_are_no_dates() {
        for text in [
            "4 ju 2021",
            "4 jui 2021",
            "31 avril 2021",
            "4 mai 21",
            "mai 2021",
            "4 5 2021",
            "2021年5月",
            "May May 4 2021",
        ] {
            assert_eq!(read(text), None, "{text} was taken for a date");
        }
    }

    #[test]
    fn what_stands_behind_the_date_is_its_time() {
        assert_eq!(worded("May 4, 2021, 10:30 AM").map(|(_, rest)| rest), Some("10:30 AM"));
        assert_eq!(worded("2021年5月4日 10:30").map(|(_, rest)| rest), Some("10:30"));
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_cell_reading_it_never_panics(cell in "\\PC{0,24}") {
            let _ = worded(&cell);
        }
    }
}
