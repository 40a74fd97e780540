//! What open pages are told: which files changed, what is wrong with the content, where the site has moved to.
//!
//! Changes are numbered. A page carries the number that was current when it was served, asks for what came after it, and so
//! misses nothing between being served and listening, nor while its connection was lost or it was out of sight. One
//! that has been away for longer than is remembered, or whose server was another, is told to load anew.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::base::OutPath;
use crate::render::Artifact;

/// How many changes are remembered.
const REMEMBERED: usize = 64;

/// The most files that a change lists. More than that are nearly all of them.
const LISTED: usize = 2_000;

/// A moment in the life of a server: which one, and after how many changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    server: String,
    number: u64,
}

impl Stamp {
    /// Reads what [`Display`](std::fmt::Display) wrote.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (server, number) = text.split_once('-')?;
        let plain = !server.is_empty() && server.bytes().all(|b| b.is_ascii_alphanumeric());
        Some(Self {
            server: plain.then(|| server.to_owned())?,
            number: number.parse().ok()?,
        })
    }
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.server, self.number)
    }
}

/// One of the changes that pages are told of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    /// These files were written or removed.
    Files(Vec<String>),
    /// So much was written or removed that a list would be longer than the site is worth.
    Everything,
    /// The site stands under another path: from, to.
    Moved(String, String),
}

/// The board on which news is pinned up, for any number of readers.
#[derive(Debug)]
pub(crate) struct News {
    board: Mutex<Board>,
    pinned: Condvar,
}

#[derive(Debug)]
struct Board {
    server: String,
    /// How many changes there have been.
    number: u64,
    /// The last of them.
    changes: VecDeque<Change>,
    base: String,
    /// Pages as they will be, before they are written, by file; each until the build of that number is done.
    previews: BTreeMap<String, (u64, Bytes)>,
    faults: Value,
    /// How often the faults were replaced.
    turn: u64,
}

/// How far a reader has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    number: u64,
    /// The turn of the faults that it was told of.
    turn: Option<u64>,
}

impl News {
    /// An empty board for a site that stands under `base`, which begins and ends with a slash.
    pub(crate) fn new(base: &str) -> Self {
        // A hasher's random seed tells one run of the program from the next, without a clock.
        let server = format!("{:016x}", RandomState::new().hash_one(()));
        Self {
            board: Mutex::new(Board {
                server,
                number: 0,
                changes: VecDeque::new(),
                base: base.to_owned(),
                previews: BTreeMap::new(),
                faults: json!([]),
                turn: 0,
            }),
            pinned: Condvar::new(),
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path that the site stands under.
    pub(crate) fn base(&self) -> String {
        self.board().base.clone()
    }

    /// The stamp of this moment.
    pub(super) fn stamp(&self) -> Stamp {
        self.board().stamp()
    }

    /// What is wrong with the content: a list of objects with `severity`, `code`, `message`, `file`, `line`, `column`
    /// and `help`, of which all but the message may be missing. Empty where nothing is.
    pub(super) fn faults(&self) -> Value {
        self.board().faults.clone()
    }

    /// Tells which files were written or removed.
    pub(crate) fn changed<'a>(&self, files: impl IntoIterator<Item = &'a OutPath>) {
        let files: Vec<String> = files.into_iter().map(|f| f.as_str().to_owned()).collect();
        match files.len() {
            0 => {}
            1..=LISTED => self.pin(Change::Files(files)),
            _ => self.pin(Change::Everything),
        }
    }

    /// Shows pages as they will be, until build number `build` is done.
    pub(crate) fn preview(&self, pages: &[Artifact], build: u64) {
        let mut news = Vec::new();
        let mut board = self.board();
        for page in pages {
            if let Some(bytes) = &page.bytes {
                let shown = (build, bytes.clone());
                let before = board.previews.insert(page.path.as_str().to_owned(), shown);
                if before.is_none_or(|(_, before)| before != *bytes) {
                    news.push(&page.path);
                }
            }
        }
        drop(board);
        self.changed(news);
    }

    /// The page as it will be, if that is known of a file.
    pub(super) fn previewed(&self, file: &str) -> Option<Bytes> {
        let board = self.board();
        board.previews.get(file).map(|(_, bytes)| bytes.clone())
    }

    /// Ends the previews of the builds up to number `build`, and tells which files were written or removed. Where a page came out as it was
    /// shown, nobody is told again.
    pub(crate) fn placed<'a>(
        &self,
        build: u64,
        written: impl IntoIterator<Item = &'a OutPath>,
        bytes: impl Fn(&OutPath) -> Option<Bytes>,
    ) {
        let mut board = self.board();
        let all = std::mem::take(&mut board.previews);
        let (mut ended, later): (BTreeMap<_, _>, _) =
            all.into_iter().partition(|(_, (of, _))| *of <= build);
        let mut news: Vec<OutPath> = Vec::new();
        for path in written {
            let shown = ended.remove(path.as_str());
            let told = later.contains_key(path.as_str())
                || shown.is_some_and(|(_, shown)| Some(shown) == bytes(path));
            news.extend((!told).then(|| path.clone()));
        }
        // What was shown and not written stays as it was.
        news.extend(ended.keys().filter_map(|path| OutPath::new(path).ok()));
        board.previews = later;
        drop(board);
        self.changed(&news);
    }

    /// Tells under which path the site stands, if it is another one than before.
    pub(crate) fn stands_under(&self, base: &str) {
        let before = std::mem::replace(&mut self.board().base, base.to_owned());
        if before != base {
            self.pin(Change::Moved(before, base.to_owned()));
        }
    }

    /// Tells what is wrong with the content; an empty list takes back what was told before.
    pub(crate) fn faulty(&self, faults: Value) {
        let mut board = self.board();
        if board.faults != faults {
            board.faults = faults;
            board.turn += 1;
            drop(board);
            self.pinned.notify_all();
        }
    }

    fn pin(&self, change: Change) {
        let mut board = self.board();
        board.number += 1;
        board.changes.push_back(change);
        if board.changes.len() > REMEMBERED {
            board.changes.pop_front();
        }
        drop(board);
        self.pinned.notify_all();
    }

    /// Where a reader begins, and what it is told first: to load anew if what came after `since` is not known.
    pub(super) fn begin(&self, since: Option<&Stamp>) -> (Mark, String) {
        let board = self.board();
        let known = since.is_none_or(|since| board.remembers(since));
        let number = match since {
            Some(since) if known => since.number,
            _ => board.number,
        };
        let first = match known {
            true => "retry: 1000\n\n".to_owned(),
            false => format!(
                "retry: 1000\n\n{}",
                event("reset", &board.stamp(), &json!({}))
            ),
        };
        (Mark { number, turn: None }, first)
    }

    /// The events after `mark`, waited for no longer than `patience`; none if there are none by then.
    pub(super) fn after(&self, mark: &mut Mark, patience: Duration) -> Option<String> {
        let nothing =
            |board: &mut Board| board.number <= mark.number && mark.turn == Some(board.turn);
        let (board, _) = self
            .pinned
            .wait_timeout_while(self.board(), patience, nothing)
            .unwrap_or_else(PoisonError::into_inner);
        let text = board.events(mark);
        *mark = Mark {
            number: board.number,
            turn: Some(board.turn),
        };
        (!text.is_empty()).then_some(text)
    }
}

impl Board {
    fn stamp(&self) -> Stamp {
        Stamp {
            server: self.server.clone(),
            number: self.number,
        }
    }

    /// How many of the changes up to `number` are no longer known.
    fn forgotten(&self) -> u64 {
        self.number.saturating_sub(self.changes.len() as u64)
    }

    fn remembers(&self, since: &Stamp) -> bool {
        since.server == self.server && (self.forgotten()..=self.number).contains(&since.number)
    }

    /// What is new after `mark`: of the changes one event of each kind, however many there were.
    fn events(&self, mark: &Mark) -> String {
        let stamp = self.stamp();
        let mut text = String::new();
        if mark.number < self.forgotten() {
            text.push_str(&event("reset", &stamp, &json!({})));
        } else {
            let missed = usize::try_from(self.number - mark.number).unwrap_or(usize::MAX);
            let from = self.changes.len().saturating_sub(missed);
            text.push_str(&told(self.changes.iter().skip(from), &stamp));
        }
        if mark.turn != Some(self.turn) {
            text.push_str(&event("faults", &stamp, &self.faults));
        }
        text
    }
}

/// The events that tell of some changes.
fn told<'a>(changes: impl Iterator<Item = &'a Change>, stamp: &Stamp) -> String {
    let (mut styles, mut others) = (Vec::new(), Vec::new());
    let (mut everything, mut text) = (false, String::new());
    for change in changes {
        match change {
            Change::Everything => everything = true,
            Change::Moved(from, to) => {
                text.push_str(&event("moved", stamp, &json!({ "from": from, "to": to })));
            }
            Change::Files(files) => {
                for file in files {
                    match file.ends_with(".css") {
                        true => styles.push(file.as_str()),
                        false => others.push(file.as_str()),
                    }
                }
            }
        }
    }
    if everything {
        text.push_str(&event("reset", stamp, &json!({})));
        return text;
    }
    for (name, mut files) in [("files", others), ("styles", styles)] {
        files.sort_unstable();
        files.dedup();
        if !files.is_empty() {
            text.push_str(&event(name, stamp, &json!(files)));
        }
    }
    text
}

/// An event of a stream (WHATWG HTML, 9.2). JSON has no line ends in it.
fn event(name: &str, stamp: &Stamp, data: &Value) -> String {
    format!("event: {name}\nid: {stamp}\ndata: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Class;

    const NOW: Duration = Duration::ZERO;

    fn pin(news: &News, files: &[&str]) {
        let files: Vec<_> = files.iter().map(|f| OutPath::new(f).unwrap()).collect();
        news.changed(&files);
    }

    /// The events without their ids.
    fn names(text: Option<String>) -> Vec<String> {
        let text = text.unwrap_or_default();
        let lines = text.lines().filter(|l| !l.starts_with("id: "));
        let joined = lines.collect::<Vec<_>>().join(" ");
        let events = joined.split("event: ").map(str::trim);
        events
            .filter(|e| !e.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn page(path: &str, text: &str) -> Artifact {
        let path = OutPath::new(path).unwrap();
        Artifact::new(path, text.as_bytes().to_vec(), Class::Page, "test")
    }

    #[test]
    fn a_preview_lasts_until_its_build_is_done() {
        let news = News::new("/");
        let mut mark = news.begin(None).0;
        let mut told = || names(news.after(&mut mark, NOW));
        let shown = |path: &str| news.previewed(path).map(|b| b.to_vec());
        told();
        news.preview(&[page("a.html", "new a"), page("b.html", "new b")], 1);
        assert_eq!(told(), ["files data: [\"a.html\",\"b.html\"]"]);
        assert_eq!(shown("a.html").as_deref(), Some(&b"new a"[..]));
        // The same again is no news.
        news.preview(&[page("a.html", "new a")], 1);
        assert_eq!(told(), Vec::<String>::new());
        news.preview(&[page("b.html", "newer b")], 2);
        assert_eq!(told(), ["files data: [\"b.html\"]"]);
        // The first came out as it was shown; the second is to be shown on; a third was not shown.
        let [a, b, c] = ["a.html", "b.html", "c.html"].map(|p| OutPath::new(p).unwrap());
        let bytes = |path: &OutPath| page("x", &format!("new {}", &path.as_str()[..1])).bytes;
        news.placed(1, [&a, &b, &c], bytes);
        assert_eq!(told(), ["files data: [\"c.html\"]"]);
        assert_eq!(shown("a.html"), None);
        assert_eq!(shown("b.html").as_deref(), Some(&b"newer b"[..]));
        // A build that fails ends them as well: the pages are as they were.
        news.placed(2, [], |_| None);
        assert_eq!(told(), ["files data: [\"b.html\"]"]);
        assert_eq!(shown("b.html"), None);
    }

    #[test]
    fn a_reader_is_told_what_came_after_its_stamp() {
        let news = News::new("/");
        let old = news.stamp();
        pin(&news, &["a/index.html", "x.css"]);
        pin(&news, &["b/index.html", "a/index.html"]);
        let (mut mark, first) = news.begin(Some(&old));
        assert_eq!(first, "retry: 1000\n\n");
        assert_eq!(
            names(news.after(&mut mark, NOW)),
            [
                "files data: [\"a/index.html\",\"b/index.html\"]",
                "styles data: [\"x.css\"]",
                "faults data: []"
            ]
        );
        assert_eq!(news.after(&mut mark, NOW), None);
        let (mut mark, _) = news.begin(Some(&news.stamp()));
        assert_eq!(names(news.after(&mut mark, NOW)), ["faults data: []"]);
    }

    #[test]
    fn faults_are_told_and_taken_back() {
        let news = News::new("/");
        let (mut mark, _) = news.begin(None);
        news.after(&mut mark, NOW);
        news.faulty(json!([{ "message": "two\nlines" }]));
        assert_eq!(
            names(news.after(&mut mark, NOW)),
            ["faults data: [{\"message\":\"two\\nlines\"}]"]
        );
        news.faulty(json!([{ "message": "two\nlines" }]));
        assert_eq!(news.after(&mut mark, NOW), None);
        news.faulty(json!([]));
        assert_eq!(names(news.after(&mut mark, NOW)), ["faults data: []"]);
    }

    #[test]
    fn whoever_was_away_too_long_loads_anew() {
        let news = News::new("/");
        let old = news.stamp();
        let (mut slow, _) = news.begin(None);
        for _ in 0..REMEMBERED {
            pin(&news, &["a"]);
        }
        assert!(!news.begin(Some(&old)).1.contains("event: reset"));
        pin(&news, &["a"]);
        assert!(news.begin(Some(&old)).1.contains("event: reset"));
        assert!(news.after(&mut slow, NOW).unwrap().contains("event: reset"));
        let other = Stamp::parse("00-3").unwrap();
        assert!(news.begin(Some(&other)).1.contains("event: reset"));
        let ahead = Stamp {
            number: 1_000,
            ..news.stamp()
        };
        assert!(news.begin(Some(&ahead)).1.contains("event: reset"));
    }

    #[test]
    fn thousands_of_files_and_another_path() {
        let news = News::new("/");
        let (mut mark, _) = news.begin(None);
        let many: Vec<_> = (0..=LISTED)
            .map(|i| OutPath::new(&format!("{i}")).unwrap())
            .collect();
        news.stands_under("/");
        news.changed(&many);
        news.stands_under("/repo/");
        assert_eq!(
            names(news.after(&mut mark, NOW)),
            [
                "moved data: {\"from\":\"/\",\"to\":\"/repo/\"}",
                "reset data: {}",
                "faults data: []"
            ]
        );
        assert_eq!(news.base(), "/repo/");
    }

    #[test]
    fn readers_that_wait_are_woken() {
        let news = News::new("/");
        let (mut mark, _) = news.begin(None);
        news.after(&mut mark, NOW);
        let told = std::thread::scope(|scope| {
            let reader = scope.spawn(|| news.after(&mut mark, Duration::from_secs(60)));
            pin(&news, &["a"]);
            reader.join().unwrap()
        });
        assert_eq!(names(told), ["files data: [\"a\"]"]);
    }

    #[test]
    fn stamps_are_read_back() {
        let stamp = News::new("/").stamp();
        assert_eq!(Stamp::parse(&stamp.to_string()), Some(stamp));
        for bad in ["", "-", "a", "a-", "-1", "a-b", "a\"-1", "a-1-2"] {
            assert_eq!(Stamp::parse(bad), None, "{bad}");
        }
    }
}
