//! The scanner for malware: a ClamAV daemon, asked by its INSTREAM command.
//!
//! By a few lines of our own, because what matters is that it ends: each step has its time, and without an answer no file is taken.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

/// How long it may take until the daemon takes the connection.
const CONNECT_TIME: Duration = Duration::from_secs(5);
/// How long the daemon may be silent.
const ANSWER_TIME: Duration = Duration::from_secs(60);
const PIECE: usize = 64 * 1024;
/// An answer is a line.
const LONGEST_ANSWER: u64 = 4096;

/// Where the daemon is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScannerAddress {
    /// A host and a port.
    Tcp(String),
    /// A socket file.
    Socket(PathBuf),
}

/// What it said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    Clean,
    Infected,
}

impl ScannerAddress {
    /// HOST:PORT, or the path of a socket; none when it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with('/') {
            return Some(Self::Socket(text.into()));
        }
        let (host, port) = text.rsplit_once(':')?;
        let is_port = port.parse::<u16>().is_ok_and(|port| port > 0);
        (!host.is_empty() && is_port).then(|| Self::Tcp(text.to_owned()))
    }

    /// Has a file scanned, from where it stands to its end.
    pub(super) fn scan(&self, file: &mut File) -> io::Result<Finding> {
        match self {
            Self::Tcp(address) => {
                let daemon = connect(address)?;
                daemon.set_read_timeout(Some(ANSWER_TIME))?;
                daemon.set_write_timeout(Some(ANSWER_TIME))?;
                ask(daemon, file)
            }
            Self::Socket(path) => {
                let daemon = UnixStream::connect(path)?;
                daemon.set_read_timeout(Some(ANSWER_TIME))?;
                daemon.set_write_timeout(Some(ANSWER_TIME))?;
                ask(daemon, file)
            }
        }
    }
}

fn connect(address: &str) -> io::Result<TcpStream> {
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "the scanner's host has no address");
    for address in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, CONNECT_TIME) {
            Ok(daemon) => return Ok(daemon),
            Err(cause) => failure = cause,
        }
    }
    Err(failure)
}

/// The file goes in pieces, each after its length; an empty one ends it.
fn ask(mut daemon: impl Read + Write, file: &mut File) -> io::Result<Finding> {
    daemon.write_all(b"zINSTREAM\0")?;
    let mut piece = vec![0; PIECE];
    loop {
        let size = file.read(&mut piece)?;
        daemon.write_all(&u32::try_from(size).map_err(io::Error::other)?.to_be_bytes())?;
        if size == 0 {
            break;
        }
        daemon.write_all(piece.get(..size).unwrap_or_default())?;
    }
    daemon.flush()?;
    let mut answer = String::new();
    daemon.take(LONGEST_ANSWER).read_to_string(&mut answer)?;
    read(&answer)
}

/// `stream: OK`, or `stream: NAME FOUND`. Anything else is no finding.
fn read(answer: &str) -> io::Result<Finding> {
    let answer = answer.trim_end_matches(['\0', '\n']);
    match answer.strip_prefix("stream: ") {
        Some("OK") => Ok(Finding::Clean),
        Some(found) if found.ends_with(" FOUND") => Ok(Finding::Infected),
        _ => Err(io::Error::other("the scanner did not say what it found")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_that_a_file_is_clean_lets_it_through() {
        assert!(matches!(read("stream: OK\0"), Ok(Finding::Clean)));
        assert!(matches!(read("stream: Eicar-Test FOUND\0"), Ok(Finding::Infected)));
        for other in ["", "OK", "stream: ", "INSTREAM size limit exceeded. ERROR\0", "stream: OK ERROR\0"] {
            assert!(read(other).is_err(), "{other}");
        }
    }

    #[test]
    fn an_address_is_a_host_with_a_port_or_a_path() {
        assert_eq!(
            ScannerAddress::parse("127.0.0.1:3310"),
            Some(ScannerAddress::Tcp("127.0.0.1:3310".into()))
        );
        assert_eq!(ScannerAddress::parse("/run/clamd"), Some(ScannerAddress::Socket("/run/clamd".into())));
        for wrong in ["", "clamd", "clamd:", ":3310", "clamd:0", "clamd:70000", "clamd:x"] {
            assert_eq!(ScannerAddress::parse(wrong), None, "{wrong}");
        }
    }
}
