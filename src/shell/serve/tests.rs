//! Whole answers, and the stream of events.

use std::fs;
use std::io::{self, Write};
use std::sync::mpsc::{Sender, channel};

use serde_json::json;

use super::*;
use crate::base::OutPath;

struct Fixture {
    temp: tempfile::TempDir,
    out: PathBuf,
    news: News,
}

impl Fixture {
    fn new(base: &str, files: &[(&str, &str)]) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("public");
        for (path, text) in files {
            let path = out.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let news = News::new(base);
        Self { temp, out, news }
    }

    fn site() -> Self {
        Self::new(
            "/",
            &[
                ("index.html", "<body>home</body>"),
                ("404.html", "<body>not here</body>"),
                ("a/index.html", "<body>a</body>"),
                ("style.css", "0123456789"),
                ("empty.txt", ""),
                (".dateline-manifest.json", "{}"),
            ],
        )
    }

    fn react(&self, method: &str, url: &str, headers: &[(&str, &str)]) -> Reaction {
        let host = [("host", "127.0.0.1:4114")];
        let headers = host.iter().chain(headers);
        let ask = Ask {
            method: method.into(),
            url: url.into(),
            headers: headers.map(|(n, v)| ((*n).into(), (*v).into())).collect(),
        };
        let site = Site {
            out: &self.out,
            news: &self.news,
            guard: Guard { any_host: false },
        };
        site.react(&ask)
    }

    fn ask(&self, method: &str, url: &str, headers: &[(&str, &str)]) -> Answer {
        match self.react(method, url, headers) {
            Reaction::Answer(answer) => answer,
            Reaction::Listen(_) => panic!("a stream of events"),
        }
    }

    fn get(&self, url: &str) -> Answer {
        self.ask("GET", url, &[])
    }
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let found = answer.headers.iter().find(|(n, _)| *n == name);
    found.map(|(_, value)| value.as_str())
}

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(&answer.body).unwrap()
}

#[test]
fn a_page_differs_from_the_built_one_by_a_script() {
    let site = Fixture::site();
    let answer = site.get("/a/");
    assert_eq!(answer.status, 200);
    assert_eq!(
        header(&answer, "Content-Type"),
        Some("text/html; charset=utf-8")
    );
    let stamp = site.news.stamp();
    assert_eq!(
        text(&answer),
        format!(
            "<body>a<script src=\"/_dateline/live.js\" data-stamp=\"{stamp}\" data-base=\"/\" \
             data-files=\"[&quot;a/index.html&quot;]\"></script></body>"
        )
    );
    assert_eq!(text(&site.get("/style.css?v=1")), "0123456789");
}

#[test]
fn methods() {
    let site = Fixture::site();
    let (head, get) = (site.ask("HEAD", "/a/", &[]), site.get("/a/"));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!((head.length, &head.headers), (get.body.len(), &get.headers));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "get", "CONNECT"] {
        let answer = site.ask(method, "/", &[]);
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(header(&answer, "Allow"), Some("GET, HEAD"));
    }
}

#[test]
fn parts_of_files() {
    let site = Fixture::site();
    let range = |range| site.ask("GET", "/style.css", &[("range", range)]);
    let part = range("bytes=2-4");
    assert_eq!((part.status, text(&part)), (206, "234"));
    assert_eq!(header(&part, "Content-Range"), Some("bytes 2-4/10"));
    let beyond = range("bytes=10-");
    assert_eq!(beyond.status, 416);
    assert_eq!(header(&beyond, "Content-Range"), Some("bytes */10"));
    assert_eq!(range("bytes=0-1,3-4").status, 200);
    let tag = header(&part, "ETag").unwrap().to_owned();
    for (tag, status) in [(tag.as_str(), 206), ("\"other\"", 200)] {
        let headers = [("range", "bytes=0-0"), ("if-range", tag)];
        assert_eq!(site.ask("GET", "/style.css", &headers).status, status);
    }
    let head = site.ask("HEAD", "/style.css", &[("range", "bytes=2-4")]);
    assert_eq!((head.status, head.length), (200, 10));
    assert_eq!(
        site.ask("GET", "/empty.txt", &[("range", "bytes=0-")])
            .status,
        416
    );
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let site = Fixture::site();
    let tag = header(&site.get("/style.css"), "ETag").unwrap().to_owned();
    for value in [tag.clone(), format!("\"x\", W/{tag}"), "*".into()] {
        let answer = site.ask("GET", "/style.css", &[("if-none-match", &value)]);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{value}");
    }
    fs::write(site.out.join("style.css"), "changed").unwrap();
    let answer = site.ask("GET", "/style.css", &[("if-none-match", &tag)]);
    assert_eq!((answer.status, text(&answer)), (200, "changed"));
}

#[test]
fn folders_and_what_is_not_there() {
    let site = Fixture::site();
    let folder = site.get("/a?x=1");
    assert_eq!(
        (folder.status, header(&folder, "Location")),
        (301, Some("/a/?x=1"))
    );
    let missing = site.get("/b");
    assert_eq!(missing.status, 404);
    assert!(text(&missing).starts_with("<body>not here<script "));
    assert!(
        text(&missing).contains("[&quot;b&quot;,&quot;b/index.html&quot;,&quot;404.html&quot;]")
    );
    for hidden in [
        "/.dateline-manifest.json",
        "/../public/style.css",
        "//evil.example/..",
    ] {
        assert_eq!(site.get(hidden).status, 404, "{hidden}");
    }
}

#[test]
fn below_a_path_of_its_own() {
    let mut site = Fixture::site();
    site.news = News::new("/repo/");
    for root in ["/", "/repo"] {
        let answer = site.get(root);
        assert_eq!(
            (answer.status, header(&answer, "Location")),
            (302, Some("/repo/")),
            "{root}"
        );
    }
    assert!(text(&site.get("/repo/")).starts_with("<body>home<script "));
    let folder = site.get("/repo/a");
    assert_eq!(header(&folder, "Location"), Some("/repo/a/"));
    let outside = site.get("/a/");
    assert_eq!(outside.status, 404);
    assert!(text(&outside).contains("<a href=\"/repo/\">"));
    assert_eq!(site.get("/_dateline/live.js").status, 200);
}

#[test]
fn other_origins_and_names_are_refused() {
    let site = Fixture::site();
    for headers in [
        [("origin", "http://evil.example")],
        [("sec-fetch-site", "cross-site")],
        // A second host beside the good one.
        [("host", "evil.example")],
    ] {
        let answer = site.ask("GET", "/", &headers);
        assert_eq!(answer.status, 403, "{headers:?}");
        let events = site.react("GET", "/_dateline/events", &headers);
        assert!(matches!(
            events,
            Reaction::Answer(Answer { status: 403, .. })
        ));
    }
}

#[test]
fn own_files_and_the_policy_of_the_worker() {
    let site = Fixture::site();
    let live = site.get("/_dateline/live.js");
    assert_eq!(
        header(&live, "Content-Type"),
        Some("text/javascript; charset=utf-8")
    );
    let worker = site.get("/_dateline/worker.js?since=a-1");
    assert!(header(&worker, "Content-Security-Policy").is_some());
    assert_eq!(site.get("/_dateline/x").status, 404);
}

#[test]
fn without_a_site_the_faults_are_shown() {
    let site = Fixture::new("/", &[]);
    site.news.faulty(json!([
        { "file": "corpus/a.md", "line": 3, "column": 7, "message": "<b>no</b>" },
        { "message": "nothing", "file": null },
    ]));
    let answer = site.get("/any/");
    assert_eq!(answer.status, 503);
    assert!(text(&answer).contains("<li><code>corpus/a.md:3:7</code> &lt;b&gt;no&lt;/b&gt;</li>"));
    assert!(text(&answer).contains("<li><code></code> nothing</li>"));
    assert!(text(&answer).contains("_dateline/live.js"));
    drop(site.temp);
}

#[test]
fn answers_as_they_are_sent() {
    let site = Fixture::site();
    let answer = site.get("/style.css");
    let sent = String::from_utf8(answer.bytes()).unwrap();
    let tag = header(&answer, "ETag").unwrap();
    assert_eq!(
        sent,
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/css; charset=utf-8\r\nETag: {tag}\r\nAccept-Ranges: bytes\r\n\
             Cache-Control: no-cache\r\nConnection: close\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             X-Content-Type-Options: nosniff\r\nContent-Length: 10\r\n\r\n0123456789"
        )
    );
}

/// A page that tells of each piece it reads, and goes away after so many.
struct Reader {
    left: usize,
    read: Vec<u8>,
    told: Sender<()>,
}

impl Write for &mut Reader {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.left -= 1;
        self.read.extend_from_slice(bytes);
        self.told.send(()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_stream_ends_when_its_reader_has_gone() {
    let news = News::new("/");
    let since = news.stamp();
    news.changed([&OutPath::new("a/index.html").unwrap()]);
    let (told, pieces) = channel();
    let mut reader = Reader {
        left: 2,
        read: Vec::new(),
        told,
    };
    std::thread::scope(|scope| {
        let stream = scope.spawn(|| stream(&news, Some(&since), &mut reader));
        for _ in 0..2 {
            pieces.recv().unwrap();
        }
        news.changed([&OutPath::new("b.css").unwrap()]);
        assert!(stream.join().unwrap().is_err());
    });
    let read = String::from_utf8(reader.read).unwrap();
    let first = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n";
    assert!(read.starts_with(first), "{read}");
    assert!(
        read.contains("\r\n\r\nretry: 1000\n\nevent: files\n"),
        "{read}"
    );
    assert!(!read.contains("b.css"), "{read}");
}

#[test]
fn base_paths() {
    for (url, path) in [
        (None, "/"),
        (Some("https://a.example"), "/"),
        (Some("https://a.example/"), "/"),
        (Some("https://a.example/repo/"), "/repo/"),
        (Some("https://a.example/a/b"), "/a/b/"),
        (Some("nonsense"), "/"),
    ] {
        assert_eq!(base_path(url), path);
    }
}

#[test]
fn ports_are_taken_once() {
    let first = bind(None, Some(0)).unwrap();
    assert!(!first.is_open() && first.origin().starts_with("http://127.0.0.1:"));
    let taken = first.address.port();
    assert!(bind(None, Some(taken)).is_err());
    let open = bind(Some("0.0.0.0"), Some(0)).unwrap();
    assert!(open.is_open() && open.origin().starts_with("http://127.0.0.1:"));
}
