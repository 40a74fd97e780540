//! The timeline of all events, and the words of charts.

use super::Briefing;
use super::address::Linker;
use super::chart::Words;
use super::types::*;
use crate::base::Edtf;
use crate::model::{Event, Id};

/// The strings of the months' short names.
const MONTHS: [&str; 12] = [
    "chart.months.1",
    "chart.months.2",
    "chart.months.3",
    "chart.months.4",
    "chart.months.5",
    "chart.months.6",
    "chart.months.7",
    "chart.months.8",
    "chart.months.9",
    "chart.months.10",
    "chart.months.11",
    "chart.months.12",
];

/// Topics that the timeline can be filtered by; the style sheet knows as many.
const FILTERS: usize = 6;

impl Briefing<'_> {
    /// The view of the timeline.
    pub(crate) fn timeline_view(&self, linker: &Linker) -> TimelineView {
        let mut events: Vec<&Event> = self.site.events.values().collect();
        events.sort_by(|a, b| (&a.date, &a.common.id).cmp(&(&b.date, &b.common.id)));
        let mut items: Vec<(Edtf, EventItem)> = events
            .iter()
            .map(|e| (e.date.clone(), self.event_item(linker, e)))
            .collect();
        items.extend(self.unwritten(linker, |_| true));
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        let items = items
            .into_iter()
            .map(|(date, item)| (date.earliest().year(), item));
        TimelineView {
            total: events.len(),
            reports: self.site.articles.len(),
            chart: self.timeline_chart(),
            filters: self.filters(),
            years: by_year(items),
        }
    }

    /// Calls `write` with the words of a chart.
    pub(crate) fn with_chart_words<T>(&self, title: &str, write: impl FnOnce(&Words) -> T) -> T {
        let s = self.strings;
        let date = |date: &Edtf| s.date(date);
        let months = MONTHS.map(|key| s.get(key));
        write(&Words {
            title,
            months,
            month_of_year: s.get("chart.month_of_year"),
            stretch: s.get("chart.stretch"),
            between: s.get("chart.between"),
            event: s.get("chart.event"),
            more: s.get("chart.more"),
            one_scale: s.get("chart.one_scale"),
            upper_scale: s.get("chart.upper_scale"),
            lower_scale: s.get("chart.lower_scale"),
            on_scale: s.get("chart.on_scale"),
            numbers: s.get("chart.numbers"),
            rows: s.get("chart.rows"),
            row: s.get("chart.row"),
            row_empty: s.get("chart.row_empty"),
            row_long: s.get("chart.row_long"),
            year_count: s.get("chart.year_count"),
            date: &date,
        })
    }

    /// A sentence on the timeline, for search engines.
    pub(crate) fn timeline_lead(&self) -> String {
        let events = self.strings.count("count.events", self.site.events.len());
        let reports = self
            .strings
            .count("count.reports", self.site.articles.len());
        self.strings.format(
            "timeline.lead",
            &[("events", &events), ("reports", &reports)],
        )
    }

    fn topics_with_events(&self) -> Vec<(usize, Id)> {
        let order = self.links.order().iter().cloned().enumerate();
        let has_events = |id: &Id| {
            self.links
                .topics
                .get(id)
                .is_some_and(|l| !l.events.is_empty())
        };
        order
            .map(|(i, id)| (i + 1, id))
            .filter(|(_, id)| has_events(id))
            .collect()
    }

    fn filters(&self) -> Vec<FilterView> {
        let topics = self.topics_with_events();
        let views = topics
            .iter()
            .filter(|(index, _)| *index <= FILTERS)
            .filter_map(|(index, id)| {
                Some(FilterView {
                    index: *index,
                    text: self.site.topics.get(id)?.title.clone(),
                    count: self.links.topics.get(id)?.events.len(),
                })
            });
        views.collect()
    }

    fn timeline_chart(&self) -> Option<ChartView> {
        let topics = self.topics_with_events();
        let rows: Vec<(&str, Vec<super::chart::Point>)> = topics
            .iter()
            .filter_map(|(_, id)| {
                let title = self.site.topics.get(id)?.title.as_str();
                Some((title, self.chart_points(&self.links.topics.get(id)?.events)))
            })
            .collect();
        let title = self.strings.get("nav.timeline");
        let chart =
            self.with_chart_words(title, |words| super::chart::rows("all", &rows, words))?;
        Some(ChartView {
            caption: self.strings.get("timeline.caption").to_owned(),
            svg_html: chart.svg,
            marks: chart.marks,
        })
    }
}

/// Items in the order given, under a heading for each year.
pub(crate) fn by_year<T>(items: impl Iterator<Item = (i16, T)>) -> Vec<Group<T>> {
    let mut groups: Vec<Group<T>> = Vec::new();
    for (year, item) in items {
        let title = year.to_string();
        match groups.last_mut() {
            Some(group) if group.title == title => group.items.push(item),
            _ => groups.push(Group {
                id: format!("y{title}"),
                title,
                items: vec![item],
            }),
        }
    }
    groups
}
