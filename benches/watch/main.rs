//! How soon the served page has what was saved: `cargo bench --bench watch`.
//!
//! 1. A site is generated, and `dateline watch` is started on it, as a program of its own.
//! 2. Twenty times a word is exchanged in an article, each time in another one. The page is asked for over and over until it has the word; then
//!    the program is waited for, until it tells that the whole site is as it has to be.
//! 3. Five times an entity is added by the name of a word that an article has, until the page of that article marks it.
//!
//! Of each the median is told and the longest, and how many files were written each time. `cargo bench --bench watch -- 10000` takes a
//! site of that size instead of 1,000 and 10,000 articles. Under `cargo test` there is little of everything.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

#[path = "../corpus/mod.rs"]
mod corpus;
mod served;
#[path = "../site/mod.rs"]
mod site;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use corpus::{File, Newsroom};
use served::{Built, Served};
use site::{
    Measured, entity, folder, is_test, megabytes, memory, middle_and_most, newsroom, reworded,
    save, time, words, write,
};

fn main() -> Measured<()> {
    let asked: Vec<usize> = words()
        .iter()
        .filter_map(|word| word.parse().ok())
        .collect();
    let usual = if is_test() {
        vec![20]
    } else {
        vec![1_000, 10_000]
    };
    let sizes = if asked.is_empty() { usual } else { asked };
    sizes.into_iter().try_for_each(measure)
}

/// What a change took.
struct Change {
    /// Until the page had it.
    served: Duration,
    /// Until the site was whole.
    whole: Duration,
    /// Files that were written.
    written: usize,
}

fn measure(articles: usize) -> Measured<()> {
    let (temp, newsroom) = (folder()?, newsroom(articles));
    let root = temp.path();
    write(&newsroom, root)?;
    let began = Instant::now();
    let mut served = Served::start(root)?;
    println!(
        "\n{articles} articles, served after {}",
        time(began.elapsed())
    );
    println!(
        "{:<22}{:>10}{:>9}{:>12}{:>9}{:>9}{:>9}",
        "", "served", "longest", "whole site", "longest", "written", "most"
    );
    let (saves, names) = if is_test() { (2, 1) } else { (20, 5) };
    let saves =
        (0..saves).map(|n| save_a_word(&mut served, root, &newsroom, (articles / saves * n, n)));
    tell("a word of an article", saves.collect::<Measured<_>>()?);
    let names = (0..names).map(|n| add_a_name(&mut served, root, &newsroom, n));
    tell("an entity added", names.collect::<Measured<_>>()?);
    let process = served.process();
    let (now, peak) = (memory(&process, "VmRSS"), memory(&process, "VmHWM"));
    println!("memory {}, at most {}", megabytes(now), megabytes(peak));
    Ok(())
}

/// Exchanges a word of an article, and asks for its page until it has it.
fn save_a_word(
    served: &mut Served,
    root: &Path,
    newsroom: &Newsroom,
    (number, n): (usize, usize),
) -> Measured<Change> {
    let article = newsroom.article(number);
    let (page, word) = (format!("articles/{}/", article.id), format!("zyx{n}q"));
    change(
        served,
        root,
        &reworded(article.file(), &word),
        (&page, &word),
    )
}

/// Adds an entity by the name of a word that was exchanged before, and asks for that article's page until it leads to it.
fn add_a_name(served: &mut Served, root: &Path, newsroom: &Newsroom, n: usize) -> Measured<Change> {
    let article = newsroom.article(n);
    let (page, name) = (format!("articles/{}/", article.id), format!("Vwx{n}q"));
    save(root, &reworded(article.file(), &name))?;
    served.wait_for_build()?;
    change(
        served,
        root,
        &entity(&name),
        (&page, &format!("terms/{}/", name.to_lowercase())),
    )
}

/// Saves a file, and waits until a page has some words, and until the site is whole.
fn change(
    served: &mut Served,
    root: &Path,
    file: &File,
    (page, words): (&str, &str),
) -> Measured<Change> {
    if served.has(page, words)? {
        return Err(format!("{page} has {words:?} already").into());
    }
    let path = root.join(&file.path);
    fs::create_dir_all(path.parent().unwrap_or(root))?;
    let began = Instant::now();
    fs::write(path, &file.text)?;
    while !served.has(page, words)? {
        if began.elapsed() > served::PATIENCE {
            return Err(format!("{page} does not get {words:?}").into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let served_after = began.elapsed();
    let Built { written, at } = served.wait_for_build()?;
    Ok(Change {
        served: served_after,
        whole: at.saturating_duration_since(began),
        written,
    })
}

fn tell(what: &str, changes: Vec<Change>) {
    let of = |value: fn(&Change) -> Duration| {
        let (middle, most) = middle_and_most(changes.iter().map(value).collect());
        (time(middle), time(most))
    };
    let (served, longest) = of(|change| change.served);
    let (whole, last) = of(|change| change.whole);
    let (written, most) = middle_and_most(changes.iter().map(|change| change.written).collect());
    println!("{what:<22}{served:>10}{longest:>9}{whole:>12}{last:>9}{written:>9}{most:>9}");
}
