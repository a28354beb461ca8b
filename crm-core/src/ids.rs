//! Every typed id, and the one list of entities.

/// Calls a macro with every kind of record: `module::Entity, EntityId;`. Ids, schema, conformance suite and bindings
/// all expand it, so a new entity is one line here.
#[macro_export]
macro_rules! for_each_entity {
    ($callback:ident) => {
        $callback! {
            customization::CustomField, CustomFieldId;
            customers::Team, TeamId;
            customers::User, UserId;
            customers::Customer, CustomerId;
            customers::Affiliation, AffiliationId;
            customers::ExternalId, ExternalIdId;
            customers::ContactPoint, ContactPointId;
            customers::PostalAddress, PostalAddressId;
            customers::Tag, TagId;
            customers::Tagging, TaggingId;
            activities::Interaction, InteractionId;
            activities::InteractionLink, InteractionLinkId;
            activities::InteractionParticipant, InteractionParticipantId;
            activities::Task, TaskId;
            sales::Pipeline, PipelineId;
            sales::Stage, StageId;
            sales::Product, ProductId;
            sales::Opportunity, OpportunityId;
            sales::OpportunityContact, OpportunityContactId;
            sales::OpportunityLine, OpportunityLineId;
            sales::OpportunityHistory, OpportunityHistoryId;
            sales::Competitor, CompetitorId;
            sales::OpportunityCompetitor, OpportunityCompetitorId;
            sales::ExchangeRate, ExchangeRateId;
            sales::ReportingCurrency, ReportingCurrencyId;
            sales::ClosingRate, ClosingRateId;
            marketing::Campaign, CampaignId;
            marketing::MemberStatus, MemberStatusId;
            marketing::CampaignMember, CampaignMemberId;
        }
    };
}

/// Declares the typed id of one kind of record. Records of the house have theirs from [`for_each_entity!`]; those that an
/// application adds for itself call this.
#[macro_export]
macro_rules! typed_id {
    ($(#[$attribute:meta])* $id:ident of $entity:path) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $id(pub $crate::values::Uuid);

        impl $crate::engine::RecordId for $id {
            type Entity = $entity;

            fn from_uuid(uuid: $crate::values::Uuid) -> Self {
                Self(uuid)
            }

            fn uuid(self) -> $crate::values::Uuid {
                self.0
            }
        }

        impl $crate::engine::FieldValue for $id {
            const KIND: $crate::engine::FieldKind = $crate::engine::FieldKind::Id;

            fn to_value(&self) -> $crate::engine::Value {
                $crate::engine::Value::Id(self.0)
            }

            fn from_value(value: $crate::engine::Value) -> Result<Self, $crate::values::ValueError> {
                <$crate::values::Uuid as $crate::engine::FieldValue>::from_value(value).map(Self)
            }
        }

        impl From<$id> for $crate::engine::Value {
            fn from(id: $id) -> Self {
                $crate::engine::Value::Id(id.0)
            }
        }

        impl ::std::fmt::Display for $id {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl ::std::fmt::Debug for $id {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(formatter, concat!(stringify!($id), "({})"), self.0)
            }
        }
    };
}

macro_rules! typed_ids {
    ($($module:ident::$entity:ident, $id:ident;)+) => {$(
        crate::typed_id! {
            #[doc = concat!("The id of a [`", stringify!($entity), "`](crate::", stringify!($module), "::", stringify!($entity), ").")]
            #[derive(serde::Serialize, serde::Deserialize)]
            #[serde(transparent)]
            $id of crate::$module::$entity
        }
    )+};
}

for_each_entity!(typed_ids);
