//! What pictures tell beside themselves is taken out, and the pictures stay as they are. They are made and judged by libraries that
//! are not ours.

use std::process::Command;

use omasote_backend::receiving::clean;
use omasote_types::attachments::MediaType;
use serde_json::Value;

use super::{fetch, upload};
use crate::harness::on_both_engines;

const MARK: &str = "SALAINENPAIKKA";
const KINDS: [(&str, MediaType); 4] = [
    ("jpeg", MediaType::Jpeg),
    ("progressive", MediaType::Jpeg),
    ("png", MediaType::Png),
    ("heic", MediaType::Heic),
];

fn python(arguments: &[&str]) -> Vec<u8> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let output = Command::new(format!("{root}/target/python/bin/python"))
        .arg(format!("{root}/bin/lib/pictures.py"))
        .args(arguments)
        .output()
        .expect("Python with the packages of bin/lib/requirements.txt must be in target/python; bin/test puts it there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn photo(kind: &str) -> Vec<u8> {
    python(&["make", kind, MARK])
}

fn holds(content: &[u8], text: &str) -> bool {
    content.windows(text.len()).any(|window| window == text.as_bytes())
}

/// What somebody else's libraries say of a picture before and after.
fn compared(before: &[u8], after: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let paths = [("before", before), ("after", after)].map(|(name, content)| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    });
    serde_json::from_slice(&python(&["compare", &paths[0], &paths[1]])).unwrap()
}

on_both_engines! {
    async fn a_photo_comes_out_the_same_and_tells_nothing_of_where_it_was_taken(app: TestApp) {
        let aino = app.citizen().await;
        for (kind, media_type) in KINDS {
            let taken = photo(kind);
            assert!(holds(&taken, MARK));
            let file = upload(&aino, "IMG_0001", taken.clone()).await.unwrap();
            assert_eq!(file.media_type, media_type);
            let content = fetch(&app, aino.person, file.id).await.bytes().await.unwrap();
            assert_eq!(content.len() as u64, file.bytes);
            assert!(!holds(&content, MARK), "{kind}");
            let said = compared(&taken, &content);
            assert!(said["toldBefore"].as_array().unwrap().iter().any(|tag| tag == "exif 0x8825"), "{said}");
            assert_eq!(said["samePicture"], true, "{kind}: {said}");
            assert_eq!(said["size"], serde_json::json!([64, 96]), "it stands upright");
            let left = said["told"].as_array().unwrap();
            // A photo's side is all that is told; of HEIC the file's own properties say it.
            let expected: &[&str] = if kind == "heic" { &[] } else { &["exif 0x112"] };
            assert_eq!(left, expected, "{kind}");
            assert_eq!(said["hasProfile"], kind != "heic", "{kind}");
        }
    }
}

/// Numbers that look thrown, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn what_was_cleaned_is_clean() {
    for (kind, media_type) in KINDS {
        let (_, once) = clean(photo(kind)).unwrap();
        assert_eq!(clean(once.clone()), Ok((media_type, once)), "{kind}");
    }
}

#[test]
fn files_that_are_cut_off_or_changed_neither_crash_nor_come_out_in_a_form_that_is_not_clean() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for (kind, media_type) in KINDS {
        let whole = photo(kind);
        for end in 0..whole.len() {
            if let Ok((found, content)) = clean(whole[..end].to_vec()) {
                assert_eq!(
                    (found, clean(content.clone())),
                    (media_type, Ok((media_type, content))),
                    "{kind} to {end}"
                );
            }
        }
        for _ in 0..3000 {
            let mut changed = whole.clone();
            for _ in 0..=dice.below(4) {
                let place = dice.below(changed.len());
                changed[place] = u8::try_from(dice.below(256)).unwrap();
            }
            if let Ok((found, content)) = clean(changed) {
                assert_eq!(clean(content.clone()), Ok((found, content)), "{kind}");
            }
        }
    }
}

#[test]
fn sequences_films_and_other_codecs_are_no_photos() {
    for brand in ["hevc", "msf1", "avif", "mp42", "qt  ", "mif1"] {
        let mut film = b"\0\0\0\x14ftyp".to_vec();
        film.extend_from_slice(brand.as_bytes());
        film.extend_from_slice(b"\0\0\0\0isom\0\0\0\x08moov");
        let refused = clean(film).unwrap_err();
        assert_eq!(refused, omasote_types::error::ErrorCode::AttachmentTypeNotAllowed, "{brand}");
    }
}
