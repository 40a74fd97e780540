//! Who may ask.
//!
//! A server on the loopback address is reached by every page that is open in the browser. Three checks keep them out:
//!
//! - A name that somebody has made to point at this machine (DNS rebinding) stands in `Host`, so only loopback addresses and
//!   `localhost` may stand there.
//! - What a page of another origin asks for carries `Origin`, or `Sec-Fetch-Site` from browsers that send it.
//! - For the rest, answers forbid other origins to embed them (`Cross-Origin-Resource-Policy`, in [`super::answer`]).
//!
//! Following a link from elsewhere is no such request: the browser shows the page and gives nothing of it away.

use std::net::IpAddr;

/// Whom a server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guard {
    /// Whether it may be asked under any name: it listens beyond the loopback address because somebody wanted that.
    pub(super) any_host: bool,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It names a host that this is not.
    Host,
    /// A page of another origin sent it.
    Origin,
}

impl Refusal {
    /// What to tell.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Host => {
                "This server answers under localhost and loopback addresses only. Start it with --host to open it to others.\n"
            }
            Self::Origin => "This server does not answer what pages of other origins ask for.\n",
        }
    }
}

/// What of a request tells who asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Asker<'a> {
    /// `Host`.
    pub(super) host: Option<&'a str>,
    /// `Origin`.
    pub(super) origin: Option<&'a str>,
    /// `Sec-Fetch-Site`.
    pub(super) site: Option<&'a str>,
    /// `Sec-Fetch-Mode`.
    pub(super) mode: Option<&'a str>,
    /// `Sec-Fetch-Dest`.
    pub(super) destination: Option<&'a str>,
}

impl Guard {
    /// Whether to answer.
    pub(super) fn admit(self, asker: &Asker<'_>) -> Result<(), Refusal> {
        if !self.any_host && !asker.host.is_some_and(is_loopback) {
            return Err(Refusal::Host);
        }
        let own = |origin: &str| {
            let authority = origin
                .strip_prefix("http://")
                .or_else(|| origin.strip_prefix("https://"));
            authority.is_some_and(|a| asker.host.is_some_and(|host| a.eq_ignore_ascii_case(host)))
        };
        if !asker.origin.is_none_or(own) {
            return Err(Refusal::Origin);
        }
        let followed = asker.mode == Some("navigate") && asker.destination == Some("document");
        match asker.site {
            None | Some("same-origin" | "none") => Ok(()),
            Some(_) if followed => Ok(()),
            Some(_) => Err(Refusal::Origin),
        }
    }
}

/// Whether a `Host` header, with or without a port, names this machine by its loopback interface.
fn is_loopback(host: &str) -> bool {
    let Some(name) = without_port(host) else {
        return false;
    };
    if let Ok(address) = name.parse::<IpAddr>() {
        return address.is_loopback();
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// The name or address in a `Host` header; none where it has not the form of one.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let digits = |port: &str| port.bytes().all(|b| b.is_ascii_digit());
    (port.is_empty() || port.strip_prefix(':').is_some_and(digits)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: Guard = Guard { any_host: false };
    const OPEN: Guard = Guard { any_host: true };

    fn host(host: &str) -> Asker<'_> {
        Asker {
            host: Some(host),
            ..Asker::default()
        }
    }

    #[test]
    fn only_names_of_the_loopback_interface() {
        for good in [
            "127.0.0.1:4114",
            "127.0.0.1",
            "127.8.9.1:80",
            "[::1]:4114",
            "[::1]",
            "localhost:4114",
            "LOCALHOST",
            "localhost.:1",
            "briefing.localhost:4114",
        ] {
            assert_eq!(LOCAL.admit(&host(good)), Ok(()), "{good}");
        }
        for bad in [
            "evil.example:4114",
            "localhost.evil.example",
            "127.0.0.1.evil.example:4114",
            "notlocalhost",
            "192.168.0.7:4114",
            "0.0.0.0:4114",
            "127.0.0.1:x",
            "[::1",
            "[::1]x",
            "a:b:c",
            "",
        ] {
            assert_eq!(LOCAL.admit(&host(bad)), Err(Refusal::Host), "{bad}");
            assert_eq!(OPEN.admit(&host(bad)), Ok(()), "{bad}");
        }
        assert_eq!(LOCAL.admit(&Asker::default()), Err(Refusal::Host));
    }

    #[test]
    fn no_page_of_another_origin() {
        let from = |origin| Asker {
            origin: Some(origin),
            ..host("localhost:4114")
        };
        assert_eq!(LOCAL.admit(&from("http://localhost:4114")), Ok(()));
        for bad in [
            "http://evil.example",
            "http://localhost:3000",
            "http://localhost",
            "http://localhost:4114.evil.example",
            "null",
            "",
        ] {
            for guard in [LOCAL, OPEN] {
                assert_eq!(guard.admit(&from(bad)), Err(Refusal::Origin), "{bad}");
            }
        }
    }

    #[test]
    fn links_may_be_followed_and_nothing_else() {
        let fetch = |site, mode, destination| Asker {
            site: Some(site),
            mode: Some(mode),
            destination: Some(destination),
            ..host("localhost:4114")
        };
        for good in [
            fetch("none", "navigate", "document"),
            fetch("same-origin", "no-cors", "style"),
            fetch("cross-site", "navigate", "document"),
        ] {
            assert_eq!(LOCAL.admit(&good), Ok(()), "{good:?}");
        }
        for bad in [
            fetch("cross-site", "no-cors", "script"),
            fetch("same-site", "cors", "empty"),
            fetch("cross-site", "navigate", "iframe"),
            fetch("new-word", "no-cors", "image"),
        ] {
            assert_eq!(OPEN.admit(&bad), Err(Refusal::Origin), "{bad:?}");
        }
    }
}
