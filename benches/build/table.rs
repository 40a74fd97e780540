//! The tables that are printed.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use crate::round::Lap;
use crate::site::{megabytes, middle_and_most, time};

/// The medians of a size.
pub(crate) struct Table {
    articles: usize,
    rounds: usize,
    laps: Vec<Lap>,
}

impl Table {
    /// The medians of some rounds.
    pub(crate) fn new(articles: usize, rounds: Vec<Vec<Lap>>) -> Self {
        let first = rounds.first().cloned().unwrap_or_default();
        let laps = first.iter().enumerate().map(|(at, lap)| {
            let all: Vec<&Lap> = rounds.iter().filter_map(|round| round.get(at)).collect();
            let of = |value: &dyn Fn(&Lap) -> Duration| {
                middle_and_most(all.iter().map(|lap| value(lap)).collect()).0
            };
            let phase =
                |at: usize| of(&|lap| lap.phases.get(at).map_or(Duration::ZERO, |(_, took)| *took));
            let phases = lap.phases.iter().enumerate();
            Lap {
                what: lap.what.clone(),
                took: of(&|lap| lap.took),
                processor: of(&|lap| lap.processor),
                written: lap.written,
                peak: all.iter().filter_map(|lap| lap.peak).max(),
                phases: phases
                    .map(|(at, (name, _))| (name.clone(), phase(at)))
                    .collect(),
            }
        });
        Self {
            articles,
            rounds: rounds.len(),
            laps: laps.collect(),
        }
    }

    fn cold(&self) -> Option<&Lap> {
        self.laps.first()
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(cold) = self.cold() else {
            return Ok(());
        };
        let (articles, rounds) = (self.articles, self.rounds);
        writeln!(f, "\n{articles} articles, medians of {rounds}")?;
        writeln!(
            f,
            "{:<22}{:>10}{:>9}{:>12}{:>9}{:>9}{:>10}",
            "", "time", "of cold", "processors", "of cold", "written", "peak"
        )?;
        for lap in &self.laps {
            writeln!(
                f,
                "{:<22}{:>10}{:>9}{:>12}{:>9}{:>9}{:>10}",
                lap.what,
                time(lap.took),
                ratio(lap.took, cold.took),
                time(lap.processor),
                ratio(lap.processor, cold.processor),
                lap.written,
                megabytes(lap.peak)
            )?;
        }
        writeln!(f, "\nparts of the cold build’s time")?;
        write!(f, "{:<22}", "")?;
        for (phase, _) in &cold.phases {
            write!(f, "{phase:>15}")?;
        }
        for lap in &self.laps {
            write!(f, "\n{:<22}", lap.what)?;
            let took: BTreeMap<&str, Duration> = lap
                .phases
                .iter()
                .map(|(phase, took)| (&**phase, *took))
                .collect();
            for (phase, _) in &cold.phases {
                let part = took.get(&**phase).map(|took| ratio(*took, cold.took));
                write!(f, "{:>15}", part.unwrap_or_default())?;
            }
        }
        writeln!(f)
    }
}

/// A part of something, with three digits behind the point.
fn ratio(part: Duration, whole: Duration) -> String {
    format!("{:.3}", part.as_secs_f64() / whole.as_secs_f64().max(1e-9))
}

/// The sizes compared: what an article takes in each, as a part of what it takes in the first.
pub(crate) fn by_size(tables: &[Table]) -> String {
    let Some(first) = tables.first() else {
        return String::new();
    };
    let mut text = format!(
        "\ntime for an article, of that with {} articles\n{:<22}",
        first.articles, ""
    );
    for table in tables {
        text.push_str(&format!("{:>10}", table.articles));
    }
    for (at, lap) in first.laps.iter().enumerate() {
        text.push_str(&format!("\n{:<22}", lap.what));
        for table in tables {
            let each = |table: &Table| {
                let took = table.laps.get(at).map_or(0.0, |lap| lap.took.as_secs_f64());
                took / table.articles.max(1) as f64
            };
            text.push_str(&format!("{:>10.2}", each(table) / each(first).max(1e-12)));
        }
    }
    text.push('\n');
    text
}
