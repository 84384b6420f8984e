//! The way of what is counted from entries: day by day, with a projection that says how it was made.

use super::super::address::Address;
use super::super::live::Live;
use super::super::remote::Remote;
use super::super::season;
use super::super::settings::InForce;
use crate::texts::{self, words};
use crate::ui::{DateField, Fan, Icon, Line, LineChart, LineKind};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thidua_domain::api::{Trend, Trends};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::{Assessment, Indicator, Measure};
use thidua_domain::date::Date;
use thidua_domain::season::Season;
use thidua_domain::trend::{
    DayCounts, NoProjection, Point, Projection, Way, counts_on, projection, weekly,
};

#[component]
pub(super) fn CountsTrend(
    code: AreaCode,
    indicator: &'static Indicator,
    assessment: Assessment,
    address: Address,
) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let watched = code.clone();
    let news = live.news_of(move || Some(watched.clone()), season);
    let query = format!("area={code}&assessment={}", assessment.as_str());
    let url = format!("/api/trend?{query}");
    let csv = format!("/api/trend/csv?{query}");
    let remote = Remote::<Trends>::read(
        move || Some(url.clone()),
        move || {
            news.get();
        },
    );
    let in_force = InForce::here();
    let navigate = StoredValue::new_local(use_navigate());
    let from = Memo::new(move |_| {
        let asked = Date::parse_iso(&address.get("ngay"));
        asked.or_else(|| remote.value.with(|all| all.as_ref().map(|all| all.today)))
    });
    let body = move || {
        let from = from.get()?;
        let trend = remote.value.get()?.trends.into_iter().next()?;
        let due = in_force.settings().submission(assessment, season.period);
        let view = View {
            code: code.clone(),
            indicator,
            season,
            due: due.last,
            from,
        };
        Some(view.of(trend))
    };
    view! {
        <p class="page__lead">{texts::trend::lead()}</p>
        <div class="toolbar">
            <DateField
                label=texts::trend::as_of()
                value=from
                on_change=move |day| {
                    let day = day.map(|day| day.to_string()).unwrap_or_default();
                    let to = address.with("ngay", &day);
                    navigate.with_value(|navigate| navigate(&to, Default::default()));
                }
            />
            <a class="button" href=csv download>
                <Icon name="download" />
                {texts::trend::csv()}
            </a>
        </div>
        {remote.notice()}
        {body}
    }
}

struct View {
    code: AreaCode,
    indicator: &'static Indicator,
    season: Season,
    due: Date,
    from: Date,
}

impl View {
    /// A count as the chart draws it: a share in percent, or itself.
    fn figure(&self, met: i64, expected: i64) -> f64 {
        match self.indicator.measure {
            Measure::Count(_) => met as f64,
            _ if expected > 0 => met as f64 * 100.0 / expected as f64,
            _ => 0.0,
        }
    }

    fn words(&self, met: i64, expected: i64) -> String {
        match self.indicator.measure {
            Measure::Count(_) => {
                format!("{} {}", texts::int(met), self.indicator.unit_label)
            }
            _ => texts::rate(met.unsigned_abs(), expected.unsigned_abs()),
        }
    }

    /// "60 xã" is the province's: a district or commune has no figure of its own.
    fn has_target(&self) -> bool {
        let level = words::area(&self.code, self.season).map(|area| area.level());
        let is_count = matches!(self.indicator.measure, Measure::Count(_));
        !is_count || level == Some(AreaLevel::Province)
    }

    fn of(self, trend: Trend) -> AnyView {
        let points = &trend.points;
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return view! { <p class="empty">{texts::trend::nothing()}</p> }.into_any();
        };
        let met = projection(points, Way::Met, self.from, self.due);
        let reported = projection(points, Way::Reported, self.from, self.due);
        let before = trend.year_before.map(|tally| {
            let year = self.season.period.0.saturating_sub(1).to_string();
            let rate = self.words(tally.accepted.met, tally.expected);
            view! { <p class="trend__before">{texts::trend::year_before(year, rate)}</p> }
        });
        view! {
            <div class="trend">
                <figure class="trend__drawing">{self.drawing(points, first, last, &met)}</figure>
                {self.told(&met, &reported, last)}
                {before}
                {self.table(points)}
            </div>
        }
        .into_any()
    }

    fn drawing(
        &self,
        points: &[Point],
        first: &Point,
        last: &Point,
        found: &Result<Projection, NoProjection>,
    ) -> impl IntoView + use<> {
        let share = matches!(self.indicator.measure, Measure::Share(_));
        // A register that grows makes a share of what is there so far: the first days say little.
        let line = |name: &str, kind, of: fn(&DayCounts) -> i64| Line {
            name: name.to_owned(),
            kind,
            points: points
                .iter()
                .map(|point| {
                    let counts = point.counts;
                    (point.day, self.figure(of(&counts), counts.expected))
                })
                .collect(),
        };
        let lines = vec![
            line(texts::trend::accepted(), LineKind::Main, |c| c.met),
            line(texts::trend::reported(), LineKind::Beside, |c| c.reported),
        ];
        let target = self
            .indicator
            .target
            .filter(|_| self.has_target())
            .map(|target| {
                let words = texts::hundredths(target);
                let unit = if share { "%" } else { "" };
                let label = texts::trend::target_label(format!("{words}{unit}"));
                (target.0 as f64 / 100.0, label)
            });
        let fan = found.as_ref().ok().map(|found| {
            let met = counts_on(points, found.from).met;
            Fan {
                name: texts::trend::projected().to_owned(),
                from: (found.from, self.figure(met, found.expected)),
                to: found.due,
                ends: [found.low, found.likely, found.high]
                    .map(|met| self.figure(met, found.expected)),
            }
        });
        let area = words::area_name(&self.code, self.season);
        let end = last.day.max(if first.day <= self.due {
            self.due
        } else {
            last.day
        });
        view! {
            <LineChart
                title=texts::trend::chart(texts::catalogue(&self.indicator.name), area)
                description=self.state(last)
                span=(first.day, end)
                known_to=last.day
                lines
                target
                fan
                unit=if share { "%" } else { "" }
            />
        }
    }

    fn state(&self, last: &Point) -> String {
        let DayCounts {
            expected,
            met,
            reported,
            ..
        } = last.counts;
        texts::trend::told(
            self.words(met, expected),
            self.words(reported, expected),
            last.day,
        )
    }

    fn told(
        &self,
        met: &Result<Projection, NoProjection>,
        reported: &Result<Projection, NoProjection>,
        last: &Point,
    ) -> impl IntoView + use<> {
        let ends = |found: &Projection| {
            [found.likely, found.low, found.high].map(|count| self.words(count, found.expected))
        };
        let how = |found: &Projection| {
            let how = texts::trend::how(found.weeks, found.from, found.gained, found.expected);
            view! { <p class="trend__how">{how}</p> }
        };
        let of_met = match met {
            Ok(found) => {
                let [likely, low, high] = ends(found);
                let said = texts::trend::likely_met(found.due, likely, low, high);
                let outlook = self
                    .has_target()
                    .then(|| found.outlook(self.indicator))
                    .flatten()
                    .map(|outlook| view! { <p>{texts::trend::outlook(outlook)}</p> });
                view! {
                    <p class="trend__likely">{said}</p>
                    {outlook}
                    {how(found)}
                }
                .into_any()
            }
            Err(why) => view! { <p>{texts::trend::none_met(*why)}</p> }.into_any(),
        };
        let of_reported = match reported {
            Ok(found) => {
                let [likely, low, high] = ends(found);
                let said = texts::trend::likely_reported(found.due, likely, low, high);
                view! {
                    <p class="trend__likely">{said}</p>
                    {how(found)}
                }
                .into_any()
            }
            // Said once already.
            Err(NoProjection::Over | NoProjection::Nobody) => ().into_any(),
            Err(why) => view! { <p>{texts::trend::none_reported(*why)}</p> }.into_any(),
        };
        let after = (last.day > self.from && self.from < self.due)
            .then(|| view! { <p class="trend__how">{texts::trend::after()}</p> });
        view! {
            <section class="trend__projection" aria-labelledby="projection">
                <h2 id="projection">{texts::trend::projection()}</h2>
                <p>{self.state(last)}</p>
                {of_met}
                {of_reported}
                {after}
            </section>
        }
    }

    fn table(&self, points: &[Point]) -> impl IntoView + use<> {
        let rows = weekly(points)
            .into_iter()
            .rev()
            .map(|Point { day, counts }| {
                view! {
                    <tr>
                        <th scope="row">{texts::day(day)}</th>
                        <td class="table__number">{texts::int(counts.expected)}</td>
                        <td class="table__number">{texts::int(counts.reported)}</td>
                        <td class="table__number">{texts::int(counts.met)}</td>
                        <td class="table__number">{self.words(counts.met, counts.expected)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <details class="trend__table">
                <summary>{texts::trend::table()}</summary>
                <div class="table-scroll" tabindex="0" role="region" aria-label=texts::trend::table()>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{texts::trend::day()}</th>
                                <th scope="col" class="table__number">
                                    {texts::trend::expected()}
                                </th>
                                <th scope="col" class="table__number">
                                    {texts::trend::reported()}
                                </th>
                                <th scope="col" class="table__number">
                                    {texts::trend::met()}
                                </th>
                                <th scope="col" class="table__number">
                                    {texts::trend::share()}
                                </th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        }
    }
}
