//! Whether memory grows while a site is built again and again.

use std::fs;

use crate::round::Builds;
use crate::site::{Measured, folder, megabytes, memory, newsroom, reworded, save, write};

/// How many articles the site has.
const ARTICLES: usize = 60;

/// Builds a small site again so many times with one memo, each time after another word has changed, every tenth time after an article
/// has come or gone, and prints what is resident ten times on the way.
#[allow(clippy::print_stdout, reason = "it prints what it measures")]
pub(crate) fn run(rebuilds: usize) -> Measured<()> {
    let (temp, newsroom) = (folder()?, newsroom(ARTICLES));
    let root = temp.path();
    write(&newsroom, root)?;
    let mut builds = Builds::new(root);
    builds.build("cold build")?;
    println!("\nmemory after rebuilds of {ARTICLES} articles");
    let tell = |made: usize| {
        let resident = memory("self", "VmRSS");
        println!("{made:>6}{:>10}", megabytes(resident));
    };
    tell(0);
    for made in 1..=rebuilds {
        let one_more = newsroom.article(ARTICLES).file();
        match made % 20 {
            0 => fs::remove_file(root.join(&one_more.path))?,
            10 => save(root, &one_more)?,
            _ => {
                let article = newsroom.article(made % ARTICLES).file();
                save(root, &reworded(article, &format!("word{made}")))?;
            }
        }
        builds.build("a change")?;
        if made % rebuilds.div_ceil(10) == 0 || made == 100 || made == rebuilds {
            tell(made);
        }
    }
    Ok(())
}
