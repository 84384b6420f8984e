//! `report`: the consolidated report as a file.

use super::{DataDir, Failure, now_ms, rules_of};
use crate::report::{self, Format, Issue};
use clap::Args;
use std::path::PathBuf;
use thidua_domain::api::PaperKind;
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;

/// What to report, and where to.
#[derive(Args)]
pub(super) struct ReportArgs {
    /// Mã địa bàn: tỉnh, huyện hoặc xã. Code of a province, district or commune.
    #[arg(long, default_value = "14")]
    area: AreaCode,
    /// Năm. Only the year that is open can be reported.
    #[arg(long, default_value = "2022")]
    period: u16,
    /// docx (Word), pdf hoặc xlsx (Excel). Word, PDF or Excel.
    #[arg(long)]
    format: Format,
    /// Loại: bao-cao, hoặc danh sách công nhận gia-dinh-van-hoa, khu-dan-cu-an-toan, don-vi-an-toan,
    /// nong-thon-moi. The report, or the list of those who earned a title.
    #[arg(long, default_value = "bao-cao", value_parser = kind)]
    kind: PaperKind,
    /// Tệp kết quả. The file to write; it must not exist yet.
    #[arg(long)]
    out: PathBuf,
    /// Số báo cáo: có số, ngày và người ký thì là bản chính thức, không thì là dự thảo. With number, date
    /// and signatory the report is final, else a draft.
    #[arg(long, requires_all = ["date", "signatory"])]
    number: Option<u32>,
    /// Ngày ký, dạng 2022-12-31. Date of issue.
    #[arg(long, requires = "number")]
    date: Option<String>,
    /// Người ký. Who signs.
    #[arg(long, requires = "number")]
    signatory: Option<String>,
    #[command(flatten)]
    data: DataDir,
}

pub(super) async fn run(args: ReportArgs) -> Result<(), Failure> {
    let database = args.data.open().await?;
    let rules = rules_of(&database).await?;
    if args.period != rules.season.period.0 {
        return Err(format!("kỳ đang mở là {} / the open period", rules.season.period).into());
    }
    let area = rules.tree.get(&args.area, rules.season.date);
    let area = area.ok_or("không có địa bàn này / no such area")?;
    let date = args
        .date
        .as_deref()
        .map(|date| Date::parse_iso(date).ok_or("ngày ghi dạng 2022-12-31 / write the date so"));
    let issue = Issue {
        draft: args.number.is_none(),
        number: args.number,
        date: date.transpose()?,
        signatory: args.signatory.unwrap_or_default(),
        summary: Vec::new(),
    };
    let today = report::today(now_ms());
    let paper = report::paper(&database, rules, area, args.kind, &issue, today).await?;
    let file = paper.render(args.format)?;
    std::fs::File::create_new(&args.out)
        .and_then(|mut out| std::io::Write::write_all(&mut out, &file))
        .map_err(|error| format!("{}: {error}", args.out.display()))?;
    println!("{} {}", paper.digest, args.out.display());
    Ok(())
}

fn kind(word: &str) -> Result<PaperKind, String> {
    PaperKind::parse(word).ok_or_else(|| {
        let kinds = PaperKind::ALL.map(PaperKind::as_str).join(", ");
        format!("loại phải là một trong / one of: {kinds}")
    })
}
