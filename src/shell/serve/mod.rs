//! The server of `dateline watch`: the output folder over HTTP, and news of it to the pages that are open.
//!
//! 1. [`bind`] takes a port; nothing is answered yet.
//! 2. [`start`] answers. Each connection has a thread of its own ([`wire`]), so that none waits for another.
//! 3. Whoever builds pins up news ([`News`]): which files changed, what is wrong.
//!
//! Invariant: what is served is what stands in the output folder, byte for byte, but for one script element in pages, and for pages of
//! articles between a change and the end of the build that it leads to, which are shown as far as they are known; nothing outside that folder is served, and nothing is served to other origins.

mod answer;
mod guard;
mod inject;
mod kind;
mod news;
mod place;
mod range;
#[cfg(test)]
mod tests;
mod wire;

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use answer::{Answer, Ask, Reaction, Site};
use guard::Guard;
pub(super) use news::News;
use news::Stamp;

/// The port that is tried first where none is asked for, and how many after it. The same one each time, so that pages left
/// open find the server again.
const FIRST_PORT: u16 = 4114;
const PORTS: u16 = 10;

/// How many streams of events there may be at once.
const LISTENERS: usize = 128;

/// After how long without news a listener is told that the server is still there. It is also when one that has gone
/// away is noticed.
const PATIENCE: Duration = Duration::from_secs(15);

/// A port taken, before anything is answered on it.
#[derive(Debug)]
pub(super) struct Bound {
    listener: TcpListener,
    address: SocketAddr,
}

/// Takes a port: the one asked for, or any that is free (0, or none). `host` is an address or a name of this machine, the loopback
/// address where it is none.
///
/// # Errors
/// The port is taken, or the host is not this machine.
pub(super) fn bind(host: Option<&str>, port: Option<u16>) -> io::Result<Bound> {
    let host = host.unwrap_or("127.0.0.1");
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let take = |port: u16| {
        let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
        TcpListener::bind(&addresses[..])
    };
    let listener = match port {
        Some(port) => take(port)?,
        None => (FIRST_PORT..FIRST_PORT + PORTS)
            .find_map(|port| take(port).ok())
            .map_or_else(|| take(0), Ok)?,
    };
    let address = listener.local_addr()?;
    Ok(Bound { listener, address })
}

impl Bound {
    /// Where it can be reached from this machine: `http://127.0.0.1:4114`.
    pub(super) fn origin(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            // This stands for every address, and browsers do not open it.
            address.set_ip(match address {
                SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
            });
        }
        format!("http://{address}")
    }

    /// Whether other machines may reach it.
    pub(super) fn is_open(&self) -> bool {
        !self.address.ip().is_loopback()
    }
}

/// What the threads share.
struct Server {
    out: PathBuf,
    news: Arc<News>,
    guard: Guard,
    listeners: AtomicUsize,
}

/// Serves the output folder `out` until the process ends.
///
/// # Errors
/// A thread cannot be had.
pub(super) fn start(bound: Bound, out: PathBuf, news: Arc<News>) -> io::Result<()> {
    let guard = Guard {
        any_host: bound.is_open(),
    };
    let server = Arc::new(Server {
        out,
        news,
        guard,
        listeners: AtomicUsize::new(0),
    });
    wire::accept(bound.listener, move |ask, connection| {
        server.handle(ask, connection)
    })
}

impl Server {
    fn handle(&self, ask: &Ask, connection: &mut dyn Write) -> io::Result<()> {
        let site = Site {
            out: &self.out,
            news: &self.news,
            guard: self.guard,
        };
        match site.react(ask) {
            Reaction::Answer(answer) => connection.write_all(&answer.bytes()),
            Reaction::Listen(since) => self.listen(connection, since.as_ref()),
        }
    }

    fn listen(&self, connection: &mut dyn Write, since: Option<&Stamp>) -> io::Result<()> {
        let place = Place::take(&self.listeners);
        match place.number < LISTENERS {
            true => stream(&self.news, since, connection),
            false => connection.write_all(&Answer::text(503, "Too many pages are open.\n").bytes()),
        }
    }
}

/// A place among the listeners, until it is dropped.
struct Place<'a> {
    taken: &'a AtomicUsize,
    /// How many were taken before.
    number: usize,
}

impl<'a> Place<'a> {
    fn take(taken: &'a AtomicUsize) -> Self {
        let number = taken.fetch_add(1, Ordering::Relaxed);
        Self { taken, number }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Writes events until nobody reads them.
fn stream(news: &News, since: Option<&Stamp>, mut page: impl Write) -> io::Result<()> {
    let stream = (
        "Content-Type",
        "text/event-stream; charset=utf-8".to_owned(),
    );
    let mut text = answer::head(200, &[stream]);
    let (mut mark, first) = news.begin(since);
    text.extend_from_slice(b"\r\n");
    text.extend_from_slice(first.as_bytes());
    loop {
        page.write_all(&text)?;
        page.flush()?;
        let events = news.after(&mut mark, PATIENCE);
        text = events.map_or_else(|| b": still here\n\n".to_vec(), String::into_bytes);
    }
}

/// The path of a base URL, which begins and ends with a slash; `/` where there is none.
pub(super) fn base_path(base_url: Option<&str>) -> String {
    let rest = base_url.and_then(|url| Some(url.split_once("://")?.1));
    let path = rest.and_then(|rest| Some(rest.split_once('/')?.1));
    match path.map(|path| path.trim_matches('/')) {
        None | Some("") => "/".to_owned(),
        Some(path) => format!("/{path}/"),
    }
}
