//! What the forms of all entries share: fields bound to the store, the result with its reasons, the
//! reviewer's comment, conflicts, and handing in.

use super::conflicts::Conflict;
use crate::model::conflicts;
use crate::platform;
use crate::store::Change;
use crate::tablet::Tablet;
use crate::texts::stored::{field_label, value_words};
use crate::texts::{self, common, desks, entry as say, words};
use crate::ui::{
    Banner, Choice, CorrectBy, DraftSlot, Icon, SaveNote, SaveState, Segmented, StateBadge,
};
use leptos::prelude::*;
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::{Evaluation, Outcome, Pack};
use thidua_domain::entry::{self, EntryState, field};
use thidua_domain::record::{FieldName, RecordKey, SubjectId, Value};
use thidua_domain::review::Desk;
use thidua_domain::sync::state::RecordState;

/// One entry that is open on the screen. Copied freely.
#[derive(Clone, Copy)]
pub struct OpenEntry {
    tablet: Tablet,
    key: StoredValue<RecordKey>,
    /// What is assessed.
    pub assessment: Assessment,
    /// The pack it is judged under.
    pub pack: &'static Pack,
    /// The entry as stored.
    pub record: Memo<Option<RecordState>>,
    /// How the last save of the form went.
    pub saving: RwSignal<SaveState>,
}

impl OpenEntry {
    /// Opens the entry of `subject`; `None` if no pack is in force for it.
    pub fn open(
        subject: SubjectId,
        assessment: Assessment,
        saving: RwSignal<SaveState>,
    ) -> Option<Self> {
        let tablet = Tablet::here();
        let period = tablet.season.period;
        let key = RecordKey::entry(subject, assessment, period);
        let store = tablet.store();
        // Opening subscribes to nothing: a save must not build the form anew under the person's hands.
        let stored = untrack(|| store.record(&key));
        // Criteria that the province has adopted meanwhile are another form; what is typed is kept.
        let pack = tablet
            .packs()
            .judging(stored.as_ref(), assessment, period)?;
        let watched = StoredValue::new_local(store);
        let key = StoredValue::new(key);
        let record =
            Memo::new(move |_| key.with_value(|key| watched.with_value(|store| store.record(key))));
        Some(Self {
            tablet,
            key,
            assessment,
            pack,
            record,
            saving,
        })
    }

    /// Its key.
    pub fn key(self) -> RecordKey {
        self.key.get_value()
    }

    /// Where what is typed into a field is kept until it is saved.
    pub fn draft(self, name: &str) -> DraftSlot {
        let what = field_label(name, self.pack);
        self.tablet.draft_slot(&self.key(), name, what)
    }

    /// The change that sets fields of this entry; one that is the first under its pack also notes it.
    pub fn change(self, values: Vec<(String, Value)>) -> Change {
        let noted = self.record.with_untracked(|record| {
            let noted = record.as_ref().and_then(|it| it.text(field::PACK));
            noted == Some(self.pack.id.0.as_str())
        });
        let pack = (!noted).then(|| {
            (
                field::PACK.to_owned(),
                Value::Text(self.pack.id.to_string()),
            )
        });
        let values = pack.into_iter().chain(values);
        Change {
            record: self.key(),
            values: values
                .map(|(name, value)| (FieldName::parse(&name).expect("a field of ours"), value))
                .collect(),
        }
    }

    /// Saves fields of this entry.
    pub fn set(self, values: Vec<(String, Value)>) {
        self.tablet.save(vec![self.change(values)], self.saving);
    }

    /// Saves one field.
    pub fn set_one(self, name: impl Into<String>, value: Value) {
        self.set(vec![(name.into(), value)]);
    }

    /// A number of this entry.
    pub fn int(self, name: impl Into<String>) -> Signal<Option<i64>> {
        let name = name.into();
        Signal::derive(move || {
            self.record
                .with(|record| record.as_ref().and_then(|r| r.int(&name)))
        })
    }

    /// A text of this entry.
    pub fn text(self, name: impl Into<String>) -> Signal<String> {
        let name = name.into();
        Signal::derive(move || {
            self.record.with(|record| {
                record
                    .as_ref()
                    .and_then(|r| r.text(&name))
                    .unwrap_or_default()
                    .to_owned()
            })
        })
    }

    /// An answer of this entry, as a [`Segmented`] shows it.
    pub fn answer(self, name: impl Into<String>) -> Signal<String> {
        let name = name.into();
        Signal::derive(move || {
            let answer = self
                .record
                .with(|record| record.as_ref().and_then(|r| r.flag(&name)));
            match answer {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None => String::new(),
            }
        })
    }

    /// Where it stands.
    pub fn state(self) -> EntryState {
        self.record
            .with(|record| entry::entry_state(record.as_ref()))
    }

    /// Where it waits, if a district appraises it before the province recognises it.
    pub fn desk(self) -> Option<Desk> {
        let Tablet {
            settings, season, ..
        } = self.tablet;
        let first = settings.with(|it| it.district_first(crate::areas::tree(), season));
        if !first.asks(self.assessment) {
            return None;
        }
        self.record
            .with(|record| record.as_ref().and_then(Desk::of_entry))
    }

    /// What the pack's rule says of it.
    pub fn evaluation(self) -> Evaluation {
        let zone = crate::areas::tree().zone(&self.tablet.commune.get());
        let empty = RecordState::new(self.tablet.commune.get());
        self.record
            .with(|record| entry::evaluate(record.as_ref().unwrap_or(&empty), self.pack, zone))
    }
}

/// The value of a [`Segmented`]'s answer.
pub fn answer_value(answer: &str) -> Value {
    match answer {
        "yes" => Value::Bool(true),
        "no" => Value::Bool(false),
        _ => Value::Null,
    }
}

/// What the reviewer who returned the entry said about one field, and whether it has been mended.
#[component]
pub fn FieldComment(
    /// The entry.
    entry: OpenEntry,
    /// The field.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let comment = Memo::new(move |_| {
        entry.record.with(|record| {
            let record = record.as_ref()?;
            let comment = entry::returned_comment_at(record, &name)?.to_owned();
            let written = entry::written_since_returned(record)?;
            Some((comment, written.iter().any(|field| field.as_str() == name)))
        })
    });
    move || {
        comment.get().map(|(comment, mended)| {
            view! {
                <p class="field-comment" role="note" data-mended=mended.then_some("")>
                    <Icon name="return" />
                    <span>
                        <strong>{say::reviewer()}</strong>
                        {comment}
                    </span>
                    {mended
                        .then(|| {
                            view! {
                                <span class="badge badge--draft">
                                    <Icon name="check" />
                                    {say::corrected()}
                                </span>
                            }
                        })}
                </p>
            }
        })
    }
}

/// A yes-or-no question of an entry.
#[component]
pub fn AnswerField(
    /// The entry.
    entry: OpenEntry,
    /// The field.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The word for yes.
    #[prop(default = common::yes())]
    yes: &'static str,
    /// The word for no.
    #[prop(default = common::no())]
    no: &'static str,
) -> impl IntoView {
    let value = entry.answer(name.clone());
    let group = format!("{}-{name}", entry.assessment.as_str());
    let about = name.clone();
    view! {
        <Segmented
            legend=legend
            name=group
            choices=Choice::yes_no_unknown(yes, no)
            value=value
            on_change=move |answer| entry.set_one(name.clone(), answer_value(&answer))
        />
        <FieldComment entry name=about />
    }
}

/// Pass or fail on each criterion of a pack.
#[component]
pub fn PassFields(
    /// The entry.
    entry: OpenEntry,
) -> impl IntoView {
    entry
        .pack
        .standards
        .iter()
        .map(|standard| {
            let fields = standard
                .criteria
                .iter()
                .map(|criterion| {
                    view! {
                        <AnswerField
                            entry
                            name=format!("{}{}", field::PASS, criterion.id)
                            legend=texts::catalogue(&criterion.text).to_owned()
                            yes=common::earned()
                            no=common::not_earned()
                        />
                    }
                })
                .collect_view();
            view! {
                <section class="form-section">
                    <h2 class="form-section__title">{texts::catalogue(&standard.name)}</h2>
                    {fields}
                </section>
            }
        })
        .collect_view()
}

/// A remark.
#[component]
pub fn NoteField(
    /// The entry.
    entry: OpenEntry,
) -> impl IntoView {
    view! {
        <TextNote entry />
        <FieldComment entry name=field::NOTE />
    }
}

#[component]
fn TextNote(entry: OpenEntry) -> impl IntoView {
    let on_change = move |text: String| {
        let value = if text.is_empty() {
            Value::Null
        } else {
            Value::Text(text)
        };
        entry.set_one(field::NOTE, value);
    };
    view! {
        <crate::ui::TextField
            label=common::note()
            value=entry.text(field::NOTE)
            on_change=on_change
            max_length=1000
            multiline=true
            draft=entry.draft(field::NOTE)
        />
    }
}

/// What the reviewer said, and where two people wrote different things.
#[component]
pub fn EntryNotices(
    /// The entry.
    entry: OpenEntry,
) -> impl IntoView {
    let comment = move || {
        entry.record.with(|record| {
            let record = record.as_ref()?;
            matches!(entry.state(), EntryState::Returned | EntryState::Draft)
                .then(|| {
                    let comment = entry::returned_comment(record)?.to_owned();
                    Some((comment, entry::correction_due(record)))
                })
                .flatten()
        })
    };
    let conflicts = Memo::new(move |_| {
        let tablet = entry.tablet;
        entry.record.with(|record| {
            record
                .iter()
                .flat_map(|record| {
                    conflicts::of_record(&tablet.store(), tablet.season, &entry.key(), record)
                })
                .collect::<Vec<_>>()
        })
    });
    let mended = Memo::new(move |_| {
        entry.record.with(|record| {
            let record = record.as_ref()?;
            let written = entry::written_since_returned(record)?;
            let said = written.into_iter().map(|name| {
                let name = name.as_str();
                let value = record
                    .get(name)
                    .map_or_else(|| say::empty().to_owned(), value_words);
                (field_label(name, entry.pack), value)
            });
            Some(said.collect::<Vec<_>>()).filter(|said| !said.is_empty())
        })
    });
    view! {
        {move || {
            comment()
                .map(|(comment, due)| {
                    view! {
                        <Banner tone="warning" icon="return">
                            <p>
                                <strong>{say::returned_by_reviewer()}</strong>
                                {comment}
                            </p>
                            {due
                                .map(|due| {
                                    view! {
                                        <p>
                                            <CorrectBy due today=platform::today() />
                                        </p>
                                    }
                                })}
                        </Banner>
                    }
                })
        }}
        {move || {
            mended
                .get()
                .map(|said| {
                    let handed_in = entry.state() == EntryState::Submitted;
                    let heading = if handed_in {
                        say::resubmitted_changes()
                    } else {
                        say::changes_not_submitted()
                    };
                    let said = said
                        .into_iter()
                        .map(|(label, value)| {
                            view! {
                                <div>
                                    <dt>{label}</dt>
                                    <dd>{value}</dd>
                                </div>
                            }
                        })
                        .collect_view();
                    view! {
                        <Banner tone="info" icon="pencil">
                            <p>{heading}</p>
                            <dl class="edit-said mended">{said}</dl>
                        </Banner>
                    }
                })
        }}
        <Show when=move || conflicts.with(|conflicts| !conflicts.is_empty())>
            <Banner tone="warning" icon="conflict">
                <p>
                    {say::conflict()}
                </p>
                {move || {
                    conflicts
                        .get()
                        .into_iter()
                        .map(|conflict| view! { <Conflict conflict saving=entry.saving /> })
                        .collect_view()
                }}
            </Banner>
        </Show>
    }
}

/// The result with its reasons, how saving went, and handing in.
#[component]
pub fn ResultPanel(
    /// The entry whose result is shown.
    entry: OpenEntry,
    /// Other entries that are handed in with it, if anything is in them.
    #[prop(optional)]
    along: Vec<OpenEntry>,
) -> impl IntoView {
    let evaluation = Memo::new(move |_| entry.evaluation());
    let state = move || entry.state();
    let can_submit = move || {
        evaluation.with(|evaluation| evaluation.outcome != Outcome::Incomplete)
            && !matches!(
                state(),
                EntryState::Submitted | EntryState::Accepted | EntryState::Empty
            )
    };
    let submit = move |_| {
        let keys = std::iter::once(entry)
            .chain(along.iter().copied().filter(|other| {
                !matches!(
                    other
                        .record
                        .with_untracked(|r| entry::entry_state(r.as_ref())),
                    EntryState::Empty | EntryState::Submitted | EntryState::Accepted
                )
            }))
            .map(OpenEntry::key)
            .collect();
        entry.tablet.submit(keys, entry.saving);
    };
    let desk = move || entry.desk();
    let why_not = move || match state() {
        EntryState::Submitted => Some(match desk() {
            Some(desk) => desks::submitted_note(desk),
            None => say::submitted_note(),
        }),
        EntryState::Accepted => Some(say::accepted_note()),
        _ if !can_submit() => Some(say::complete_first()),
        _ => None,
    };
    view! {
        <aside class="result-panel" aria-label=say::result()>
            <div class="result-panel__head">
                <p class="result-panel__outcome" data-outcome=move || {
                    match evaluation.with(|e| e.outcome) {
                        Outcome::Earned => "earned",
                        Outcome::NotEarned => "not-earned",
                        Outcome::Incomplete => "incomplete",
                    }
                }>
                    {move || words::outcome(entry.assessment, evaluation.with(|e| e.outcome))}
                </p>
                {move || {
                    evaluation
                        .with(|e| e.points.zip(e.pass_mark))
                        .map(|(points, mark)| {
                            view! {
                                <p class="result-panel__points">
                                    <strong>{points}</strong>
                                    {say::points_of(mark)}
                                </p>
                            }
                        })
                }}
                {move || view! { <StateBadge state=state() desk=desk() /> }}
            </div>
            <Reasons entry evaluation />
            <div class="result-panel__actions">
                <SaveNote state=entry.saving />
                <button
                    type="button"
                    class="button button--primary"
                    disabled=move || !can_submit()
                    on:click=submit
                >
                    <Icon name="send" />
                    {common::submit()}
                </button>
            </div>
            <p class="result-panel__hint">{why_not}</p>
        </aside>
    }
}

/// Why the result is what it is. On an upright tablet the panel lies over the form's lower end and must
/// keep its height while the form is filled in: a panel that shrinks moves the form, and a tap under way
/// then misses what it was aimed at. So it shows one reason there, and unfolds the others over the form.
#[component]
fn Reasons(entry: OpenEntry, evaluation: Memo<Evaluation>) -> impl IntoView {
    let unfolded = RwSignal::new(false);
    let others = move || evaluation.with(|e| e.reasons.len().saturating_sub(1));
    let list = move || {
        evaluation.with(|e| {
            let reasons = e.reasons.iter();
            reasons
                .map(|reason| view! { <li>{texts::reason(reason, entry.pack)}</li> })
                .collect_view()
        })
    };
    view! {
        <div class="result-panel__why" data-unfolded=move || unfolded.get().then_some("")>
            <ul class="result-panel__reasons">{list}</ul>
            <button
                type="button"
                class="button button--small button--quiet result-panel__more"
                hidden=move || others() == 0
                aria-expanded=move || unfolded.get().to_string()
                on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
            >
                {move || {
                    if unfolded.get() {
                        say::fewer().to_owned()
                    } else {
                        say::more_reasons(others())
                    }
                }}
            </button>
        </div>
    }
}
