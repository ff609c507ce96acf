//! How the text of a guide is read: headings, paragraphs and lists, and nothing else. What is no sign of these is text, so there is
//! nothing in it that could be run, and nothing that could be written wrongly.

/// A part of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading: a line that begins with `# `.
    Heading(String),
    /// A paragraph, line by line.
    Paragraph(Vec<String>),
    /// A list: lines that begin with `- `.
    List(Vec<String>),
    /// Steps in their order: lines that begin with a number, a full stop and a space.
    Steps(Vec<String>),
}

/// The parts of a text, in their order.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Whether the next line may go on with the last block.
    let mut goes_on = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        let before = if goes_on { blocks.last_mut() } else { None };
        if let Some(new) = joined(before, Line::of(line)) {
            blocks.push(new);
        }
        goes_on = true;
    }
    blocks
}

/// Adds a line to the block before it, or gives the block that it begins.
fn joined(before: Option<&mut Block>, line: Line<'_>) -> Option<Block> {
    match (before, line) {
        (Some(Block::List(items)), Line::Item(text)) | (Some(Block::Steps(items)), Line::Step(text)) => {
            items.push(text.to_owned());
            None
        }
        (Some(Block::Paragraph(lines)), Line::Text(text)) => {
            lines.push(text.to_owned());
            None
        }
        // A line without a sign goes on with the item above it.
        (Some(Block::List(items) | Block::Steps(items)), Line::Text(text)) if !items.is_empty() => {
            if let Some(last) = items.last_mut() {
                last.push(' ');
                last.push_str(text);
            }
            None
        }
        (_, Line::Heading(text)) => Some(Block::Heading(text.to_owned())),
        (_, Line::Item(text)) => Some(Block::List(vec![text.to_owned()])),
        (_, Line::Step(text)) => Some(Block::Steps(vec![text.to_owned()])),
        (_, Line::Text(text)) => Some(Block::Paragraph(vec![text.to_owned()])),
    }
}

/// A line that is not empty, without the sign of what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'a> {
    Heading(&'a str),
    Item(&'a str),
    Step(&'a str),
    Text(&'a str),
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let heading = line.trim_start_matches('#');
        if heading.len() < line.len() && heading.starts_with(' ') {
            return Self::Heading(heading.trim_start());
        }
        if let Some(item) = ["- ", "– ", "• ", "* "].iter().find_map(|sign| line.strip_prefix(sign)) {
            return Self::Item(item.trim_start());
        }
        match step(line) {
            Some(text) => Self::Step(text),
            None => Self::Text(line),
        }
    }
}

/// What follows a number of at most two digits, a full stop and a space. A year or an amount begins no step.
fn step(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = line.len() - rest.len();
    let text = rest.strip_prefix(". ")?;
    (1..=2).contains(&digits).then(|| text.trim_start())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn owned(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn a_guide_has_headings_paragraphs_lists_and_steps() {
        let text = "Mittaa aamulla ja illalla.\nLepää ensin.\n\n# Näin mittaat\n1. Istu.\n2. Aseta mansetti.\n\n- Älä puhu.\n- Älä \
                    liiku.";
        let expected = [
            Block::Paragraph(owned(&["Mittaa aamulla ja illalla.", "Lepää ensin."])),
            Block::Heading("Näin mittaat".to_owned()),
            Block::Steps(owned(&["Istu.", "Aseta mansetti."])),
            Block::List(owned(&["Älä puhu.", "Älä liiku."])),
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn an_item_may_go_on_over_the_line_and_an_empty_line_ends_a_list() {
        let expected = [Block::List(owned(&["Ota mukaan henkilötodistus.", "Tule ajoissa."]))];
        assert_eq!(blocks("- Ota mukaan\n  henkilötodistus.\n• Tule ajoissa."), expected);
        let expected = [
            Block::List(owned(&["Yksi"])),
            Block::List(owned(&["Kaksi"])),
            Block::Paragraph(owned(&["Loppu"])),
        ];
        assert_eq!(blocks("- Yksi\n\n- Kaksi\n\nLoppu"), expected);
    }

    #[test]
    fn a_heading_stands_alone_and_all_headings_are_of_one_kind() {
        let expected = [
            Block::Heading("Ennen koetta".to_owned()),
            Block::Paragraph(owned(&["Ole syömättä."])),
            Block::Heading("Sen jälkeen".to_owned()),
        ];
        assert_eq!(blocks("# Ennen koetta\nOle syömättä.\n### Sen jälkeen"), expected);
    }

    #[test]
    fn what_is_no_sign_is_text() {
        for text in [
            "#tunniste",
            "-5 astetta",
            "2026. vuosi",
            "116117",
            "1.12.2026 klo 8",
            "<b>lihava</b>",
            "<script>alert(1)</script>",
            "[linkki](javascript:alert(1))",
            "**ei lihava**",
            "#",
            "-",
            "1.",
        ] {
            assert_eq!(blocks(text), [Block::Paragraph(owned(&[text]))], "{text}");
        }
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(blocks(""), []);
        assert_eq!(blocks(" \n\t\r\n"), []);
    }

    proptest! {
        #[test]
        fn every_letter_of_the_text_is_there(text in "[#\\-1-3. \\nab<>]{0,60}") {
            let letters = |text: &str| text.chars().filter(|letter| "ab<>".contains(*letter)).collect::<String>();
            let read: String = blocks(&text).into_iter().map(|block| match block {
                Block::Heading(text) => text,
                Block::Paragraph(lines) | Block::List(lines) | Block::Steps(lines) => lines.concat(),
            }).collect();
            prop_assert_eq!(letters(&read), letters(&text));
        }

        #[test]
        fn no_block_is_empty(text in "[#\\-1. \\na]{0,40}") {
            for block in blocks(&text) {
                match block {
                    Block::Heading(text) => prop_assert!(!text.is_empty()),
                    Block::Paragraph(lines) | Block::List(lines) | Block::Steps(lines) => {
                        prop_assert!(lines.iter().all(|line| !line.is_empty()));
                    }
                }
            }
        }
    }
}
