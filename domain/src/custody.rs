//! Whether a tablet may be handed over ("an toàn để bàn giao máy"): what was written on it that no receipt
//! covers, record by record.

use crate::area::AreaCode;
use crate::record::RecordKey;
use crate::sync::clock::Hlc;
use crate::sync::edit::Edit;
use crate::sync::replica::Replica;
use std::collections::BTreeMap;

/// A record of which something was written here that no receipt covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncovered {
    /// The record.
    pub record: RecordKey,
    /// Its commune.
    pub commune: AreaCode,
    /// How many edits are not covered.
    pub edits: usize,
    /// When the last of them was made, by the tablet's clock.
    pub last: Hlc,
    /// What is missing.
    pub held: Held,
}

/// Why a record is not covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The server does not hold all of it, as far as this tablet knows.
    Unsent,
    /// The server holds it, and only its receipt is missing.
    Unsigned,
}

/// The records that no receipt covers, in the order in which they were last written, the newest first.
/// `edits` are at least those of [`Replica::unreceipted`], as they stand in the log.
pub fn uncovered(replica: &Replica, edits: &[Edit]) -> Vec<Uncovered> {
    let mut records: BTreeMap<&RecordKey, Uncovered> = BTreeMap::new();
    for edit in edits {
        if replica.is_receipted(edit.id) {
            continue;
        }
        let found = records.entry(&edit.record).or_insert_with(|| Uncovered {
            record: edit.record.clone(),
            commune: edit.commune.clone(),
            edits: 0,
            last: edit.time,
            held: Held::Unsigned,
        });
        found.edits += 1;
        found.last = found.last.max(edit.time);
        if !replica.is_held(edit.id.device, edit.id.seq) {
            found.held = Held::Unsent;
        }
    }
    let mut records: Vec<Uncovered> = records.into_values().collect();
    records.sort_by_key(|record| std::cmp::Reverse(record.last));
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex::Hex;
    use crate::receipt::{Receipt, running};
    use crate::record::{FieldName, Value};
    use crate::sync::edit::{DeviceId, EditDigest, FieldChange};
    use crate::sync::memory::MemoryReplica;
    use crate::sync::replica::Asked;
    use crate::sync::wire::{Identity, Response};
    use crate::trust::{CourierKey, ServerSigner, Trust};

    const DEVICE: DeviceId = DeviceId(7);

    fn signer() -> ServerSigner {
        ServerSigner::new(&[1; 32])
    }

    fn key(number: u8) -> RecordKey {
        RecordKey::parse(&format!("family/{number:032x}")).unwrap()
    }

    fn tablet() -> MemoryReplica {
        let home = AreaCode::parse("03751").unwrap();
        let mut replica = Replica::new(DEVICE, "ta-hoc".to_owned(), vec![home]);
        replica.note_trust(
            Trust {
                sign: signer().public(),
                seal: Hex([0; 32]),
                courier: CourierKey(Hex([0; 32])),
            },
            true,
        );
        MemoryReplica::new(replica)
    }

    fn write(tablet: &mut MemoryReplica, number: u8, text: &str, now_ms: u64) {
        let home = AreaCode::parse("03751").unwrap();
        tablet.edit(&home, &key(number), now_ms, |_| {
            vec![FieldChange {
                field: FieldName::parse("head").unwrap(),
                value: Value::from(text),
                bases: vec![],
            }]
        });
    }

    fn answer(tablet: &MemoryReplica, held: u32) -> Response {
        Response {
            held,
            rejected: vec![],
            former_held: vec![],
            identity: Identity::Keep,
            follow: tablet.replica.follow.clone(),
            pages: vec![],
            server_time: 1_000,
        }
    }

    fn take(tablet: &mut MemoryReplica, response: &Response) {
        let asked = Asked::of(&tablet.request());
        tablet.take(&asked, response, DeviceId(99), 1_000);
    }

    /// What a server signs that was told what is in the log.
    fn sign(of: &MemoryReplica, device: DeviceId, held: u32, signer: &ServerSigner) -> Receipt {
        let own = of.log.values().filter(|edit| edit.id.device == device);
        let own = own.filter(|edit| edit.id.seq <= held);
        let check = running(EditDigest::default(), own);
        Receipt::write(signer, "ta-hoc", device, (held, check), 1_000)
    }

    /// Asks for what is wanted and takes it.
    fn ask(tablet: &mut MemoryReplica) {
        let wanted = tablet.replica.receipts_wanted().into_iter();
        let receipts: Vec<Receipt> = wanted
            .map(|(device, held)| sign(tablet, device, held, &signer()))
            .collect();
        tablet.take_receipts(&receipts);
    }

    /// What is open, as (record, edits, what is missing).
    fn open(tablet: &MemoryReplica) -> Vec<(RecordKey, usize, Held)> {
        let all: Vec<Edit> = tablet.log.values().cloned().collect();
        let found = uncovered(&tablet.replica, &all);
        found
            .into_iter()
            .map(|one| (one.record, one.edits, one.held))
            .collect()
    }

    #[test]
    fn a_record_is_open_until_a_genuine_receipt_covers_its_last_edit() {
        let mut tablet = tablet();
        assert_eq!(open(&tablet), []);
        write(&mut tablet, 1, "Lò Văn A", 10);
        write(&mut tablet, 2, "Lò Văn B", 20);
        write(&mut tablet, 1, "Lò Văn C", 30);
        assert_eq!(
            open(&tablet),
            [(key(1), 2, Held::Unsent), (key(2), 1, Held::Unsent)]
        );
        assert_eq!(tablet.replica.receipts_wanted(), [], "nothing is held");
        // Held, and signed by nobody, or by somebody else.
        let said = answer(&tablet, 2);
        take(&mut tablet, &said);
        assert_eq!(tablet.replica.receipts_wanted(), [(DEVICE, 2)]);
        let stranger = sign(&tablet, DEVICE, 2, &ServerSigner::new(&[2; 32]));
        tablet.take_receipts(&[stranger]);
        assert_eq!(
            open(&tablet),
            [(key(1), 2, Held::Unsent), (key(2), 1, Held::Unsigned)]
        );
        ask(&mut tablet);
        assert_eq!(open(&tablet), [(key(1), 1, Held::Unsent)]);
        let said = answer(&tablet, 3);
        take(&mut tablet, &said);
        ask(&mut tablet);
        assert_eq!(open(&tablet), []);
        assert_eq!(tablet.replica.receipts_wanted(), []);
    }

    #[test]
    fn a_receipt_for_something_else_covers_nothing() {
        let mut tablet = tablet();
        write(&mut tablet, 1, "Lò Văn A", 10);
        let mut other = tablet.clone();
        write(&mut other, 2, "Lò Văn B", 20);
        write(&mut tablet, 2, "Lò Văn C", 20);
        let said = answer(&tablet, 2);
        take(&mut tablet, &said);
        let of_other = sign(&other, DEVICE, 2, &signer());
        tablet.take_receipts(&[of_other]);
        assert_eq!(open(&tablet).len(), 2);
    }

    #[test]
    fn a_restored_server_opens_what_it_has_forgotten() {
        let mut tablet = tablet();
        for number in 1..=3 {
            write(&mut tablet, number, "Lò Văn A", 10);
        }
        let said = answer(&tablet, 3);
        take(&mut tablet, &said);
        ask(&mut tablet);
        assert_eq!(open(&tablet), []);
        let before = tablet.replica.receipts[&DEVICE];
        let said = answer(&tablet, 1);
        take(&mut tablet, &said);
        assert_eq!(open(&tablet).len(), 3, "what it has is signed for anew");
        tablet.take_receipts(&[before]);
        assert_eq!(open(&tablet).len(), 3, "what is late covers nothing");
        assert_eq!(tablet.replica.receipts_wanted(), [(DEVICE, 1)]);
        let said = answer(&tablet, 3);
        take(&mut tablet, &said);
        ask(&mut tablet);
        assert_eq!(open(&tablet), []);
    }

    #[test]
    fn under_another_identity_both_are_covered_by_receipts_of_their_own() {
        let mut tablet = tablet();
        for number in 1..=3 {
            write(&mut tablet, number, "Lò Văn A", 10);
        }
        let mut said = answer(&tablet, 2);
        said.identity = Identity::Renew { common: 2 };
        take(&mut tablet, &said);
        let new = tablet.replica.device;
        assert_ne!(new, DEVICE);
        assert_eq!(tablet.replica.unreceipted().len(), 2);
        let mut said = answer(&tablet, 1);
        said.former_held = vec![(DEVICE, 2)];
        take(&mut tablet, &said);
        assert_eq!(tablet.replica.receipts_wanted(), [(new, 1), (DEVICE, 2)]);
        ask(&mut tablet);
        assert_eq!(tablet.replica.unreceipted(), []);
    }
}
