//! From files to the site, the theme, and the interface's words.

use std::sync::Arc;

use super::BuildRequest;
use super::memo::Memo;
use crate::annotate::protect::Protection;
use crate::base::{Diagnostic, Outcome, Spanned};
use crate::model::{Site, ThemeFiles};
use crate::read::scan::Scanned;
use crate::read::{assemble, parse_file};
use crate::render::strings::Strings;
use crate::render::theme::Theme;
use crate::render::view::Material;

/// A site with what its pages are made with.
#[derive(Debug)]
pub(super) struct Loaded {
    /// What editors wrote, without the names of protected people.
    pub(super) site: Arc<Site>,
    /// The interface's words.
    pub(super) strings: Arc<Strings>,
    /// The theme, if there is one that can be used.
    pub(super) theme: Arc<Option<Theme>>,
    /// Whose names may stand nowhere.
    pub(super) protection: Option<Protection>,
}

/// What the interface's words are made from.
#[derive(Debug, PartialEq)]
pub(super) struct ToSay {
    files: ThemeFiles,
    language: String,
}

/// What a theme is made from.
#[derive(Debug, PartialEq)]
pub(super) struct ToDress {
    files: ThemeFiles,
    options: Vec<(Spanned<String>, Spanned<serde_json::Value>)>,
    strings: Arc<Strings>,
}

/// Loads what was scanned. There is no site without `dateline.toml`.
pub(super) fn load(
    memo: &mut Memo,
    scanned: &Scanned,
    request: &BuildRequest,
) -> Outcome<Option<Loaded>> {
    let mut faults = Vec::new();
    let value = site(memo, scanned, request.drafts)
        .into_value(&mut faults)
        .map(|mut site| {
            if let Some(base_url) = &request.base_url {
                site.config.base_url = Some(base_url.clone());
            }
            let strings = strings(memo, scanned, &site, &mut faults);
            let protection = Protection::of(&site, strings.get("entity.protected"));
            if let Some(protection) = &protection {
                protection.apply(&mut site);
            }
            if let Some(before) = &memo.material {
                share(&mut site, before);
            }
            Loaded {
                theme: theme(memo, scanned, &site, &strings, &mut faults),
                site: Arc::new(site),
                strings,
                protection,
            }
        });
    Outcome {
        value,
        diagnostics: faults,
    }
}

/// Makes a site of what was scanned, with or without drafts.
pub(super) fn site(memo: &mut Memo, scanned: &Scanned, drafts: bool) -> Outcome<Option<Site>> {
    let sources = scanned.sources.0.values();
    let sources = sources.map(|source| (source.path.clone(), source.clone()));
    let parsed = memo
        .parsed
        .renew(&(), sources.collect(), |(), source| parse_file(source));
    let mut faults: Vec<Diagnostic> = Vec::new();
    for (_, outcome) in &parsed {
        faults.extend_from_slice(&outcome.diagnostics);
    }
    let files: Vec<_> = parsed.iter().map(|(_, outcome)| &outcome.value).collect();
    let value = assemble(&files, scanned, drafts).into_value(&mut faults);
    faults.sort_by(Diagnostic::order);
    Outcome {
        value,
        diagnostics: faults,
    }
}

fn strings(
    memo: &mut Memo,
    scanned: &Scanned,
    site: &Site,
    faults: &mut Vec<Diagnostic>,
) -> Arc<Strings> {
    let from = ToSay {
        files: scanned.theme.clone(),
        language: site.config.language.clone(),
    };
    let made = memo.strings.renew(from, |from| {
        let Outcome { value, diagnostics } = Strings::load(&from.files, &from.language);
        Outcome {
            value: Arc::new(value),
            diagnostics,
        }
    });
    faults.extend_from_slice(&made.diagnostics);
    Arc::clone(&made.value)
}

fn theme(
    memo: &mut Memo,
    scanned: &Scanned,
    site: &Site,
    strings: &Arc<Strings>,
    faults: &mut Vec<Diagnostic>,
) -> Arc<Option<Theme>> {
    let from = ToDress {
        files: scanned.theme.clone(),
        options: site.config.theme_options.clone(),
        strings: Arc::clone(strings),
    };
    let made = memo.theme.renew(from, |from| {
        // That there is no such theme has been told where its name is written.
        if from.files.files.is_empty() {
            return Outcome::clean(Arc::new(None));
        }
        let Outcome { value, diagnostics } = Theme::load(&from.files, &from.options, &from.strings);
        Outcome {
            value: Arc::new(value),
            diagnostics,
        }
    });
    faults.extend_from_slice(&made.diagnostics);
    Arc::clone(&made.value)
}

/// Lets articles that are as they were be the very ones of the last build, so that it takes no time to see that they are the same.
fn share(site: &mut Site, before: &Material) {
    for (id, article) in &mut site.articles {
        if let Some(old) = before.site.articles.get(id)
            && old == article
        {
            *article = Arc::clone(old);
        }
    }
}
