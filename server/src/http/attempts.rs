//! Limits on guessing passwords, by account and by address.
//!
//! An account that is guessed at makes every further guess wait longer. An address gets a generous
//! limit: an office's people share one.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Failures older than this are forgotten.
const WINDOW_MS: u64 = 15 * 60 * 1000;
/// Failures that an account may have without a wait.
const PER_ACCOUNT: usize = 10;
/// The first wait; each further failure doubles it, up to the window.
const FIRST_WAIT_MS: u64 = 30 * 1000;
/// Failures that an address may have.
const PER_ADDRESS: usize = 100;
/// Accounts and addresses remembered. Names that do not exist are remembered too, so there is a limit.
const MAX_REMEMBERED: usize = 20_000;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Who {
    Account(String),
    Address(IpAddr),
}

/// Remembers failed attempts to sign in.
#[derive(Default)]
pub(super) struct Attempts {
    failures: Mutex<HashMap<Who, Vec<u64>>>,
}

impl Attempts {
    /// Notes an attempt, as failed until [`Attempts::succeeded`] is called: a thousand guesses at the
    /// same moment count as a thousand. Or says after how many seconds to come again.
    pub(super) fn begin(&self, account: &str, address: IpAddr, now_ms: u64) -> Result<(), u64> {
        let mut failures = self.lock();
        if failures.len() > MAX_REMEMBERED {
            failures.retain(|_, times| times.iter().any(|time| is_recent(*time, now_ms)));
        }
        let keys = keys(account, address);
        for who in &keys {
            let Some(times) = failures.get_mut(who) else {
                continue;
            };
            times.retain(|time| is_recent(*time, now_ms));
            let wait = wait_ms(who, times, now_ms);
            if wait > 0 {
                return Err(wait.div_ceil(1000));
            }
        }
        for who in keys {
            failures.entry(who).or_default().push(now_ms);
        }
        Ok(())
    }

    /// The attempt was a success: the account starts anew, and the address has one failure less.
    pub(super) fn succeeded(&self, account: &str, address: IpAddr) {
        let mut failures = self.lock();
        let [account, address] = keys(account, address);
        failures.remove(&account);
        if let Some(times) = failures.get_mut(&address) {
            times.pop();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Who, Vec<u64>>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn keys(account: &str, address: IpAddr) -> [Who; 2] {
    // Whoever has one IPv6 address has 2^64 of them.
    let address = match address {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        other => other.to_canonical(),
    };
    [Who::Account(account.to_owned()), Who::Address(address)]
}

fn is_recent(time: u64, now_ms: u64) -> bool {
    now_ms.saturating_sub(time) < WINDOW_MS
}

/// How long to wait after these failures, which are all recent.
fn wait_ms(who: &Who, times: &[u64], now_ms: u64) -> u64 {
    match who {
        Who::Account(_) => {
            let Some(over) = times.len().checked_sub(PER_ACCOUNT) else {
                return 0;
            };
            let doublings = u32::try_from(over).unwrap_or(u32::MAX).min(10);
            let wait = (FIRST_WAIT_MS << doublings).min(WINDOW_MS);
            let last = times.last().copied().unwrap_or_default();
            (last + wait).saturating_sub(now_ms)
        }
        Who::Address(_) if times.len() >= PER_ADDRESS => {
            let first = times.first().copied().unwrap_or_default();
            (first + WINDOW_MS).saturating_sub(now_ms)
        }
        Who::Address(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    #[test]
    fn an_account_that_is_guessed_at_makes_guesses_wait() {
        let attempts = Attempts::default();
        for _ in 0..PER_ACCOUNT {
            assert_eq!(attempts.begin("ta-hoc", OFFICE, 1_000), Ok(()));
        }
        assert_eq!(attempts.begin("ta-hoc", OFFICE, 1_000), Err(30));
        // A colleague at the same address is let in.
        assert_eq!(attempts.begin("chieng-ngan", OFFICE, 1_000), Ok(()));
        // After the wait there is one more try, and then a longer wait.
        assert_eq!(attempts.begin("ta-hoc", OFFICE, 31_000), Ok(()));
        assert_eq!(attempts.begin("ta-hoc", OFFICE, 31_000), Err(60));
        attempts.succeeded("ta-hoc", OFFICE);
        assert_eq!(attempts.begin("ta-hoc", OFFICE, 31_000), Ok(()));
    }

    #[test]
    fn an_address_that_tries_many_accounts_is_stopped() {
        let attempts = Attempts::default();
        for number in 0..PER_ADDRESS {
            assert_eq!(attempts.begin(&format!("name-{number}"), OFFICE, 0), Ok(()));
        }
        assert_eq!(attempts.begin("another", OFFICE, 0), Err(900));
        assert_eq!(attempts.begin("another", OFFICE, WINDOW_MS), Ok(()));
    }

    #[test]
    fn successes_do_not_use_up_an_offices_limit() {
        let attempts = Attempts::default();
        for number in 0..10 * PER_ADDRESS {
            let name = format!("name-{number}");
            assert_eq!(attempts.begin(&name, OFFICE, 0), Ok(()));
            attempts.succeeded(&name, OFFICE);
        }
    }
}
