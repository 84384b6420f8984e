//! Sổ Thi Đua in the browser: commune staff enter on tablets without signal, reviewers see the merged
//! data. Both are this one program; who signs in decides which screens there are.

mod app;
mod areas;
mod model;
mod photos;
mod platform;
mod screens;
mod session;
mod store;
mod sync;
mod tablet;
mod texts;
mod ui;

fn main() {
    texts::restore();
    leptos::mount::mount_to_body(app::App);
    // The shell that was painted before the program arrived has done its work.
    if let Some(boot) = platform::window()
        .document()
        .and_then(|document| document.get_element_by_id("boot"))
    {
        boot.remove();
    }
}
