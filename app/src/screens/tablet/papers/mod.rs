//! Papers printed from the tablet, as Decree 30/2020 lays them out as far as it applies to them. What is
//! on the screen is what comes out on paper; number and date are written by hand, as the office gives them.

mod merit;
mod minutes;
mod posting;
mod summary;

use crate::texts::{self, common, home, papers as say, words};
pub use merit::MeritScreen;
pub use minutes::MinutesScreen;
pub use posting::PostingScreen;
pub use summary::SummaryScreen;

use crate::model::roster;
use crate::platform;
use crate::tablet::Tablet;
use crate::ui::Icon;
use leptos::prelude::*;
use thidua_domain::area::AreaCode;

/// What can be printed.
#[component]
pub fn PapersScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let areas = Memo::new(move |_| tablet.book.with(|book| roster::areas(book.all())));
    let rows = move || {
        areas
            .get()
            .into_iter()
            .map(|area| {
                let id = area.id;
                view! {
                    <li class="papers__item">
                        <span class="papers__name">{area.name.clone()}</span>
                        <a class="button" href=format!("/giay-to/bien-ban/{id}")>
                            {common::paper_minutes()}
                            <span class="visually-hidden">{format!(" {}", area.name)}</span>
                        </a>
                        <a class="button" href=format!("/giay-to/niem-yet/{id}")>
                            {say::posting()}
                            <span class="visually-hidden">{format!(" {}", area.name)}</span>
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <section class="page" aria-labelledby="papers-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/">{common::overview()}</a>
            </nav>
            <h1 id="papers-title" class="page__title">{home::papers()}</h1>
            <p class="page__lead">
                {say::lead()}
            </p>
            <h2>{say::of_commune()}</h2>
            <div class="button-row">
                <a class="button" href="/giay-to/tong-hop">
                    <Icon name="print" />
                    {say::summary()}
                </a>
                <a class="button" href="/giay-to/giay-khen">
                    <Icon name="print" />
                    {say::merit_list()}
                </a>
            </div>
            <h2>{say::of_areas()}</h2>
            <ul class="papers">{rows}</ul>
        </section>
    }
}

/// A paper with the way back and the button that prints it. Only the paper is printed.
#[component]
fn Paper(
    /// Abbreviation of the kind of paper, for its number; minutes of a meeting have none.
    #[prop(optional)]
    code: Option<&'static str>,
    /// The residential area that issues it under the commune.
    #[prop(optional, into)]
    issuer: Option<Signal<String>>,
    /// Kind of paper.
    title: &'static str,
    /// What it is about.
    #[prop(into)]
    about: Signal<String>,
    /// What is filled in beside the paper; not printed.
    #[prop(optional, into)]
    form: ViewFn,
    children: Children,
) -> impl IntoView {
    let tablet = Tablet::here();
    let year = tablet.season.period;
    // A paper is Vietnamese, whatever language the screen around it is in.
    let official =
        move |code: &AreaCode| texts::officially(|| words::area_name(code, tablet.season));
    let commune = move || official(&tablet.commune.get());
    let place = move || {
        let (code, season) = (tablet.commune.get(), tablet.season);
        let name = official(&code);
        let kind = words::area(&code, season).map_or("", |area| area.kind.vi());
        let prefix = format!("{kind} ");
        let short = match name.get(..prefix.len()) {
            Some(start) if start.to_lowercase() == prefix.to_lowercase() => {
                name[prefix.len()..].to_owned()
            }
            _ => name,
        };
        format!("{short}, ngày …… tháng …… năm {year}")
    };
    let print = move |_| {
        // A browser without printing leaves the page as it is.
        let _ = platform::window().print();
    };
    let above = move || match issuer {
        Some(_) => format!("UBND {}", commune().to_uppercase()),
        None => "ỦY BAN NHÂN DÂN".to_owned(),
    };
    let below = move || match issuer {
        Some(issuer) => issuer.get().to_uppercase(),
        None => commune().to_uppercase(),
    };
    view! {
        <section class="page page--paper">
            <div class="paper-tools">
                <nav class="breadcrumb" aria-label=common::trail()>
                    <a href="/">{common::overview()}</a>
                    <a href="/giay-to">{home::papers()}</a>
                </nav>
                {say::in_vietnamese().map(|note| view! { <p class="page__lead">{note}</p> })}
                {move || form.run()}
                <button type="button" class="button button--primary" on:click=print>
                    <Icon name="print" />
                    {say::print()}
                </button>
            </div>
            <article class="paper" lang="vi">
                <div class="paper__head">
                    <div class="paper__issuer">
                        <p>{above}</p>
                        <p class="paper__issuer-name">{below}</p>
                        {code.map(|code| view! { <p>{format!("Số: ……/{code}")}</p> })}
                    </div>
                    <div class="paper__nation">
                        <p>
                            <strong>"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"</strong>
                        </p>
                        <p class="paper__motto">"Độc lập - Tự do - Hạnh phúc"</p>
                        <p class="paper__date">{place}</p>
                    </div>
                </div>
                <h1 class="paper__title">{title}</h1>
                <p class="paper__about">{move || about.get()}</p>
                {children()}
            </article>
        </section>
    }
}

/// Who signs for the commune, and who gets the paper.
#[component]
fn CommuneSignature(
    /// Who gets it, beside the files.
    recipients: Vec<&'static str>,
) -> impl IntoView {
    let recipients = recipients
        .into_iter()
        .map(|recipient| view! { <li>{format!("- {recipient};")}</li> })
        .collect_view();
    view! {
        <div class="paper__signatures">
            <div class="paper__recipients">
                <p>"Nơi nhận:"</p>
                <ul>
                    {recipients} <li>"- Lưu: VT."</li>
                </ul>
            </div>
            <div class="paper__signature">
                <p>"TM. ỦY BAN NHÂN DÂN"</p>
                <p>"CHỦ TỊCH"</p>
            </div>
        </div>
    }
}
