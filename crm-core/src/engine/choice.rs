//! Enums whose variants are stored as codes, and how they describe themselves.

use super::expr::meant;
use crate::values::ValueError;

/// The description of an enum that [`crate::choice`] declared: the kinds and states of the domain.
#[derive(Debug, PartialEq, Eq)]
pub struct ChoiceDef {
    /// The name of the enum: `CustomerKind`. No other has it.
    pub name: &'static str,
    /// What the enum says.
    pub doc: &'static str,
    /// The codes, in their order; the first is the default.
    pub codes: &'static [&'static str],
    /// What each code means.
    pub docs: &'static [&'static str],
}

impl ChoiceDef {
    /// What to give, in words for messages.
    pub(super) fn describe(&self) -> String {
        format!("one of {}", self.codes.join(", "))
    }

    /// The error for a text that is none of the codes: it names the one that is near, and all of them.
    pub fn refused(&self, text: &str) -> ValueError {
        no_such_choice(text, self.codes)
    }
}

/// The error for a text that is none of these codes.
pub(super) fn no_such_choice(text: &str, codes: &[&str]) -> ValueError {
    ValueError::new("this is none of the choices", choose(text, codes))
}

/// What to do about a text that is none of these codes.
pub(super) fn choose(text: &str, codes: &[&str]) -> String {
    format!("{}Use one of {}", meant(text, codes.iter().copied()), codes.join(", "))
}

/// Declares an enum whose variants are stored as codes: the kinds and states of the domain. The first is the default.
///
/// ```
/// crm_core::choice! {
///     /// How warm a lead is.
///     pub enum Warmth {
///         /// Not now.
///         Cold = "cold",
///         /// Soon.
///         Hot = "hot",
///     }
/// }
/// assert_eq!(Warmth::Hot.code(), "hot");
/// assert_eq!("cold".parse(), Ok(Warmth::Cold));
/// assert_eq!(Warmth::DEF.name, "Warmth");
/// assert_eq!(Warmth::DEF.docs, ["Not now.", "Soon."]);
/// let error = "hott".parse::<Warmth>().unwrap_err();
/// assert_eq!(error.to_string(), "this is none of the choices. Did you mean hot? Use one of cold, hot");
/// ```
#[macro_export]
macro_rules! choice {
    ($(#[doc = $doc:literal])* pub enum $name:ident {
        $($(#[doc = $variant_doc:literal])* $variant:ident = $code:literal),+ $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $variant_doc])* $variant),+ }

        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What describes them to those who learn of them only at run time.
            pub const DEF: &'static $crate::engine::ChoiceDef = &$crate::engine::ChoiceDef {
                name: stringify!($name),
                // Each line of a comment begins with a space, which also keeps it from the line before.
                doc: concat!($($doc),*).trim_ascii(),
                codes: &[$($code),+],
                docs: &[$(concat!($($variant_doc),*).trim_ascii()),+],
            };

            /// The code by which files, filters and other languages name it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.code())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::values::ValueError;

            fn from_str(code: &str) -> ::std::result::Result<Self, Self::Err> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    other => Err(Self::DEF.refused(other)),
                }
            }
        }

        impl $crate::engine::FieldValue for $name {
            const KIND: $crate::engine::FieldKind = $crate::engine::FieldKind::Choice(Self::DEF);

            fn to_value(&self) -> $crate::engine::Value {
                $crate::engine::Value::Text(self.code().to_owned())
            }

            fn from_value(value: $crate::engine::Value) -> ::std::result::Result<Self, $crate::values::ValueError> {
                match value {
                    $crate::engine::Value::Text(code) => code.parse(),
                    other => Err($crate::engine::wrong_kind(Self::KIND, &other)),
                }
            }
        }

        impl From<$name> for $crate::engine::Value {
            fn from(choice: $name) -> Self {
                $crate::engine::FieldValue::to_value(&choice)
            }
        }
    };
}
