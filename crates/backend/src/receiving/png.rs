//! PNG files: the chunks that draw the picture stay, those that tell of it go, and so does whatever comes after the end.

use super::orientation;

/// How a PNG file begins.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What draws the picture, its colours, its size on paper and, when it moves, its frames.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD",
    b"pHYs", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

/// A part of the file.
struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    /// With its length, its kind and its checksum.
    whole: &'a [u8],
}

/// The picture alone, with its colour profile and which way up it is; none when it cannot be read to its end.
pub(super) fn cleaned(content: &[u8]) -> Option<Vec<u8>> {
    let chunks = chunks(content.strip_prefix(SIGNATURE)?)?;
    let is_there = |kind: &[u8; 4]| chunks.iter().any(|chunk| chunk.kind == *kind);
    if chunks.first()?.kind != *b"IHDR" || !is_there(b"IDAT") {
        return None;
    }
    let mut exif = chunks.iter().filter(|chunk| chunk.kind == *b"eXIf");
    let mut orientation = exif.find_map(|chunk| orientation::in_exif(chunk.data));
    let mut cleaned = Vec::with_capacity(content.len());
    cleaned.extend_from_slice(SIGNATURE);
    for chunk in chunks.iter().filter(|chunk| KEPT.contains(&&chunk.kind)) {
        if chunk.kind == *b"IDAT"
            && let Some(orientation) = orientation.take()
        {
            put(&mut cleaned, *b"eXIf", &orientation::as_exif(orientation))?;
        }
        cleaned.extend_from_slice(chunk.whole);
    }
    Some(cleaned)
}

/// Every chunk to the end of the picture; none when one is cut off or its checksum is wrong.
fn chunks(mut rest: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut chunks = Vec::new();
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let (data, after) = after.split_at_checked(length)?;
        let (checksum, after) = after.split_first_chunk::<4>()?;
        if checksum_of(*kind, data) != *checksum {
            return None;
        }
        let (whole, _) = rest.split_at_checked(rest.len() - after.len())?;
        chunks.push(Chunk { kind: *kind, data, whole });
        if kind == b"IEND" {
            return Some(chunks);
        }
        rest = after;
    }
}

fn checksum_of(kind: [u8; 4], data: &[u8]) -> [u8; 4] {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&kind);
    hasher.update(data);
    hasher.finalize().to_be_bytes()
}

fn put(to: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) -> Option<()> {
    to.extend_from_slice(&u32::try_from(data.len()).ok()?.to_be_bytes());
    to.extend_from_slice(&kind);
    to.extend_from_slice(data);
    to.extend_from_slice(&checksum_of(kind, data));
    Some(())
}
