//! Everybody who asks: each role over each level, in two districts, systems with tokens, and a stranger.

use super::routes::{Ask, Body};
use crate::harness::{Client, Server, Who, district, elsewhere, officer, other, province};
use crate::open::token;
use serde_json::{Value, json};
use thidua_domain::access::{Action, Role};
use thidua_domain::area::AreaCode;
use thidua_server::store::contract::{commune, rules};

/// Somebody who asks. A person has a role, a system only an area, a stranger neither.
pub struct Asker {
    pub name: &'static str,
    pub role: Option<Role>,
    pub area: Option<AreaCode>,
    client: Client,
    bearer: Option<String>,
}

/// Whoever decides about one commune in the name of its district.
const DELEGATE: &str = "xem-thay";

/// Gives that account what it decides.
pub async fn delegate(server: &Server) {
    let terms = json!({
        "to": DELEGATE, "areas": [commune(0)], "paper": "3/UQ-PNV",
        "from": "2022-04-15", "until": "2022-12-31",
    });
    let giver = server.client("huyen").await;
    let response = giver.post("/api/delegations", &terms).await;
    assert_eq!(response.status(), 200);
}

/// The accounts.
pub fn people() -> Vec<Who> {
    let far = elsewhere();
    let (near_district, far_district) = (district(0), district(far));
    vec![
        officer("can-bo", 0),
        officer("can-bo-xa-ben", 1),
        officer("can-bo-noi-khac", far),
        other("huyen", Role::DistrictReviewer, &near_district),
        other("huyen-khac", Role::DistrictReviewer, &far_district),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("so-cua-huyen", Role::ProvinceReviewer, &far_district),
        other("xem-xa", Role::Viewer, &commune(0)),
        other("xem-huyen", Role::Viewer, &far_district),
        other("xem-tinh", Role::Viewer, &province()),
        other(DELEGATE, Role::Viewer, &near_district),
        other("quan-tri-huyen", Role::Administrator, &near_district),
        other("quan-tri", Role::Administrator, &province()),
    ]
}

/// All of them, signed in, the systems and the stranger.
pub async fn askers(server: &Server) -> Vec<Asker> {
    let mut askers = Vec::new();
    for Who { name, role, areas } in people() {
        askers.push(Asker {
            name,
            role: Some(role),
            area: areas.first().cloned(),
            client: server.client(name).await,
            bearer: None,
        });
    }
    for (name, area) in [
        ("may-xa", commune(0)),
        ("may-huyen-khac", district(elsewhere())),
        ("may-tinh", province()),
    ] {
        askers.push(Asker {
            name,
            role: None,
            bearer: Some(token(server, name, &area, true).await),
            area: Some(area),
            client: server.stranger(),
        });
    }
    askers.push(Asker {
        name: "nobody",
        role: None,
        area: None,
        client: server.stranger(),
        bearer: None,
    });
    askers
}

impl Asker {
    /// Whether an area is the asker's own or lies below it.
    pub fn covers(&self, area: &AreaCode) -> bool {
        let Some(own) = &self.area else {
            return false;
        };
        own == area || *own == province() || above(area).as_ref() == Some(own)
    }

    /// Whether it decides there in another's name.
    pub fn decides_for(&self, area: &AreaCode) -> bool {
        self.name == DELEGATE && *area == commune(0)
    }

    /// Whether the role is for this.
    pub fn may(&self, action: Action) -> bool {
        let roles: &[Role] = match action {
            Action::Read => &Role::ALL,
            Action::Edit => &[Role::CommuneOfficer],
            Action::Review => &[Role::DistrictReviewer, Role::ProvinceReviewer],
            Action::Report => &[Role::ProvinceReviewer],
            Action::Set => &[Role::ProvinceReviewer, Role::Administrator],
            Action::Arrange | Action::Administer => &[Role::Administrator],
        };
        self.role.is_some_and(|role| roles.contains(&role))
    }

    /// Asks: the status, and what the answer says. What was decided about one of many counts as the status.
    pub async fn ask(&self, ask: Ask) -> (u16, String) {
        let request = self.client.request(ask.method, &ask.path);
        let request = match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let request = match ask.body {
            Body::None => request,
            Body::Json(body) => request.json(&body),
            Body::Bytes(bytes) => request
                .header("Content-Type", "application/octet-stream")
                .body(bytes),
        };
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.bytes().await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (outcome(&text).unwrap_or(status), text)
    }
}

/// The status that the answer about one of many stands for.
fn outcome(text: &str) -> Option<u16> {
    let answer: Value = serde_json::from_str(text).ok()?;
    match answer.get("outcomes")?.get(0)?.as_str()? {
        "taken" => Some(200),
        "not-allowed" => Some(403),
        "not-found" => Some(404),
        other => panic!("{other}"),
    }
}

/// The district of a commune.
fn above(area: &AreaCode) -> Option<AreaCode> {
    let rules = rules();
    let communes = rules.tree.communes(rules.season.date);
    let place = communes.iter().position(|it| it.code == *area)?;
    Some(district(place))
}
