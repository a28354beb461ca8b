//! What was meant by a name that is not there.

/// Names longer than this are no slips of the keyboard, and comparing them would take time.
const LONGEST_NAME: usize = 40;

/// The choice that differs least from a name, where it differs by a third of its letters at most.
pub(in crate::engine) fn nearest<'c>(name: &str, choices: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let most = name.chars().count().div_ceil(3);
    choices
        .into_iter()
        .map(|choice| (distance(name, choice), choice))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, choice)| choice)
}

/// How a hint begins: with the choice that is near, where one is.
pub(crate) fn meant<'c>(name: &str, choices: impl IntoIterator<Item = &'c str>) -> String {
    nearest(name, choices).map_or_else(String::new, |near| format!("Did you mean {near}? "))
}

/// A name as a message shows it: no longer than a name can be.
pub(in crate::engine) fn shown(name: &str) -> String {
    let mut shown: String = name.chars().take(LONGEST_NAME).collect();
    if shown.len() < name.len() {
        shown.push_str("...");
    }
    shown
}

/// The smallest number of letters to insert, delete, replace or swap with the next (Damerau and Levenshtein, in the
/// restricted form of optimal string alignment); capitals count as their small letters.
fn distance(left: &str, right: &str) -> usize {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
    let (left, right) = (letters(left), letters(right));
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != other);
            let mut least = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            let swapped = row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other;
            if swapped {
                least = least.min(before_last[column - 1] + 1);
            }
            current.push(least);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_counts_as_one_slip() {
        assert_eq!(distance("stage", "satge"), 1);
        assert_eq!(distance("amount", "Amnt"), 2);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn what_differs_too_much_is_not_offered() {
        assert_eq!(nearest("ownr", ["owner", "name"]), Some("owner"));
        assert_eq!(nearest("colour", ["owner", "name"]), None);
    }
}
