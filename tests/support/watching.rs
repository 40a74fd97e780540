//! A running `dateline watch`, and what it tells.
//!
//! Nothing here waits for a time to pass: each step ends with an event of the server or a line of the terminal. Whatever does not come
//! within five minutes fails its test.

#![allow(clippy::unwrap_used, reason = "what does not come ends the test")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long to wait for what has to come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(300);

/// A running `dateline watch`, which is ended when it is dropped.
pub(crate) struct Watching {
    pub(crate) child: Child,
    pub(crate) lines: Receiver<String>,
    /// `127.0.0.1:PORT`
    pub(crate) host: String,
    /// The path of the site, with slashes at both ends.
    pub(crate) base: String,
}

impl Watching {
    /// Starts it in the folder of a site, and waits until it serves.
    pub(crate) fn start(site: &impl AsRef<Path>, args: &[&str]) -> Self {
        Self::start_with(site, args, |_| ())
    }

    /// The same, with something changed about the command.
    pub(crate) fn start_with(
        site: &impl AsRef<Path>,
        args: &[&str],
        more: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .args(["watch", "--port", "0"])
            .args(args)
            .current_dir(site)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        more(&mut command);
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let outs: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().unwrap()),
            Box::new(child.stderr.take().unwrap()),
        ];
        for out in outs {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(out).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        let mut watching = Self {
            child,
            lines,
            host: String::new(),
            base: String::new(),
        };
        let address = watching.line("Serving http://");
        let (host, base) = address["Serving http://".len()..].split_once('/').unwrap();
        watching.host = host.to_owned();
        watching.base = format!("/{base}");
        watching
    }

    /// The next line of the terminal that begins so.
    pub(crate) fn line(&self, begin: &str) -> String {
        self.line_of(&[begin])
    }

    /// The next line of the terminal that begins in one of these ways.
    pub(crate) fn line_of(&self, begins: &[&str]) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line =
                line.unwrap_or_else(|_| panic!("no line that begins with any of {begins:?}"));
            if begins.iter().any(|begin| line.starts_with(begin)) {
                return line;
            }
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[&str]) -> TcpStream {
        let mut stream = self.connect();
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|h| h.starts_with("Host:")) {
            request.push_str(&format!("Host: {}\r\n", self.host));
        }
        for header in headers {
            request.push_str(&format!("{header}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// The whole answer, head and body.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str]) -> String {
        let mut answer = Vec::new();
        self.send(method, path, headers)
            .read_to_end(&mut answer)
            .unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status and the body of a page of the site.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let answer = self.ask("GET", &format!("{}{path}", self.base), &[]);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    /// Begins to listen, and reads the faults that are told at once.
    pub(crate) fn listen(&self) -> Events {
        let stream = self.send("GET", "/_dateline/events", &[]);
        let mut events = Events(BufReader::new(stream));
        events.next("faults");
        events
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A stream of events.
pub(crate) struct Events(pub(crate) BufReader<TcpStream>);

impl Events {
    /// The data of the next event of this name.
    pub(crate) fn next(&mut self, name: &str) -> String {
        let mut current = String::new();
        // A server without news says so every quarter of a minute.
        let mut quiet = 0;
        while quiet < 4 {
            let mut line = String::new();
            let read = self.0.read_line(&mut line);
            assert!(read.is_ok_and(|n| n > 0), "no event of the name {name:?}");
            if let Some(event) = line.strip_prefix("event: ") {
                current = event.trim().to_owned();
            }
            if let Some(data) = line.strip_prefix("data: ")
                && current == name
            {
                return data.trim().to_owned();
            }
            quiet += usize::from(line.starts_with(':'));
        }
        panic!("no event of the name {name:?}");
    }

    /// Reads on until a change of this file is told of.
    pub(crate) fn change_of(&mut self, file: &str) {
        let quoted = format!("\"{file}\"");
        while !self.next("files").contains(&quoted) {}
    }
}
