//! Receipts, and edits that somebody carries here for their author.

use crate::harness::{Client, PASSWORD, Server, Who, assert_problem, officer, other, province};
use reqwest::{Method, Response};
use thidua_domain::access::Role;
use thidua_domain::api::{ProblemCode, ReceiptsWanted, SignedIn};
use thidua_domain::courier::{self, Bundle, Opener, Reply, Sender};
use thidua_domain::receipt::{MAX_WANTED, Receipt};
use thidua_domain::record::SubjectId;
use thidua_domain::sync::edit::{DeviceId, Edit, EditId};
use thidua_domain::sync::wire::RejectReason;
use thidua_domain::trust::Trust;
use thidua_server::accounts::{self, Passwords};
use thidua_server::audit::Deed;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{NOW, Tablet, commune, whole_feed};

const BITS: [u8; 32] = [11; 32];

fn accounts() -> [Who; 4] {
    [
        officer("ta-hoc", 0),
        officer("ban-bo", 1),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
    ]
}

/// A tablet that knows its server.
async fn tablet(server: &Server, name: &str, device: u64, place: usize) -> (Tablet, Client) {
    let (mut tablet, line) = server.tablet(name, device, place).await;
    let signed_in: SignedIn = line.read("/api/session").await;
    tablet
        .memory
        .replica
        .note_trust(signed_in.trust.unwrap(), false);
    (tablet, line)
}

fn trust(tablet: &Tablet) -> Trust {
    tablet.replica.trust.clone().unwrap()
}

fn families(tablet: &mut Tablet, place: usize, ids: std::ops::Range<u128>) {
    for id in ids {
        tablet.add_family(&commune(place), SubjectId(id), "Lò Văn A", None);
    }
}

fn packed(tablet: &Tablet) -> Vec<u8> {
    let numbers = tablet.replica.to_carry().into_iter();
    let edits: Vec<Edit> = numbers
        .flat_map(|(device, numbers)| numbers.map(move |seq| EditId { device, seq }))
        .map(|id| tablet.log[&id].clone())
        .collect();
    let requests = tablet.replica.carried_requests(edits);
    let sender = Sender {
        account: &tablet.replica.account,
        trust: &trust(tablet),
    };
    sender.seal(&requests, NOW, BITS).unwrap()
}

async fn bring(carrier: &Client, bundle: Vec<u8>) -> Response {
    let request = carrier.request(Method::POST, "/api/courier");
    let typed = request.header("Content-Type", courier::CONTENT_TYPE);
    typed.body(bundle).send().await.unwrap()
}

/// Brings a bundle that has to be taken; the reply.
async fn brought(carrier: &Client, bundle: Vec<u8>) -> Vec<u8> {
    let response = bring(carrier, bundle).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], courier::CONTENT_TYPE);
    response.bytes().await.unwrap().to_vec()
}

fn take(tablet: &mut Tablet, reply: &[u8]) -> bool {
    let key = trust(tablet).sign;
    let reply = Reply::read(reply, &tablet.replica.account, &key).unwrap();
    let mut answers = reply.answers.iter();
    answers.all(|answer| tablet.memory.take_carried(answer, DeviceId(999), NOW))
}

#[tokio::test]
async fn whoever_enters_data_is_told_what_to_know_the_server_by() {
    let server = Server::start(&accounts()).await;
    let signing_in = server.stranger();
    let signing_in = signing_in.sign_in("ta-hoc", PASSWORD).await;
    let signed_in: SignedIn = signing_in.json().await.unwrap();
    let again: SignedIn = server.client("ta-hoc").await.read("/api/session").await;
    assert_eq!(signed_in.trust, again.trust);
    assert!(signed_in.vault_key.is_some() && again.vault_key.is_none());
    let other: SignedIn = server.client("ban-bo").await.read("/api/session").await;
    let (own, other) = (again.trust.unwrap(), other.trust.unwrap());
    assert_eq!((own.sign, own.seal), (other.sign, other.seal));
    assert_ne!(own.courier, other.courier);
    let reviewer: SignedIn = server.client("so-noi-vu").await.read("/api/session").await;
    assert_eq!(reviewer.trust, None);
}

/// Asks for what is wanted, and keeps what is answered.
async fn ask(line: &Client, tablet: &mut Tablet) -> Vec<Receipt> {
    let devices = tablet.replica.receipts_wanted();
    let receipts = asked(line, &ReceiptsWanted { devices }).await;
    tablet.memory.take_receipts(&receipts);
    receipts
}

async fn asked(line: &Client, wanted: &ReceiptsWanted) -> Vec<Receipt> {
    let request = line.request(Method::POST, "/api/receipts").json(wanted);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

#[tokio::test]
async fn what_is_held_is_signed_for_and_a_restored_server_signs_anew() {
    let server = Server::start(&accounts()).await;
    let (mut tablet, line) = tablet(&server, "ta-hoc", 1, 0).await;
    families(&mut tablet, 0, 1..6);
    // One edit is of a commune that is not the author's: held, and not taken.
    families(&mut tablet, 1, 6..7);
    assert_eq!(tablet.replica.receipts_wanted(), []);
    line.sync(&mut tablet).await;
    assert!(!tablet.replica.unreceipted().is_empty());
    assert_eq!(ask(&line, &mut tablet).await.len(), 1);
    assert_eq!(tablet.replica.unreceipted(), []);
    assert_eq!(tablet.replica.receipts[&DeviceId(1)].at_ms, NOW);
    assert_eq!(tablet.replica.receipts_wanted(), []);

    // Another server with the same accounts: it holds nothing and has other keys.
    let restored = Server::start(&accounts()).await;
    let line = restored.client("ta-hoc").await;
    line.sync(&mut tablet).await;
    assert_eq!(tablet.replica.held, 6);
    ask(&line, &mut tablet).await;
    assert!(
        !tablet.replica.unreceipted().is_empty(),
        "its receipts are by another key"
    );
    let signed_in: SignedIn = line.read("/api/session").await;
    let trust = signed_in.trust.unwrap();
    tablet.memory.replica.note_trust(trust.clone(), false);
    ask(&line, &mut tablet).await;
    assert!(
        !tablet.replica.unreceipted().is_empty(),
        "only the password changes keys"
    );
    tablet.memory.replica.note_trust(trust, true);
    ask(&line, &mut tablet).await;
    assert_eq!(tablet.replica.unreceipted(), []);
}

#[tokio::test]
async fn nobody_is_told_of_anybody_elses_devices() {
    let server = Server::start(&accounts()).await;
    let (mut tablet, line) = tablet(&server, "ta-hoc", 1, 0).await;
    families(&mut tablet, 0, 1..4);
    line.sync(&mut tablet).await;
    let of = |devices| ReceiptsWanted { devices };
    let own = of(vec![(DeviceId(1), 9), (DeviceId(7), 1), (DeviceId(1), 0)]);
    let receipts = asked(&line, &own).await;
    assert_eq!(receipts.iter().map(|one| one.held).collect::<Vec<_>>(), [3]);
    let colleague = server.client("ban-bo").await;
    assert_eq!(asked(&colleague, &own).await, []);
    let reviewer = server.client("so-noi-vu").await;
    let post = async |line: &Client, wanted: &ReceiptsWanted| {
        let request = line.request(Method::POST, "/api/receipts").json(wanted);
        request.send().await.unwrap()
    };
    let refused = post(&reviewer, &own).await;
    assert_problem(refused, 403, ProblemCode::NotAllowed, "a reviewer").await;
    let refused = post(&server.stranger(), &own).await;
    assert_problem(refused, 401, ProblemCode::NotSignedIn, "nobody").await;
    let many = post(&line, &of(vec![(DeviceId(1), 1); MAX_WANTED + 1])).await;
    assert_problem(many, 422, ProblemCode::Malformed, "too many").await;
}

#[tokio::test]
async fn a_bundle_is_taken_once_whoever_brings_it_and_its_reply_empties_the_outbox() {
    let server = Server::start(&accounts()).await;
    let (mut tablet, line) = tablet(&server, "ta-hoc", 1, 0).await;
    families(&mut tablet, 0, 1..8);
    // One edit is of a commune that is not the author's.
    families(&mut tablet, 1, 8..9);
    let bundle = packed(&tablet);
    assert_eq!(Bundle::read(&bundle).unwrap().edits, 8);

    let mut reply = Vec::new();
    for carrier in ["ban-bo", "xem", "ban-bo"] {
        let carrier = server.client(carrier).await;
        reply = brought(&carrier, bundle.clone()).await;
    }
    assert_eq!(whole_feed(&server.database, &commune(0)).await.len(), 7);
    assert_eq!(whole_feed(&server.database, &commune(1)).await.len(), 0);
    assert!(take(&mut tablet, &reply));
    assert_eq!(tablet.replica.waiting(), 0);
    assert!(tablet.replica.unreceipted().is_empty());
    let reasons: Vec<_> = tablet.rejected.values().collect();
    assert_eq!(reasons, [&RejectReason::NotYourArea]);

    // The author's own sync has nothing to send again, and nothing is there twice.
    families(&mut tablet, 0, 9..10);
    assert_eq!(tablet.request().edits.len(), 1);
    line.sync(&mut tablet).await;
    ask(&line, &mut tablet).await;
    assert_eq!(whole_feed(&server.database, &commune(0)).await.len(), 8);

    // What is late takes nothing back.
    let late = brought(&server.client("ban-bo").await, bundle).await;
    take(&mut tablet, &late);
    take(&mut tablet, &reply);
    assert_eq!(
        (tablet.replica.waiting(), tablet.replica.device),
        (0, DeviceId(1))
    );
    assert!(tablet.replica.unreceipted().is_empty());

    let notes = server.database.notes(0, 100).await.unwrap();
    let brought = notes
        .iter()
        .filter(|row| row.note.deed == Deed::BundleBrought);
    let carriers: Vec<_> = brought.map(|row| row.note.actor.as_str()).collect();
    assert_eq!(carriers, ["ban-bo", "xem", "ban-bo", "ban-bo"]);
}

#[tokio::test]
async fn what_is_not_the_authors_own_and_whole_is_refused() {
    let server = Server::start(&accounts()).await;
    let (mut tablet, line) = tablet(&server, "ta-hoc", 1, 0).await;
    families(&mut tablet, 0, 1..4);
    let bundle = packed(&tablet);
    let carrier = server.client("ban-bo").await;
    let refused = async |bytes: Vec<u8>, what: &str| {
        let response = bring(&carrier, bytes).await;
        assert_problem(response, 422, ProblemCode::BundleRefused, what).await;
    };
    refused(bundle[..bundle.len() - 1].to_vec(), "cut").await;
    let mut changed = bundle.clone();
    changed[60] ^= 1;
    refused(changed, "changed").await;
    refused(b"%PDF".to_vec(), "something else").await;

    // A colleague seals in the author's name, with the only key there is to the colleague.
    let (colleague, _) = self::tablet(&server, "ban-bo", 2, 1).await;
    let edits = tablet.log.values().cloned().collect();
    let requests = tablet.replica.carried_requests(edits);
    for account in ["ta-hoc", "khong-co"] {
        let sender = Sender {
            account,
            trust: &trust(&colleague),
        };
        let forged = sender.seal(&requests, NOW, BITS).unwrap();
        refused(forged, account).await;
    }
    // Or sends the author's edits under the colleague's own name.
    let sender = Sender {
        account: "ban-bo",
        trust: &trust(&colleague),
    };
    refused(
        sender.seal(&requests, NOW, BITS).unwrap(),
        "not the author's",
    )
    .await;
    // For another server.
    let mut elsewhere = trust(&tablet);
    elsewhere.seal = Opener::new(&[1; 32]).public();
    let sender = Sender {
        account: "ta-hoc",
        trust: &elsewhere,
    };
    refused(sender.seal(&requests, NOW, BITS).unwrap(), "another server").await;

    let stranger = bring(&server.stranger(), bundle.clone()).await;
    assert_problem(stranger, 401, ProblemCode::NotSignedIn, "nobody").await;
    let large = bring(&carrier, vec![0; courier::MAX_BYTES + 1]).await;
    assert_problem(large, 413, ProblemCode::TooLarge, "large").await;
    assert_eq!(whole_feed(&server.database, &commune(0)).await.len(), 0);

    // Another password ends what a lost tablet can still send.
    let passwords = Passwords::new().unwrap();
    accounts::set_password(&server.database, &passwords, "ta-hoc", "một mật khẩu khác")
        .await
        .unwrap();
    refused(bundle, "after another password").await;
    drop(line);
}

#[tokio::test]
async fn a_disabled_author_is_refused_and_a_clone_is_not_told_of_its_twin() {
    let server = Server::start(&accounts()).await;
    let (mut one, _) = tablet(&server, "ta-hoc", 1, 0).await;
    families(&mut one, 0, 1..3);
    let mut twin = Tablet::new("ta-hoc", 1, &[commune(0)]);
    twin.memory.clone_from(&one.memory);
    families(&mut one, 0, 3..5);
    families(&mut twin, 0, 5..7);
    let carrier = server.client("ban-bo").await;
    let reply = brought(&carrier, packed(&one)).await;
    assert!(
        !take(&mut twin, &reply),
        "its own edits are not what is held"
    );
    assert_eq!(twin.replica.waiting(), 4);
    // The twin's own bundle is told apart; it goes on when it syncs itself.
    let answer = brought(&carrier, packed(&twin)).await;
    assert!(!take(&mut twin, &answer));
    assert_eq!(twin.replica.waiting(), 4);
    assert!(take(&mut one, &reply));
    assert_eq!(one.replica.waiting(), 0);
    let line = server.client("ta-hoc").await;
    line.sync(&mut twin).await;
    assert_eq!(twin.replica.waiting(), 0);
    assert_eq!(whole_feed(&server.database, &commune(0)).await.len(), 6);

    families(&mut one, 0, 7..8);
    let bundle = packed(&one);
    server
        .database
        .disable_account("ta-hoc".to_owned())
        .await
        .unwrap();
    let response = bring(&carrier, bundle).await;
    assert_problem(response, 422, ProblemCode::BundleRefused, "disabled").await;
}
