/// A bar across its place, of parts that lie over each other: each a class of colour and the part of the width it fills.
pub(in crate::report) fn bar(layers: &[(&str, f64)]) -> String {
    let layers: String = layers
        .iter()
        .map(|(class, part)| {
            let width = 100.0 * part;
            format!(r#"<rect class="{class}" width="{width:.2}%" height="100%" rx="2"/>"#)
        })
        .collect();
    format!(r#"<svg class="bar" aria-hidden="true">{layers}</svg>"#)
}
