//! What the log of deeds says after a day's work.

use crate::harness::{Server, district, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_server::audit::{Deed, Verifier};
use thidua_server::store::Database as _;
use thidua_server::store::contract::{PERIOD, commune};

#[tokio::test]
async fn looking_at_peoples_data_is_noted_an_officers_own_work_is_not() {
    let accounts = [
        officer("ta-hoc", 0),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
    ];
    let server = Server::start(&accounts).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    line.sync(&mut tablet).await;
    let entry = RecordKey::entry(SubjectId(1), Assessment::CulturalFamily, PERIOD);
    let path = format!("/api/entries/{entry}");
    let list = format!("/api/standings?area={}", commune(0));

    for path in [&path, &list] {
        assert_eq!(line.get(path).await.status(), 200);
    }
    let huyen = server.client("huyen").await;
    for path in [&path, &path, &list, &list] {
        assert_eq!(huyen.get(path).await.status(), 200);
    }
    // What is not shown was not looked at.
    assert_eq!(huyen.get("/api/standings?area=99999").await.status(), 404);
    let stranger = server.stranger();
    let word = "khong-phai-mat-khau";
    assert_eq!(stranger.sign_in("so-noi-vu", word).await.status(), 401);
    assert_eq!(stranger.sign_in(word, "so-noi-vu").await.status(), 401);

    let rows = server.database.notes(0, 100).await.unwrap();
    let mut verifier = Verifier::default();
    assert!(rows.iter().all(|row| verifier.follows(row)));
    let said: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.note.actor.as_str(),
                row.note.deed,
                row.note.about.as_str(),
            )
        })
        .collect();
    let (entry, area) = (entry.to_string(), commune(0).to_string());
    let expected = [
        ("ta-hoc", Deed::SignedIn, "127.0.0.1"),
        ("huyen", Deed::SignedIn, "127.0.0.1"),
        ("huyen", Deed::EntryRead, entry.as_str()),
        ("huyen", Deed::ListRead, area.as_str()),
        ("so-noi-vu", Deed::SignInRefused, "127.0.0.1"),
    ];
    assert_eq!(said, expected);
}
