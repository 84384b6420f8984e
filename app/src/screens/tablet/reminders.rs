//! What reviewers ask this commune to do, shown until it was read.

use crate::store::Change;
use crate::tablet::Tablet;
use crate::texts::{self, home as say};
use crate::ui::{Banner, Icon, SaveNote, SaveState};
use leptos::prelude::*;
use thidua_domain::record::RecordKey;
use thidua_domain::reminder::{self, Reminder};

/// Reminders that nobody has read yet, the oldest first.
#[component]
pub fn Reminders() -> impl IntoView {
    let tablet = Tablet::here();
    let saving = RwSignal::new(SaveState::default());
    let unread = Memo::new(move |_| {
        let commune = tablet.commune.get();
        let store = tablet.store();
        let id = reminder::subject(&commune);
        let records = store.records();
        let mut unread: Vec<(RecordKey, Reminder)> = records
            .range(reminder::first_key(&commune)..)
            .take_while(|(key, _)| key.kind() == reminder::KIND && key.subject() == id)
            .filter_map(|(key, record)| Some((key.clone(), reminder::read(key, record)?)))
            .filter(|(_, reminder)| reminder.read.is_none())
            .collect();
        unread.sort_by_key(|(_, reminder)| reminder.sent_ms);
        unread
    });
    let listed = move || {
        unread
            .get()
            .into_iter()
            .map(|(key, reminder)| {
                let due = reminder.draft.due.map(|due| {
                    let due = say::due(due);
                    view! { <p>{due}</p> }
                });
                let from = say::reminder_from(&reminder.sent_by, texts::moment(reminder.sent_ms));
                let read = move |_| {
                    let value = reminder::read_by(&tablet.session().display_name);
                    tablet.save(vec![Change::new(key.clone(), [value])], saving);
                };
                view! {
                    <Banner tone="warning" icon="info">
                        <p>
                            <strong>{from}</strong>
                        </p>
                        <p>{reminder.draft.text}</p>
                        {due}
                        <button class="button" on:click=read>
                            <Icon name="check" />
                            {say::read()}
                        </button>
                    </Banner>
                }
            })
            .collect_view()
    };
    let failed = move || saving.with(|state| matches!(state, SaveState::Failed(_)));
    view! {
        <Show when=move || unread.with(|unread| !unread.is_empty())>
            <section class="reminders" aria-label=say::reminders()>
                {listed}
                <Show when=failed>
                    <SaveNote state=saving />
                </Show>
            </section>
        </Show>
    }
}
