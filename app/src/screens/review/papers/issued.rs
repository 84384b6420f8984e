//! The papers that were issued.

use super::{FORMATS, kind_words};
use crate::words;
use leptos::prelude::*;
use thidua_domain::api::IssuedPaper;
use thidua_domain::text;

/// The list, with every file of every paper.
#[component]
pub fn Issued(papers: Vec<IssuedPaper>) -> impl IntoView {
    let none = papers.is_empty().then(|| {
        view! { <p class="empty">"Chưa phát hành văn bản nào của địa bàn này."</p> }
    });
    let rows = papers.into_iter().map(|paper| view! { <Row paper /> });
    let table = none.is_none().then(|| {
        view! {
            <div
                class="table-scroll"
                tabindex="0"
                role="region"
                aria-label="Bảng văn bản đã phát hành"
            >
                <table class="table table--papers">
                    <thead>
                        <tr>
                            <th scope="col">"Văn bản"</th>
                            <th scope="col">"Người ký"</th>
                            <th scope="col">"Phát hành"</th>
                            <th scope="col">"Tải"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <section aria-labelledby="issued-title">
            <h2 id="issued-title">"Đã phát hành"</h2>
            {none}
            {table}
        </section>
    }
}

#[component]
fn Row(paper: IssuedPaper) -> impl IntoView {
    let name = format!(
        "{} số {}, ngày {}",
        kind_words(paper.kind),
        paper.number,
        paper.date.format_vi()
    );
    let files = paper
        .files
        .iter()
        .map(|file| {
            let format = FORMATS.iter().find(|(format, _)| *format == file.format);
            let word = format.map_or("Tệp", |(_, word)| *word);
            let kilobytes = file.bytes.div_ceil(1024);
            let size = text::format_int(i64::try_from(kilobytes).unwrap_or(i64::MAX));
            let label = format!("Tải {word}: {name}");
            view! {
                // The browser's own download, past the app's router.
                <a
                    class="button button--small"
                    href=format!("/api/papers/{}/{}", paper.id, file.format)
                    rel="external"
                    download=""
                    aria-label=label
                    title=format!("SHA-256 của tệp: {}", file.sha256)
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
                    {format!("Mã đối chiếu {}", paper.digest)}
                </span>
            </th>
            <td>{paper.signatory.clone()}</td>
            <td>
                {paper.account.clone()}
                <span class="table__note">{words::moment(paper.issued_ms)}</span>
            </td>
            <td>
                <div class="paper-files">{files}</div>
            </td>
        </tr>
    }
}
