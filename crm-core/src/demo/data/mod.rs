//! What the demo company is made of: names, places, products, phrases. All of it is invented, but for the places.

mod cities;
mod companies;
mod countries;
mod names;
mod phrases;
mod products;

pub(super) use cities::{CITIES, City};
pub(super) use companies::{COMPANIES, CompanyData};
pub(super) use countries::{Country, Language};
pub(super) use names::{Names, Written};
pub(super) use phrases::{Phrases, WHY_LOST};
pub(super) use products::{COMPETITORS, PRODUCTS, ProductData};
