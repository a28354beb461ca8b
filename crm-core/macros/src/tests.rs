//! What the macro makes of a sample, whole, under a snapshot; and what it refuses.

use quote::quote;

use crate::expand;

#[test]
fn the_expansion_of_a_sample_is_as_recorded() {
    let expanded = expand(
        quote!(table = "visits"),
        quote! {
            /// A visit to a customer.
            pub struct Visit {
                /// What it is about.
                #[field(search)]
                pub subject: String,
                /// Who is visited.
                #[field(references = "customers", on_delete = "cascade")]
                pub customer_id: CustomerId,
                /// The length in hours.
                #[field(scale = 2)]
                pub hours: Option<Decimal>,
                /// How it went.
                #[field(default)]
                pub outcome: VisitOutcome,
                /// When it ended.
                #[field(index, set_by = "command")]
                pub ended_at: Option<Timestamp>,
                /// How many visits came before.
                #[field(set_by = "engine")]
                pub number: i64,
            }
        },
    );
    let file = syn::parse2(expanded).expect("the expansion is Rust");
    insta::assert_snapshot!(prettyplease::unparse(&file));
}

#[test]
fn a_wrong_definition_is_a_compile_error_that_says_what_to_write() {
    let error = |arguments, field| expand(arguments, quote!(pub struct Visit { #field })).to_string();
    let table = || quote!(table = "visits");
    assert!(error(quote!(), quote!()).contains("name the table"));
    assert!(error(table(), quote!(#[field(unique)] pub name: String)).contains("a field has search"));
    assert!(error(table(), quote!(#[field(references = "customers")] pub id: Id)).contains("go together"));
    assert!(
        error(
            table(),
            quote!(#[field(references = "customers", on_delete = "set_null")] pub id: Id)
        )
        .contains("only an Option")
    );
}
