//! The tree of a form as it is built: finding, adding, moving and taking away.

use omasote_types::language::LocalText;
use omasote_types::questionnaires::{Conditions, Form, Item, ItemKind};

/// Where an item may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Before the item that is before it.
    Up,
    /// After the item that is after it.
    Down,
    /// To the end of the group before it.
    Into,
    /// After the group that it is in.
    Out,
}

impl Move {
    pub(super) const ALL: [Self; 4] = [Self::Up, Self::Down, Self::Into, Self::Out];
}

/// The items of a form in the order they are shown, with how deep each is.
pub(super) fn in_order(items: &[Item]) -> Vec<(&Item, usize)> {
    let mut found = Vec::new();
    walk(items, 0, &mut found);
    found
}

fn walk<'f>(items: &'f [Item], depth: usize, found: &mut Vec<(&'f Item, usize)>) {
    for item in items {
        found.push((item, depth));
        walk(item.kind.items(), depth.saturating_add(1), found);
    }
}

pub(super) fn find<'f>(items: &'f [Item], link_id: &str) -> Option<&'f Item> {
    in_order(items).into_iter().map(|(item, _)| item).find(|item| item.link_id == link_id)
}

pub(super) fn find_mut<'f>(items: &'f mut [Item], link_id: &str) -> Option<&'f mut Item> {
    for item in items {
        if item.link_id == link_id {
            return Some(item);
        }
        if let Some(found) = inside(item).and_then(|items| find_mut(items, link_id)) {
            return Some(found);
        }
    }
    None
}

fn inside(item: &mut Item) -> Option<&mut Vec<Item>> {
    match &mut item.kind {
        ItemKind::Group { items } => Some(items),
        _ => None,
    }
}

/// Runs with the list that an item is in, and its place there.
fn with_siblings<T>(
    items: &mut Vec<Item>,
    link_id: &str,
    run: &mut dyn FnMut(&mut Vec<Item>, usize) -> Option<T>,
) -> Option<T> {
    if let Some(place) = items.iter().position(|item| item.link_id == link_id) {
        return run(items, place);
    }
    items.iter_mut().filter_map(inside).find_map(|items| with_siblings(items, link_id, run))
}

/// Adds an item after another; at the end, when there is no such other.
pub(super) fn add_after(items: &mut Vec<Item>, link_id: Option<&str>, new: Item) {
    let mut new = Some(new);
    if let Some(link_id) = link_id {
        with_siblings(items, link_id, &mut |siblings, place| {
            siblings.insert(place.saturating_add(1), new.take()?);
            Some(())
        });
    }
    items.extend(new);
}

/// Takes an item away, with what is inside.
pub(super) fn remove(items: &mut Vec<Item>, link_id: &str) {
    with_siblings(items, link_id, &mut |siblings, place| Some(siblings.remove(place)));
}

/// Whether an item can be moved so.
pub(super) fn can_move(items: &[Item], link_id: &str, to: Move) -> bool {
    let mut tried = items.to_vec();
    move_item(&mut tried, link_id, to)
}

/// Moves an item, with what is inside. Whether it could be.
pub(super) fn move_item(items: &mut Vec<Item>, link_id: &str, to: Move) -> bool {
    if to == Move::Out {
        return move_out(items, link_id);
    }
    let moved = with_siblings(items, link_id, &mut |siblings, place| {
        let before = place.checked_sub(1);
        match to {
            Move::Up => siblings.swap(before?, place),
            Move::Down => {
                let after = place.saturating_add(1);
                (after < siblings.len()).then(|| siblings.swap(place, after))?;
            }
            Move::Into | Move::Out => {
                siblings.get_mut(before?).and_then(inside)?;
                let item = siblings.remove(place);
                inside(siblings.get_mut(before?)?)?.push(item);
            }
        }
        Some(())
    });
    moved.is_some()
}

fn move_out(items: &mut Vec<Item>, link_id: &str) -> bool {
    let is_around = |item: &Item| item.kind.items().iter().any(|child| child.link_id == link_id);
    if let Some(group) = items.iter().position(is_around) {
        let taken = items.get_mut(group).and_then(inside).and_then(|children| {
            let place = children.iter().position(|child| child.link_id == link_id)?;
            Some(children.remove(place))
        });
        return taken.map(|taken| items.insert(group.saturating_add(1), taken)).is_some();
    }
    items.iter_mut().filter_map(inside).any(|items| move_out(items, link_id))
}

/// A name that nothing in the form has: the first from `seed` on. A name that a question had once must not become another's.
pub(super) fn fresh(form: &Form, seed: u64) -> String {
    let mut used: Vec<&str> =
        in_order(&form.items).into_iter().map(|(item, _)| item.link_id.as_str()).collect();
    used.extend(form.scores.iter().map(|score| score.code.as_str()));
    used.extend(form.alerts.iter().map(|alert| alert.code.as_str()));
    let names = (seed..).map(|number| format!("k{number:x}"));
    names.into_iter().find(|name| !used.contains(&name.as_str())).unwrap_or_default()
}

/// The questions that a condition can be about: those before an item, or all.
pub(super) fn questions_before<'f>(form: &'f Form, link_id: Option<&str>) -> Vec<&'f Item> {
    let all = in_order(&form.items).into_iter().map(|(item, _)| item);
    let before = all.take_while(|item| Some(item.link_id.as_str()) != link_id);
    before.filter(|item| item.kind.is_question()).collect()
}

/// Where conditions are about a question: the link ids of items, and the codes of scores and alerts.
pub(super) fn users_of(form: &Form, link_id: &str) -> Vec<String> {
    let is_about = |conditions: &Conditions| conditions.of.iter().any(|one| one.question == link_id);
    let items = in_order(&form.items).into_iter().map(|(item, _)| item);
    let items = items.filter(|item| item.show_when.as_ref().is_some_and(is_about));
    let scores = form.scores.iter().filter(|score| {
        score.items.iter().any(|counted| counted == link_id) || score.when.as_ref().is_some_and(is_about)
    });
    let alerts = form.alerts.iter().filter(|alert| is_about(&alert.when));
    let names = items.map(|item| item.link_id.clone());
    names
        .chain(scores.map(|score| score.code.clone()))
        .chain(alerts.map(|alert| alert.code.clone()))
        .collect()
}

/// A new item without words.
pub(super) fn new_item(link_id: String, kind: ItemKind) -> Item {
    Item {
        link_id,
        text: LocalText::default(),
        help: LocalText::default(),
        is_required: false,
        show_when: None,
        codes: Vec::new(),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use omasote_types::questionnaires::{Condition, Operator};

    use super::*;

    fn item(link_id: &str) -> Item {
        new_item(link_id.to_owned(), ItemKind::YesNo {})
    }

    fn group(link_id: &str, items: Vec<Item>) -> Item {
        new_item(link_id.to_owned(), ItemKind::Group { items })
    }

    /// `a`, `g` with `b` and `c` inside, `d`.
    fn tree() -> Vec<Item> {
        vec![item("a"), group("g", vec![item("b"), item("c")]), item("d")]
    }

    fn shape(items: &[Item]) -> String {
        let all = in_order(items).into_iter();
        all.map(|(item, depth)| format!("{}{} ", "-".repeat(depth), item.link_id))
            .collect::<String>()
            .trim()
            .to_owned()
    }

    fn moved(link_id: &str, to: Move) -> Option<String> {
        let mut items = tree();
        move_item(&mut items, link_id, to).then(|| shape(&items))
    }

    #[test]
    fn an_item_moves_among_its_own() {
        assert_eq!(moved("d", Move::Up).unwrap(), "a d g -b -c");
        assert_eq!(moved("g", Move::Up).unwrap(), "g -b -c a d");
        assert_eq!(moved("b", Move::Down).unwrap(), "a g -c -b d");
        for (link_id, to) in [("a", Move::Up), ("d", Move::Down), ("b", Move::Up), ("c", Move::Down)] {
            assert_eq!(moved(link_id, to), None, "{link_id} {to:?}");
        }
    }

    #[test]
    fn an_item_goes_into_the_group_before_it_and_out_after_it() {
        assert_eq!(moved("d", Move::Into).unwrap(), "a g -b -c -d");
        assert_eq!(moved("b", Move::Out).unwrap(), "a g -c b d");
        for (link_id, to) in [("g", Move::Into), ("a", Move::Into), ("c", Move::Into), ("a", Move::Out)] {
            assert_eq!(moved(link_id, to), None, "{link_id} {to:?}");
        }
        assert!(can_move(&tree(), "d", Move::Into) && !can_move(&tree(), "a", Move::Into));
    }

    #[test]
    fn what_is_added_stands_after_what_is_open() {
        for (after, expected) in [
            (Some("b"), "a g -b -n -c d"),
            (Some("g"), "a g -b -c n d"),
            (None, "a g -b -c d n"),
            (Some("nothing"), "a g -b -c d n"),
        ] {
            let mut items = tree();
            add_after(&mut items, after, item("n"));
            assert_eq!(shape(&items), expected);
        }
        let mut items = tree();
        remove(&mut items, "g");
        assert_eq!(shape(&items), "a d");
        find_mut(&mut items, "d").unwrap().is_required = true;
        assert!(find(&items, "d").unwrap().is_required && find(&items, "b").is_none());
    }

    #[test]
    fn a_name_is_nobody_elses_and_questions_before_are_known() {
        let mut form = Form { items: tree(), ..Form::default() };
        assert_eq!(fresh(&form, 10), "ka");
        form.items.push(item("ka"));
        assert_eq!(fresh(&form, 10), "kb");
        let names =
            |of| questions_before(&form, of).into_iter().map(|item| item.link_id.clone()).collect::<Vec<_>>();
        assert_eq!(
            (names(Some("c")), names(None)),
            (vec!["a".into(), "b".into()], ["a", "b", "c", "d", "ka"].map(String::from).into())
        );
        let mut form = form;
        let about = Condition { question: "a".to_owned(), operator: Operator::Answered, value: None };
        form.items[2].show_when =
            Some(Conditions { join: omasote_types::questionnaires::Join::All, of: vec![about] });
        assert_eq!(users_of(&form, "a"), ["d"]);
        assert!(users_of(&form, "b").is_empty());
    }
}
