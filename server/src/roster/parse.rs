//! A CSV file into rows, or into a list of what is wrong with it, by line and column.

mod columns;
mod quoting;
#[cfg(test)]
mod tests;

use columns::Columns;
use csv::{ReaderBuilder, StringRecord};
use quoting::{Lines, Quoting, quoting};
use std::fmt;
use thidua_domain::criteria::Poverty;
use thidua_domain::text::format_int;

/// Largest file in bytes.
pub const MAX_BYTES: usize = 20 << 20;
/// Most rows, good and bad.
pub const MAX_ROWS: usize = 20_000;
/// Longest name in characters, as in the app's forms.
pub const MAX_NAME_CHARS: usize = 200;
/// Longest house or book number in characters, as in the app's forms.
pub const MAX_HOUSE_NO_CHARS: usize = 40;

/// A family as an office lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Name of the residential area.
    pub area: String,
    /// Name of the household head.
    pub head: String,
    /// House or book number.
    pub house_no: Option<String>,
    /// Members.
    pub members: Option<i64>,
    /// Class on last year's poverty list.
    pub poverty: Option<Poverty>,
    /// Whether the title was earned last year.
    pub last_result: Option<bool>,
    /// Years in a row with the title.
    pub years_running: Option<i64>,
}

/// Something wrong in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Line in the file, from 1; `None` where it is the whole file's.
    pub line: Option<u64>,
    /// Column from 1 and its heading, where it is one column's.
    pub column: Option<(usize, String)>,
    /// What, and what to do.
    pub message: String,
}

impl RowError {
    fn whole_file(message: String) -> Self {
        Self {
            line: None,
            column: None,
            message,
        }
    }

    fn on_line(line: u64, message: String) -> Self {
        Self {
            line: Some(line),
            ..Self::whole_file(message)
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.column) {
            (Some(line), Some((number, name))) => {
                write!(f, "dòng {line}, cột {number} ({name}): {}", self.message)
            }
            (Some(line), None) => write!(f, "dòng {line}: {}", self.message),
            (None, _) => f.write_str(&self.message),
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Rows without a fault.
    pub rows: Vec<Row>,
    /// Faults of other rows, in the order of lines.
    pub errors: Vec<RowError>,
}

/// Reads a file: UTF-8 with or without a byte-order mark, `,` or `;` between columns, composed or
/// decomposed letters. An error is what keeps the file from being read at all, whatever its rows say.
pub fn parse(bytes: &[u8]) -> Result<Parsed, Vec<RowError>> {
    let bytes = text_of(bytes).map_err(|error| vec![error])?;
    let delimiter = delimiter(bytes);
    // Headings are read as a record like any other: blank lines may come before them.
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut lines = Lines::of(bytes);
    let mut columns: Option<Columns> = None;
    let mut parsed = Parsed::default();
    let mut rows = 0;
    let mut record = StringRecord::new();
    loop {
        let start = offset(reader.position());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let message = format!("không đọc được ({error}).");
                return Err(vec![RowError::on_line(lines.at(start), message)]);
            }
        }
        let raw = bytes
            .get(start..offset(reader.position()))
            .unwrap_or_default();
        let line = lines.at(start);
        let fault = match quoting(raw, delimiter) {
            Quoting::Sound => None,
            Quoting::Open => Some(
                "dấu ngoặc kép mở ra mà không đóng lại, nên từ đây đến cuối tệp không đọc được.",
            ),
            Quoting::Stray => {
                Some("dấu ngoặc kép đặt sai chỗ. Dấu ngoặc kép trong ô phải viết hai lần (\"\").")
            }
        };
        if let Some(message) = fault {
            let error = RowError::on_line(line, message.to_owned());
            if columns.is_none() {
                return Err(vec![error]);
            }
            parsed.errors.push(error);
            rows += 1;
            continue;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns::of(&record, line)?);
            continue;
        };
        rows += 1;
        if rows > MAX_ROWS {
            let most = format_int(i64::try_from(MAX_ROWS).unwrap_or(i64::MAX));
            return Err(vec![RowError::whole_file(format!(
                "tệp có hơn {most} dòng. Hãy chia thành nhiều tệp."
            ))]);
        }
        match columns.row(&record, line) {
            Ok(row) => parsed.rows.push(row),
            Err(errors) => parsed.errors.extend(errors),
        }
    }
    if rows == 0 {
        let message = "tệp không có hộ nào. Dòng đầu là tiêu đề cột, mỗi dòng sau là một hộ.";
        return Err(vec![RowError::whole_file(message.to_owned())]);
    }
    Ok(parsed)
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// The file's text, without the byte-order mark.
fn text_of(bytes: &[u8]) -> Result<&[u8], RowError> {
    if bytes.len() > MAX_BYTES {
        return Err(RowError::whole_file(format!(
            "tệp lớn hơn {} MB. Hãy chia thành nhiều tệp.",
            MAX_BYTES >> 20
        )));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(RowError::on_line(
            Lines::of(bytes).at(error.valid_up_to()),
            "chữ ở đây không phải UTF-8. Trong Excel, hãy mở tệp rồi chọn Tệp → Lưu thành (Save As), \
             loại “CSV UTF-8 (Comma delimited)”; trong LibreOffice, chọn bộ ký tự “Unicode (UTF-8)”."
                .to_owned(),
        )),
    }
}

/// `;` where the line of headings has more of them than of `,`: Excel writes it on Vietnamese systems.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let headings = lines.find(|line| {
        line.iter()
            .any(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b';'))
    });
    let count = |wanted: u8| {
        let bytes = headings.unwrap_or_default().iter();
        bytes.filter(|byte| **byte == wanted).count()
    };
    if count(b';') > count(b',') {
        b';'
    } else {
        b','
    }
}
