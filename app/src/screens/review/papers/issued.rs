//! The papers that were issued.

use super::{FORMATS, kind_words};
use crate::texts::{self, documents as say};
use leptos::prelude::*;
use thidua_domain::api::IssuedPaper;

/// The list, with every file of every paper.
#[component]
pub fn Issued(papers: Vec<IssuedPaper>) -> impl IntoView {
    let none = papers.is_empty().then(|| {
        view! { <p class="empty">{say::none_issued()}</p> }
    });
    let rows = papers.into_iter().map(|paper| view! { <Row paper /> });
    let table = none.is_none().then(|| {
        view! {
            <div
                class="table-scroll"
                tabindex="0"
                role="region"
                aria-label=say::issued_table()
            >
                <table class="table table--papers">
                    <thead>
                        <tr>
                            <th scope="col">{say::paper()}</th>
                            <th scope="col">{say::signer()}</th>
                            <th scope="col">{say::issued_on()}</th>
                            <th scope="col">{say::download()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <section aria-labelledby="issued-title">
            <h2 id="issued-title">{say::issued()}</h2>
            {none}
            {table}
        </section>
    }
}

#[component]
fn Row(paper: IssuedPaper) -> impl IntoView {
    let name = say::named(kind_words(paper.kind), paper.number.to_string(), paper.date);
    let files = paper
        .files
        .iter()
        .map(|file| {
            let format = FORMATS.iter().find(|(format, _)| *format == file.format);
            let word = format.map_or(say::file(), |(_, word)| *word);
            let kilobytes = file.bytes.div_ceil(1024);
            let size = texts::int(i64::try_from(kilobytes).unwrap_or(i64::MAX));
            let label = say::download_of(word, &name);
            view! {
                // The browser's own download, past the app's router.
                <a
                    class="button button--small"
                    href=format!("/api/papers/{}/{}", paper.id, file.format)
                    rel="external"
                    download=""
                    aria-label=label
                    title=say::file_sha(&file.sha256)
                >
                    {format!("{word} · {size} KB")}
                </a>
            }
        })
        .collect_view();
    view! {
        <tr data-paper=paper.id.to_string()>
            <th scope="row">
                {name.clone()}
                <span class="table__note table__digest">
                    {say::digest(paper.digest)}
                </span>
            </th>
            <td>{paper.signatory.clone()}</td>
            <td>
                {paper.account.clone()}
                <span class="table__note">{texts::moment(paper.issued_ms)}</span>
            </td>
            <td>
                <div class="paper-files">{files}</div>
            </td>
        </tr>
    }
}
