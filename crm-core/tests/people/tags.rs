use crm_core::Crm;
use crm_core::activities::{InteractionDraft, InteractionKind};
use crm_core::customers::{Customer, CustomerDraft, Tag, TagChange, TagDraft, Tagging, TaggingDraft};
use crm_core::engine::{CrmError, Entity, EntityDef, Query, RecordId};
use crm_core::ids::UserId;
use crm_core::marketing::CampaignDraft;
use crm_core::sales::{NewStage, OpportunityDraft, Pipeline, PipelineDraft, ProductDraft};
use crm_core::values::Uuid;

use crate::person;
use crate::refusals::{crm, refusal};

fn tags<I: RecordId>(crm: &Crm, record: I) -> Vec<String> {
    let tags = crm.read(|reader| Tag::of(reader, record)).expect("it works");
    tags.into_iter().map(|tag| tag.name).collect()
}

fn meant(crm: &Crm, entity: &'static EntityDef, filter: &str) -> u64 {
    crm.read(|reader| {
        let filter = reader.parse_filter(entity, filter)?;
        reader.count(&Query::of_entity(entity).filter(filter))
    })
    .unwrap_or_else(|error| panic!("{}: {error}", entity.table))
}

#[test]
fn a_tag_is_made_when_it_is_first_used_and_used_again_however_it_is_written() {
    let (crm, _) = crm();
    let (li, ana) = (person(&crm, "李明"), person(&crm, "Ana"));
    let first = crm.write(|tx| Tag::add(tx, li, " Café ")).unwrap();
    let other = crm.write(|tx| Tag::add(tx, ana, "CAFE")).unwrap();
    assert_eq!(first.tag_id, other.tag_id);
    assert_eq!(tags(&crm, ana), ["Café"]);
}

#[test]
fn marking_again_writes_nothing() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let first = crm.write(|tx| Tag::add(tx, li, "VIP")).unwrap();
    assert_eq!(crm.write(|tx| Tag::add(tx, li, "vip")).unwrap(), first);
    let again = TaggingDraft {
        customer_id: Some(li),
        ..TaggingDraft::new(first.tag_id)
    };
    let refused = refusal(&crm, |tx| tx.create(again.clone()));
    assert_eq!((refused.code(), refused.field()), ("duplicate", Some("tag_id")));
}

#[test]
fn a_tag_is_taken_off_a_record_and_stays_a_tag() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    crm.write(|tx| Tag::add(tx, li, "VIP")).unwrap();
    let taken = crm
        .write(|tx| {
            Ok([
                Tag::remove(tx, li, "vip")?,
                Tag::remove(tx, li, "vip")?,
                Tag::remove(tx, li, "no")?,
            ])
        })
        .unwrap();
    assert_eq!(taken, [true, false, false]);
    assert_eq!(tags(&crm, li), Vec::<String>::new());
    assert!(crm.read(|reader| Tag::named(reader, "VIP")).unwrap().is_some());
}

#[test]
fn two_tags_never_have_one_name() {
    let (crm, _) = crm();
    let (vip, fair) = crm
        .write(|tx| Ok((tx.create(TagDraft::new("VIP"))?, tx.create(TagDraft::new("Fair"))?)))
        .unwrap();
    let duplicate = CrmError::Duplicate {
        entity: "tag",
        field: "name".into(),
        matches: vec![vip.id.0],
    };
    assert_eq!(refusal(&crm, |tx| tx.create(TagDraft::new("vip "))), duplicate);
    let rename = |name: &str| TagChange::Name(name.into());
    assert_eq!(refusal(&crm, |tx| tx.update(fair.id, [rename("Vip")], None)), duplicate);
    crm.write(|tx| tx.update(vip.id, [rename("vip")], None)).unwrap();
    crm.write(|tx| tx.update(fair.id, [rename("Fair 2026")], None)).unwrap();
}

#[test]
fn what_two_tags_mark_is_marked_once_when_they_become_one() {
    let (crm, _) = crm();
    let (li, ana) = (person(&crm, "李明"), person(&crm, "Ana"));
    let (from, into) = crm
        .write(|tx| {
            Tag::add(tx, li, "wrong")?;
            Tag::add(tx, li, "right")?;
            let from = Tag::add(tx, ana, "wrong")?.tag_id;
            Ok((from, Tag::named(tx, "right")?.unwrap().id))
        })
        .unwrap();
    crm.write(|tx| Tag::merge(tx, from, into)).unwrap();
    assert_eq!(
        (tags(&crm, li), tags(&crm, ana)),
        (vec!["right".to_owned()], vec!["right".to_owned()])
    );
    assert_eq!(crm.read(|reader| Tag::named(reader, "wrong")).unwrap(), None);
}

#[test]
fn a_tagging_names_exactly_one_record() {
    let (crm, _) = crm();
    let tag = crm.write(|tx| tx.create(TagDraft::new("VIP"))).unwrap().id;
    let product = crm.write(|tx| tx.create(ProductDraft::new("Lamp"))).unwrap().id;
    let none = TaggingDraft::new(tag);
    let both = TaggingDraft {
        customer_id: Some(person(&crm, "李明")),
        product_id: Some(product),
        ..none.clone()
    };
    let refused = refusal(&crm, |tx| tx.create(none.clone()));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("record")));
    let refused = refusal(&crm, |tx| tx.create(both.clone()));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("customer_id")));
    let refused = refusal(&crm, |tx| Tag::add(tx, UserId(Uuid::nil()), "VIP"));
    assert!(refused.to_string().contains("users"), "{refused}");
}

#[test]
fn every_kind_of_record_that_takes_tags_is_found_by_them() {
    let (crm, _) = crm();
    crm.write(|tx| {
        let stages = vec![
            NewStage::open("Offer", 50),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ];
        Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
        let acme = tx.create(CustomerDraft::organization("Acme"))?.id;
        let deal = tx.create(OpportunityDraft::new("A deal"))?.id;
        let product = tx.create(ProductDraft::new("Lamp"))?.id;
        let campaign = tx.create(CampaignDraft::new("Fair"))?.id;
        let call = tx.create(InteractionDraft::new(InteractionKind::Call))?.id;
        Tag::add(tx, acme, "VIP")?;
        Tag::add(tx, deal, "VIP")?;
        Tag::add(tx, product, "VIP")?;
        Tag::add(tx, campaign, "VIP")?;
        Tag::add(tx, call, "VIP")?;
        tx.create(CustomerDraft::organization("Not marked"))
    })
    .unwrap();
    let taggable = Tagging::DEF.references().filter(|(field, _)| field.def().nullable);
    let tables: Vec<_> = taggable.map(|(_, reference)| reference.table).collect();
    assert_eq!(
        tables,
        ["customers", "opportunities", "products", "campaigns", "interactions"]
    );
    for table in tables {
        let entity = crm_core::SCHEMA.entity(table).unwrap();
        assert_eq!(
            meant(&crm, entity, r#"taggings.exists(t, t.tag.name == "VIP")"#),
            1,
            "{table}"
        );
        assert_eq!(
            meant(&crm, entity, r#"taggings.exists(t, t.tag.name == "other")"#),
            0,
            "{table}"
        );
    }
    assert_eq!(
        meant(&crm, Customer::DEF, r#"!taggings.exists(t, t.tag.name == "VIP")"#),
        1
    );
}
