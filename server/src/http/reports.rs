//! Papers: drafts for whoever may read an area, issued ones from whoever reviews it.
//!
//! - `GET /api/reports/AREA`: what to begin with, and what was issued;
//! - `POST /api/reports/AREA/draft/FORMAT`: a draft as a file, kept nowhere;
//! - `POST /api/reports/AREA/final`: issues a paper: all its files are kept as they are;
//! - `GET /api/papers/ID/FORMAT`: a file of an issued paper, byte for byte.

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::{Deed, Note};
use crate::report::{self, Format, Issue, Paper, file_digest};
use crate::store::{Database, NewPaper, PaperFile};
use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use thidua_domain::access::{self, Action};
use thidua_domain::api::{
    IssuedPaper, MAX_ISSUED, MAX_SIGNATORY_CHARS, MAX_SUMMARY_CHARS, PaperDesk, PaperInput,
    PaperKind,
};
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::sync::hub::Rules;
use thidua_domain::text;

/// Highest number of a paper: a year has no more.
const MAX_NUMBER: u32 = 99_999;

/// What to begin with.
pub(super) async fn desk<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(code): Path<String>,
) -> Result<Json<PaperDesk>, ApiError> {
    let area = area_of(state.rules, &signed, &code, Action::Read)?;
    let rules = state.rules;
    let today = report::today(state.clock.now_ms());
    let report = report::collect(&state.db, rules, area, &Issue::default(), today).await?;
    Ok(Json(PaperDesk {
        area: area.code.clone(),
        summary: report.summary.join("\n"),
        may_issue: may_issue(rules, &signed, area),
        issued: state
            .db
            .issued_papers(area.code.clone(), MAX_ISSUED)
            .await?,
    }))
}

/// A draft.
pub(super) async fn draft<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path((code, format)): Path<(String, String)>,
    Input(input): Input<PaperInput>,
) -> Result<impl IntoResponse, ApiError> {
    let area = area_of(state.rules, &signed, &code, Action::Read)?;
    let format: Format = format.parse().map_err(|_| ApiError::not_found())?;
    let about = format!("{} {format} {}", area.code, input.kind.as_str());
    readings::note(&state, &signed, Deed::ReportMade, &about).await?;
    let paper = paper(&state, area, &input, true).await?;
    let file = rendered(paper, vec![format]).await?.pop();
    let file = file.ok_or_else(ApiError::internal)?;
    let name = format!("du-thao-{}-{}.{format}", input.kind.as_str(), area.code);
    Ok(attachment(&name, format, file.bytes))
}

/// Issues a paper.
pub(super) async fn issue<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(code): Path<String>,
    Input(input): Input<PaperInput>,
) -> Result<Json<IssuedPaper>, ApiError> {
    let area = area_of(state.rules, &signed, &code, Action::Review)?;
    let (Some(number), Some(date)) = (input.number, input.date) else {
        return Err(ApiError::paper_incomplete());
    };
    let signatory = text::clean_line(&input.signatory);
    if signatory.is_empty() {
        return Err(ApiError::paper_incomplete());
    }
    let paper = paper(&state, area, &input, false).await?;
    let digest = paper.digest.clone();
    let content = serde_json::to_string(&paper).expect("a paper is plain data");
    let files = rendered(paper, Format::ALL.to_vec()).await?;
    let account = signed.account.name;
    let new = NewPaper {
        area: area.code.clone(),
        kind: input.kind,
        number,
        date,
        signatory,
        digest,
        content,
        files,
        account: account.clone(),
    };
    let now_ms = state.clock.now_ms();
    let id = state.db.issue_paper(new, now_ms).await?;
    let about = format!("{id} {} {}", input.kind.as_str(), area.code);
    let note = Note::new(now_ms, &account, Deed::PaperIssued, &about);
    state.db.note(note).await?;
    let issued = state.db.issued_paper(id).await?;
    issued.map(Json).ok_or_else(ApiError::internal)
}

/// A file of an issued paper.
pub(super) async fn file<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path((id, format)): Path<(u64, String)>,
) -> Result<impl IntoResponse, ApiError> {
    let format: Format = format.parse().map_err(|_| ApiError::not_found())?;
    let paper = state.db.issued_paper(id).await?;
    let paper = paper.ok_or_else(ApiError::not_found)?;
    guard::check(state.rules, &signed.principal, Action::Read, &paper.area)?;
    let about = format!("{id} {format}");
    readings::note(&state, &signed, Deed::ReportMade, &about).await?;
    let bytes = state.db.paper_file(id, format.to_string()).await?;
    let bytes = bytes.ok_or_else(ApiError::not_found)?;
    let name = format!(
        "{}-{}-{}-{}.{format}",
        paper.kind.as_str(),
        paper.area,
        paper.date.year(),
        paper.number
    );
    Ok(attachment(&name, format, bytes))
}

fn area_of(
    rules: Rules,
    signed: &Signed,
    code: &str,
    action: Action,
) -> Result<&'static Area, ApiError> {
    let code = AreaCode::parse(code).map_err(|_| ApiError::not_found())?;
    guard::check(rules, &signed.principal, action, &code)?;
    let area = rules.tree.get(&code, rules.season.date);
    area.ok_or_else(ApiError::not_found)
}

fn may_issue(rules: Rules, signed: &Signed, area: &Area) -> bool {
    let date = rules.season.date;
    access::may(
        &signed.principal,
        Action::Review,
        &area.code,
        rules.tree,
        date,
    )
}

async fn paper<D: Database>(
    state: &AppState<D>,
    area: &Area,
    input: &PaperInput,
    draft: bool,
) -> Result<Paper, ApiError> {
    let long = input.summary.chars().count() > MAX_SUMMARY_CHARS
        || input.signatory.chars().count() > MAX_SIGNATORY_CHARS;
    let number = input
        .number
        .is_none_or(|number| (1..=MAX_NUMBER).contains(&number));
    if long || !number {
        return Err(ApiError::malformed());
    }
    let paragraphs = input.summary.lines().map(text::clean_line);
    let issue = Issue {
        draft,
        number: input.number,
        date: input.date,
        signatory: text::clean_line(&input.signatory),
        summary: paragraphs.filter(|line| !line.is_empty()).collect(),
    };
    let today = report::today(state.clock.now_ms());
    let kind: PaperKind = input.kind;
    Ok(report::paper(&state.db, state.rules, area, kind, &issue, today).await?)
}

/// Layout is work for a processor, and no request is to wait for another's.
async fn rendered(paper: Paper, formats: Vec<Format>) -> Result<Vec<PaperFile>, ApiError> {
    let rendering = tokio::task::spawn_blocking(move || {
        let files = formats.into_iter().map(|format| {
            let bytes = paper.render(format)?;
            Ok(PaperFile {
                format: format.to_string(),
                sha256: file_digest(&bytes),
                bytes,
            })
        });
        files.collect::<Result<Vec<_>, report::RenderError>>()
    });
    let files = rendering.await.map_err(|_| ApiError::internal())?;
    Ok(files?)
}

fn attachment(name: &str, format: Format, bytes: Vec<u8>) -> impl IntoResponse + use<> {
    let headers = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, bytes)
}
