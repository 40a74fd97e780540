//! How long each phase takes.

use std::time::Duration;

/// Takes the time between laps, with a clock that was handed in.
pub(super) struct Stopwatch {
    clock: Option<fn() -> Duration>,
    last: Duration,
    laps: Vec<(&'static str, Duration)>,
}

impl Stopwatch {
    /// A stopwatch that starts now; one without a clock takes nothing.
    pub(super) fn new(clock: Option<fn() -> Duration>) -> Self {
        Self {
            clock,
            last: clock.map_or(Duration::ZERO, |now| now()),
            laps: Vec::new(),
        }
    }

    /// Ends a phase.
    pub(super) fn lap(&mut self, phase: &'static str) {
        if let Some(clock) = self.clock {
            let now = clock();
            self.laps.push((phase, now.saturating_sub(self.last)));
            self.last = now;
        }
    }

    /// The phases so far with how long each took.
    pub(super) fn laps(self) -> Vec<(&'static str, Duration)> {
        self.laps
    }
}
