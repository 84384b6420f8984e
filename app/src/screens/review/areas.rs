//! Areas that change: an administrator moves a residential area, or all of a commune, to another commune; and
//! what was written about what has moved, until somebody there takes it over.

use super::area_filter::AreaFilter;
use super::live::Live;
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::sync::transport::{self, TransportError};
use crate::texts::{self, areas as say, faults, words};
use crate::ui::{Banner, Choice, Icon, SelectField};
use leptos::prelude::*;
use thidua_domain::access::Role;
use thidua_domain::api::{HandoverView, Handovers, MoveRequest, Moved, Overview};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::record::SubjectId;

/// The page.
#[component]
pub fn AreasScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let who = Memo::new(move |_| {
        current.0.with(|session| {
            let session = session.as_ref()?;
            Some((session.areas.first().cloned()?, session.role))
        })
    });
    move || {
        who.get().map(|(own, role)| {
            let moving =
                (role == Role::Administrator).then(|| view! { <Moving own=own.clone() /> });
            view! {
                <section class="page" aria-labelledby="areas-title">
                    <h1 id="areas-title" class="page__title">
                        {say::title()}
                    </h1>
                    {moving}
                    <Waiting />
                </section>
            }
        })
    }
}

/// The residential area chosen stands for itself, nothing for the whole commune.
const WHOLE: &str = "";

#[component]
fn Moving(own: AreaCode) -> impl IntoView {
    let season = season();
    let from = RwSignal::new(own.clone());
    let to = RwSignal::new(own.clone());
    let chosen = RwSignal::new(WHOLE.to_owned());
    let moved = RwSignal::new(0_u32);
    let said = RwSignal::new(None::<Result<String, String>>);
    let (sure, busy) = (RwSignal::new(false), RwSignal::new(false));
    let choose = {
        let own = own.clone();
        StoredValue::new(move |code: String| AreaCode::parse(&code).unwrap_or_else(|_| own.clone()))
    };
    let areas = Remote::<Overview>::read(
        move || is_commune(&from.get()).then(|| format!("/api/overview?area={}", from.get())),
        move || {
            moved.get();
        },
    );
    let choices = Signal::derive(move || {
        let listed = areas.value.get().filter(|_| is_commune(&from.get()));
        let listed = listed.map(|overview| overview.residential_areas);
        let named = listed.unwrap_or_default().into_iter();
        let named = named.filter_map(|row| Some(Choice::new(row.id?.to_string(), row.name)));
        std::iter::once(Choice::new(WHOLE, say::whole()))
            .chain(named)
            .collect::<Vec<_>>()
    });
    let ready = move || {
        let (from, to) = (from.get(), to.get());
        is_commune(&from) && is_commune(&to) && from != to
    };
    let what = move || {
        let chosen = chosen.get();
        let area = choices
            .get()
            .into_iter()
            .find(|choice| choice.value == chosen && chosen != WHOLE);
        let from = words::area_name(&from.get(), season);
        area.map_or_else(
            || say::all_of(&from),
            |area| say::area_of(&area.label, &from),
        )
    };
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let request = MoveRequest {
            from: from.get_untracked(),
            residential_area: SubjectId::parse(&chosen.get_untracked()),
            to: to.get_untracked(),
        };
        leptos::task::spawn_local(async move {
            let answer: Result<Moved, TransportError> =
                transport::json("POST", "/api/areas/move", Some(&request)).await;
            busy.set(false);
            sure.set(false);
            said.set(Some(match answer {
                Ok(Moved { subjects }) => {
                    Ok(say::moved(subjects, words::area_name(&request.to, season)))
                }
                Err(error) => Err(say::not_moved(faults::no_answer(&error))),
            }));
            chosen.set(WHOLE.to_owned());
            moved.update(|times| *times += 1);
        });
    };
    let from_memo = Memo::new(move |_| from.get());
    let to_memo = Memo::new(move |_| to.get());
    view! {
        <section class="form-section" aria-labelledby="moving-title">
            <h2 id="moving-title" class="form-section__title">
                {say::move_title()}
            </h2>
            <p class="field__hint">
                {say::move_lead()}
            </p>
            <fieldset class="toolbar">
                <legend>{say::from()}</legend>
                <AreaFilter
                    own=own.clone()
                    area=from_memo
                    season
                    on_change=move |code| {
                        from.set(choose.with_value(|choose| choose(code)));
                        chosen.set(WHOLE.to_owned());
                        sure.set(false);
                    }
                />
                <SelectField
                    label=say::part()
                    choices
                    value=chosen
                    on_change=move |value| {
                        chosen.set(value);
                        sure.set(false);
                    }
                />
            </fieldset>
            <fieldset class="toolbar">
                <legend>{say::to()}</legend>
                <AreaFilter
                    own
                    area=to_memo
                    season
                    on_change=move |code| {
                        to.set(choose.with_value(|choose| choose(code)));
                        sure.set(false);
                    }
                />
            </fieldset>
            <Show
                when=move || sure.get()
                fallback=move || {
                    view! {
                        <button
                            class="button button--primary"
                            disabled=move || !ready()
                            on:click=move |_| {
                                said.set(None);
                                sure.set(true);
                            }
                        >
                            {say::move_ask()}
                        </button>
                    }
                }
            >
                <Banner tone="warning" icon="warning">
                    <p>
                        {move || {
                            say::sure(what(), words::area_name(&to.get(), season))
                        }}
                    </p>
                    <p class="button-row">
                        <button
                            class="button button--primary"
                            disabled=move || busy.get()
                            on:click=go
                        >
                            <Icon name="check" />
                            {move || if busy.get() { say::moving() } else { say::do_move() }}
                        </button>
                        <button class="button" on:click=move |_| sure.set(false)>
                            {say::cancel()}
                        </button>
                    </p>
                </Banner>
            </Show>
            {move || {
                said.get()
                    .map(|said| match said {
                        Ok(words) => view! {
                            <Banner tone="success" icon="check">
                                <p role="status">{words}</p>
                            </Banner>
                        }
                            .into_any(),
                        Err(words) => view! {
                            <Banner tone="danger" icon="warning">
                                <p role="alert">{words}</p>
                            </Banner>
                        }
                            .into_any(),
                    })
            }}
        </section>
    }
}

fn is_commune(code: &AreaCode) -> bool {
    let area = crate::areas::tree().get(code, season().date);
    area.is_some_and(|area| area.level() == AreaLevel::Commune)
}

/// What waits in the account's communes: who wrote it, for which commune, since when. What it says is for those
/// who decide.
#[component]
fn Waiting() -> impl IntoView {
    let live = expect_context::<Live>();
    let province = crate::areas::tree().province().code.clone();
    let news = live.news_of(move || Some(province.clone()), season());
    let kept = Remote::<Handovers>::read(
        || Some("/api/handovers".to_owned()),
        move || {
            news.get();
        },
    );
    let rows = move || {
        kept.value
            .get()
            .map(|kept| kept.waiting)
            .unwrap_or_default()
    };
    view! {
        <section class="form-section" aria-labelledby="waiting-title">
            <h2 id="waiting-title" class="form-section__title">
                {say::waiting()}
            </h2>
            <p class="field__hint">
                {say::waiting_lead()}
            </p>
            {kept.notice()}
            <Show when=move || kept.value.with(|kept| kept.as_ref().is_some_and(|it| it.waiting.is_empty()))>
                <p class="empty">{say::nothing_waits()}</p>
            </Show>
            <Show when=move || !rows().is_empty()>
                <div class="table-scroll" tabindex="0" role="region" aria-label=say::waiting()>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{say::subject()}</th>
                                <th scope="col">{say::author()}</th>
                                <th scope="col">{say::received()}</th>
                                <th scope="col">{say::waits_for()}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || {
                                rows().into_iter().map(|kept| view! { <Line kept /> }).collect_view()
                            }}
                        </tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Line(kept: HandoverView) -> impl IntoView {
    let label = match kept.label.as_str() {
        "" => say::no_name().to_owned(),
        label => label.to_owned(),
    };
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td>{kept.author_name}</td>
            <td>{texts::moment(kept.received_ms)}</td>
            <td>{words::area_name(&kept.commune, season())}</td>
        </tr>
    }
}
