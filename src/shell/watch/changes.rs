//! Waiting for sources to change.
//!
//! Events of the system are hints and nothing more: they say when to look, and the build finds out what has changed by
//! reading everything. So lost, doubled or wrong events cost a build at most. Folders are watched and never files, since
//! a save may put another file in the place of the old one.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, MetadataKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::burst::{Burst, Touch};
use super::poll::Poll;
use crate::read::scan::{CONFIG_FILE, FOLDERS, is_ignored};

/// Whether a recursive watch is one of many, which have to be set for each new folder.
const BY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// What a watcher tells.
#[derive(Debug)]
enum Signal {
    Touched(PathBuf, Touch),
    /// Events were lost.
    Lost,
    /// No further events will come of some folder.
    Trouble(notify::Error),
    /// A build is done.
    Built,
}

/// What ends a wait.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wake {
    /// These sources changed.
    Changed(Vec<PathBuf>),
    /// A build is done.
    Built,
    /// There has been nothing for as long as was to be waited.
    Nothing,
}

/// Tells whoever waits for changes, when it is dropped, that a build is done.
#[derive(Debug)]
pub(super) struct Waker(Sender<Signal>);

impl Drop for Waker {
    fn drop(&mut self) {
        // Nobody waits any more when the program ends.
        drop(self.0.send(Signal::Built));
    }
}

/// Where changes of a site's sources are waited for.
pub(super) struct Changes {
    root: PathBuf,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    /// A signal that was taken to see whether there is one.
    ahead: Option<Signal>,
    /// None where changes are looked for.
    watcher: Option<RecommendedWatcher>,
    /// What to tell about the watching itself.
    notice: Option<String>,
}

impl Changes {
    /// Begins to watch. Whatever changes from here on ends a [`wait`](Self::wait).
    pub(super) fn begin(root: &Path, poll: bool) -> Self {
        let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let (sender, signals) = channel();
        let mut changes = Self {
            root,
            sender,
            signals,
            ahead: None,
            watcher: None,
            notice: None,
        };
        if poll {
            changes.poll();
            return changes;
        }
        let (sender, root) = (changes.sender.clone(), changes.root.clone());
        let tell = move |event: notify::Result<Event>| {
            for signal in signals_of(event, &root) {
                // Nobody waits any more when the program ends.
                drop(sender.send(signal));
            }
        };
        match RecommendedWatcher::new(tell, notify::Config::default()) {
            Ok(watcher) => {
                changes.watcher = Some(watcher);
                changes.renew();
            }
            Err(error) => changes.fall_back(&error),
        }
        changes
    }

    /// What to tell about the watching itself, once.
    pub(super) fn notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Watches every folder there is, also those that are watched already.
    pub(super) fn renew(&mut self) {
        let folders = FOLDERS.map(|name| self.root.join(name));
        let mut set = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        set.extend(folders.map(|folder| (folder, RecursiveMode::Recursive)));
        for (folder, mode) in set {
            self.set(&folder, mode);
        }
    }

    /// Whether something has changed since the last wait.
    pub(super) fn are_there(&mut self) -> bool {
        self.ahead = self.ahead.take().or_else(|| self.signals.try_recv().ok());
        self.ahead.is_some()
    }

    /// What ends a wait when it is dropped, as a build is done.
    pub(super) fn waker(&self) -> Waker {
        Waker(self.sender.clone())
    }

    /// Waits for changes, and for the end of their burst, or for a build; no longer than `patience`, if there is any.
    pub(super) fn wait(&mut self, patience: Option<Duration>) -> Wake {
        let first = match (self.ahead.take(), patience) {
            (Some(signal), _) => Some(signal),
            (None, Some(patience)) => self.signals.recv_timeout(patience).ok(),
            (None, None) => self.signals.recv().ok(),
        };
        let first = match first {
            Some(Signal::Built) => return Wake::Built,
            Some(signal) => signal,
            None => return Wake::Nothing,
        };
        let mut burst = Burst::new(Instant::now());
        let mut appeared = Vec::new();
        let mut next = Some(first);
        while let Some(signal) = next {
            self.take(signal, &mut burst, &mut appeared);
            let left = burst.over().saturating_duration_since(Instant::now());
            next = self.signals.recv_timeout(left).ok();
        }
        self.follow(&appeared);
        Wake::Changed(self.shown(burst))
    }

    fn take(&mut self, signal: Signal, burst: &mut Burst, appeared: &mut Vec<PathBuf>) {
        let now = Instant::now();
        match signal {
            Signal::Touched(path, touch) => {
                if touch == Touch::Folder {
                    appeared.push(path.clone());
                }
                burst.add(path, touch, now);
            }
            Signal::Lost => {
                burst.add(self.root.clone(), Touch::Writing, now);
                appeared.extend(FOLDERS.map(|name| self.root.join(name)));
            }
            Signal::Trouble(error) => {
                burst.add(self.root.clone(), Touch::Writing, now);
                self.fall_back(&error);
            }
            // It is told when the burst is over.
            Signal::Built => self.ahead = Some(signal),
        }
    }

    /// Watches folders that have appeared. What was put into them before is read by the build that follows; what is put
    /// into them afterwards is reported.
    fn follow(&mut self, appeared: &[PathBuf]) {
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            let anew = appeared.contains(&folder);
            let inside = BY_FOLDER && appeared.iter().any(|path| path.starts_with(&folder));
            if anew && let Some(watcher) = &mut self.watcher {
                // That it was not watched is as good.
                drop(watcher.unwatch(&folder));
            }
            if anew || inside {
                self.set(&folder, RecursiveMode::Recursive);
            }
        }
    }

    /// Watches a folder if it is there.
    fn set(&mut self, folder: &Path, mode: RecursiveMode) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        if !folder.is_dir() {
            return;
        }
        match watcher.watch(folder, mode) {
            Ok(()) => {}
            // It has gone in the meantime, which is reported from where it was.
            Err(_) if !folder.is_dir() => {}
            Err(error) => self.fall_back(&error),
        }
    }

    /// Gives up on events of the system.
    fn fall_back(&mut self, error: &notify::Error) {
        let why = match &error.kind {
            notify::ErrorKind::MaxFilesWatch => {
                "the system’s limit of watched folders is reached (on Linux `fs.inotify.max_user_watches` or \
                 `max_user_instances`)"
                    .to_owned()
            }
            notify::ErrorKind::Io(error) => error.to_string(),
            kind => format!("{kind:?}"),
        };
        self.notice = Some(format!(
            "changes are not reported: {why}; they are looked for instead, which takes a little longer"
        ));
        self.poll();
    }

    fn poll(&mut self) {
        self.watcher = None;
        let (poll, sender) = (Poll::new(&self.root), self.sender.clone());
        let look = move || {
            poll.run(|path, touch| sender.send(Signal::Touched(path, touch)).is_ok());
        };
        let thread = std::thread::Builder::new().name("poll".into()).spawn(look);
        if let Err(error) = thread {
            self.notice = Some(format!("changes cannot be noticed: {error}"));
        }
    }

    /// The paths of a burst below the site's folder.
    fn shown(&self, burst: Burst) -> Vec<PathBuf> {
        let below = |path: PathBuf| match path.strip_prefix(&self.root) {
            Ok(rest) => rest.to_owned(),
            Err(_) => path,
        };
        burst.into_paths().into_iter().map(below).collect()
    }
}

/// What an event says about sources of the site in `root`.
fn signals_of(event: notify::Result<Event>, root: &Path) -> Vec<Signal> {
    let event = match event {
        Ok(event) => event,
        Err(error) => return vec![Signal::Trouble(error)],
    };
    if event.need_rescan() {
        return vec![Signal::Lost];
    }
    let touches = touches(&event, root);
    let touches = touches
        .into_iter()
        .filter(|(path, _)| is_source(path, root));
    touches
        .map(|(path, touch)| Signal::Touched(path, touch))
        .collect()
}

/// What an event says happened. That a file was read is not worth telling: reading them is what a build does.
fn touches(event: &Event, root: &Path) -> Vec<(PathBuf, Touch)> {
    let there = |path: &PathBuf| match path.is_dir() {
        true => Touch::Folder,
        false => Touch::Done,
    };
    let touch = |path: &PathBuf| match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Touch::Done),
        EventKind::Access(_)
        | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => None,
        EventKind::Create(CreateKind::Folder) => Some(Touch::Folder),
        EventKind::Create(_) if path.is_dir() => Some(Touch::Folder),
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => {
            Some(Touch::Gone)
        }
        EventKind::Modify(ModifyKind::Name(_)) if path.exists() => Some(there(path)),
        EventKind::Modify(ModifyKind::Name(_)) => Some(Touch::Gone),
        EventKind::Modify(ModifyKind::Metadata(_)) => Some(Touch::About),
        _ => Some(Touch::Writing),
    };
    match (&event.kind, &event.paths[..]) {
        // A file that was renamed to another source has gone for good. One put aside under a name that is no source is being
        // replaced.
        (EventKind::Modify(ModifyKind::Name(RenameMode::Both)), [from, to]) => {
            let end = if is_source(to, root) {
                Touch::Done
            } else {
                Touch::Gone
            };
            vec![(from.clone(), end), (to.clone(), there(to))]
        }
        (_, paths) => paths
            .iter()
            .filter_map(|path| Some((path.clone(), touch(path)?)))
            .collect(),
    }
}

/// Whether a file or folder is one that the scan reads, or may be. What lies outside the site's folder is there by a link.
fn is_source(path: &Path, root: &Path) -> bool {
    let Ok(rest) = path.strip_prefix(root) else {
        return true;
    };
    let names: Vec<_> = rest.iter().map(|name| name.to_string_lossy()).collect();
    match &names[..] {
        [] => false,
        [only] if only == CONFIG_FILE => true,
        [first, rest @ ..] => {
            FOLDERS.contains(&&**first) && !rest.iter().any(|name| is_ignored(name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_count() {
        let root = Path::new("/site");
        let counts = |path: &str| is_source(Path::new(path), root);
        for source in [
            "/site/dateline.toml",
            "/site/corpus",
            "/site/corpus/2013/a.md",
            "/site/content/x",
            "/site/themes/own/static/style.css",
            "/site/templates/home.html",
            "/site/static/.well-known/x",
            "/elsewhere/a.md",
        ] {
            assert!(counts(source), "{source}");
        }
        for other in [
            "/site",
            "/site/public",
            "/site/public/index.html",
            "/site/target/debug/x",
            "/site/README.md",
            "/site/corpus/.a.md.swp",
            "/site/corpus/a.md~",
            "/site/corpus/.git/x",
            "/site/dateline.toml.bak",
        ] {
            assert!(!counts(other), "{other}");
        }
    }

    #[test]
    fn reading_is_no_change() {
        let root = Path::new("/site");
        let path = root.join("corpus/a.md");
        let told = |kind| {
            let event = Event::new(kind).add_path(path.clone());
            signals_of(Ok(event), root).len()
        };
        assert_eq!(
            told(EventKind::Access(AccessKind::Open(AccessMode::Any))),
            0
        );
        assert_eq!(
            told(EventKind::Access(AccessKind::Close(AccessMode::Read))),
            0
        );
        assert_eq!(
            told(EventKind::Access(AccessKind::Close(AccessMode::Write))),
            1
        );
        assert_eq!(told(EventKind::Modify(ModifyKind::Any)), 1);
        assert_eq!(told(EventKind::Remove(notify::event::RemoveKind::File)), 1);
    }

    #[test]
    fn a_file_put_aside_is_expected_back() {
        let root = Path::new("/site");
        let renamed = |to: &str| {
            let kind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
            let event = Event::new(kind)
                .add_path(root.join("corpus/a.md"))
                .add_path(root.join(to));
            touches(&event, root).remove(0).1
        };
        assert_eq!(renamed("corpus/a.md~"), Touch::Gone);
        assert_eq!(renamed("corpus/b.md"), Touch::Done);
    }

    #[test]
    fn lost_events_are_a_change() {
        let event = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert!(matches!(
            signals_of(Ok(event), Path::new("/"))[..],
            [Signal::Lost]
        ));
    }

    #[test]
    fn a_limit_of_the_system_is_told_and_got_round() {
        let temp = tempfile::tempdir().unwrap();
        std::fs::create_dir(temp.path().join("corpus")).unwrap();
        let mut changes = Changes::begin(temp.path(), false);
        assert_eq!(changes.notice(), None);
        let trouble = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        changes.sender.send(Signal::Trouble(trouble)).unwrap();
        assert!(matches!(changes.wait(None), Wake::Changed(_)));
        assert!(
            changes
                .notice()
                .is_some_and(|n| n.contains("max_user_watches"))
        );
        assert!(changes.watcher.is_none());
        std::fs::write(temp.path().join("corpus/a.md"), "text").unwrap();
        let changed = vec![PathBuf::from("corpus/a.md")];
        assert_eq!(changes.wait(None), Wake::Changed(changed));
    }
}
