/// Something that the demo company sells.
#[derive(Debug, PartialEq)]
pub(in crate::demo) struct ProductData {
    /// The number by which it is ordered.
    pub(in crate::demo) code: &'static str,
    /// What it is called in English, German and Chinese.
    pub(in crate::demo) names: [&'static str; 3],
    /// The group it belongs to.
    pub(in crate::demo) family: &'static str,
    /// What one costs by the list, in whole euros.
    pub(in crate::demo) price: i64,
}

/// What is sold, machines first, then what goes with them.
pub(in crate::demo) const PRODUCTS: [ProductData; 12] = [
    product("W-200", ["Loom", "Webmaschine", "织机"], "machines", 48_500),
    product(
        "P-310",
        ["Packing line", "Verpackungslinie", "包装线"],
        "machines",
        86_000,
    ),
    product("F-120", ["Filling line", "Abfüllanlage", "灌装线"], "machines", 124_000),
    product(
        "R-060",
        ["Handling robot", "Handlingroboter", "搬运机器人"],
        "machines",
        37_900,
    ),
    product(
        "C-450",
        ["Milling centre", "Fräszentrum", "加工中心"],
        "machines",
        142_000,
    ),
    product(
        "V-015",
        ["Inspection camera", "Prüfkamera", "检测相机"],
        "modules",
        6_400,
    ),
    product("M-020", ["Drive module", "Antriebsmodul", "驱动模块"], "modules", 3_250),
    product("K-030", ["Cooling unit", "Kühlaggregat", "冷却机组"], "modules", 9_800),
    product(
        "S-100",
        ["Maintenance contract", "Wartungsvertrag", "维保合同"],
        "service",
        4_800,
    ),
    product(
        "S-200",
        ["Spare parts package", "Ersatzteilpaket", "备件包"],
        "service",
        7_200,
    ),
    product(
        "S-300",
        ["Operator training", "Bedienerschulung", "操作培训"],
        "service",
        2_900,
    ),
    product(
        "L-010",
        ["Line control software", "Leitstandsoftware", "产线软件"],
        "software",
        12_500,
    ),
];

/// Who else wants to sell to the same customers, and what they do better.
pub(in crate::demo) const COMPETITORS: [(&str, &str, &str); 5] = [
    (
        "Kaltwasser Anlagenbau",
        "kaltwasser.example",
        "Delivers within six weeks",
    ),
    ("华宸智装", "huachen-zhizhuang.example", "价格低，服务网点多"),
    ("Norrfjäll Systems", "norrfjall.example", "Strong in software"),
    ("Bluestem Automation", "bluestem.example", "Financing from one hand"),
    ("Officine Trebbiana", "trebbiana.example", "Machines to measure"),
];

const fn product(code: &'static str, names: [&'static str; 3], family: &'static str, price: i64) -> ProductData {
    ProductData {
        code,
        names,
        family,
        price,
    }
}
