//! `dateline watch`, through the program itself: a real server, real files, and a page's stream of events.
//!
//! Nothing here waits for a time to pass: each step ends with an event of the server. Whatever does not come within five minutes
//! fails its test.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::fs;
use std::io::{BufReader, Read, Write};
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;

use support::Fixture;
use support::watching::{Events, PATIENCE, Watching};

fn article(title: &str, text: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\npublished = 2024-03-05\noutlet = \"Gazette\"\n+++\n\n{text}\n"
    )
}

fn site() -> Fixture {
    Fixture::site()
        .write("corpus/one.md", article("One", "The strike ended."))
        .write("corpus/two.md", article("Two", "The port opened."))
}

/// As editors save: another file, then renamed.
fn replace(site: &Fixture, path: &str, text: &str) {
    let (folder, name) = path.rsplit_once('/').unwrap();
    let draft = format!("{folder}/{name}.new");
    site.edit(&draft, text);
    fs::rename(site.path(&draft), site.path(path)).unwrap();
}

/// What stands in `public/` is what a build of its own makes of the same sources.
fn assert_like_a_clean_build(site: &Fixture) {
    let watched = site.snapshot();
    let clean = tempfile::tempdir().unwrap();
    let out = clean.path().join("out");
    let ran = site.run(["build", "--quiet", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for (path, bytes) in watched {
        let other = fs::read(out.join(&path));
        assert!(other.is_ok_and(|other| other == bytes), "{path} differs");
    }
    let count = |folder: &std::path::Path| walkdir::WalkDir::new(folder).into_iter().count();
    assert_eq!(count(&site.path("public")), count(&out));
}

#[test]
fn an_edit_reaches_the_page() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let (status, page) = watching.get("articles/one/");
    assert_eq!(status, 200);
    assert!(page.contains("The strike ended."));
    let script = page.find("<script src=\"/_dateline/live.js\"").unwrap();
    let end = page[script..].find("</script>").unwrap() + "</script>".len();
    let without = [&page[..script], &page[script + end..]].concat();
    assert_eq!(without, site.read("public/articles/one/index.html"));

    let mut events = watching.listen();
    let mut other = watching.listen();
    replace(
        &site,
        "corpus/one.md",
        &article("One", "The strike goes on."),
    );
    events.change_of("articles/one/index.html");
    assert!(
        watching
            .get("articles/one/")
            .1
            .contains("The strike goes on.")
    );
    other.change_of("articles/one/index.html");
    assert!(watching.line("Built ").starts_with("Built corpus/one.md"));
}

#[test]
fn the_time_of_each_phase_is_told_of_later_builds_too() {
    let site = site();
    let watching = Watching::start(&site, &["--timings"]);
    site.edit("corpus/one.md", article("One", "The strike goes on."));
    watching.line("pages ");
    watching.line("write ");
    watching.line("Built ");
}

#[test]
fn what_was_missed_is_told_later() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let (_, page) = watching.get("articles/one/");
    let stamp = page
        .split("data-stamp=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let mut events = watching.listen();
    site.edit("corpus/one.md", article("One", "Changed."));
    events.change_of("articles/one/index.html");
    let since = format!("/_dateline/events?since={stamp}");
    Events(BufReader::new(watching.send("GET", &since, &[]))).change_of("articles/one/index.html");
    let header = format!("Last-Event-ID: {stamp}");
    let stream = watching.send("GET", "/_dateline/events", &[&header]);
    Events(BufReader::new(stream)).change_of("articles/one/index.html");
    // Of another server's life nothing is known.
    let stream = watching.send("GET", "/_dateline/events?since=0123-4", &[]);
    Events(BufReader::new(stream)).next("reset");
}

#[test]
fn a_fault_is_told_with_its_place_and_taken_back() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let mut events = watching.listen();
    let broken = article("One", "New.").replace("2024-03-05", "\"2024-02-30\"");
    site.edit("corpus/one.md", broken);
    let faults = events.next("faults");
    for part in [
        "\"code\":\"bad-date\"",
        "\"file\":\"corpus/one.md\"",
        "\"line\":3",
        "\"column\":13",
        "\"help\":",
    ] {
        assert!(faults.contains(part), "{part} is not in {faults}");
    }
    assert!(watching.line("error[bad-date]").contains("2024-02-30"));
    assert!(watching.line(" --> ").ends_with("corpus/one.md:3:13"));
    watching.line("Found 1 error");
    assert!(
        watching
            .get("articles/one/")
            .1
            .contains("The strike ended.")
    );
    // Whoever comes now is told as well.
    let stream = watching.send("GET", "/_dateline/events", &[]);
    assert_eq!(Events(BufReader::new(stream)).next("faults"), faults);

    site.edit("corpus/one.md", article("One", "Mended."));
    assert_eq!(events.next("faults"), "[]");
    assert!(watching.get("articles/one/").1.contains("Mended."));
    assert_like_a_clean_build(&site);
}

#[test]
fn a_site_that_is_broken_from_the_beginning() {
    let site = site().write("corpus/one.md", "+++\ntitle = \n+++\n\nText.\n");
    let watching = Watching::start(&site, &[]);
    let (status, page) = watching.get("articles/one/");
    assert_eq!(status, 503);
    assert!(page.contains("<code>corpus/one.md:2:"), "{page}");
    let mut events = watching.listen();
    site.edit("corpus/one.md", article("One", "Mended."));
    events.change_of("articles/one/index.html");
    assert_eq!(watching.get("articles/one/").0, 200);
}

#[test]
fn files_come_go_and_change_their_names() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let mut events = watching.listen();
    // A folder and what is in it appear at once.
    site.edit("corpus/2024/march/three.md", article("Three", "Third."));
    events.change_of("articles/three/index.html");
    // The new folder is watched too.
    site.edit("corpus/2024/march/four.md", article("Four", "Fourth."));
    events.change_of("articles/four/index.html");
    fs::rename(site.path("corpus/one.md"), site.path("corpus/five.md")).unwrap();
    events.change_of("articles/five/index.html");
    assert_eq!(watching.get("articles/one/").0, 404);
    site.remove("corpus/two.md");
    events.change_of("articles/two/index.html");
    assert_eq!(watching.get("articles/two/").0, 404);
    fs::rename(site.path("corpus/2024"), site.path("elsewhere")).unwrap();
    events.change_of("articles/four/index.html");
    fs::rename(site.path("elsewhere"), site.path("corpus/back")).unwrap();
    events.change_of("articles/four/index.html");
    site.edit("corpus/back/march/four.md", article("Four", "Last."));
    events.change_of("articles/four/index.html");
    assert!(watching.get("articles/four/").1.contains("Last."));
    // It is shown before it is written.
    watching.line("Built corpus/back/march/four.md");
    assert_like_a_clean_build(&site);
}

#[test]
fn templates_styles_the_gazetteer_and_the_configuration() {
    let site = site();
    let watching = Watching::start(&site, &["--base-url", "https://a.example/repo/"]);
    assert_eq!(watching.base, "/repo/");
    let root = watching.ask("GET", "/", &[]);
    assert!(root.starts_with("HTTP/1.1 302 ") && root.contains("\r\nLocation: /repo/\r\n"));
    assert_eq!(watching.get("articles/one/").0, 200);

    let mut events = watching.listen();
    let theme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let style = fs::read_to_string(theme.join("static/style.css")).unwrap();
    // `templates/` is not there before.
    site.edit(
        "templates/static/style.css",
        format!("{style}\n.new {{ color: red }}\n"),
    );
    assert!(events.next("styles").contains("\"assets/style.css\""));
    assert!(watching.get("assets/style.css").1.contains(".new"));

    let template = fs::read_to_string(theme.join("templates/404.html")).unwrap();
    let changed = template.replacen("{% block main %}", "{% block main %}<p>Own words</p>", 1);
    assert_ne!(template, changed);
    site.edit("templates/404.html", changed);
    events.change_of("404.html");
    let (status, page) = watching.get("nowhere/");
    assert!(status == 404 && page.contains("<p>Own words</p>"));

    site.edit(
        "content/organizations/union.md",
        "+++\nname = \"strike\"\n+++\n",
    );
    events.change_of("articles/one/index.html");
    assert!(
        watching
            .get("articles/one/")
            .1
            .contains("organizations/union/")
    );

    site.edit("static/note.txt", "plain");
    events.change_of("note.txt");
    replace(&site, "static/note.txt", "changed");
    events.change_of("note.txt");
    assert_eq!(watching.get("note.txt"), (200, "changed".into()));

    site.edit("dateline.toml", "title = \"Another title\"\n");
    events.change_of("index.html");
    assert!(watching.get("").1.contains("Another title"));
}

#[test]
fn the_path_of_the_site_may_change() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    assert_eq!(watching.base, "/");
    let mut events = watching.listen();
    site.edit(
        "dateline.toml",
        "title = \"Test\"\nbase_url = \"https://a.example/deep/er/\"\n",
    );
    assert_eq!(
        events.next("moved"),
        "{\"from\":\"/\",\"to\":\"/deep/er/\"}"
    );
    let answer = watching.ask("GET", "/deep/er/articles/one/", &[]);
    assert!(answer.starts_with("HTTP/1.1 200 "));
    assert!(watching.line("Serving ").ends_with("/deep/er/"));
}

#[test]
fn a_burst_is_few_builds_and_ends_with_the_last_word() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let mut events = watching.listen();
    for i in 0..500 {
        let text = article(&format!("A{i}"), "Words.");
        site.edit(&format!("corpus/many/a{i}.md"), text);
    }
    while watching.get("articles/a499/").0 != 200 {
        events.next("files");
    }
    site.edit("static/end.txt", "");
    events.change_of("end.txt");
    let lines: Vec<String> = watching.lines.try_iter().collect();
    let builds = lines.iter().filter(|line| line.starts_with("Built "));
    assert!((1..=4).contains(&builds.count()), "{lines:#?}");
    // No file was taken for broken because it was half written.
    assert!(
        !lines.iter().any(|line| line.contains("error")),
        "{lines:#?}"
    );
    for i in 0..30 {
        let text = article("One", &format!("Version {i}."));
        site.edit("corpus/one.md", text);
    }
    while !watching.get("articles/one/").1.contains("Version 29.") {
        events.next("files");
    }
}

#[test]
fn who_asks_and_for_what() {
    let site = site().write("static/text.txt", "0123456789");
    let watching = Watching::start(&site, &[]);
    std::os::unix::fs::symlink("../dateline.toml", site.path("public/leak.txt")).unwrap();
    let status = |method: &str, path: &str, headers: &[&str]| {
        let answer = watching.ask(method, path, headers);
        answer[9..12].parse::<u16>().unwrap()
    };
    assert_eq!(status("GET", "/", &["Host: evil.example"]), 403);
    assert_eq!(status("GET", "/", &["Host: localhost:1"]), 200);
    assert_eq!(status("GET", "/", &["Origin: http://evil.example"]), 403);
    assert_eq!(
        status("GET", "/_dateline/events", &["Sec-Fetch-Site: cross-site"]),
        403
    );
    assert_eq!(status("POST", "/", &["Content-Length: 0"]), 405);
    assert_eq!(status("GET", "/text.txt", &["Range: bytes=2-4"]), 206);
    assert_eq!(status("GET", "/text.txt", &["Range: bytes=10-"]), 416);
    assert_eq!(status("GET", "/articles/one", &[]), 301);
    for path in [
        "/../dateline.toml",
        "/%2e%2e/dateline.toml",
        "/articles/..%2f..%2fdateline.toml",
        "/leak.txt",
        "/.dateline-manifest.json",
    ] {
        assert_eq!(status("GET", path, &[]), 404, "{path}");
    }
    let head = watching.ask("HEAD", "/text.txt", &[]);
    assert!(
        head.contains("Content-Length: 10\r\n") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    // A connection is for one request, and ends with its answer.
    let mut two = watching.connect();
    let request = format!("GET /text.txt HTTP/1.1\r\nHost: {}\r\n\r\n", watching.host);
    two.write_all(request.repeat(2).as_bytes()).unwrap();
    let mut answer = String::new();
    two.read_to_string(&mut answer).unwrap();
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 1, "{answer}");
    assert!(answer.contains("\r\nConnection: close\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n0123456789"), "{answer}");
}

#[test]
fn many_pages_listen_at_once() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let mut pages: Vec<Events> = (0..40).map(|_| watching.listen()).collect();
    // Half of them go away, and the others do not notice.
    pages.truncate(20);
    site.edit("corpus/one.md", article("One", "Changed."));
    for page in &mut pages {
        page.change_of("articles/one/index.html");
    }
    assert_eq!(watching.get("").0, 200);
}

#[test]
fn looking_for_changes_where_none_are_reported() {
    let site = site();
    let watching = Watching::start(&site, &["--poll"]);
    let mut events = watching.listen();
    site.edit("corpus/one.md", article("One", "Looked for."));
    events.change_of("articles/one/index.html");
    site.edit(
        "content/new/../about.md",
        "+++\ntitle = \"About\"\n+++\n\nText.\n",
    );
    events.change_of("about/index.html");
    assert!(watching.get("articles/one/").1.contains("Looked for."));
}

#[test]
fn another_build_and_one_in_the_way_are_waited_for() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let mut events = watching.listen();
    let lock = fs::File::create(site.path("public/.dateline-lock")).unwrap();
    lock.lock().unwrap();
    site.edit("corpus/one.md", article("One", "Waited for."));
    assert!(events.next("faults").contains("another build is writing"));
    drop(lock);
    events.change_of("articles/one/index.html");
    assert_eq!(events.next("faults"), "[]");
}

#[test]
fn ctrl_c_ends_it_and_leaves_nothing_behind() {
    let site = site();
    let mut watching = Watching::start(&site, &["--quiet"]);
    let id = watching.child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(killed.success());
    assert_eq!(watching.child.wait().unwrap().code(), Some(0));
    let left = fs::read_dir(site.path("public")).unwrap().flatten();
    let names: Vec<_> = left.map(|e| e.file_name().into_string().unwrap()).collect();
    assert!(names.contains(&".dateline-manifest.json".to_owned()));
    assert!(
        !names
            .iter()
            .any(|n| n == ".dateline-lock" || n == ".dateline-staging")
    );
}

#[test]
fn the_browser_is_opened_by_the_systems_own_opener() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let site = site();
    let pipe = site.path("opened");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    site.edit(
        "bin/xdg-open",
        "#!/bin/sh\nprintf %s \"$1\" > \"$(dirname \"$0\")/../opened\"\n",
    );
    let opener = site.path("bin/xdg-open");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&opener, mode).unwrap();
    let (sender, opened) = channel();
    thread::spawn(move || sender.send(fs::read_to_string(pipe)));
    let path = format!(
        "{}:{}",
        site.path("bin").display(),
        std::env::var("PATH").unwrap()
    );
    let watching = Watching::start_with(&site, &["--open"], |command| {
        command.env("PATH", path);
    });
    let address = opened.recv_timeout(PATIENCE).unwrap().unwrap();
    assert_eq!(address, format!("http://{}/", watching.host));
}

#[test]
fn what_cannot_begin_is_told() {
    let site = site();
    let watching = Watching::start(&site, &[]);
    let port = watching.host.rsplit_once(':').unwrap().1;
    let ran = site.run(["serve", "--port", port]);
    assert_eq!(ran.code, 74);
    assert!(ran.err.contains("--port"), "{}", ran.err);
    let ran = site.run(["watch", "--port", "0", "--root", "nowhere"]);
    assert_eq!(ran.code, 74);
    assert!(ran.err.contains("nowhere"), "{}", ran.err);
    let ran = site.run(["watch", "--port", "0", "--out", "corpus"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
}
