//! How well the unit's topics lead to the right unit.

use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::units::TopicRouting;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

#[component]
pub(super) fn Routing(unit: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let routing = Remote::new(move || session.ask(async move |client| client.list_topic_routing(unit).await));
    let rows = move |found: Signal<Vec<TopicRouting>>| {
        dynamic(move || {
            let row = |topic| view! { <Row topic /> };
            match found.get() {
                all if all.is_empty() => {
                    view! { <p class="fine">{i18n.t(Key::UNIT_SETTINGS_ROUTING_NONE)}</p> }.into_any()
                }
                all => {
                    view! { <dl class="card facts">{all.into_iter().map(row).collect_view()}</dl> }.into_any()
                }
            }
        })
    };
    view! {
        <section class="part" aria-labelledby="routing-title">
            <h2 class="ds-heading" data-size="xs" id="routing-title">{i18n.t(Key::UNIT_SETTINGS_ROUTING)}</h2>
            <p>{i18n.t(Key::UNIT_SETTINGS_ROUTING_HINT)}</p>
            <Loading data=routing rows=2 let:found>{rows(found)}</Loading>
        </section>
    }
}

#[component]
fn Row(topic: TopicRouting) -> impl IntoView {
    let i18n = use_i18n();
    let TopicRouting { name, threads, misrouted, .. } = topic;
    let share = format!("{:.0}", 100.0 * f64::from(misrouted) / f64::from(threads.max(1)));
    let words = text(move || {
        let filling =
            [("moved", &*misrouted.to_string()), ("all", &*threads.to_string()), ("share", &*share)];
        i18n.filled(Key::UNIT_SETTINGS_ROUTING_OF, &filling)
    });
    view! {
        <div>
            <dt>{text(move || i18n.local(&name))}</dt>
            <dd>{words}</dd>
        </div>
    }
}
