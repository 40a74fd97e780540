//! Connections: requests read from them, one each, and what is written back.
//!
//! 1. [`accept`] gives every connection a thread of its own.
//! 2. The thread reads the head of one request (RFC 9112, 3 and 5); what comes after it is of no interest.
//! 3. It hands the request on, and closes the connection when the answer has been written.
//!
//! Invariant: a connection on which nothing is said, or nothing read, keeps no other one waiting, and not for ever its
//! own thread. Browsers open connections ahead of need and leave them silent.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::Duration;

use super::Place;
use super::answer::{Answer, Ask};

/// How many connections there may be at once. Further ones are closed at once.
const CONNECTIONS: usize = 512;

/// The longest head of a request, in bytes, and the most fields in it.
const HEAD: usize = 64 * 1024;
const FIELDS: usize = 128;

/// For how long a connection may be silent before its request is there, and for how long nothing may be taken of an answer.
const SILENCE: Duration = Duration::from_secs(60);

/// How long the other side is given to read the end of an answer and to hang up.
const FAREWELL: Duration = Duration::from_secs(2);

/// How long to wait where no connection can be taken, for want of file descriptors as a rule.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes connections until the process ends, and calls `handle` with each request and the connection to write the answer to.
///
/// # Errors
/// A thread to take them on cannot be had.
pub(super) fn accept<H>(listener: TcpListener, handle: H) -> io::Result<()>
where
    H: Fn(&Ask, &mut dyn Write) -> io::Result<()> + Send + Sync + 'static,
{
    let shared = Arc::new((handle, AtomicUsize::new(0)));
    let take = move || {
        for connection in listener.incoming() {
            let Ok(connection) = connection else {
                thread::sleep(PAUSE);
                continue;
            };
            let shared = Arc::clone(&shared);
            let serve = move || {
                let (handle, open) = &*shared;
                if Place::take(open).number < CONNECTIONS {
                    // That the other side has gone away is how many connections end.
                    drop(converse(&connection, handle));
                }
            };
            // Where no thread can be had the connection is closed, and the page tries again.
            drop(thread::Builder::new().name("serve".into()).spawn(serve));
        }
    };
    thread::Builder::new().name("accept".into()).spawn(take)?;
    Ok(())
}

/// Reads a request, has it answered, and ends the connection.
fn converse(
    mut connection: &TcpStream,
    handle: impl Fn(&Ask, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    connection.set_read_timeout(Some(SILENCE))?;
    connection.set_write_timeout(Some(SILENCE))?;
    connection.set_nodelay(true)?;
    match request(connection)? {
        Request::Asked(ask) => handle(&ask, &mut connection)?,
        Request::Garbled => {
            connection.write_all(&Answer::text(400, "That is no request.\n").bytes())?;
        }
        Request::Long => {
            connection.write_all(&Answer::text(431, "That is too long.\n").bytes())?;
        }
        Request::None => return Ok(()),
    }
    // Closing at once while there is something left to read would take back what was written.
    connection.shutdown(Shutdown::Write)?;
    connection.set_read_timeout(Some(FAREWELL))?;
    let mut rest = [0; 4096];
    for _ in 0..HEAD / rest.len() {
        if connection.read(&mut rest)? == 0 {
            break;
        }
    }
    Ok(())
}

/// What came over a connection.
#[derive(Debug, PartialEq, Eq)]
enum Request {
    Asked(Ask),
    /// Not HTTP.
    Garbled,
    /// Its head is longer than any that browsers send.
    Long,
    /// The other side has hung up without a word.
    None,
}

/// Reads the head of a request.
fn request(mut from: impl Read) -> io::Result<Request> {
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let length = match from.read(&mut piece) {
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        head.extend_from_slice(piece.get(..length).unwrap_or_default());
        match parse(&head) {
            Ok(Some(ask)) => return Ok(Request::Asked(ask)),
            Ok(None) if length == 0 && head.is_empty() => return Ok(Request::None),
            Ok(None) if length > 0 && head.len() < HEAD => {}
            Ok(None) if length > 0 => return Ok(Request::Long),
            Err(httparse::Error::TooManyHeaders) => return Ok(Request::Long),
            Ok(None) | Err(_) => return Ok(Request::Garbled),
        }
    }
}

/// The request, if its head is complete.
fn parse(head: &[u8]) -> Result<Option<Ask>, httparse::Error> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    if request.parse(head)?.is_partial() {
        return Ok(None);
    }
    let headers = request.headers.iter().map(|field| {
        let value = String::from_utf8_lossy(field.value).into_owned();
        (field.name.to_ascii_lowercase(), value)
    });
    Ok(Some(Ask {
        method: request.method.unwrap_or_default().to_owned(),
        url: request.path.unwrap_or_default().to_owned(),
        headers: headers.collect(),
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives out a text in pieces of some length.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(self.1).min(into.len());
            let (now, later) = self.0.split_at(length);
            into[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    #[test]
    fn a_request_comes_in_pieces() {
        let text = b"GET /a%20b/?x=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nRANGE:  bytes=0-1 \r\n\r\nbody";
        for length in [1, 2, 7, 4096] {
            let Ok(Request::Asked(ask)) = request(Pieces(text, length)) else {
                panic!("{length}");
            };
            let pairs = [("host", "127.0.0.1"), ("range", "bytes=0-1")];
            let headers = pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
            let (method, url) = ("GET".to_owned(), "/a%20b/?x=1".to_owned());
            assert_eq!(
                ask,
                Ask {
                    method,
                    url,
                    headers
                }
            );
        }
    }

    #[test]
    fn what_is_no_request() {
        let read = |text: &[u8]| request(Pieces(text, 4096)).unwrap();
        assert_eq!(read(b""), Request::None);
        assert_eq!(read(b"GET / HTTP/1.1\r\nHost:"), Request::Garbled);
        assert_eq!(read(b"\x16\x03\x01\x02\x00\x01"), Request::Garbled);
        let endless = [&b"GET / HTTP/1.1\r\nX: "[..], &vec![b'x'; 2 * HEAD]].concat();
        assert_eq!(read(&endless), Request::Long);
        let fields = "X: y\r\n".repeat(FIELDS + 1);
        assert_eq!(
            read(format!("GET / HTTP/1.1\r\n{fields}\r\n").as_bytes()),
            Request::Long
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..300), length in 1..64_usize) {
            prop_assert!(request(Pieces(&bytes, length)).is_ok());
        }
    }

    fn asking(to: std::net::SocketAddr) -> TcpStream {
        let mut connection = TcpStream::connect(to).unwrap();
        connection.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
        connection
    }

    #[test]
    fn silent_connections_keep_nobody_waiting() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let to = listener.local_addr().unwrap();
        accept(listener, |_, connection| connection.write_all(b"answer")).unwrap();
        let mut silent = Vec::new();
        for _ in 0..100 {
            silent.push(TcpStream::connect(to).unwrap());
            let mut text = String::new();
            asking(to).read_to_string(&mut text).unwrap();
            assert_eq!(text, "answer");
        }
    }
}
