//! Putting pages of messages together. Messages never change and sort by their ids, so this is exact.

use omasote_types::ids::MessageId;
use omasote_types::messages::{Message, Sender, Side};
use omasote_types::page::Page;

/// Puts a fresh first page before the messages that are shown, newest first. When more came in between than a page
/// holds, the older ones are let go: they can be fetched again, and nothing is left out in the middle.
pub(super) fn join(shown: Page<Message>, fresh: Page<Message>) -> Page<Message> {
    let Some(oldest_fresh) = fresh.items.last().map(|message| message.id) else { return fresh };
    let has_gap = shown.items.first().is_none_or(|newest| newest.id < oldest_fresh);
    if has_gap {
        return fresh;
    }
    let mut older = shown.items;
    older.retain(|message| message.id < oldest_fresh);
    if older.is_empty() {
        return fresh;
    }
    let mut items = fresh.items;
    items.extend(older);
    Page { items, next_cursor: shown.next_cursor }
}

/// The newest message that the other side has sent.
pub(super) fn newest_from_other(newest_first: &[Message], mine: Side) -> Option<MessageId> {
    newest_first.iter().find(|message| side_of(message) != mine).map(|message| message.id)
}

/// The first of the `count` newest messages that the other side has sent: where reading goes on.
pub(super) fn first_unread(newest_first: &[Message], mine: Side, count: u32) -> Option<MessageId> {
    let from_other = newest_first.iter().filter(|message| side_of(message) != mine);
    from_other.take(usize::try_from(count).unwrap_or(usize::MAX)).last().map(|message| message.id)
}

pub(super) const fn side_of(message: &Message) -> Side {
    match message.sender {
        Sender::Citizen { .. } => Side::Citizen,
        Sender::Unit { .. } => Side::Unit,
    }
}

#[cfg(test)]
mod tests {
    use omasote_types::ids::{CitizenId, ProfessionalId, ThreadId};

    use super::*;

    fn message(number: u32, side: Side) -> Message {
        let id = format!("00000000-0000-7000-8000-{number:012}");
        let name = String::from("Aino");
        let sender = match side {
            Side::Citizen => Sender::Citizen { id: id.parse::<CitizenId>().unwrap(), name, proxy: None },
            Side::Unit => {
                Sender::Unit { id: id.parse::<ProfessionalId>().unwrap(), name, title: String::new() }
            }
        };
        Message {
            attachments: Vec::new(),
            links: Vec::new(),
            id: id.parse().unwrap(),
            thread_id: id.parse::<ThreadId>().unwrap(),
            sender,
            text: String::from("Hei"),
            sent_at: chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            opened: None,
            instructions: Vec::new(),
        }
    }

    fn page(numbers: &[u32], cursor: Option<&str>) -> Page<Message> {
        let items = numbers.iter().map(|number| message(*number, Side::Citizen)).collect();
        Page { items, next_cursor: cursor.map(str::to_owned) }
    }

    #[test]
    fn new_messages_come_before_those_shown() {
        let joined = join(page(&[3, 2, 1], None), page(&[5, 4, 3], Some("fresh")));
        assert_eq!(joined, page(&[5, 4, 3, 2, 1], None));
    }

    #[test]
    fn older_messages_are_let_go_when_there_may_be_others_between() {
        let joined = join(page(&[3, 2, 1], None), page(&[9, 8, 7], Some("fresh")));
        assert_eq!(joined, page(&[9, 8, 7], Some("fresh")));
    }

    #[test]
    fn a_message_shown_before_its_page_came_is_not_shown_twice() {
        let joined = join(page(&[2, 1], None), page(&[2, 1], None));
        assert_eq!(joined, page(&[2, 1], None));
    }

    #[test]
    fn reading_goes_on_at_the_first_unread_message_of_the_other_side() {
        let shown = [
            message(5, Side::Unit),
            message(4, Side::Citizen),
            message(3, Side::Unit),
            message(2, Side::Unit),
        ];
        let id = |number| Some(message(number, Side::Unit).id);
        assert_eq!(first_unread(&shown, Side::Citizen, 2), id(3));
        assert_eq!(first_unread(&shown, Side::Citizen, 0), None);
        assert_eq!(newest_from_other(&shown, Side::Unit), id(4));
    }
}
