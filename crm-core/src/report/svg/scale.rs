/// A scale from zero to a round number.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Scale {
    step: f64,
    steps: u32,
}

impl Scale {
    /// The scale that holds numbers up to a maximum in two to five steps of 1, 2 or 5 times a power of ten.
    pub(in crate::report) fn to(maximum: f64) -> Self {
        let maximum = if maximum.is_finite() && maximum > 0.0 {
            maximum
        } else {
            1.0
        };
        let power = 10_f64.powf((maximum / 4.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power);
        let step = step.into_iter().find(|step| step * 4.0 >= maximum).unwrap_or(maximum);
        let steps = (maximum / step - 1e-9).ceil().max(1.0);
        Self {
            step,
            steps: steps as u32,
        }
    }

    /// The same for numbers of things: no step is a part of one.
    pub(in crate::report) fn to_count(maximum: i64) -> Self {
        let scale = Self::to(maximum as f64);
        match scale.step < 1.0 {
            true => Self {
                step: 1.0,
                steps: u32::try_from(maximum).unwrap_or(1).max(1),
            },
            false => scale,
        }
    }

    /// The numbers at its marks, from zero up.
    pub(in crate::report) fn ticks(self) -> impl Iterator<Item = f64> {
        (0..=self.steps).map(move |tick| f64::from(tick) * self.step)
    }

    /// The place of a number: 0 at zero, 1 at the end.
    pub(in crate::report) fn part(self, number: f64) -> f64 {
        (number / (f64::from(self.steps) * self.step)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_a_round_number_above_the_maximum() {
        let ends: Vec<f64> = [0.0, 1.0, 3.0, 7.0, 40.0, 41.0, 860_000.0]
            .map(|maximum| Scale::to(maximum).ticks().last().unwrap_or_default())
            .into();
        assert_eq!(ends, [1.0, 1.0, 3.0, 8.0, 40.0, 60.0, 1_000_000.0]);
    }

    #[test]
    fn things_are_counted_in_whole_steps() {
        assert_eq!(Scale::to_count(1).ticks().collect::<Vec<_>>(), [0.0, 1.0]);
        assert_eq!(Scale::to_count(3).ticks().collect::<Vec<_>>(), [0.0, 1.0, 2.0, 3.0]);
    }
}
