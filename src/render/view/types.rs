//! What templates see. A template's only input is one of the page views here, the site view and the theme's strings,
//! so that a page changes exactly when its view does.
//!
//! Links are relative to the page that carries them. Texts are plain (templates escape them) unless a field's name
//! ends in `html`; those were made by the weaver, the chart writer or the highlighter, and are safe as they are.

use serde::Serialize;

/// What every page shows of the site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// The line under the name on the home page.
    pub strap: Option<String>,
    /// For search engines.
    pub description: Option<String>,
    /// BCP 47 tag of the interface.
    pub language: String,
    /// Who answers for the site.
    pub publisher: String,
    /// A sentence for the foot of every page.
    pub about: Option<String>,
    /// The rights statement for the foot of every page.
    pub statement: Option<String>,
    /// Where the site stands, ending in `/`, if that is known.
    pub base_url: Option<String>,
    /// Which kinds of thing there are; sections without any are left out of the navigation. Not how many: every page would change with
    /// each article.
    pub has: Has,
    /// Whether there is a page on the files of data.
    pub data: bool,
    /// Whether there is a page of gaps.
    pub has_gaps: bool,
    /// The theme's options, each with the site's value or the theme's default.
    pub options: serde_json::Value,
    /// The site's own `extra`.
    pub extra: serde_json::Value,
}

/// Which kinds of thing a site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Has {
    /// Articles.
    pub articles: bool,
    /// Topics.
    pub topics: bool,
    /// Events.
    pub events: bool,
    /// People.
    pub people: bool,
    /// Organisations.
    pub organizations: bool,
    /// Places.
    pub places: bool,
    /// Terms.
    pub terms: bool,
    /// Measures.
    pub measures: bool,
    /// Groups of terms that are used for the same.
    pub words: bool,
}

/// How many things there are of each kind.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Topics.
    pub topics: usize,
    /// Events.
    pub events: usize,
    /// People.
    pub people: usize,
    /// Organisations.
    pub organizations: usize,
    /// Places.
    pub places: usize,
    /// Terms.
    pub terms: usize,
    /// Measures.
    pub measures: usize,
    /// Groups of terms that are used for the same.
    pub words: usize,
}

/// What every page has, under the name `page`.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// `home`, `article`, `articles`, `event`, `events`, `topic`, `topics`, `entity`, `entities`, `measure`,
    /// `measures`, `words`, `timeline`, `gaps`, `search`, `plain`, `notfound`: the template's name and the class of `body`.
    pub kind: &'static str,
    /// The page's own title, without the site's.
    pub title: String,
    /// For search engines; at most about 160 characters.
    pub description: Option<String>,
    /// BCP 47 tag of the page's text.
    pub language: String,
    /// From this page to the site's root: empty, `../`, `../../`; absolute on the page for what is not found.
    pub root: String,
    /// A link to the home page from here: `root`, or `./` where that is empty.
    pub home: String,
    /// The address below the root: `articles/x/`.
    pub path: String,
    /// The absolute address, where the base URL is known.
    pub canonical: Option<String>,
    /// The part of the navigation that it belongs to: `home`, `topics`, `timeline`, `search`, or a plain page's id.
    pub section: String,
    /// Plain pages in the navigation and foot, with addresses from here.
    pub menu: Vec<MenuItem>,
    /// Feeds to announce.
    pub feeds: Vec<Link>,
    /// Kept out of search engines.
    pub noindex: bool,
    /// schema.org JSON-LD, serialised so that it can stand in a `script` element.
    pub jsonld: Option<String>,
    /// `citation_*` and Open Graph metadata: name and content.
    pub meta: Vec<(String, String)>,
    /// Which pages refer to what this one is about.
    pub backlinks: Vec<BacklinkView>,
}

/// A page that refers to what another is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BacklinkView {
    /// The page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// What it is, in words: `Topic`, `Note on`.
    pub kind: String,
    /// The sentences that refer to it.
    pub sentences: Vec<ReferringSentence>,
}

/// A sentence with a link in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferringSentence {
    /// What stands before the link.
    pub before: String,
    /// The words of the link; may be empty.
    pub words: String,
    /// What stands after it.
    pub after: String,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// The words.
    pub text: String,
}

/// A plain page in the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct MenuItem {
    /// Where to.
    pub href: String,
    /// The words.
    pub text: String,
    /// Whether this is the page itself.
    pub current: bool,
}

/// A name in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameView {
    /// BCP 47.
    pub lang: String,
    /// The name.
    pub text: String,
}

/// A date in words and in EDTF or ISO 8601.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// For the `datetime` attribute; none where HTML has no notation for it (intervals, seasons).
    pub datetime: Option<String>,
    /// In words: `14 August 2013`, `Late 2010`.
    pub text: String,
    /// With the weekday, where a day is known: `Wednesday 14 August 2013`.
    pub long: String,
    /// `day`, `month` or `year`: how finely it is known, as the class of a mark.
    pub precision: &'static str,
    /// Worked out or supplied, not stated.
    pub worked: bool,
    /// How it was found: `from “last month”`.
    pub note: Option<String>,
}

/// A label that leads to the sentence on which a statement rests: **VOA** ¶3.1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The outlet's short name.
    pub source: String,
    /// Paragraph and sentence, `¶3.1`; empty for the article as a whole.
    pub place: String,
    /// The sentence, or the article where its text is not published.
    pub href: String,
}

/// One printed reason of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView {
    /// The kind of reason in words: `Same place`.
    pub kind: String,
    /// The other thing that it speaks of, where that is not plain from where it stands.
    pub about: Option<Link>,
    /// The rest: `four months earlier; shares Kaesong`. May be empty.
    pub text: String,
    /// The sentences behind it.
    pub traces: Vec<Trace>,
}

/// A topic as named on other pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicTag {
    /// Its page.
    pub href: String,
    /// Its title.
    pub text: String,
    /// Its number on the site, from 1: `data-t` of the timeline's filter.
    pub index: usize,
    /// This page's place in it, from 1, if it has one.
    pub position: Option<usize>,
    /// How many there are.
    pub of: usize,
}

/// An event in a list, on a chain or a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct EventItem {
    /// Fragment id on pages that list it: `e-` and the event's id.
    pub id: String,
    /// When.
    pub date: DateView,
    /// How far from the event or article of the page: `four months earlier`; none in plain lists.
    pub apart: Option<String>,
    /// What happened.
    pub title: String,
    /// Its page; none on its own page.
    pub href: Option<String>,
    /// A sentence.
    pub summary: Option<String>,
    /// `planned`, `held`, `cancelled`, `postponed`, `reported`.
    pub status: &'static str,
    /// The status in words where it is not simply held: `planned`, `planned; not confirmed in our sources`.
    pub status_text: Option<String>,
    /// Why it is linked here.
    pub reasons: Vec<ReasonView>,
    /// The sentences that tell of it.
    pub traces: Vec<Trace>,
    /// Its topics.
    pub topics: Vec<TopicTag>,
    /// The event or article of this page itself, standing in the chain.
    pub here: bool,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleItem {
    /// Its page.
    pub href: String,
    /// The headline on our page.
    pub title: String,
    /// BCP 47 tag of the title.
    pub language: String,
    /// Its summary.
    pub summary: Option<String>,
    /// The publisher.
    pub outlet: Option<String>,
    /// Day of publication.
    pub date: DateView,
    /// Bylines and the source's own headline, in one line.
    pub source: String,
    /// Why it is in this list.
    pub reasons: Vec<ReasonView>,
}

/// An entity in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EntityItem {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// `person`, `org`, `place`, `term`: the class of its mark.
    pub class: &'static str,
    /// Its type in words.
    pub kind: String,
    /// Names in other languages.
    pub names: Vec<NameView>,
    /// Role, kind or description, short.
    pub what: Option<String>,
    /// In how many articles it is named.
    pub articles: usize,
    /// How often it is named.
    pub mentions: usize,
}

/// A block of woven text with what stands in the margin beside it.
#[derive(Debug, Clone, Serialize)]
pub struct BlockView {
    /// The block, woven: one element such as `p`, `h2`, `ul`, `figure`.
    pub html: String,
    /// What stands beside it, if anything.
    pub margin: Option<MarginView>,
}

/// The margin beside a block.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MarginView {
    /// How many rows of the grid it may take, 1 to 3.
    pub rows: usize,
    /// Dates and figures of the block, one line each.
    pub glosses: Vec<Gloss>,
    /// Notes.
    pub notes: Vec<NoteView>,
    /// The sentences that the block is traced to, on topics and pages.
    pub traces: Vec<Trace>,
}

/// A date or figure written out in the margin.
#[derive(Debug, Clone, Serialize)]
pub struct Gloss {
    /// `date` or `fig`.
    pub class: &'static str,
    /// Ties it to the mark in the text: 1 to 3.
    pub k: usize,
    /// The words of the text.
    pub words: String,
    /// What they mean; empty where there is only a remark to be made.
    pub value: String,
    /// A remark: `probable`, `one source`.
    pub remark: Option<String>,
}

/// A note in the margin.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    /// Its number, from 1.
    pub n: usize,
    /// Its title; the first words where the editor gave none.
    pub title: String,
    /// Its text, as HTML.
    pub html: String,
    /// Fragment id of its text: `n1`.
    pub id: String,
    /// Back to its number in the text: `#r1`; none where the text is not published.
    pub back: Option<String>,
    /// Who wrote it, and when.
    pub by: Option<String>,
    /// Where the anchor's words have changed since, in words.
    pub verdict: Option<String>,
}

/// A card: what opens from a mark in the text.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Fragment id: `x-` and an entity's id, `d-1`, `f-1`, `q-1`.
    pub id: String,
    /// `person`, `org`, `place`, `term`, `date`, `fig`, `quote`.
    pub class: &'static str,
    /// The first line: what it is.
    pub kind: String,
    /// The name or value.
    pub name: String,
    /// Names in other languages.
    pub names: Vec<NameView>,
    /// One or two sentences.
    pub paragraphs: Vec<String>,
    /// `automatic` or `reviewed`, in words; none where it does not apply.
    pub state: Option<String>,
    /// Whether it was reviewed: the card's line is then solid and not dotted.
    pub reviewed: bool,
    /// At most one link.
    pub link: Option<Link>,
    /// Back to the text: `#p3`.
    pub back: String,
}

/// One of the layers that an article's reader can switch.
#[derive(Debug, Clone, Serialize)]
pub struct LayerView {
    /// `person`, `org`, `place`, `term`, `date`, `fig`, `quote`, `note`: the checkbox is `ly-` and this.
    pub class: &'static str,
    /// How many annotations it has.
    pub count: usize,
}

/// Previous and next in a topic, or in several where these are the same.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// The topic, or a list of them.
    pub topic: String,
    /// The earlier one.
    pub previous: Option<Link>,
    /// The later one.
    pub next: Option<Link>,
}

/// A line of a record: label and what is known.
#[derive(Debug, Clone, Serialize)]
pub struct RecordLine {
    /// The label, in words.
    pub label: String,
    /// What is known; empty when it is not.
    pub parts: Vec<TextPart>,
    /// What to say in italics when it is not known or not borne out: `Not stated.`
    pub gap: Option<String>,
    /// The sentences behind it.
    pub traces: Vec<Trace>,
    /// A remark in small print.
    pub small: Option<String>,
    /// A link to a disagreement about it.
    pub warn: Option<Link>,
}

/// Words, with a link or without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextPart {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: Option<String>,
}

/// Sources that differ on something, or seem to.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeView {
    /// Fragment id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// `` (they disagree), `ok` (the values add up or count different things), `est` (estimates only): a class.
    pub class: &'static str,
    /// The values, in order of publication.
    pub values: Vec<ValueView>,
    /// The verdict's first words: `Not resolved.`
    pub verdict: String,
    /// The rest of it.
    pub text: Option<String>,
    /// Its measure's page; none there.
    pub href: Option<String>,
}

/// A value of a measure as one source gives it.
#[derive(Debug, Clone, Serialize)]
pub struct ValueView {
    /// The value in figures, with its hedge: `about 53,000`; or the source's words.
    pub value: String,
    /// Set in words and not in large figures.
    pub words: bool,
    /// What exactly is counted.
    pub counts: Option<String>,
    /// Who says so.
    pub speaker: Option<TextPart>,
    /// When it holds.
    pub as_of: Option<String>,
    /// The outlet and the day of its report.
    pub outlet: String,
    /// Day of publication.
    pub date: DateView,
    /// The sentence, as plain text.
    pub sentence: String,
    /// The sentence.
    pub trace: Trace,
    /// How it is known when it holds.
    pub as_of_note: Option<String>,
    /// Why it is a value of the measure.
    pub why: String,
    /// Whether it was found automatically or checked by an editor, in words.
    pub state: String,
    /// Checked by an editor.
    pub reviewed: bool,
    /// Whether it contradicts another.
    pub disputed: bool,
    /// Where it only repeats another report, in words.
    pub repeats: Option<String>,
}

/// A chart with its title and description; the same values always follow as a list or table.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// What stands above it.
    pub caption: String,
    /// The `svg` element.
    pub svg_html: String,
    /// The marks that it uses, for the key: of `day`, `month`, `year`, `worked`, or of `number`, `about`, `range`, `open`,
    /// `disputed`, or of `mentions`, `events`.
    pub marks: Vec<&'static str>,
}

/// An entry of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TocItem {
    /// Fragment id.
    pub id: String,
    /// The heading.
    pub text: String,
}

/// Pages of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct PaginationView {
    /// Which page this is, where pages are counted.
    pub here: Option<String>,
    /// The one before.
    pub previous: Option<Link>,
    /// The one after.
    pub next: Option<Link>,
}

/// A part of a long list that has a page of its own.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfView {
    /// Where it is.
    pub href: String,
    /// What it is.
    pub text: String,
    /// How many entries it has.
    pub count: usize,
}

/// A heading with the items below it: a year of the timeline, a letter of an index.
#[derive(Debug, Clone, Serialize)]
pub struct Group<T> {
    /// Fragment id.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The items.
    pub items: Vec<T>,
}

/// The home page. Template `home.html`.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The lead, if the site has one.
    pub lead: Option<HomeLead>,
    /// The topics.
    pub topics: Vec<TopicCard>,
    /// Where sources disagree.
    pub disputes: Vec<DisputeView>,
    /// The latest articles.
    pub articles: Vec<ArticleItem>,
    /// The latest events, latest first.
    pub events: Vec<EventItem>,
    /// The years that all events span: `2002`, `2014`.
    pub years: Option<(String, String)>,
    /// How many articles there are.
    pub all_articles: usize,
    /// How many events there are.
    pub all_events: usize,
}

/// The lead of the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeLead {
    /// Headline.
    pub title: String,
    /// The report that it leads with.
    pub article: Option<ArticleItem>,
    /// That report's topics.
    pub topics: Vec<TopicTag>,
    /// Standfirst.
    pub lead: Option<String>,
    /// The text.
    pub blocks: Vec<BlockView>,
}

/// A topic on the home page and the list of topics.
#[derive(Debug, Clone, Serialize)]
pub struct TopicCard {
    /// Fragment id: `topic-` and the topic's id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its name in other languages.
    pub names: Vec<NameView>,
    /// A strip of its events, as an `svg` element; none without events.
    pub spark_html: Option<String>,
    /// Its summary or standfirst.
    pub text: Option<String>,
    /// How many reports.
    pub articles: usize,
    /// How many events.
    pub events: usize,
    /// First and last year of its events.
    pub years: Option<(String, String)>,
}

/// An article's page. Template `article.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleView {
    /// The headline.
    pub title: String,
    /// Its topics.
    pub topics: Vec<TopicTag>,
    /// Standfirst.
    pub lead: Option<String>,
    /// Everything about where it comes from.
    pub source: SourceView,
    /// The text is our own summary.
    pub digest: bool,
    /// `full`, `excerpt` or `metadata`.
    pub rights: &'static str,
    /// The layers that have annotations here.
    pub layers: Vec<LayerView>,
    /// The text; empty where it may not be published.
    pub blocks: Vec<BlockView>,
    /// The footnotes, as HTML; none without.
    pub footnotes_html: Option<String>,
    /// Quotations from a text that is published as an excerpt.
    pub excerpts: Vec<String>,
    /// Whether there are notes.
    pub has_notes: bool,
    /// Cards of what is marked.
    pub cards: Vec<CardView>,
    /// Events that it tells of and events related to those, in order of time; `here` stands for the article.
    pub events: Vec<EventItem>,
    /// Related articles, best first.
    pub related: Vec<ArticleItem>,
    /// Citation of the report.
    pub cite_report: String,
    /// Citation of this page.
    pub cite_page: String,
    /// Previous and next in each topic.
    pub pagers: Vec<PagerView>,
    /// The article's own `extra`.
    pub extra: serde_json::Value,
}

/// Where an article comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// The publisher.
    pub outlet: Option<TextPart>,
    /// Bylines, joined in words.
    pub authors: Option<String>,
    /// Wire service.
    pub agency: Option<String>,
    /// Day of publication.
    pub date: DateView,
    /// `stated`, `inferred` or `supplied`.
    pub date_basis: &'static str,
    /// The same in words, where it is not stated.
    pub date_basis_text: Option<String>,
    /// The place at the head of the dispatch.
    pub dateline: Option<String>,
    /// The source's own headline.
    pub original_title: Option<String>,
    /// The original.
    pub url: Option<String>,
    /// A copy of it.
    pub archived_url: Option<String>,
    /// When it was read.
    pub accessed: Option<DateView>,
    /// Reports that it relies on.
    pub based_on: Vec<TextPart>,
    /// Rights notice of the source.
    pub copyright: Option<String>,
    /// Number of paragraphs.
    pub paragraphs: usize,
    /// Number of words.
    pub words: usize,
    /// What of it is published, in words.
    pub rights_text: String,
}

/// An event's page. Template `event.html`.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// What happened.
    pub title: String,
    /// Its topics, with its place among their events.
    pub topics: Vec<TopicTag>,
    /// Standfirst.
    pub lead: Option<String>,
    /// When.
    pub date: DateView,
    /// How finely and how it is known, in words.
    pub precision: String,
    /// `planned` and so on.
    pub status: &'static str,
    /// In words, where not simply held.
    pub status_text: Option<String>,
    /// What it rests on: `2 reports: 3 sentences`.
    pub rests_on: String,
    /// The record.
    pub record: Vec<RecordLine>,
    /// Background.
    pub blocks: Vec<BlockView>,
    /// Footnotes of it.
    pub footnotes_html: Option<String>,
    /// What was said, in order of publication.
    pub statements: Vec<StatementView>,
    /// Where sources differ.
    pub disputes: Vec<DisputeView>,
    /// Events before and after, with this one in its place.
    pub chain: Vec<EventItem>,
    /// Its parts.
    pub parts: Vec<EventItem>,
    /// The reports that tell of it, in order of publication.
    pub sources: Vec<ArticleItem>,
    /// What we cannot say.
    pub gaps: Vec<String>,
    /// Citation of this page.
    pub cite_page: String,
    /// Previous and next in each topic.
    pub pagers: Vec<PagerView>,
    /// The event's own `extra`.
    pub extra: serde_json::Value,
}

/// One statement about an event.
#[derive(Debug, Clone, Serialize)]
pub struct StatementView {
    /// Fragment id: `st1`.
    pub id: String,
    /// The sentence, as HTML without links; none where the article's text is not published.
    pub html: Option<String>,
    /// Its place.
    pub trace: Trace,
    /// Outlet and day of publication.
    pub outlet: String,
    /// Day of publication.
    pub date: DateView,
    /// The status as this source has it, in words.
    pub status_text: Option<String>,
    /// Who says it, where the sentence is something said.
    pub speaker: Option<TextPart>,
    /// The report relies on others, or tells it as what others say.
    pub second_hand: Option<String>,
    /// The editor's remark.
    pub note: Option<String>,
    /// Found by rule alone.
    pub automatic: bool,
    /// Why it counts: `chosen by the editor`, or the parts of its score in words.
    pub why: String,
}

/// A topic's page. Template `topic.html`.
#[derive(Debug, Clone, Serialize)]
pub struct TopicView {
    /// Its title.
    pub title: String,
    /// Its name in other languages.
    pub names: Vec<NameView>,
    /// Standfirst.
    pub lead: Option<String>,
    /// First and last year of its events.
    pub years: Option<(String, String)>,
    /// Day of the latest report: what is known is known up to it.
    pub known_to: Option<DateView>,
    /// The state of play.
    pub blocks: Vec<BlockView>,
    /// Footnotes of it.
    pub footnotes_html: Option<String>,
    /// Key facts.
    pub facts: Vec<RecordLine>,
    /// The timeline's chart.
    pub chart: Option<ChartView>,
    /// Its events, in order of time.
    pub events: Vec<EventItem>,
    /// Its reports, latest first, with the reasons of membership.
    pub articles: Vec<ArticleItem>,
    /// Events that editors have linked, in chains; reasons say with which of those before.
    pub chains: Vec<Group<EventItem>>,
    /// Who took part in its events or speaks in its reports, most named first.
    pub actors: Vec<ActorView>,
    /// People, organisations, places and terms that are merely named in it, most named first; groups without any are left out.
    pub named: Vec<Group<EntityItem>>,
    /// Its measures.
    pub measures: Vec<MeasureItem>,
    /// Where its sources differ.
    pub disputes: Vec<DisputeView>,
    /// Who uses which word in its reports.
    pub words: Vec<WordsView>,
    /// What we cannot say.
    pub gaps: Vec<String>,
    /// What is missing, or rests on little; each kind with one group at most.
    pub missing: Vec<GapKindView>,
    /// The page of all gaps, where this one does not list all.
    pub all_gaps: Option<String>,
    /// The topic's feed.
    pub feed: Option<String>,
    /// The topic's own `extra`.
    pub extra: serde_json::Value,
}

/// Somebody who took part in a topic's events or speaks in its reports.
#[derive(Debug, Clone, Serialize)]
pub struct ActorView {
    /// Who.
    pub entity: EntityItem,
    /// The latest events that it took part in, in order of time.
    pub parts: Vec<PartView>,
    /// Where it speaks in the latest of the topic's reports.
    pub said: Vec<Trace>,
}

/// A part in an event.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// When.
    pub date: DateView,
    /// The event.
    pub event: Link,
    /// As what: `host`, `the place of it`.
    pub role: Option<String>,
}

/// Gaps of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct GapKindView {
    /// Fragment id.
    pub id: String,
    /// The kind in words.
    pub title: String,
    /// Why that is a gap.
    pub lead: String,
    /// By topic.
    pub groups: Vec<Group<GapItem>>,
}

/// Something missing, or resting on little.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapItem {
    /// What it is about, in words: `Event, 3 March 2014`.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: Option<String>,
    /// Why it is a gap, beyond what the kind says.
    pub reason: Option<String>,
    /// The sentences in question.
    pub traces: Vec<Trace>,
}

/// All gaps of the site. Template `gaps.html`.
#[derive(Debug, Clone, Serialize)]
pub struct GapsView {
    /// The kinds, as headings.
    pub toc: Vec<TocItem>,
    /// The kinds that there are.
    pub kinds: Vec<GapKindView>,
}

/// A measure in a list.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureItem {
    /// Its page.
    pub href: String,
    /// What is counted.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Its values, in order of publication.
    pub values: Vec<ValueView>,
    /// Whether its sources disagree.
    pub disputed: bool,
}

/// An entity's page. Template `entity.html`.
#[derive(Debug, Clone, Serialize)]
pub struct EntityView {
    /// Its name.
    pub name: String,
    /// `person`, `org`, `place`, `term`.
    pub class: &'static str,
    /// Its type in words.
    pub kind: String,
    /// Names in other languages.
    pub names: Vec<NameView>,
    /// Its description.
    pub lead: Option<String>,
    /// Country, role, kind, for the line above the title.
    pub over: Vec<String>,
    /// How often it is named.
    pub mentions: usize,
    /// In how many reports.
    pub articles: usize,
    /// `Also written`, `Speaks for`, `First and last`, coordinates, `same_as`.
    pub facts: Vec<RecordLine>,
    /// The profile.
    pub blocks: Vec<BlockView>,
    /// Footnotes of it.
    pub footnotes_html: Option<String>,
    /// Mentions by year of the report.
    pub chart: Option<ChartView>,
    /// For a term that others are used instead of: who uses which.
    pub words: Option<WordsView>,
    /// What it does by year, where there is more than one.
    pub activity: Vec<ActivityView>,
    /// Mentions in context, by year of the report.
    pub concordance: Vec<ConcordanceYear>,
    /// What was said by it and for it; none where nothing was.
    pub said: Option<SpeechList>,
    /// What others said about it; none where nothing was.
    pub about: Option<SpeechList>,
    /// People who speak for it.
    pub voices: Vec<EntityItem>,
    /// Whom it is named with, most often first.
    pub with: Vec<CompanionView>,
    /// Events that it took part in.
    pub events: Vec<EventItem>,
    /// Topics that it is named in.
    pub topics: Vec<TopicTag>,
    /// The entity's own `extra`.
    pub extra: serde_json::Value,
}

/// How much is heard of an entity in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActivityView {
    /// The year.
    pub year: String,
    /// How often the reports of that year name it.
    pub mentions: usize,
    /// How many events of that year it took part in, or took place there.
    pub events: usize,
}

/// The mentions of a year, in order of publication.
#[derive(Debug, Clone, Serialize)]
pub struct ConcordanceYear {
    /// Fragment id.
    pub id: String,
    /// The year.
    pub title: String,
    /// The mentions.
    pub items: Vec<ConcordanceLine>,
    /// How many more there are that are not listed.
    pub rest: Option<String>,
}

/// A mention in its context.
#[derive(Debug, Clone, Serialize)]
pub struct ConcordanceLine {
    /// The words before, from the beginning of the sentence or a window of it.
    pub left: String,
    /// The mention.
    pub hit: String,
    /// The words after.
    pub right: String,
    /// BCP 47 tag of the text.
    pub language: String,
    /// Its place.
    pub trace: Trace,
    /// In words: `AsiaNews, ¶2`.
    pub cite: String,
}

/// What was said, by year of the report.
#[derive(Debug, Clone, Serialize)]
pub struct SpeechList {
    /// The heading: `Said by Kim Hyung-suk`.
    pub title: String,
    /// The years.
    pub years: Vec<SpeechYear>,
}

/// What was said in the reports of a year.
#[derive(Debug, Clone, Serialize)]
pub struct SpeechYear {
    /// Fragment id.
    pub id: String,
    /// The year.
    pub title: String,
    /// In order of publication, then of the text.
    pub items: Vec<SpeechItem>,
    /// How many more there are than are listed, in words.
    pub rest: Option<String>,
}

/// Something said, with its place.
#[derive(Debug, Clone, Serialize)]
pub struct SpeechItem {
    /// Day of publication.
    pub date: DateView,
    /// The outlet.
    pub outlet: String,
    /// Who says it; none on the speaker's own page.
    pub speaker: Option<TextPart>,
    /// How it is quoted, in words.
    pub kind: String,
    /// The verb of speech.
    pub verb: Option<String>,
    /// The words before it in its sentence, or a window of them.
    pub left: String,
    /// What is said; empty where the words may not be published.
    pub said: String,
    /// The words after it.
    pub right: String,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// BCP 47 tag of the text.
    pub language: String,
    /// Its place.
    pub trace: Trace,
}

/// Terms that different parties use for the same people or thing: who uses which.
#[derive(Debug, Clone, Serialize)]
pub struct WordsView {
    /// Fragment id on the page of all groups.
    pub id: String,
    /// The terms, as a list in words.
    pub title: String,
    /// That page, with the sentences of the whole site; none there.
    pub href: Option<String>,
    /// The terms by name, as columns; the one that the page is about has no link.
    pub words: Vec<TextPart>,
    /// What the counts are of, and how far they can be trusted, a sentence each.
    pub remarks: Vec<String>,
    /// The rows of the table, in groups; none where no article uses a term.
    pub bodies: Vec<WordRows>,
    /// The sentences by term; none where they are not asked for.
    pub uses: Vec<WordUses>,
}

/// Rows of a table of words under a common heading.
#[derive(Debug, Clone, Serialize)]
pub struct WordRows {
    /// The heading: `In their own voice`.
    pub title: String,
    /// The rows.
    pub rows: Vec<WordRow>,
}

/// How often somebody uses each term, or all do in a year.
#[derive(Debug, Clone, Serialize)]
pub struct WordRow {
    /// Who, or the year.
    pub who: TextPart,
    /// What they are, how their words are told and by which outlets.
    pub how: Option<String>,
    /// A count for each term, then one for all.
    pub cells: Vec<UseCount>,
}

/// How often a term is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UseCount {
    /// So often, reprints apart.
    pub n: usize,
    /// So often in sentences that a reprint repeats.
    pub repeats: usize,
}

/// The sentences that use a term.
#[derive(Debug, Clone, Serialize)]
pub struct WordUses {
    /// Fragment id.
    pub id: String,
    /// The term.
    pub title: String,
    /// How many uses there are, in words.
    pub count: String,
    /// One for each use, in order of publication, then of the text; the word itself is `said`.
    pub items: Vec<SpeechItem>,
    /// How many more there are than are listed, in words.
    pub rest: Option<String>,
}

/// Another entity named in the same sentences or events.
#[derive(Debug, Clone, Serialize)]
pub struct CompanionView {
    /// The other.
    pub entity: EntityItem,
    /// How many sentences name both.
    pub sentences: usize,
    /// How many events have both.
    pub events: usize,
    /// The years of the reports, in words.
    pub years: String,
}

/// A measure's page. Template `measure.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureView {
    /// What is counted.
    pub title: String,
    /// Its summary.
    pub lead: Option<String>,
    /// Nouns that count as one.
    pub unit: Vec<String>,
    /// Measures that it sums up, and the one of which it counts a part.
    pub facts: Vec<RecordLine>,
    /// What the editor says of it.
    pub blocks: Vec<BlockView>,
    /// Footnotes of it.
    pub footnotes_html: Option<String>,
    /// A small chart.
    pub chart: Option<ChartView>,
    /// Every value, in order of publication.
    pub values: Vec<ValueView>,
    /// Where they differ.
    pub dispute: Option<DisputeView>,
    /// Its topics.
    pub topics: Vec<TopicTag>,
    /// Its events.
    pub events: Vec<EventItem>,
    /// The measure's own `extra`.
    pub extra: serde_json::Value,
}

/// The timeline of all events. Template `timeline.html`.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineView {
    /// How many events.
    pub total: usize,
    /// How many reports.
    pub reports: usize,
    /// All events on one scale, a row a topic.
    pub chart: Option<ChartView>,
    /// The topics that can be filtered by, six at most, with how many events each has.
    pub filters: Vec<FilterView>,
    /// The events by year. Items carry their topics' numbers.
    pub years: Vec<Group<EventItem>>,
}

/// A topic in the timeline's filter.
#[derive(Debug, Clone, Serialize)]
pub struct FilterView {
    /// Its number, from 1.
    pub index: usize,
    /// Its title.
    pub text: String,
    /// How many events it has.
    pub count: usize,
}

/// A list of articles, events, topics, entities, measures or groups of terms. Templates `articles.html`, `events.html`,
/// `topics.html`, `entities.html`, `measures.html`, `words.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// The heading.
    pub title: String,
    /// Standfirst.
    pub lead: Option<String>,
    /// How many things there are: on the first page on all pages, on that of a year what the year has. Pages that are
    /// counted through do not tell, so that one thing more does not change them all.
    pub total: Option<usize>,
    /// What the page is a part of, the largest first.
    pub crumbs: Vec<Link>,
    /// Where a list that goes by date is divided, the parts that have pages of their own, latest first: the years on the first page.
    pub shelves: Vec<ShelfView>,
    /// Whether the page has nothing but these.
    pub shelves_only: bool,
    /// Articles, latest first, by year or month; a group without a title needs no heading beside the page's.
    pub articles: Vec<Group<ArticleItem>>,
    /// Events, likewise.
    pub events: Vec<Group<EventItem>>,
    /// Topics.
    pub topics: Vec<TopicCard>,
    /// Entities by first letter.
    pub entities: Vec<Group<EntityItem>>,
    /// Measures.
    pub measures: Vec<MeasureItem>,
    /// Terms that are used for the same.
    pub words: Vec<WordsView>,
    /// Pages of the list; none when there is one.
    pub pagination: Option<PaginationView>,
}

/// The search page, which without an engine is an index from A to Z. Template `search.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// Everything the site has, by first letter.
    pub letters: Vec<Group<IndexItem>>,
    /// How many entries.
    pub total: usize,
}

/// An entry of the index.
#[derive(Debug, Clone, Serialize)]
pub struct IndexItem {
    /// Where to.
    pub href: String,
    /// What it is called.
    pub text: String,
    /// Names in other languages.
    pub names: Vec<NameView>,
    /// What it is, in words: `Event, 14 August 2013`.
    pub kind: String,
    /// `article`, `event`, `topic`, `person`, `org`, `place`, `term`, `measure`, `page`.
    pub class: &'static str,
}

/// The page on the files of data. Template `data.html`.
#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    /// Its title.
    pub title: String,
    /// Standfirst.
    pub lead: String,
    /// A line for each sort of data: what it is, its files, and how many records they have.
    pub files: Vec<RecordLine>,
    /// Under which terms it may be used.
    pub terms: Vec<RecordLine>,
    /// The list of all files, for programs.
    pub index: Link,
}

/// A plain page. Template `plain.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PlainView {
    /// Its title.
    pub title: String,
    /// Standfirst.
    pub lead: Option<String>,
    /// Its second-level headings.
    pub toc: Vec<TocItem>,
    /// The text.
    pub blocks: Vec<BlockView>,
    /// The footnotes.
    pub footnotes_html: Option<String>,
    /// The page's own `extra`.
    pub extra: serde_json::Value,
}

/// The page for what is not found. Template `404.html`.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    /// Ways on: the topics.
    pub topics: Vec<Link>,
}

/// A page that sends old addresses on. Template `redirect.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    /// Where to, relative.
    pub href: String,
    /// The title of the page there.
    pub title: String,
}
