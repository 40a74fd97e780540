//! A generated site on the disk, what is done to it while it is measured, and what is read of processes.

#![allow(dead_code, reason = "some use a part of it")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::corpus::{File, Newsroom, Sizes};

/// What a measurement gives, or why it could not be made.
pub(crate) type Measured<T> = Result<T, Box<dyn Error>>;

/// Whether everything runs once on little, to see that it runs at all.
pub(crate) fn is_test() -> bool {
    let given = |flag: &str| std::env::args().any(|argument| argument == flag);
    given("--test") || !given("--bench")
}

/// What was asked for on the command line, without what Cargo adds.
pub(crate) fn words() -> Vec<String> {
    let arguments = std::env::args().skip(1);
    arguments.filter(|word| !word.starts_with("--")).collect()
}

/// A newsroom of so many articles, as the goals of speed have it.
pub(crate) fn newsroom(articles: usize) -> Newsroom {
    Newsroom::new(Sizes {
        articles,
        entities: 300.min(articles),
        topics: 30.min(articles),
        events: 500.min(articles / 2),
        seed: 1,
    })
}

/// A folder for a site, which is removed when it is dropped.
pub(crate) fn folder() -> Measured<tempfile::TempDir> {
    Ok(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?)
}

/// Writes all sources of a newsroom.
pub(crate) fn write(newsroom: &Newsroom, root: &Path) -> Measured<()> {
    newsroom.files().try_for_each(|file| save(root, &file))
}

/// Writes a source, and the folders above it.
pub(crate) fn save(root: &Path, file: &File) -> Measured<()> {
    let path = root.join(&file.path);
    fs::create_dir_all(path.parent().unwrap_or(root))?;
    fs::write(path, &file.text)?;
    Ok(())
}

/// An article with a word of its running text exchanged.
pub(crate) fn reworded(mut file: File, word: &str) -> File {
    let body = file.text.rfind("+++\n").unwrap_or_default();
    let at = file.text[body..].find(" the ").map(|at| body + at);
    match at {
        Some(at) => file
            .text
            .replace_range(at..at + " the ".len(), &format!(" {word} ")),
        None => file.text.push_str(&format!("\nA {word}.\n")),
    }
    file
}

/// An entry of the gazetteer that no newsroom has.
pub(crate) fn entity(name: &str) -> File {
    File {
        path: format!("content/terms/{}.md", name.to_lowercase()),
        text: format!("+++\nname = \"{name}\"\n+++\nA word of its own.\n"),
    }
}

/// The theme's template of articles, changed by so little that every article's page is another.
pub(crate) fn template() -> Measured<File> {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    let text = fs::read_to_string(theme.join("article.html"))?;
    let changed = text.replacen("class=\"sheet\"", "class=\"sheet\" data-edited", 1);
    if changed == text {
        return Err("the template of articles has no sheet".into());
    }
    Ok(File {
        path: "templates/article.html".into(),
        text: changed,
    })
}

/// The median of some times, and the longest.
pub(crate) fn middle_and_most<T: Copy + Ord + Default>(mut all: Vec<T>) -> (T, T) {
    all.sort_unstable();
    let middle = all.get(all.len() / 2).copied().unwrap_or_default();
    (middle, all.last().copied().unwrap_or_default())
}

/// A line of `/proc/…/status`, in bytes: `VmRSS` is what is resident now, `VmHWM` the most that ever was. None but on Linux.
pub(crate) fn memory(process: &str, line: &str) -> Option<u64> {
    let status = fs::read_to_string(PathBuf::from("/proc").join(process).join("status")).ok()?;
    let line = status
        .lines()
        .find_map(|l| l.strip_prefix(line)?.strip_prefix(':'))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// The processor time that this process has taken, on all threads, to a hundredth of a second. None but on Linux.
pub(crate) fn processor() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name, in brackets, may have spaces in it.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks()? + ticks()?)))
}

/// A size in megabytes.
pub(crate) fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or("?".into(), |bytes| format!("{} MB", bytes / 1_000_000))
}

/// A time, in the unit that suits it.
pub(crate) fn time(took: Duration) -> String {
    match took.as_millis() {
        0..10 => format!("{:.1} ms", took.as_secs_f64() * 1_000.0),
        millis @ 10..10_000 => format!("{millis} ms"),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}
