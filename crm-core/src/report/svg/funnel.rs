/// One step of a funnel: a bar as wide as the part that came so far, and how it narrows to the next.
pub(in crate::report) fn funnel_step(class: &str, part: f64, next: Option<f64>) -> String {
    let edges = |part: f64| (50.0 - 50.0 * part, 50.0 + 50.0 * part);
    let (left, right) = edges(part);
    let narrowing = next.map_or_else(String::new, |next| {
        let (next_left, next_right) = edges(next);
        let points = format!("{left:.2},24 {right:.2},24 {next_right:.2},36 {next_left:.2},36");
        format!(r#"<polygon class="{class} faint" points="{points}"/>"#)
    });
    let width = (right - left).max(0.3);
    format!(
        r#"<svg class="step" viewBox="0 0 100 36" preserveAspectRatio="none" aria-hidden="true"><rect class="{class}" x="{left:.2}" width="{width:.2}" height="24"/>{narrowing}</svg>"#
    )
}
