//! What goes on beside the pages: tablets that sync.

use super::Failure;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_server::clock::Clock;
use thidua_server::store::Sqlite;
use thidua_server::store::contract::{PERIOD, Tablet, complete_family, rules};

/// Each push has this many edits...
const EDITS: usize = 40;
/// ...and there are this many pushes a second, each from another commune.
const PUSHES_A_SECOND: u64 = 10;

/// Tablets of one commune after another that sync new families.
pub struct Load {
    stop: Arc<AtomicBool>,
    pushed: Arc<AtomicU64>,
    task: tokio::task::JoinHandle<()>,
}

impl Load {
    pub fn start(database: Sqlite) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let pushed = Arc::new(AtomicU64::new(0));
        let (stopping, counting) = (Arc::clone(&stop), Arc::clone(&pushed));
        let task = tokio::spawn(async move {
            let rules = rules();
            let communes = rules.tree.communes(rules.season.date);
            let fields = complete_family();
            let fields: Vec<_> = fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.clone()))
                .collect();
            let mut ticks = tokio::time::interval(Duration::from_millis(1_000 / PUSHES_A_SECOND));
            // New at every run: the directory stays.
            let run = u64::from(std::process::id()) << 32 | Clock::system().now_ms() & 0xffff_ffff;
            for push in 0.. {
                ticks.tick().await;
                if stopping.load(Ordering::Relaxed) {
                    return;
                }
                let home = &communes[push as usize % communes.len()].code;
                let device = run.wrapping_add(push);
                let account = format!("bench-{device}");
                let mut tablet = Tablet::new(&account, device, std::slice::from_ref(home));
                for family in 0..EDITS / 2 {
                    let id = SubjectId(u128::from(device) << 64 | family as u128);
                    let entry = RecordKey::entry(id, Assessment::CulturalFamily, PERIOD);
                    tablet.add_family(home, id, &format!("Lò Văn {family}"), None);
                    tablet.write(home, &entry, &fields);
                }
                let edits: Vec<_> = tablet.log.values().cloned().collect();
                let (last_seq, count) = (tablet.replica.last_seq, edits.len() as u64);
                if tablet.push(&database, last_seq, edits).await.is_ok() {
                    counting.fetch_add(count, Ordering::Relaxed);
                }
            }
        });
        Self { stop, pushed, task }
    }

    pub async fn stop(self) -> Result<u64, Failure> {
        self.stop.store(true, Ordering::Relaxed);
        self.task.await?;
        Ok(self.pushed.load(Ordering::Relaxed))
    }
}
