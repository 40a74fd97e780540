//! Writes a made-up site of any size, for measuring: the same sizes and seed give the same bytes.
//!
//! ```console
//! $ cargo run --release --example newsroom -- --articles 10000 --entities 300 --topics 30 --events 500 --seed 1 OUT
//! ```

#![allow(clippy::print_stdout, reason = "it is a command")]

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Parser;
use corpus::{Newsroom, Sizes};

/// Writes a made-up site of any size.
#[derive(Parser)]
struct Args {
    /// Articles, of 300 to 900 words each
    #[arg(long, default_value_t = 1000)]
    articles: usize,
    /// People, organisations, places and terms
    #[arg(long, default_value_t = 300)]
    entities: usize,
    /// Topics
    #[arg(long, default_value_t = 30)]
    topics: usize,
    /// Events, each with evidence where there are as many articles
    #[arg(long, default_value_t = 100)]
    events: usize,
    /// What all of it follows from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write; it must not exist, or be empty
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    if args.out.exists() && fs::read_dir(&args.out)?.next().is_some() {
        return Err(format!("{} is not empty", args.out.display()).into());
    }
    let newsroom = Newsroom::new(Sizes {
        articles: args.articles,
        entities: args.entities,
        topics: args.topics,
        events: args.events,
        seed: args.seed,
    });
    let (mut files, mut bytes) = (0, 0);
    for file in newsroom.files() {
        let path = args.out.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        bytes += file.text.len();
        files += 1;
        fs::write(path, file.text)?;
    }
    println!("{files} files of {bytes} bytes in {}", args.out.display());
    Ok(())
}
