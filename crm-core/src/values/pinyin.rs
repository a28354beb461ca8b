//! How Chinese characters are read, in Hanyu Pinyin without tones, `ü` written `v` as keyboards do.

use pinyin::ToPinyinMulti;

/// Surnames of one character that are read otherwise than the character usually is.
const SURNAMES: [(&str, &str); 29] = [
    ("秘", "bi"),
    ("薄", "bo"),
    ("卜", "bu"),
    ("重种", "chong"),
    ("都", "du"),
    ("盖蓋", "ge"),
    ("句", "gou"),
    ("黑", "he"),
    ("角", "jue"),
    ("阚", "kan"),
    ("缪繆", "miao"),
    ("能佴", "nai"),
    ("乜", "nie"),
    ("区區", "ou"),
    ("朴", "piao"),
    ("繁", "po"),
    ("覃", "qin"),
    ("仇", "qiu"),
    ("单單", "shan"),
    ("召", "shao"),
    ("折", "she"),
    ("洗", "xian"),
    ("解", "xie"),
    ("郇", "xun"),
    ("乐樂", "yue"),
    ("员員贠", "yun"),
    ("曾", "zeng"),
    ("查", "zha"),
    ("翟祭", "zhai"),
];

/// Surnames of two characters, in simplified and, where they differ, traditional script.
const COMPOUND_SURNAMES: &[(&str, [&str; 2])] = &[
    ("百里", ["bai", "li"]),
    ("澹台", ["tan", "tai"]),
    ("澹臺", ["tan", "tai"]),
    ("第五", ["di", "wu"]),
    ("东方", ["dong", "fang"]),
    ("東方", ["dong", "fang"]),
    ("东郭", ["dong", "guo"]),
    ("東郭", ["dong", "guo"]),
    ("独孤", ["du", "gu"]),
    ("獨孤", ["du", "gu"]),
    ("端木", ["duan", "mu"]),
    ("段干", ["duan", "gan"]),
    ("公良", ["gong", "liang"]),
    ("公孙", ["gong", "sun"]),
    ("公孫", ["gong", "sun"]),
    ("公西", ["gong", "xi"]),
    ("公冶", ["gong", "ye"]),
    ("谷梁", ["gu", "liang"]),
    ("榖梁", ["gu", "liang"]),
    ("赫连", ["he", "lian"]),
    ("赫連", ["he", "lian"]),
    ("呼延", ["hu", "yan"]),
    ("皇甫", ["huang", "fu"]),
    ("夹谷", ["jia", "gu"]),
    ("夾谷", ["jia", "gu"]),
    ("乐正", ["yue", "zheng"]),
    ("樂正", ["yue", "zheng"]),
    ("梁丘", ["liang", "qiu"]),
    ("令狐", ["ling", "hu"]),
    ("闾丘", ["lv", "qiu"]),
    ("閭丘", ["lv", "qiu"]),
    ("万俟", ["mo", "qi"]),
    ("萬俟", ["mo", "qi"]),
    ("慕容", ["mu", "rong"]),
    ("纳兰", ["na", "lan"]),
    ("納蘭", ["na", "lan"]),
    ("南宫", ["nan", "gong"]),
    ("南宮", ["nan", "gong"]),
    ("南门", ["nan", "men"]),
    ("南門", ["nan", "men"]),
    ("欧阳", ["ou", "yang"]),
    ("歐陽", ["ou", "yang"]),
    ("濮阳", ["pu", "yang"]),
    ("濮陽", ["pu", "yang"]),
    ("漆雕", ["qi", "diao"]),
    ("亓官", ["qi", "guan"]),
    ("壤驷", ["rang", "si"]),
    ("壤駟", ["rang", "si"]),
    ("上官", ["shang", "guan"]),
    ("申屠", ["shen", "tu"]),
    ("司空", ["si", "kong"]),
    ("司寇", ["si", "kou"]),
    ("司马", ["si", "ma"]),
    ("司馬", ["si", "ma"]),
    ("司徒", ["si", "tu"]),
    ("单于", ["chan", "yu"]),
    ("單于", ["chan", "yu"]),
    ("太叔", ["tai", "shu"]),
    ("拓跋", ["tuo", "ba"]),
    ("完颜", ["wan", "yan"]),
    ("完顏", ["wan", "yan"]),
    ("微生", ["wei", "sheng"]),
    ("尉迟", ["yu", "chi"]),
    ("尉遲", ["yu", "chi"]),
    ("闻人", ["wen", "ren"]),
    ("聞人", ["wen", "ren"]),
    ("巫马", ["wu", "ma"]),
    ("巫馬", ["wu", "ma"]),
    ("西门", ["xi", "men"]),
    ("西門", ["xi", "men"]),
    ("夏侯", ["xia", "hou"]),
    ("鲜于", ["xian", "yu"]),
    ("鮮于", ["xian", "yu"]),
    ("轩辕", ["xuan", "yuan"]),
    ("軒轅", ["xuan", "yuan"]),
    ("羊舌", ["yang", "she"]),
    ("宇文", ["yu", "wen"]),
    ("宰父", ["zai", "fu"]),
    ("长孙", ["zhang", "sun"]),
    ("長孫", ["zhang", "sun"]),
    ("钟离", ["zhong", "li"]),
    ("鍾離", ["zhong", "li"]),
    ("诸葛", ["zhu", "ge"]),
    ("諸葛", ["zhu", "ge"]),
    ("颛孙", ["zhuan", "sun"]),
    ("顓孫", ["zhuan", "sun"]),
    ("子车", ["zi", "ju"]),
    ("子車", ["zi", "ju"]),
    ("左丘", ["zuo", "qiu"]),
];

/// The syllables by which a Chinese character is read, the usual one first, each once; none for any other character.
///
/// ```
/// use crm_core::values::pinyin;
/// assert_eq!(pinyin::readings('乐').collect::<Vec<_>>(), ["le", "yue"]);
/// assert_eq!(pinyin::readings('吕').collect::<Vec<_>>(), ["lv"]);
/// assert_eq!(pinyin::readings('a').count(), 0);
/// ```
pub fn readings(character: char) -> impl Iterator<Item = &'static str> {
    let known = character.to_pinyin_multi();
    let reading = move |place: usize| {
        let reading = known.and_then(|known| known.get_opt(place))?;
        Some(on_keyboard(reading.plain()))
    };
    // The readings of a dictionary differ in tone; without it many are the same.
    (0..)
        .map_while(move |place| reading(place).map(|syllable| (place, syllable)))
        .filter(move |(place, syllable)| (0..*place).all(|earlier| reading(earlier) != Some(*syllable)))
        .map(|(_, syllable)| syllable)
}

/// The spellings by which people look for a syllable: itself, and for `ü` also `u` and the `yu` of passports.
///
/// ```
/// use crm_core::values::pinyin;
/// assert_eq!(pinyin::spellings("lv"), ["lv", "lu", "lyu"]);
/// assert_eq!(pinyin::spellings("ming"), ["ming"]);
/// ```
pub fn spellings(syllable: &'static str) -> Vec<&'static str> {
    match syllable {
        "lv" => vec!["lv", "lu", "lyu"],
        "lve" => vec!["lve", "lue", "lyue"],
        "nv" => vec!["nv", "nu", "nyu"],
        "nve" => vec!["nve", "nue", "nyue"],
        other => vec![other],
    }
}

/// The surname with which a Chinese name begins: how many characters it has, and how they are read in a surname.
/// `None` for what does not begin with a Chinese character.
///
/// ```
/// use crm_core::values::pinyin;
/// assert_eq!(pinyin::surname("曾国藩"), Some((1, vec!["zeng"])));
/// assert_eq!(pinyin::surname("尉迟恭"), Some((2, vec!["yu", "chi"])));
/// assert_eq!(pinyin::surname("Zeng"), None);
/// ```
pub fn surname(name: &str) -> Option<(usize, Vec<&'static str>)> {
    if let Some((_, syllables)) = COMPOUND_SURNAMES.iter().find(|(surname, _)| name.starts_with(surname)) {
        return Some((2, syllables.to_vec()));
    }
    let first = name.chars().next()?;
    let syllable = match SURNAMES.iter().find(|(surnames, _)| surnames.contains(first)) {
        Some((_, syllable)) => syllable,
        None => readings(first).next()?,
    };
    Some((1, vec![syllable]))
}

fn on_keyboard(syllable: &'static str) -> &'static str {
    match syllable {
        "lü" => "lv",
        "lüe" => "lve",
        "nü" => "nv",
        "nüe" => "nve",
        "ê" => "e",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_surname(name: &str) -> String {
        surname(name).expect("a Chinese name").1.concat()
    }

    #[test]
    fn every_reading_can_be_typed_on_a_plain_keyboard() {
        for character in '\u{3400}'..='\u{323af}' {
            for syllable in readings(character) {
                let typed = !syllable.is_empty() && syllable.bytes().all(|letter| letter.is_ascii_lowercase());
                assert!(typed, "{character}: {syllable}");
            }
        }
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        for (name, reading) in [
            ("曾荫权", "zeng"),
            ("单田芳", "shan"),
            ("仇英", "qiu"),
            ("解缙", "xie"),
            ("查良镛", "zha"),
            ("盖叫天", "ge"),
            ("区瑞强", "ou"),
            ("朴槿惠", "piao"),
            ("尉迟恭", "yuchi"),
            ("万俟卨", "moqi"),
            ("澹台灭明", "tantai"),
            ("长孙无忌", "zhangsun"),
            ("令狐冲", "linghu"),
            ("乐毅", "yue"),
            ("覃山", "qin"),
            ("歐陽修", "ouyang"),
            ("李明", "li"),
            ("吕布", "lv"),
        ] {
            assert_eq!(read_surname(name), reading, "{name}");
        }
    }

    #[test]
    fn the_table_of_surnames_holds_nothing_that_the_usual_reading_says_already() {
        for (surnames, syllable) in SURNAMES {
            for character in surnames.chars() {
                assert_ne!(readings(character).next(), Some(syllable), "{character}");
            }
        }
    }

    #[test]
    fn the_characters_of_a_compound_surname_have_its_readings() {
        for (surname, syllables) in COMPOUND_SURNAMES {
            assert_eq!(surname.chars().count(), 2, "{surname}");
            for (character, syllable) in surname.chars().zip(syllables) {
                let known: Vec<_> = readings(character).collect();
                // The dictionary knows this reading of the simplified character only.
                let known_here = known.contains(syllable) || character == '萬';
                assert!(known_here, "{surname}: {character} is {known:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_surname_is_a_part_of_the_name(name: String) {
            if let Some((characters, syllables)) = surname(&name) {
                prop_assert!(name.chars().count() >= characters);
                prop_assert_eq!(syllables.len(), characters);
            }
        }
    }
}
