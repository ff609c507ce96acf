//! The files that came with a message.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_types::attachments::{Attachment, MediaType};
use omasote_types::ids::AttachmentId;
use omasote_types::sessions::App;

use crate::i18n::{I18n, Key, use_i18n};
use crate::icon::Icon;
use crate::intl;
use crate::session::use_session;
use crate::view::text;

/// Makes the list; nothing when no file came.
pub(super) fn attached(files: Vec<Attachment>) -> Option<AnyView> {
    let i18n = use_i18n();
    if files.is_empty() {
        return None;
    }
    let rows: Vec<_> = files.into_iter().map(|file| view! { <li><FileLink file /></li> }).collect();
    Some(view! { <ul class="attached" aria-label=i18n.t(Key::ATTACHMENT_LIST)>{rows}</ul> }.into_any())
}

/// The name leads to the file, which the browser saves. There are no previews: showing one would fetch the file, and every fetch
/// is a line in the access log.
#[component]
fn FileLink(file: Attachment) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let link: NodeRef<html::A> = NodeRef::new();
    let Attachment { id, name, media_type, bytes } = file;
    let about = text(move || format!("{} · {}", i18n.text(kind(media_type)), size(i18n, bytes)));
    // A link cannot renew the session by itself.
    let renew_first = move |event: MouseEvent| {
        if session.is_renewal_due() {
            event.prevent_default();
            spawn_local(async move {
                session.renew_when_due().await;
                if let Some(link) = link.get_untracked().filter(|_| !session.is_renewal_due()) {
                    link.click();
                }
            });
        }
    };
    view! {
        {icon(media_type)}
        <span>
            <a
                class="ds-link"
                href=address(session.app(), id)
                target="_self"
                download=""
                node_ref=link
                on:click=renew_first
            >
                <bdi>{name}</bdi>
            </a>
            " "
            <span class="fine">{about}</span>
        </span>
    }
}

fn address(app: App, id: AttachmentId) -> String {
    format!("/api/v1/attachments/{id}?app={}", app.as_str())
}

const fn icon(kind: MediaType) -> Icon {
    if kind.is_image() { Icon::PICTURE } else { Icon::DOCUMENT }
}

const fn kind(kind: MediaType) -> Key {
    match kind {
        MediaType::Pdf => Key::ATTACHMENT_PDF,
        MediaType::Jpeg | MediaType::Heic => Key::ATTACHMENT_PHOTO,
        MediaType::Png => Key::ATTACHMENT_PICTURE,
    }
}

/// How large a file is, as people say it.
pub(super) fn size(i18n: I18n, bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1000);
    let tenths = u32::try_from(bytes.div_ceil(100_000)).unwrap_or(u32::MAX);
    let (key, amount) = match kilobytes {
        0..1000 => (Key::ATTACHMENT_KILOBYTES, f64::from(u32::try_from(kilobytes).unwrap_or_default())),
        _ => (Key::ATTACHMENT_MEGABYTES, f64::from(tenths) / 10.0),
    };
    i18n.filled(key, &[("size", &intl::number(i18n.language(), amount))])
}
