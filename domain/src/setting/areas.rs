//! Areas that are renamed, made or ended while the program runs: what the province enters of them.

use super::{MAX_PAPER_BYTES, SettingError, day_value, line, set_ms, subject, text_value};
use crate::area::{AreaChange, AreaCode, AreaEvent, AreaKind, AreaLevel};
use crate::date::Date;
use crate::record::{RecordKey, Value};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};

/// First word of the key.
pub const KIND: &str = "area-change";
/// Most changes.
pub const MAX_CHANGES: u16 = 300;
/// Longest name, in bytes.
const MAX_NAME_BYTES: usize = 120;
/// Most areas that one is made of, or becomes part of.
const MAX_PARTS: usize = 12;

/// Names of the fields.
pub mod field {
    /// `renamed`, `made` or `ended` (text).
    pub const WHAT: &str = "what";
    /// The area (code as text).
    pub const CODE: &str = "code";
    /// From which day (ISO date).
    pub const FROM: &str = "from";
    /// Its name (text).
    pub const NAME: &str = "name";
    /// What it is in law, as the catalogue's word for it (text).
    pub const KIND: &str = "kind";
    /// The area above (code as text).
    pub const PARENT: &str = "parent";
    /// What it was made of, or became part of: codes with commas between (text).
    pub const PARTS: &str = "parts";
    /// The paper that it rests on (text).
    pub const PAPER: &str = "paper";
}

const NAMES: [&str; 8] = [
    field::WHAT,
    field::CODE,
    field::FROM,
    field::NAME,
    field::KIND,
    field::PARENT,
    field::PARTS,
    field::PAPER,
];

/// A change with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// The change.
    pub change: AreaChange,
    /// The paper that it rests on.
    pub paper: String,
    /// When it was entered last, in milliseconds since 1970 by the server's clock; 0 before.
    #[serde(default)]
    pub set_ms: u64,
}

/// The record of a change.
pub fn key(number: u16) -> RecordKey {
    RecordKey::parse(&format!("{KIND}/{}/{number}", subject()))
        .expect("a number is in the alphabet of keys")
}

/// Which change a record is of.
pub(super) fn parts(key: &RecordKey) -> Option<u16> {
    if key.kind() != KIND {
        return None;
    }
    let mut words = key.as_str().split('/').skip(2);
    let number: u16 = words.next()?.parse().ok()?;
    words.next().is_none().then_some(number)
}

/// Reads a record; `None` where the change was withdrawn.
pub(super) fn read(state: &RecordState) -> Option<Entered> {
    let text = |name: &str| state.text(name).unwrap_or_default();
    let code = |text: &str| AreaCode::parse(text).ok();
    let name = || text(field::NAME).to_owned();
    let kind = || kind_of(text(field::KIND));
    let listed = || text(field::PARTS).split(',').filter_map(code).collect();
    let what = match text(field::WHAT) {
        "renamed" => AreaEvent::Renamed {
            name: name(),
            kind: kind()?,
        },
        "made" => AreaEvent::Made {
            name: name(),
            kind: kind()?,
            parent: code(text(field::PARENT))?,
            of: listed(),
        },
        "ended" => AreaEvent::Ended { into: listed() },
        _ => return None,
    };
    Some(Entered {
        change: AreaChange {
            code: code(text(field::CODE))?,
            from: Date::parse_iso(text(field::FROM))?,
            what,
        },
        paper: text(field::PAPER).to_owned(),
        set_ms: set_ms(state),
    })
}

/// The fields that say so, or those by which it is withdrawn. Whether it fits the areas there are is another question
/// ([`AreaTree::with`](crate::area::AreaTree::with)).
pub(super) fn fields(
    entered: Option<&Entered>,
) -> Result<Vec<(&'static str, Value)>, SettingError> {
    let mut fields: Vec<_> = NAMES.map(|name| (name, Value::Null)).to_vec();
    let Some(Entered { change, paper, .. }) = entered else {
        return Ok(fields);
    };
    let mut say = |name: &str, value: Value| {
        if let Some(field) = fields.iter_mut().find(|(known, _)| *known == name) {
            field.1 = value;
        }
    };
    let paper = line(paper, MAX_PAPER_BYTES)?;
    if paper.is_empty() {
        return Err(SettingError::PaperMissing);
    }
    say(field::PAPER, text_value(paper));
    say(field::CODE, Value::Text(change.code.to_string()));
    say(field::FROM, day_value(Some(change.from)));
    let named = |name: &str| match line(name, MAX_NAME_BYTES)? {
        name if name.is_empty() => Err(SettingError::Incomplete),
        name => Ok(Value::Text(name)),
    };
    let listed = |codes: &[AreaCode]| {
        if codes.len() > MAX_PARTS {
            return Err(SettingError::OutOfRange);
        }
        let codes: Vec<_> = codes.iter().map(AreaCode::as_str).collect();
        Ok(text_value(codes.join(",")))
    };
    match &change.what {
        AreaEvent::Renamed { name, kind } => {
            say(field::WHAT, "renamed".into());
            say(field::NAME, named(name)?);
            say(field::KIND, word(*kind).into());
        }
        AreaEvent::Made {
            name,
            kind,
            parent,
            of,
        } => {
            say(field::WHAT, "made".into());
            say(field::NAME, named(name)?);
            say(field::KIND, word(*kind).into());
            say(field::PARENT, Value::Text(parent.to_string()));
            say(field::PARTS, listed(of)?);
        }
        AreaEvent::Ended { into } => {
            say(field::WHAT, "ended".into());
            say(field::PARTS, listed(into)?);
        }
    }
    Ok(fields)
}

/// Kinds that an area can be given here.
pub const KINDS: [AreaKind; 5] = [
    AreaKind::Commune,
    AreaKind::Ward,
    AreaKind::Township,
    AreaKind::District,
    AreaKind::City,
];

/// The stored word of a kind.
pub fn word(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::Province => "province",
        AreaKind::City => "city",
        AreaKind::District => "district",
        AreaKind::Commune => "commune",
        AreaKind::Ward => "ward",
        AreaKind::Township => "township",
    }
}

/// Reads the stored word.
pub fn kind_of(text: &str) -> Option<AreaKind> {
    KINDS.into_iter().find(|kind| word(*kind) == text)
}

/// Kinds of a level.
pub fn kinds_of(level: AreaLevel) -> impl Iterator<Item = AreaKind> {
    KINDS.into_iter().filter(move |kind| kind.level() == level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::FieldName;
    use crate::setting::{self, Setting, Settings};
    use std::collections::BTreeMap;

    fn code(text: &str) -> AreaCode {
        AreaCode::parse(text).unwrap()
    }

    fn entered(what: AreaEvent) -> Entered {
        Entered {
            change: AreaChange {
                code: code("09001"),
                from: Date::new(2022, 7, 1).unwrap(),
                what,
            },
            paper: "Nghị quyết 12/NQ-HĐND".to_owned(),
            set_ms: 0,
        }
    }

    /// What a record says after these fields were written.
    fn stored(fields: &[(&'static str, Value)]) -> RecordState {
        use crate::sync::clock::Hlc;
        use crate::sync::edit::{DeviceId, Edit, EditId};
        let mut state = RecordState::new(setting::feed());
        let values = fields
            .iter()
            .map(|(name, value)| (FieldName::parse(name).unwrap(), value.clone()));
        let edit = Edit {
            id: EditId {
                device: DeviceId(1),
                seq: 1,
            },
            time: Hlc::from_millis(5),
            author: "quan-tri".to_owned(),
            commune: setting::feed(),
            record: key(1),
            changes: state.changes_to(values.collect()),
        };
        state.apply(&edit);
        state
    }

    #[test]
    fn what_is_entered_is_read_again() {
        for what in [
            AreaEvent::Renamed {
                name: "Thị trấn Bó Mười".to_owned(),
                kind: AreaKind::Township,
            },
            AreaEvent::Made {
                name: "Xã Mới".to_owned(),
                kind: AreaKind::Commune,
                parent: code("119"),
                of: vec![code("03751"), code("03754")],
            },
            AreaEvent::Ended {
                into: vec![code("03751")],
            },
        ] {
            let entered = entered(what);
            let state = stored(&fields(Some(&entered)).unwrap());
            let again = Entered {
                set_ms: 0,
                ..read(&state).unwrap()
            };
            assert_eq!(again, entered);
            let records = BTreeMap::from([(key(1), state)]);
            assert_eq!(Settings::of(&records).areas.len(), 1);
        }
        assert_eq!(read(&stored(&fields(None).unwrap())), None);
    }

    #[test]
    fn a_change_rests_on_a_paper_and_is_not_too_long() {
        let good = entered(AreaEvent::Ended { into: Vec::new() });
        let without = Entered {
            paper: " ".to_owned(),
            ..good.clone()
        };
        assert_eq!(fields(Some(&without)), Err(SettingError::PaperMissing));
        let nameless = entered(AreaEvent::Renamed {
            name: " ".to_owned(),
            kind: AreaKind::Commune,
        });
        assert_eq!(fields(Some(&nameless)), Err(SettingError::Incomplete));
        let many = entered(AreaEvent::Ended {
            into: vec![code("03751"); MAX_PARTS + 1],
        });
        assert_eq!(fields(Some(&many)), Err(SettingError::OutOfRange));
        let setting = Setting::Area {
            number: 4,
            entered: Some(good),
        };
        let period = crate::record::Period(2022);
        assert_eq!(setting.key(period), key(4));
        assert_eq!(parts(&key(4)), Some(4));
    }
}
