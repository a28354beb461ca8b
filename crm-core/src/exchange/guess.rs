//! What headers usually mean. Consent is never guessed: `Email Opt Out` and `Newsletter` are near each other in words and
//! opposite in meaning.

use super::header::{Column, normalised};
use super::refused::REASON;
use super::target::Target;
use crate::engine::{EntityDef, FieldKind, Schema, SetBy, managed};

/// What a header may mean, for the records of one table: the target, and the headers in English, German and Chinese
/// by which files call it, in normal form.
struct Synonyms {
    table: &'static str,
    target: &'static str,
    headers: &'static [&'static str],
}

const fn synonyms(table: &'static str, target: &'static str, headers: &'static [&'static str]) -> Synonyms {
    Synonyms { table, target, headers }
}

/// A target with a point before its key field is a reference: `owner.name`.
const SYNONYMS: &[Synonyms] = &[
    synonyms(
        "customers",
        "name",
        &[
            "account",
            "accountname",
            "company",
            "companyname",
            "customer",
            "customername",
            "organization",
            "organizationname",
            "organisation",
            "client",
            "fullname",
            "contactname",
            "personname",
            "firma",
            "firmenname",
            "unternehmen",
            "kunde",
            "kundenname",
            "公司",
            "公司名称",
            "客户",
            "客户名称",
            "企业名称",
            "姓名",
            "名称",
        ],
    ),
    synonyms(
        "customers",
        "industry",
        &["sector", "branche", "wirtschaftszweig", "行业", "所属行业"],
    ),
    synonyms(
        "customers",
        "country",
        &[
            "billingcountry",
            "officelocation",
            "location",
            "land",
            "staat",
            "国家",
            "国家地区",
        ],
    ),
    synonyms(
        "customers",
        "website",
        &[
            "web",
            "url",
            "homepage",
            "companydomainname",
            "domain",
            "webseite",
            "internet",
            "网站",
            "网址",
            "官网",
        ],
    ),
    synonyms(
        "customers",
        "annual_revenue",
        &["revenue", "turnover", "umsatz", "jahresumsatz", "年收入", "年营业额"],
    ),
    synonyms(
        "customers",
        "employees",
        &[
            "numberofemployees",
            "employeecount",
            "headcount",
            "mitarbeiter",
            "mitarbeiterzahl",
            "员工数",
            "员工人数",
            "人数",
        ],
    ),
    synonyms(
        "customers",
        "founded_year",
        &[
            "yearestablished",
            "yearfounded",
            "founded",
            "grundungsjahr",
            "gründungsjahr",
            "成立年份",
        ],
    ),
    synonyms("customers", "lifecycle", &["lifecyclestage", "生命周期"]),
    synonyms(
        "customers",
        "parent.name",
        &[
            "parent",
            "parentaccount",
            "parentcompany",
            "subsidiaryof",
            "muttergesellschaft",
            "konzern",
            "母公司",
            "上级公司",
        ],
    ),
    synonyms(
        "customers",
        "owner.name",
        &[
            "owner",
            "accountowner",
            "companyowner",
            "contactowner",
            "salesagent",
            "salesrep",
            "betreuer",
            "kundenbetreuer",
            "负责人",
            "销售代表",
        ],
    ),
    synonyms(
        "users",
        "name",
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
        "email",
        &["emailaddress", "mail", "emailadresse", "邮箱", "电子邮件"],
    ),
    synonyms(
        "users",
        "manager.name",
        &["manager", "reportsto", "supervisor", "vorgesetzter", "经理", "上级"],
    ),
    synonyms(
        "users",
        "team.name",
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
        "name",
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
        "code",
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
        "family",
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
        "list_price",
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
        "opportunities",
        "name",
        &[
            "opportunity",
            "opportunityname",
            "deal",
            "dealname",
            "dealtitle",
            "title",
            "titel",
            "geschaft",
            "geschäft",
            "verkaufschance",
            "商机",
            "商机名称",
            "机会名称",
        ],
    ),
    synonyms(
        "opportunities",
        "customer.name",
        &[
            "account",
            "accountname",
            "company",
            "companyname",
            "customer",
            "customername",
            "dealorganization",
            "associatedcompany",
            "organization",
            "firma",
            "unternehmen",
            "kunde",
            "公司",
            "公司名称",
            "客户",
            "客户名称",
        ],
    ),
    synonyms(
        "opportunities",
        "owner.name",
        &[
            "owner",
            "opportunityowner",
            "dealowner",
            "salesagent",
            "salesrep",
            "besitzer",
            "betreuer",
            "verkaufer",
            "verkäufer",
            "负责人",
            "销售",
            "销售代表",
        ],
    ),
    synonyms(
        "opportunities",
        "stage",
        &[
            "stagename",
            "dealstage",
            "salesstage",
            "phase",
            "verkaufsphase",
            "阶段",
            "销售阶段",
        ],
    ),
    synonyms(
        "opportunities",
        "pipeline.name",
        &["pipeline", "dealpipeline", "销售管道"],
    ),
    synonyms(
        "opportunities",
        "amount",
        &[
            "value",
            "dealvalue",
            "dealamount",
            "betrag",
            "wert",
            "auftragswert",
            "金额",
            "成交金额",
            "商机金额",
        ],
    ),
    synonyms(
        "opportunities",
        "currency of amount",
        &[
            "currency",
            "currencyisocode",
            "amountcurrency",
            "dealcurrencyofvalue",
            "wahrung",
            "währung",
            "币种",
            "货币",
        ],
    ),
    synonyms(
        "opportunities",
        "close_on",
        &[
            "expectedclosedate",
            "dealexpectedclosedate",
            "closingdate",
            "abschlussdatum",
            "预计成交日期",
        ],
    ),
    synonyms(
        "opportunities",
        "probability",
        &["dealprobability", "wahrscheinlichkeit", "赢单率", "成交概率"],
    ),
    synonyms(
        "opportunities",
        "forecast_category",
        &["forecastcategoryname", "prognosekategorie"],
    ),
    synonyms("opportunities", "kind", &["type", "opportunitytype", "art", "类型"]),
    synonyms(
        "opportunities",
        "source",
        &[
            "leadsource",
            "originalsource",
            "quelle",
            "leadquelle",
            "来源",
            "线索来源",
        ],
    ),
    synonyms(
        "opportunities",
        "next_step",
        &["nachsterschritt", "nächsterschritt", "下一步"],
    ),
    synonyms(
        "opportunities",
        "lost_reason",
        &["deallostreason", "closedlostreason", "verlustgrund", "丢单原因"],
    ),
    synonyms(
        "opportunities",
        "campaign.name",
        &["campaign", "campaignname", "kampagne", "营销活动"],
    ),
    synonyms(
        "opportunities",
        "line.product.name",
        &["product", "productname", "produkt", "产品", "产品名称"],
    ),
    synonyms(
        "campaigns",
        "name",
        &["campaign", "campaignname", "kampagne", "活动名称", "营销活动"],
    ),
    synonyms("campaigns", "budget", &["budgetedcost", "预算"]),
    synonyms("campaigns", "actual_cost", &["cost", "kosten", "istkosten", "实际成本"]),
    synonyms(
        "campaigns",
        "owner.name",
        &["owner", "campaignowner", "verantwortlich", "负责人"],
    ),
    synonyms(
        "teams",
        "name",
        &["team", "teamname", "regionaloffice", "office", "团队"],
    ),
    synonyms("pipelines", "name", &["pipeline", "pipelinename"]),
];

/// Words by which a header speaks of consent, or of its refusal.
const CONSENT: &[&str] = &[
    "optin",
    "optout",
    "optedin",
    "optedout",
    "unsubscri",
    "consent",
    "donotcall",
    "donotemail",
    "donotmail",
    "donotcontact",
    "newsletter",
    "gdpr",
    "dsgvo",
    "einwilligung",
    "werbung",
    "abgemeldet",
    "legalbasis",
    "marketingstatus",
    "退订",
    "同意",
    "订阅",
    "拒收",
];

/// Gives each column the target that its header names, where there is one and no column before it has it.
pub(super) fn targets(columns: &mut [Column], entity: &'static EntityDef, schema: Schema) {
    let mut taken: Vec<Target> = Vec::new();
    for column in columns {
        let header = normalised(&column.header);
        let target = if column.header == REASON {
            Some(Target::ignored())
        } else if is_consent(&header) {
            None
        } else {
            target(&header, entity).filter(|target| !taken.contains(target))
        };
        let Some(target) = target.filter(|target| super::program::check(target, entity, schema).is_ok()) else {
            continue;
        };
        taken.push(target.clone());
        column.targets.push(target);
        column.guessed = true;
    }
}

/// Whether a header, in its normal form, speaks of consent.
pub(super) fn is_consent(header: &str) -> bool {
    CONSENT.iter().any(|word| header.contains(word))
}

fn target(header: &str, entity: &'static EntityDef) -> Option<Target> {
    own_field(header, entity).or_else(|| {
        let of_table = SYNONYMS.iter().filter(|synonyms| synonyms.table == entity.table);
        let mut meant = of_table.filter(|synonyms| synonyms.headers.contains(&header));
        meant.next().map(|synonyms| written(synonyms.target))
    })
}

/// The field whose very name the header is.
fn own_field(header: &str, entity: &'static EntityDef) -> Option<Target> {
    let fields = entity.fields.iter().skip(managed::COUNT);
    let mut plain = fields.filter(|field| field.set_by != SetBy::Engine && field.kind != FieldKind::Id);
    plain
        .find(|field| normalised(field.name) == header)
        .map(|field| Target::field(field.name))
}

/// The target that the table above writes.
fn written(target: &str) -> Target {
    if let Some(field) = target.strip_prefix("currency of ") {
        return Target::currency_of(field);
    }
    match target.rsplit_once('.') {
        Some((field, by)) => Target::reference(field, by),
        None => Target::field(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SCHEMA;

    #[test]
    fn every_synonym_is_in_normal_form_and_leads_to_a_target_that_is_there() {
        for Synonyms { table, target, headers } in SYNONYMS {
            let entity = SCHEMA.entity(table).expect("a table");
            super::super::program::check(&written(target), entity, SCHEMA).expect(target);
            for header in *headers {
                assert_eq!(normalised(header), *header, "of {table}.{target}");
                assert!(!is_consent(header), "{header} speaks of consent");
            }
        }
    }

    #[test]
    fn no_header_means_two_things_in_one_table() {
        for one in SYNONYMS {
            for other in SYNONYMS
                .iter()
                .filter(|other| other.table == one.table && other.target != one.target)
            {
                let both = one.headers.iter().find(|header| other.headers.contains(header));
                assert_eq!(both, None, "{}: {} and {}", one.table, one.target, other.target);
            }
        }
    }
}
