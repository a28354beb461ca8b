use crate::engine::{Conditions, CrmError, Entity, Query, Reader, Result};
use crate::ids::OpportunityId;
use crate::sales::{Opportunity, OpportunityLine};
use crate::values::{Money, ValueError};

/// What the lines of an opportunity come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sales) struct LineSums {
    /// The sum of their totals.
    pub(in crate::sales) total: Money,
    /// The sum by the list, where every line has one.
    pub(in crate::sales) list_total: Option<Money>,
}

impl LineSums {
    /// The sums of the lines of an opportunity; nothing where it has none.
    pub(in crate::sales) fn read(reader: &mut Reader<'_>, id: OpportunityId) -> Result<Option<Self>> {
        let query = Query::of::<OpportunityLine>().filter(OpportunityLine::OPPORTUNITY_ID.is(id));
        Self::of(&reader.find::<OpportunityLine>(&query)?)
    }

    /// The sums of these lines; nothing where there is none.
    pub(in crate::sales) fn of(lines: &[OpportunityLine]) -> Result<Option<Self>> {
        let mut sums: Option<Self> = None;
        for line in lines {
            let Some(total) = line.total else { continue };
            sums = Some(match sums {
                None => Self {
                    total,
                    list_total: line.list_total,
                },
                Some(sums) => sums
                    .plus(total, line.list_total)
                    .map_err(|error| CrmError::invalid_value(Opportunity::DEF.name, "amount", error))?,
            });
        }
        Ok(sums)
    }

    fn plus(self, total: Money, list_total: Option<Money>) -> Result<Self, ValueError> {
        Ok(Self {
            total: self.total.plus(total)?,
            list_total: match (self.list_total, list_total) {
                (Some(sum), Some(one)) => Some(sum.plus(one)?),
                _ => None,
            },
        })
    }
}
