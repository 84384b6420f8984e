//! One indicator of the commune against its target.

use crate::model::home::{self, Gap};
use crate::model::overview::LocalTally;
use crate::texts::{self, home as say, words};
use crate::ui::{Icon, TargetBar, VerdictBadge};
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, Direction, Indicator};
use thidua_domain::progress;

/// Rate, target line, what is missing, and where the entries are.
#[component]
pub fn IndicatorCard(
    assessment: Assessment,
    indicator: &'static Indicator,
    tally: LocalTally,
    /// How many counted the year before, of how many it is known.
    before: Option<(u64, u64)>,
    /// Who is not in the denominator, in words.
    left_out: Option<String>,
    /// What the commune has set itself, in words.
    own: Option<String>,
) -> impl IntoView {
    let counts = tally.tally;
    let expected = counts.expected.unsigned_abs();
    let met = counts.accepted.met.unsigned_abs();
    let verdict = progress::verdict(indicator, &counts);
    let unit = words::counted(assessment);
    let target = indicator.target.map(|target| {
        let sign = match indicator.direction {
            Direction::AtMost => say::at_most(),
            _ => say::at_least(),
        };
        say::target(sign, texts::hundredths(target))
    });
    let (gap, more) = gap_words(indicator, &tally, unit);
    let before = before.map(|(met, known)| {
        let rate = texts::rate(met, known);
        if known == expected {
            say::last_year(rate)
        } else {
            say::last_year_of(rate, number(known), number(expected), unit)
        }
    });
    let reported = counts.reported() + tally.on_device.total();
    let chips = [
        (
            "accepted",
            "check",
            say::accepted(),
            counts.accepted.total(),
        ),
        (
            "submitted",
            "send",
            say::submitted(),
            counts.submitted.total(),
        ),
        (
            "device",
            "device",
            say::on_device(),
            tally.on_device.total(),
        ),
        ("draft", "pencil", say::draft(), counts.draft.total()),
        (
            "returned",
            "return",
            say::returned(),
            counts.returned.total(),
        ),
        (
            "changed",
            "warning",
            say::changed_since(),
            counts.changed.total(),
        ),
    ];
    let chips = chips
        .into_iter()
        .filter(|(tone, _, _, count)| {
            *count > 0 || matches!(*tone, "accepted" | "submitted" | "device")
        })
        .map(|(tone, icon, word, count)| {
            view! {
                <li class=format!("chip chip--{tone}") data-count=tone>
                    <Icon name=icon />
                    <strong>{texts::int(count)}</strong>
                    {format!(" {word}")}
                </li>
            }
        })
        .collect_view();
    let narrowed = left_out.is_some().then_some("");
    view! {
        <article class="card indicator" data-assessment=assessment.as_str()>
            <h2 class="indicator__name">{texts::catalogue(&indicator.name)}</h2>
            <div class="indicator__figure">
                <strong class="indicator__rate">{texts::rate(met, expected)}</strong>
                <VerdictBadge verdict />
                <span class="indicator__target">
                    {target}
                    {own
                        .map(|own| {
                            view! {
                                <a class="indicator__own" href="/xa/chi-tieu" data-own-target="">
                                    {own}
                                </a>
                            }
                        })}
                </span>
            </div>
            <TargetBar
                expected=counts.expected
                accepted=counts.accepted.met
                submitted=counts.submitted.met
                on_device=tally.on_device.met
                target_percent=indicator.target.map(|target| target.0 as f64 / 100.0)
            />
            <p class="indicator__needed" data-gap=true>{gap}</p>
            <p class="indicator__more">{more}</p>
            <p class="indicator__coverage">
                {say::reported(reported, counts.expected, unit)}
            </p>
            <p class="indicator__coverage" data-left-out=narrowed>
                {left_out}
            </p>
            <p class="indicator__coverage">{before}</p>
            <ul class="chips">{chips}</ul>
        </article>
    }
}

fn number(count: u64) -> String {
    texts::int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What is missing to the target, and whether what waits would be enough.
fn gap_words(
    indicator: &Indicator,
    tally: &LocalTally,
    unit: &str,
) -> (Option<String>, Option<String>) {
    let target = indicator.target.map(texts::hundredths).unwrap_or_default();
    match home::gap(indicator, tally) {
        None => (None, None),
        Some(Gap::Reached) => (Some(say::met_by_accepted(target)), None),
        Some(Gap::Room(room)) => (Some(say::room_left(number(room), unit)), None),
        Some(Gap::Over(over)) => (Some(say::over_limit(target, number(over), unit)), None),
        Some(Gap::Missing { needed, waiting }) => {
            let more = match waiting {
                0 => None,
                waiting if waiting >= needed => Some(say::waiting_suffices(number(waiting), unit)),
                waiting => Some(say::waiting_not_enough(
                    number(waiting),
                    unit,
                    number(needed - waiting),
                )),
            };
            (Some(say::short_by(number(needed), unit, target)), more)
        }
    }
}
