//! Returned entries whose last day for corrections is over: what else there is to urge about.

use super::super::queue::OVERDUE;
use super::super::remote::Remote;
use crate::platform;
use crate::texts::{correction as say, words};
use crate::ui::{CorrectBy, Icon};
use leptos::prelude::*;
use thidua_domain::api::{QueuePage, QueueRow};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::record::RecordKey;
use thidua_domain::season::Season;

/// Rows shown here; the others are in the queue.
const SHOWN: usize = 3;

/// The first of them, those returned longest ago first; nothing where there are none.
#[component]
pub fn Overdue(
    area: Memo<AreaCode>,
    assessment: Memo<Assessment>,
    season: Season,
    /// Reads it anew.
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let filters = move || {
        format!(
            "area={}&assessment={}",
            area.get(),
            assessment.get().as_str()
        )
    };
    let remote = Remote::<QueuePage>::read(
        move || {
            Some(format!(
                "/api/queue?{}&state=returned&overdue=true",
                filters()
            ))
        },
        again,
    );
    let rows = move || {
        let page = remote.value.get()?;
        let today = page.today.unwrap_or_else(platform::today);
        let rows = page.rows.into_iter().take(SHOWN);
        Some(
            rows.map(|row| view! { <Row row today season /> })
                .collect_view(),
        )
    };
    let any = Memo::new(move |_| {
        let has = |page: &Option<QueuePage>| page.as_ref().is_some_and(|it| !it.rows.is_empty());
        remote.value.with(has)
    });
    view! {
        <Show when=move || any.get()>
            <section class="overdue" aria-labelledby="overdue-title">
                <h2 id="overdue-title">{say::overdue_title()}</h2>
                <p class="page__lead">{say::overdue_lead()}</p>
                <ul class="todo__list">{rows}</ul>
                <a class="button" href=move || format!("/cho-duyet?{}&state={OVERDUE}", filters())>
                    {say::overdue_all()}
                    <Icon name="chevron" />
                </a>
            </section>
        </Show>
    }
}

#[component]
fn Row(row: QueueRow, today: Date, season: Season) -> impl IntoView {
    let standing = row.standing;
    let key = RecordKey::entry(standing.subject, standing.assessment, season.period);
    let commune = words::area_name(&standing.commune, season);
    let name = match standing.label.as_str() {
        "" => commune.clone(),
        label => label.to_owned(),
    };
    let place = [standing.residential_area, Some(commune)];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <li class="todo__item">
            <a class="todo__link" href=format!("/phieu/{key}") data-overdue=true>
                <Icon name="return" />
                <span class="todo__what">{name}</span>
                <span class="todo__said">{place}</span>
                {standing.due.map(|due| view! { <CorrectBy due today /> })}
                <Icon name="chevron" />
            </a>
        </li>
    }
}
