//! What builds take, as parts of the cold one: `cargo bench --bench build`.
//!
//! 1. For each size a site is generated, and built three times from nothing in a process of its own, each time followed by the builds
//!    after which an editor waits ([`round`]): nothing changed, a word of an article, an entity added, a template changed, an article
//!    added, and deleted. Sites of more than 10,000 articles are built once.
//! 2. Of the three the median is told, with its part of the cold build's, the time that processors took, the number of files that were
//!    written, the peak of memory, and what each phase took.
//! 3. The last table compares the sizes: where the cost is linear, the time for an article does not grow.
//! 4. A small site is built again a few hundred times with one memo, and the memory is told that is resident then ([`grow`]).
//!
//! `cargo bench --bench build -- 50000` builds sites of these sizes instead of the usual ones, `-- rebuilds 1000` makes the last step alone,
//! that often. Under `cargo test` everything runs once, on a few articles.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

#[path = "../corpus/mod.rs"]
mod corpus;
mod grow;
mod round;
#[path = "../site/mod.rs"]
mod site;
mod table;

use std::path::Path;
use std::process::{Command, Stdio};

use round::Lap;
use site::{Measured, folder, is_test, newsroom, words, write};
use table::Table;

/// The program's own allocator: what is measured here is what the program takes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Measured<()> {
    let words = words();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<usize>().ok());
    match words.first().map(String::as_str) {
        // What this process starts itself.
        Some("round") => round::run(Path::new(&words[1]), number(2).unwrap_or_default()),
        Some("rebuilds") => grow::run(number(1).unwrap_or(300)),
        _ => {
            let asked: Vec<usize> = words.iter().filter_map(|w| w.parse().ok()).collect();
            let usual = if is_test() {
                vec![20]
            } else {
                vec![100, 1_000, 10_000]
            };
            let sizes = if asked.is_empty() { usual } else { asked };
            let tables = sizes.into_iter().map(measure);
            let tables = tables.collect::<Measured<Vec<Table>>>()?;
            print!("{}", table::by_size(&tables));
            grow::run(if is_test() { 10 } else { 300 })
        }
    }
}

/// Measures a size, and prints the table of it.
fn measure(articles: usize) -> Measured<Table> {
    let temp = folder()?;
    write(&newsroom(articles), temp.path())?;
    let rounds = if is_test() || articles > 10_000 { 1 } else { 3 };
    let laps = (0..rounds).map(|_| one(temp.path(), articles));
    let table = Table::new(articles, laps.collect::<Measured<Vec<Vec<Lap>>>>()?);
    print!("{table}");
    Ok(table)
}

/// A round in a process of its own, so that its peak of memory is its own too.
fn one(root: &Path, articles: usize) -> Measured<Vec<Lap>> {
    let ran = Command::new(std::env::current_exe()?)
        .arg("round")
        .arg(root)
        .arg(articles.to_string())
        .args(is_test().then_some("--test").or(Some("--bench")))
        .stderr(Stdio::inherit())
        .output()?;
    if !ran.status.success() {
        return Err(format!("a round of {articles} articles failed").into());
    }
    let told = String::from_utf8(ran.stdout)?;
    told.lines().map(Lap::parse).collect()
}
