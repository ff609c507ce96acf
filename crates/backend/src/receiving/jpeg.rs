//! JPEG files: what draws the picture stays, what tells of it goes. Whatever comes after the picture goes as well: telephones put a
//! second picture or a film there, with its own data about where it was taken.
//!
//! The parts are told apart here and not by a crate: those we looked at keep everything from the first scan to the end of the file
//! as it is.

use super::orientation;

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const JFIF: &[u8] = b"JFIF\0";
const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
const ADOBE: &[u8] = b"Adobe";

/// The picture alone, with its colour profile and which way up it is; none when it cannot be read to its end.
pub(super) fn cleaned(content: &[u8]) -> Option<Vec<u8>> {
    let mut rest = content.strip_prefix(&[0xff, START])?;
    let mut cleaned = Cleaned::with_capacity(content.len());
    loop {
        let marker;
        (marker, rest) = next_marker(rest)?;
        match marker {
            END => return cleaned.finish(),
            // These stand alone, and mean nothing here.
            0x01 | 0xd0..=0xd7 => continue,
            0x00 | START => return None,
            _ => {}
        }
        let (length, after) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length)).checked_sub(2)?;
        let contents;
        (contents, rest) = after.split_at_checked(length)?;
        cleaned.take(marker, contents)?;
        if marker == SCAN {
            let scan;
            (scan, rest) = rest.split_at_checked(end_of_scan(rest)?)?;
            cleaned.bytes.extend_from_slice(scan);
        }
    }
}

/// The next marker, and what comes after it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let rest = bytes.strip_prefix(&[0xff])?;
    let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
    let (marker, rest) = rest.get(fill..)?.split_first()?;
    Some((*marker, rest))
}

/// Where the data of a scan ends: at a marker that is neither a stuffed byte nor a restart.
fn end_of_scan(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            _ => return Some(at),
        }
    }
}

struct Cleaned {
    bytes: Vec<u8>,
    orientation: Option<u8>,
    has_begun: bool,
    has_frame: bool,
    has_scan: bool,
}

impl Cleaned {
    fn with_capacity(size: usize) -> Self {
        let mut bytes = Vec::with_capacity(size);
        bytes.extend_from_slice(&[0xff, START]);
        Self { bytes, orientation: None, has_begun: false, has_frame: false, has_scan: false }
    }

    /// Keeps a part, or does not. None when it is too long to be written, which no part that was read is.
    fn take(&mut self, marker: u8, contents: &[u8]) -> Option<()> {
        match marker {
            0xe0 if contents.starts_with(JFIF) => {
                let mut header = contents.get(..12)?.to_vec();
                // No thumbnail.
                header.extend_from_slice(&[0, 0]);
                self.put(marker, &header)
            }
            0xe1 if contents.starts_with(EXIF) => {
                let tiff = contents.strip_prefix(EXIF)?;
                self.orientation = self.orientation.or_else(|| orientation::in_exif(tiff));
                Some(())
            }
            0xe2 if contents.starts_with(ICC) => self.put(marker, contents),
            0xee if contents.starts_with(ADOBE) => self.put(marker, contents.get(..12)?),
            0xe0..=0xfe => Some(()),
            // Tables, frames, scans.
            0xc0..=0xc7 | 0xc9..=0xdf => {
                self.begin()?;
                self.has_frame |= (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xcc);
                self.has_scan |= marker == SCAN;
                self.put(marker, contents)
            }
            _ => None,
        }
    }

    /// Which way up it is stands before the picture begins.
    fn begin(&mut self) -> Option<()> {
        if !self.has_begun {
            self.has_begun = true;
            if let Some(orientation) = self.orientation {
                self.put(0xe1, &[EXIF, &orientation::as_exif(orientation)].concat())?;
            }
        }
        Some(())
    }

    fn put(&mut self, marker: u8, contents: &[u8]) -> Option<()> {
        let length = u16::try_from(contents.len() + 2).ok()?;
        self.bytes.extend_from_slice(&[0xff, marker]);
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(contents);
        Some(())
    }

    fn finish(mut self) -> Option<Vec<u8>> {
        self.bytes.extend_from_slice(&[0xff, END]);
        (self.has_frame && self.has_scan).then_some(self.bytes)
    }
}
