/// A city, and how telephone numbers there begin.
#[derive(Debug)]
pub(in crate::demo) struct City {
    /// By what companies name it.
    pub(in crate::demo) key: &'static str,
    /// Its name there.
    pub(in crate::demo) name: &'static str,
    /// The province or state.
    pub(in crate::demo) region: Option<&'static str>,
    /// A postal code of the city.
    pub(in crate::demo) postal_code: &'static str,
    /// The country.
    pub(in crate::demo) country: &'static str,
    /// Calling code, and the beginning of the numbers; two digits follow.
    pub(in crate::demo) telephone: (&'static str, &'static str),
}

/// Numbers are of ranges kept free for fiction where a country has some: those of the Bundesnetzagentur (030 23125,
/// 040 66969, 0221 4710, 069 90009, 089 99998), of ARCEP (01 99 00, 04 65 71), of Ofcom (01632 960), of PTS (08 465 00)
/// and the 555-01 of North America. Those of other countries follow the same patterns.
pub(in crate::demo) const CITIES: [City; 38] = [
    city("shanghai", "上海", "上海市", "200120", "CN", "+86", "21 5550 11"),
    city("suzhou", "苏州", "江苏省", "215021", "CN", "+86", "512 5550 11"),
    city("ningbo", "宁波", "浙江省", "315040", "CN", "+86", "574 5550 11"),
    city("hangzhou", "杭州", "浙江省", "310051", "CN", "+86", "571 5550 11"),
    city("shenzhen", "深圳", "广东省", "518057", "CN", "+86", "755 5550 11"),
    city("guangzhou", "广州", "广东省", "510623", "CN", "+86", "20 5550 11"),
    city("chengdu", "成都", "四川省", "610041", "CN", "+86", "28 5550 11"),
    city("qingdao", "青岛", "山东省", "266071", "CN", "+86", "532 5550 11"),
    city("wuhan", "武汉", "湖北省", "430074", "CN", "+86", "27 5550 11"),
    city("xian", "西安", "陕西省", "710075", "CN", "+86", "29 5550 11"),
    city("beijing", "北京", "北京市", "100086", "CN", "+86", "10 5550 11"),
    city("dalian", "大连", "辽宁省", "116023", "CN", "+86", "411 5550 11"),
    city("berlin", "Berlin", "", "10115", "DE", "+49", "30 231251"),
    city("hamburg", "Hamburg", "", "20457", "DE", "+49", "40 669691"),
    city("koeln", "Köln", "NW", "50667", "DE", "+49", "221 47101"),
    city(
        "frankfurt",
        "Frankfurt am Main",
        "HE",
        "60313",
        "DE",
        "+49",
        "69 900091",
    ),
    city("muenchen", "München", "BY", "80331", "DE", "+49", "89 999981"),
    city("wien", "Wien", "", "1030", "AT", "+43", "1 55501"),
    city("linz", "Linz", "OÖ", "4020", "AT", "+43", "732 55501"),
    city("zuerich", "Zürich", "ZH", "8005", "CH", "+41", "44 555 01"),
    city("basel", "Basel", "BS", "4051", "CH", "+41", "61 555 01"),
    city("paris", "Paris", "", "75011", "FR", "+33", "1 99 00 01"),
    city("marseille", "Marseille", "", "13002", "FR", "+33", "4 65 71 01"),
    city("milano", "Milano", "MI", "20121", "IT", "+39", "02 5550 01"),
    city("torino", "Torino", "TO", "10121", "IT", "+39", "011 555 01"),
    city("madrid", "Madrid", "", "28012", "ES", "+34", "915 550 1"),
    city("bilbao", "Bilbao", "", "48001", "ES", "+34", "944 550 1"),
    city("rotterdam", "Rotterdam", "", "3011", "NL", "+31", "10 555 01"),
    city("lodz", "Łódź", "", "90-001", "PL", "+48", "42 555 01"),
    city("brno", "Brno", "", "602 00", "CZ", "+420", "542 555 1"),
    city("stockholm", "Stockholm", "", "111 20", "SE", "+46", "8 465 004"),
    city("manchester", "Manchester", "", "M1 1AE", "GB", "+44", "1632 9601"),
    city("chicago", "Chicago", "IL", "60607", "US", "+1", "312-555-01"),
    city("boston", "Boston", "MA", "02110", "US", "+1", "617-555-01"),
    city("atlanta", "Atlanta", "GA", "30303", "US", "+1", "404-555-01"),
    city("portland", "Portland", "OR", "97204", "US", "+1", "503-555-01"),
    city("seoul", "서울", "", "04524", "KR", "+82", "2-555-01"),
    city("osaka", "大阪", "大阪府", "530-0001", "JP", "+81", "6-5550-01"),
];

const fn city(
    key: &'static str,
    name: &'static str,
    region: &'static str,
    postal_code: &'static str,
    country: &'static str,
    calling_code: &'static str,
    begins: &'static str,
) -> City {
    City {
        key,
        name,
        region: if region.is_empty() { None } else { Some(region) },
        postal_code,
        country,
        telephone: (calling_code, begins),
    }
}
