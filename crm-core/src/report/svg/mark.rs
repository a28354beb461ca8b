use super::Scale;
use crate::report::number::compact;

/// How numbers spread: a bar between the quartiles, with a mark at the median.
pub(in crate::report) fn spread(scale: Scale, class: &str, quartiles: [f64; 3]) -> String {
    let [first, median, third] = quartiles.map(|number| 100.0 * scale.part(number));
    let width = (third - first).max(0.5);
    marks(
        scale,
        &format!(
            r#"<rect class="{class} soft" x="{first:.2}%" y="5" width="{width:.2}%" height="12" rx="3"/><line class="median" x1="{median:.2}%" x2="{median:.2}%" y1="2" y2="20"/>"#
        ),
    )
}

/// A number and the interval in which it lies: the lower end, the number and the upper end as a dot on a line.
pub(in crate::report) fn interval(scale: Scale, class: &str, ends: [f64; 3]) -> String {
    let [low, point, high] = ends.map(|number| 100.0 * scale.part(number));
    marks(
        scale,
        &format!(
            r#"<line class="{class} whisker" x1="{low:.2}%" x2="{high:.2}%" y1="11" y2="11"/><circle class="{class}" cx="{point:.2}%" cy="11" r="5"/>"#
        ),
    )
}

/// The numbers above such marks.
pub(in crate::report) fn axis(scale: Scale, unit: &str) -> String {
    let last = scale.ticks().count() - 1;
    let labels: String = scale
        .ticks()
        .enumerate()
        .map(|(place, tick)| {
            let (anchor, unit) = match place {
                0 => ("start", ""),
                _ if place == last => ("end", unit),
                _ => ("middle", ""),
            };
            let (x, label) = (100.0 * scale.part(tick), compact(tick));
            format!(r#"<text x="{x:.2}%" y="13" text-anchor="{anchor}">{label}{unit}</text>"#)
        })
        .collect();
    format!(r#"<svg class="marks" height="17" aria-hidden="true">{labels}</svg>"#)
}

fn marks(scale: Scale, shapes: &str) -> String {
    let grid: String = scale
        .ticks()
        .map(|tick| 100.0 * scale.part(tick))
        .map(|x| format!(r#"<line class="grid" x1="{x:.2}%" x2="{x:.2}%" y1="0" y2="22"/>"#))
        .collect();
    format!(r#"<svg class="marks" height="22" aria-hidden="true">{grid}{shapes}</svg>"#)
}
