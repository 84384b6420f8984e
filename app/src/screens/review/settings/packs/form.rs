//! The form for a next version of a pack.

use super::criteria::{CriterionRows, GroundRows, Rows};
use super::preview::Preview;
use super::thresholds::{ThresholdFields, Typed};
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::screens::review::settings::sending::Sending;
use crate::screens::review::settings::{Problem, refused, seen};
use crate::texts::packs as texts;
use crate::texts::{common, words};
use crate::ui::TextField;
use leptos::prelude::*;
use thidua_domain::api::{PackPreview, SettingInput, SettingsView};
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::Period;
use thidua_domain::setting::Setting;
use thidua_domain::setting::pack::{Draft, takes_grounds};

/// What it sends is bound to the version after the one it was written from: another that was adopted meanwhile
/// is not passed over.
#[component]
pub(super) fn PackForm(
    remote: Remote<SettingsView>,
    assessment: Assessment,
    editing: RwSignal<Option<Assessment>>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let period = season().period;
    let packs = untrack(|| remote.value.get()).map(|all| all.settings().packs);
    let packs = packs.unwrap_or_default();
    let Some(first) = Draft::from_last(packs, assessment, period) else {
        return ().into_any();
    };
    let number = first.number;
    let from = RwSignal::new(first.from.to_string());
    let to = RwSignal::new(String::new());
    let basis = RwSignal::new(first.basis);
    let paper = RwSignal::new(String::new());
    let rows = Rows::criteria(first.lines);
    let groups = first.groups.into_iter().map(RwSignal::new);
    let groups = StoredValue::new(groups.collect::<Vec<_>>());
    let grounds = first.grounds.filter(|_| takes_grounds(assessment));
    let grounds = grounds.map(Rows::grounds);
    let thresholds = first.thresholds.map(Typed::of);
    let scored = thresholds.is_some();
    let sending = Sending::new(remote, saved);
    let Sending { problem, busy, .. } = sending;
    let previewed = RwSignal::new(None::<(Draft, PackPreview)>);
    let year = |typed: String| match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse() {
            Ok(year) => Ok(Some(Period(year))),
            Err(_) => Err(crate::texts::settings::other_period()),
        },
    };
    let draft = move || -> Result<Draft, &'static str> {
        let incomplete = crate::texts::settings::incomplete;
        Ok(Draft {
            assessment,
            number,
            from: year(from.get())?.ok_or_else(incomplete)?,
            to: year(to.get())?,
            basis: basis.get(),
            paper: paper.get(),
            lines: rows.lines(),
            groups: groups.get_value().iter().map(|name| name.get()).collect(),
            grounds: grounds.map(Rows::all),
            thresholds: match thresholds {
                Some(typed) => Some(typed.read().ok_or_else(incomplete)?),
                None => None,
            },
        })
    };
    let is_previewed = Memo::new(move |_| {
        let draft = draft().ok();
        previewed.with(|seen| {
            seen.as_ref()
                .is_some_and(|(seen, _)| Some(seen) == draft.as_ref())
        })
    });
    let checked = move || {
        let draft = untrack(draft)?;
        match draft.pack(packs, period) {
            Ok(_) => Ok(draft),
            Err(error) => Err(refused(error)),
        }
    };
    let preview = move |_| {
        let draft = match checked() {
            Ok(draft) => draft,
            Err(words) => return problem.set(Some(words.to_owned())),
        };
        sending.post("/api/settings/preview", draft, move |draft, found| {
            previewed.set(Some((draft, found)));
        });
    };
    let adopt = move |_| {
        if !is_previewed.get_untracked() {
            return;
        }
        let Ok(draft) = checked() else { return };
        let input = SettingInput {
            seen: seen(None),
            setting: Setting::Pack(draft),
        };
        let words = texts::saved(words::assessment(assessment));
        sending.set(input, words, move || editing.set(None));
    };
    view! {
        <section class="pack-form" aria-labelledby="pack-form-title">
            <h3 id="pack-form-title">
                {format!("{} · {}", words::assessment(assessment), texts::version(number))}
            </h3>
            <TextField
                label=texts::basis()
                value=basis
                on_change=move |text| basis.set(text)
                max_length=200
            />
            <TextField
                label=crate::texts::settings::paper()
                value=paper
                on_change=move |text| paper.set(text)
                max_length=200
                hint=crate::texts::settings::paper_hint()
            />
            <div class="pack-form__years">
                <TextField
                    label=texts::from()
                    value=from
                    on_change=move |text| from.set(text)
                    max_length=4
                />
                <TextField
                    label=texts::until()
                    value=to
                    on_change=move |text| to.set(text)
                    max_length=4
                />
            </div>
            <p class="field__hint">{texts::criterion_hint()}</p>
            <CriterionRows rows groups scored />
            {thresholds
                .map(|typed| {
                    let total = Signal::derive(move || rows.total());
                    view! { <ThresholdFields typed total /> }
                })}
            {grounds.map(|rows| view! { <GroundRows rows /> })}
            {move || {
                previewed
                    .get()
                    .filter(|_| is_previewed.get())
                    .map(|(_, found)| view! { <Preview found /> })
            }}
            <Problem problem />
            <Show when=move || !is_previewed.get()>
                <p class="field__hint">{texts::preview_first()}</p>
            </Show>
            <div class="dialog__actions">
                <button class="button" on:click=move |_| editing.set(None)>
                    {common::cancel()}
                </button>
                <button class="button" disabled=move || busy.get() on:click=preview>
                    {texts::preview()}
                </button>
                <button
                    class="button button--primary"
                    disabled=move || busy.get() || !is_previewed.get()
                    on:click=adopt
                >
                    {texts::adopt()}
                </button>
            </div>
        </section>
    }
    .into_any()
}
