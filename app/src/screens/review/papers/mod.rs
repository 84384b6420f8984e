//! Papers: drafts of the report and of lists of recognition, and those that were issued.

mod issued;
mod sheet;

use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::platform::download;
use crate::sync::transport;
use crate::texts::{documents as say, faults, review, words};
use crate::ui::{Banner, Choice, Dialog, Icon, SelectField, TextField};
use issued::Issued;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use sheet::Sheet;
use thidua_domain::api::{
    IssuedPaper, MAX_SIGNATORY_CHARS, MAX_SUMMARY_CHARS, PaperDesk, PaperInput, PaperKind,
};
use thidua_domain::area::{AreaCode, AreaLevel};

const FORMATS: [(&str, &str); 3] = [("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel")];

fn tables() -> [(&'static str, &'static str); 6] {
    [
        ("chi-tieu", say::table_indicators()),
        ("dia-ban", say::table_areas()),
        ("nop-cham", say::table_late()),
        ("dem", say::table_counts()),
        ("ho-so", say::table_sheets()),
        ("cho-duyet", say::table_queue()),
    ]
}

/// The page of the account's own area.
#[component]
pub fn OwnPapers() -> impl IntoView {
    let current = expect_context::<Current>();
    let area = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || area.get().map(|code| view! { <Papers code /> })
}

/// The page of the area that the address names.
#[component]
pub fn AreaPapers() -> impl IntoView {
    let params = use_params_map();
    let area = Memo::new(move |_| {
        params
            .with(|params| params.get("code"))
            .and_then(|code| AreaCode::parse(&code).ok())
    });
    move || area.get().map(|code| view! { <Papers code /> })
}

pub(super) fn kind_words(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Report => say::kind_report(),
        PaperKind::CulturalFamilies => say::kind_families(),
        PaperKind::SafeResidentialAreas => say::kind_areas(),
        PaperKind::CulturalResidentialAreas => say::kind_cultural_areas(),
        PaperKind::SafeUnits => say::kind_units(),
        PaperKind::NewRuralCommunes => say::kind_communes(),
    }
}

/// The areas of the account and all below, in the catalogue's order.
fn areas() -> Vec<Choice> {
    let tree = crate::areas::tree();
    let date = season().date;
    let own = expect_context::<Current>().0.with_untracked(|session| {
        session
            .as_ref()
            .map(|session| session.areas.clone())
            .unwrap_or_default()
    });
    let mut choices = Vec::new();
    let mut add = |code: &AreaCode| {
        if let Some(area) = tree.get(code, date) {
            let inset = match area.level() {
                AreaLevel::Commune => "· ",
                _ => "",
            };
            let label = format!("{inset}{}", words::area_called(area));
            choices.push(Choice::new(area.code.to_string(), label));
        }
    };
    for code in &own {
        add(code);
        for child in tree.children(code, date) {
            add(&child.code);
            for commune in tree.children(&child.code, date) {
                add(&commune.code);
            }
        }
    }
    choices
}

/// What is under way with the server.
#[derive(Clone, Debug, PartialEq)]
enum Work {
    Nothing,
    Making(&'static str),
    Issuing,
}

#[component]
fn Papers(code: AreaCode) -> impl IntoView {
    let season = season();
    let path = format!("/api/reports/{code}");
    let again = RwSignal::new(0_u32);
    let remote = Remote::<PaperDesk>::read(
        {
            let path = path.clone();
            move || Some(path.clone())
        },
        move || {
            again.get();
        },
    );
    let sheet = Sheet::new();
    Effect::new(move |_| {
        if let Some(desk) = remote.value.get() {
            sheet.begin(&desk);
        }
    });
    let work = RwSignal::new(Work::Nothing);
    let said = RwSignal::new(None::<Result<String, String>>);
    let confirming = RwSignal::new(false);
    let busy = move || work.with(|work| *work != Work::Nothing);

    let path = StoredValue::new(path);
    let name_of = StoredValue::new(code.clone());
    let make = move |format: &'static str| {
        if busy() {
            return;
        }
        let input = match sheet.read() {
            Ok(input) => input,
            Err(words) => return said.set(Some(Err(words))),
        };
        work.set(Work::Making(format));
        said.set(None);
        let url = format!("{}/draft/{format}", path.get_value());
        let name = format!(
            "du-thao-{}-{}.{format}",
            input.kind.as_str(),
            name_of.get_value()
        );
        leptos::task::spawn_local(async move {
            let answer = transport::file("POST", &url, Some(&input)).await;
            work.set(Work::Nothing);
            said.set(Some(match answer {
                Ok(file) => {
                    let size = file.bytes.len().div_ceil(1024);
                    download::save(&name, &file.content_type, &file.bytes);
                    Ok(say::draft_downloaded(name, size))
                }
                Err(error) => Err(faults::no_answer(&error)),
            }));
        });
    };
    let check = move |_| match sheet.read().and_then(complete) {
        Ok(_) => {
            said.set(None);
            confirming.set(true);
        }
        Err(words) => said.set(Some(Err(words))),
    };
    let issue = move |_| {
        if busy() {
            return;
        }
        let Ok(input) = sheet.read().and_then(complete) else {
            return;
        };
        work.set(Work::Issuing);
        let url = format!("{}/final", path.get_value());
        leptos::task::spawn_local(async move {
            let answer: Result<IssuedPaper, _> = transport::json("POST", &url, Some(&input)).await;
            work.set(Work::Nothing);
            confirming.set(false);
            said.set(Some(match answer {
                Ok(paper) => {
                    sheet.number.set(String::new());
                    again.update(|count| *count += 1);
                    Ok(say::issued_as(
                        kind_words(paper.kind),
                        paper.number.to_string(),
                    ))
                }
                Err(error) => Err(faults::no_answer(&error)),
            }));
        });
    };

    let navigate = StoredValue::new_local(use_navigate());
    let chosen = code.to_string();
    let kinds: Vec<Choice> = PaperKind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.as_str(), kind_words(kind)))
        .collect();
    let may_issue = Memo::new(move |_| {
        remote
            .value
            .with(|desk| desk.as_ref().is_some_and(|desk| desk.may_issue))
    });
    let is_report = move || sheet.kind.get() == PaperKind::Report;
    let tables = tables()
        .map(|(table, words)| {
            view! {
                // The browser's own download, past the app's router.
                <a
                    class="button button--small"
                    href=format!("/api/tables/{table}?area={code}")
                    rel="external"
                    download=""
                >
                    {words}
                </a>
            }
        })
        .collect_view();
    let title = say::title(words::area_name(&code, season));
    view! {
        <section class="page page--wide" aria-labelledby="papers-title">
            <h1 id="papers-title" class="page__title">{title}</h1>
            <p class="page__lead">
                {say::lead()}
            </p>
            {remote.notice()}
            <div class="toolbar toolbar--filters">
                <SelectField
                    label=review::area()
                    choices=areas()
                    value=chosen
                    on_change=move |code| {
                        let to = format!("/bao-cao/{code}");
                        navigate.with_value(|navigate| navigate(&to, Default::default()));
                    }
                />
                <SelectField
                    label=say::kind()
                    choices=kinds
                    value=Signal::derive(move || sheet.kind.get().as_str().to_owned())
                    on_change=move |word| {
                        if let Some(kind) = PaperKind::parse(&word) {
                            sheet.kind.set(kind);
                        }
                    }
                />
            </div>
            <div class="paper-form">
                <div class="paper-form__row">
                    {move || {
                        let label = if is_report() { say::report_number() } else { say::decision_number() };
                        view! {
                            <TextField
                                label=label
                                value=sheet.number
                                on_change=move |text| sheet.number.set(text)
                                max_length=6
                            />
                        }
                    }}
                    <TextField
                        label=say::signing_day()
                        value=sheet.date
                        on_change=move |text| sheet.date.set(text)
                        max_length=10
                        hint=review::day_hint()
                    />
                    <TextField
                        label=say::signer()
                        value=sheet.signatory
                        on_change=move |text| sheet.signatory.set(text)
                        max_length=u32::try_from(MAX_SIGNATORY_CHARS).unwrap_or(u32::MAX)
                    />
                </div>
                <Show when=is_report>
                    <TextField
                        label=say::general_result()
                        value=sheet.summary
                        on_change=move |text| sheet.summary.set(text)
                        max_length=u32::try_from(MAX_SUMMARY_CHARS).unwrap_or(u32::MAX)
                        multiline=true
                        rows=7
                        hint=say::general_hint()
                    />
                    // Always there: what appeared on leaving the text would move the button aimed at.
                    <button
                        type="button"
                        class="button button--quiet"
                        disabled=move || !sheet.is_edited()
                        on:click=move |_| sheet.restore()
                    >
                        <Icon name="return" />
                        {say::restore_wording()}
                    </button>
                </Show>
                <div class="paper-form__actions" role="group" aria-label=say::download_draft()>
                    {FORMATS
                        .map(|(format, name)| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    disabled=busy
                                    on:click=move |_| make(format)
                                >
                                    {say::draft(name)}
                                </button>
                            }
                        })
                        .collect_view()}
                    <Show when=move || may_issue.get()>
                        <button
                            type="button"
                            class="button button--primary"
                            disabled=busy
                            on:click=check
                        >
                            <Icon name="lock" />
                            {say::issue()}
                        </button>
                    </Show>
                </div>
                <p class="paper-form__progress" role="status">
                    {move || match work.get() {
                        Work::Nothing => String::new(),
                        Work::Making(format) => say::composing(format),
                        Work::Issuing => say::freezing().to_owned(),
                    }}
                    <Show when=busy>
                        <progress class="paper-form__bar" aria-label=say::making()></progress>
                    </Show>
                </p>
                {move || match said.get() {
                    None => ().into_any(),
                    Some(Ok(words)) => {
                        view! {
                            <Banner tone="success" icon="check">
                                <p>{words}</p>
                            </Banner>
                        }
                            .into_any()
                    }
                    Some(Err(words)) => {
                        view! {
                            <Banner tone="danger" icon="warning">
                                <p role="alert">{words}</p>
                            </Banner>
                        }
                            .into_any()
                    }
                }}
            </div>
            {move || remote.value.get().map(|desk| view! { <Issued papers=desk.issued /> })}
            <section aria-labelledby="tables-title">
                <h2 id="tables-title">{say::tables()}</h2>
                <p>{say::tables_note()}</p>
                <div class="paper-files">{tables}</div>
            </section>
            <Dialog title=say::issue() open=confirming>
                <p>
                    <strong>{move || kind_words(sheet.kind.get())}</strong>
                    {move || {
                        say::number_and_day(sheet.number.get(), sheet.date.get())
                    }}
                </p>
                <p>
                    {say::issue_warning()}
                </p>
                <div class="dialog__actions">
                    <button class="button" on:click=move |_| confirming.set(false)>
                        {say::not_issued()}
                    </button>
                    <button class="button button--primary" disabled=busy on:click=issue>
                        {say::issue_now()}
                    </button>
                </div>
            </Dialog>
        </section>
    }
}

/// A paper that can be issued.
fn complete(input: PaperInput) -> Result<PaperInput, String> {
    if input.number.is_none() || input.date.is_none() || input.signatory.is_empty() {
        return Err(say::issue_needs().to_owned());
    }
    Ok(input)
}
