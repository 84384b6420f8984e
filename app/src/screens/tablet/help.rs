//! Help, readable without a connection: the commune's guide, chapter by chapter.

use crate::texts::frame as say;
use crate::ui::Icon;
use leptos::prelude::*;

/// A chapter of the guide. `app/build.rs` makes them.
struct Chapter {
    title: &'static str,
    html: &'static str,
}

static CHAPTERS: &[Chapter] = include!(concat!(env!("OUT_DIR"), "/help.rs"));

fn anchor(number: usize) -> String {
    format!("muc-{}", number + 1)
}

/// All chapters on one page, so that the browser's own search finds a word in any of them.
#[component]
pub fn HelpScreen() -> impl IntoView {
    let contents = CHAPTERS
        .iter()
        .enumerate()
        .map(|(number, chapter)| {
            view! {
                <li>
                    <a class="help__link" lang="vi" href=format!("#{}", anchor(number))>
                        {chapter.title}
                    </a>
                </li>
            }
        })
        .collect_view();
    let chapters = CHAPTERS
        .iter()
        .enumerate()
        .map(|(number, chapter)| {
            view! {
                <section class="card help__chapter" id=anchor(number) tabindex="-1">
                    <h2 lang="vi">{chapter.title}</h2>
                    <div class="help__text" lang="vi" inner_html=chapter.html></div>
                    <a class="help__top" href="#muc-luc">
                        <Icon name="list" />
                        {say::to_contents()}
                    </a>
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="page help">
            <h1 class="page__title">{say::help()}</h1>
            {say::guide_note().map(|note| view! { <p class="page__lead">{note}</p> })}
            <nav class="card help__contents" id="muc-luc" tabindex="-1" aria-label=say::contents()>
                <ul>{contents}</ul>
            </nav>
            {chapters}
        </div>
    }
}
