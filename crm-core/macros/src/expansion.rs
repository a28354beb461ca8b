use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Expr, Ident, Lit, Meta};

use crate::definition::{Definition, FieldDefinition, SetBy};

/// How many managed fields come before those of the struct.
const MANAGED: usize = 5;

pub(crate) fn expand(definition: &Definition) -> TokenStream {
    let parts = [
        record(definition),
        handles(definition),
        draft(definition),
        change(definition),
        description(definition),
        mapping(definition),
    ];
    quote!(#(#parts)*)
}

fn record(definition: &Definition) -> TokenStream {
    let Definition {
        attributes,
        visibility,
        name,
        ..
    } = definition;
    let id = id_type(definition);
    let fields = definition.fields.iter().map(|field| {
        let FieldDefinition {
            attributes, name, kind, ..
        } = field;
        quote!(#(#attributes)* pub #name: #kind,)
    });
    quote! {
        #(#attributes)*
        #[derive(Clone, PartialEq)]
        #visibility struct #name {
            /// The id. The engine keeps it.
            pub id: #id,
            /// How many times the record was written, from 1. The engine keeps it.
            pub revision: i64,
            /// When the record was written first. The engine keeps it.
            pub created_at: ::crm_core::values::Timestamp,
            /// When the record was written last. The engine keeps it.
            pub updated_at: ::crm_core::values::Timestamp,
            /// When the record was deleted; empty while it is not. The engine keeps it.
            pub deleted_at: ::std::option::Option<::crm_core::values::Timestamp>,
            #(#fields)*
        }

        /// Shows id and revision, and nothing that the record says.
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter
                    .debug_struct(::std::stringify!(#name))
                    .field("id", &self.id)
                    .field("revision", &self.revision)
                    .finish_non_exhaustive()
            }
        }
    }
}

fn handles(definition: &Definition) -> TokenStream {
    let Definition { visibility, name, .. } = definition;
    let managed = ["id", "revision", "created_at", "updated_at", "deleted_at"].map(str::to_owned);
    let own = definition.fields.iter().map(|field| field.name.to_string());
    let constants = managed.into_iter().chain(own).enumerate().map(|(index, field)| {
        let constant = format_ident!("{}", field.to_uppercase());
        let doc = format!("The handle of the field `{field}`, for filters and orders.");
        quote! {
            #[doc = #doc]
            #visibility const #constant: ::crm_core::engine::Field = ::crm_core::engine::Field {
                entity: <Self as ::crm_core::engine::Entity>::DEF,
                index: #index,
            };
        }
    });
    quote!(impl #name { #(#constants)* })
}

fn draft(definition: &Definition) -> TokenStream {
    let Definition { visibility, name, .. } = definition;
    let (draft, id) = (draft_type(definition), id_type(definition));
    let doc = format!("What creates a [`{name}`]: the fields that a caller may give.");
    let fields = definition.drafted().map(|field| {
        let FieldDefinition { attributes, name, .. } = field;
        let kind = drafted_type(field);
        quote!(#(#attributes)* pub #name: #kind,)
    });
    let required: Vec<_> = definition.drafted().filter(|field| field.is_required()).collect();
    let parameters = required.iter().map(|field| {
        let FieldDefinition { name, kind, .. } = field;
        quote!(#name: impl ::std::convert::Into<#kind>)
    });
    let initial = definition.drafted().map(|field| {
        let name = &field.name;
        if field.is_required() {
            quote!(#name: #name.into(),)
        } else {
            quote!(#name: ::std::default::Default::default(),)
        }
    });
    let into = definition.fields.iter().map(|field| {
        let name = &field.name;
        match field.set_by {
            SetBy::Engine => quote!(#name: ::std::default::Default::default(),),
            _ if has_default(field) => quote!(#name: self.#name.unwrap_or_default(),),
            _ => quote!(#name: self.#name,),
        }
    });
    let places = (MANAGED..).zip(&definition.fields);
    let from = places
        .filter(|(_, field)| field.set_by != SetBy::Engine)
        .map(|(place, field)| {
            let name = &field.name;
            match has_default(field) {
                true => quote!(#name: given.contains(&#place).then_some(record.#name),),
                false => quote!(#name: record.#name,),
            }
        });
    let given = match definition.drafted().any(has_default) {
        true => quote!(given),
        false => quote!(_),
    };
    let default = required.is_empty().then(|| {
        quote! {
            impl ::std::default::Default for #draft {
                fn default() -> Self { Self::new() }
            }
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, PartialEq)]
        #visibility struct #draft {
            /// The id, where the caller makes it.
            pub id: ::std::option::Option<#id>,
            #(#fields)*
        }

        /// Shows the id, and nothing that the draft says.
        impl ::std::fmt::Debug for #draft {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter
                    .debug_struct(::std::stringify!(#draft))
                    .field("id", &self.id)
                    .finish_non_exhaustive()
            }
        }

        impl #draft {
            /// A draft with what must be given; the rest is empty or follows by rule.
            #visibility fn new(#(#parameters),*) -> Self {
                Self { id: ::std::option::Option::None, #(#initial)* }
            }
        }

        #default

        impl ::crm_core::engine::Draft for #draft {
            type Entity = #name;

            fn into_record(self) -> #name {
                let managed = ::crm_core::engine::Managed::unwritten(
                    self.id.map(::crm_core::engine::RecordId::uuid),
                );
                #name {
                    id: ::crm_core::engine::RecordId::from_uuid(managed.id),
                    revision: managed.revision,
                    created_at: managed.created_at,
                    updated_at: managed.updated_at,
                    deleted_at: managed.deleted_at,
                    #(#into)*
                }
            }

            fn from_record(record: #name, #given: &[usize]) -> Self {
                Self {
                    id: ::std::option::Option::Some(record.id)
                        .filter(|id| !::crm_core::engine::RecordId::uuid(*id).is_nil()),
                    #(#from)*
                }
            }
        }
    }
}

fn change(definition: &Definition) -> TokenStream {
    let Definition { visibility, name, .. } = definition;
    let change = change_type(definition);
    let doc = format!("One change of one field of a [`{name}`]; a list of these is an update.");
    let variants = definition.changed().map(|field| {
        let FieldDefinition { attributes, kind, .. } = field;
        let attributes = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
        let variant = variant_name(&field.name);
        quote!(#(#attributes)* #variant(#kind),)
    });
    let named = definition.changed().map(|field| {
        let variant = variant_name(&field.name);
        quote!(Self::#variant(_) => ::std::stringify!(#variant),)
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, PartialEq)]
        #visibility enum #change { #(#variants)* }

        /// Names the field, and not its new value.
        impl ::std::fmt::Debug for #change {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                // A function of its own, since an entity that only the engine writes has no variants.
                let named: fn(&Self) -> &'static str = |change| match *change { #(#named)* };
                formatter.write_str(named(self))
            }
        }
    }
}

fn description(definition: &Definition) -> TokenStream {
    let Definition { name, table, .. } = definition;
    let singular = snake_case(&name.to_string());
    let doc = doc_of(&definition.attributes);
    let id = id_type(definition);
    let static_name = format_ident!("{}_DEF", singular.to_uppercase());
    let managed = [
        ("id", quote!(#id), "The id."),
        (
            "revision",
            quote!(i64),
            "How many times the record was written, from 1.",
        ),
        (
            "created_at",
            quote!(::crm_core::values::Timestamp),
            "When the record was written first.",
        ),
        (
            "updated_at",
            quote!(::crm_core::values::Timestamp),
            "When the record was written last.",
        ),
        (
            "deleted_at",
            quote!(::std::option::Option<::crm_core::values::Timestamp>),
            "When the record was deleted.",
        ),
    ]
    .map(|(field, kind, doc)| {
        quote! {
            ::crm_core::engine::FieldDef {
                name: #field,
                doc: #doc,
                kind: <#kind as ::crm_core::engine::FieldValue>::KIND,
                nullable: <#kind as ::crm_core::engine::FieldValue>::NULLABLE,
                indexed: false,
                searched: false,
                reference: ::std::option::Option::None,
                set_by: ::crm_core::engine::SetBy::Engine,
            }
        }
    });
    let own = definition.fields.iter().map(field_description);
    quote! {
        static #static_name: ::crm_core::engine::EntityDef = ::crm_core::engine::EntityDef {
            name: #singular,
            table: #table,
            doc: #doc,
            fields: &[#(#managed,)* #(#own,)*],
            operations: ::crm_core::engine::EntityOperations::of::<#name>(),
        };
    }
}

fn field_description(field: &FieldDefinition) -> TokenStream {
    let FieldDefinition { kind, search, .. } = field;
    let name = field.name.to_string();
    let doc = doc_of(&field.attributes);
    let scale = field.scale.as_ref().map(|scale| quote!(.with_scale(#scale)));
    let indexed = field.index || field.references.is_some();
    let reference = match (&field.references, &field.on_delete) {
        (Some(table), Some(on_delete)) => {
            let on_delete = variant_name(&format_ident!("{}", on_delete.value()));
            quote! {
                ::std::option::Option::Some(::crm_core::engine::Reference {
                    table: #table,
                    on_delete: ::crm_core::engine::OnDelete::#on_delete,
                })
            }
        }
        _ => quote!(::std::option::Option::None),
    };
    let set_by = match field.set_by {
        SetBy::Anyone => quote!(Anyone),
        SetBy::Command => quote!(Command),
        SetBy::Engine => quote!(Engine),
    };
    quote! {
        ::crm_core::engine::FieldDef {
            name: #name,
            doc: #doc,
            kind: <#kind as ::crm_core::engine::FieldValue>::KIND #scale,
            nullable: <#kind as ::crm_core::engine::FieldValue>::NULLABLE,
            indexed: #indexed,
            searched: #search,
            reference: #reference,
            set_by: ::crm_core::engine::SetBy::#set_by,
        }
    }
}

fn mapping(definition: &Definition) -> TokenStream {
    let Definition { name, .. } = definition;
    let (id, draft, change) = (id_type(definition), draft_type(definition), change_type(definition));
    let static_name = format_ident!("{}_DEF", snake_case(&name.to_string()).to_uppercase());
    let places: Vec<usize> = (MANAGED..MANAGED + definition.fields.len()).collect();
    let names: Vec<&Ident> = definition.fields.iter().map(|field| &field.name).collect();
    let defaults = definition.fields.iter().zip(&places).filter_map(|(field, place)| {
        let kind = &field.kind;
        has_default(field).then(|| {
            quote!(#place => ::crm_core::engine::FieldValue::to_value(&<#kind as ::std::default::Default>::default()),)
        })
    });
    let applied = definition.changed().map(|field| {
        let (name, variant) = (&field.name, variant_name(&field.name));
        quote!(#change::#variant(value) => ::crm_core::engine::FieldValue::change(&mut self.#name, value),)
    });
    quote! {
        impl ::crm_core::engine::Entity for #name {
            type Id = #id;
            type Draft = #draft;
            type Change = #change;
            const DEF: &'static ::crm_core::engine::EntityDef = &#static_name;

            fn managed(&self) -> ::crm_core::engine::Managed {
                ::crm_core::engine::Managed {
                    id: ::crm_core::engine::RecordId::uuid(self.id),
                    revision: self.revision,
                    created_at: self.created_at,
                    updated_at: self.updated_at,
                    deleted_at: self.deleted_at,
                }
            }

            fn set_managed(&mut self, managed: ::crm_core::engine::Managed) {
                self.id = ::crm_core::engine::RecordId::from_uuid(managed.id);
                self.revision = managed.revision;
                self.created_at = managed.created_at;
                self.updated_at = managed.updated_at;
                self.deleted_at = managed.deleted_at;
            }

            fn value(&self, field: usize) -> ::crm_core::engine::Value {
                match field {
                    #(#places => ::crm_core::engine::FieldValue::to_value(&self.#names),)*
                    other => self.managed().value(other),
                }
            }

            fn set(&mut self, field: usize, value: ::crm_core::engine::Value) -> ::crm_core::engine::Result<()> {
                match field {
                    #(#places => self.#names = ::crm_core::engine::field_from_value(Self::DEF, field, value)?,)*
                    _ => {}
                }
                ::std::result::Result::Ok(())
            }

            fn from_row(row: &dyn ::crm_core::engine::RowSource) -> ::crm_core::engine::Result<Self> {
                let managed = ::crm_core::engine::Managed::from_row(Self::DEF, row)?;
                ::std::result::Result::Ok(Self {
                    id: ::crm_core::engine::RecordId::from_uuid(managed.id),
                    revision: managed.revision,
                    created_at: managed.created_at,
                    updated_at: managed.updated_at,
                    deleted_at: managed.deleted_at,
                    #(#names: ::crm_core::engine::read_field(Self::DEF, #places, row)?,)*
                })
            }

            fn default_value(field: usize) -> ::crm_core::engine::Value {
                match field {
                    #(#defaults)*
                    _ => ::crm_core::engine::Value::Null,
                }
            }

            fn apply(&mut self, change: #change) {
                match change { #(#applied)* }
            }
        }
    }
}

fn drafted_type(field: &FieldDefinition) -> TokenStream {
    let kind = &field.kind;
    match has_default(field) {
        true => quote!(::std::option::Option<#kind>),
        false => quote!(#kind),
    }
}

/// Whether a field that is not given gets a value of its own.
fn has_default(field: &FieldDefinition) -> bool {
    !field.is_optional() && !field.is_required()
}

fn id_type(definition: &Definition) -> Ident {
    format_ident!("{}Id", definition.name)
}

fn draft_type(definition: &Definition) -> Ident {
    format_ident!("{}Draft", definition.name)
}

fn change_type(definition: &Definition) -> Ident {
    format_ident!("{}Change", definition.name)
}

/// `close_on` as `CloseOn`.
fn variant_name(field: &Ident) -> Ident {
    let camel: String = field
        .to_string()
        .split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_uppercase() + rest
        })
        .collect();
    format_ident!("{camel}")
}

/// `CampaignMember` as `campaign_member`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (position, letter) in name.char_indices() {
        if letter.is_uppercase() && position > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// The doc comment as one text.
fn doc_of(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}
