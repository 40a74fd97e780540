//! Footnotes: set aside where they are defined, numbered by their first mark, written at the end.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Reader;
use crate::base::Code;
use crate::model::{Attributes, Op};

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    definitions: Vec<Definition<'a>>,
    /// Indices of the definitions that are being read, outermost first.
    open: Vec<usize>,
    /// The first definition of each label.
    by_label: BTreeMap<String, usize>,
    /// The numbers given so far, by label.
    numbers: BTreeMap<String, u32>,
    /// Labels by number, and how many marks lead to each.
    marked: Vec<(String, u32)>,
}

struct Definition<'a> {
    label: String,
    range: Range<usize>,
    events: Vec<(Event<'a>, Range<usize>)>,
}

impl Definition<'_> {
    /// Whether it is a single paragraph, which then needs no element of its own.
    fn is_simple(&self) -> bool {
        let paragraphs = self
            .events
            .iter()
            .filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
        let first = matches!(self.events.first(), Some((Event::Start(Tag::Paragraph), _)));
        let last = matches!(self.events.last(), Some((Event::End(TagEnd::Paragraph), _)));
        first && last && paragraphs.count() == 1
    }
}

impl<'a> Footnotes<'a> {
    /// Keeps an event that belongs to a definition; gives all others back.
    pub(super) fn set_aside(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
    ) -> Option<(Event<'a>, Range<usize>)> {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let label = key(&label);
                let index = self.definitions.len();
                self.by_label.entry(label.clone()).or_insert(index);
                self.definitions.push(Definition {
                    label,
                    range,
                    events: Vec::new(),
                });
                self.open.push(index);
                None
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.open.pop();
                None
            }
            event => {
                let inner = self
                    .open
                    .last()
                    .and_then(|index| self.definitions.get_mut(*index));
                match inner {
                    Some(definition) => {
                        definition.events.push((event, range));
                        None
                    }
                    None => Some((event, range)),
                }
            }
        }
    }

    /// The number of the footnote of that label, and of this mark among those that lead to it, both from 1.
    pub(super) fn refer(&mut self, label: &str) -> (u32, u32) {
        let label = key(label);
        let next = u32::try_from(self.marked.len() + 1).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(label.clone()).or_insert(next);
        if number == next {
            self.marked.push((label, 0));
        }
        match self.marked.get_mut(number as usize - 1) {
            Some((_, marks)) => {
                *marks += 1;
                (number, *marks)
            }
            None => (number, 1),
        }
    }
}

/// Labels are the same whatever their case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

impl Reader<'_> {
    /// Writes the footnotes. Marks within footnotes may lead to further ones; those to which nothing leads come last.
    pub(super) fn footnotes(&mut self) {
        if self.footnotes.definitions.is_empty() && self.footnotes.marked.is_empty() {
            return;
        }
        self.out.footnotes();
        let mut written = vec![false; self.footnotes.definitions.len()];
        let (mut number, mut unmarked) = (0, 0);
        loop {
            while let Some((label, _)) = self.footnotes.marked.get(number) {
                let index = self.footnotes.by_label.get(label).copied();
                number += 1;
                if let Some(done) = index.and_then(|index| written.get_mut(index)) {
                    *done = true;
                }
                self.footnote(index, number);
            }
            let index = unmarked;
            unmarked += 1;
            match written.get_mut(index) {
                None => break,
                Some(true) => continue,
                Some(done) => *done = true,
            }
            self.warn_unmarked(index);
            // A number of its own, under a label that no mark can have.
            self.footnotes.marked.push((format!("\n{index}"), 0));
            number += 1;
            self.footnote(Some(index), number);
        }
        self.fill_back_links();
    }

    /// Writes one footnote; the definition is missing where Markdown let a mark through without one.
    fn footnote(&mut self, index: Option<usize>, number: usize) {
        self.out.open_block("li", Attributes::new());
        self.out.set_id(format!("fn{number}"));
        let definition = index.and_then(|index| self.footnotes.definitions.get_mut(index));
        if let Some(definition) = definition {
            let (simple, end) = (definition.is_simple(), definition.range.end);
            let mut events = std::mem::take(&mut definition.events);
            if simple {
                events.pop();
            }
            let depth = self.out.depth();
            self.ends.push(end);
            self.cited_to = 0;
            for (event, range) in events.into_iter().skip(usize::from(simple)) {
                self.event(event, range);
            }
            self.ends.pop();
            while self.out.depth() > depth {
                self.out.close_block();
            }
        }
        self.out
            .footnote_back(u32::try_from(number).unwrap_or(u32::MAX), 0);
        self.out.close_block();
    }

    /// Notes at each footnote how many marks lead to it, which is known only when all have been written.
    fn fill_back_links(&mut self) {
        for op in &mut self.out.ops {
            if let Op::FootnoteBack { number, marks } = op {
                let counted = self.footnotes.marked.get(*number as usize - 1);
                *marks = counted.map_or(0, |(_, marks)| *marks);
            }
        }
    }

    fn warn_unmarked(&mut self, index: usize) {
        let Some(definition) = self.footnotes.definitions.get(index) else {
            return;
        };
        let (label, range) = (definition.label.clone(), definition.range.clone());
        let first = self.footnotes.by_label.get(&label) == Some(&index);
        let message = if first {
            format!("nothing in the text refers to the footnote [^{label}]")
        } else {
            format!("the footnote [^{label}] is written more than once; marks lead to the first")
        };
        let written = self
            .source
            .get(range.clone())
            .and_then(|text| text.find(']'));
        let end = written.map_or(range.end, |at| range.start + at + 1);
        self.out.warn(
            Code::Markdown,
            range.start..end,
            message,
            format!("write [^{label}] where it belongs, or take it out"),
        );
    }
}
