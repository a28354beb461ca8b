//! Names of six languages, the same at every run.

/// The numbers of a linear congruential generator (Knuth, MMIX).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new() -> Self {
        Self(1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    pub(crate) fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    fn character(&mut self, from: &str) -> char {
        from.chars().nth(self.below(from.chars().count())).unwrap()
    }
}

const CHINESE_SURNAMES: &str =
    "李王张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢仇单解查";
const COMPOUND_SURNAMES: [&str; 12] = [
    "尉迟", "欧阳", "司马", "上官", "诸葛", "夏侯", "令狐", "皇甫", "长孙", "宇文", "慕容", "公孙",
];
const CHINESE_GIVEN: &str =
    "明伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华文玉兰红建国志海燕春梅婷雪玲行长重乐绿女略朝觉";
const GERMAN_GIVEN: [&str; 12] = [
    "Jürgen",
    "Käthe",
    "Björn",
    "Anna",
    "Günther",
    "Sören",
    "Lieselotte",
    "Max",
    "Hans-Peter",
    "Zoë",
    "Uwe",
    "Antje",
];
const GERMAN_STEMS: [&str; 14] = [
    "Müll", "Schmid", "Weiß", "Groß", "Bäck", "Köhl", "Hoff", "Schäf", "Krüg", "Linden", "Stein", "Wolf", "Süß",
    "Brand",
];
const GERMAN_ENDINGS: [&str; 8] = ["er", "mann", "bach", "berg", "feld", "haus", "ke", "lein"];
const FRENCH_GIVEN: [&str; 10] = [
    "François",
    "Zoé",
    "Jean-Luc",
    "Élodie",
    "Noël",
    "Chloé",
    "Anaïs",
    "Benoît",
    "Maëlle",
    "Loïc",
];
const FRENCH_FAMILY: [&str; 12] = [
    "L'Héritier",
    "d'Artois",
    "Lefèvre",
    "Dubois",
    "Gauthier",
    "Béranger",
    "Châtelain",
    "Œuvrard",
    "Saint-Exupéry",
    "Hébert",
    "Garçon",
    "Müller",
];
const KOREAN_SURNAMES: &str = "김이박최정강조윤장임한오서신권";
const KOREAN_GIVEN: &str = "민준서연지우현도하은수진영호태양석훈";
const JAPANESE_FAMILY: [&str; 12] = [
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "渡辺",
    "伊藤",
    "山本",
    "中村",
    "小林",
    "加藤",
    "佐々木",
    "五十嵐",
];
const JAPANESE_GIVEN: [&str; 12] = [
    "ひろし",
    "さくら",
    "太郎",
    "花子",
    "健",
    "ケンジ",
    "がく",
    "美咲",
    "大輔",
    "ゆうた",
    "陽菜",
    "蓮",
];
const ENGLISH_GIVEN: [&str; 10] = [
    "Mary",
    "John",
    "Siobhán",
    "Liam",
    "Charlotte",
    "Ming",
    "Oliver",
    "Li",
    "Grace",
    "Ethan",
];
const ENGLISH_STEMS: [&str; 12] = [
    "O'Bri", "McDon", "Harr", "Thomp", "Wil", "Ander", "Li", "Robin", "John", "Chen", "Lim", "King",
];
const ENGLISH_ENDINGS: [&str; 7] = ["en", "ald", "son", "ston", "ford", "ley", "wood"];

/// One name, and now and then what it belongs to, so that words stand beside characters.
pub(crate) fn name(numbers: &mut Numbers) -> String {
    match numbers.below(100) {
        0..=39 => chinese(numbers),
        40..=53 => {
            let family = format!("{}{}", numbers.pick(&GERMAN_STEMS), numbers.pick(&GERMAN_ENDINGS));
            format!("{} {family}", numbers.pick(&GERMAN_GIVEN))
        }
        54..=63 => format!("{} {}", numbers.pick(&FRENCH_GIVEN), numbers.pick(&FRENCH_FAMILY)),
        64..=75 => (0..2 + numbers.below(2)).fold(numbers.character(KOREAN_SURNAMES).to_string(), |name, _| {
            name + &numbers.character(KOREAN_GIVEN).to_string()
        }),
        76..=86 => {
            let space = numbers.pick(&["", "", "　"]);
            format!(
                "{}{space}{}",
                numbers.pick(&JAPANESE_FAMILY),
                numbers.pick(&JAPANESE_GIVEN)
            )
        }
        87..=89 => format!("{} ({})", chinese(numbers), numbers.pick(&ENGLISH_GIVEN)),
        90..=91 => format!(
            "ACME {} Ltd. +86 138-{:04}-{:04}",
            numbers.pick(&ENGLISH_GIVEN),
            numbers.below(10_000),
            numbers.below(10_000)
        ),
        _ => {
            let family = format!("{}{}", numbers.pick(&ENGLISH_STEMS), numbers.pick(&ENGLISH_ENDINGS));
            format!("{} {family}", numbers.pick(&ENGLISH_GIVEN))
        }
    }
}

fn chinese(numbers: &mut Numbers) -> String {
    let mut name = match numbers.below(12) {
        0 => numbers.pick(&COMPOUND_SURNAMES).to_owned(),
        _ => numbers.character(CHINESE_SURNAMES).to_string(),
    };
    for _ in 0..1 + numbers.below(2) {
        name.push(numbers.character(CHINESE_GIVEN));
    }
    name
}
