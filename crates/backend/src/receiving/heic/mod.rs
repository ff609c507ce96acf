//! HEIC files: boxes in boxes. Everything stays where it is, since the file tells places by their distance from its beginning; what is
//! not a part of a picture is overwritten with zeros. Which way up the picture is, a property of its own says.

mod boxes;
mod items;

use std::ops::Range;

use boxes::{Part, parts, rest_of_full_box};

/// Of the whole file: what says that it is a photo, what describes its items, and the data of them.
const KEPT_PARTS: [&[u8; 4]; 3] = [b"ftyp", b"meta", b"mdat"];

/// Of the description: which items there are, where they are, how they belong together and how they are to be shown.
const KEPT_DESCRIPTIONS: [&[u8; 4]; 8] =
    [b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"idat", b"dinf"];

/// Properties of items that are words or times.
const TELLING_PROPERTIES: [&[u8; 4]; 5] = [b"udes", b"altt", b"crtt", b"mdft", b"uuid"];

/// The picture alone; none when the file cannot be followed to its end.
pub(super) fn cleaned(mut content: Vec<u8>) -> Option<Vec<u8>> {
    let whole = 0..content.len();
    let top = parts(&content, whole)?;
    if top.first()?.kind != *b"ftyp" {
        return None;
    }
    let mut described = top.iter().filter(|part| part.kind == *b"meta");
    let meta = rest_of_full_box(&content, described.next()?)?;
    if described.next().is_some() {
        return None;
    }
    let descriptions = parts(&content, meta)?;
    let find = |kind: &[u8; 4]| descriptions.iter().find(|part| part.kind == *kind);
    let known = items::known(&content, find(b"iinf")?)?;
    let places = items::places(&content, find(b"iloc")?)?;
    let pictures: Vec<_> = places.into_iter().filter(|place| known.is_picture(place.item)).collect();
    if pictures.is_empty() {
        return None;
    }
    let in_file = pictures.iter().filter(|place| !place.is_in_idat).map(|place| place.range.clone());
    let mut kept_in_file: Vec<_> = in_file.collect();

    for part in top.iter().filter(|part| !KEPT_PARTS.contains(&&part.kind)) {
        blank(&mut content, part)?;
    }
    for part in top.iter().filter(|part| part.kind == *b"mdat") {
        zero_outside(&mut content, &part.body, &mut kept_in_file)?;
    }
    for part in descriptions.iter().filter(|part| !KEPT_DESCRIPTIONS.contains(&&part.kind)) {
        blank(&mut content, part)?;
    }
    if let Some(idat) = find(b"idat") {
        let in_idat = pictures.iter().filter(|place| place.is_in_idat);
        let shifted = in_idat.map(|place| shift(&place.range, idat.body.start)).collect::<Option<Vec<_>>>();
        zero_outside(&mut content, &idat.body, &mut shifted?)?;
    }
    // An item of zeros must not be taken for Exif data.
    for kind in known.other_kinds() {
        content.get_mut(kind.clone())?.copy_from_slice(b"free");
    }
    for name in known.names() {
        content.get_mut(name.clone())?.fill(0);
    }
    if let Some(properties) = find(b"iprp") {
        blank_words(&mut content, properties)?;
    }
    Some(content)
}

fn shift(range: &Range<usize>, by: usize) -> Option<Range<usize>> {
    Some(range.start.checked_add(by)?..range.end.checked_add(by)?)
}

/// The words among the properties of items; each property keeps its place, by which it is referred to.
fn blank_words(content: &mut [u8], properties: &Part) -> Option<()> {
    let containers = parts(content, properties.body.clone())?;
    for container in containers.iter().filter(|part| part.kind == *b"ipco") {
        let all = parts(content, container.body.clone())?;
        for part in all.iter().filter(|part| TELLING_PROPERTIES.contains(&&part.kind)) {
            blank(content, part)?;
        }
    }
    Some(())
}

/// The part becomes one that says nothing.
fn blank(content: &mut [u8], part: &Part) -> Option<()> {
    content.get_mut(part.name.clone())?.copy_from_slice(b"free");
    content.get_mut(part.body.clone())?.fill(0);
    Some(())
}

/// What no picture refers to.
fn zero_outside(content: &mut [u8], body: &Range<usize>, kept: &mut [Range<usize>]) -> Option<()> {
    kept.sort_by_key(|range| range.start);
    let mut at = body.start;
    for range in kept.iter() {
        let (start, end) = (range.start.clamp(at, body.end), range.end.clamp(at, body.end));
        content.get_mut(at..start)?.fill(0);
        at = end.max(start);
    }
    content.get_mut(at..body.end)?.fill(0);
    Some(())
}
