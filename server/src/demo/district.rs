//! What a district's own office does in the demonstration: it sets its targets and inspects communes.

use super::{calendar, people};
use crate::cli::Failure;
use crate::store::plan::{Unplanned, carry_out};
use crate::store::{Database, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::catalogue::{Direction, Indicator, Measure};
use thidua_domain::date::Date;
use thidua_domain::inspection::{self, Findings, FollowUp, Inspection, Outcome, Plan, Subject};
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::{FieldName, SubjectId, Value};
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, HUB_ACCOUNT, Needs, OwnEdit, Rules};
use thidua_domain::target::{self, ONE, OwnTarget};

/// One indicator in five is left for somebody to try it with.
const LEFT_OPEN: &str = "don-vi-an-toan";

/// Lives a district's year.
pub(super) async fn live<D: Database>(db: &D, rules: Rules, area: &Area) -> Result<(), Failure> {
    let number: u64 = area.code.as_str().parse()?;
    let at = calendar::morning((2, 7)) + number % 9 * 3_600_000;
    let edits = targets(rules, area);
    let subjects = BTreeSet::from([target::district_subject(&area.code)]);
    let feeds = BTreeSet::from([area.code.clone()]);
    let device = DeviceId::from_random(1 << 50 | number);
    write(db, rules, device, (subjects, feeds), edits, at).await?;
    let mut communes = rules.tree.communes_under(&area.code, rules.season.date);
    // The officers of the demonstration find something to answer.
    communes.sort_by_key(|commune| people::pace_of(&commune.code).is_none());
    let inspected = communes.into_iter().zip(year()?);
    let edits: Vec<OwnEdit> = inspected
        .map(|(commune, inspection)| inspect(rules, area, commune, &inspection))
        .collect::<Result<_, _>>()?;
    let feeds: BTreeSet<_> = edits.iter().map(|edit| edit.commune.clone()).collect();
    let subjects = feeds.iter().map(inspection::subject).collect();
    let at = calendar::morning((12, 20));
    write(db, rules, device, (subjects, feeds), edits, at).await
}

/// An inspection of each kind: put right, being put right, as it should be, announced.
fn year() -> Result<[Inspection; 4], Failure> {
    let day = |month, day| Date::new(2022, month, day).ok_or("a day of 2022");
    let plan = |from, until, subjects: &[Subject], about: &str| Plan {
        from,
        until,
        subjects: subjects.iter().copied().collect(),
        about: about.to_owned(),
        team: "Phòng Nội vụ, Phòng Văn hóa và Thông tin huyện".to_owned(),
        place: String::new(),
        inspected: None,
    };
    let found = |done, outcome, text: &str| {
        Some(Findings {
            done,
            outcome,
            text: text.to_owned(),
        })
    };
    let follow_up = |what: &str, due, done| FollowUp {
        what: what.to_owned(),
        due,
        done,
        answer: String::new(),
    };
    let titles = &[Subject::Titles, Subject::Documents];
    Ok([
        Inspection {
            findings: found(
                day(9, 14)?,
                Outcome::Shortcomings,
                "Hai khu dân cư họp bình xét chưa đủ 60% số hộ dự; biên bản một khu thiếu chữ ký thư ký.",
            ),
            follow_ups: (1..)
                .zip([
                    follow_up(
                        "Họp lại ở hai khu dân cư, bảo đảm tỷ lệ dự họp",
                        day(10, 15)?,
                        Some(day(10, 12)?),
                    ),
                    follow_up(
                        "Bổ sung chữ ký vào biên bản họp",
                        day(9, 30)?,
                        Some(day(9, 28)?),
                    ),
                ])
                .collect(),
            ..Inspection::announced(plan(
                day(9, 13)?,
                Some(day(9, 14)?),
                titles,
                "Việc họp bình xét Gia đình văn hóa",
            ))
        },
        Inspection {
            findings: found(
                day(12, 6)?,
                Outcome::Shortcomings,
                "Số liệu đơn vị an toàn về an ninh, trật tự chưa khớp với hồ sơ của công an xã.",
            ),
            follow_ups: (1..)
                .zip([follow_up(
                    "Đối chiếu số liệu đơn vị với công an xã và nhập lại",
                    day(12, 15)?,
                    None,
                )])
                .collect(),
            ..Inspection::announced(plan(day(12, 6)?, None, &[Subject::Indicators], ""))
        },
        Inspection {
            findings: found(day(11, 9)?, Outcome::Good, "Hồ sơ đầy đủ, đúng quy trình."),
            ..Inspection::announced(plan(day(11, 9)?, None, titles, ""))
        },
        Inspection::announced(plan(
            day(12, 28)?,
            Some(day(12, 29)?),
            &Subject::ALL,
            "Kiểm tra cuối năm",
        )),
    ])
}

fn inspect(
    rules: Rules,
    district: &Area,
    commune: &Area,
    held: &Inspection,
) -> Result<OwnEdit, Failure> {
    let mut values = held.fields(None, rules.season.period)?;
    let sent_by = FieldName::parse(inspection::field::SENT_BY)?;
    values.push((
        sent_by,
        Value::from(format!("Phòng Nội vụ {}", district.name)),
    ));
    Ok(OwnEdit {
        commune: commune.code.clone(),
        record: inspection::next_key(&commune.code, &BTreeMap::new())?,
        values,
    })
}

fn targets(rules: Rules, area: &Area) -> Vec<OwnEdit> {
    let number: i64 = area.code.as_str().parse().unwrap_or(0);
    let edit = |indicator: &'static Indicator| {
        let most = target::most(indicator, area, rules.tree, rules.season.date)?;
        let target = OwnTarget {
            goal: Some(goal(indicator, number, most)?),
            plan: format!("Kế hoạch {}/KH-UBND ngày 07/02/2022", 20 + number % 40),
        };
        Some(OwnEdit {
            commune: area.code.clone(),
            record: target::district_key(&area.code, &indicator.id, rules.season.period),
            values: target.fields(indicator, Some(most)).ok()?,
        })
    };
    target::indicators()
        .filter(|it| it.id.to_string() != LEFT_OPEN)
        .filter_map(edit)
        .collect()
}

/// Near the province's figure, some above and some below it; of new rural communes about a third.
fn goal(indicator: &Indicator, number: i64, most: i64) -> Option<Hundredths> {
    let asked = indicator.target?.0;
    let away = (number * 37) % 300 - 120;
    let goal = match (indicator.measure, indicator.direction) {
        (Measure::Count(_), _) => most / ONE * 32 / 100 * ONE,
        (_, Direction::AtMost) => asked - away,
        _ => asked + away,
    };
    Some(Hundredths(goal.clamp(0, most)))
}

/// Writes edits of the server's own, as a device of its own, so that the same seed makes the same edits.
async fn write<D: Database>(
    db: &D,
    rules: Rules,
    device: DeviceId,
    (subjects, communes): (BTreeSet<SubjectId>, BTreeSet<AreaCode>),
    edits: Vec<OwnEdit>,
    at: u64,
) -> Result<(), Failure> {
    let needs = Needs {
        device,
        subjects,
        communes,
        ..Needs::default()
    };
    let principal = Principal::new(
        HUB_ACCOUNT,
        Role::ProvinceReviewer,
        vec![rules.tree.province().code.clone()],
    );
    let time = Hlc::from_millis(at);
    let plan = move |loaded| {
        let writes = hub::plan_own(rules, &principal, device, edits, time, loaded)?;
        Ok::<_, Unplanned<StoreError>>((writes, ()))
    };
    carry_out(db, at, needs, plan).await?;
    Ok(())
}
