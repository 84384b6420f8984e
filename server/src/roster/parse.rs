//! A CSV file into rows, or into a list of what is wrong with it, by line and column.

use csv::{ReaderBuilder, StringRecord};
use std::fmt;
use thidua_domain::criteria::Poverty;
use thidua_domain::text;

/// Largest file in bytes.
pub const MAX_BYTES: usize = 20 << 20;
/// Most rows.
pub const MAX_ROWS: usize = 20_000;

/// A family as an office lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u64,
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
    /// Line in the file, from 1.
    pub line: u64,
    /// Column from 1 and its heading, where it is one column's.
    pub column: Option<(usize, String)>,
    /// What, and what to do.
    pub message: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some((number, name)) => {
                write!(
                    f,
                    "dòng {}, cột {number} ({name}): {}",
                    self.line, self.message
                )
            }
            None => write!(f, "dòng {}: {}", self.line, self.message),
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Rows without a fault.
    pub rows: Vec<Row>,
    /// Faults, in the order of lines.
    pub errors: Vec<RowError>,
}

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

/// Headings, folded: without tone marks and in lower case.
const HEADINGS: [(Field, &[&str]); 7] = [
    (
        Field::Area,
        &["khu dan cu", "ban", "tieu khu", "to dan pho", "area"],
    ),
    (
        Field::Head,
        &["chu ho", "ho ten chu ho", "ho va ten chu ho", "head"],
    ),
    (
        Field::HouseNo,
        &["so nha", "so so", "so ho khau", "house_no"],
    ),
    (Field::Members, &["nhan khau", "so nhan khau", "members"]),
    (Field::Poverty, &["ho ngheo", "dien ho", "poverty"]),
    (
        Field::LastResult,
        &["ket qua nam truoc", "nam truoc", "last_result"],
    ),
    (Field::YearsRunning, &["so nam lien tuc", "years_running"]),
];

/// Reads a file: UTF-8 with or without a byte-order mark, `,` or `;` between columns, composed or
/// decomposed letters.
pub fn parse(bytes: &[u8]) -> Parsed {
    let whole_file = |message: String| Parsed {
        rows: Vec::new(),
        errors: vec![RowError {
            line: 1,
            column: None,
            message,
        }],
    };
    if bytes.len() > MAX_BYTES {
        return whole_file(format!("tệp lớn hơn {} MB.", MAX_BYTES >> 20));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(content) = std::str::from_utf8(bytes) else {
        return whole_file(
            "tệp không phải UTF-8. Trong Excel hãy chọn “Lưu thành” loại “CSV UTF-8”.".to_owned(),
        );
    };
    let first = content.lines().next().unwrap_or_default();
    let semicolons = first.matches(';').count() > first.matches(',').count();
    let mut reader = ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .flexible(true)
        .from_reader(bytes);
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => return whole_file(format!("không đọc được dòng tiêu đề ({error}).")),
    };
    let columns = match Columns::of(&headings) {
        Ok(columns) => columns,
        Err(errors) => {
            return Parsed {
                rows: Vec::new(),
                errors,
            };
        }
    };

    let mut parsed = Parsed::default();
    for record in reader.records() {
        match record {
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                parsed.errors.push(RowError {
                    line,
                    column: None,
                    message: format!("không đọc được ({error})."),
                });
            }
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(_) if parsed.rows.len() >= MAX_ROWS => {
                return whole_file(format!(
                    "tệp có hơn {} dòng. Hãy chia thành nhiều tệp.",
                    text::format_int(MAX_ROWS as i64)
                ));
            }
            Ok(record) => match columns.row(&record) {
                Ok(row) => parsed.rows.push(row),
                Err(errors) => parsed.errors.extend(errors),
            },
        }
    }
    parsed
}

struct Columns {
    headings: Vec<String>,
    places: Vec<(Field, usize)>,
}

impl Columns {
    fn of(headings: &StringRecord) -> Result<Self, Vec<RowError>> {
        let headings: Vec<String> = headings.iter().map(text::clean_line).collect();
        let mut places: Vec<(Field, usize)> = Vec::new();
        let mut errors = Vec::new();
        for (index, heading) in headings.iter().enumerate() {
            let folded = text::fold(heading);
            let found = HEADINGS
                .iter()
                .find(|(_, names)| names.contains(&folded.as_str()));
            if let Some((field, _)) = found {
                if places.iter().any(|(other, _)| other == field) {
                    errors.push(RowError {
                        line: 1,
                        column: Some((index + 1, heading.clone())),
                        message: "cột này có hai lần. Hãy bỏ bớt một cột.".to_owned(),
                    });
                }
                places.push((*field, index));
            }
        }
        for (field, name) in [(Field::Area, "Khu dân cư"), (Field::Head, "Chủ hộ")] {
            if !places.iter().any(|(other, _)| *other == field) {
                errors.push(RowError {
                    line: 1,
                    column: None,
                    message: format!("thiếu cột “{name}”. Dòng đầu của tệp phải là tiêu đề cột."),
                });
            }
        }
        if errors.is_empty() {
            Ok(Self { headings, places })
        } else {
            Err(errors)
        }
    }

    fn row(&self, record: &StringRecord) -> Result<Row, Vec<RowError>> {
        let line = record.position().map_or(0, csv::Position::line);
        let mut errors = Vec::new();
        let mut fault = |field: Field, message: String| {
            let place = self.places.iter().find(|(other, _)| *other == field);
            errors.push(RowError {
                line,
                column: place.map(|(_, index)| (index + 1, self.headings[*index].clone())),
                message,
            });
        };
        let cell = |field: Field| {
            let place = self.places.iter().find(|(other, _)| *other == field)?;
            let cell = text::clean_line(record.get(place.1)?);
            (!cell.is_empty()).then_some(cell)
        };
        let number = |field: Field, most: i64, fault: &mut dyn FnMut(Field, String)| {
            let cell = cell(field)?;
            match text::parse_int_vi(&cell) {
                Ok(number) if (0..=most).contains(&number) => Some(number),
                Ok(_) => {
                    fault(field, format!("“{cell}” phải từ 0 đến {most}."));
                    None
                }
                Err(_) => {
                    fault(field, format!("“{cell}” không phải số nguyên."));
                    None
                }
            }
        };
        let area = cell(Field::Area);
        let head = cell(Field::Head);
        if area.is_none() {
            fault(Field::Area, "chưa ghi khu dân cư.".to_owned());
        }
        if head.is_none() {
            fault(Field::Head, "chưa ghi chủ hộ.".to_owned());
        }
        let members = number(Field::Members, 99, &mut fault);
        let years_running = number(Field::YearsRunning, 99, &mut fault);
        let poverty = cell(Field::Poverty).and_then(|cell| match text::fold(&cell).as_str() {
            "khong" | "none" => Some(Poverty::None),
            "can ngheo" | "ho can ngheo" | "near-poor" => Some(Poverty::NearPoor),
            "ngheo" | "ho ngheo" | "poor" => Some(Poverty::Poor),
            _ => {
                fault(
                    Field::Poverty,
                    format!("“{cell}” phải là Không, Cận nghèo hoặc Nghèo."),
                );
                None
            }
        });
        let last_result =
            cell(Field::LastResult).and_then(|cell| match text::fold(&cell).as_str() {
                "dat" | "co" | "x" | "earned" => Some(true),
                "khong dat" | "khong" | "not-earned" => Some(false),
                _ => {
                    fault(
                        Field::LastResult,
                        format!("“{cell}” phải là Đạt hoặc Không đạt."),
                    );
                    None
                }
            });
        match (area, head) {
            (Some(area), Some(head)) if errors.is_empty() => Ok(Row {
                line,
                area,
                head,
                house_no: cell(Field::HouseNo),
                members,
                poverty,
                last_result,
                years_running,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, rows: &[(&str, &str, Option<i64>)], errors: &[&str]) {
        let parsed = parse(file.as_bytes());
        let found: Vec<_> = parsed
            .rows
            .iter()
            .map(|row| (row.area.as_str(), row.head.as_str(), row.members))
            .collect();
        assert_eq!(found, rows, "{file}");
        let said: Vec<_> = parsed.errors.iter().map(ToString::to_string).collect();
        assert_eq!(said, errors, "{file}");
    }

    #[test]
    fn files_are_read_as_offices_save_them() {
        let lo = [("Bản Bó", "Lò Văn Hặc", Some(5))];
        check(
            "Khu dân cư,Chủ hộ,Nhân khẩu\nBản Bó,Lò Văn Hặc,5\n",
            &lo,
            &[],
        );
        check(
            "\u{feff}Khu dân cư;Chủ hộ;Nhân khẩu\r\nBản Bó;Lò Văn Hặc;5\r\n",
            &lo,
            &[],
        );
        check("area,head,members\nBản Bó,  Lò  Văn Hặc ,5", &lo, &[]);
        check(
            "BẢN,CHỦ HỘ,Ghi chú,Số nhân khẩu\nBản Bó,Lò Văn Hặc,gì đó,5\n\n,,,\n",
            &lo,
            &[],
        );
        // Letters with their marks apart.
        check(
            "Khu da\u{302}n cu\u{31b},Chu\u{309} ho\u{323}\nBa\u{309}n Bo\u{301},Lo\u{300} Va\u{306}n A",
            &[("Bản Bó", "Lò Văn A", None)],
            &[],
        );
        check(
            "Khu dân cư,Chủ hộ\n\"Bản\nBó\",\"Lò, Văn\"\n",
            &[("Bản Bó", "Lò, Văn", None)],
            &[],
        );
    }

    #[test]
    fn each_fault_is_told_with_its_place() {
        check(
            "Khu dân cư,Chủ hộ,Nhân khẩu,Hộ nghèo\nBản Bó,Lò Văn A,x,Nghèo\n,Lò Văn B,2,hơi hơi\nBản Bó,Cà C,3,\n",
            &[("Bản Bó", "Cà C", Some(3))],
            &[
                "dòng 2, cột 3 (Nhân khẩu): “x” không phải số nguyên.",
                "dòng 3, cột 1 (Khu dân cư): chưa ghi khu dân cư.",
                "dòng 3, cột 4 (Hộ nghèo): “hơi hơi” phải là Không, Cận nghèo hoặc Nghèo.",
            ],
        );
        check(
            "Tên,Tuổi\nA,1\n",
            &[],
            &[
                "dòng 1: thiếu cột “Khu dân cư”. Dòng đầu của tệp phải là tiêu đề cột.",
                "dòng 1: thiếu cột “Chủ hộ”. Dòng đầu của tệp phải là tiêu đề cột.",
            ],
        );
        check(
            "Bản,Chủ hộ,Chủ hộ\nA,B,C\n",
            &[],
            &["dòng 1, cột 3 (Chủ hộ): cột này có hai lần. Hãy bỏ bớt một cột."],
        );
    }

    #[test]
    fn another_encoding_is_told_apart() {
        let parsed = parse(b"Khu d\xe2n c\xb0,Ch\xfa h\xf4\n");
        assert!(parsed.errors[0].message.contains("UTF-8"));
    }
}
