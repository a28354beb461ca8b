use super::Language;
use crate::activities::InteractionKind;
use crate::customers::BuyingRole;

/// Why deals are lost, each as often as its weight says.
pub(in crate::demo) const WHY_LOST: [(&str, usize); 6] = [
    ("price", 30),
    ("competitor", 24),
    ("no budget", 16),
    ("postponed", 14),
    ("no answer", 10),
    ("does not fit", 6),
];

/// What is said and written in a language.
#[derive(Debug)]
pub(in crate::demo) struct Phrases {
    /// What an opportunity is for, behind the product.
    pub(in crate::demo) occasions: &'static [&'static str],
    /// What people do in their companies, and what part that gives them in a purchase.
    pub(in crate::demo) titles: &'static [(&'static str, BuyingRole)],
    /// What is to be done next in an open opportunity.
    pub(in crate::demo) next_steps: &'static [&'static str],
    /// What tasks are about.
    pub(in crate::demo) tasks: &'static [&'static str],
    /// What was talked about, in a sentence or two.
    pub(in crate::demo) bodies: &'static [&'static str],
    /// Streets.
    pub(in crate::demo) streets: &'static [&'static str],
    calls: &'static [&'static str],
    emails: &'static [&'static str],
    meetings: &'static [&'static str],
    messages: &'static [&'static str],
    notes: &'static [&'static str],
}

impl Phrases {
    /// The phrases of a language.
    pub(in crate::demo) fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::German => &GERMAN,
            Language::English => &ENGLISH,
        }
    }

    /// What an interaction of a kind may be about.
    pub(in crate::demo) fn subjects(&self, kind: InteractionKind) -> &'static [&'static str] {
        match kind {
            InteractionKind::Call => self.calls,
            InteractionKind::Email => self.emails,
            InteractionKind::Meeting | InteractionKind::Visit => self.meetings,
            InteractionKind::Message => self.messages,
            InteractionKind::Note => self.notes,
        }
    }
}

const CHINESE: Phrases = Phrases {
    occasions: &["一期", "二期", "扩建", "更新改造", "新厂", "试点线", "增补"],
    titles: &[
        ("总经理", BuyingRole::DecisionMaker),
        ("采购经理", BuyingRole::Influencer),
        ("生产总监", BuyingRole::Champion),
        ("技术总监", BuyingRole::Evaluator),
        ("财务经理", BuyingRole::EconomicBuyer),
        ("设备主管", BuyingRole::User),
        ("质量经理", BuyingRole::Blocker),
    ],
    next_steps: &[
        "发送报价",
        "安排工厂参观",
        "确认技术参数",
        "等待董事会审批",
        "谈付款条件",
    ],
    tasks: &[
        "回电",
        "发送修改后的报价",
        "准备演示",
        "确认交货期",
        "寄样品",
        "跟进付款条件",
        "更新联系人",
    ],
    bodies: &[
        "对交货期有疑问，希望九月前安装完成。",
        "预算已批，正在比较两家供应商。",
        "技术参数已确认，等待采购部门意见。",
        "希望安排一次现场演示。",
    ],
    streets: &[
        "文澜路 88 号",
        "工业园星港街 16 号",
        "科技二路 5 号",
        "滨江大道 301 号",
        "望湖北路 42 号",
    ],
    calls: &["交货期确认", "报价跟进", "初次沟通", "技术问题答复", "付款条件"],
    emails: &["报价单", "技术参数表", "合同草案", "会议纪要", "产品资料"],
    meetings: &["方案讲解", "工厂参观", "合同谈判", "项目启动会", "现场调研"],
    messages: &["已收到，谢谢", "明天下午方便通话吗", "图纸已发邮箱", "样品到了"],
    notes: &["下个月再联系", "决策人换了", "对价格比较敏感", "年底前有预算"],
};

const GERMAN: Phrases = Phrases {
    occasions: &[
        "Halle 2",
        "Erweiterung",
        "Ersatz",
        "Neubau",
        "Pilotlinie",
        "Nachrüstung",
        "Werk Süd",
    ],
    titles: &[
        ("Geschäftsführung", BuyingRole::DecisionMaker),
        ("Einkauf", BuyingRole::Influencer),
        ("Leitung Produktion", BuyingRole::Champion),
        ("Technische Leitung", BuyingRole::Evaluator),
        ("Leitung Finanzen", BuyingRole::EconomicBuyer),
        ("Instandhaltung", BuyingRole::User),
        ("Qualitätsmanagement", BuyingRole::Blocker),
    ],
    next_steps: &[
        "Angebot nachfassen",
        "Termin im Werk",
        "Lastenheft klären",
        "Freigabe Vorstand",
        "Zahlungsziel",
    ],
    tasks: &[
        "Zurückrufen",
        "Angebot überarbeiten",
        "Vorführung vorbereiten",
        "Liefertermin bestätigen",
        "Muster schicken",
        "Zahlungsziel klären",
        "Ansprechpartner ergänzen",
    ],
    bodies: &[
        "Fragt nach dem Liefertermin; Aufstellung muss vor den Werksferien fertig sein.",
        "Budget ist freigegeben, es gibt ein Angebot eines Mitbewerbers.",
        "Technisch einverstanden, der Einkauf verhandelt noch das Zahlungsziel.",
        "Möchte die Anlage bei einem anderen Kunden sehen.",
    ],
    streets: &[
        "Lindenweg 12",
        "Am Werkkanal 4",
        "Gewerbepark 27",
        "Alte Mühlgasse 9",
        "Industriestraße 103",
    ],
    calls: &[
        "Liefertermin",
        "Angebot nachgefasst",
        "Erstgespräch",
        "Technische Rückfrage",
        "Zahlungsbedingungen",
    ],
    emails: &[
        "Angebot",
        "Technisches Datenblatt",
        "Vertragsentwurf",
        "Protokoll",
        "Unterlagen zur Anlage",
    ],
    meetings: &[
        "Vorstellung der Lösung",
        "Werksbesichtigung",
        "Vertragsverhandlung",
        "Auftaktgespräch",
        "Aufmaß",
    ],
    messages: &[
        "Danke, ist angekommen",
        "Passt es morgen um zehn?",
        "Zeichnung ist unterwegs",
        "Muster ist da",
    ],
    notes: &[
        "Im nächsten Quartal wieder melden",
        "Neue Ansprechpartnerin",
        "Achtet auf den Preis",
        "Budget ab Herbst",
    ],
};

const ENGLISH: Phrases = Phrases {
    occasions: &[
        "hall 2",
        "expansion",
        "replacement",
        "new plant",
        "pilot line",
        "retrofit",
        "south site",
    ],
    titles: &[
        ("Managing Director", BuyingRole::DecisionMaker),
        ("Purchasing", BuyingRole::Influencer),
        ("Head of Production", BuyingRole::Champion),
        ("Technical Director", BuyingRole::Evaluator),
        ("Finance Director", BuyingRole::EconomicBuyer),
        ("Maintenance Lead", BuyingRole::User),
        ("Quality Manager", BuyingRole::Blocker),
    ],
    next_steps: &[
        "Follow up on the offer",
        "Visit the plant",
        "Settle the specification",
        "Board approval",
        "Terms",
    ],
    tasks: &[
        "Call back",
        "Revise the offer",
        "Prepare the demonstration",
        "Confirm the delivery date",
        "Send samples",
        "Agree on payment terms",
        "Complete the contacts",
    ],
    bodies: &[
        "Asks about delivery; the line must run before the holidays.",
        "The budget is approved, and there is another offer on the table.",
        "Engineering agrees, purchasing still negotiates the terms.",
        "Would like to see a machine at another customer's.",
    ],
    streets: &[
        "12 Foundry Lane",
        "4 Canal Street",
        "27 Mill Road",
        "301 Harbor Drive",
        "9 Orchard Way",
    ],
    calls: &[
        "Delivery date",
        "Follow-up on the offer",
        "First call",
        "Technical question",
        "Payment terms",
    ],
    emails: &["Offer", "Data sheet", "Draft contract", "Minutes", "Brochure"],
    meetings: &[
        "Presentation",
        "Plant tour",
        "Contract negotiation",
        "Kick-off",
        "Site survey",
    ],
    messages: &[
        "Received, thank you",
        "Is ten tomorrow all right?",
        "Drawings are on their way",
        "Samples arrived",
    ],
    notes: &[
        "Call again next quarter",
        "New contact person",
        "Looks at the price first",
        "Budget from autumn on",
    ],
};
