//! What stands out in an area and may deserve a look: hints by kind, each with the limit it rests on and a
//! link to what it speaks of.

use super::address::Address;
use super::area_filter::AreaFilter;
use super::download::Download;
use super::live::Live;
use super::overview::assessment_of;
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::texts::{self, words};
use crate::ui::{Choice, Icon, SelectField};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thidua_domain::api::Outliers;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, Directive, Measure};
use thidua_domain::outlier::{FAR, FEWEST, Hint, JUMP, MAX_HINTS, Place};
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::RecordKey;
use thidua_domain::season::Season;

/// Hints of the account's area, or of one below it.
#[component]
pub fn OutliersScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let own = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || own.get().map(|own| view! { <Page own /> })
}

/// The kinds of hints, those that speak of single entries first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Votes,
    Minute,
    Points,
    AllMet,
    Far,
    Jump,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Votes,
        Self::Minute,
        Self::Points,
        Self::AllMet,
        Self::Far,
        Self::Jump,
    ];

    fn of(hint: &Hint) -> Self {
        match hint {
            Hint::VotesDoNotAddUp { .. } => Self::Votes,
            Hint::SameMinute { .. } => Self::Minute,
            Hint::SamePoints { .. } => Self::Points,
            Hint::AllMet { .. } => Self::AllMet,
            Hint::FarFromOthers { .. } => Self::Far,
            Hint::YearJump { .. } => Self::Jump,
        }
    }

    fn slug(self) -> &'static str {
        match self {
            Self::Votes => "phieu-bau",
            Self::Minute => "mot-phut",
            Self::Points => "cung-diem",
            Self::AllMet => "dat-het",
            Self::Far => "cach-xa",
            Self::Jump => "nam-truoc",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Votes => texts::outliers::votes(),
            Self::Minute => texts::outliers::minute(),
            Self::Points => texts::outliers::points(),
            Self::AllMet => texts::outliers::all_met(),
            Self::Far => texts::outliers::far(),
            Self::Jump => texts::outliers::jump(),
        }
    }

    fn rule(self) -> String {
        let points = |limit: i64| texts::hundredths(Hundredths(limit));
        match self {
            Self::Votes => texts::outliers::votes_rule().to_owned(),
            Self::Minute => texts::outliers::minute_rule(FEWEST),
            Self::Points => texts::outliers::points_rule(FEWEST),
            Self::AllMet => texts::outliers::all_met_rule(FEWEST),
            Self::Far => texts::outliers::far_rule(points(FAR)),
            Self::Jump => texts::outliers::jump_rule(points(JUMP)),
        }
    }
}

#[component]
fn Page(own: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let address = Address::of("/can-xem", &["area", "assessment"]);
    let top = own.clone();
    let area =
        Memo::new(move |_| AreaCode::parse(&address.get("area")).unwrap_or_else(|_| top.clone()));
    let assessment = Memo::new(move |_| {
        Assessment::parse(&address.get("assessment")).unwrap_or(Assessment::CulturalFamily)
    });
    let news = live.news_of(move || Some(area.get()), season);
    let remote = Remote::<Outliers>::read(
        move || {
            let of = assessment.get().as_str();
            Some(format!("/api/outliers?area={}&assessment={of}", area.get()))
        },
        move || {
            news.get();
        },
    );
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |name: &'static str, value: String| {
        let to = address.with(name, &value);
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    // A count of communes has no shares to compare.
    let choices: Vec<Choice> = Directive::embedded()
        .indicators
        .iter()
        .filter(|indicator| matches!(indicator.measure, Measure::Share(_)))
        .filter_map(|indicator| {
            let assessment = assessment_of(indicator)?;
            Some(Choice::new(
                assessment.as_str(),
                texts::catalogue(&indicator.name).to_owned(),
            ))
        })
        .collect();
    let body = move || {
        let hints = remote.value.get()?.hints;
        let count = hints.len();
        let groups = Kind::ALL
            .into_iter()
            .map(|kind| {
                let own = hints.iter().filter(|hint| Kind::of(hint) == kind);
                view! { <Group kind hints=own.cloned().collect() season /> }
            })
            .collect_view();
        let said = if count == 0 {
            texts::outliers::none().to_owned()
        } else {
            texts::outliers::count(count)
        };
        Some(view! {
            <p class="hints__count" role="status">
                {said}
            </p>
            <div class="hints">{groups}</div>
        })
    };
    let file = Signal::derive(move || {
        let of = assessment.get().as_str();
        Some(format!(
            "/api/outliers/csv?area={}&assessment={of}",
            area.get()
        ))
    });
    view! {
        <section class="page page--wide" aria-labelledby="outliers-title">
            <h1 id="outliers-title" class="page__title">{texts::outliers::title()}</h1>
            <p class="page__lead">{texts::outliers::lead()}</p>
            <div class="toolbar toolbar--filters">
                <AreaFilter own=own.clone() area season on_change=move |value| go("area", value) />
                <SelectField
                    label=texts::outliers::indicator()
                    choices=Signal::stored(choices)
                    value=Signal::derive(move || assessment.get().as_str().to_owned())
                    on_change=move |value| go("assessment", value)
                />
            </div>
            {remote.notice()}
            {body}
            <p class="button-row">
                <Download href=file />
            </p>
        </section>
    }
}

/// Hints of one kind, below the limit they rest on.
#[component]
fn Group(kind: Kind, hints: Vec<Hint>, season: Season) -> impl IntoView {
    let count = hints.len();
    let full = (count >= MAX_HINTS).then(|| {
        view! { <p class="hints__rule">{texts::outliers::most(count)}</p> }
    });
    let rows = hints
        .into_iter()
        .map(|hint| {
            let (href, name, said) = told(&hint, season);
            view! {
                <li class="hints__item">
                    <a href=href>{name}</a>
                    <span class="hints__said">{said}</span>
                </li>
            }
        })
        .collect_view();
    let class = match count {
        0 => "hints__group hints__group--none",
        _ => "hints__group",
    };
    let id = format!("hints-{}", kind.slug());
    let named = id.clone();
    view! {
        <section
            class=class
            aria-labelledby=named
            data-hints=kind.slug()
        >
            <h2 id=id class="hints__title">
                {(count > 0).then(|| view! { <Icon name="eye" /> })}
                {kind.title()}
                <span class="hints__number">{texts::int(i64::try_from(count).unwrap_or(i64::MAX))}</span>
            </h2>
            <p class="hints__rule">{kind.rule()}</p>
            {full}
            <ul class="hints__list">{rows}</ul>
        </section>
    }
}

/// Where a hint leads, what it speaks of, and what it says.
fn told(hint: &Hint, season: Season) -> (String, String, String) {
    let of_area = |area: &AreaCode, said: String| {
        (
            format!("/dia-ban/{area}"),
            words::area_name(area, season),
            said,
        )
    };
    let share = |share: i64| format!("{}%", texts::hundredths(Hundredths(share)));
    match hint {
        Hint::AllMet { area, entries } => of_area(area, texts::outliers::all_met_said(*entries)),
        Hint::FarFromOthers {
            area,
            share: own,
            middle,
        } => of_area(area, texts::outliers::far_said(share(*own), share(*middle))),
        Hint::YearJump {
            area,
            share: own,
            before,
        } => of_area(
            area,
            texts::outliers::jump_said(share(*own), share(*before)),
        ),
        Hint::SameMinute {
            place,
            entries,
            at_ms,
        } => {
            let said = texts::outliers::minute_said(*entries, texts::moment(*at_ms));
            (list_of(place), name_of(place, season), said)
        }
        Hint::SamePoints {
            place,
            entries,
            points,
        } => {
            let said = texts::outliers::points_said(*entries, *points);
            (list_of(place), name_of(place, season), said)
        }
        Hint::VotesDoNotAddUp {
            place,
            subject,
            label,
        } => {
            let entry = RecordKey::entry(*subject, Assessment::CulturalFamily, season.period);
            (
                format!("/phieu/{entry}"),
                label.clone(),
                name_of(place, season),
            )
        }
    }
}

fn list_of(place: &Place) -> String {
    let commune = &place.commune;
    place.residential_area.map_or_else(
        || format!("/danh-sach/{commune}"),
        |id| format!("/danh-sach/{commune}?residential_area={id}"),
    )
}

fn name_of(place: &Place, season: Season) -> String {
    let name = if place.name.is_empty() {
        texts::outliers::no_area()
    } else {
        &place.name
    };
    format!("{name}, {}", words::area_name(&place.commune, season))
}
