//! An official paper as far as its layout goes: what stands where, by Decree 30/2020/NĐ-CP.
//!
//! Reports and lists are put into this form once; Word, PDF and Excel each lay it out.

use serde::Serialize;
use thidua_domain::date::Date;

/// A paper, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Who issues it; an annex has none of its own.
    pub letterhead: Option<Letterhead>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Kind of paper, in capitals: BÁO CÁO.
    pub kind: String,
    /// What it is about, below the kind.
    pub subject: String,
    /// Which decision an annex belongs to.
    pub attached_to: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
    /// The content.
    pub blocks: Vec<Block>,
    /// Receivers and signature; an annex has none.
    pub signature: Option<Signature>,
    /// The day it was issued, or made if it is a draft.
    pub day: Date,
    /// SHA-256 of what the paper says.
    pub digest: String,
}

/// The top of the first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// The body above, in capitals.
    pub superior: Option<String>,
    /// The body that issues the paper, in capitals, by lines.
    pub issuer: Vec<String>,
    /// Number and symbol.
    pub number: String,
    /// Place and date.
    pub place_and_date: String,
}

/// The end of the last page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// In whose name and as what, in capitals.
    pub posts: Vec<String>,
    /// Name; empty in a draft.
    pub name: String,
    /// Who receives the paper.
    pub receivers: Vec<String>,
}

/// A piece of the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// The heading of a section.
    Heading(String),
    /// A paragraph.
    Prose(String),
    /// A table.
    Table(Grid),
    /// Bars against a target.
    Chart(Chart),
}

/// Bars on one scale. Each says in a word what its pattern says, so nothing rests on colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// What it is called where it stands on a sheet of its own.
    pub name: String,
    /// What stands above it.
    pub title: String,
    /// What stands below it: what the line and the patterns mean.
    pub note: String,
    /// The end of the scale, in hundredths of a percent.
    pub scale: i64,
    /// Where the line of the target stands, in hundredths of a percent.
    pub target: Option<i64>,
    /// The bars, from the top down.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// Its length, in hundredths of a percent; `None` where nothing was reported.
    pub length: Option<i64>,
    /// The figure and the word beside it.
    pub words: String,
    /// What it says of the target.
    pub standing: Standing,
}

/// What a bar says of the target, and so how it is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Met: filled.
    Met,
    /// Not met, or not yet: hatched.
    NotMet,
    /// There is nothing to hold it against: dotted.
    NoTarget,
    /// Nothing was reported: an empty place.
    NotReported,
}

impl Chart {
    /// Which part of the scale a figure takes, of `whole`.
    pub(super) fn part(&self, figure: i64, whole: usize) -> usize {
        let whole = i64::try_from(whole).unwrap_or(i64::MAX);
        let part = figure.clamp(0, self.scale) * whole / self.scale.max(1);
        usize::try_from(part).unwrap_or(0)
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grid {
    /// What it is called where it stands on a sheet of its own.
    pub name: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// What stands below it.
    pub note: Option<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What stands at its top.
    pub title: String,
    /// Its part of the width, in relation to the others.
    pub share: usize,
    /// What it holds.
    pub holds: Holds,
}

impl Column {
    /// Makes one.
    pub fn new(title: &str, share: usize, holds: Holds) -> Self {
        Self {
            title: title.to_owned(),
            share,
            holds,
        }
    }
}

/// What a column holds, which says how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Words: to the left.
    Words,
    /// A word or two: centred.
    Marks,
    /// Numbers: centred on paper, numbers on a sheet.
    Numbers,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    /// A cell for each column.
    Cells(Vec<String>),
    /// A heading across all columns.
    Group(String),
}

impl Grid {
    /// Widths of the columns, adding up to `total`.
    pub(super) fn widths(&self, total: usize) -> Vec<usize> {
        let shares: usize = self.columns.iter().map(|column| column.share).sum();
        let columns = self.columns.iter();
        columns
            .map(|column| total * column.share / shares.max(1))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_width() {
        let columns = [1, 2, 1].map(|share| Column::new("", share, Holds::Words));
        let grid = Grid {
            name: String::new(),
            columns: columns.to_vec(),
            rows: Vec::new(),
            note: None,
        };
        assert_eq!(grid.widths(400), [100, 200, 100]);
    }
}
