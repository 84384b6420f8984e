//! Makes the help inside the app out of the commune's guide: who reads one has read the other. And lists the
//! program's own source for the test that looks for texts outside of the table of texts.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};
use std::path::{Path, PathBuf};

const GUIDE: &str = "../docs/guide-commune.md";
/// Where the guide's pictures are, seen from the guide; `index.html` has them copied to `/help`.
const PICTURES: &str = "pictures/tablet/";

struct Chapter {
    title: String,
    html: String,
}

fn main() {
    println!("cargo::rerun-if-changed={GUIDE}");
    let guide = std::fs::read_to_string(GUIDE).expect("the guide is there");
    let chapters = chapters(&guide);
    assert!(!chapters.is_empty(), "{GUIDE} has no chapter");
    let rows = chapters.iter().map(|Chapter { title, html }| {
        format!("Chapter {{ title: {title:?}, html: {html:?} }},\n")
    });
    let source = format!("&[\n{}]\n", rows.collect::<String>());
    let out = std::env::var("OUT_DIR").expect("set by cargo");
    std::fs::write(Path::new(&out).join("help.rs"), source).expect("written to OUT_DIR");
    std::fs::write(Path::new(&out).join("source.rs"), source_list()).expect("written to OUT_DIR");
}

/// The files of `src` with their text, as an expression that includes them.
fn source_list() -> String {
    println!("cargo::rerun-if-changed=src");
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo");
    let root = Path::new(&root).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let rows = files.iter().map(|file| {
        let name = file.strip_prefix(&root).expect("it was found there");
        format!("({name:?}, include_str!({file:?})),\n")
    });
    format!("&[\n{}]\n", rows.collect::<String>())
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("a directory of src") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// One chapter for each heading of the second level; what comes before the first says what the guide is.
fn chapters(guide: &str) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    let mut title = None::<String>;
    let mut body = Vec::new();
    let mut in_title = false;
    for event in Parser::new(guide) {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) => {
                chapters.extend(title.take().map(|title| chapter(title, &mut body)));
                body.clear();
                (title, in_title) = (Some(String::new()), true);
            }
            Event::End(TagEnd::Heading(HeadingLevel::H2)) => in_title = false,
            Event::Text(text) if in_title => title.get_or_insert_default().push_str(&text),
            event => body.push(event),
        }
    }
    chapters.extend(title.map(|title| chapter(title, &mut body)));
    chapters
}

fn chapter(title: String, body: &mut Vec<Event<'_>>) -> Chapter {
    let mut rendered = String::new();
    html::push_html(&mut rendered, body.drain(..).map(with_picture));
    Chapter {
        title,
        html: rendered,
    }
}

fn with_picture(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            let name = dest_url
                .strip_prefix(PICTURES)
                .unwrap_or_else(|| panic!("{GUIDE}: the app has no picture {dest_url}"));
            let picture = format!("../docs/{PICTURES}{name}");
            assert!(
                Path::new(&picture).exists(),
                "{GUIDE}: there is no {picture}"
            );
            let dest_url = CowStr::from(format!("/help/{name}"));
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            })
        }
        event => event,
    }
}
