//! Papers: drafts of the report and of lists of recognition, and those that were issued.

mod issued;
mod sheet;

use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::platform::download;
use crate::sync::transport;
use crate::ui::{Banner, Choice, Dialog, Icon, SelectField, TextField};
use crate::words;
use issued::Issued;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use sheet::Sheet;
use thidua_domain::api::{
    IssuedPaper, MAX_SIGNATORY_CHARS, MAX_SUMMARY_CHARS, PaperDesk, PaperInput, PaperKind,
};
use thidua_domain::area::{AreaCode, AreaLevel, AreaTree};

const FORMATS: [(&str, &str); 3] = [("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel")];

const TABLES: [(&str, &str); 6] = [
    ("chi-tieu", "Chỉ tiêu"),
    ("dia-ban", "Kết quả theo địa bàn"),
    ("nop-cham", "Địa bàn nộp chậm"),
    ("dem", "Số đếm từng xã"),
    ("ho-so", "Từng hồ sơ"),
    ("cho-duyet", "Hồ sơ chờ duyệt"),
];

/// The page of the account's own area.
#[component]
pub fn OwnPapers() -> impl IntoView {
    let current = expect_context::<Current>();
    let area = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || area.get().map(|code| view! { <Papers code /> })
}

/// The page of the area that the address names.
#[component]
pub fn AreaPapers() -> impl IntoView {
    let params = use_params_map();
    let area = Memo::new(move |_| {
        params
            .with(|params| params.get("code"))
            .and_then(|code| AreaCode::parse(&code).ok())
    });
    move || area.get().map(|code| view! { <Papers code /> })
}

pub(super) fn kind_words(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Report => "Báo cáo tổng hợp",
        PaperKind::CulturalFamilies => "Danh sách Gia đình văn hóa",
        PaperKind::SafeResidentialAreas => "Danh sách khu dân cư an toàn về an ninh, trật tự",
        PaperKind::CulturalResidentialAreas => "Danh sách Khu dân cư văn hóa",
        PaperKind::SafeUnits => "Danh sách đơn vị an toàn về an ninh, trật tự",
        PaperKind::NewRuralCommunes => "Danh sách xã đạt chuẩn nông thôn mới",
    }
}

/// The areas of the account and all below, in the catalogue's order.
fn areas() -> Vec<Choice> {
    let tree = AreaTree::embedded();
    let date = season().date;
    let own = expect_context::<Current>().0.with_untracked(|session| {
        session
            .as_ref()
            .map(|session| session.areas.clone())
            .unwrap_or_default()
    });
    let mut choices = Vec::new();
    let mut add = |code: &AreaCode| {
        if let Some(area) = tree.get(code, date) {
            let inset = match area.level() {
                AreaLevel::Commune => "· ",
                _ => "",
            };
            let label = format!("{inset}{}", area.name);
            choices.push(Choice::new(area.code.to_string(), label));
        }
    };
    for code in &own {
        add(code);
        for child in tree.children(code, date) {
            add(&child.code);
            for commune in tree.children(&child.code, date) {
                add(&commune.code);
            }
        }
    }
    choices
}

/// What is under way with the server.
#[derive(Clone, Debug, PartialEq)]
enum Work {
    Nothing,
    Making(&'static str),
    Issuing,
}

#[component]
fn Papers(code: AreaCode) -> impl IntoView {
    let season = season();
    let path = format!("/api/reports/{code}");
    let again = RwSignal::new(0_u32);
    let remote = Remote::<PaperDesk>::read(
        {
            let path = path.clone();
            move || Some(path.clone())
        },
        move || {
            again.get();
        },
    );
    let sheet = Sheet::new();
    Effect::new(move |_| {
        if let Some(desk) = remote.value.get() {
            sheet.begin(&desk);
        }
    });
    let work = RwSignal::new(Work::Nothing);
    let said = RwSignal::new(None::<Result<String, String>>);
    let confirming = RwSignal::new(false);
    let busy = move || work.with(|work| *work != Work::Nothing);

    let path = StoredValue::new(path);
    let name_of = StoredValue::new(code.clone());
    let make = move |format: &'static str| {
        if busy() {
            return;
        }
        let input = match sheet.read() {
            Ok(input) => input,
            Err(words) => return said.set(Some(Err(words))),
        };
        work.set(Work::Making(format));
        said.set(None);
        let url = format!("{}/draft/{format}", path.get_value());
        let name = format!(
            "du-thao-{}-{}.{format}",
            input.kind.as_str(),
            name_of.get_value()
        );
        leptos::task::spawn_local(async move {
            let answer = transport::file("POST", &url, Some(&input)).await;
            work.set(Work::Nothing);
            said.set(Some(match answer {
                Ok(file) => {
                    let size = file.bytes.len().div_ceil(1024);
                    download::save(&name, &file.content_type, &file.bytes);
                    Ok(format!(
                        "Đã tải dự thảo {name} ({size} KB). Dự thảo không lưu trên máy chủ."
                    ))
                }
                Err(error) => Err(words::no_answer(&error)),
            }));
        });
    };
    let check = move |_| match sheet.read().and_then(complete) {
        Ok(_) => {
            said.set(None);
            confirming.set(true);
        }
        Err(words) => said.set(Some(Err(words))),
    };
    let issue = move |_| {
        if busy() {
            return;
        }
        let Ok(input) = sheet.read().and_then(complete) else {
            return;
        };
        work.set(Work::Issuing);
        let url = format!("{}/final", path.get_value());
        leptos::task::spawn_local(async move {
            let answer: Result<IssuedPaper, _> = transport::json("POST", &url, Some(&input)).await;
            work.set(Work::Nothing);
            confirming.set(false);
            said.set(Some(match answer {
                Ok(paper) => {
                    sheet.number.set(String::new());
                    again.update(|count| *count += 1);
                    Ok(format!(
                        "Đã phát hành {} số {}. Số liệu đã đóng băng; tải các tệp ở bảng dưới.",
                        kind_words(paper.kind),
                        paper.number
                    ))
                }
                Err(error) => Err(words::no_answer(&error)),
            }));
        });
    };

    let navigate = StoredValue::new_local(use_navigate());
    let chosen = code.to_string();
    let kinds: Vec<Choice> = PaperKind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.as_str(), kind_words(kind)))
        .collect();
    let may_issue = Memo::new(move |_| {
        remote
            .value
            .with(|desk| desk.as_ref().is_some_and(|desk| desk.may_issue))
    });
    let is_report = move || sheet.kind.get() == PaperKind::Report;
    let tables = TABLES
        .map(|(table, words)| {
            view! {
                // The browser's own download, past the app's router.
                <a
                    class="button button--small"
                    href=format!("/api/tables/{table}?area={code}")
                    rel="external"
                    download=""
                >
                    {words}
                </a>
            }
        })
        .collect_view();
    let title = format!("Báo cáo: {}", words::area_name(&code, season));
    view! {
        <section class="page page--wide" aria-labelledby="papers-title">
            <h1 id="papers-title" class="page__title">{title}</h1>
            <p class="page__lead">
                "Văn bản trình bày theo Nghị định 30/2020/NĐ-CP. Dự thảo lấy số liệu lúc tải; bản chính thức giữ nguyên số liệu lúc phát hành."
            </p>
            {remote.notice()}
            <div class="toolbar toolbar--filters">
                <SelectField
                    label="Địa bàn"
                    choices=areas()
                    value=chosen
                    on_change=move |code| {
                        let to = format!("/bao-cao/{code}");
                        navigate.with_value(|navigate| navigate(&to, Default::default()));
                    }
                />
                <SelectField
                    label="Loại văn bản"
                    choices=kinds
                    value=Signal::derive(move || sheet.kind.get().as_str().to_owned())
                    on_change=move |word| {
                        if let Some(kind) = PaperKind::parse(&word) {
                            sheet.kind.set(kind);
                        }
                    }
                />
            </div>
            <div class="paper-form">
                <div class="paper-form__row">
                    {move || {
                        let label = if is_report() { "Số báo cáo" } else { "Số quyết định" };
                        view! {
                            <TextField
                                label=label
                                value=sheet.number
                                on_change=move |text| sheet.number.set(text)
                                max_length=6
                            />
                        }
                    }}
                    <TextField
                        label="Ngày ký"
                        value=sheet.date
                        on_change=move |text| sheet.date.set(text)
                        max_length=10
                        hint="ngày/tháng/năm"
                    />
                    <TextField
                        label="Người ký"
                        value=sheet.signatory
                        on_change=move |text| sheet.signatory.set(text)
                        max_length=u32::try_from(MAX_SIGNATORY_CHARS).unwrap_or(u32::MAX)
                    />
                </div>
                <Show when=is_report>
                    <TextField
                        label="Kết quả chung (mỗi dòng một đoạn)"
                        value=sheet.summary
                        on_change=move |text| sheet.summary.set(text)
                        max_length=u32::try_from(MAX_SUMMARY_CHARS).unwrap_or(u32::MAX)
                        multiline=true
                        rows=7
                        hint="Sửa lời văn tùy ý; bảng số liệu do máy lập và không sửa ở đây."
                    />
                    // Always there: what appeared on leaving the text would move the button aimed at.
                    <button
                        type="button"
                        class="button button--quiet"
                        disabled=move || !sheet.is_edited()
                        on:click=move |_| sheet.restore()
                    >
                        <Icon name="return" />
                        "Lấy lại lời văn máy soạn"
                    </button>
                </Show>
                <div class="paper-form__actions" role="group" aria-label="Tải dự thảo">
                    {FORMATS
                        .map(|(format, name)| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    disabled=busy
                                    on:click=move |_| make(format)
                                >
                                    {format!("Dự thảo {name}")}
                                </button>
                            }
                        })
                        .collect_view()}
                    <Show when=move || may_issue.get()>
                        <button
                            type="button"
                            class="button button--primary"
                            disabled=busy
                            on:click=check
                        >
                            <Icon name="lock" />
                            "Phát hành bản chính thức"
                        </button>
                    </Show>
                </div>
                <p class="paper-form__progress" role="status">
                    {move || match work.get() {
                        Work::Nothing => String::new(),
                        Work::Making(format) => format!("Đang tổng hợp và dàn trang ({format})…"),
                        Work::Issuing => "Đang đóng băng số liệu và lập ba tệp…".to_owned(),
                    }}
                    <Show when=busy>
                        <progress class="paper-form__bar" aria-label="Đang lập văn bản"></progress>
                    </Show>
                </p>
                {move || match said.get() {
                    None => ().into_any(),
                    Some(Ok(words)) => {
                        view! {
                            <Banner tone="success" icon="check">
                                <p>{words}</p>
                            </Banner>
                        }
                            .into_any()
                    }
                    Some(Err(words)) => {
                        view! {
                            <Banner tone="danger" icon="warning">
                                <p role="alert">{words}</p>
                            </Banner>
                        }
                            .into_any()
                    }
                }}
            </div>
            {move || remote.value.get().map(|desk| view! { <Issued papers=desk.issued /> })}
            <section aria-labelledby="tables-title">
                <h2 id="tables-title">"Bảng số liệu (CSV)"</h2>
                <p>"Mở được bằng Excel; số liệu lúc tải."</p>
                <div class="paper-files">{tables}</div>
            </section>
            <Dialog title="Phát hành bản chính thức" open=confirming>
                <p>
                    <strong>{move || kind_words(sheet.kind.get())}</strong>
                    {move || {
                        format!(" số {}, ngày {}", sheet.number.get(), sheet.date.get())
                    }}
                </p>
                <p>
                    "Sau khi phát hành, số liệu và lời văn giữ nguyên, không sửa và không xóa được. Muốn đổi, hãy phát hành văn bản khác với số khác."
                </p>
                <div class="dialog__actions">
                    <button class="button" on:click=move |_| confirming.set(false)>
                        "Chưa phát hành"
                    </button>
                    <button class="button button--primary" disabled=busy on:click=issue>
                        "Phát hành"
                    </button>
                </div>
            </Dialog>
        </section>
    }
}

/// A paper that can be issued.
fn complete(input: PaperInput) -> Result<PaperInput, String> {
    if input.number.is_none() || input.date.is_none() || input.signatory.is_empty() {
        return Err("Bản chính thức cần có số, ngày ký và người ký. Chưa phát hành.".to_owned());
    }
    Ok(input)
}
