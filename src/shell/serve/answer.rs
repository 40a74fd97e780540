//! From a request to its answer: everything but the events.
//!
//! 1. Refuse whom the guard refuses, and every method but `GET` and `HEAD`.
//! 2. Give the server's own files.
//! 3. Find what stands at the address; add the script to pages.
//! 4. Answer with the whole, a part, or that nothing has changed.
//!
//! Files are read for each request, so what is served is what stands on disk, or the page of an article that has just been changed
//! ([`News::preview`]). They are put in place by renaming, so each is whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::guard::{Asker, Guard, Refusal};
use super::inject::{OWN, escape, inject, tag};
use super::kind::{content_type, is_page};
use super::news::{News, Stamp};
use super::place::{Address, Found, find};
use super::range::{Part, part};
use crate::base::Hash128;

/// The script of every served page, the worker that listens for it, and the looks of its list of faults.
const FILES: [(&str, &str); 3] = [
    ("live.js", include_str!("live.js")),
    ("worker.js", include_str!("worker.js")),
    ("faults.css", include_str!("faults.css")),
];

/// What is served.
#[derive(Debug)]
pub(super) struct Site<'a> {
    /// The output folder; there may be none yet.
    pub(super) out: &'a PathBuf,
    pub(super) news: &'a News,
    pub(super) guard: Guard,
}

/// A request, as far as it matters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ask {
    /// The method, in capitals.
    pub(super) method: String,
    /// The path and what follows it.
    pub(super) url: String,
    /// Names in lower case, in the order they came.
    pub(super) headers: Vec<(String, String)>,
}

impl Ask {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A value of the query, as it stands there.
    fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.url.split_once('?')?;
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    fn asker(&self) -> Asker<'_> {
        // Two hosts are none that could be trusted.
        let hosts = self.headers.iter().filter(|(n, _)| n == "host").count();
        Asker {
            host: self.header("host").filter(|_| hosts == 1),
            origin: self.header("origin"),
            site: self.header("sec-fetch-site"),
            mode: self.header("sec-fetch-mode"),
            destination: self.header("sec-fetch-dest"),
        }
    }
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    /// The length of the body where it is not sent, as for `HEAD`.
    pub(super) length: usize,
}

/// What to do about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reaction {
    Answer(Answer),
    /// Tell of all that happens after the stamp.
    Listen(Option<Stamp>),
}

impl Answer {
    fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", content_type.to_owned())],
            length: body.len(),
            body,
        }
    }

    pub(super) fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.into())
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The head of the answer and its body, as they are sent. In one piece: of two, the second would wait until the
    /// first has been acknowledged.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = head(self.status, &self.headers);
        // These two have no body to tell the length of.
        if self.status != 304 {
            bytes.extend(format!("Content-Length: {}\r\n", self.length).bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// The first lines of an answer, with what every answer says.
pub(super) fn head(status: u16, headers: &[(&'static str, String)]) -> Vec<u8> {
    let reason = match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        416 => "Range Not Satisfiable",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "",
    };
    let mut head = format!("HTTP/1.1 {status} {reason}\r\n");
    let always = [
        ("Cache-Control", "no-cache"),
        ("Connection", "close"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let own = headers.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in own.chain(always) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.into_bytes()
}

impl Site<'_> {
    /// What to do about a request.
    pub(super) fn react(&self, ask: &Ask) -> Reaction {
        if let Err(refusal) = self.guard.admit(&ask.asker()) {
            return Reaction::Answer(refused(refusal));
        }
        if !["GET", "HEAD"].contains(&ask.method.as_str()) {
            let answer = Answer::text(405, "Only GET and HEAD are answered here.\n");
            return Reaction::Answer(answer.with("Allow", "GET, HEAD"));
        }
        let path = ask.url.split('?').next().unwrap_or_default();
        let own = path.strip_prefix(OWN);
        if own == Some("events") && ask.method == "GET" {
            let since = ask.header("last-event-id").or_else(|| ask.query("since"));
            return Reaction::Listen(since.and_then(Stamp::parse));
        }
        let mut answer = match own {
            Some(name) => own_file(name, ask),
            None => self.page(ask),
        };
        if ask.method == "HEAD" {
            answer.body.clear();
        }
        Reaction::Answer(answer)
    }

    /// What stands at an address of the site.
    fn page(&self, ask: &Ask) -> Answer {
        let base = self.news.base();
        let (Some(address), Some(under)) = (Address::parse(&ask.url), Address::parse(&base)) else {
            return Answer::text(404, "There is nothing here.\n");
        };
        let Some(below) = address.below(&under) else {
            let home =
                address == Address::parse("/").unwrap_or_default() || address.as_folder() == under;
            return match home {
                true => redirect(302, &base, ask),
                false => outside(&base),
            };
        };
        // Before the file is read: whatever changes from here on, the page is told of.
        let stamp = self.news.stamp();
        match find(self.out, &below) {
            Found::File(real, path) => match self.read(&real, &path) {
                Ok(bytes) => file(
                    &path,
                    &bytes,
                    &tag(&stamp, std::slice::from_ref(&path), &base),
                    ask,
                ),
                Err(_) => self.missing(&below, &stamp, &base),
            },
            Found::Folder => redirect(301, &address.as_folder().to_string(), ask),
            Found::Nothing => self.missing(&below, &stamp, &base),
        }
    }

    /// What is in a file: the page as it will be, where that is known before it is written.
    fn read(&self, real: &Path, path: &str) -> io::Result<Vec<u8>> {
        match self.news.previewed(path) {
            Some(page) => Ok(page.to_vec()),
            None => fs::read(real),
        }
    }

    /// The site's page for what is not found. Where there is no site yet, a page that says why.
    fn missing(&self, below: &Address, stamp: &Stamp, base: &str) -> Answer {
        let mut files = below.candidates();
        let read = |name: &str| match find(self.out, &Address::parse(name)?) {
            Found::File(real, _) => fs::read(real).ok(),
            _ => None,
        };
        if let Some(page) = read("/404.html") {
            files.push("404.html".into());
            let page = inject(&page, &tag(stamp, &files, base));
            return Answer::new(404, content_type("404.html"), page);
        }
        if read("/index.html").is_some() {
            return Answer::text(
                404,
                "There is nothing here, and the site has no page to say so.\n",
            );
        }
        let page = inject(
            no_site(&self.news.faults()).as_bytes(),
            &tag(stamp, &files, base),
        );
        Answer::new(503, content_type("503.html"), page)
    }
}

fn refused(refusal: Refusal) -> Answer {
    Answer::text(403, refusal.message())
}

/// One of the server's own files.
fn own_file(name: &str, ask: &Ask) -> Answer {
    let Some((name, text)) = FILES.iter().find(|(n, _)| *n == name) else {
        return Answer::text(404, "There is nothing here.\n");
    };
    let answer = conditional(content_type(name), text.as_bytes().to_vec(), ask);
    match *name {
        // Pages may forbid themselves every connection; a worker goes by a policy of its own.
        "worker.js" => answer.with(
            "Content-Security-Policy",
            "default-src 'none'; connect-src 'self'",
        ),
        _ => answer,
    }
}

/// A file of the site.
fn file(path: &str, bytes: &[u8], tag: &str, ask: &Ask) -> Answer {
    let kind = content_type(path);
    let body = match is_page(kind) {
        true => inject(bytes, tag),
        false => bytes.to_vec(),
    };
    conditional(kind, body, ask)
}

/// The whole, a part of it, or that the browser has it already. There is no `Last-Modified`: it counts in seconds, in
/// which a file may change several times.
fn conditional(kind: &str, body: Vec<u8>, ask: &Ask) -> Answer {
    let tag = format!("\"{}\"", Hash128::of(&body).hex());
    let has = |list: &str| {
        let mut tags = list.split(',').map(str::trim);
        tags.any(|t| t == "*" || t.strip_prefix("W/").unwrap_or(t) == tag)
    };
    if ask.header("if-none-match").is_some_and(has) {
        let answer = Answer {
            status: 304,
            ..Answer::default()
        };
        return answer.with("ETag", tag);
    }
    let wanted = ask.header("range").filter(|_| ask.method == "GET");
    let same = ask.header("if-range").is_none_or(|t| t == tag);
    let length = body.len();
    let answer = match wanted.filter(|_| same).map(|range| part(range, length)) {
        None | Some(Part::Whole) => Answer::new(200, kind, body),
        Some(Part::Bytes(range)) => {
            let told = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let bytes = body.get(range).unwrap_or_default().to_vec();
            Answer::new(206, kind, bytes).with("Content-Range", told)
        }
        Some(Part::Beyond) => Answer::text(416, "The file is shorter than that.\n")
            .with("Content-Range", format!("bytes */{length}")),
    };
    answer.with("ETag", tag).with("Accept-Ranges", "bytes")
}

/// To another address of this server, with the query that was asked with.
fn redirect(status: u16, to: &str, ask: &Ask) -> Answer {
    let query = ask.url.split_once('?').map_or("", |(_, query)| query);
    let sound = query.bytes().all(|b| b.is_ascii_graphic());
    let to = match query {
        "" => to.to_owned(),
        query if sound => format!("{to}?{query}"),
        _ => to.to_owned(),
    };
    Answer::text(status, "The page is elsewhere.\n").with("Location", to)
}

/// An address of this server that is not one of the site.
fn outside(base: &str) -> Answer {
    let base = escape(base);
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Not part of the site</title>\n\
         <p>The site stands under <a href=\"{base}\">{base}</a>.</p></html>\n"
    );
    Answer::new(404, content_type("404.html"), page.into_bytes())
}

/// A page for the time before there is a site. What is wrong is in it for browsers without scripts; with the script it
/// is shown over it.
fn no_site(faults: &Value) -> String {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\" data-no-site><head><meta charset=\"utf-8\"><title>No site yet</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"></head><body>\n<h1>There is no site yet</h1>\n",
    );
    page.push_str("<p>It appears here as soon as it can be built.</p>\n<ul>\n");
    for fault in faults.as_array().into_iter().flatten() {
        let text = |key: &str| escape(fault.get(key).and_then(Value::as_str).unwrap_or_default());
        let number = |key: &str| fault.get(key).and_then(Value::as_u64);
        let mut place = text("file");
        if let (Some(line), Some(column)) = (number("line"), number("column")) {
            place.push_str(&format!(":{line}:{column}"));
        }
        page.push_str(&format!(
            "<li><code>{place}</code> {}</li>\n",
            text("message")
        ));
    }
    page.push_str("</ul>\n</body></html>\n");
    page
}
