//! A QR code, drawn as one path: no picture is loaded and nothing is written as HTML.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::i18n::{Key, use_i18n};

/// Apps need this much quiet around the code.
const QUIET: i32 = 4;

/// The code of a text; nothing when the text is too long for one.
pub(super) fn qr(content: &str) -> Option<AnyView> {
    let i18n = use_i18n();
    let code = QrCode::encode_text(content, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    let view_box = format!("0 0 {side} {side}");
    let drawn = view! {
        <svg
            class="qr"
            viewBox=view_box
            role="img"
            aria-label=i18n.t(Key::SECOND_FACTOR_QR)
            shape-rendering="crispEdges"
        >
            <path d=path_of(&code)></path>
        </svg>
    };
    Some(drawn.into_any())
}

/// One stroke for each run of dark squares in a row.
fn path_of(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let _ = write!(path, "M{} {}h{}v1H{}z", start + QUIET, y + QUIET, x - start, start + QUIET);
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_square_is_drawn_once() {
        let code = QrCode::encode_text("otpauth://totp/Omasote:hanna", QrCodeEcc::Medium).unwrap();
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = dark.filter(|(x, y)| code.get_module(*x, *y)).count();
        let path = path_of(&code);
        let lengths =
            path.split('h').skip(1).filter_map(|rest| rest.split('v').next()?.parse::<usize>().ok());
        assert_eq!(lengths.sum::<usize>(), dark);
        assert!(path.starts_with("M4 4h7v1H4z"), "{path}");
    }
}
