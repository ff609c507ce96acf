//! Brotli and gzip beside every file they make smaller, made once here and never by the server.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::dist::Dist;
use crate::workspace::files;

const BROTLI_QUALITY: i32 = 11;
/// The largest window every browser accepts: 4 MiB.
const BROTLI_WINDOW: i32 = 22;

/// Compresses the whole folder, a few files at a time.
pub(crate) fn all(dist: &Dist) -> Result<()> {
    let files = files(dist.folder())?;
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let share = |first| files.iter().skip(first).step_by(workers);
        let work = |first| scope.spawn(move || share(first).try_for_each(|file| compress(dist, file)));
        let running: Vec<_> = (0..workers).map(work).collect();
        running
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| anyhow!("a compressing thread died"))?)
    })
}

fn compress(dist: &Dist, file: &Path) -> Result<()> {
    if already_done(dist, file)? {
        return Ok(());
    }
    let content = fs::read(file)?;
    for (extension, compressed) in [("br", brotli(&content)?), ("gz", gzip(&content)?)] {
        if compressed.len() < content.len() {
            fs::write(beside(file, extension), compressed)?;
        }
    }
    Ok(())
}

/// An asset's name tells its content, so the last build's compressed files are right for it.
fn already_done(dist: &Dist, file: &Path) -> Result<bool> {
    let relative = file.strip_prefix(dist.folder())?;
    let old = dist.previous().join(relative);
    if !relative.starts_with("assets") || !beside(&old, "br").is_file() {
        return Ok(false);
    }
    for extension in ["br", "gz"] {
        if beside(&old, extension).is_file() {
            fs::copy(beside(&old, extension), beside(file, extension))?;
        }
    }
    Ok(true)
}

/// The name of a compressed file: the whole old name and one extension more.
pub(crate) fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &settings)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_encodings_give_the_content_back() {
        let content = b"Hyvinvointialue. ".repeat(500);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&*gzip(&content).unwrap()).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, content);
        plain.clear();
        brotli::BrotliDecompress(&mut &*brotli(&content).unwrap(), &mut plain).unwrap();
        assert_eq!(plain, content);
    }

    #[test]
    fn the_extension_is_added_to_the_whole_name() {
        assert_eq!(beside(Path::new("a/app.js"), "br"), Path::new("a/app.js.br"));
    }
}
