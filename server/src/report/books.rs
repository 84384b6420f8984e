//! What the communes wrote in their books, as a report tells it: movements joined (§2), models (§4), councils and
//! documents (§5), plans that make the directive concrete (§7), and what they say in words (§8).

use super::collect::NOT_REPORTED;
use super::paper::{Block, Column, Grid, Holds, Row};
use crate::books::{self, BooksError, Line};
use crate::store::Database;
use serde::Serialize;
use std::collections::BTreeMap;
use thidua_domain::area::Area;
use thidua_domain::book::Book;
use thidua_domain::sync::hub::Rules;
use thidua_domain::text::{collation_key, format_int};

/// Most models and most communes' words that a report prints; it says how many more there are.
const MOST_TOLD: usize = 40;
/// Most characters of one commune's words in a table's cell.
const MOST_CHARS: usize = 600;
/// Models by how far they have spread, the furthest first.
const STAGES: [&str; 3] = ["nhan-rong", "boi-duong", "phat-hien"];

/// What the books of an area say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Books {
    /// The area has one commune alone: it is told what it says, not how many say it.
    pub single: bool,
    /// Movements of the directive.
    pub movements: Vec<Answered>,
    /// Council, documents and plans.
    pub duties: Vec<Answered>,
    /// Models by how far they have spread: the words for it, and how many.
    pub stages: Vec<(String, usize)>,
    /// Models by name.
    pub models: Vec<Model>,
    /// Models that are not named.
    pub more_models: usize,
    /// The term whose words are told: the last of which any commune has written.
    pub term: Option<String>,
    /// What communes say of it.
    pub told: Vec<Told>,
    /// Communes that wrote for the term and are not told of.
    pub more_told: usize,
}

/// What communes answer to one line that each of them has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The line.
    pub name: String,
    /// Communes that say yes.
    pub yes: usize,
    /// Communes that say no.
    pub no: usize,
    /// Communes that say nothing.
    pub silent: usize,
    /// The numbers in the lines added up, where they ask for one.
    pub sum: Option<i64>,
}

/// An exemplary model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// The commune.
    pub commune: String,
    /// What it is active in.
    pub field: String,
    /// How far it has spread.
    pub stage: String,
}

/// A commune's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The commune.
    pub commune: String,
    /// What was done.
    pub done: String,
    /// What stood in the way.
    pub obstacles: String,
    /// What is to come, and what is asked for.
    pub next: String,
}

/// Reads the books of an area's communes.
pub(super) async fn collect<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
) -> Result<Books, BooksError> {
    let communes = rules.tree.communes_under(&area.code, rules.season.date);
    let mut found = Books {
        single: communes.len() == 1,
        ..Books::default()
    };
    let reading = Reading {
        db,
        rules,
        communes: &communes,
    };
    found.movements = reading.answered("phong-trao").await?;
    found.duties = reading.answered("hoi-dong").await?;
    reading.models(&mut found).await?;
    reading.words(&mut found).await?;
    Ok(found)
}

struct Reading<'a, D> {
    db: &'a D,
    rules: Rules,
    communes: &'a [&'a Area],
}

impl<D: Database> Reading<'_, D> {
    async fn lines(&self, book: &Book) -> Result<Vec<Line>, BooksError> {
        books::written(self.db, self.rules, book, self.communes).await
    }

    async fn answered(&self, id: &str) -> Result<Vec<Answered>, BooksError> {
        let book = book(id);
        let lines = self.lines(book).await?;
        let counts = books::counts(self.rules, book, self.communes, &lines);
        let counts = counts.into_iter().map(|count| Answered {
            name: count.name,
            yes: count.yes,
            no: count.no,
            silent: count.silent,
            sum: count.sum,
        });
        Ok(counts.collect())
    }

    async fn models(&self, found: &mut Books) -> Result<(), BooksError> {
        let book = book("dien-hinh");
        let mut lines = self.lines(book).await?;
        let stage_of = |line: &Line| {
            let stage = line.value("stage");
            let stage = stage.as_text().and_then(|own| {
                let mut known = STAGES.iter();
                known.position(|stage| *stage == own)
            });
            stage.unwrap_or(STAGES.len())
        };
        lines.sort_by_cached_key(|line| {
            (stage_of(line), line.place, collation_key(&line.view.name))
        });
        let words = |line: &Line, name: &str| {
            let field = book.fields.iter().find(|field| field.name == name);
            field.map_or_else(String::new, |field| books::words(field, &line.value(name)))
        };
        let mut stages: BTreeMap<usize, (String, usize)> = BTreeMap::new();
        for line in &lines {
            let said = || match words(line, "stage") {
                none if none.is_empty() => "Chưa ghi mức độ".to_owned(),
                said => said,
            };
            let stage = stages.entry(stage_of(line)).or_insert_with(|| (said(), 0));
            stage.1 += 1;
        }
        found.stages = stages.into_values().collect();
        found.more_models = lines.len().saturating_sub(MOST_TOLD);
        let named = lines.iter().take(MOST_TOLD).map(|line| Model {
            name: line.view.name.clone(),
            commune: self.commune(line),
            field: words(line, "field"),
            stage: words(line, "stage"),
        });
        found.models = named.collect();
        Ok(())
    }

    async fn words(&self, found: &mut Books) -> Result<(), BooksError> {
        let book = book("bao-cao");
        let lines = self.lines(book).await?;
        let spoken = lines.iter().filter(|line| line.answer(book).is_some());
        // The terms stand in the book in their order.
        let Some(last) = spoken.clone().map(|line| line.place.1).max() else {
            return Ok(());
        };
        let mut told: Vec<_> = spoken.filter(|line| line.place.1 == last).collect();
        told.sort_by_key(|line| line.place);
        found.term = told.first().map(|line| line.view.name.clone());
        found.more_told = told.len().saturating_sub(MOST_TOLD);
        let text = |line: &Line, name: &str| {
            let value = line.value(name);
            shortened(value.as_text().unwrap_or_default())
        };
        let told = told.into_iter().take(MOST_TOLD).map(|line| Told {
            commune: self.commune(line),
            done: text(line, "done"),
            obstacles: text(line, "obstacles"),
            next: text(line, "next"),
        });
        found.told = told.collect();
        Ok(())
    }

    fn commune(&self, line: &Line) -> String {
        let own = self.communes.get(line.place.0);
        own.map_or_else(String::new, |area| area.name.clone())
    }
}

/// One of the books that a report tells of; a test says that they are there.
fn book(id: &str) -> &'static Book {
    Book::by_id(id).expect("a book of the catalogue")
}

/// Words that fit into a table.
fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_CHARS {
        return text.to_owned();
    }
    let kept: String = text.chars().take(MOST_CHARS).collect();
    format!("{}…", kept.trim_end())
}

impl Books {
    /// The sections of the paper: heading and content.
    pub(super) fn sections(&self) -> [(&'static str, Vec<Block>); 4] {
        [
            ("PHONG TRÀO THI ĐUA", self.movement_blocks()),
            (
                "CỤ THỂ HÓA CHỈ THỊ, HỘI ĐỒNG VÀ VĂN BẢN",
                self.duty_blocks(),
            ),
            ("ĐIỂN HÌNH TIÊN TIẾN, MÔ HÌNH MỚI", self.model_blocks()),
            ("BÁO CÁO BẰNG LỜI CỦA CƠ SỞ", self.told_blocks()),
        ]
    }

    fn movement_blocks(&self) -> Vec<Block> {
        let grid = self.answers(
            "Phong trào",
            &self.movements,
            ["Tham gia", "Không tham gia"],
            Some("Số người, hộ, đơn vị tham gia"),
        );
        grid.map_or_else(nothing, |grid| vec![Block::Table(grid)])
    }

    fn duty_blocks(&self) -> Vec<Block> {
        let grid = self.answers("Việc", &self.duties, ["Đã xong", "Chưa xong"], None);
        grid.map_or_else(nothing, |grid| vec![Block::Table(grid)])
    }

    /// A table of what communes answer; `None` where none has said anything.
    fn answers(
        &self,
        about: &'static str,
        lines: &[Answered],
        [yes, no]: [&str; 2],
        sum: Option<&str>,
    ) -> Option<Grid> {
        if lines.iter().all(|line| line.yes + line.no == 0) {
            return None;
        }
        // Of a single commune a word says more than ones and noughts.
        let said = |line: &Answered| match (line.yes, line.no) {
            (1.., _) => yes.to_owned(),
            (_, 1..) => no.to_owned(),
            _ => NOT_REPORTED.to_owned(),
        };
        let cells = |line: &Answered| {
            let mut cells = vec![line.name.clone()];
            if self.single {
                cells.push(said(line));
            } else {
                cells.extend([line.yes, line.no, line.silent].map(|count| count.to_string()));
            }
            if sum.is_some() {
                cells.push(line.sum.map_or_else(String::new, format_int));
            }
            Row::Cells(cells)
        };
        let mut columns = vec![Column::new(
            about,
            if sum.is_some() { 40 } else { 52 },
            Holds::Words,
        )];
        if self.single {
            columns.push(Column::new("Kết quả", 24, Holds::Marks));
        } else {
            let of = |what: &str| format!("Số xã {}", what.to_lowercase());
            for title in [of(yes), of(no), "Số xã chưa ghi".to_owned()] {
                columns.push(Column::new(&title, 14, Holds::Numbers));
            }
        }
        columns.extend(sum.map(|title| Column::new(title, 18, Holds::Numbers)));
        Some(Grid {
            name: about.to_owned(),
            columns,
            rows: lines.iter().map(cells).collect(),
            note: None,
        })
    }

    fn model_blocks(&self) -> Vec<Block> {
        if self.models.is_empty() {
            return nothing();
        }
        let total: usize = self.stages.iter().map(|(_, count)| count).sum();
        let parts = self.stages.iter();
        let parts: Vec<_> = parts
            .map(|(stage, count)| format!("{}: {count}", stage.to_lowercase()))
            .collect();
        let sentence = format!(
            "Trong sổ có {total} điển hình, mô hình; {}.",
            parts.join("; ")
        );
        let rows = self.models.iter().map(|model| {
            Row::Cells(vec![
                model.name.clone(),
                model.commune.clone(),
                model.field.clone(),
                model.stage.clone(),
            ])
        });
        let grid = Grid {
            name: "Điển hình".to_owned(),
            columns: vec![
                Column::new("Tập thể, cá nhân, mô hình", 40, Holds::Words),
                Column::new("Xã, phường, thị trấn", 22, Holds::Words),
                Column::new("Lĩnh vực", 20, Holds::Words),
                Column::new("Mức độ", 18, Holds::Marks),
            ],
            rows: rows.collect(),
            note: more(self.more_models, "điển hình, mô hình"),
        };
        vec![Block::Prose(sentence), Block::Table(grid)]
    }

    fn told_blocks(&self) -> Vec<Block> {
        let Some(term) = &self.term else {
            return nothing();
        };
        let rows = self.told.iter().map(|told| {
            Row::Cells(vec![
                told.commune.clone(),
                told.done.clone(),
                told.obstacles.clone(),
                told.next.clone(),
            ])
        });
        let grid = Grid {
            name: "Báo cáo của cơ sở".to_owned(),
            columns: vec![
                Column::new("Xã, phường, thị trấn", 17, Holds::Words),
                Column::new("Việc đã làm và kết quả", 31, Holds::Words),
                Column::new("Khó khăn, vướng mắc", 26, Holds::Words),
                Column::new("Việc sắp tới, đề xuất", 26, Holds::Words),
            ],
            rows: rows.collect(),
            note: more(self.more_told, "báo cáo"),
        };
        let sentence = format!("Kỳ báo cáo: {}.", term.to_lowercase());
        vec![Block::Prose(sentence), Block::Table(grid)]
    }
}

fn nothing() -> Vec<Block> {
    vec![Block::Prose(
        "Chưa có xã, phường, thị trấn nào ghi sổ này.".to_owned(),
    )]
}

fn more(count: usize, what: &str) -> Option<String> {
    (count > 0).then(|| format!("Còn {count} {what} khác trong sổ của các xã, phường, thị trấn."))
}
