//! Parts of the forms that follow from a criteria pack: points, what rules a subject out, and the review
//! meeting.

use super::entry_form::{AnswerField, FieldComment, OpenEntry};
use crate::texts::{self, sheet as say};
use crate::ui::{CheckField, NumberField};
use leptos::prelude::*;
use thidua_domain::entry::field;
use thidua_domain::record::Value;

/// Points for each criterion, and all of them at once.
#[component]
pub fn ScoreFields(
    /// The entry.
    entry: OpenEntry,
) -> impl IntoView {
    let all_max = move |_| {
        let values = entry.pack.criteria().map(|criterion| {
            let name = format!("{}{}", field::SCORE, criterion.id);
            (name, Value::Int(i64::from(criterion.max)))
        });
        entry.set(values.collect());
    };
    let groups = entry
        .pack
        .standards
        .iter()
        .map(|standard| {
            let fields = standard
                .criteria
                .iter()
                .map(|criterion| {
                    let name = format!("{}{}", field::SCORE, criterion.id);
                    let set = name.clone();
                    let draft = entry.draft(&name);
                    let on_change = move |points: Option<i64>| {
                        entry.set_one(set.clone(), points.map_or(Value::Null, Value::Int));
                    };
                    view! {
                        <NumberField
                            label=texts::catalogue(&criterion.text).to_owned()
                            value=entry.int(name.clone())
                            on_change=on_change
                            max=i64::from(criterion.max)
                            offer_max=true
                            draft=draft
                        />
                        <FieldComment entry name />
                    }
                })
                .collect_view();
            view! {
                <fieldset class="score-group">
                    <legend class="score-group__title">
                        {say::standard(texts::catalogue(&standard.name), standard.max)}
                    </legend>
                    {fields}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <section class="form-section">
            <div class="section-head">
                <h2 class="form-section__title">{say::scores()}</h2>
                <button type="button" class="button" on:click=all_max>
                    {say::all_points()}
                </button>
            </div>
            {groups}
        </section>
    }
}

/// What rules a subject out, to be ticked where it applies.
#[component]
pub fn ExclusionFields(
    /// The entry.
    entry: OpenEntry,
    /// Heading.
    title: &'static str,
    /// What to bear in mind.
    lead: &'static str,
) -> impl IntoView {
    // A version may have dropped them all.
    if entry.pack.exclusions.is_empty() {
        return ().into_any();
    }
    let fields = entry
        .pack
        .exclusions
        .iter()
        .map(|exclusion| {
            let name = format!("{}{}", field::EXCLUSION, exclusion.code);
            let answer = entry.answer(name.clone());
            let about = name.clone();
            view! {
                <CheckField
                    label=texts::catalogue(&exclusion.text).to_owned()
                    value=Signal::derive(move || answer.get() == "yes")
                    on_change=move |applies| {
                        let value = if applies { Value::Bool(true) } else { Value::Null };
                        entry.set_one(name.clone(), value);
                    }
                />
                <FieldComment entry name=about />
            }
        })
        .collect_view();
    view! {
        <section class="form-section">
            <h2 class="form-section__title">{title}</h2>
            <p class="form-section__lead">{lead}</p>
            {fields}
        </section>
    }
    .into_any()
}

/// The numbers of the review meeting, and whether the subject is put forward.
#[component]
pub fn MeetingFields(
    /// The entry.
    entry: OpenEntry,
    /// The question whether the subject is put forward.
    proposal: &'static str,
    /// What else belongs to this part.
    children: Children,
) -> impl IntoView {
    let count = move |label: &'static str, name: &'static str| {
        let on_change = move |number: Option<i64>| {
            entry.set_one(name, number.map_or(Value::Null, Value::Int));
        };
        let draft = entry.draft(name);
        view! {
            <div class="field-with-comment">
                <NumberField label value=entry.int(name) on_change max=9_999 draft />
                <FieldComment entry name />
            </div>
        }
    };
    view! {
        <section class="form-section">
            <h2 class="form-section__title">{say::meeting()}</h2>
            <div class="field-row">
                {count(say::invited(), field::INVITED)}
                {count(say::attended(), field::ATTENDED)}
                {count(say::agreed(), field::AGREED)}
            </div>
            <AnswerField entry name=field::PROPOSED legend=proposal />
            {children()}
        </section>
    }
}
