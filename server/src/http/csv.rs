//! Tables as CSV: UTF-8 with a byte order mark, which Excel needs to see Vietnamese letters, and no cell
//! that a spreadsheet would take for a formula.

use axum::http::header;
use axum::response::IntoResponse;
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;
use thidua_domain::sync::hub::Rules;

/// First letters by which a spreadsheet takes a cell for a formula, or for part of one.
const BEGINS_A_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The first piece of a file: mark and titles.
pub(super) fn head(titles: &[impl AsRef<str>]) -> Vec<u8> {
    let mut bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
    bytes.extend(rows([titles.iter().map(|title| title.as_ref().to_owned())]));
    bytes
}

/// Rows as they follow the head or each other.
pub(super) fn rows<R>(rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = String>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(harmless).collect();
        writer
            .write_record(&cells)
            .expect("writing to memory does not fail");
    }
    writer
        .into_inner()
        .expect("writing to memory does not fail")
}

/// A cell that is text to a spreadsheet whatever it begins with.
fn harmless(cell: String) -> String {
    if cell.starts_with(BEGINS_A_FORMULA) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// The first two cells of a row about an area: its code and its name.
pub(super) fn place(rules: Rules, code: &AreaCode) -> [String; 2] {
    let area = rules.tree.get(code, rules.season.date);
    let name = area.map_or_else(String::new, |area| area.name.clone());
    [code.to_string(), name]
}

/// A day as people write it; nothing for none.
pub(super) fn day(day: Option<Date>) -> String {
    day.map(Date::format_vi).unwrap_or_default()
}

/// The answer that a browser keeps under this name.
pub(super) fn attachment(name: &str, body: impl IntoResponse) -> impl IntoResponse {
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/csv; charset=utf-8; header=present".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula() {
        let said = |cell: &str| {
            let bytes = rows([[cell.to_owned()]]);
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(&bytes[..]);
            let record = reader.records().next().unwrap().unwrap();
            record[0].to_owned()
        };
        for dangerous in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(said(dangerous), format!("'{dangerous}"));
        }
        for harmless in ["Lò Văn A", "70,5%", " =1", "a\nb", "“x”, \"y\"; z", "–", ""] {
            assert_eq!(said(harmless), harmless);
        }
        let head = head(&["Tên"]);
        assert_eq!(head, "\u{feff}Tên\r\n".as_bytes());
    }
}
