//! The commune itself: where it stands on the way to a new rural area.

use super::books::Books;
use super::entry_form::{AnswerField, EntryNotices, NoteField, OpenEntry, PassFields, ResultPanel};
use super::photos::Evidence;
use crate::tablet::Tablet;
use crate::texts::{self, commune as say, words};
use crate::ui::{Banner, SaveState};
use leptos::prelude::*;
use thidua_domain::area::AreaKind;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::field;
use thidua_domain::record::SubjectId;

/// The commune's own entry. Only the 188 xã are assessed as new rural areas.
#[component]
pub fn CommuneScreen() -> impl IntoView {
    let tablet = Tablet::here();
    move || {
        let code = tablet.commune.get();
        let is_rural =
            words::area(&code, tablet.season).is_some_and(|area| area.kind == AreaKind::Commune);
        if !is_rural {
            return view! {
                <section class="page">
                    <h1 class="page__title">{words::area_name(&code, tablet.season)}</h1>
                    <Banner tone="info" icon="eye">
                        <p>{say::only_xa()}</p>
                    </Banner>
                    <Books />
                </section>
            }
            .into_any();
        }
        let saving = RwSignal::new(SaveState::default());
        let id = SubjectId::commune(&code);
        match OpenEntry::open(id, Assessment::NewRuralCommune, saving) {
            Some(entry) => view! { <CommuneForm entry /> }.into_any(),
            None => ().into_any(),
        }
    }
}

#[component]
fn CommuneForm(entry: OpenEntry) -> impl IntoView {
    let tablet = Tablet::here();
    let met = move || {
        let criteria: Vec<_> = entry.pack.criteria().collect();
        let answers = entry.record.with(|record| {
            let answer = |id: &str| record.as_ref()?.flag(&format!("{}{id}", field::PASS));
            let answers = criteria.iter().map(|criterion| answer(&criterion.id.0));
            answers.collect::<Vec<_>>()
        });
        let count = |wanted| answers.iter().filter(|answer| **answer == wanted).count();
        say::criteria_counts(
            count(Some(true)),
            criteria.len(),
            count(Some(false)),
            count(None),
        )
    };
    view! {
        <article class="page entry">
            <header class="entry__head">
                <div>
                    <h1 class="page__title">
                        {move || words::area_name(&tablet.commune.get(), tablet.season)}
                    </h1>
                    <p class="page__lead">{texts::catalogue(&entry.pack.name)}</p>
                </div>
            </header>
            <Books />
            <EntryNotices entry />
            <div class="entry__columns">
                <div class="entry__form">
                    <section class="form-section">
                        <p class="form-section__lead" data-met=true>
                            {met}
                        </p>
                        <AnswerField
                            entry
                            name=field::PROPOSED
                            legend=say::recognised()
                        />
                    </section>
                    <PassFields entry />
                    <section class="form-section">
                        <NoteField entry />
                    </section>
                    <Evidence entry />
                </div>
                <ResultPanel entry />
            </div>
        </article>
    }
}
