//! Everything that the filters leave, accepted together: listed first, with entries drawn by lot to look at,
//! so that what is decided is what was listed.

use super::super::desks::Desks;
use super::super::rights::Rights;
use super::decisions::{Chosen, Decisions, Word};
use super::table::chosen_of;
use crate::platform;
use crate::sync::transport::{self, TransportError};
use crate::texts::{common, desks, faults, queue as say};
use crate::ui::{Banner, CheckField, Dialog};
use leptos::prelude::*;
use thidua_domain::api::{QueuePage, QueueRow};
use thidua_domain::criteria::Outcome;
use thidua_domain::review::Decision;
use thidua_domain::season::Season;

/// Entries drawn by lot.
const SAMPLES: usize = 5;
/// Most entries of one sweep: enough for any district, and a list that a browser holds easily.
const MOST: usize = 20_000;

/// What the filters leave.
#[derive(Clone, Debug, Default, PartialEq)]
struct Listed {
    /// As the pages had them, with what the rule says.
    found: Vec<(Chosen, Outcome)>,
    entries: Vec<Chosen>,
    earned: usize,
    not_earned: usize,
    open: usize,
    /// Of titles that are passed on, among others that are accepted: they need a list of their own.
    left: usize,
    /// Of `entries`, those that wait for a district: accepted only in its stead.
    for_district: usize,
    /// Places in `entries` of those to look at.
    samples: Vec<usize>,
    more: bool,
}

impl Listed {
    /// What is said of all of them.
    fn approval(&self) -> Decision {
        let first = self.entries.first();
        first.map_or(Decision::Accept, |one| one.approval)
    }

    /// How many are decided about, `instead` of a district or not.
    fn number(&self, instead: bool) -> usize {
        match instead {
            true => self.entries.len(),
            false => self.entries.len() - self.for_district,
        }
    }

    /// Those that are decided about.
    fn taken(&self, instead: bool) -> Vec<Chosen> {
        let taken = self.entries.iter().filter(|one| instead || !one.stands_in);
        match instead {
            true => taken.cloned().map(Chosen::instead).collect(),
            false => taken.cloned().collect(),
        }
    }

    /// One decision is about all: what is accepted, or where there is only that, what is passed on.
    fn sort_out(&mut self) {
        let accepted = |one: &(Chosen, Outcome)| one.0.approval == Decision::Accept;
        let any = self.found.iter().any(accepted);
        let (kept, left): (Vec<_>, Vec<_>) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(|one| !any || accepted(one));
        self.left = left.len();
        for (one, outcome) in kept {
            match outcome {
                Outcome::Earned => self.earned += 1,
                Outcome::NotEarned => self.not_earned += 1,
                Outcome::Incomplete => self.open += 1,
            }
            self.for_district += usize::from(one.stands_in);
            self.entries.push(one);
        }
        self.samples = drawn(self.entries.len());
    }
}

/// The button, and the dialog that it opens once everything is listed.
#[component]
pub fn Sweep(
    /// Address of the list's page, filters included.
    url: Memo<String>,
    decisions: Decisions,
    sits: Memo<Desks>,
    /// Only what it may decide is listed.
    rights: Rights,
    /// Whether all of them are passed on to the province.
    passes_on: bool,
    season: Season,
) -> impl IntoView {
    let heading = match passes_on {
        true => desks::sweep_all(),
        false => say::accept_all(),
    };
    let open = RwSignal::new(false);
    let listing = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let listed = RwSignal::new(Listed::default());
    let instead = RwSignal::new(false);
    let list = move |_| {
        listing.set(true);
        problem.set(None);
        leptos::task::spawn_local(async move {
            match list_all(&url.get_untracked(), sits.get_untracked(), rights, season).await {
                Ok(found) => {
                    listed.set(found);
                    instead.set(false);
                    open.set(true);
                }
                Err(error) => problem.set(Some(faults::no_answer(&error))),
            }
            listing.set(false);
        });
    };
    let accept = move |_| {
        open.set(false);
        let (entries, approval) = listed
            .with_untracked(|listed| (listed.taken(instead.get_untracked()), listed.approval()));
        decisions.decide(approval, Word::default(), entries, || {});
    };
    view! {
        <div class="button-row">
            <button
                class="button"
                disabled=move || listing.get() || decisions.busy.get()
                on:click=list
            >
                {move || match listing.get() {
                    true => say::listing(),
                    false if passes_on => desks::sweep_all_dots(),
                    false => say::accept_all_dots(),
                }}
            </button>
        </div>
        {move || {
            problem
                .get()
                .map(|problem| {
                    view! {
                        <Banner tone="warning" icon="cloud-off">
                            <p role="alert">{problem}</p>
                        </Banner>
                    }
                })
        }}
        <Dialog title=heading open>
            {move || listed.with(|listed| view! { <Found listed=listed.clone() /> })}
            <Show when=move || listed.with(|listed| listed.for_district != 0)>
                <p>{move || listed.with(|listed| desks::sweep_instead(listed.for_district))}</p>
                <CheckField
                    label=desks::instead()
                    value=instead
                    on_change=move |on| instead.set(on)
                />
            </Show>
            <div class="dialog__actions">
                <button class="button" on:click=move |_| open.set(false)>
                    {common::cancel()}
                </button>
                <button
                    class="button button--primary"
                    disabled=move || listed.with(|listed| listed.number(instead.get()) == 0)
                    on:click=accept
                >
                    {move || {
                        listed
                            .with(|listed| match listed.approval() {
                                Decision::Endorse => desks::endorse_count(listed.entries.len()),
                                _ => say::accept_count(listed.number(instead.get())),
                            })
                    }}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn Found(listed: Listed) -> impl IntoView {
    let approval = listed.approval();
    let Listed {
        entries,
        earned,
        not_earned,
        open,
        samples,
        more,
        left,
        ..
    } = listed;
    let samples = samples
        .iter()
        .map(|place| {
            let one = &entries[*place];
            view! {
                <li>
                    <a href=format!("/phieu/{}", one.entry.record) target="_blank" rel="noopener">
                        {one.label.clone()}
                    </a>
                </li>
            }
        })
        .collect_view();
    let sum = match approval {
        Decision::Endorse => desks::sweep_sum(entries.len(), earned, not_earned, open),
        _ => say::sweep_sum(entries.len(), earned, not_earned, open),
    };
    let left = (left > 0).then(|| view! { <p>{desks::sweep_left(left)}</p> });
    view! {
        <p>{sum}</p>
        {left}
        {more
            .then(|| {
                say::list_longer(MOST)
            })
            .map(|said| view! { <p>{said}</p> })}
        <p>{say::look_at_some()}</p>
        <ul data-samples="">{samples}</ul>
        <p>
            {say::sweep_note()}
        </p>
    }
}

async fn list_all(
    first: &str,
    desks: Desks,
    rights: Rights,
    season: Season,
) -> Result<Listed, TransportError> {
    let mut listed = Listed::default();
    let mut after = None::<String>;
    loop {
        // The address of the list may itself name a later page: the whole list is meant.
        let from = first.split("&after=").next().unwrap_or(first);
        let url = match &after {
            Some(after) => format!("{from}&after={}", super::super::address::encode(after)),
            None => from.to_owned(),
        };
        let page: QueuePage = transport::json("GET", &url, None::<&()>).await?;
        let may = |row: &&QueueRow| rights.may(row.standing.assessment, &row.standing.commune);
        for row in page.rows.iter().filter(may) {
            let one = chosen_of(row, desks, season).1;
            listed.found.push((one, row.standing.outcome));
        }
        after = page.next;
        listed.more = after.is_some() && listed.found.len() >= MOST;
        if after.is_none() || listed.more {
            listed.sort_out();
            return Ok(listed);
        }
    }
}

/// Different places, drawn by lot.
fn drawn(all: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..all).collect();
    let draws = SAMPLES.min(all);
    for place in 0..draws {
        let left = (all - place) as u128;
        let other = place + usize::try_from(platform::random_u128() % left).unwrap_or(0);
        places.swap(place, other);
    }
    places.truncate(draws);
    places
}
