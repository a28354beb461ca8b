//! The four files of the data set, as one batch.

use std::path::{Path, PathBuf};

use crmkit::Crm;
use crmkit::customers::{Customer, User};
use crmkit::engine::{Cause, Result, Tx};
use crmkit::exchange::{Import, ImportResult, Plan, Target};
use crmkit::sales::{NewStage, Opportunity, Pipeline, PipelineDraft, Product};

/// What the file calls its currency, which it does not say in a column.
pub(crate) const CURRENCY: &str = "USD";

/// By which name the ids of the opportunities are remembered.
const SYSTEM: &str = "maven_crm";

const MILLION: i64 = 1_000_000;

/// The files, with where each of their columns goes.
pub(crate) struct Files {
    plans: Vec<(&'static str, Plan)>,
}

impl Files {
    /// Looks at the files of a folder; refused rows go to files of the same names in another.
    pub(crate) fn plan(crm: &Crm, folder: &Path, refused: &Path) -> Result<Self> {
        let mut plans = vec![
            ("products.csv", products(crm, &folder.join("products.csv"))?),
            ("sales_teams.csv", users(crm, &folder.join("sales_teams.csv"))?),
            ("accounts.csv", customers(crm, &folder.join("accounts.csv"))?),
            (
                "sales_pipeline.csv",
                opportunities(crm, &folder.join("sales_pipeline.csv"))?,
            ),
        ];
        for (name, plan) in &mut plans {
            plan.refused_to(refused_file(refused, name));
        }
        Ok(Self { plans })
    }

    /// Imports them all, or nothing where one cannot be read.
    pub(crate) fn import(&self, crm: &Crm) -> Result<Vec<(&'static str, ImportResult)>> {
        crm.clone().with_cause(Cause::Import).write(|tx| {
            ensure_pipeline(tx)?;
            self.plans
                .iter()
                .map(|(name, plan)| Ok((*name, plan.run_in(tx)?)))
                .collect()
        })
    }
}

fn refused_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(Path::new(name).with_extension("refused.csv"))
}

/// The stages that the files name.
fn ensure_pipeline(tx: &mut Tx<'_>) -> Result<()> {
    if Pipeline::default_one(tx)?.is_none() {
        let stages = vec![
            NewStage::open("Prospecting", 10),
            NewStage::open("Engaging", 50),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ];
        Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
    }
    Ok(())
}

fn products(crm: &Crm, file: &Path) -> Result<Plan> {
    let mut plan = Import::file(file).into::<Product>().plan(crm)?;
    plan.map("product", Target::field("name").key())?
        .map("series", Target::field("family"))?
        .map("sales_price", Target::field("list_price").currency(CURRENCY))?;
    Ok(plan)
}

fn users(crm: &Crm, file: &Path) -> Result<Plan> {
    let mut plan = Import::file(file).into::<User>().plan(crm)?;
    plan.map("sales_agent", Target::field("name").key())?
        .map("manager", Target::reference("manager", "name").create_missing())?
        .map("regional_office", Target::reference("team", "name").create_missing())?;
    Ok(plan)
}

fn customers(crm: &Crm, file: &Path) -> Result<Plan> {
    let organization = [("kind", "organization")];
    let parent = Target::reference("parent", "name").create_missing_with(organization);
    let revenue = Target::field("annual_revenue")
        .currency(CURRENCY)
        .multiplied_by(MILLION);
    let mut plan = Import::file(file).into::<Customer>().plan(crm)?;
    plan.map("account", Target::field("name").key())?
        .map("sector", Target::field("industry"))?
        .map("year_established", Target::field("founded_year"))?
        .map("revenue", revenue)?
        .map("employees", Target::field("employees"))?
        .map("office_location", Target::field("country"))?
        .map("subsidiary_of", parent)?
        .set(Target::field("kind"), "organization")?;
    Ok(plan)
}

fn opportunities(crm: &Crm, file: &Path) -> Result<Plan> {
    let product = Target::reference("line.product", "name").values([("GTXPro", "GTX Pro")]);
    let mut plan = Import::file(file).into::<Opportunity>().plan(crm)?;
    plan.map("opportunity_id", Target::external_id(SYSTEM))?
        .map_also("opportunity_id", Target::field("name"))?
        .map("sales_agent", Target::reference("owner", "name"))?
        .map("product", product)?
        .map("account", Target::reference("customer", "name"))?
        .map("deal_stage", Target::reference("stage", "name"))?
        .map("engage_date", Target::stage_entered("Engaging"))?
        .map("close_date", Target::closed_on())?
        .map("close_value", Target::field("line.unit_price"))?;
    Ok(plan)
}
