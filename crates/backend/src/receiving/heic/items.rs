//! The items of a HEIC file: which of them are pictures, what they are called, and where their data are.

use std::collections::BTreeSet;
use std::ops::Range;

use super::boxes::{Part, Reader, parts};

/// Items that are pictures or say how pictures are put together. Exif, XMP and whatever else there may be are not.
const PICTURES: [&[u8; 4]; 8] = [b"hvc1", b"lhv1", b"hvt1", b"grid", b"iovl", b"iden", b"tmap", b"hev1"];

/// What is said of the items.
pub(super) struct Known {
    pictures: BTreeSet<usize>,
    names: Vec<Range<usize>>,
    /// Where it is said what the items are that are no pictures.
    other_kinds: Vec<Range<usize>>,
}

impl Known {
    pub(super) fn is_picture(&self, item: usize) -> bool {
        self.pictures.contains(&item)
    }

    pub(super) fn other_kinds(&self) -> impl Iterator<Item = &Range<usize>> {
        self.other_kinds.iter()
    }

    /// Where the names of items stand.
    pub(super) fn names(&self) -> impl Iterator<Item = &Range<usize>> {
        self.names.iter()
    }
}

/// Reads the list of items; none when it is of a form that photos do not have.
pub(super) fn known(content: &[u8], list: &Part) -> Option<Known> {
    let mut reader = Reader::of(content, list);
    let version = reader.number(1)?;
    reader.number(3)?;
    reader.number(if version == 0 { 2 } else { 4 })?;
    let mut known = Known { pictures: BTreeSet::new(), names: Vec::new(), other_kinds: Vec::new() };
    for entry in parts(content, reader.at..reader.end)? {
        if entry.kind != *b"infe" {
            return None;
        }
        let mut reader = Reader::of(content, &entry);
        let version = reader.number(1)?;
        reader.number(3)?;
        let item = match version {
            2 => reader.number(2)?,
            3 => reader.number(4)?,
            _ => return None,
        };
        reader.number(2)?;
        let kind_at = reader.at;
        if PICTURES.contains(&&reader.four()?) {
            known.pictures.insert(item);
        } else {
            known.other_kinds.push(kind_at..reader.at);
        }
        known.names.push(reader.at..reader.end);
    }
    Some(known)
}

/// Where some of the data of an item are.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) item: usize,
    /// In the box for small data, or in the file.
    pub(super) is_in_idat: bool,
    pub(super) range: Range<usize>,
}

/// Reads where items are; none when it is said in a way that photos do not use.
pub(super) fn places(content: &[u8], list: &Part) -> Option<Vec<Place>> {
    let mut reader = Reader::of(content, list);
    let version = reader.number(1)?;
    reader.number(3)?;
    let (sizes, more) = (reader.number(1)?, reader.number(1)?);
    let (offset_size, length_size) = (sizes >> 4, sizes & 15);
    let (base_size, index_size) = (more >> 4, if version == 0 { 0 } else { more & 15 });
    let is_wide = match version {
        0 | 1 => false,
        2 => true,
        _ => return None,
    };
    if [offset_size, length_size, base_size, index_size].iter().any(|size| ![0, 4, 8].contains(size)) {
        return None;
    }
    let id_size = if is_wide { 4 } else { 2 };
    let items = reader.number(id_size)?;
    let mut places = Vec::new();
    for _ in 0..items {
        let item = reader.number(id_size)?;
        let method = if version == 0 { 0 } else { reader.number(2)? & 15 };
        let file = reader.number(2)?;
        let base = reader.number(base_size)?;
        if method > 1 || file != 0 {
            return None;
        }
        for _ in 0..reader.number(2)? {
            reader.number(index_size)?;
            let start = base.checked_add(reader.number(offset_size)?)?;
            let length = reader.number(length_size)?;
            let range = start..start.checked_add(length).filter(|end| length > 0 && *end <= content.len())?;
            places.push(Place { item, is_in_idat: method == 1, range });
        }
    }
    Some(places)
}
