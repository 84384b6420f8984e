//! Which column is which, and a record of cells into a row.

use super::{MAX_HOUSE_NO_CHARS, MAX_NAME_CHARS, Row, RowError};
use csv::StringRecord;
use thidua_domain::criteria::Poverty;
use thidua_domain::text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Area,
    Head,
    HouseNo,
    Members,
    Poverty,
    LastResult,
    YearsRunning,
}

/// Headings as [`heading_key`] writes them.
const HEADINGS: [(Field, &[&str]); 7] = [
    (
        Field::Area,
        &[
            "khu dan cu",
            "ten khu dan cu",
            "ban",
            "ten ban",
            "tieu khu",
            "to",
            "to dan pho",
            "ban tieu khu to dan pho",
            "ban tieu khu to",
            "area",
            "residential area",
        ],
    ),
    (
        Field::Head,
        &[
            "chu ho",
            "ten chu ho",
            "ho ten chu ho",
            "ho va ten chu ho",
            "head",
            "household head",
        ],
    ),
    (
        Field::HouseNo,
        &[
            "so nha",
            "so so",
            "so nha so so",
            "so nha hoac so so",
            "so ho khau",
            "so so ho khau",
            "house no",
            "house number",
            "book no",
        ],
    ),
    (
        Field::Members,
        &[
            "nhan khau",
            "so nhan khau",
            "so khau",
            "members",
            "household members",
        ],
    ),
    (
        Field::Poverty,
        &[
            "ho ngheo",
            "dien ho",
            "dien ho ngheo",
            "ho ngheo can ngheo",
            "poverty",
        ],
    ),
    (
        Field::LastResult,
        &["ket qua nam truoc", "nam truoc", "last result", "last year"],
    ),
    (
        Field::YearsRunning,
        &["so nam lien tuc", "nam lien tuc", "years running"],
    ),
];

/// Lower case, without tone marks, words only: `Số nhà / Số sổ`, `HOUSE_NO.` and `house no` are read.
fn heading_key(heading: &str) -> String {
    let folded = text::fold(heading);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The columns of a file.
pub(super) struct Columns {
    headings: Vec<String>,
    places: Vec<(Field, usize)>,
}

impl Columns {
    /// Reads the line of headings. Columns of other names are passed over.
    pub(super) fn of(headings: &StringRecord, line: u64) -> Result<Self, Vec<RowError>> {
        let headings: Vec<String> = headings.iter().map(text::clean_line).collect();
        let mut places: Vec<(Field, usize)> = Vec::new();
        let mut errors = Vec::new();
        for (index, heading) in headings.iter().enumerate() {
            let key = heading_key(heading);
            let found = HEADINGS
                .iter()
                .find(|(_, names)| names.contains(&key.as_str()));
            let Some((field, _)) = found else { continue };
            if let Some((_, first)) = places.iter().find(|(other, _)| other == field) {
                errors.push(RowError {
                    line: Some(line),
                    column: Some((index + 1, heading.clone())),
                    message: format!(
                        "trùng với cột {} ({}). Hãy bỏ bớt một cột.",
                        first + 1,
                        headings[*first]
                    ),
                });
            }
            places.push((*field, index));
        }
        for (field, name) in [(Field::Area, "Khu dân cư"), (Field::Head, "Chủ hộ")] {
            if !places.iter().any(|(other, _)| *other == field) {
                errors.push(RowError::on_line(
                    line,
                    format!("thiếu cột “{name}”. Dòng đầu của tệp phải là tiêu đề cột."),
                ));
            }
        }
        if errors.is_empty() {
            Ok(Self { headings, places })
        } else {
            Err(errors)
        }
    }

    fn place(&self, field: Field) -> Option<usize> {
        let found = self.places.iter().find(|(other, _)| *other == field);
        found.map(|(_, index)| *index)
    }

    /// Reads a record; all that is wrong with it at once.
    pub(super) fn row(&self, record: &StringRecord, line: u64) -> Result<Row, Vec<RowError>> {
        let beyond = record.iter().skip(self.headings.len());
        if beyond.into_iter().any(|cell| !cell.trim().is_empty()) {
            // A comma in a name moves all that follows one column on: nothing of it can be believed.
            return Err(vec![RowError::on_line(
                line,
                format!(
                    "có {} ô mà tiêu đề chỉ có {} cột. Ô có dấu phẩy hoặc chấm phẩy phải đặt trong \
                     ngoặc kép.",
                    record.len(),
                    self.headings.len()
                ),
            )]);
        }
        let mut cells = Cells {
            columns: self,
            record,
            line,
            errors: Vec::new(),
        };
        let area = cells.name(Field::Area, "chưa ghi khu dân cư.");
        let head = cells.name(Field::Head, "chưa ghi chủ hộ.");
        let house_no = cells.text(Field::HouseNo, MAX_HOUSE_NO_CHARS);
        let members = cells.number(Field::Members, 99);
        let poverty = cells.one_of(
            Field::Poverty,
            &[
                (
                    Poverty::None,
                    &["khong", "khong ngheo", "ho khong ngheo", "none"],
                ),
                (
                    Poverty::NearPoor,
                    &["can ngheo", "ho can ngheo", "near poor"],
                ),
                (Poverty::Poor, &["ngheo", "ho ngheo", "poor"]),
            ],
            "Không, Cận nghèo hoặc Nghèo",
        );
        let last_result = cells.one_of(
            Field::LastResult,
            &[
                (true, &["dat", "co", "x", "yes", "true", "earned"]),
                (false, &["khong dat", "khong", "no", "false", "not earned"]),
            ],
            "Đạt hoặc Không đạt",
        );
        let years_running = cells.number(Field::YearsRunning, 99);
        match (area, head) {
            (Some(area), Some(head)) if cells.errors.is_empty() => Ok(Row {
                area,
                head,
                house_no,
                members,
                poverty,
                last_result,
                years_running,
            }),
            _ => Err(cells.errors),
        }
    }
}

/// A record being read, and what has been found wrong with it.
struct Cells<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
    line: u64,
    errors: Vec<RowError>,
}

impl Cells<'_> {
    fn fault(&mut self, field: Field, message: String) {
        let place = self.columns.place(field);
        self.errors.push(RowError {
            line: Some(self.line),
            column: place.map(|index| (index + 1, self.columns.headings[index].clone())),
            message,
        });
    }

    fn cell(&self, field: Field) -> Option<String> {
        let cell = text::clean_line(self.record.get(self.columns.place(field)?)?);
        (!cell.is_empty()).then_some(cell)
    }

    fn text(&mut self, field: Field, most_chars: usize) -> Option<String> {
        let cell = self.cell(field)?;
        if cell.chars().count() > most_chars {
            self.fault(field, format!("dài quá {most_chars} ký tự."));
            return None;
        }
        Some(cell)
    }

    fn name(&mut self, field: Field, missing: &str) -> Option<String> {
        if self.cell(field).is_none() {
            self.fault(field, missing.to_owned());
            return None;
        }
        self.text(field, MAX_NAME_CHARS)
    }

    fn number(&mut self, field: Field, most: i64) -> Option<i64> {
        let cell = self.cell(field)?;
        let message = match text::parse_int_vi(&cell) {
            Ok(number) if (0..=most).contains(&number) => return Some(number),
            Ok(_) => format!("“{}” phải từ 0 đến {most}.", shown(&cell)),
            Err(_) => format!("“{}” không phải là số nguyên.", shown(&cell)),
        };
        self.fault(field, message);
        None
    }

    fn one_of<T: Copy>(
        &mut self,
        field: Field,
        words: &[(T, &[&str])],
        allowed: &str,
    ) -> Option<T> {
        let cell = self.cell(field)?;
        let key = heading_key(&cell);
        let found = words
            .iter()
            .find(|(_, names)| names.contains(&key.as_str()))
            .map(|(value, _)| *value);
        if found.is_none() {
            self.fault(field, format!("“{}” phải là {allowed}.", shown(&cell)));
        }
        found
    }
}

/// As much of a cell as a message has room for.
fn shown(cell: &str) -> String {
    const MOST: usize = 40;
    match cell.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}
