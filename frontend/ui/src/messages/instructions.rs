//! What a message tells the citizen to do, and the citizen's answers to it.

use leptos::prelude::*;
use omasote_types::ids::MessageId;
use omasote_types::messages::{Instruction, InstructionAnswer, Side, Understanding};

use crate::action::{ActionButton, Look};
use crate::i18n::{Key, use_i18n};
use crate::session::use_session;
use crate::view::dynamic;

/// The instructions of a message. The citizen answers each of them.
#[component]
pub(super) fn Instructions(of: MessageId, instructions: Vec<Instruction>, mine: Side) -> impl IntoView {
    let i18n = use_i18n();
    let items = (0_u8..).zip(instructions).map(|(position, instruction)| {
        let answer = RwSignal::new(instruction.answer);
        let answering = (mine == Side::Citizen).then(|| view! { <Answering place=(of, position) answer /> });
        view! {
            <li>
                <p class="message-text" dir="auto">{instruction.text}</p>
                <p>{answer_tag(answer, mine)}</p>
                {answering}
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! {
            <div class="instructions">
                <p><strong>{i18n.t(Key::INSTRUCTIONS)}</strong></p>
                <ol>{items}</ol>
            </div>
        }
    })
}

fn answer_tag(answer: RwSignal<Option<Understanding>>, mine: Side) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let (color, words) = match (answer.get(), mine) {
            (Some(Understanding::Understood), _) => ("success", Key::INSTRUCTION_UNDERSTOOD),
            (Some(Understanding::NotUnderstood), _) => ("warning", Key::INSTRUCTION_NOT_UNDERSTOOD),
            (None, Side::Unit) => ("neutral", Key::INSTRUCTION_UNANSWERED),
            (None, Side::Citizen) => return ().into_any(),
        };
        view! { <span class="ds-tag" data-size="sm" data-color=color>{i18n.t(words)}</span> }.into_any()
    })
}

#[component]
fn Answering(place: (MessageId, u8), answer: RwSignal<Option<Understanding>>) -> impl IntoView {
    let session = use_session();
    let button = move |understanding: Understanding| {
        let run = Callback::new(move |()| {
            let (message, position) = place;
            let said = InstructionAnswer { answer: understanding };
            session.ask(async move |client| client.answer_instruction(message, position, said).await)
        });
        let (label, done) = match understanding {
            Understanding::Understood => (Key::INSTRUCTION_I_UNDERSTOOD, Key::INSTRUCTION_SAID_UNDERSTOOD),
            Understanding::NotUnderstood => {
                (Key::INSTRUCTION_I_DID_NOT, Key::INSTRUCTION_SAID_NOT_UNDERSTOOD)
            }
        };
        let on_done = Callback::new(move |()| answer.set(Some(understanding)));
        view! { <ActionButton label look=Look::SMALL run done on_done /> }.into_any()
    };
    dynamic(move || {
        let buttons = match answer.get() {
            None => vec![button(Understanding::Understood), button(Understanding::NotUnderstood)],
            Some(Understanding::Understood) => vec![button(Understanding::NotUnderstood)],
            Some(Understanding::NotUnderstood) => vec![button(Understanding::Understood)],
        };
        view! { <div class="actions">{buttons}</div> }.into_any()
    })
}
