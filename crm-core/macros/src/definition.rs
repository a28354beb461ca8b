use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Fields, Ident, ItemStruct, LitInt, LitStr, Result, Type, Visibility};

/// What a struct under `#[entity]` says.
pub(crate) struct Definition {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    pub(crate) table: LitStr,
    pub(crate) fields: Vec<FieldDefinition>,
}

/// What one of its fields says.
pub(crate) struct FieldDefinition {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
    pub(crate) kind: Type,
    pub(crate) search: bool,
    pub(crate) index: bool,
    pub(crate) references: Option<LitStr>,
    pub(crate) on_delete: Option<LitStr>,
    pub(crate) scale: Option<LitInt>,
    pub(crate) default: bool,
    pub(crate) set_by: SetBy,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SetBy {
    Anyone,
    Command,
    Engine,
}

impl Definition {
    pub(crate) fn parse(arguments: TokenStream, item: TokenStream) -> Result<Self> {
        let item: ItemStruct = syn::parse2(item)?;
        let mut table = None;
        syn::meta::parser(|meta| {
            if !meta.path.is_ident("table") {
                return Err(meta.error("an entity has one word: table = \"…\""));
            }
            table = Some(meta.value()?.parse()?);
            Ok(())
        })
        .parse2(arguments)?;
        let table = table.ok_or_else(|| Error::new(item.ident.span(), "name the table: #[entity(table = \"…\")]"))?;
        let Fields::Named(fields) = item.fields else {
            return Err(Error::new(item.ident.span(), "an entity has named fields"));
        };
        Ok(Self {
            attributes: item.attrs,
            visibility: item.vis,
            name: item.ident,
            table,
            fields: fields
                .named
                .into_iter()
                .map(FieldDefinition::parse)
                .collect::<Result<_>>()?,
        })
    }

    /// The fields of the draft and how each gets there.
    pub(crate) fn drafted(&self) -> impl Iterator<Item = &FieldDefinition> {
        self.fields.iter().filter(|field| field.set_by != SetBy::Engine)
    }

    /// The fields that are changed one by one.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &FieldDefinition> {
        self.fields.iter().filter(|field| field.set_by == SetBy::Anyone)
    }
}

impl FieldDefinition {
    fn parse(field: syn::Field) -> Result<Self> {
        let span = field.span();
        let (own, attributes): (Vec<_>, Vec<_>) = field
            .attrs
            .into_iter()
            .partition(|attribute| attribute.path().is_ident("field"));
        let mut parsed = Self {
            attributes,
            name: field
                .ident
                .ok_or_else(|| Error::new(span, "an entity has named fields"))?,
            kind: field.ty,
            search: false,
            index: false,
            references: None,
            on_delete: None,
            scale: None,
            default: false,
            set_by: SetBy::Anyone,
        };
        for attribute in own {
            attribute.parse_nested_meta(|meta| {
                let word = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
                match word.as_str() {
                    "search" => parsed.search = true,
                    "index" => parsed.index = true,
                    "default" => parsed.default = true,
                    "references" => parsed.references = Some(meta.value()?.parse()?),
                    "on_delete" => parsed.on_delete = Some(meta.value()?.parse()?),
                    "scale" => parsed.scale = Some(meta.value()?.parse()?),
                    "set_by" => {
                        let who: LitStr = meta.value()?.parse()?;
                        parsed.set_by = match who.value().as_str() {
                            "command" => SetBy::Command,
                            "engine" => SetBy::Engine,
                            _ => return Err(Error::new(who.span(), "a field is set by \"command\" or \"engine\"")),
                        };
                    }
                    _ => {
                        return Err(
                            meta.error("a field has search, index, references, on_delete, scale, default and set_by")
                        );
                    }
                }
                Ok(())
            })?;
        }
        parsed.check()
    }

    fn check(self) -> Result<Self> {
        if self.references.is_some() != self.on_delete.is_some() {
            return Err(Error::new(self.name.span(), "references and on_delete go together"));
        }
        if let Some(on_delete) = &self.on_delete {
            match on_delete.value().as_str() {
                "restrict" | "cascade" | "keep" => {}
                "set_null" if self.is_optional() => {}
                "set_null" => return Err(Error::new(on_delete.span(), "only an Option can be set to null")),
                _ => {
                    return Err(Error::new(
                        on_delete.span(),
                        "on_delete is \"restrict\", \"cascade\", \"set_null\" or \"keep\"",
                    ));
                }
            }
        }
        Ok(self)
    }

    /// Whether the field may be empty, as its type says: an option, or custom values, which may be none.
    pub(crate) fn is_optional(&self) -> bool {
        match &self.kind {
            Type::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|segment| segment.ident == "Option" || segment.ident == "CustomValues"),
            _ => false,
        }
    }

    /// Whether a draft must give it.
    pub(crate) fn is_required(&self) -> bool {
        !self.is_optional() && !self.default && self.set_by != SetBy::Engine
    }
}
