//! HTTP/1.1 over one kept-alive connection: no more than a load needs, so that it takes little of the machine that the
//! server runs on too.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Larger than any answer that is asked for.
const BUFFER_BYTES: usize = 256 * 1024;
const MAX_HEADERS: usize = 48;

/// An open connection to a server on this machine.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer; it lives until the next request.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The status code.
    pub status: u16,
    /// Status line and headers.
    pub head: &'a [u8],
    /// The body.
    pub body: &'a [u8],
}

/// How an answer divides.
#[derive(Clone, Copy)]
struct Frame {
    status: u16,
    head: usize,
    whole: usize,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens, or the address is not one of this machine: a load is for one's own servers only.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        if !address.ip().is_loopback() {
            return Err(Error::new(ErrorKind::InvalidInput, "only loopback addresses are put under load"));
        }
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(BUFFER_BYTES) })
    }

    /// Sends a whole request and reads the whole answer.
    ///
    /// # Errors
    /// When the connection breaks or what comes is not an HTTP answer with a length.
    pub async fn exchange(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut frame = None;
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if frame.is_none() {
                frame = Frame::read(&self.buffer)?;
            }
            if let Some(found) = frame.filter(|frame| self.buffer.len() >= frame.whole) {
                return found.divide(&self.buffer);
            }
        }
    }
}

impl Frame {
    /// None as long as the head has not come whole.
    fn read(bytes: &[u8]) -> Result<Option<Self>> {
        let malformed = || Error::new(ErrorKind::InvalidData, "not an HTTP answer with a length");
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(head) = response.parse(bytes).map_err(|_| malformed())? else {
            return Ok(None);
        };
        let status = response.code.unwrap_or_default();
        let length =
            response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
        let length = length.and_then(|header| std::str::from_utf8(header.value).ok());
        let body: usize = match (length, status) {
            (Some(length), _) => length.parse().map_err(|_| malformed())?,
            (None, 204 | 304) => 0,
            (None, _) => return Err(malformed()),
        };
        Ok(Some(Self { status, head, whole: head.saturating_add(body) }))
    }

    fn divide(self, bytes: &[u8]) -> Result<Answer<'_>> {
        let whole = bytes.get(..self.whole).and_then(|bytes| bytes.split_at_checked(self.head));
        let (head, body) = whole.ok_or(ErrorKind::InvalidData)?;
        Ok(Answer { status: self.status, head, body })
    }
}

impl Answer<'_> {
    /// Whether the server did what it was asked.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// How much came over the wire.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.head.len() + self.body.len()
    }

    /// The values of a header that may come more than once.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<String> {
        let head = String::from_utf8_lossy(self.head);
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        let wanted = lines.filter(|(found, _)| found.eq_ignore_ascii_case(name));
        wanted.map(|(_, value)| value.trim().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_divides_into_head_and_body() {
        let bytes = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nset-cookie: a=b; Path=/\r\n\r\n{}";
        let answer = Frame::read(bytes).unwrap().unwrap().divide(bytes).unwrap();
        assert_eq!((answer.status, answer.body), (201, b"{}".as_slice()));
        assert_eq!(answer.headers("Set-Cookie"), ["a=b; Path=/"]);
        assert!(Frame::read(b"HTTP/1.1 200 OK\r\nContent-").unwrap().is_none());
        assert!(Frame::read(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }

    #[tokio::test]
    async fn another_machine_is_never_put_under_load() {
        let refused = Connection::open("192.0.2.1:80".parse().unwrap()).await.err().unwrap();
        assert_eq!(refused.kind(), ErrorKind::InvalidInput);
    }
}
