//! How many bytes a season costs, held below a bound: entries of families as the app makes them.
//!
//! The distribution, stated: 60 of 100 families are steady (a criterion is at its maximum in 85 of 100
//! cases, one point below in 12, two in 3), 28 middling (60, 28, 10, and three below in 2), 12 struggle
//! (20, 30, 25, 15, and four below in 10). Every hundred families share a meeting. One entry takes 45 to
//! 240 seconds, to the millisecond. 30 of 100 have a note: one of 16 sentences, the n-th with weight 1/n.

use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{FieldName, Period, RecordKey, SubjectId, Value};
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest};
use thidua_domain::sync::replica::{MESSAGE_EDITS, Replica};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{self, Cursor, Identity, Page, Request, Response};

/// SplitMix64.
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}

/// Draws, and adds up what the draws were worth in bits.
struct Source {
    luck: Luck,
    bits: f64,
}

impl Source {
    fn pick(&mut self, weights: &[u64]) -> usize {
        let all: u64 = weights.iter().sum();
        let mut draw = self.luck.below(all);
        let place = weights.iter().position(|weight| {
            let here = draw < *weight;
            draw = draw.saturating_sub(*weight);
            here
        });
        let place = place.unwrap_or(weights.len() - 1);
        self.bits -= (weights[place] as f64 / all as f64).log2();
        place
    }
}

const MAXIMA: [i64; 15] = [8, 7, 7, 7, 6, 8, 8, 6, 6, 7, 7, 5, 6, 7, 5];

const NOTES: [&str; 16] = [
    "Đã đối chiếu với sổ hộ khẩu",
    "Chủ hộ đi làm ăn xa, con trai ký thay",
    "Hộ mới tách trong năm",
    "Có con đang đi nghĩa vụ quân sự",
    "Gia đình liệt sĩ",
    "Nhà đang sửa, ở nhờ anh trai",
    "Đã nhắc về vệ sinh chuồng trại",
    "Có người cao tuổi neo đơn",
    "Con út nghỉ học, trưởng bản đang vận động",
    "Mới thoát nghèo đầu năm",
    "Chưa có bảo hiểm y tế cho hai người",
    "Vắng mặt ngày họp bản",
    "Tham gia tốt ngày công làm đường",
    "Đề nghị biểu dương ở xã",
    "Chuyển đến từ xã khác",
    "Cần xem lại điểm mục kinh tế",
];

struct Season {
    edits: Vec<Edit>,
    bits_an_entry: f64,
}

/// Entries of `count` families, each filled in with one save, and all handed in at the end if wished.
fn season(count: u64, seed: u64, millis: u64, submitted: bool) -> Season {
    let mut source = Source {
        luck: Luck(seed),
        bits: 0.0,
    };
    let device = DeviceId::from_random(source.luck.next());
    let commune = AreaCode::parse("03646").unwrap();
    let mut replica = Replica::new(device, "nguyen.van.hai".to_owned(), vec![commune.clone()]);
    let first = u128::from(source.luck.next()) << 64 | u128::from(source.luck.next()) >> 32 << 32;
    let mut now = 1_669_000_000_123 / millis * millis;
    let mut edits = Vec::new();
    let mut entries = Vec::new();
    let (mut invited, mut attended) = (0, 0);
    for number in 0..count {
        if number % 100 == 0 {
            invited = 60 + source.luck.below(80) as i64;
            attended = invited - source.luck.below(30) as i64;
        }
        let gap = 45_000 + source.luck.below(195_000);
        source.bits += (195_000.0 / millis as f64).log2();
        now += gap / millis * millis;
        let kind = source.pick(&[60, 28, 12]);
        let weights: &[u64] = [&[85, 12, 3][..], &[60, 28, 10, 2], &[20, 30, 25, 15, 10]][kind];
        let registered = source.pick(&[5, 95]) == 1;
        let poverty = ["none", "near-poor", "poor"][source.pick(&[80, 9, 11])];
        let mut values = vec![
            ("pack".to_owned(), Value::from("gdvh-122-2018")),
            ("registered".to_owned(), Value::Bool(registered)),
            ("poverty".to_owned(), Value::from(poverty)),
        ];
        for (place, greatest) in MAXIMA.iter().enumerate() {
            let below = source.pick(weights) as i64;
            values.push((
                format!("score.c{:02}", place + 1),
                Value::Int(greatest - below),
            ));
        }
        let against = source.pick(&[50, 25, 12, 6, 4, 3]) as i64;
        values.push(("meeting.invited".to_owned(), Value::Int(invited)));
        values.push(("meeting.attended".to_owned(), Value::Int(attended)));
        values.push(("meeting.agreed".to_owned(), Value::Int(attended - against)));
        values.push((
            "proposed".to_owned(),
            Value::Bool(source.pick(&[12, 88]) == 1),
        ));
        if source.pick(&[70, 30]) == 1 {
            let weights: Vec<u64> = (1..=16).map(|n| 5_040 / n).collect();
            values.push(("note".to_owned(), Value::from(NOTES[source.pick(&weights)])));
        }
        let key = RecordKey::entry(
            SubjectId(first + u128::from(number)),
            Assessment::CulturalFamily,
            Period(2022),
        );
        let state = RecordState::new(commune.clone());
        let values = values
            .into_iter()
            .map(|(name, value)| (FieldName::parse(&name).unwrap(), value))
            .collect();
        let plan = replica
            .plan_edit(&key, &state, state.changes_to(values), now)
            .unwrap();
        replica = plan.replica;
        edits.push(plan.edit);
        entries.push((key, plan.state));
    }
    if submitted {
        now += 600_000;
        for (key, state) in entries {
            let change = state.change_of(thidua_domain::entry::submit(&state));
            let plan = replica.plan_edit(&key, &state, vec![change], now).unwrap();
            replica = plan.replica;
            edits.push(plan.edit);
        }
    }
    Season {
        edits,
        bits_an_entry: source.bits / count as f64,
    }
}

fn request(edits: Vec<Edit>) -> Request {
    let commune = edits
        .first()
        .map_or(AreaCode::parse("03646").unwrap(), |edit| {
            edit.commune.clone()
        });
    Request {
        device: edits
            .first()
            .map_or(DeviceId(0xa_1b2c_3d4e_5f60), |edit| edit.id.device),
        last_seq: edits.len() as u32,
        former: Vec::new(),
        sent: None,
        edits,
        cursors: vec![(
            commune,
            Cursor {
                number: 4_321,
                check: EditDigest(0x12_3456_789a_bcde),
            },
        )],
    }
}

fn answer(edits: Vec<Edit>) -> Response {
    let commune = AreaCode::parse("03646").unwrap();
    Response {
        held: 17,
        rejected: Vec::new(),
        former_held: Vec::new(),
        identity: Identity::Keep,
        follow: vec![commune.clone()],
        pages: vec![Page {
            commune,
            edits,
            cursor: Cursor {
                number: 9_876,
                check: EditDigest(0x0f_edcb_a987_6543),
            },
            more: false,
        }],
        server_time: 1_671_000_000_456,
    }
}

#[test]
fn a_season_in_few_bytes() {
    for (count, most) in [(1, 100), (50, 600), (500, 3_300)] {
        for millis in [1, 1_000] {
            for submitted in [false, true] {
                let season = season(count, 7, millis, submitted);
                let json = serde_json::to_vec(&season.edits).unwrap().len();
                let account = "nguyen.van.hai".to_owned();
                let replica = Replica::new(season.edits[0].id.device, account, Vec::new());
                let mut question = replica.ask_after(&season.edits, MESSAGE_EDITS);
                question.last_seq = season.edits.len() as u32;
                let question = wire::encode(&question).len();
                let request = request(season.edits);
                let frame = wire::encode(&request);
                assert_eq!(wire::decode_request(&frame).as_ref(), Ok(&request));
                println!(
                    "{count:4} entries, clock {millis:4} ms, submitted {submitted:5}: {} bytes, {:.2} an entry; entropy {:.2}; JSON {json}",
                    frame.len(),
                    frame.len() as f64 / count as f64,
                    season.bits_an_entry / 8.0,
                );
                assert!(frame.len() <= most, "{count}: {}", frame.len());
                // What is asked after a cut is little beside what is not sent again.
                assert!(count < 500 || question * 20 < frame.len(), "{question}");
            }
        }
    }
    let pulled = wire::encode(&answer(season(550, 8, 1, true).edits));
    println!("a pull of 550: {}", pulled.len());
    let idle = wire::encode(&request(Vec::new())).len() + wire::encode(&answer(Vec::new())).len();
    println!("idle, both ways: {idle}");
    assert!(pulled.len() < 3_700 && idle < 100);
}
