//! Instances of classes that are written in Python.

/// An instance of a class, of its fields.
macro_rules! object {
    ($py:expr, $module:literal, $class:literal, { $($field:ident: $value:expr),* $(,)? }) => {{
        let fields = pyo3::types::PyDict::new($py);
        $(fields.set_item(stringify!($field), $value)?;)*
        $py.import($module)?.getattr($class)?.call((), Some(&fields))
    }};
}

pub(crate) use object;
