//! What can be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "\
Exit codes:
  0   the site was built
  1   the content has errors; the last good site stays as it was
  2   the command line is wrong
  70  Dateline itself failed; please report it
  74  a file or folder could not be read or written";

const ANNOTATE_CODES: &str = "\
Exit codes:
  0   everything was read
  1   a text is not UTF-8, a line of JSON is not usable, or the content of the site has errors
  2   the command line is wrong
  70  Dateline itself failed; please report it
  74  a file or folder could not be read";

const WATCH_CODES: &str = "\
Exit codes:
  0   it was ended with Ctrl-C; faults in the content do not end it
  2   the command line is wrong
  70  Dateline itself failed; please report it
  74  a file or folder could not be read or written, or the port is taken";

const CHECK_CODES: &str = "\
Exit codes:
  0   all is well, warnings aside
  1   the content has errors, such as a lost note; with --strict also where it has warnings
  2   the command line is wrong
  70  Dateline itself failed; please report it
  74  a file or folder could not be read";

const SUGGEST_CODES: &str = "\
Exit codes:
  0   the suggestions were printed or written
  1   the content has errors
  2   the command line is wrong
  70  Dateline itself failed; please report it
  74  a file or folder could not be read or written";

/// A static site generator for annotated briefings
///
/// Dateline turns a folder of news articles (`corpus/`), and what an editor writes about them (`content/`), into a static
/// site in `public/` in which every statement leads to the sentence it rests on.
#[derive(Debug, Parser)]
#[command(version, styles = STYLES, after_long_help = EXIT_CODES, propagate_version = true)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Colours in what is printed
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    pub color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site
    ///
    /// Reads the site's sources, reports every fault in them at once, and writes the files that changed to `public/`. With an
    /// error among the faults nothing is written, and the last good site stays as it was.
    #[command(after_long_help = EXIT_CODES)]
    Build(BuildArgs),

    /// Build the site, show it in the browser, and keep both up to date
    ///
    /// Builds the site, serves it on this machine under the path of its base URL, and builds it again whenever one of its
    /// sources changes. Open pages show the change at once, and faults with the place where they are; the last good site
    /// stays until they are mended. Ends with Ctrl-C.
    #[command(visible_alias = "serve", after_long_help = WATCH_CODES)]
    Watch(WatchArgs),

    /// Check the site without writing it
    ///
    /// Reads and annotates the whole site as a build does, reports every fault, and shows where the words that notes, evidence,
    /// values, citations and overrides quote have changed: as the editor has them and as the article does now. For articles without
    /// a date of publication it tells what their text says of it. Nothing is written.
    #[command(after_long_help = CHECK_CODES)]
    Check(CheckArgs),

    /// Print what is found in texts, without a site
    ///
    /// Reads Markdown or plain text from files, or from standard input, and prints the sentences, time expressions, names,
    /// figures and quotations in it. Places are counted in Unicode code points of the text that is printed with them: of plain text that is the
    /// input as it stands, of Markdown the words without the markup. The front matter of Markdown is not part of it, and
    /// may say `published`, `title` and `language`.
    #[command(after_long_help = ANNOTATE_CODES)]
    Annotate(AnnotateArgs),

    /// Draft files that the site may want
    ///
    /// Reads the site's articles and drafts files for what they tell of and its content does not have. Nothing is written
    /// unless `--write` says so, and never over a file that is there.
    #[command(subcommand, after_long_help = SUGGEST_CODES)]
    Suggest(SuggestCommand),
}

/// What can be suggested.
#[derive(Debug, Clone, Subcommand)]
pub enum SuggestCommand {
    /// Events: sentences with a day or month, an act and participants, grouped across articles
    ///
    /// Each draft is a file for `content/events/`, with date, status, participants, place, phrases and evidence filled in;
    /// remarks in it say what each sentence was found by. Sentences that tell of an event which has a file are left out.
    #[command(after_long_help = SUGGEST_CODES)]
    Events(SuggestArgs),

    /// People, organisations and places that articles name and no file lists
    ///
    /// Lists each name with its type, how certain that is, and sentences; `--write` and `--format json` give the files.
    #[command(after_long_help = SUGGEST_CODES)]
    Entities(SuggestArgs),
}

/// Options of `dateline suggest`.
#[derive(Debug, Clone, Args)]
pub struct SuggestArgs {
    /// The site's folder [default: the nearest one upward with a dateline.toml]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// The most suggestions, best first [default: all]
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// How to print them
    #[arg(long, short, value_name = "FORM", value_enum, default_value_t)]
    pub format: Suggested,

    /// Write the files that are not there yet
    #[arg(long, conflicts_with = "format")]
    pub write: bool,
}

/// How suggestions are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Suggested {
    /// For people
    #[default]
    Text,
    /// A JSON list of objects, each with the path and text of its file
    Json,
}

/// Options of `dateline annotate`.
#[derive(Debug, Clone, Args)]
pub struct AnnotateArgs {
    /// What to read; `-` is standard input [default: standard input]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// What the input is
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub input: Input,

    /// The same as `--input plain`
    #[arg(long, conflicts_with = "input")]
    pub plain: bool,

    /// How to print it
    #[arg(long, short, value_name = "FORM", value_enum, default_value_t)]
    pub format: Output,

    /// The day the texts were published, from which ‘last month’ is counted, instead of what they say themselves
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,

    /// Take names from the gazetteer of the site in this folder
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// Add the names of people, organisations and places that no gazetteer lists
    #[arg(long)]
    pub unlisted: bool,

    /// How many threads to work with [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// What texts are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// Markdown, with or without front matter
    #[default]
    Markdown,
    /// Plain text
    Plain,
    /// A JSON object on each line: plain `text`, and if known `id`, `published` (or `dct`) and `title`
    Jsonl,
}

/// How readings are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// The text with marks and a legend, for people
    #[default]
    Text,
    /// A JSON object, or a list of them where several texts are read
    Json,
    /// A JSON object on each line, one for each text
    Jsonl,
    /// Web annotations (W3C, JSON-LD): a page of them, or a list of pages where several texts are read
    Jsonld,
}

/// Options of `dateline build`.
#[derive(Debug, Clone, Args)]
pub struct BuildArgs {
    /// The site's folder [default: the nearest one upward with a dateline.toml]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// Where the site is written to [default: `public` in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Include drafts
    #[arg(long)]
    pub drafts: bool,

    /// Where the site will stand, instead of `base_url` in dateline.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,

    /// Tell for each file why it was written
    #[arg(long)]
    pub explain: bool,

    /// Tell how long each phase took
    #[arg(long)]
    pub timings: bool,

    /// How faults in the content are reported
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub diagnostics: Form,

    /// Treat warnings as errors
    #[arg(long, visible_alias = "warnings-as-errors")]
    pub strict: bool,

    /// Report every fault, however many of a kind there are
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,

    /// Print faults and nothing else
    #[arg(long, short)]
    pub quiet: bool,

    /// How many threads to work with [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// Options of `dateline watch`.
#[derive(Debug, Clone, Args)]
pub struct WatchArgs {
    /// How to build
    #[command(flatten)]
    pub build: BuildArgs,

    /// The port to serve on; 0 is any that is free [default: 4114, or the next that is free]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,

    /// The address to serve on. With any but the loopback address, whoever can reach this machine can read the site
    /// [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,

    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,

    /// Look for changes a few times a second, for folders of which the system reports none, such as those of a network
    #[arg(long)]
    pub poll: bool,
}

/// Options of `dateline check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// The site's folder [default: the nearest one upward with a dateline.toml]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// Include drafts
    #[arg(long)]
    pub drafts: bool,

    /// How findings are reported
    #[arg(
        long,
        short,
        visible_alias = "diagnostics",
        value_name = "FORM",
        value_enum,
        default_value_t
    )]
    pub format: Form,

    /// Treat warnings as errors
    #[arg(long, visible_alias = "warnings-as-errors")]
    pub strict: bool,

    /// Report every fault, however many of a kind there are
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,

    /// Print faults and nothing else
    #[arg(long, short)]
    pub quiet: bool,

    /// How many threads to work with [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On terminals that have them, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// With the lines they are about, for people
    #[default]
    Human,
    /// A JSON object on each line, for programs
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

/// A day of the calendar.
fn day(text: &str) -> Result<Date, String> {
    let example = "a date is written like 2014-02-25";
    text.parse().map_err(|_| example.to_owned())
}

/// A web address, with a slash at its end.
fn base_url(text: &str) -> Result<String, String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .ok_or("it has to begin with https:// or http://")?;
    if rest.is_empty() || rest.starts_with('/') {
        return Err("it has no host name".into());
    }
    if rest.contains(['?', '#', '"', '<', '>', '\\']) || rest.contains(char::is_whitespace) {
        return Err("it may have a path and nothing after it".into());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn both_names_for_strict() {
        for name in ["--strict", "--warnings-as-errors"] {
            let cli = Cli::try_parse_from(["dateline", "build", name]).unwrap();
            let Some(Command::Build(args)) = cli.command else {
                panic!("no build")
            };
            assert!(args.strict, "{name}");
        }
    }

    #[test]
    fn base_urls_end_in_a_slash() {
        assert_eq!(
            base_url("https://a.example").as_deref(),
            Ok("https://a.example/")
        );
        assert_eq!(
            base_url("http://a.example/b/").as_deref(),
            Ok("http://a.example/b/")
        );
        for bad in [
            "a.example",
            "ftp://a",
            "https://",
            "https:///x",
            "https://a/?x",
            "https://a b",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }
}
