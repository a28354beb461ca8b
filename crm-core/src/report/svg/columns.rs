use super::Scale;
use crate::report::number::compact;
use crate::table::Escaped;

/// How high the plot is, in pixels, and what is left free above it for the sum of the highest column.
const HEIGHT: f64 = 150.0;
const HEADROOM: f64 = 18.0;
/// How many labels there is room for on a phone.
const ROOM: usize = 9;
/// Two lines of labels.
const FOOT: f64 = 36.0;

/// A place along the axis.
pub(in crate::report) struct Slot {
    /// Its label, in up to two short lines.
    pub(in crate::report) label: [String; 2],
    /// Its name where there is room for it.
    pub(in crate::report) name: String,
    /// Whether its label goes first where there is no room for all.
    pub(in crate::report) minor: bool,
}

/// One layer of the columns.
pub(in crate::report) struct Series {
    pub(in crate::report) name: &'static str,
    /// The class of its colour.
    pub(in crate::report) class: &'static str,
    /// A number for each slot, and how it is told.
    pub(in crate::report) values: Vec<(f64, String)>,
}

/// Stacked columns along an axis.
pub(in crate::report) struct Columns<'c> {
    /// What the picture says, for those who do not see it.
    pub(in crate::report) title: &'c str,
    pub(in crate::report) slots: &'c [Slot],
    pub(in crate::report) series: &'c [Series],
    /// Whether things are counted, not amounts.
    pub(in crate::report) counts: bool,
}

impl Columns<'_> {
    /// The picture: its axis, and beside it the plot, which takes the width there is.
    pub(in crate::report) fn svg(&self) -> String {
        let sums: Vec<f64> = (0..self.slots.len()).map(|slot| self.sum(slot)).collect();
        let maximum = sums.iter().copied().fold(0.0, f64::max);
        let scale = match self.counts {
            true => Scale::to_count(maximum as i64),
            false => Scale::to(maximum),
        };
        let (mut labels, mut grid) = (String::new(), String::new());
        for tick in scale.ticks() {
            let y = y_of(scale, tick);
            let label = compact(tick);
            labels += &format!(r#"<text x="36" y="{:.1}" text-anchor="end">{label}</text>"#, y + 4.0);
            grid += &format!(r#"<line class="grid" x1="0" x2="100%" y1="{y:.1}" y2="{y:.1}"/>"#);
        }
        let slots: String = sums
            .iter()
            .enumerate()
            .map(|(slot, sum)| self.column(scale, slot, *sum))
            .collect();
        let height = HEADROOM + HEIGHT + FOOT;
        format!(
            r#"<div class="plot"><svg class="axis" width="42" height="{height}" aria-hidden="true">{labels}</svg><svg height="{height}" role="img" aria-label="{}">{grid}{slots}</svg></div>"#,
            Escaped(self.title)
        )
    }

    fn sum(&self, slot: usize) -> f64 {
        self.series
            .iter()
            .filter_map(|series| series.values.get(slot))
            .map(|(value, _)| value)
            .sum()
    }

    fn column(&self, scale: Scale, slot: usize, sum: f64) -> String {
        let pitch = 100.0 / self.slots.len() as f64;
        let (middle, width) = (pitch * (slot as f64 + 0.5), 0.62 * pitch);
        let left = middle - width / 2.0;
        let Slot { label, name, minor } = &self.slots[slot];
        let mut below = 0.0;
        let mut shapes = String::new();
        for series in self.series {
            let Some((value, told)) = series.values.get(slot).filter(|(value, _)| *value > 0.0) else {
                continue;
            };
            let (top, bottom) = (y_of(scale, below + value), y_of(scale, below));
            let tip = format!("{name}, {}: {told}", series.name);
            shapes += &format!(
                r#"<rect class="{}" x="{left:.2}%" y="{top:.1}" width="{width:.2}%" height="{:.1}"><title>{}</title></rect>"#,
                series.class,
                (bottom - top).max(0.8),
                Escaped(&tip)
            );
            below += value;
        }
        if sum > 0.0 {
            let y = y_of(scale, sum) - 5.0;
            shapes += &format!(
                r#"<text class="sum" x="{middle:.2}%" y="{y:.1}">{}</text>"#,
                compact(sum)
            );
        }
        let class = if *minor && self.slots.len() > ROOM {
            "label minor"
        } else {
            "label"
        };
        for (line, text) in label.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let y = HEADROOM + HEIGHT + 15.0 + 13.0 * line as f64;
            shapes += &format!(
                r#"<text class="{class}" x="{middle:.2}%" y="{y:.1}">{}</text>"#,
                Escaped(text)
            );
        }
        shapes
    }
}

fn y_of(scale: Scale, number: f64) -> f64 {
    HEADROOM + HEIGHT * (1.0 - scale.part(number))
}
