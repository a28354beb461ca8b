/// A customer of the demo.
#[derive(Debug)]
pub(in crate::demo) struct CompanyData {
    /// Its name.
    pub(in crate::demo) name: &'static str,
    /// What stands before `.example` in its web and mail addresses (RFC 2606 keeps that domain free).
    pub(in crate::demo) domain: &'static str,
    /// The key of its city.
    pub(in crate::demo) city: &'static str,
    /// Its line of business.
    pub(in crate::demo) industry: &'static str,
}

/// The customers.
pub(in crate::demo) const COMPANIES: [CompanyData; 60] = [
    company("苏州澜桥精密机械有限公司", "lanqiao", "suzhou", "machinery"),
    company("宁波砚山纺织有限公司", "yanshan-textile", "ningbo", "textiles"),
    company("上海浦棠自动化有限公司", "putang", "shanghai", "machinery"),
    company("深圳星槎电子有限公司", "xingcha", "shenzhen", "electronics"),
    company("成都蜀禾食品有限公司", "shuhe", "chengdu", "food"),
    company("杭州墨渡包装有限公司", "modu-pack", "hangzhou", "packaging"),
    company("青岛海枫冷链有限公司", "haifeng-cold", "qingdao", "logistics"),
    company("广州南榕医疗器械有限公司", "nanrong", "guangzhou", "medical devices"),
    company("武汉江雁汽车零部件有限公司", "jiangyan", "wuhan", "automotive"),
    company("西安秦穗农业科技有限公司", "qinsui", "xian", "food"),
    company("北京燕汀生物科技有限公司", "yanting-bio", "beijing", "medical devices"),
    company("大连北礁水产有限公司", "beijiao", "dalian", "food"),
    company("苏州枫笙织造有限公司", "fengsheng", "suzhou", "textiles"),
    company("深圳禾序机器人有限公司", "hexu-robot", "shenzhen", "electronics"),
    company("杭州临烟丝绸有限公司", "linyan-silk", "hangzhou", "textiles"),
    company("宁波舟砺模具有限公司", "zhouli", "ningbo", "automotive"),
    company("上海沪屿药业有限公司", "huyu-pharma", "shanghai", "medical devices"),
    company("广州粤荔饮料有限公司", "yueli", "guangzhou", "food"),
    company("青岛崂帆家电有限公司", "laofan", "qingdao", "electronics"),
    company("武汉楚榆包装有限公司", "chuyu", "wuhan", "packaging"),
    company(
        "Brunnthaler Antriebstechnik GmbH",
        "brunnthaler",
        "muenchen",
        "machinery",
    ),
    company(
        "Kessenfeld & Vogtmann Verpackung GmbH",
        "kessenfeld",
        "koeln",
        "packaging",
    ),
    company("Achterdiek Kühllogistik GmbH", "achterdiek", "hamburg", "logistics"),
    company(
        "Oderwalder Medizintechnik AG",
        "oderwalder",
        "berlin",
        "medical devices",
    ),
    company("Textilwerke Sonnbühl GmbH", "sonnbuehl", "muenchen", "textiles"),
    company("Großbäckerei Grünwaldt KG", "gruenwaldt", "frankfurt", "food"),
    company("Wendelfurth Feinmechanik GmbH", "wendelfurth", "berlin", "machinery"),
    company("Zirbenauer Getränke GmbH & Co. KG", "zirbenauer", "muenchen", "food"),
    company("Rheinkron Fahrzeugteile GmbH", "rheinkron", "koeln", "automotive"),
    company("Fünfbrunnen Papier GmbH", "fuenfbrunnen", "frankfurt", "packaging"),
    company(
        "Grauensteiner Elektronik GmbH",
        "grauensteiner",
        "hamburg",
        "electronics",
    ),
    company("Möwenfleth Fischfeinkost GmbH", "moewenfleth", "hamburg", "food"),
    company("Spreehain Robotik GmbH", "spreehain", "berlin", "electronics"),
    company("Taunushall Pharma GmbH", "taunushall", "frankfurt", "medical devices"),
    company("Domhagen Webtechnik GmbH", "domhagen", "koeln", "textiles"),
    company("Isarmoos Werkzeugbau GmbH", "isarmoos", "muenchen", "automotive"),
    company("Donaulicht Verpackungen GmbH", "donaulicht", "wien", "packaging"),
    company("Pöstlinghof Maschinenbau GmbH", "poestlinghof", "linz", "machinery"),
    company("Limmatgrund Präzision AG", "limmatgrund", "zuerich", "machinery"),
    company("Rheinknie Diagnostik AG", "rheinknie", "basel", "medical devices"),
    company("Ateliers Vaucresnel SARL", "vaucresnel", "paris", "textiles"),
    company("Conserverie Bellegarenne SAS", "bellegarenne", "marseille", "food"),
    company("Laboratoires Ombreval SA", "ombreval", "paris", "medical devices"),
    company("Tessitura Valdorina S.r.l.", "valdorina", "milano", "textiles"),
    company("Meccanica Borgofiume S.p.A.", "borgofiume", "torino", "automotive"),
    company("Imballaggi Pontelario S.r.l.", "pontelario", "milano", "packaging"),
    company("Conservas Ría Clara S.L.", "riaclara", "bilbao", "food"),
    company("Embalajes Montesol S.A.", "montesol", "madrid", "packaging"),
    company("Havenlicht Koelhuizen B.V.", "havenlicht", "rotterdam", "logistics"),
    company("Przędzalnia Białobrzeg Sp. z o.o.", "bialobrzeg", "lodz", "textiles"),
    company("Strojírny Lipový Důl s.r.o.", "lipovydul", "brno", "machinery"),
    company("Granvik Förpackningar AB", "granvik", "stockholm", "packaging"),
    company("Thistledown Mills Ltd", "thistledown", "manchester", "textiles"),
    company(
        "Copper Prairie Robotics Inc.",
        "copperprairie",
        "chicago",
        "electronics",
    ),
    company("Harborlight Medical Inc.", "harborlight", "boston", "medical devices"),
    company("Peachtree Hollow Foods LLC", "peachtreehollow", "atlanta", "food"),
    company("Cascade Fern Packaging Co.", "cascadefern", "portland", "packaging"),
    company("Lakeshore Axle Works Inc.", "lakeshoreaxle", "chicago", "automotive"),
    company("한빛여울정밀 주식회사", "hanbityeoul", "seoul", "electronics"),
    company("難波川製作所株式会社", "nambagawa", "osaka", "machinery"),
];

const fn company(name: &'static str, domain: &'static str, city: &'static str, industry: &'static str) -> CompanyData {
    CompanyData {
        name,
        domain,
        city,
        industry,
    }
}
