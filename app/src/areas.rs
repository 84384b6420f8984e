//! The areas there are: those compiled in, with what has changed since. What changed comes with the session and is kept
//! with it, so it is known without a network too.

use std::cell::Cell;
use thidua_domain::api::Session;
use thidua_domain::area::AreaTree;
use thidua_domain::setting::Settings;

thread_local! {
    static TREE: Cell<Option<&'static AreaTree>> = const { Cell::new(None) };
}

/// The areas.
pub fn tree() -> &'static AreaTree {
    TREE.get().unwrap_or_else(AreaTree::embedded)
}

/// Takes what changed from a session kept here, unless something newer is known.
pub fn begin_with(session: &Session) {
    if TREE.get().is_none() {
        follow(session);
    }
}

/// Takes what changed from a session that the server has just described. Changes that this program's catalogue does not fit are left to a newer one.
pub fn follow(session: &Session) {
    if let Ok(tree) = AreaTree::with(session.area_changes.clone()) {
        TREE.set(Some(tree));
    }
}

/// Takes what changed from what the province sets, which is newer than the session where both are there.
pub fn follow_settings(settings: &Settings) {
    if let Ok(tree) = settings.tree() {
        TREE.set(Some(tree));
    }
}
