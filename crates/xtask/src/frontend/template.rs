//! Filling of `__NAME__` marks in the hand-written pages and scripts.

use anyhow::{Result, bail};

/// Replaces every mark; a mark nobody fills is an error, for it would reach the browser as it is.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut text = template.to_owned();
    for (name, value) in values {
        text = text.replace(&format!("__{name}__"), value);
    }
    if let Some(mark) = unfilled(&text) {
        bail!("nothing is known to put in the place of __{mark}__");
    }
    Ok(text)
}

/// The first `__UPPER_CASE__` word that is left.
fn unfilled(text: &str) -> Option<&str> {
    let word = |part: &str| {
        !part.is_empty() && part.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
    };
    text.split("__").skip(1).find(|part| word(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_filled_wherever_it_stands() {
        let page = fill(
            "<a href=\"__JS__\" integrity=\"__JS_SRI__\">__JS__</a>",
            &[("JS", "/a.js"), ("JS_SRI", "x")],
        );
        assert_eq!(page.unwrap(), "<a href=\"/a.js\" integrity=\"x\">/a.js</a>");
    }

    #[test]
    fn a_mark_nobody_fills_is_refused() {
        let refused = fill("<title>__TITEL__</title>", &[("TITLE", "Omasote")]).unwrap_err();
        assert!(refused.to_string().contains("__TITEL__"));
    }

    #[test]
    fn underscores_of_a_programmer_are_left_alone() {
        assert_eq!(fill("__wbg_init(__proto__)", &[]).unwrap(), "__wbg_init(__proto__)");
    }
}
