use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::random::Random;
use crate::values::Timestamp;

/// Where the engine gets the time.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }
}

/// A clock that moves only when told to: for tests and simulations that replay exactly.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at this time.
    pub const fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.milliseconds()))
    }

    /// Moves the clock on by this many milliseconds.
    pub fn advance(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_milliseconds(self.0.load(Ordering::SeqCst))
    }
}

/// A stamp of the hybrid logical clock (Kulkarni and others, 2014): milliseconds in the upper 48 bits, and below them
/// a counter that keeps stamps growing when the clock of the machine stands still or goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stamp(pub i64);

impl Stamp {
    /// The first stamp at or after `now` that is above `last`.
    #[must_use]
    pub fn next(last: Option<Self>, now: Timestamp) -> Self {
        let wall = Self::first_of(now);
        match last {
            Some(last) if last >= wall => Self(last.0 + 1),
            _ => wall,
        }
    }

    /// The last stamp of a millisecond: everything up to and including that time is at or below it.
    #[must_use]
    pub fn last_of(at: Timestamp) -> Self {
        Self(Self::first_of(at).0 | 0xffff)
    }

    /// Times beyond the 48 bits, such as a "for ever" in the year 9999, are the farthest that a stamp can name.
    fn first_of(at: Timestamp) -> Self {
        Self(at.milliseconds().clamp(i64::MIN >> 16, i64::MAX >> 16) << 16)
    }

    /// The time of the stamp.
    pub const fn time(self) -> Timestamp {
        Timestamp::from_milliseconds(self.0 >> 16)
    }
}

/// Where new ids come from: UUIDv7 (RFC 9562) with a counter, so that ids of one process grow in the order in which
/// they are made.
#[derive(Debug)]
pub struct Ids(Mutex<IdState>);

#[derive(Debug)]
struct IdState {
    random: Random,
    milliseconds: i64,
    counter: u32,
}

const COUNTER_BITS: u32 = 26;

impl Ids {
    /// Ids that no other process makes.
    pub fn random() -> Self {
        let entropy = Uuid::new_v4().as_u64_pair();
        Self::seeded(entropy.0 ^ entropy.1.rotate_left(32))
    }

    /// The same ids for the same seed and the same clock.
    pub const fn seeded(seed: u64) -> Self {
        Self(Mutex::new(IdState {
            random: Random::seeded(seed),
            milliseconds: i64::MIN,
            counter: 0,
        }))
    }

    /// A new id.
    pub fn next(&self, now: Timestamp) -> Uuid {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        state.advance(now.milliseconds());
        let low = state.random.next() & 0xffff_ffff_ffff;
        let (upper_counter, lower_counter) = (u64::from(state.counter >> 14), u64::from(state.counter & 0x3fff));
        let upper = (state.milliseconds.cast_unsigned() << 16) | 0x7000 | upper_counter;
        let lower = (0b10 << 62) | (lower_counter << 48) | low;
        Uuid::from_u64_pair(upper, lower)
    }
}

impl IdState {
    fn advance(&mut self, now: i64) {
        if now > self.milliseconds {
            self.milliseconds = now;
            // Half of the range is left for counting up.
            self.counter = (self.random.next() >> 40) as u32 & ((1 << (COUNTER_BITS - 1)) - 1);
        } else {
            self.counter += 1;
            if self.counter >= 1 << COUNTER_BITS {
                self.milliseconds += 1;
                self.counter = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back_and_replay_from_a_seed() {
        let times = [5_000, 5_000, 4_000, 6_000].map(Timestamp::from_milliseconds);
        let make = || {
            let ids = Ids::seeded(7);
            times.map(|time| ids.next(time))
        };
        let made = make();
        assert!(made.is_sorted(), "{made:?}");
        assert_eq!(made, make());
        assert!(made.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn a_stamp_is_above_the_last_whatever_the_clock_says() {
        let noon = Timestamp::from_milliseconds(1_000);
        let first = Stamp::next(None, noon);
        let second = Stamp::next(Some(first), Timestamp::from_milliseconds(10));
        assert!(second > first);
        assert_eq!(second.time(), noon);
        assert!(Stamp::last_of(noon) > second);
        for far in [253_402_300_799_999, i64::MAX].map(Timestamp::from_milliseconds) {
            assert!(Stamp::last_of(far) > second, "{far}");
            assert!(Stamp::last_of(far) > Stamp::next(Some(second), noon));
        }
    }
}
