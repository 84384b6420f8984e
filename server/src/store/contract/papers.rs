//! Issued papers, and tokens of other systems.

use super::fixture::*;
use crate::store::{ApiToken, Database, NewPaper, PaperFile, StoreError};
use thidua_domain::api::PaperKind;
use thidua_domain::date::Date;

fn paper(place: usize, number: u32) -> NewPaper {
    let file = |format: &str, bytes: &[u8]| PaperFile {
        format: format.to_owned(),
        sha256: format!("sha of {format}"),
        bytes: bytes.to_vec(),
    };
    NewPaper {
        area: commune(place),
        kind: PaperKind::Report,
        number,
        date: Date::new(2022, 12, 20).unwrap(),
        signatory: "Lò Thị Hặc".to_owned(),
        digest: "0f".repeat(32),
        content: "{}".to_owned(),
        files: vec![file("docx", &[0, 1, 255]), file("pdf", b"%PDF")],
        account: "huyen".to_owned(),
    }
}

pub async fn issued_papers_are_kept_as_they_are<D: Database>(database: &D) {
    let first = database.issue_paper(paper(0, 1), NOW).await.unwrap();
    let second = database.issue_paper(paper(0, 2), NOW + 1).await.unwrap();
    let elsewhere = database.issue_paper(paper(1, 1), NOW).await.unwrap();
    let mut list = paper(0, 1);
    list.kind = PaperKind::CulturalFamilies;
    database.issue_paper(list, NOW).await.unwrap();
    let mut next_year = paper(0, 1);
    next_year.date = Date::new(2023, 1, 5).unwrap();
    database.issue_paper(next_year, NOW).await.unwrap();

    let mut other = paper(0, 1);
    other.files[0].bytes = vec![9];
    let again = database.issue_paper(other, NOW).await;
    assert!(matches!(again, Err(StoreError::NumberTaken)));

    let kept = database.issued_papers(commune(0), 10).await.unwrap();
    let reports: Vec<_> = kept.iter().map(|paper| paper.id).collect();
    assert_eq!(reports.len(), 4);
    assert_eq!(reports[2..], [second, first]);
    assert_eq!(
        database.issued_papers(commune(0), 1).await.unwrap(),
        kept[..1]
    );

    let one = database.issued_paper(first).await.unwrap().unwrap();
    assert_eq!(one, kept[3]);
    let asked = paper(0, 1);
    assert_eq!((one.area, one.kind), (asked.area, asked.kind));
    assert_eq!((one.number, one.date), (asked.number, asked.date));
    assert_eq!((one.signatory, one.digest), (asked.signatory, asked.digest));
    assert_eq!((one.account, one.issued_ms), (asked.account, NOW));
    let files: Vec<_> = one
        .files
        .iter()
        .map(|file| (&*file.format, file.bytes))
        .collect();
    assert_eq!(files, [("docx", 3), ("pdf", 4)]);

    let file = async |id, format: &str| database.paper_file(id, format.to_owned()).await.unwrap();
    assert_eq!(file(first, "docx").await, Some(vec![0, 1, 255]));
    assert_eq!(file(first, "xlsx").await, None);
    assert_eq!(file(u64::MAX, "docx").await, None);
    assert_eq!(database.issued_paper(u64::MAX).await.unwrap(), None);
    let theirs = database.issued_papers(commune(1), 10).await.unwrap();
    assert_eq!(theirs.len(), 1);
    assert_eq!(theirs[0].id, elsewhere);
}

pub async fn a_number_is_issued_once<D: Database>(database: &D) {
    let issuing = (0..8).map(|_| database.issue_paper(paper(0, 7), NOW));
    let outcomes = futures_util::future::join_all(issuing).await;
    let taken = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(taken, 1);
    assert!(
        outcomes
            .iter()
            .all(|outcome| matches!(outcome, Ok(_) | Err(StoreError::NumberTaken)))
    );
    assert_eq!(
        database.issued_papers(commune(0), 10).await.unwrap().len(),
        1
    );
}

pub async fn tokens_end_and_are_taken_back<D: Database>(database: &D) {
    let token = |id: &str, expires_ms| ApiToken {
        id: id.to_owned(),
        label: "Kho dữ liệu của tỉnh".to_owned(),
        areas: vec![commune(0), commune(1)],
        names: id == "b",
        created_ms: NOW,
        expires_ms,
        revoked: false,
    };
    let (a, b) = (token("a", NOW + 100), token("b", NOW + 200));
    database.add_api_token(a.clone(), [1; 32]).await.unwrap();
    database.add_api_token(b.clone(), [2; 32]).await.unwrap();
    assert_eq!(database.api_tokens().await.unwrap(), [a.clone(), b.clone()]);

    let found = async |byte, now_ms| database.api_token([byte; 32], now_ms).await.unwrap();
    assert_eq!(found(1, NOW).await, Some(a));
    assert_eq!(found(3, NOW).await, None);
    assert_eq!(found(1, NOW + 100).await, None);
    assert_eq!(found(2, NOW + 100).await, Some(b));

    database.revoke_api_token("b".to_owned()).await.unwrap();
    assert_eq!(found(2, NOW).await, None);
    let kept = database.api_tokens().await.unwrap();
    assert!(kept[1].revoked && !kept[0].revoked);
    let nobody = database.revoke_api_token("c".to_owned()).await;
    assert!(matches!(nobody, Err(StoreError::UnknownToken)));
}
