//! The commune's own books: own targets, movements, exemplary models, activities, reports in words.

use super::entry_form::answer_value;
use super::inspections::InspectionsLink;
use super::photos::Album;
use super::subject_forms::{DialogActions, Unfinished, fresh_id, text_or_null};
use super::targets::TargetsLink;
use crate::store::Change;
use crate::tablet::Tablet;
use crate::texts::stored::book_value;
use crate::texts::{self, books as say, common};
use crate::ui::{Choice, DateField, Dialog, Icon, NumberField, Segmented, SelectField, TextField};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use thidua_domain::book::{Book, FieldKind, FieldSpec, Lines, YEAR};
use thidua_domain::date::Date;
use thidua_domain::photo::Place;
use thidua_domain::record::{RecordKey, Value};
use thidua_domain::subject::field::CLOSED;
use thidua_domain::sync::state::RecordState;
use thidua_domain::text;

/// A line as the screen lists it.
#[derive(Clone, PartialEq)]
struct Line {
    key: RecordKey,
    /// What it is about, if that is given and not entered.
    name: Option<String>,
    record: Option<RecordState>,
}

impl Line {
    fn value(&self, name: &str) -> Value {
        let record = self.record.as_ref();
        let value = record.and_then(|record| record.get(name));
        value.cloned().unwrap_or(Value::Null)
    }

    fn is_filled(&self, book: &Book) -> bool {
        book.missing(|name| self.value(name)).next().is_none()
    }

    fn title(&self) -> String {
        let entered = || self.value("name").as_text().map(str::to_owned);
        self.name.clone().or_else(entered).unwrap_or_default()
    }
}

fn lines(tablet: Tablet, book: &'static Book) -> Vec<Line> {
    let store = tablet.store();
    let commune = tablet.commune.get();
    let period = tablet.season.period;
    let fixed = book.fixed(&commune, period);
    if book.lines != Lines::Free {
        let lines = fixed.into_iter().map(|line| Line {
            record: store.record(&line.key),
            key: line.key,
            name: Some(texts::catalogue(&line.name).to_owned()),
        });
        return lines.collect();
    }
    let records = store.records();
    let mut found: Vec<Line> = records
        .iter()
        .filter(|(key, record)| record.commune == commune && book.holds(key, record, period))
        .map(|(key, record)| Line {
            key: key.clone(),
            name: None,
            record: Some(record.clone()),
        })
        .collect();
    found.sort_by_cached_key(|line| text::collation_key(&line.title()));
    found
}

/// The way to a page of the commune, with a word on how far it is.
#[component]
pub fn BookLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What it is called.
    title: &'static str,
    /// Its short name.
    id: &'static str,
    /// How far it is.
    said: Signal<String>,
) -> impl IntoView {
    view! {
        <li class="area-list__item">
            <a class="area-list__link" href=href>
                <span class="area-list__name">{title}</span>
                <span class="area-list__meta" data-book=id>
                    {said}
                </span>
                <Icon name="chevron" />
            </a>
        </li>
    }
}

/// The books with how much is in each, on the commune's page.
#[component]
pub fn Books() -> impl IntoView {
    let tablet = Tablet::here();
    let rows = Book::all()
        .iter()
        .map(|book| {
            let count = Memo::new(move |_| {
                let lines = lines(tablet, book);
                let filled = lines.iter().filter(|line| line.is_filled(book)).count();
                (filled, lines.len())
            });
            let said = move || match (count.get(), &book.lines) {
                ((filled, _), Lines::Free) => {
                    format!(
                        "{} {}",
                        texts::int(filled as i64),
                        texts::catalogue(&book.one)
                    )
                }
                ((filled, all), _) => say::filled(filled, all),
            };
            view! {
                <BookLink
                    href=format!("/xa/so/{}", book.id)
                    title=texts::catalogue(&book.title)
                    id=book.id.as_str()
                    said=Signal::derive(said)
                />
            }
        })
        .collect_view();
    view! {
        <section class="books" aria-labelledby="books-title">
            <h2 id="books-title">{say::title()}</h2>
            <ul class="area-list"><TargetsLink /> <InspectionsLink /> {rows}</ul>
        </section>
    }
}

/// The lines of the book in the address.
#[component]
pub fn BookScreen() -> impl IntoView {
    let params = use_params_map();
    let book = Memo::new(move |_| {
        let id = params.with(|params| params.get("id"));
        id.and_then(|id| Book::by_id(&id))
    });
    move || book.get().map(|book| view! { <BookPage book /> })
}

#[component]
fn BookPage(book: &'static Book) -> impl IntoView {
    let tablet = Tablet::here();
    let adding = RwSignal::new(false);
    let found = Memo::new(move |_| lines(tablet, book));
    // A line stays the one it is while it is saved: its open dialog has something left to finish.
    let keys = move || {
        found.with(|found| {
            found
                .iter()
                .map(|line| line.key.clone())
                .collect::<Vec<_>>()
        })
    };
    let free = book.lines == Lines::Free;
    view! {
        <section class="page" aria-labelledby="book-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/xa">{common::commune()}</a>
            </nav>
            <div class="section-head">
                <h1 id="book-title" class="page__title">{texts::catalogue(&book.title)}</h1>
                {free
                    .then(|| {
                        view! {
                            <button
                                class="button button--primary"
                                on:click=move |_| adding.set(true)
                            >
                                <Icon name="plus" />
                                {say::add(texts::catalogue(&book.one))}
                            </button>
                        }
                    })}
            </div>
            <p class="page__lead">{texts::catalogue(&book.lead)}</p>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="empty">{say::none_yet(texts::catalogue(&book.one))}</p>
            </Show>
            <ul class="book">
                <For each=keys key=Clone::clone let:key>
                    <BookLine book key_=key found />
                </For>
            </ul>
            <Dialog title=say::add(texts::catalogue(&book.one)) open=adding>
                <LineFields
                    book
                    open=adding
                    line=Line {
                        key: book.key(fresh_id()),
                        name: None,
                        record: None,
                    }
                    fresh=true
                />
            </Dialog>
        </section>
    }
}

#[component]
fn BookLine(book: &'static Book, key_: RecordKey, found: Memo<Vec<Line>>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let place = Place::of_line(book, &key_, Tablet::here().season.period);
    let empty = Line {
        key: key_.clone(),
        name: None,
        record: None,
    };
    let line = Memo::new(move |_| {
        let line = found.with(|found| found.iter().find(|line| line.key == key_).cloned());
        line.unwrap_or_else(|| empty.clone())
    });
    let filled = Memo::new(move |_| line.with(|line| line.is_filled(book)));
    let title = Memo::new(move |_| line.with(Line::title));
    let facts = move || {
        let fields = book.fields.iter().filter(|field| field.name != "name");
        fields
            .filter_map(|field| {
                let value = line.with(|line| line.value(&field.name));
                (value != Value::Null).then(|| {
                    view! {
                        <div>
                            <dt>{texts::catalogue(&field.label)}</dt>
                            <dd>{book_value(field, &value)}</dd>
                        </div>
                    }
                })
            })
            .collect_view()
    };
    view! {
        <li class="book__line" data-filled=move || filled.get().then_some("")>
            <div class="section-head">
                <h2 class="book__title">{move || title.get()}</h2>
                <button
                    class="button"
                    aria-label=move || say::edit(title.get())
                    on:click=move |_| editing.set(true)
                >
                    <Icon name="pencil" />
                    {move || if filled.get() { common::edit() } else { "Ghi" }}
                </button>
            </div>
            <dl class="edit-said">{facts}</dl>
            <Show when=move || !filled.get()>
                <p class="book__open">{say::not_entered()}</p>
            </Show>
            {place.map(|place| view! { <Album place title=texts::photos::title() /> })}
            <Dialog title=title.get_untracked() open=editing>
                <LineFields book open=editing line=line.get_untracked() fresh=false />
            </Dialog>
        </li>
    }
}

#[component]
fn LineFields(book: &'static Book, open: RwSignal<bool>, line: Line, fresh: bool) -> impl IntoView {
    let tablet = Tablet::here();
    let subject = (!fresh).then(|| line.key.subject());
    let unfinished = Unfinished::of(|| texts::catalogue(&book.title), subject, None);
    let working: Vec<(&'static FieldSpec, RwSignal<Value>)> = book
        .fields
        .iter()
        .map(|field| (field, RwSignal::new(line.value(&field.name))))
        .collect();
    let inputs = working
        .iter()
        .map(|(field, value)| input(&unfinished, &line, field, *value))
        .collect_view();
    let key = line.key.clone();
    let year = Value::Int(i64::from(tablet.season.period.0));
    let save = move || {
        let value = |name: &str| {
            let found = working.iter().find(|(field, _)| field.name == name);
            found.map_or(Value::Null, |(_, value)| value.get_untracked())
        };
        if book.missing(value).next().is_some() {
            return Err(say::required());
        }
        let values = working
            .iter()
            .map(|(field, value)| (field.name.as_str(), value.get_untracked()))
            .chain(std::iter::once((YEAR, year.clone())));
        Ok(vec![Change::new(key.clone(), values)])
    };
    let removable = !fresh && book.lines == Lines::Free;
    let remove = {
        let key = line.key.clone();
        move |_| {
            Unfinished::of(|| texts::catalogue(&book.title), subject, None).let_go();
            let change = Change::new(key.clone(), [(CLOSED, Value::from("mistake"))]);
            tablet.save(vec![change], RwSignal::new(Default::default()));
            open.set(false);
        }
    };
    view! {
        {inputs}
        <DialogActions open unfinished save />
        {removable
            .then(|| {
                view! {
                    <button type="button" class="button" on:click=remove>
                        <Icon name="close" />
                        {say::take_out()}
                    </button>
                }
            })}
    }
}

/// The input of one field.
fn input(
    unfinished: &Unfinished,
    line: &Line,
    field: &'static FieldSpec,
    value: RwSignal<Value>,
) -> AnyView {
    let label = match field.required {
        true => format!("{} *", texts::catalogue(&field.label)),
        false => texts::catalogue(&field.label).to_owned(),
    };
    let text =
        Signal::derive(move || value.with(|value| value.as_text().unwrap_or_default().to_owned()));
    let set_text = move |text: String| value.set(text_or_null(text));
    let slot = unfinished.slot(&field.name, texts::catalogue(&field.label));
    if let Some(draft) = slot.kept() {
        match field.kind {
            FieldKind::Line => value.set(text_or_null(text::clean_line(&draft.text))),
            FieldKind::Story => value.set(text_or_null(text::nfc(draft.text.trim()))),
            FieldKind::Number => {
                if let Ok(number) = texts::language().parse_int(draft.text.trim()) {
                    value.set(Value::Int(number));
                }
            }
            FieldKind::Day | FieldKind::YesNo | FieldKind::Choice => {}
        }
    }
    match field.kind {
        FieldKind::Line | FieldKind::Story => {
            let multiline = field.kind == FieldKind::Story;
            let max_length = if multiline { 1_200 } else { 200 };
            view! {
                <TextField
                    label
                    value=text
                    on_change=set_text
                    max_length
                    multiline
                    hint=texts::catalogue(field.hint.as_deref().unwrap_or_default()).to_owned()
                    draft=slot
                />
            }
            .into_any()
        }
        FieldKind::Number => {
            let on_change = move |number: Option<i64>| {
                value.set(number.map_or(Value::Null, Value::Int));
            };
            let value = Signal::derive(move || value.with(Value::as_int));
            view! { <NumberField label value on_change max=9_999_999 draft=slot /> }.into_any()
        }
        FieldKind::Day => {
            let on_change = move |day: Option<Date>| {
                set_text(day.map(|day| day.to_string()).unwrap_or_default());
            };
            let value = Signal::derive(move || Date::parse_iso(&text.get()));
            view! { <DateField label value on_change /> }.into_any()
        }
        FieldKind::YesNo => view! {
            <Segmented
                legend=label
                name=format!("{}-{}", line.key, field.name)
                choices=Choice::yes_no_unknown(common::yes(), common::no())
                value=Signal::derive(move || {
                    let answer = value.with(Value::as_bool);
                    answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned()
                })
                on_change=move |answer: String| value.set(answer_value(&answer))
            />
        }
        .into_any(),
        FieldKind::Choice => {
            let choices = field
                .choices
                .iter()
                .map(|(stored, label)| Choice::new(stored.clone(), texts::catalogue(label)));
            let choices: Vec<Choice> = std::iter::once(Choice::new("", common::choose()))
                .chain(choices)
                .collect();
            view! {
                <SelectField
                    label
                    choices=Signal::stored(choices)
                    value=text
                    on_change=set_text
                />
            }
            .into_any()
        }
    }
}
