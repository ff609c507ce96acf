//! The boxes of an ISO base media file: a size, a name, a body.

use std::ops::Range;

/// A box, by its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: [u8; 4],
    /// Where its name stands.
    pub(super) name: Range<usize>,
    pub(super) body: Range<usize>,
}

/// The boxes that fill a range; none when one reaches beyond it.
pub(super) fn parts(content: &[u8], range: Range<usize>) -> Option<Vec<Part>> {
    let (mut found, mut at) = (Vec::new(), range.start);
    while at < range.end {
        let mut reader = Reader { content, at, end: range.end };
        let size = reader.number(4)?;
        let name = reader.at..reader.at.checked_add(4)?;
        let kind = reader.four()?;
        let end = match size {
            0 => range.end,
            1 => at.checked_add(reader.number(8)?)?,
            size => at.checked_add(size)?,
        };
        if end > range.end || end < reader.at {
            return None;
        }
        found.push(Part { kind, name, body: reader.at..end });
        at = end;
    }
    Some(found)
}

/// What comes after the version and the flags.
pub(super) fn rest_of_full_box(content: &[u8], part: &Part) -> Option<Range<usize>> {
    let mut reader = Reader::of(content, part);
    reader.number(4)?;
    Some(reader.at..reader.end)
}

/// Reads numbers one after another.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    content: &'a [u8],
    pub(super) at: usize,
    pub(super) end: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn of(content: &'a [u8], part: &Part) -> Self {
        Self { content, at: part.body.start, end: part.body.end }
    }

    /// The next bytes; none beyond the end.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.end)?;
        let bytes = self.content.get(self.at..end)?;
        self.at = end;
        Some(bytes)
    }

    /// A number of so many bytes, none of them being zero; at most eight.
    pub(super) fn number(&mut self, bytes: usize) -> Option<usize> {
        let number = self.take(bytes)?.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        usize::try_from(number).ok()
    }

    /// A name of four letters.
    pub(super) fn four(&mut self) -> Option<[u8; 4]> {
        self.take(4)?.try_into().ok()
    }
}
