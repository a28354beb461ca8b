//! Headers of campaigns, products, our own people, teams and pipelines.

use super::{Synonyms, synonyms};
use crate::exchange::target::Target;

pub(super) const SYNONYMS: &[Synonyms] = &[
    synonyms(
        "users",
        || Target::field("name"),
        &[
            "salesagent",
            "salesrep",
            "agent",
            "user",
            "username",
            "fullname",
            "employee",
            "vertreter",
            "mitarbeiter",
            "姓名",
            "员工",
            "销售代表",
        ],
    ),
    synonyms(
        "users",
        || Target::field("email"),
        &["emailaddress", "mail", "emailadresse", "邮箱", "电子邮件"],
    ),
    synonyms(
        "users",
        || Target::reference("manager", "name"),
        &["manager", "reportsto", "supervisor", "vorgesetzter", "经理", "上级"],
    ),
    synonyms(
        "users",
        || Target::reference("team", "name"),
        &[
            "team",
            "regionaloffice",
            "office",
            "region",
            "buro",
            "büro",
            "团队",
            "办事处",
        ],
    ),
    synonyms(
        "products",
        || Target::field("name"),
        &[
            "product",
            "productname",
            "item",
            "produkt",
            "artikel",
            "产品",
            "产品名称",
            "商品",
        ],
    ),
    synonyms(
        "products",
        || Target::field("code"),
        &[
            "productcode",
            "sku",
            "articlenumber",
            "itemnumber",
            "artikelnummer",
            "产品编号",
            "货号",
        ],
    ),
    synonyms(
        "products",
        || Target::field("family"),
        &[
            "series",
            "productfamily",
            "category",
            "produktgruppe",
            "serie",
            "系列",
            "类别",
        ],
    ),
    synonyms(
        "products",
        || Target::field("list_price"),
        &[
            "price",
            "salesprice",
            "unitprice",
            "listprice",
            "preis",
            "listenpreis",
            "verkaufspreis",
            "价格",
            "单价",
            "售价",
        ],
    ),
    synonyms(
        "campaigns",
        || Target::field("name"),
        &["campaign", "campaignname", "kampagne", "活动名称", "营销活动"],
    ),
    synonyms("campaigns", || Target::field("budget"), &["budgetedcost", "预算"]),
    synonyms(
        "campaigns",
        || Target::field("actual_cost"),
        &["cost", "kosten", "istkosten", "实际成本"],
    ),
    synonyms(
        "campaigns",
        || Target::reference("owner", "name"),
        &["owner", "campaignowner", "verantwortlich", "负责人"],
    ),
    synonyms(
        "teams",
        || Target::field("name"),
        &["team", "teamname", "regionaloffice", "office", "团队"],
    ),
    synonyms("pipelines", || Target::field("name"), &["pipeline", "pipelinename"]),
];
