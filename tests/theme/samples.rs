//! Views to render: rich ones that use everything, hostile ones, and ones with nothing in them.
//!
//! Only what `dateline::render::view` offers is used, so that the pages can be made from elsewhere too.

use dateline::render::view::*;
use serde_json::json;

/// A page: its template, what it is, and a function that renders its view.
pub(crate) struct Sample {
    /// The template.
    pub(crate) template: &'static str,
    /// The page.
    pub(crate) page: PageView,
    /// Its view, serialised.
    pub(crate) view: serde_json::Value,
}

/// What takes the place of ordinary words in samples.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Words {
    /// Ordinary ones.
    Plain,
    /// Markup, quotation marks, very long words.
    Hostile,
}

impl Words {
    fn say(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Hostile => format!(
                "{text}<script>alert(\"1\")</script>'\"&amp;{{{{ x }}}} {}",
                "Donaudampfschifffahrtsgesellschaft".repeat(4)
            ),
        }
    }

    fn some(self, text: &str) -> Option<String> {
        Some(self.say(text))
    }
}

/// The site of the samples.
pub(crate) fn site(w: Words, options: &serde_json::Value) -> SiteView {
    SiteView {
        title: w.say("The Watershed"),
        strap: w.some("An annotated briefing on two river authorities, from five reports"),
        description: None,
        language: "en".into(),
        publisher: w.say("The Watershed desk"),
        about: w.some("Five news reports, read side by side. Every statement can be followed to the sentence it rests on."),
        statement: w.some("Rights in the reports stay with their publishers."),
        base_url: Some("https://example.org/watershed/".into()),
        has: Has {
            articles: true,
            topics: true,
            events: true,
            people: true,
            organizations: true,
            places: true,
            terms: true,
            measures: true,
            words: true,
        },
        data: true,
        has_gaps: true,
        options: options.clone(),
        extra: json!({}),
    }
}

fn page(kind: &'static str, section: &str, title: &str, w: Words) -> PageView {
    PageView {
        kind,
        title: w.say(title),
        description: w
            .some("What, when, where and who, with every statement traced to its sentence."),
        language: "en".into(),
        root: "../../".into(),
        home: "../../".into(),
        path: format!("{kind}s/sample/"),
        canonical: Some(format!("https://example.org/watershed/{kind}s/sample/")),
        section: section.into(),
        menu: vec![
            MenuItem {
                href: "../../method/".into(),
                text: w.say("Method"),
                current: kind == "plain",
            },
            MenuItem {
                href: "../../corrections/".into(),
                text: "Corrections".into(),
                current: false,
            },
        ],
        feeds: vec![
            Link {
                href: "../../feed.xml".into(),
                text: "News of the whole site (Atom)".into(),
            },
            Link {
                href: "../../feed.json".into(),
                text: "News of the whole site (JSON)".into(),
            },
        ],
        noindex: false,
        jsonld: Some(r#"{"@context":"https://schema.org","@type":"WebPage"}"#.into()),
        meta: vec![
            ("og:title".into(), w.say(title)),
            ("citation_title".into(), w.say(title)),
        ],
        backlinks: vec![BacklinkView {
            href: "../../topics/sample/".into(),
            title: w.say("A topic"),
            kind: "Topic".into(),
            sentences: vec![ReferringSentence {
                before: "It began with ".into(),
                words: "this".into(),
                after: ".".into(),
            }],
        }],
    }
}

fn day(text: &str, iso: &str) -> DateView {
    DateView {
        datetime: Some(iso.into()),
        text: text.into(),
        long: format!("Wednesday {text}"),
        precision: "day",
        worked: false,
        note: None,
    }
}

fn month(text: &str, iso: &str) -> DateView {
    DateView {
        precision: "month",
        long: text.into(),
        ..day(text, iso)
    }
}

fn worked(text: &str, iso: &str, note: &str) -> DateView {
    DateView {
        worked: true,
        note: Some(note.into()),
        ..day(text, iso)
    }
}

fn season(text: &str) -> DateView {
    DateView {
        datetime: None,
        text: text.into(),
        long: text.into(),
        precision: "year",
        worked: false,
        note: None,
    }
}

fn korean(text: &str) -> Vec<NameView> {
    vec![NameView {
        lang: "ko".into(),
        text: text.into(),
    }]
}

fn trace(source: &str, place: &str) -> Trace {
    Trace {
        source: source.into(),
        place: place.into(),
        href: "../../articles/sample/#p3s1".into(),
    }
}

fn tag(w: Words, text: &str, index: usize, position: Option<usize>) -> TopicTag {
    TopicTag {
        href: format!("../../topics/t{index}/"),
        text: w.say(text),
        index,
        position,
        of: 7,
    }
}

fn reason(w: Words, kind: &str, text: &str) -> ReasonView {
    ReasonView {
        kind: kind.into(),
        about: Some(Link {
            href: "../../events/talks/".into(),
            text: w.say("Talks break down"),
        }),
        text: if text.is_empty() {
            String::new()
        } else {
            w.say(text)
        },
        traces: vec![trace("Courier", "¶3.1")],
    }
}

fn event(w: Words, n: usize, date: DateView, title: &str) -> EventItem {
    EventItem {
        id: format!("e-{n}"),
        date,
        apart: Some("four months earlier".into()),
        title: w.say(title),
        href: (n != 3).then(|| format!("../../events/e{n}/")),
        summary: w.some("Some 53,000 people leave the works, and the pumps stop."),
        status: "held",
        status_text: None,
        reasons: vec![reason(
            w,
            "Same place",
            "shares Milldam, the River Authority",
        )],
        traces: vec![],
        topics: vec![tag(w, "The Milldam works", 1, None)],
        here: false,
    }
}

fn events(w: Words) -> Vec<EventItem> {
    let mut list = vec![
        event(w, 1, season("2004"), "The works begin"),
        event(
            w,
            2,
            month("April 2013", "2013-04"),
            "The upper bank withdraws its crews",
        ),
        event(
            w,
            3,
            worked("7 August 2013", "2013-08-07", "from “a week”"),
            "Payouts approved; hours later an offer of talks",
        ),
        event(
            w,
            4,
            day("14 August 2013", "2013-08-14"),
            "Seventh round of talks on reopening Milldam",
        ),
        event(w, 5, season("about 2013"), "A flood exercise is due"),
        event(
            w,
            6,
            day("25 February 2014", "2014-02-25"),
            "Reunion of the two crews is put off",
        ),
    ];
    list[3].here = true;
    list[4].reasons = vec![
        reason(w, "Named as a risk to the talks", ""),
        reason(w, "Same topic", "the Milldam works"),
    ];
    list[4].status = "planned";
    list[4].status_text = Some("planned; not confirmed in our sources".into());
    list[5].status = "cancelled";
    list[5].status_text = Some("cancelled".into());
    list[5].topics.push(tag(w, "Crew talks", 2, None));
    list
}

fn listed(w: Words) -> Vec<EventItem> {
    let mut list = events(w);
    for item in &mut list {
        item.apart = None;
        item.here = false;
        item.reasons.clear();
        item.traces = vec![trace("Courier", "¶3.1"), trace("Herald", "box, line 2")];
    }
    list
}

fn article(w: Words, n: usize, title: &str, language: &str) -> ArticleItem {
    ArticleItem {
        href: format!("../../articles/a{n}/"),
        title: w.say(title),
        language: language.into(),
        summary: w.some("Safety for managers is on offer and compensation has been approved; who closed the works is in dispute."),
        outlet: w.some("The Courier"),
        date: day("27 February 2014", "2014-02-27"),
        source: w.say("Song Sang-ho, “Banks to return to Milldam talks”"),
        reasons: vec![],
    }
}

fn articles(w: Words) -> Vec<ArticleItem> {
    let mut list = vec![
        article(w, 1, "Two banks try a seventh time to reopen Milldam", "en"),
        article(w, 2, "개성공단 정상화를 위한 7차 실무회담", "ko"),
        article(
            w,
            3,
            "Talks on pumps called off as crossings sour ties",
            "en",
        ),
    ];
    list[1].date = worked(
        "14 August 2013",
        "2013-08-14",
        "from the talks it announces",
    );
    list[2].reasons = vec![reason(w, "Same event", "Seventh round of talks")];
    list[2].summary = None;
    list
}

fn entity(w: Words, class: &'static str, name: &str, ko: &str) -> EntityItem {
    EntityItem {
        href: "../../people/x/".into(),
        name: w.say(name),
        class,
        kind: "Person".into(),
        names: korean(ko),
        what: w.some("spokesman, River Ministry"),
        articles: 3,
        mentions: 9,
    }
}

fn record(w: Words) -> Vec<RecordLine> {
    let part = |text: &str, href: Option<&str>| TextPart {
        text: w.say(text),
        href: href.map(str::to_owned),
    };
    let line = |label: &str, parts: Vec<TextPart>| RecordLine {
        label: w.say(label),
        parts,
        gap: None,
        traces: vec![trace("Courier", "¶1.1")],
        small: None,
        warn: None,
    };
    let mut firms = line("Firms", vec![part("120 or 123", None)]);
    firms.warn = Some(Link {
        href: "#dis-firms".into(),
        text: "Sources disagree".into(),
    });
    let mut place = line("Where", vec![]);
    place.gap = Some("Not stated.".into());
    place.traces.clear();
    place.small = w.some("The works lie 10 km north of the line.");
    vec![
        line(
            "What",
            vec![part(
                "Talks on restarting the works, the seventh round since the stoppage.",
                None,
            )],
        ),
        line(
            "Who",
            vec![
                part("North Bank", Some("../../people/n/")),
                part(" and ", None),
                part("South Bank", Some("../../people/s/")),
            ],
        ),
        place,
        firms,
    ]
}

fn value(w: Words, value: &str, number: bool) -> ValueView {
    ValueView {
        value: w.say(value),
        words: !number,
        counts: w.some("businesses that operate there"),
        speaker: Some(TextPart {
            text: w.say("The companies"),
            href: Some("../../organizations/c/".into()),
        }),
        as_of: Some("August 2013".into()),
        outlet: "The Courier".into(),
        date: day("14 August 2013", "2013-08-14"),
        sentence: w.say("The 123 companies put their losses at about $1 billion."),
        trace: trace("Courier", "¶21.1"),
        as_of_note: w.some("the day of the report"),
        why: w.say("Counted in “company”, with “Milldam” in the same sentence"),
        state: w.say("Found automatically"),
        reviewed: !number,
        disputed: number,
        repeats: w.some("Gives what The Courier gives"),
    }
}

fn dispute(w: Words, id: &str, class: &'static str, values: Vec<ValueView>) -> DisputeView {
    DisputeView {
        id: id.into(),
        title: w.say("How many companies?"),
        class,
        values,
        verdict: "Not resolved.".into(),
        text: w.some("One page gives both. We print both and choose neither."),
        href: Some("../../measures/companies/".into()),
    }
}

fn disputes(w: Words) -> Vec<DisputeView> {
    vec![
        dispute(
            w,
            "dis-firms",
            "",
            vec![value(w, "120", true), value(w, "123", true)],
        ),
        dispute(
            w,
            "dis-beijing",
            "ok",
            vec![value(w, "24", true), value(w, "2", true)],
        ),
        dispute(
            w,
            "dis-closed",
            "est",
            vec![
                value(w, "hundreds of thousands", false),
                value(w, "tens of thousands to 300,000", false),
            ],
        ),
    ]
}

const SPARK: &str = r#"<svg class="spark tl" aria-hidden="true" focusable="false" height="30"><line x1="0" x2="100%" y1="8" y2="8"/><rect class="hol" x="15%" y="5" width="8%" height="6"/><rect class="pt" x="87%" y="5" width="7" height="6"/><circle class="hol wk" cx="89%" cy="8" r="4.5"/><circle class="pt" cx="93%" cy="8" r="4.5"/><text x="0" y="28">2002</text><text x="100%" y="28" class="end">2014</text></svg>"#;

fn chart() -> Option<ChartView> {
    Some(ChartView {
        caption: "All events on one scale".into(),
        svg_html: r#"<svg class="tl" role="img" aria-labelledby="c-t c-d" height="88" width="100%"><title id="c-t">Events</title><desc id="c-d">Five marks between 2002 and 2014.</desc><line class="grid" x1="8%" x2="8%" y1="6" y2="62"/><text class="b" x="0" y="24">Milldam</text><line x1="0" x2="100%" y1="38" y2="38"/><rect class="hol" x="15%" y="35" width="8%" height="6"/><rect class="pt" x="86%" y="35" width="7" height="6"/><circle class="hol wk" cx="89%" cy="38" r="4.5"/><circle class="pt" cx="93%" cy="38" r="4.5"/><text class="mid" x="4%" y="80">2002</text><text class="mid" x="96%" y="80">2014</text></svg>"#.into(),
        marks: vec!["day", "month", "year", "worked"],
    })
}

fn card(w: Words, class: &'static str, id: &str, name: &str) -> CardView {
    CardView {
        id: id.into(),
        class,
        kind: "Organisation".into(),
        name: w.say(name),
        names: korean("통일부"),
        paragraphs: vec![
            w.say("The ministry for dealings with the other bank."),
            w.say("Here it speaks through a statement."),
        ],
        state: Some("Found automatically".into()),
        reviewed: class == "person",
        link: Some(Link {
            href: "../../organizations/um/".into(),
            text: "All 9 mentions".into(),
        }),
        back: "#p1".into(),
    }
}

fn note(w: Words, n: usize) -> NoteView {
    NoteView {
        n,
        title: w.say("Is this Milldam?"),
        html: "<p>The report names no site. Another source dates the first production at <a href=\"../../topics/m/\">Milldam</a> to 2004.</p>".into(),
        id: format!("n{n}"),
        back: None,
        by: Some("M. Han, 3 March 2026".into()),
        verdict: (n == 2).then(|| "the words have changed since the note was written".into()),
    }
}

fn block(html: &str) -> BlockView {
    BlockView {
        html: html.into(),
        margin: None,
    }
}

fn article_blocks(w: Words) -> Vec<BlockView> {
    let gloss = |class: &'static str, words: &str, value: &str| Gloss {
        class,
        k: 1,
        words: w.say(words),
        value: w.say(value),
        remark: Some("probable".into()),
    };
    vec![
        block("<h2 id=\"happened\">What happened</h2>"),
        BlockView {
            html: r##"<p id="p1"><a class="pn" href="#p1"><span class="vh">Paragraph </span>1</a><span id="p1s1">Talks that the two banks had set for <a class="a a-date k1" href="#d-1" title="31 August 2004" data-g="31 August 2004"><time datetime="2004-08-31">today</time></a> did not take place.</span> <span id="p1s2"><a class="a a-org" href="#x-um">The ministry</a> said from <a class="a a-place" href="#x-seoul">Seoul</a> that the <a class="a a-term" href="#x-term">dam protocol</a> was dropped; <a class="a a-person" href="#x-chung">Chung Dong-young</a> called it <q class="said"><b class="qm">“</b>a planned kidnapping<b class="qm">”</b></q><wbr><a class="spk" href="#q-1" aria-label="Speaker: Ministry">Ministry</a> of <a class="a a-fig k2" href="#f-1"><data value="457">457</data></a> people.<a class="ref" id="r1" href="#n1" role="doc-noteref"><span class="vh">Note </span>1</a></span></p>"##.into(),
            margin: Some(MarginView {
                rows: 1,
                glosses: vec![gloss("date", "today", "31 August 2004"), gloss("fig", "457", "people, one source")],
                notes: vec![note(w, 1)],
                traces: vec![],
            }),
        },
        BlockView {
            html: r##"<p id="p2"><a class="pn" href="#p2"><span class="vh">Paragraph </span>2</a><span id="p2s1">The agenda covered a canal on the northern side, along with locks and pumping stations paid for with southern capital, and a road that neither bank has wanted to build for as long as anyone can remember.<a class="ref" id="r2" href="#n2" role="doc-noteref"><span class="vh">Note </span>2</a></span></p>"##.into(),
            margin: Some(MarginView {
                rows: 2,
                glosses: vec![],
                notes: vec![note(w, 2)],
                traces: vec![trace("Courier", "¶3.1"), trace("Herald", "¶1.2")],
            }),
        },
        block("<h3 id=\"h-list\">A list</h3>"),
        block("<ul><li>One thing</li><li>Another, with <code>code</code></li></ul>"),
        block("<blockquote><p>Set apart.</p></blockquote>"),
        block("<pre tabindex=\"0\"><code><span class=\"tok-k\">title</span> = <span class=\"tok-s\">\"A long line that does not fit into a narrow column and has to be scrolled by whoever wants to read it\"</span></code></pre>"),
        block("<table><thead><tr><th>Year</th><th>Round</th></tr></thead><tbody><tr><td>2004</td><td>first</td></tr></tbody></table>"),
    ]
}

fn pagers(w: Words) -> Vec<PagerView> {
    let link = |text: &str| {
        Some(Link {
            href: "../../articles/x/".into(),
            text: w.say(text),
        })
    };
    vec![
        PagerView {
            topic: w.say("Milldam"),
            previous: link("Workers withdrawn"),
            next: link("A flood exercise is due"),
        },
        PagerView {
            topic: "Crew talks".into(),
            previous: None,
            next: link("Reunion put off"),
        },
        PagerView {
            topic: "Alone".into(),
            previous: None,
            next: None,
        },
    ]
}

fn extra() -> serde_json::Value {
    json!({"colour": "green"})
}

const FOOTNOTES: &str = "<ol><li id=\"fn-1\"><p>The longest runs to seven words. <a href=\"#fr-1\" role=\"doc-backlink\" aria-label=\"Back to the text\">↑</a></p></li></ol>";

fn footnotes() -> Option<String> {
    Some(FOOTNOTES.into())
}

fn source(w: Words) -> SourceView {
    SourceView {
        outlet: Some(TextPart {
            text: w.say("The Courier"),
            href: Some("https://example.com/".into()),
        }),
        authors: w.some("Song Sang-ho and Youmi Kim"),
        agency: w.some("Riverside News Service"),
        date: worked("31 August 2004", "2004-08-31", "from the archive"),
        date_basis: "supplied",
        date_basis_text: Some("supplied by us".into()),
        dateline: w.some("Seoul"),
        original_title: w.some("“Inter-bank talks fail again”"),
        url: Some("https://example.com/2004/08/31/inter-bank-talks-fail-again-as-crossings-sour-ties.html".into()),
        archived_url: Some("https://archive.example/2004/x".into()),
        accessed: Some(day("3 March 2026", "2026-03-03")),
        based_on: vec![
            TextPart {
                text: w.say("Yomiuri"),
                href: None,
            },
            TextPart {
                text: w.say("An earlier report"),
                href: Some("../../articles/e/".into()),
            },
        ],
        copyright: w.some("© The Courier."),
        paragraphs: 6,
        words: 1_432,
        rights_text: "The full text is published here.".into(),
    }
}

fn article_view(w: Words) -> ArticleView {
    ArticleView {
        title: w.say("Talks between the banks called off as crossings sour ties"),
        topics: vec![tag(w, "Crossings and returns", 3, Some(2)), tag(w, "Milldam", 1, None)],
        lead: w.some("The upper bank never answered a request for a preparatory meeting. Behind the silence lies a quarrel over 457 people."),
        source: source(w),
        digest: true,
        rights: "full",
        layers: ["person", "org", "place", "term", "date", "fig", "quote", "note"]
            .into_iter()
            .map(|class| LayerView { class, count: 3 })
            .collect(),
        blocks: article_blocks(w),
        footnotes_html: footnotes(),
        excerpts: vec![],
        has_notes: true,
        cards: vec![
            card(w, "org", "x-um", "Unification Ministry"),
            card(w, "place", "x-seoul", "Seoul"),
            card(w, "term", "x-term", "Dam protocol"),
            card(w, "person", "x-chung", "Chung Dong-young"),
            card(w, "date", "d-1", "today is 31 August 2004"),
            card(w, "fig", "f-1", "457 people"),
            CardView {
                link: None,
                state: None,
                names: vec![],
                ..card(w, "quote", "q-1", "The ministry")
            },
        ],
        events: events(w),
        related: articles(w),
        cite_report: w.say("M.A., “Inter-bank talks fail again”, The Courier, 31 August 2004."),
        cite_page: w.say("“Talks called off”, The Watershed, https://example.org/watershed/articles/x/."),
        pagers: pagers(w),
        extra: extra(),
    }
}

fn restricted(w: Words) -> ArticleView {
    ArticleView {
        layers: vec![],
        blocks: vec![],
        rights: "excerpt",
        excerpts: vec![w.say("a planned kidnapping"), w.say("could harm relations")],
        has_notes: false,
        cards: vec![],
        footnotes_html: None,
        digest: false,
        ..article_view(w)
    }
}

fn statement(w: Words, n: usize) -> StatementView {
    StatementView {
        id: format!("st{n}"),
        html: (n != 2).then(|| "Ten days passed without an answer; then, a week before the meeting, the upper bank said <mark>yes</mark>.".into()),
        trace: trace("Courier", "¶3.1"),
        outlet: "The Courier".into(),
        date: day("14 August 2013", "2013-08-14"),
        status_text: (n == 1).then(|| "planned".into()),
        speaker: (n == 3).then(|| TextPart {
            text: w.say("an official of the lower bank"),
            href: None,
        }),
        second_hand: w.some("Relies on Yomiuri"),
        note: w.some("The first report to name the day."),
        automatic: n == 3,
        why: "same day, same place, two of three participants".into(),
    }
}

fn event_view(w: Words) -> EventView {
    EventView {
        title: w.say("Seventh round of talks on reopening Milldam"),
        topics: vec![tag(w, "Milldam", 1, Some(6))],
        lead: w.some("Four months after the crews left, the two banks agreed to meet once more."),
        date: day("14 August 2013", "2013-08-14"),
        precision: "day stated; year supplied by us".into(),
        status: "planned",
        status_text: Some("planned; not confirmed in our sources".into()),
        rests_on: "2 reports: 15 sentences".into(),
        record: record(w),
        blocks: vec![block("<p>Background of the matter.</p>")],
        footnotes_html: footnotes(),
        statements: vec![statement(w, 1), statement(w, 2), statement(w, 3)],
        disputes: disputes(w),
        chain: events(w),
        parts: vec![event(
            w,
            9,
            day("13 August 2013", "2013-08-13"),
            "A first meeting of the clerks",
        )],
        sources: articles(w),
        gaps: vec![w.say("How the round ended. No report here was written after it.")],
        cite_page: w.say("“Seventh round”, 14 August 2013, The Watershed."),
        pagers: pagers(w),
        extra: extra(),
    }
}

fn topic_view(w: Words) -> TopicView {
    TopicView {
        words: vec![words_view(w, true)],
        title: w.say("Milldam"),
        names: korean("개성공업지구"),
        lead: w.some("A works on the upper bank, run with southern money and northern hands."),
        years: Some(("2004".into(), "2013".into())),
        known_to: Some(day("14 August 2013", "2013-08-14")),
        blocks: vec![
            BlockView {
                html: "<p>The works began producing in 2004 and kept running through years of quarrels. In April 2013 the upper bank withdrew its crews, and the machines stopped.</p>".into(),
                margin: Some(MarginView {
                    rows: 1,
                    traces: vec![trace("Courier", "box, line 1"), trace("Courier", "¶7.1")],
                    ..MarginView::default()
                }),
            },
            block("<p>Talks in July ended in mutual blame.</p>"),
        ],
        footnotes_html: None,
        facts: record(w),
        chart: chart(),
        events: listed(w),
        articles: articles(w),
        chains: vec![Group {
            id: "_from-talks".into(),
            title: "2004 to 2013".into(),
            items: listed(w)
                .into_iter()
                .map(|event| EventItem {
                    reasons: vec![reason(w, "Follows", "set side by side in the report")],
                    ..event
                })
                .collect(),
        }],
        actors: vec![ActorView {
            entity: entity(w, "person", "Kim Hyung-suk", "김형석"),
            parts: vec![PartView {
                date: day("14 August 2013", "2013-08-14"),
                event: Link {
                    href: "../../events/talks/".into(),
                    text: w.say("Talks on Milldam"),
                },
                role: w.some("spokesman"),
            }],
            said: vec![trace("Courier", "¶4.1")],
        }],
        named: ["People", "Organisations", "Places", "Terms"]
            .into_iter()
            .zip(["person", "org", "place", "term"])
            .map(|(title, class)| Group {
                id: format!("_actors-{class}"),
                title: title.into(),
                items: vec![entity(w, class, "Kim Hyung-suk", "김형석"), entity(w, class, "Kim Min-seok", "김민석")],
            })
            .collect(),
        measures: vec![measure_item(w)],
        disputes: disputes(w),
        gaps: vec![w.say("How the seventh round ended."), w.say("When the first six rounds were held.")],
        missing: gap_kinds(w, &[""]),
        all_gaps: Some("../../gaps/".into()),
        feed: Some("feed.xml".into()),
        extra: extra(),
    }
}

/// Gaps of two kinds, in groups with these titles.
fn gap_kinds(w: Words, groups: &[&str]) -> Vec<GapKindView> {
    let kinds = ["unconfirmed", "undated"]
        .into_iter()
        .map(|id| GapKindView {
            id: format!("_{id}"),
            title: "Planned, not confirmed".into(),
            lead: "Announced, and no report was written after the day.".into(),
            groups: groups
                .iter()
                .enumerate()
                .map(|(n, title)| Group {
                    id: format!("{id}-{n}"),
                    title: (*title).to_owned(),
                    items: vec![
                        GapItem {
                            label: "Event, 14 August 2013".into(),
                            title: w.say("Talks on Milldam"),
                            href: Some("../../events/talks/".into()),
                            reason: w
                                .some("The last report that tells of it is of 13 August 2013."),
                            traces: vec![trace("Courier", "¶4.1")],
                        },
                        GapItem {
                            label: "Article".into(),
                            title: w.say("courier-undated"),
                            href: None,
                            reason: None,
                            traces: Vec::new(),
                        },
                    ],
                })
                .collect(),
        });
    kinds.collect()
}

fn gaps_view(w: Words) -> GapsView {
    let kinds = gap_kinds(w, &["Milldam", "Without a topic"]);
    GapsView {
        toc: kinds
            .iter()
            .map(|kind| TocItem {
                id: kind.id.clone(),
                text: kind.title.clone(),
            })
            .collect(),
        kinds,
    }
}

fn measure_item(w: Words) -> MeasureItem {
    MeasureItem {
        href: "../../measures/companies/".into(),
        title: w.say("Companies at Milldam"),
        summary: w.some("How many firms of the lower bank had works there."),
        values: vec![value(w, "120", true), value(w, "123", true)],
        disputed: true,
    }
}

/// What was said: in quotation marks and by somebody named, or where the words may not be published.
fn speech(w: Words, id: &str, published: bool) -> SpeechList {
    let words = |text: &str| match published {
        true => w.say(text),
        false => String::new(),
    };
    let item = SpeechItem {
        date: day("31 August 2004", "2004-08-31"),
        outlet: w.say("The Courier"),
        speaker: Some(TextPart {
            text: w.say("Chung Dong-young"),
            href: Some("../../people/chung-dong-young/".into()),
        }),
        kind: "Quoted in part".into(),
        verb: published.then(|| w.say("said")),
        left: words("He said that it "),
        said: words("“could harm relations”"),
        right: words("."),
        quoted: true,
        language: "ko".into(),
        trace: trace("Courier", "¶2.1"),
    };
    SpeechList {
        title: w.say("Said by it and for it"),
        years: vec![SpeechYear {
            id: format!("_{id}-2004"),
            title: "2004".into(),
            items: vec![
                item.clone(),
                SpeechItem {
                    speaker: None,
                    quoted: false,
                    ..item
                },
            ],
            rest: Some("3 more of this year are not listed.".into()),
        }],
    }
}

/// Who uses which of two words; or two that nobody uses.
fn words_view(w: Words, used: bool) -> WordsView {
    let row = |who: &str, linked: bool, how: Option<&str>, repeats| WordRow {
        who: TextPart {
            text: w.say(who),
            href: linked.then(|| "../../places/milldam/".into()),
        },
        how: how.map(|how| w.say(how)),
        cells: [(4, 0), (0, repeats), (4, repeats)]
            .map(|(n, repeats)| UseCount { n, repeats })
            .to_vec(),
    };
    let speech = speech(w, "words", true);
    WordsView {
        id: format!("_w-{used}"),
        title: w.say("Crossers and Trespassers"),
        href: (!used).then(|| "../../words/#_w-true".into()),
        words: vec![
            TextPart {
                text: w.say("Crosser"),
                href: None,
            },
            TextPart {
                text: w.say("Trespasser"),
                href: Some("../../terms/trespasser/".into()),
            },
        ],
        remarks: vec![
            w.say("4 uses in 2 articles."),
            "Reprints are not counted again.".into(),
        ],
        bodies: match used {
            true => vec![
                WordRows {
                    title: "Outlets in their own voice".into(),
                    rows: vec![row("The Courier", false, Some("by our summaries"), 2)],
                },
                WordRows {
                    title: "Those whom they quote or report".into(),
                    rows: vec![row("Milldam", true, None, 0)],
                },
            ],
            false => vec![],
        },
        uses: speech
            .years
            .into_iter()
            .map(|year| WordUses {
                id: format!("{}-{used}", year.id),
                title: w.say("Crosser"),
                count: "4 uses".into(),
                items: year.items,
                rest: year.rest,
            })
            .collect(),
    }
}

fn entity_view(w: Words) -> EntityView {
    let line = |left: &str, hit: &str, right: &str, language: &str| ConcordanceLine {
        left: w.say(left),
        hit: w.say(hit),
        right: w.say(right),
        language: language.into(),
        trace: trace("Courier", "¶2.1"),
        cite: "The Courier, ¶2".into(),
    };
    EntityView {
        name: w.say("Unification Ministry"),
        class: "org",
        kind: "Organisation".into(),
        names: korean("통일부"),
        lead: w.some("The ministry for dealings with the other bank."),
        over: vec![w.say("South Bank")],
        mentions: 9,
        articles: 3,
        facts: record(w),
        blocks: vec![block("<p>A profile.</p>")],
        footnotes_html: None,
        chart: chart(),
        words: Some(words_view(w, true)),
        activity: vec![
            ActivityView {
                year: "2004".into(),
                mentions: 4,
                events: 1,
            },
            ActivityView {
                year: "2013".into(),
                mentions: 0,
                events: 2,
            },
        ],
        said: Some(speech(w, "said", true)),
        about: Some(speech(w, "about", false)),
        concordance: vec![
            ConcordanceYear {
                id: "y2004".into(),
                title: "2004".into(),
                items: vec![
                    line(
                        "The ",
                        "Unification Ministry",
                        " said it hoped to “quickly resume the suspended dialogue”.",
                        "en",
                    ),
                    line(
                        "정부는 어제 ",
                        "통일부",
                        "를 통해 회담을 다시 제안했다고 밝혔다.",
                        "ko",
                    ),
                ],
                rest: None,
            },
            ConcordanceYear {
                id: "y2013".into(),
                title: "2013".into(),
                items: vec![line(
                    "… brushes aside the worry that exercises could harm the talks, says a spokesman for the ",
                    "ministry",
                    "",
                    "en",
                )],
                rest: Some("3 more mentions in the reports of this year are not listed.".into()),
            },
        ],
        voices: vec![entity(w, "person", "Kim Hyung-suk", "김형석")],
        with: vec![CompanionView {
            entity: entity(w, "place", "Milldam", "개성"),
            sentences: 3,
            events: 1,
            years: "2013".into(),
        }],
        events: listed(w),
        topics: vec![tag(w, "Milldam", 1, None), tag(w, "Crew talks", 2, None)],
        extra: extra(),
    }
}

fn measure_view(w: Words) -> MeasureView {
    MeasureView {
        title: w.say("Companies at Milldam"),
        lead: w.some("How many firms of the lower bank had works there."),
        unit: vec!["company".into(), "business".into(), "firm".into()],
        facts: record(w),
        blocks: vec![block(
            "<p>What is counted differs from report to report.</p>",
        )],
        footnotes_html: footnotes(),
        chart: chart(),
        values: vec![
            value(w, "120", true),
            value(w, "123", true),
            value(w, "more than a hundred", false),
        ],
        dispute: Some(dispute(
            w,
            "dis-m",
            "",
            vec![
                value(w, "120", false),
                value(w, "123", false),
                value(w, "about 130", false),
            ],
        )),
        topics: vec![tag(w, "Milldam", 1, None)],
        events: listed(w),
        extra: extra(),
    }
}

fn home_view(w: Words) -> HomeView {
    let topic = |n: usize, title: &str, ko: &str| {
        TopicCard {
        id: format!("topic-t{n}"),
        href: format!("topics/t{n}/"),
        title: w.say(title),
        names: korean(ko),
        spark_html: Some(SPARK.into()),
        text: w.some("The works have stood still since April 2013, when the upper bank withdrew some 53,000 workers. Talks in July broke down. A seventh round was set for 14 August 2013."),
        articles: n,
        events: 7,
        years: Some(("2004".into(), if n == 2 { "2004".into() } else { "2013".into() })),
    }
    };
    HomeView {
        lead: Some(HomeLead {
            title: w.say("The lower bank sets crew talks for Shenyang; the upper prepares its own"),
            article: Some(article(w, 1, "Two banks", "en")),
            topics: vec![tag(w, "Crew talks", 2, None)],
            lead: w.some("It would be the first such meeting since 2012, and each side wants to be the one to propose the next step."),
            blocks: vec![
                BlockView {
                    html: r##"<p>Both have agreed to hold talks in <a class="a a-place" href="places/shenyang/">Shenyang</a> on 3 March. The remains of those buried upstream are on the table, with other matters between the two.</p>"##.into(),
                    margin: Some(MarginView {
                        rows: 1,
                        glosses: vec![Gloss {
                            class: "date",
                            k: 1,
                            words: "3 March".into(),
                            value: "3 March 2014".into(),
                            remark: None,
                        }],
                        notes: vec![],
                        traces: vec![trace("Courier", "¶1.1")],
                    }),
                },
                block("<p>An official of the ministry said the lower bank was thinking of proposing talks first. Reunions at a mountain resort ended on Tuesday.</p>"),
            ],
        }),
        topics: vec![
            topic(1, "Milldam", "개성공업지구"),
            topic(2, "Crew talks", "적십자 회담"),
            topic(3, "Crossings and returns", "탈북자 송환"),
        ],
        disputes: disputes(w),
        articles: articles(w),
        events: listed(w),
        years: Some(("2002".into(), "2014".into())),
        all_articles: 60,
        all_events: 24,
    }
}

fn list(w: Words) -> ListView {
    let to = |href: &str, text| Link {
        href: href.into(),
        text,
    };
    ListView {
        title: w.say("All of them"),
        lead: w.some("Latest first."),
        total: Some(120),
        articles: vec![],
        events: vec![],
        topics: vec![],
        entities: vec![],
        measures: vec![],
        words: vec![],
        crumbs: vec![],
        shelves: vec![],
        shelves_only: false,
        pagination: Some(PaginationView {
            here: w.some("Page 2 of 3"),
            previous: Some(to("../", w.say("Previous"))),
            next: Some(to("../3/", w.say("Next"))),
        }),
    }
}

fn group<T>(id: &str, title: &str, items: Vec<T>) -> Group<T> {
    Group {
        id: id.into(),
        title: title.into(),
        items,
    }
}

fn search_view(w: Words) -> SearchView {
    let item = |text: &str, ko: &str, kind: &str, class: &'static str| IndexItem {
        href: "../articles/x/".into(),
        text: w.say(text),
        names: korean(ko),
        kind: kind.into(),
        class,
    };
    SearchView {
        letters: vec![
            group(
                "a-a",
                "A",
                vec![
                    item("Asylum", "망명", "Term", "term"),
                    item(
                        "A flood exercise is due",
                        "훈련",
                        "Event, August 2013",
                        "event",
                    ),
                ],
            ),
            group(
                "a-k",
                "K",
                vec![
                    item("Kaesong", "개성", "Place", "place"),
                    item("Kim Hyung-suk", "김형석", "Person", "person"),
                    item(
                        "Kaesong Industrial Complex",
                        "개성공업지구",
                        "Topic",
                        "topic",
                    ),
                ],
            ),
            group(
                "a-ㄱ",
                "ㄱ",
                vec![item(
                    "개성공단",
                    "Kaesong",
                    "Article, 14 August 2013",
                    "article",
                )],
            ),
        ],
        total: 6,
    }
}

fn sample(template: &'static str, page: PageView, view: &impl serde::Serialize) -> Sample {
    Sample {
        template,
        page,
        view: serde_json::to_value(view).unwrap(),
    }
}

fn lists(w: Words) -> Vec<Sample> {
    let named = |kind| page(kind, "", "All of them", w);
    let to = |href: &str, text| Link {
        href: href.into(),
        text: w.say(text),
    };
    let shelves = || {
        let part = |text, count| ShelfView {
            href: "2014/".into(),
            text: w.say(text),
            count,
        };
        vec![part("2014", 120), part("2013", 1)]
    };
    let entities = |letter: &str, class| {
        group(
            &format!("l-{letter}"),
            letter,
            vec![
                entity(w, class, "Kim Hyung-suk", "김형석"),
                EntityItem {
                    what: None,
                    names: vec![],
                    ..entity(w, class, "Kim Jin-hyang", "")
                },
            ],
        )
    };
    vec![
        sample(
            "articles.html",
            named("articles"),
            &ListView {
                articles: vec![
                    group("y2014", "2014", articles(w)),
                    group("y2013", "2013", articles(w)),
                ],
                ..list(w)
            },
        ),
        sample(
            "articles.html",
            named("articles"),
            &ListView {
                crumbs: vec![to("../../", "All of them"), to("../", "2014")],
                articles: vec![group("m03", "", articles(w))],
                ..list(w)
            },
        ),
        sample(
            "events.html",
            named("events"),
            &ListView {
                shelves: shelves(),
                events: vec![group("y2014", "2014", listed(w))],
                ..list(w)
            },
        ),
        sample(
            "events.html",
            named("events"),
            &ListView {
                shelves: shelves(),
                shelves_only: true,
                ..list(w)
            },
        ),
        sample(
            "topics.html",
            page("topics", "topics", "All topics", w),
            &ListView {
                topics: home_view(w).topics,
                pagination: None,
                ..list(w)
            },
        ),
        sample(
            "entities.html",
            named("entities"),
            &ListView {
                entities: vec![entities("K", "person"), entities("ㄱ", "place")],
                ..list(w)
            },
        ),
        sample(
            "measures.html",
            named("measures"),
            &ListView {
                measures: vec![measure_item(w), measure_item(w)],
                ..list(w)
            },
        ),
        sample(
            "words.html",
            named("words"),
            &ListView {
                words: vec![words_view(w, true), words_view(w, false)],
                ..list(w)
            },
        ),
    ]
}

/// Every page with everything in it.
pub(crate) fn rich(w: Words) -> Vec<Sample> {
    let mut home = page("home", "home", "Home", w);
    home.root = String::new();
    home.home = "./".into();
    home.path = String::new();
    let mut foreign = page("article", "topics", "개성공단 정상화", w);
    foreign.language = "ko".into();
    foreign.path = "articles/foreign/".into();
    let mut closed = page("article", "topics", "A restricted report", w);
    closed.path = "articles/closed/".into();
    let mut lost = page("notfound", "", "Not found", w);
    (lost.root, lost.home, lost.path) = (
        "/watershed/".into(),
        "/watershed/".into(),
        "404.html".into(),
    );
    lost.noindex = true;
    let mut moved = page("redirect", "", "Milldam", w);
    moved.noindex = true;
    let timeline = TimelineView {
        total: 24,
        reports: 5,
        chart: chart(),
        filters: vec![
            FilterView {
                index: 1,
                text: w.say("Milldam"),
                count: 6,
            },
            FilterView {
                index: 2,
                text: "Crew talks".into(),
                count: 5,
            },
        ],
        years: vec![group("y2013", "2013", listed(w))],
    };
    let plain = PlainView {
        title: w.say("How this briefing is made, and how to check it"),
        lead: w.some("This page says what we do to a report before you see it."),
        toc: vec![
            TocItem {
                id: "happened".into(),
                text: w.say("What happened"),
            },
            TocItem {
                id: "h-list".into(),
                text: "A list".into(),
            },
        ],
        blocks: article_blocks(Words::Plain)
            .into_iter()
            .filter(|b| !b.html.contains("id=\"r"))
            .collect(),
        footnotes_html: footnotes(),
        extra: extra(),
    };
    let lost_view = NotFoundView {
        topics: vec![Link {
            href: "/watershed/topics/m/".into(),
            text: w.say("Milldam"),
        }],
    };
    let moved_view = RedirectView {
        href: "../milldam/".into(),
        title: w.say("Milldam"),
    };
    let mut samples = vec![
        sample("home.html", home, &home_view(w)),
        sample(
            "article.html",
            page("article", "topics", "Talks called off", w),
            &article_view(w),
        ),
        sample("article.html", foreign, &article_view(w)),
        sample("article.html", closed, &restricted(w)),
        sample(
            "event.html",
            page("event", "topics", "Seventh round", w),
            &event_view(w),
        ),
        sample(
            "topic.html",
            page("topic", "topics", "Milldam", w),
            &topic_view(w),
        ),
        sample(
            "entity.html",
            page("entity", "", "Unification Ministry", w),
            &entity_view(w),
        ),
        sample(
            "measure.html",
            page("measure", "", "Companies", w),
            &measure_view(w),
        ),
        sample(
            "gaps.html",
            page("gaps", "gaps", "What is missing", w),
            &gaps_view(w),
        ),
        sample(
            "timeline.html",
            page("timeline", "timeline", "Timeline", w),
            &timeline,
        ),
        sample(
            "search.html",
            page("search", "search", "Search", w),
            &search_view(w),
        ),
        sample("plain.html", page("plain", "method", "Method", w), &plain),
        sample("data.html", page("data", "data", "Data", w), &data_view(w)),
        sample("404.html", lost, &lost_view),
        sample("redirect.html", moved, &moved_view),
    ];
    samples.extend(lists(w));
    samples
}

fn data_view(w: Words) -> DataView {
    let line = |label: &str, path: &str| RecordLine {
        label: w.say(label),
        parts: vec![TextPart {
            text: path.into(),
            href: Some(format!("../../{path}")),
        }],
        gap: None,
        traces: vec![],
        small: w.some("60 records; where each article names an entity"),
        warn: None,
    };
    DataView {
        title: w.say("Data"),
        lead: w.say("What the pages say, as files."),
        files: vec![
            line("Articles", "data/articles.json"),
            line("Mentions", "data/mentions.csv"),
        ],
        terms: vec![line("Licence", "data/licence.html")],
        index: Link {
            href: "../../data/index.json".into(),
            text: w.say("The list of all files"),
        },
    }
}

/// Every page with as little as views allow: whatever may be missing is, and lists are empty if `lists` is false.
pub(crate) fn bare(lists: bool) -> Vec<Sample> {
    rich(Words::Plain)
        .into_iter()
        .map(|mut sample| {
            empty(&mut sample.view, lists);
            let page = &mut sample.page;
            (page.description, page.canonical, page.jsonld) = (None, None, None);
            (page.menu, page.feeds, page.meta) = (vec![], vec![], vec![]);
            sample
        })
        .collect()
}

/// Fields of views that may be missing.
const OPTIONAL: &[&str] = &[
    "about",
    "accessed",
    "agency",
    "all_gaps",
    "apart",
    "archived_url",
    "article",
    "as_of",
    "as_of_note",
    "authors",
    "by",
    "chart",
    "copyright",
    "counts",
    "date_basis_text",
    "dateline",
    "datetime",
    "dispute",
    "feed",
    "footnotes_html",
    "gap",
    "here",
    "how",
    "known_to",
    "lead",
    "link",
    "margin",
    "next",
    "note",
    "original_title",
    "outlet",
    "pagination",
    "position",
    "previous",
    "remark",
    "repeats",
    "second_hand",
    "small",
    "spark_html",
    "speaker",
    "state",
    "status_text",
    "summary",
    "url",
    "verdict",
    "warn",
    "what",
    "reason",
];

fn empty(value: &mut serde_json::Value, lists: bool) {
    match value {
        serde_json::Value::Object(map) => {
            // A note's verdict may be missing, a disagreement's may not.
            let dispute = map.contains_key("values");
            for (key, value) in map.iter_mut() {
                // Two years are the ends of a span, which may be missing; a list of years holds groups.
                let span = key == "years" && value.get(0).is_some_and(serde_json::Value::is_string);
                if span || OPTIONAL.contains(&key.as_str()) && !(dispute && key == "verdict") {
                    // The lead of the home page is a table, not words: keep it to see what is in it.
                    if value.is_object() && key == "lead" && lists {
                        empty(value, lists);
                    } else {
                        *value = serde_json::Value::Null;
                    }
                } else {
                    empty(value, lists);
                }
            }
        }
        serde_json::Value::Array(list) if lists => list.iter_mut().for_each(|v| empty(v, lists)),
        serde_json::Value::Array(list) => list.clear(),
        _ => {}
    }
}
