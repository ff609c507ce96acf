//! Which way up a photo is: the one thing of Exif data that is kept, because without it the photo lies on its side.

use exif::{In, Reader, Tag};

/// Upright.
const USUAL: u32 = 1;

/// The orientation that Exif data tells, when it is not the usual one.
pub(super) fn in_exif(tiff: &[u8]) -> Option<u8> {
    let exif = Reader::new().read_raw(tiff.to_vec()).ok()?;
    let told = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(told).ok().filter(|_| (USUAL + 1..=8).contains(&told))
}

/// Exif data that tell nothing but an orientation.
pub(super) fn as_exif(orientation: u8) -> Vec<u8> {
    let mut tiff = Vec::with_capacity(26);
    // Big-endian TIFF, its only directory behind the header.
    tiff.extend_from_slice(b"MM\0*\0\0\0\x08");
    // One entry: the orientation, of one short number.
    tiff.extend_from_slice(&[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // No directory after it.
    tiff.extend_from_slice(&[0; 4]);
    tiff
}
