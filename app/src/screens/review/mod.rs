//! The reviewers' pages: merged data, read from the server and refreshed as communes sync.

mod accounts;
mod address;
mod area_choice;
mod area_filter;
mod areas;
mod books;
mod compare;
mod courier;
mod delegations;
mod desks;
mod download;
mod entry;
mod figures;
mod frame;
mod inspections;
mod live;
mod map;
mod outliers;
mod overview;
mod papers;
mod photos;
mod queue;
mod reformed;
mod remote;
mod return_by;
mod rights;
mod settings;
mod standings;
mod targets;
mod trend;
mod urging;

use crate::app::Current;
use crate::session;
use crate::texts::common;
use crate::ui::InLanguage;
use frame::Frame;
pub use inspections::{StateBadge as InspectionBadge, days_words, subject_words};
use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::path;
use live::Live;
pub use overview::{asked_words, target_words};
use thidua_domain::season::Season;

/// The season that is open.
fn season() -> Season {
    expect_context::<Current>()
        .0
        .with_untracked(|session| session.as_ref().map(|session| session.season))
        .unwrap_or_else(Season::directive_2022)
}

/// The reviewers' part of the app.
#[component]
pub fn ReviewApp() -> impl IntoView {
    let current = expect_context::<Current>();
    let live = Live::start();
    provide_context(live);
    settings::InForce::provide(live);
    provide_context(queue::Decisions::new());
    leptos::task::spawn_local(async move {
        use crate::sync::transport::TransportError;
        use thidua_domain::api::ProblemCode;
        match session::refresh().await {
            Ok(fresh) => current.0.set(Some(fresh.session)),
            Err(TransportError::Refused(problem)) if problem.code == ProblemCode::NotSignedIn => {
                session::sign_out().await;
                current.0.set(None);
            }
            // Without a connection the pages say so themselves.
            Err(_) => {}
        }
    });
    view! {
        <InLanguage>
        <Frame>
            <Routes fallback=|| {
                view! {
                    <section class="page">
                        <h1>{common::not_here()}</h1>
                        <a class="button" href="/">{common::to_overview()}</a>
                    </section>
                }
            }>
                <Route path=path!("/") view=overview::OwnOverview />
                <Route path=path!("/dia-ban/:code") view=overview::AreaOverview />
                <Route path=path!("/cho-duyet") view=queue::QueueScreen />
                <Route path=path!("/uy-quyen") view=delegations::DelegationsScreen />
                <Route path=path!("/ban-do") view=map::OwnMap />
                <Route path=path!("/ban-do/:code") view=map::AreaMap />
                <Route path=path!("/don-doc") view=urging::UrgingScreen />
                <Route path=path!("/kiem-tra") view=inspections::InspectionsScreen />
                <Route path=path!("/so-xa") view=books::BooksScreen />
                <Route path=path!("/goi-chuyen-tay") view=courier::CourierScreen />
                <Route path=path!("/bao-cao") view=papers::OwnPapers />
                <Route path=path!("/bao-cao/:code") view=papers::AreaPapers />
                <Route path=path!("/xu-huong") view=trend::OwnTrend />
                <Route path=path!("/xu-huong/:code") view=trend::AreaTrend />
                <Route path=path!("/chi-tieu") view=targets::OwnTargets />
                <Route path=path!("/chi-tieu/:code") view=targets::AreaTargets />
                <Route path=path!("/so-sanh") view=compare::CompareScreen />
                <Route path=path!("/can-xem") view=outliers::OutliersScreen />
                <Route path=path!("/dia-gioi-moi") view=reformed::ReformedScreen />
                <Route path=path!("/dia-gioi") view=areas::AreasScreen />
                <Route path=path!("/so-lieu") view=figures::FiguresScreen />
                <Route path=path!("/tai-khoan") view=accounts::AccountsScreen />
                <Route path=path!("/thiet-lap") view=settings::SettingsScreen />
                <Route path=path!("/danh-sach/:code") view=standings::StandingsScreen />
                <Route path=path!("/phieu/*key") view=entry::EntryScreen />
            </Routes>
        </Frame>
        </InLanguage>
    }
}
