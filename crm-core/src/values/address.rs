use std::fmt;

use serde::{Deserialize, Serialize};

use super::script;

/// Where to write to or go to, in the parts that forms and files have.
///
/// It is written in the order of its country: from the street to the country in most, from the country to the street
/// in China, Japan and Korea. Their addresses in Latin letters are written for readers abroad, so like those of most.
///
/// ```
/// use crm_core::values::Address;
/// let address = Address {
///     street: Some("Torstraße 1".into()),
///     locality: Some("Berlin".into()),
///     postal_code: Some("10119".into()),
///     country: Some("DE".into()),
///     ..Address::default()
/// };
/// assert_eq!(address.lines(), ["Torstraße 1", "10119 Berlin", "DE"]);
/// assert_eq!(address.to_string(), "Torstraße 1, 10119 Berlin, DE");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Street and number, building, floor; one line for each line of an envelope.
    pub street: Option<String>,
    /// The city, town or village.
    pub locality: Option<String>,
    /// The province, state or county.
    pub region: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The country: its code of ISO 3166, by which the order is known, or its name.
    pub country: Option<String>,
}

/// How the postal services of a country want it (Universal Postal Union, addressing systems).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// `100000 北京市朝阳区建国路1号`: postal code, then from large to small, nothing between.
    China,
    /// `〒100-0001` on a line of its own, then from large to small, nothing between.
    Japan,
    /// `서울특별시 종로구 …, 03154`: from large to small, spaces between, the code last.
    Korea,
    /// `Berlin` behind its code, the region not written: most of Europe and Latin America.
    CodeBeforeLocality,
    /// `Springfield, IL 62701`: North America, Australia, and what has no rule of its own.
    CodeAfterRegion,
    /// The code alone on the last line: the United Kingdom, Ireland, and what followed their posts.
    CodeOnItsOwnLine,
}

impl Address {
    /// The lines of an envelope below the name; none of an empty address.
    pub fn lines(&self) -> Vec<String> {
        let [region, locality, code, country] =
            [&self.region, &self.locality, &self.postal_code, &self.country].map(said);
        let street = || said(&self.street).lines().map(str::trim).map(str::to_owned);
        let order = self.order();
        // A city that is its own province or state is written once.
        let province = if region == locality { "" } else { region };
        let mut lines: Vec<String> = match order {
            Order::China | Order::Japan => {
                let code = if order == Order::Japan && !code.is_empty() && !code.starts_with('〒') {
                    format!("〒{code}")
                } else {
                    code.to_owned()
                };
                let streets: String = street().collect();
                vec![country.to_owned(), code, format!("{province}{locality}{streets}")]
            }
            Order::Korea => {
                let streets = street().collect::<Vec<_>>().join(" ");
                let place = joined(&[province, locality, &streets], " ");
                vec![country.to_owned(), place, code.to_owned()]
            }
            Order::CodeBeforeLocality => {
                let town = joined(&[code, locality], " ");
                street()
                    .chain([town, province.to_owned(), country.to_owned()])
                    .collect()
            }
            Order::CodeAfterRegion => {
                let between = if province.is_empty() { " " } else { ", " };
                let place = joined(&[locality, &joined(&[province, code], " ")], between);
                street().chain([place, country.to_owned()]).collect()
            }
            Order::CodeOnItsOwnLine => {
                let rest = [locality, province, code, country].map(str::to_owned);
                street().chain(rest).collect()
            }
        };
        lines.retain(|line| !line.is_empty());
        lines
    }

    fn order(&self) -> Order {
        let code = said(&self.country).to_ascii_uppercase();
        if let Some(order) = self.east_asian_order(&code) {
            return order;
        }
        match code.as_str() {
            "GB" | "UK" | "IE" | "GG" | "JE" | "IM" | "HK" | "KE" | "ZA" | "LK" | "MT" => Order::CodeOnItsOwnLine,
            "AD" | "AL" | "AM" | "AR" | "AT" | "AX" | "AZ" | "BA" | "BE" | "BG" | "CH" | "CL" | "CR" | "CU" | "CY"
            | "CZ" | "DE" | "DK" | "DO" | "DZ" | "EE" | "ES" | "FI" | "FO" | "FR" | "GE" | "GF" | "GL" | "GP"
            | "GR" | "GT" | "HN" | "HR" | "IL" | "IS" | "IT" | "KW" | "LI" | "LT" | "LU" | "MA" | "MC" | "MD"
            | "ME" | "MK" | "MQ" | "MX" | "MY" | "NC" | "NI" | "NL" | "NO" | "PF" | "PH" | "PL" | "PT" | "PY"
            | "RE" | "RO" | "RS" | "SE" | "SI" | "SK" | "SM" | "SN" | "TN" | "TR" | "UY" | "VA" | "XK" => {
                Order::CodeBeforeLocality
            }
            _ => Order::CodeAfterRegion,
        }
    }

    /// The order of an address that is written in Chinese characters, kana or Hangul. Characters alone are those of
    /// China where the country is not given.
    fn east_asian_order(&self, country: &str) -> Option<Order> {
        let text = [&self.street, &self.locality, &self.region].map(said).concat();
        let wrote = |script: fn(char) -> bool| text.contains(script);
        let (han, kana, hangul) = (wrote(script::is_han), wrote(script::is_kana), wrote(script::is_hangul));
        match country {
            _ if !han && !kana && !hangul => None,
            "JP" | "日本" => Some(Order::Japan),
            "KR" | "KP" | "대한민국" | "한국" => Some(Order::Korea),
            "CN" | "TW" | "HK" | "MO" | "中国" | "中國" | "台湾" | "台灣" | "香港" | "澳门" | "澳門" => {
                Some(Order::China)
            }
            _ if hangul => Some(Order::Korea),
            _ if kana => Some(Order::Japan),
            _ => Some(Order::China),
        }
    }
}

fn said(part: &Option<String>) -> &str {
    part.as_deref().map_or("", str::trim)
}

fn joined(parts: &[&str], between: &str) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(between)
}

/// The address on one line.
impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = match self.order() {
            Order::China | Order::Japan => " ",
            _ => ", ",
        };
        formatter.write_str(&self.lines().join(between))
    }
}

/// Leaves the place out: it is a customer's.
impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Address")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address([street, locality, region, postal_code, country]: [&str; 5]) -> Address {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Address {
            street: part(street),
            locality: part(locality),
            region: part(region),
            postal_code: part(postal_code),
            country: part(country),
        }
    }

    #[test]
    fn an_address_is_written_in_the_order_of_its_country() {
        for (parts, lines) in [
            (
                ["Torstraße 1\nHinterhaus", "Berlin", "Berlin", "10119", "DE"],
                "Torstraße 1|Hinterhaus|10119 Berlin|DE",
            ),
            (
                ["1 Main St", "Springfield", "IL", "62701", "US"],
                "1 Main St|Springfield, IL 62701|US",
            ),
            (
                ["10 Downing Street", "London", "", "SW1A 2AA", "GB"],
                "10 Downing Street|London|SW1A 2AA|GB",
            ),
            (
                ["建国路1号", "朝阳区", "北京市", "100000", "CN"],
                "CN|100000|北京市朝阳区建国路1号",
            ),
            (
                ["1 Jianguo Road", "Beijing", "Beijing", "100000", "CN"],
                "1 Jianguo Road|Beijing 100000|CN",
            ),
            (
                ["丸の内1-1", "千代田区", "東京都", "100-0005", "JP"],
                "JP|〒100-0005|東京都千代田区丸の内1-1",
            ),
            (
                ["세종대로 209", "종로구", "서울특별시", "03171", "KR"],
                "KR|서울특별시 종로구 세종대로 209|03171",
            ),
            (["建国路1号", "北京市", "北京市", "", ""], "北京市建国路1号"),
            (["", "", "", "", ""], ""),
        ] {
            assert_eq!(address(parts).lines().join("|"), lines);
        }
    }

    #[test]
    fn one_line_joins_the_lines_as_the_script_does() {
        assert_eq!(
            address(["建国路1号", "朝阳区", "北京市", "100000", "中国"]).to_string(),
            "中国 100000 北京市朝阳区建国路1号"
        );
        assert_eq!(
            address(["12 rue de Rivoli", "Paris", "", "75001", "France"]).to_string(),
            "12 rue de Rivoli, Paris 75001, France"
        );
    }

    #[test]
    fn debug_shows_no_place() {
        assert_eq!(format!("{:?}", address(["Torstraße 1", "", "", "", ""])), "Address");
    }

    proptest! {
        #[test]
        fn nothing_that_was_said_is_left_out(parts in prop::array::uniform5("[a-zß李ぁ가 ]{0,6}"), country in "(CN|JP|KR|DE|US|GB|)") {
            let [street, locality, region, code, _] = &parts;
            let address = address([street, locality, region, code, &country]);
            let lines = address.lines();
            for part in [street, locality, region, code] {
                prop_assert!(lines.join("\n").contains(part.trim()));
            }
            prop_assert!(lines.iter().all(|line| !line.is_empty()));
        }
    }
}
