/// A part of a name as it is written, and as it is read in Latin letters; empty where it is written in these.
pub(in crate::demo) type Written = (&'static str, &'static str);

/// The names of a country.
#[derive(Debug)]
pub(in crate::demo) struct Names {
    /// Whether the family name comes first.
    pub(in crate::demo) family_first: bool,
    /// Names that are always among those of the country, family name and given name.
    pub(in crate::demo) always: &'static [(Written, Written)],
    /// Family names.
    pub(in crate::demo) family: &'static [Written],
    /// Given names.
    pub(in crate::demo) given: &'static [Written],
}

impl Names {
    /// The names of a country, by its ISO 3166 code.
    pub(in crate::demo) fn of(country: &str) -> &'static Self {
        match country {
            "CN" => &CHINESE,
            "KR" => &KOREAN,
            "JP" => &JAPANESE,
            "FR" => &FRENCH,
            "IT" => &ITALIAN,
            "ES" => &SPANISH,
            "NL" => &DUTCH,
            "PL" => &POLISH,
            "CZ" => &CZECH,
            "SE" => &SWEDISH,
            "GB" | "US" => &ENGLISH,
            _ => &GERMAN,
        }
    }
}

const CHINESE: Names = Names {
    family_first: true,
    always: &[
        (("李", "li"), ("明", "ming")),
        (("曾", "zeng"), ("晓雨", "xiaoyu")),
        (("欧阳", "ouyang"), ("静", "jing")),
        (("单", "shan"), ("志远", "zhiyuan")),
        (("仇", "qiu"), ("海燕", "haiyan")),
    ],
    family: &[
        ("王", "wang"),
        ("李", "li"),
        ("张", "zhang"),
        ("刘", "liu"),
        ("陈", "chen"),
        ("杨", "yang"),
        ("赵", "zhao"),
        ("黄", "huang"),
        ("周", "zhou"),
        ("吴", "wu"),
        ("徐", "xu"),
        ("孙", "sun"),
        ("胡", "hu"),
        ("朱", "zhu"),
        ("高", "gao"),
        ("林", "lin"),
        ("何", "he"),
        ("郭", "guo"),
        ("吕", "lv"),
        ("罗", "luo"),
    ],
    given: &[
        ("伟", "wei"),
        ("芳", "fang"),
        ("娜", "na"),
        ("敏", "min"),
        ("静怡", "jingyi"),
        ("强", "qiang"),
        ("磊", "lei"),
        ("洋", "yang"),
        ("艳红", "yanhong"),
        ("勇", "yong"),
        ("军", "jun"),
        ("杰", "jie"),
        ("娟", "juan"),
        ("涛", "tao"),
        ("超", "chao"),
        ("秀兰", "xiulan"),
        ("霞", "xia"),
        ("建国", "jianguo"),
        ("文博", "wenbo"),
        ("思琪", "siqi"),
        ("雨桐", "yutong"),
        ("子轩", "zixuan"),
        ("梓涵", "zihan"),
        ("国栋", "guodong"),
    ],
};

const KOREAN: Names = Names {
    family_first: true,
    always: &[(("김", "kim"), ("서연", "seoyeon"))],
    family: &[("이", "lee"), ("박", "park"), ("최", "choi"), ("정", "jung")],
    given: &[
        ("민준", "minjun"),
        ("지우", "jiwoo"),
        ("하은", "haeun"),
        ("도윤", "doyun"),
    ],
};

const JAPANESE: Names = Names {
    family_first: true,
    always: &[(("渡辺", "watanabe"), ("美咲", "misaki"))],
    family: &[
        ("佐藤", "sato"),
        ("鈴木", "suzuki"),
        ("高橋", "takahashi"),
        ("伊藤", "ito"),
    ],
    given: &[
        ("翔太", "shota"),
        ("陽子", "yoko"),
        ("健一", "kenichi"),
        ("大輔", "daisuke"),
    ],
};

const GERMAN: Names = Names {
    family_first: false,
    always: &[
        (("Müller", ""), ("Sabine", "")),
        (("Weiß", ""), ("Jörg", "")),
        (("von der Heide", ""), ("Annegret", "")),
        (("Schäfer", ""), ("Käthe", "")),
    ],
    family: &[
        ("Müller", ""),
        ("Schmidt", ""),
        ("Schneider", ""),
        ("Fischer", ""),
        ("Weber", ""),
        ("Wagner", ""),
        ("Becker", ""),
        ("Schröder", ""),
        ("Koch", ""),
        ("Richter", ""),
        ("Krüger", ""),
        ("Hofmann", ""),
        ("Böhm", ""),
        ("Vogel", ""),
        ("Jäger", ""),
        ("Groß", ""),
    ],
    given: &[
        ("Thomas", ""),
        ("Petra", ""),
        ("Andreas", ""),
        ("Claudia", ""),
        ("Michael", ""),
        ("Jürgen", ""),
        ("Heike", ""),
        ("Stefan", ""),
        ("Ursula", ""),
        ("Björn", ""),
        ("Katrin", ""),
        ("Matthias", ""),
        ("Antje", ""),
        ("Lukas", ""),
        ("Leonie", ""),
        ("Günter", ""),
    ],
};

const FRENCH: Names = Names {
    family_first: false,
    always: &[(("Lefèvre", ""), ("Élodie", ""))],
    family: &[
        ("Martin", ""),
        ("Girard", ""),
        ("Rousseau", ""),
        ("Béranger", ""),
        ("Faure", ""),
    ],
    given: &[
        ("Jérôme", ""),
        ("Camille", ""),
        ("Hélène", ""),
        ("Luc", ""),
        ("Françoise", ""),
    ],
};

const ITALIAN: Names = Names {
    family_first: false,
    always: &[(("D'Angelo", ""), ("Niccolò", ""))],
    family: &[
        ("Rossi", ""),
        ("Ferrari", ""),
        ("Colombo", ""),
        ("Ricci", ""),
        ("Galli", ""),
    ],
    given: &[
        ("Giulia", ""),
        ("Marco", ""),
        ("Chiara", ""),
        ("Paolo", ""),
        ("Elena", ""),
    ],
};

const SPANISH: Names = Names {
    family_first: false,
    always: &[(("García Núñez", ""), ("José", ""))],
    family: &[("Martínez", ""), ("López Vidal", ""), ("Ibáñez", ""), ("Ortega", "")],
    given: &[("María", ""), ("Íñigo", ""), ("Lucía", ""), ("Carlos", "")],
};

const DUTCH: Names = Names {
    family_first: false,
    always: &[(("van den Berg", ""), ("Daan", ""))],
    family: &[("de Vries", ""), ("Jansen", ""), ("Bakker", "")],
    given: &[("Sanne", ""), ("Pieter", ""), ("Femke", "")],
};

const POLISH: Names = Names {
    family_first: false,
    always: &[(("Nowak", ""), ("Łukasz", ""))],
    family: &[("Mazur", ""), ("Kowalczyk", ""), ("Wójcik", "")],
    given: &[("Małgorzata", ""), ("Paweł", ""), ("Agnieszka", "")],
};

const CZECH: Names = Names {
    family_first: false,
    always: &[(("Dvořák", ""), ("Jiří", ""))],
    family: &[("Novák", ""), ("Černý", ""), ("Procházka", "")],
    given: &[("Petr", ""), ("Tomáš", ""), ("Ondřej", "")],
};

const SWEDISH: Names = Names {
    family_first: false,
    always: &[(("Sjöberg", ""), ("Åsa", ""))],
    family: &[("Lindqvist", ""), ("Åkerman", ""), ("Nyström", "")],
    given: &[("Erik", ""), ("Linnéa", ""), ("Göran", "")],
};

const ENGLISH: Names = Names {
    family_first: false,
    always: &[(("O'Connor", ""), ("Maeve", ""))],
    family: &[
        ("Smith", ""),
        ("Carter", ""),
        ("Hughes", ""),
        ("Nguyen", ""),
        ("Ramirez", ""),
        ("Bennett", ""),
        ("Osei", ""),
        ("Walker", ""),
    ],
    given: &[
        ("Emily", ""),
        ("Marcus", ""),
        ("Grace", ""),
        ("Daniel", ""),
        ("Priya", ""),
        ("Owen", ""),
        ("Tanya", ""),
        ("Jack", ""),
    ],
};
