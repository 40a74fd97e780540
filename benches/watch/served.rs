//! A running `dateline watch`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::site::Measured;

/// How long to wait for what has to come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(600);

/// A running `dateline watch`, which is ended when it is dropped.
pub(crate) struct Served {
    child: Child,
    lines: Receiver<(Instant, String)>,
    /// `127.0.0.1:PORT`
    host: String,
}

/// That a build has ended.
pub(crate) struct Built {
    /// When it said so.
    pub(crate) at: Instant,
    /// Files that it has written.
    pub(crate) written: usize,
}

impl Served {
    /// Starts it on a site, and waits until it serves.
    pub(crate) fn start(root: &Path) -> Measured<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["watch", "--port", "0"])
            .current_dir(root)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let out = child.stdout.take().ok_or("nothing to read")?;
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send((Instant::now(), line)).is_err() {
                    break;
                }
            }
        });
        let mut served = Self {
            child,
            lines,
            host: String::new(),
        };
        let (_, line) = served.line("Serving http://")?;
        let host = line.trim_start_matches("Serving http://").split('/').next();
        served.host = host.unwrap_or_default().to_owned();
        Ok(served)
    }

    /// The number of the process.
    pub(crate) fn process(&self) -> String {
        self.child.id().to_string()
    }

    fn line(&self, begin: &str) -> Measured<(Instant, String)> {
        loop {
            let told = self.lines.recv_timeout(PATIENCE)?;
            if told.1.starts_with(begin) {
                return Ok(told);
            }
        }
    }

    /// Waits until it tells that it has built.
    pub(crate) fn wait_for_build(&self) -> Measured<Built> {
        let (at, line) = self.line("Built ")?;
        // `Built a.md: 5 written (1.2 MB), 7 unchanged, in 45 ms`
        let words: Vec<&str> = line.split(' ').collect();
        let number = words.iter().position(|word| *word == "written");
        let number = number.and_then(|at| words.get(at.checked_sub(1)?)?.parse().ok());
        Ok(Built {
            at,
            written: number.unwrap_or_default(),
        })
    }

    /// Whether a page of the site has some words now.
    pub(crate) fn has(&self, page: &str, words: &str) -> Measured<bool> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let host = &self.host;
        write!(
            stream,
            "GET /{page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).contains(words))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
