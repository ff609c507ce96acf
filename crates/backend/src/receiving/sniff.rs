//! What a file is, by how it begins.

use omasote_types::attachments::MediaType;

/// The brands of photos with HEVC inside, as telephones write them. Sequences and other codecs are not among them.
const PHOTO_BRANDS: [&[u8]; 4] = [b"heic", b"heix", b"heim", b"heis"];

/// The kind of a file that is taken; none for any other.
pub(super) fn kind_of(content: &[u8]) -> Option<MediaType> {
    if content.starts_with(b"%PDF-") {
        return Some(MediaType::Pdf);
    }
    if content.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some(MediaType::Jpeg);
    }
    if content.starts_with(super::png::SIGNATURE) {
        return Some(MediaType::Png);
    }
    is_heic(content).then_some(MediaType::Heic)
}

/// Its first box says which brands it follows: the first one first, others after a version.
fn is_heic(content: &[u8]) -> bool {
    let Some((size, rest)) = content.split_first_chunk::<4>() else { return false };
    let Some(rest) = rest.strip_prefix(b"ftyp") else { return false };
    let length = usize::try_from(u32::from_be_bytes(*size)).unwrap_or_default();
    let brands = rest.get(..length.saturating_sub(8)).unwrap_or_default();
    let is_photo = |brand: &[u8]| PHOTO_BRANDS.contains(&brand);
    let first = brands.get(..4).unwrap_or_default();
    let others = brands.get(8..).unwrap_or_default();
    is_photo(first) || (first == b"mif1" && others.chunks_exact(4).any(is_photo))
}
