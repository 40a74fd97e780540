//! Which file is what, and which id its name gives it.

use super::check;
use super::config::CONFIG_FILE;
use super::nearest::did_you_mean;
use crate::base::{Code, Diagnostic, SitePath};
use crate::model::{EntityType, Id, Kind, Ref};

/// The folder of the articles.
pub const CORPUS: &str = "corpus";

/// The folder of what editors write.
pub const CONTENT: &str = "content";

/// The folder of themes.
pub const THEMES: &str = "themes";

/// The folders of `content/` that are not those of entities.
const FOLDERS: [&str; 5] = ["topics", "events", "measures", "notes", "overrides"];

/// What a text file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// `dateline.toml`.
    Config,
    /// The home page's lead.
    Home,
    /// An article, topic, event, measure or page, by what its name says its id is.
    Item(Kind, String),
    /// An entity.
    Entity(EntityType, String),
    /// Notes on the article whose id the name gives.
    Notes(String),
    /// Overrides.
    Overrides,
    /// A file that has no place where it lies; why, and what might have been meant.
    Stray(String, Option<String>),
    /// Not a text file of the site: at most copied.
    Other,
}

impl Role {
    /// What the file at a path is.
    pub fn of(path: &SitePath) -> Self {
        if path.as_str() == CONFIG_FILE {
            return Self::Config;
        }
        let parts: Vec<&str> = path.as_str().split('/').collect();
        match parts.as_slice() {
            [CONTENT, "_index.md"] => Self::Home,
            [CORPUS | CONTENT, ..] if path.file_name() == "_index.md" => {
                let help =
                    "what tells of a topic or an event is its own file; a folder has no text";
                Self::Stray(
                    "only `content/` itself has an `_index.md`".into(),
                    Some(help.into()),
                )
            }
            [CORPUS | CONTENT, ..] if is_other_markdown(path) => {
                let message = format!("files that end in .{} are not read", ending(path));
                let help = format!("call it `{}.md` if it is Markdown", path.stem());
                Self::Stray(message, Some(help))
            }
            [CORPUS, inner @ ..] if is_markdown(path) => {
                Self::Item(Kind::Article, stem(path, inner))
            }
            [CONTENT, "overrides", ..] => overrides(path),
            [CONTENT, folder, inner @ ..] if known_folder(folder) && !inner.is_empty() => {
                in_folder(path, folder, inner)
            }
            [CONTENT, inner @ ..] if is_markdown(path) => page(path, inner),
            _ => Self::Other,
        }
    }

    /// Whether the file is read as text.
    pub fn is_text(&self) -> bool {
        !matches!(self, Self::Other)
    }
}

/// Whether `content/` has a folder of that name with a meaning of its own.
pub(super) fn known_folder(name: &str) -> bool {
    FOLDERS.contains(&name) || entity_type(name).is_some()
}

fn entity_type(folder: &str) -> Option<EntityType> {
    EntityType::ALL.into_iter().find(|t| t.folder() == folder)
}

fn ending(path: &SitePath) -> String {
    let name = path.file_name();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

fn is_markdown(path: &SitePath) -> bool {
    ending(path) == "md"
}

/// Other endings that Markdown is given, all too easily missed if such a file were ignored in silence.
fn is_other_markdown(path: &SitePath) -> bool {
    matches!(ending(path).as_str(), "markdown" | "mdown" | "mkd" | "mdx")
}

fn is_data(path: &SitePath) -> bool {
    matches!(ending(path).as_str(), "toml" | "yaml" | "yml")
}

/// What the id is made from: the file's stem, or the folder's name for `FOLDER/index.md`.
fn stem(path: &SitePath, inner: &[&str]) -> String {
    match inner {
        [.., folder, "index.md"] => (*folder).to_owned(),
        _ => path.stem().to_owned(),
    }
}

fn in_folder(path: &SitePath, folder: &str, inner: &[&str]) -> Role {
    if !is_markdown(path) {
        return if is_data(path) {
            let help = "write front matter between lines `+++` in a file that ends in .md";
            Role::Stray(
                "this folder is for Markdown files".into(),
                Some(help.into()),
            )
        } else {
            Role::Other
        };
    }
    let stem = stem(path, inner);
    match folder {
        "topics" => Role::Item(Kind::Topic, stem),
        "events" => Role::Item(Kind::Event, stem),
        "measures" => Role::Item(Kind::Measure, stem),
        "notes" => Role::Notes(stem),
        _ => entity_type(folder).map_or(Role::Other, |entity| Role::Entity(entity, stem)),
    }
}

fn overrides(path: &SitePath) -> Role {
    if is_data(path) {
        Role::Overrides
    } else if is_markdown(path) {
        let help = "write overrides as `[[override]]` tables in a file that ends in .toml";
        Role::Stray("this folder is for TOML files".into(), Some(help.into()))
    } else {
        Role::Other
    }
}

/// A file of `content/` outside the folders with a meaning: a page, unless it lies in a folder of its own.
fn page(path: &SitePath, inner: &[&str]) -> Role {
    match inner {
        [_] | [_, "index.md"] => Role::Item(Kind::Page, stem(path, inner)),
        [folder, ..] => {
            let known = FOLDERS.into_iter();
            let known = known.chain(EntityType::ALL.map(EntityType::folder));
            let help = did_you_mean(folder, known).unwrap_or_else(|| {
                format!("pages stand directly in {CONTENT}/; the folders there are topics, events, people, organizations, places, terms, measures, notes and overrides")
            });
            let message = format!("{CONTENT}/ has no folder `{folder}`; the file is left out");
            Role::Stray(message, Some(help))
        }
        [] => Role::Other,
    }
}

/// The id that a file's name gives it.
///
/// # Errors
/// What is wrong with the name.
pub(super) fn id_of(path: &SitePath, stem: &str) -> Result<Id, Box<Diagnostic>> {
    let id = check::id(stem);
    if stem == "index" && path.folder() == CONTENT {
        let message = "the home page's lead is called `_index.md`";
        return Err(Box::new(
            Diagnostic::file(Code::BadId, path, message).help("rename the file to `_index.md`"),
        ));
    }
    if Id::is_valid(id.as_str()) {
        return Ok(id);
    }
    let message = format!(
        "the file's name gives the id ‘{stem}’, but ids are lower-case letters, digits and hyphens, at most 100"
    );
    let mut diagnostic = Diagnostic::file(Code::BadId, path, message);
    diagnostic.help = check::suggest_id(stem).map(|id| format!("call it `{id}`"));
    Err(Box::new(diagnostic))
}

/// The folder whose files belong to a content file: `corpus/2013/voa` for `corpus/2013/voa.md` and for
/// `corpus/2013/voa/index.md`.
pub(super) fn own_folder(path: &SitePath, owner: Option<&Ref>) -> Option<String> {
    let folder = path.folder();
    let own = match owner {
        // The home page owns nothing but what it refers to.
        None => return None,
        Some(owner)
            if path.stem() == "index" && folder.rsplit('/').next() == Some(owner.id.as_str()) =>
        {
            folder.to_owned()
        }
        Some(_) => format!("{folder}/{}", path.stem()),
    };
    let taken = own.strip_prefix("content/").is_some_and(known_folder);
    (!taken).then_some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_role() {
        let item = |kind, stem: &str| Role::Item(kind, stem.to_owned());
        let cases = [
            ("dateline.toml", Role::Config),
            ("corpus/a.md", item(Kind::Article, "a")),
            ("corpus/2013/08/a.md", item(Kind::Article, "a")),
            ("corpus/2013/a/index.md", item(Kind::Article, "a")),
            ("corpus/index.md", item(Kind::Article, "index")),
            ("corpus/a.jpg", Role::Other),
            ("content/_index.md", Role::Home),
            ("content/about.md", item(Kind::Page, "about")),
            ("content/about/index.md", item(Kind::Page, "about")),
            ("content/events/a.md", item(Kind::Event, "a")),
            ("content/events/2013/a.md", item(Kind::Event, "a")),
            (
                "content/people/kim.md",
                Role::Entity(EntityType::Person, "kim".into()),
            ),
            ("content/notes/voa.md", Role::Notes("voa".into())),
            ("content/overrides/a.toml", Role::Overrides),
            ("content/overrides/a.yml", Role::Overrides),
            ("content/map.png", Role::Other),
            ("themes/x/theme.toml", Role::Other),
        ];
        for (path, role) in cases {
            assert_eq!(Role::of(&SitePath::new(path)), role, "{path}");
        }
        for (path, help) in [
            ("content/event/a.md", "did you mean `events`?"),
            ("content/overrides/a.md", ".toml"),
            ("content/events/a.yaml", ".md"),
            ("content/odd/a.md", "pages stand directly"),
            ("content/topics/_index.md", "a folder has no text"),
            ("corpus/a.markdown", "call it `a.md`"),
        ] {
            let Role::Stray(_, Some(told)) = Role::of(&SitePath::new(path)) else {
                panic!("{path}")
            };
            assert!(told.contains(help), "{told}");
        }
    }

    #[test]
    fn bad_names_come_with_a_better_one() {
        let path = SitePath::new("corpus/VOA 2013.md");
        let fault = id_of(&path, path.stem()).unwrap_err();
        assert_eq!(fault.code, Code::BadId);
        assert_eq!(fault.help.as_deref(), Some("call it `voa-2013`"));
        let path = SitePath::new("content/index.md");
        assert!(id_of(&path, "index").is_err());
        let long = "a".repeat(101);
        assert!(id_of(&SitePath::new(format!("corpus/{long}.md")), &long).is_err());
    }

    #[test]
    fn folders_with_a_meaning_belong_to_no_page() {
        let page = |id: &str| Ref::new(Kind::Page, &Id::new(id));
        let own = |path: &str, id: &str| own_folder(&SitePath::new(path), Some(&page(id)));
        assert_eq!(
            own("content/about.md", "about"),
            Some("content/about".into())
        );
        assert_eq!(
            own("content/about/index.md", "about"),
            Some("content/about".into())
        );
        assert_eq!(own("content/events.md", "events"), None);
        assert_eq!(own_folder(&SitePath::new("content/_index.md"), None), None);
    }
}
