//! The contract of a replica's shell on the reference, [`MemoryShell`]. The app runs the same cases on
//! IndexedDB.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use thidua_domain::area::AreaCode;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::replica::Replica;
use thidua_domain::sync::shell::{self, MemoryShell};

/// Memory never keeps anybody waiting.
fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn empty() -> MemoryShell {
    let home = AreaCode::parse("03751").unwrap();
    let replica = Replica::new(DeviceId(0xA), "can-bo".to_owned(), vec![home]);
    MemoryShell::new(MemoryReplica::new(replica))
}

macro_rules! on_memory {
    ($($case:ident),+ $(,)?) => {
        $(
            #[test]
            fn $case() {
                run(shell::$case(empty()));
            }
        )+
    };
}

thidua_domain::each_shell_case!(on_memory);
