//! What a device's edits do.

use super::work::Work;
use super::{DeviceRow, HeldEdit, Loaded, MoreFeeds, PushReply, Rules, Writes};
use crate::access::Principal;
use crate::sync::edit::{Edit, EditDigest};
use crate::sync::wire::{Identity, Rejection, Request, Sent};
use std::collections::BTreeMap;

/// How a device's edits are taken: [`plan_push`], or [`plan_carried`] where somebody else brought them.
pub type PushPlan =
    fn(Rules, &Principal, Request, Loaded) -> Result<(Writes, PushReply), MoreFeeds>;

/// Plans what a device's edits do.
pub fn plan_push(
    rules: Rules,
    principal: &Principal,
    request: Request,
    mut loaded: Loaded,
) -> Result<(Writes, PushReply), MoreFeeds> {
    let Request {
        device,
        last_seq,
        sent,
        edits,
        ..
    } = request;
    let row = loaded.device.clone().unwrap_or_else(|| DeviceRow {
        account: principal.account.clone(),
        held: 0,
    });
    let former_held = loaded
        .former
        .iter()
        .filter(|(_, former)| former.account == principal.account)
        .map(|(former, row)| (*former, row.held))
        .collect();
    let known = std::mem::take(&mut loaded.held);
    // What the device has compared: a request without edits says that nothing of its waits.
    let covered = match &sent {
        Some(sent) => arrived(sent, &known),
        None => edits.last().map_or(last_seq, |edit| edit.id.seq),
    };
    if let Some(common) = disputed(principal, &row, last_seq, covered, &edits, &known) {
        let reply = PushReply {
            held: common,
            rejected: rejected_before(&known, common),
            identity: Identity::Renew { common },
            former_held,
            pull: false,
        };
        return Ok((Writes::default(), reply));
    }

    // Sent again because an answer was lost: what was not taken then is said again.
    let mut rejected = rejected_before(&known, row.held.min(covered));
    let mut held = row.held;
    let mut work = Work::new(rules, loaded);
    for edit in edits {
        // Held already, or after a gap: the device learns from `held` where to go on.
        if edit.id.seq != held + 1 {
            continue;
        }
        held = edit.id.seq;
        match work.judge(principal, &edit) {
            Ok(feed) => work.append(feed, edit),
            Err(refusal) => {
                let reason = refusal.reason;
                rejected.push(Rejection {
                    seq: edit.id.seq,
                    reason,
                });
                if let Some(commune) = refusal.kept_for {
                    work.keep(&edit, commune);
                }
                work.writes.rejected.push((edit, reason));
            }
        }
    }
    let mut writes = work.finish()?;
    writes.device = Some((
        device,
        DeviceRow {
            account: row.account,
            held,
        },
    ));
    let reply = PushReply {
        // More may be held, but of that the device has not yet heard what became of it.
        held: held.min(covered),
        rejected,
        identity: Identity::Keep,
        former_held,
        pull: covered == last_seq,
    };
    Ok((writes, reply))
}

/// Plans what edits do that somebody else carried here. Their device may have synced meanwhile: that it has
/// written more than it says is no sign of a clone then. Edits that differ from those held are, as ever.
pub fn plan_carried(
    rules: Rules,
    principal: &Principal,
    mut request: Request,
    loaded: Loaded,
) -> Result<(Writes, PushReply), MoreFeeds> {
    let known = loaded.device.as_ref().map_or(0, |row| row.held);
    request.last_seq = request.last_seq.max(known);
    plan_push(rules, principal, request, loaded)
}

fn rejected_before(known: &BTreeMap<u32, HeldEdit>, last: u32) -> Vec<Rejection> {
    known
        .range(..=last)
        .filter_map(|(seq, edit)| {
            let reason = edit.rejected?;
            Some(Rejection { seq: *seq, reason })
        })
        .collect()
}

/// If the device's sequence is not the one the hub knows, the last number on which they agree.
fn disputed(
    principal: &Principal,
    row: &DeviceRow,
    last_seq: u32,
    covered: u32,
    edits: &[Edit],
    known: &BTreeMap<u32, HeldEdit>,
) -> Option<u32> {
    if row.account != principal.account {
        return Some(0);
    }
    let differs = edits.iter().find(|edit| {
        known
            .get(&edit.id.seq)
            .is_some_and(|held| held.digest != edit.digest())
    });
    if let Some(edit) = differs {
        return Some(edit.id.seq - 1);
    }
    (covered == last_seq && last_seq < row.held).then_some(last_seq)
}

/// How far what was sent is held: up to the end of the last stretch whose running digest is that of the
/// edits held. A clone's edits have other digests; then the device goes on from where it began, and the
/// edits themselves bring the dispute to light.
fn arrived(sent: &Sent, known: &BTreeMap<u32, HeldEdit>) -> u32 {
    let mut arrived = sent.first.saturating_sub(1);
    let mut check = EditDigest::default();
    let mut next = sent.first;
    for (end, digest) in &sent.ends {
        while next <= *end {
            let Some(held) = known.get(&next) else {
                return arrived;
            };
            check = check.chain(held.digest);
            next += 1;
        }
        if check != *digest {
            return arrived;
        }
        arrived = *end;
    }
    arrived
}
