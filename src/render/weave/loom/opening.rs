//! When threads are opened and closed.

use std::cmp::Reverse;

use super::super::tags::{push_attribute, push_end};
use super::{Extent, Layer, Loom, MOST_OPEN};

impl Loom<'_> {
    pub(super) fn start_of(&self, index: usize) -> u32 {
        self.fitted.ranges.get(index).map_or(0, |range| range.start)
    }

    pub(super) fn end_of(&self, index: usize) -> u32 {
        self.fitted.ranges.get(index).map_or(0, |range| range.end)
    }

    pub(super) fn is_finished(&self, layer: &Layer) -> bool {
        match layer {
            Layer::Thread { index, .. } => self.end_of(*index) <= self.at,
            Layer::Element { .. } => false,
        }
    }

    /// Makes all threads wait that begin up to `start`.
    pub(super) fn begin(&mut self, start: u32) {
        while let Some(&index) = self
            .fitted
            .order
            .get(self.next_start)
            .filter(|index| self.start_of(**index) <= start)
        {
            self.next_start += 1;
            self.wait(index);
        }
    }

    pub(super) fn wait(&mut self, index: usize) {
        let rank = self.threads.get(index).map_or(0, |thread| thread.rank);
        self.waiting
            .insert((Reverse(self.end_of(index)), rank, index));
    }

    /// Opens the threads that begin up to `start` and reach as far as `reach`; those that are links only where no link
    /// is to be opened in them.
    pub(super) fn open_waiting(&mut self, start: u32, reach: u32, but_links: bool) {
        self.begin(start);
        let room = MOST_OPEN.saturating_sub(self.open_threads);
        let threads = self.threads;
        let is_link = |index: usize| {
            threads
                .get(index)
                .is_some_and(|thread| thread.href.is_some())
        };
        let reaching = self
            .waiting
            .iter()
            .take(MOST_OPEN)
            .take_while(|(Reverse(end), ..)| *end >= reach);
        let chosen = reaching
            .filter(|(.., index)| !(but_links && is_link(*index)))
            .take(room);
        for key in chosen.copied().collect::<Vec<_>>() {
            self.waiting.remove(&key);
            self.open_thread(key.2);
        }
    }

    pub(super) fn open_thread(&mut self, index: usize) {
        let Some(thread) = self.threads.get(index) else {
            return;
        };
        let tag = match thread.href {
            Some(_) if self.links == 0 => "a",
            Some(_) => "span",
            None => thread.element,
        };
        let first = self
            .begun
            .get_mut(index)
            .is_some_and(|begun| !std::mem::replace(begun, true));
        self.html.push('<');
        self.html.push_str(tag);
        if let Some(id) = thread.id.as_deref().filter(|_| first) {
            push_attribute(&mut self.html, "id", id);
        }
        if let Some(href) = thread.href.as_deref().filter(|_| tag == "a") {
            push_attribute(&mut self.html, "href", href);
        }
        for (name, value) in &thread.attributes {
            // What belongs to a link means nothing on a span.
            if thread.href.is_none()
                || tag == "a"
                || !matches!(*name, "rel" | "role" | "target" | "hreflang")
            {
                push_attribute(&mut self.html, name, value);
            }
        }
        self.html.push('>');
        self.push(Layer::Thread { index, tag });
    }

    pub(super) fn push(&mut self, layer: Layer) {
        self.links += usize::from(layer.is_link());
        self.open_threads += usize::from(matches!(layer, Layer::Thread { .. }));
        self.stack.push(layer);
    }

    /// Closes the threads that have come to their end, and opens again what had to be closed with them.
    pub(super) fn close_finished(&mut self) {
        let lowest = self.stack.iter().position(|layer| self.is_finished(layer));
        let again = lowest.map(|lowest| self.unwind(lowest)).unwrap_or_default();
        self.write_afters();
        for (op, tag, extent) in again {
            self.open_element(op, tag, extent);
        }
    }

    /// Closes everything down to a layer, that one included. Threads that go on wait; elements are returned, outermost
    /// first.
    pub(super) fn unwind(&mut self, lowest: usize) -> Vec<(usize, Option<&'static str>, Extent)> {
        let mut elements = Vec::new();
        while self.stack.len() > lowest {
            let Some(layer) = self.stack.pop() else { break };
            self.links -= usize::from(layer.is_link());
            match layer {
                Layer::Element { op, tag, extent } => {
                    if let Some(tag) = tag {
                        push_end(&mut self.html, tag);
                    }
                    elements.push((op, tag, extent));
                }
                Layer::Thread { index, tag } => {
                    self.open_threads -= 1;
                    push_end(&mut self.html, tag);
                    if self.end_of(index) > self.at {
                        self.wait(index);
                    } else {
                        self.write_after(index);
                    }
                }
            }
            if self.links == 0 && !self.pending.is_empty() {
                let pending = std::mem::take(&mut self.pending);
                self.html.push_str(&pending);
            }
        }
        elements.reverse();
        elements
    }

    pub(super) fn close_all(&mut self) {
        self.unwind(0);
        self.write_afters();
    }

    pub(super) fn write_after(&mut self, index: usize) {
        if let Some(after) = self
            .threads
            .get(index)
            .and_then(|thread| thread.after.as_deref())
        {
            self.insert(after);
        }
    }

    /// Writes what follows threads that ended without being open, and threads without an element.
    pub(super) fn write_afters(&mut self) {
        while let Some(&key) = self
            .waiting
            .last()
            .filter(|(Reverse(end), ..)| *end <= self.at)
        {
            self.waiting.remove(&key);
            self.write_after(key.2);
        }
        if !self.reached_text {
            return;
        }
        while let Some(&index) = self
            .fitted
            .points
            .get(self.next_point)
            .filter(|index| self.start_of(**index) <= self.at)
        {
            self.next_point += 1;
            self.write_after(index);
        }
    }
}
