//! The routes, and how each is asked about an area.

use super::scene::{PHOTO_BYTES, Secret, Target, paper_input, upload};
use reqwest::Method;
use serde_json::{Value, json};
use thidua_domain::access::{Action, Role};
use thidua_domain::api::{
    AccountChange, AccountFacts, FigureInput, NewAccount, SettingInput, TargetInput,
};
use thidua_domain::catalogue::{Assessment, IndicatorId};
use thidua_domain::date::Date;
use thidua_domain::entry::content_digest;
use thidua_domain::figure::Figure;
use thidua_domain::quantity::Hundredths;
use thidua_domain::setting::days::SetDays;
use thidua_domain::setting::{self, Setting};
use thidua_domain::sync::state::RecordState;
use thidua_domain::target::OwnTarget;

/// Who gets an answer.
#[derive(Clone, Copy, PartialEq)]
pub enum For {
    /// Those who may do this to the area.
    Area(Action),
    /// Those who may review the area, and whoever decides in their name.
    Decide,
    /// Everybody signed in, about what is theirs.
    Own,
    /// Everybody of this role, about what is theirs.
    OwnOf(Role),
    /// Administrators of the area; nobody else is even told whether it is there.
    Keepers,
    /// Those who may read the area, and systems with a token for it.
    Open,
    /// Everybody signed in and every system, about what is theirs.
    OwnOpen,
}

/// A route.
pub struct Route {
    pub method: &'static str,
    /// As the router has it.
    pub path: &'static str,
    pub needs: For,
    /// Whether it changes anything.
    pub changes: bool,
    /// A request about an area; none if there is nothing of the kind in it.
    pub ask: fn(&Target) -> Option<Ask>,
}

/// A request.
pub struct Ask {
    pub method: Method,
    pub path: String,
    pub body: Body,
}

/// What it carries.
pub enum Body {
    None,
    Json(Value),
    Bytes(Vec<u8>),
}

/// Routes that know no areas, or whose answers are no such thing as a yes or a no; each has tests of its own.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("get", "/health"),
    ("get", "/v1/openapi.json"),
    // sessions.rs
    ("get", "/session"),
    ("post", "/session"),
    ("delete", "/session"),
    // sync.rs: an edit of another commune is rejected, and its feed is not sent.
    ("post", "/sync"),
    // courier.rs: who a bundle is from decides, and not who brings it.
    ("post", "/courier"),
    // courier.rs: receipts are of one's own devices.
    ("post", "/receipts"),
    // accounts.rs: a session that only its browser and the list know.
    ("delete", "/accounts/{name}/sessions/{id}"),
    // packs.rs: criteria are the whole province's, and tests of their own ask who previews them.
    ("post", "/settings/preview"),
    // events.rs: an answer without an end.
    ("get", "/events"),
    // delegations.rs: whom one concerns decides, and not where.
    ("post", "/delegations/{id}/end"),
    // areas.rs: what waits to be taken over.
    ("post", "/handovers"),
];

const READ: For = For::Area(Action::Read);
const REVIEW: For = For::Area(Action::Review);

const fn get(path: &'static str, needs: For, ask: fn(&Target) -> Option<Ask>) -> Route {
    Route {
        method: "get",
        path,
        needs,
        changes: false,
        ask,
    }
}

const fn post(path: &'static str, needs: For, ask: fn(&Target) -> Option<Ask>) -> Route {
    Route {
        method: "post",
        path,
        needs,
        changes: true,
        ask,
    }
}

fn look(path: String) -> Option<Ask> {
    Some(Ask {
        method: Method::GET,
        path,
        body: Body::None,
    })
}

fn say(path: String, body: Value) -> Option<Ask> {
    Some(Ask {
        method: Method::POST,
        path,
        body: Body::Json(body),
    })
}

/// A page about an area, by the name that its address has.
fn about(route: &str, target: &Target) -> Option<Ask> {
    look(format!("/api/{route}area={}", target.area))
}

/// Something about the secret of a commune.
fn within(target: &Target, ask: impl FnOnce(&Secret) -> Option<Ask>) -> Option<Ask> {
    target.secret.as_ref().and_then(ask)
}

fn of_province(target: &Target, ask: impl FnOnce() -> Option<Ask>) -> Option<Ask> {
    (target.area == crate::harness::province()).then(ask)?
}

const FAMILIES: &str = "assessment=gia-dinh-van-hoa";

pub const ROUTES: &[Route] = &[
    get("/overview", READ, |it| about("overview?", it)),
    get("/overview/reformed", READ, |it| {
        of_province(it, || look("/api/overview/reformed".to_owned()))
    }),
    get("/overview/reformed/csv", READ, |it| {
        of_province(it, || look("/api/overview/reformed/csv".to_owned()))
    }),
    get("/communes", READ, |it| {
        about(&format!("communes?{FAMILIES}&"), it)
    }),
    get("/boundaries", READ, |it| about("boundaries?", it)),
    get("/compare", READ, |it| {
        look(format!("/api/compare?{FAMILIES}&areas={}", it.area))
    }),
    get("/compare/csv", READ, |it| {
        look(format!("/api/compare/csv?{FAMILIES}&areas={}", it.area))
    }),
    get("/outliers", READ, |it| {
        about(&format!("outliers?{FAMILIES}&"), it)
    }),
    get("/outliers/csv", READ, |it| {
        about(&format!("outliers/csv?{FAMILIES}&"), it)
    }),
    get("/trend", READ, |it| about("trend?", it)),
    get("/trend/csv", READ, |it| {
        about(&format!("trend/csv?{FAMILIES}&"), it)
    }),
    get("/tables/{table}", READ, |it| about("tables/ho-so?", it)),
    get("/books/{book}", READ, |it| about("books/dien-hinh?", it)),
    get("/books/{book}/csv", READ, |it| {
        about("books/dien-hinh/csv?", it)
    }),
    get("/standings", READ, |it| about("standings?", it)),
    get("/queue", READ, |it| about("queue?", it)),
    get("/entries/{*key}", READ, |it| {
        within(it, |secret| {
            look(format!("/api/entries/{}", secret.entries[0]))
        })
    }),
    get("/photos/{*key}", READ, |it| {
        within(it, |secret| look(format!("/api/photos/{}", secret.photo)))
    }),
    get("/reminders", READ, |it| about("reminders?", it)),
    get("/reminders/csv", READ, |it| about("reminders/csv?", it)),
    get("/figures", READ, |it| {
        of_province(it, || look("/api/figures".to_owned()))
    }),
    get("/figures/csv", READ, |it| {
        of_province(it, || look("/api/figures/csv".to_owned()))
    }),
    get("/targets", READ, |it| about("targets?", it)),
    get("/targets/csv", READ, |it| about("targets/csv?", it)),
    get("/inspections", READ, |it| about("inspections?", it)),
    get("/inspections/csv", READ, |it| about("inspections/csv?", it)),
    get("/reports/{area}", READ, |it| {
        look(format!("/api/reports/{}", it.area))
    }),
    Route {
        changes: false,
        ..post("/reports/{area}/draft/{format}", READ, |it| {
            say(
                format!("/api/reports/{}/draft/docx", it.area),
                paper_input(99),
            )
        })
    },
    get("/papers/{id}/{format}", READ, |it| {
        look(format!("/api/papers/{}/docx", it.paper))
    }),
    get("/handovers", For::Own, |_| {
        look("/api/handovers".to_owned())
    }),
    get("/v1/areas", For::OwnOpen, |_| {
        look("/api/v1/areas".to_owned())
    }),
    get("/v1/counts", For::Open, |it| about("v1/counts?", it)),
    get("/v1/entries", For::Open, |it| about("v1/entries?", it)),
    get("/uploads/{*key}", For::Area(Action::Edit), |it| {
        within(it, |secret| look(format!("/api/uploads/{}", secret.photo)))
    }),
    Route {
        changes: false,
        ..post("/uploads", For::OwnOf(Role::CommuneOfficer), |it| {
            within(it, |secret| {
                let asked = json!({ "records": [secret.unsent] });
                say("/api/uploads".to_owned(), asked)
            })
        })
    },
    Route {
        changes: false,
        ..post("/receipts", For::OwnOf(Role::CommuneOfficer), |_| {
            let wanted = json!({ "devices": [[1, 1]] });
            say("/api/receipts".to_owned(), wanted)
        })
    },
    Route {
        method: "put",
        ..post("/uploads/{*key}", For::Area(Action::Edit), |it| {
            within(it, |secret| {
                assert_eq!(secret.unsent_bytes.len(), PHOTO_BYTES);
                Some(Ask {
                    method: Method::PUT,
                    path: upload(&secret.unsent),
                    body: Body::Bytes(secret.unsent_bytes.clone()),
                })
            })
        })
    },
    post("/reminders", REVIEW, |it| {
        within(it, |_| {
            let reminder = json!({ "communes": [it.area], "reminder": { "text": "Đề nghị nộp." } });
            say("/api/reminders".to_owned(), reminder)
        })
    }),
    post("/inspections", REVIEW, |it| {
        within(it, |_| {
            let plan = json!({ "from": "2022-06-01", "subjects": ["titles"], "team": "Sở Nội vụ" });
            let input = json!({ "plan": { "communes": [it.area], "plan": plan } });
            say("/api/inspections".to_owned(), input)
        })
    }),
    post("/targets", REVIEW, |it| {
        // Reviewers set a district's: of a commune, and of the province, there is nothing to ask for.
        it.is_district().then(|| {
            let input = TargetInput {
                area: it.area.clone(),
                indicator: IndicatorId::new("gia-dinh-van-hoa"),
                seen: content_digest(&RecordState::new(it.area.clone())),
                target: OwnTarget {
                    goal: Some(Hundredths(7_100)),
                    plan: "Kế hoạch 15/KH-UBND".to_owned(),
                },
            };
            say("/api/targets".to_owned(), json!(input))
        })?
    }),
    get("/delegations", For::Own, |_| {
        look("/api/delegations".to_owned())
    }),
    get("/delegations/csv", For::Own, |_| {
        look("/api/delegations/csv".to_owned())
    }),
    post("/delegations", REVIEW, |it| {
        let terms = json!({
            "to": "xem-tinh", "areas": [it.area], "paper": "12/UQ-SNV",
            "from": "2022-06-01", "until": "2022-06-30",
        });
        say("/api/delegations".to_owned(), terms)
    }),
    post("/figures", For::Area(Action::Report), |it| {
        of_province(it, || {
            let figure = FigureInput {
                indicator: IndicatorId::new("grdp"),
                seen: it.figure_seen.clone(),
                figure: Figure {
                    value: Some(Hundredths(650)),
                    as_of: Date::new(2022, 9, 30),
                    source: "Cục Thống kê".to_owned(),
                    ..Figure::default()
                },
            };
            say("/api/figures".to_owned(), json!(figure))
        })
    }),
    post("/reports/{area}/final", REVIEW, |it| {
        say(format!("/api/reports/{}/final", it.area), paper_input(50))
    }),
    post("/review", For::Decide, |it| {
        within(it, |secret| {
            let verdict = json!({
                "record": secret.entries[0],
                "verdict": { "decision": "accept", "digest": secret.digests[0], "comment": "", "fields": {} },
            });
            say("/api/review".to_owned(), verdict)
        })
    }),
    post("/review/bulk", For::Decide, |it| {
        within(it, |secret| {
            let entry = json!({ "record": secret.entries[1], "commune": it.area, "digest": secret.digests[1] });
            let verdict = json!({ "decision": "accept", "comment": "", "entries": [entry] });
            say("/api/review/bulk".to_owned(), verdict)
        })
    }),
    post("/areas/move", For::Area(Action::Arrange), |it| {
        within(it, |secret| {
            let to = json!({
                "from": it.area,
                "residential_area": secret.residential_area,
                "to": secret.beside,
            });
            say("/api/areas/move".to_owned(), to)
        })
    }),
    get("/settings", For::Own, |_| look("/api/settings".to_owned())),
    post("/settings", For::Area(Action::Set), |it| {
        of_province(it, || {
            let setting = Setting::Days(SetDays {
                assessment: Assessment::CulturalFamily,
                registration: None,
                submission: Date::new(2022, 11, 10),
                paper: "Kế hoạch 12/KH-UBND".to_owned(),
                set_ms: 0,
            });
            let seen = content_digest(&RecordState::new(setting::feed()));
            say(
                "/api/settings".to_owned(),
                json!(SettingInput { seen, setting }),
            )
        })
    }),
    get("/accounts", For::OwnOf(Role::Administrator), |_| {
        look("/api/accounts".to_owned())
    }),
    post("/accounts", For::Area(Action::Administer), |it| {
        let account = NewAccount {
            name: "nguoi-moi".to_owned(),
            facts: facts("Người mới", Role::Viewer, it),
        };
        say("/api/accounts".to_owned(), json!(account))
    }),
    post("/accounts/{name}", For::Keepers, |it| {
        let (name, role) = it.keeper;
        let change = AccountChange {
            seen: facts(&format!("Tài khoản {name}"), role, it),
            facts: facts("Tên khác", role, it),
        };
        say(format!("/api/accounts/{name}"), json!(change))
    }),
    post("/accounts/{name}/password", For::Keepers, |it| {
        say(
            format!("/api/accounts/{}/password", it.keeper.0),
            Value::Null,
        )
    }),
];

fn facts(display_name: &str, role: Role, target: &Target) -> AccountFacts {
    AccountFacts {
        display_name: display_name.to_owned(),
        role,
        areas: vec![target.area.clone()],
        disabled: false,
    }
}
