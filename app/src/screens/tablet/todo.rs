//! What waits for this person, on the first screen: each line leads to where it is done.

use super::handovers::{HandoversNote, Kept};
use crate::model::conflicts;
use crate::model::overview::Subject;
use crate::platform;
use crate::store::Draft;
use crate::tablet::Tablet;
use crate::texts::{self, common, home as say, stored, words};
use crate::ui::{CorrectBy, Icon};
use leptos::prelude::*;
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::date::Date;
use thidua_domain::entry;
use thidua_domain::record::RecordKey;
use thidua_domain::subject;

/// Text that was typed and never saved.
#[component]
pub fn Unfinished() -> impl IntoView {
    let tablet = Tablet::here();
    let drafts = tablet.drafts().kept();
    // The subject is named where the draft belongs to a record; the place alone says less.
    let whose = move |key: &str| {
        let record = key
            .split('|')
            .next()
            .and_then(|key| RecordKey::parse(key).ok())?;
        let subject = tablet.subject(record.subject())?;
        Some(subject::label(&subject.record).to_owned())
    };
    let rows = move || {
        drafts
            .get()
            .into_iter()
            .map(|(key, draft)| view! { <UnfinishedRow whose=whose(&key) draft /> })
            .collect_view()
    };
    view! {
        <Show when=move || drafts.with(|drafts| !drafts.is_empty())>
            <section class="todo" aria-labelledby="unfinished-title">
                <h2 id="unfinished-title">{say::unfinished()}</h2>
                <ul class="todo__list">{rows}</ul>
            </section>
        </Show>
    }
}

#[component]
fn UnfinishedRow(whose: Option<String>, draft: Draft) -> impl IntoView {
    let what = match whose {
        Some(name) => format!("{name} · {}", draft.what),
        None => draft.what,
    };
    view! {
        <li class="todo__item">
            <a class="todo__link" href=draft.place>
                <Icon name="pencil" />
                <span class="todo__what">{what}</span>
                <span class="todo__said">{format!("“{}”", draft.text)}</span>
                <span class="todo__when">{texts::moment(draft.at)}</span>
                <Icon name="chevron" />
            </a>
        </li>
    }
}

/// What needs a person's eyes: entries a reviewer sent back, and what two people wrote differently.
#[component]
pub fn NeedsYou() -> impl IntoView {
    let tablet = Tablet::here();
    let found = returned_entries();
    let kept = Kept::here();
    let conflicts = Memo::new(move |_| {
        conflicts::of_commune(&tablet.store(), &tablet.commune.get(), tablet.season).len()
    });
    let rows = move || {
        found
            .get()
            .into_iter()
            .take(AT_MOST)
            .map(|returned| view! { <SentBackRow returned /> })
            .collect_view()
    };
    let returned = move || found.with(Vec::len);
    view! {
        <Show when=move || conflicts.get() != 0 || returned() != 0 || kept.waiting() != 0>
            <section class="todo" aria-labelledby="needs-you-title">
                <h2 id="needs-you-title">{say::needs_you()}</h2>
                <HandoversNote />
                <Show when=move || conflicts.get() != 0>
                    <a class="todo__note" href="/khac-nhau">
                        <Icon name="conflict" />
                        {move || {
                            say::conflicts(conflicts.get())
                        }}
                        <Icon name="chevron" />
                    </a>
                </Show>
                <Show when=move || returned() != 0>
                    <a class="todo__note" href="/tra-lai">
                        <Icon name="return" />
                        {move || {
                            say::returned_sheets(returned())
                        }}
                        <Icon name="chevron" />
                    </a>
                    <ul class="todo__list">{rows}</ul>
                </Show>
            </section>
        </Show>
    }
}

/// Lines of the list of what was sent back; the rest is one tap away.
const AT_MOST: usize = 3;

/// An entry that a reviewer sent back and that has not been handed in again.
#[derive(Clone, PartialEq)]
struct Returned {
    subject: Arc<Subject>,
    assessment: Assessment,
    comment: String,
    due: Option<Date>,
}

fn returned_entries() -> Memo<Vec<Returned>> {
    let tablet = Tablet::here();
    Memo::new(move |_| {
        tablet.book.with(|book| {
            let all = book.all().iter();
            let mut found: Vec<Returned> = all
                .flat_map(|subject| {
                    subject.returned.iter().map(|sent_back| Returned {
                        subject: subject.clone(),
                        assessment: sent_back.assessment,
                        comment: sent_back.comment.clone(),
                        due: sent_back.due,
                    })
                })
                .collect();
            // The nearest day first, and what has none after all that have one.
            found.sort_by(|a, b| {
                let rank = |it: &Returned| (it.due.is_none(), it.due);
                (rank(a), &a.subject.order).cmp(&(rank(b), &b.subject.order))
            });
            found
        })
    })
}

impl Returned {
    fn name(&self, tablet: Tablet) -> String {
        match self.subject.kind {
            SubjectKind::Commune => {
                words::area_name(&tablet.commune.get_untracked(), tablet.season)
            }
            _ => subject::label(&self.subject.record).to_owned(),
        }
    }

    fn place(&self) -> String {
        let id = self.subject.id;
        match self.subject.kind {
            SubjectKind::Family => format!("/ho/{id}"),
            SubjectKind::ResidentialArea => format!("/khu/{id}/danh-gia"),
            SubjectKind::Unit => format!("/don-vi/{id}"),
            _ => "/xa".to_owned(),
        }
    }

    fn area(&self, tablet: Tablet) -> Option<String> {
        let area = (self.subject.kind == SubjectKind::Family)
            .then(|| self.subject.residential_area())
            .flatten()?;
        let area = untrack(|| tablet.subject(area))?;
        Some(format!(" · {}", subject::label(&area.record)))
    }
}

/// By when, if its reviewer named a day.
fn correct_by(due: Option<Date>) -> Option<impl IntoView> {
    let today = platform::today();
    due.map(|due| view! { <CorrectBy due today /> })
}

#[component]
fn SentBackRow(returned: Returned) -> impl IntoView {
    let tablet = Tablet::here();
    view! {
        <li class="todo__item">
            <a class="todo__link" href=returned.place() data-returned=true>
                <Icon name="return" />
                <span class="todo__what">{returned.name(tablet)} {returned.area(tablet)}</span>
                <span class="todo__said">{format!("“{}”", returned.comment)}</span>
                <span class="todo__when">{words::assessment(returned.assessment)}</span>
                {correct_by(returned.due)}
                <Icon name="chevron" />
            </a>
        </li>
    }
}

/// All entries that were sent back, with everything the reviewer said and what has been mended.
#[component]
pub fn ReturnedScreen() -> impl IntoView {
    let found = returned_entries();
    let lead = move || match found.with(Vec::len) {
        0 => say::nothing_returned().to_owned(),
        count => say::returned_lead(count),
    };
    let rows = move || {
        found
            .get()
            .into_iter()
            .map(|returned| view! { <ReturnedItem returned /> })
            .collect_view()
    };
    view! {
        <section class="page" aria-labelledby="returned-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/">{common::overview()}</a>
            </nav>
            <h1 id="returned-title" class="page__title">{say::returned_title()}</h1>
            <p class="page__lead">{lead}</p>
            <ul class="returned">{rows}</ul>
        </section>
    }
}

#[component]
fn ReturnedItem(returned: Returned) -> impl IntoView {
    let tablet = Tablet::here();
    let period = tablet.season.period;
    let key = RecordKey::entry(returned.subject.id, returned.assessment, period);
    let record = untrack(|| tablet.store().record(&key));
    let packs = tablet.settings.with_untracked(|settings| settings.packs);
    let pack = packs.judging(record.as_ref(), returned.assessment, period);
    let said: Vec<(String, String)> = record
        .iter()
        .flat_map(|record| {
            record
                .fields
                .keys()
                .map(move |name| (record, name.as_str()))
        })
        .filter(|(_, name)| entry::is_content(name))
        .filter_map(|(record, name)| {
            let comment = entry::returned_comment_at(record, name)?;
            let label =
                pack.map_or_else(|| name.to_owned(), |pack| stored::field_label(name, pack));
            Some((label, comment.to_owned()))
        })
        .collect();
    let mended = record
        .as_ref()
        .and_then(entry::written_since_returned)
        .map_or(0, |fields| fields.len());
    let mended = match mended {
        0 => say::not_corrected().to_owned(),
        count => say::corrected(count),
    };
    let said = said
        .into_iter()
        .map(|(label, comment)| {
            view! {
                <li>
                    <strong>{label}</strong>
                    {format!(": {comment}")}
                </li>
            }
        })
        .collect_view();
    view! {
        <li class="returned__item">
            <h2 class="returned__title">
                <a href=returned.place()>{returned.name(tablet)} {returned.area(tablet)}</a>
            </h2>
            <p class="returned__about">{words::assessment(returned.assessment)} " · " {mended}</p>
            {correct_by(returned.due)}
            <p>{format!("“{}”", returned.comment)}</p>
            <ul class="returned__said">{said}</ul>
            <a class="button" href=returned.place()>
                <Icon name="pencil" />
                {say::open_to_correct()}
            </a>
        </li>
    }
}
