//! Imports into a database, as an operator does them.

use super::*;
use crate::store::Sqlite;
use thidua_domain::area::AreaTree;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::season::Season;
use thidua_domain::subject::{self, field};

fn rules() -> Rules {
    Rules {
        tree: AreaTree::embedded(),
        season: Season::directive_2022(),
        packs: thidua_domain::criteria::Packs::default(),
    }
}

/// A register of xã Chiềng Ly that files are imported into.
struct Fixture {
    _folder: tempfile::TempDir,
    db: Sqlite,
    commune: &'static Area,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Sqlite::open(folder.path()).unwrap();
        let commune = commune_of(rules(), &AreaCode::parse("03751").unwrap()).unwrap();
        Self {
            _folder: folder,
            db,
            commune,
        }
    }

    /// Areas added, families added, changed and unchanged.
    async fn import(&self, file: &str) -> (i64, i64, i64, i64) {
        let parsed = parse::parse(file.as_bytes()).unwrap();
        assert_eq!(parsed.errors, [], "{file}");
        let counts = import_rows(&self.db, rules(), self.commune, &parsed.rows)
            .await
            .unwrap();
        assert_eq!(self.db.recount(rules()).await.unwrap(), []);
        (
            counts.areas_added,
            counts.families_added,
            counts.families_changed,
            counts.families_unchanged,
        )
    }

    async fn records(&self) -> BTreeMap<RecordKey, RecordState> {
        let (records, _) = commune_records(&self.db, &self.commune.code).await.unwrap();
        records
    }

    /// Labels of subjects of a kind with a number of theirs, sorted.
    async fn list(&self, kind: SubjectKind, number: &str) -> Vec<(String, Option<i64>)> {
        let records = self.records().await;
        let mut list: Vec<_> = records
            .iter()
            .filter(|(key, _)| key.subject_kind() == Some(kind))
            .map(|(_, state)| (subject::label(state).to_owned(), state.int(number)))
            .collect();
        list.sort();
        list
    }
}

#[tokio::test]
async fn the_same_file_twice_makes_nothing_twice() {
    let fixture = Fixture::new();
    let file = "Khu dân cư,Chủ hộ,Số nhà,Nhân khẩu\n\
                Bản Bó,Lò Văn A,1,3\nBản Bó,Lò Văn A,2,4\nBản Nà,Lò Văn A,1,5\nBản Nà,Cà Thị B,,6\n";
    assert_eq!(fixture.import(file).await, (2, 4, 0, 0));
    let before = fixture.records().await;
    assert_eq!(fixture.import(file).await, (0, 0, 0, 4));
    // As another program would save it: decomposed, in capitals, tone marks placed otherwise.
    let other = "BẢN,CHỦ HỘ,SỐ NHÀ,NHÂN KHẨU\n\
                 BA\u{309}N BÓ,LÒ VĂN A,1,3\nBẢN BÓ,LÒ VĂN A,2,4\nBẢN NÀ,LÒ VĂN A,1,5\nBẢN NÀ,CÀ THỊ B,,6\n";
    assert_eq!(fixture.import(other).await, (0, 0, 0, 4));
    assert_eq!(fixture.records().await, before);
}

#[tokio::test]
async fn what_differs_is_changed_and_an_empty_cell_takes_nothing_back() {
    let fixture = Fixture::new();
    let first = "Bản,Chủ hộ,Số nhà,Nhân khẩu,Hộ nghèo,Kết quả năm trước,Số năm liên tục\n\
                 Bản Bó,Lò Văn Hặc,1,3,Nghèo,Đạt,2\nBản Bó,Cà Văn Hòa,2,4,,,\n";
    assert_eq!(fixture.import(first).await, (1, 2, 0, 0));
    let second =
        "Bản,Chủ hộ,Số nhà,Nhân khẩu,Hộ nghèo\nBản Bó,Lò Văn Hặc,1,5,\nBản Bó,Cà Văn Hoà,2,4,\n";
    assert_eq!(fixture.import(second).await, (0, 0, 1, 1));
    let records = fixture.records().await;
    let lo = records
        .values()
        .find(|state| state.text(field::HEAD) == Some("Lò Văn Hặc"))
        .unwrap();
    assert_eq!(lo.int(field::MEMBERS), Some(5));
    assert_eq!(lo.text(field::POVERTY), Some("poor"));
    assert_eq!(lo.flag(field::LAST_RESULT), Some(true));
    assert_eq!(lo.int(field::YEARS_RUNNING), Some(2));
}

#[tokio::test]
async fn families_that_look_alike_stay_apart_and_keep_their_own_facts() {
    let fixture = Fixture::new();
    let file = "Bản,Chủ hộ,Nhân khẩu\n\
                Bó,Giàng A Páo,3\nBó,Giàng A Páo,5\nBó,Giàng A Páo,7\nBó,Giàng A Páo,4\nBó,Giàng A Páo,3\n";
    assert_eq!(fixture.import(file).await, (1, 5, 0, 0));
    let before = fixture.records().await;
    assert_eq!(fixture.import(file).await, (0, 0, 0, 5));
    // The same families in another order.
    let sorted = "Bản,Chủ hộ,Nhân khẩu\n\
                  Bó,Giàng A Páo,3\nBó,Giàng A Páo,3\nBó,Giàng A Páo,4\nBó,Giàng A Páo,5\nBó,Giàng A Páo,7\n";
    assert_eq!(fixture.import(sorted).await, (0, 0, 0, 5));
    assert_eq!(fixture.records().await, before);
    // One has grown, one has come.
    let grown = "Bản,Chủ hộ,Nhân khẩu\nBó,Giàng A Páo,3\nBó,Giàng A Páo,5\nBó,Giàng A Páo,8\n\
                 Bó,Giàng A Páo,4\nBó,Giàng A Páo,3\nBó,Giàng A Páo,2\n";
    assert_eq!(fixture.import(grown).await, (0, 1, 1, 4));
    let members: Vec<_> = fixture
        .list(SubjectKind::Family, field::MEMBERS)
        .await
        .into_iter()
        .filter_map(|(_, members)| members)
        .collect();
    assert_eq!(members, [2, 3, 3, 4, 5, 8]);
}

#[tokio::test]
async fn names_that_differ_in_their_tones_are_different_names() {
    let fixture = Fixture::new();
    let file = "Bản,Chủ hộ,Nhân khẩu\nBản Nà Ân,Lò Văn Tâm,1\nBản Nà An,Lò Văn Tám,2\n\
                Bản Nà An,Lò Văn Tâm,3\n";
    assert_eq!(fixture.import(file).await, (2, 3, 0, 0));
    assert_eq!(fixture.import(file).await, (0, 0, 0, 3));
    let names = fixture
        .list(SubjectKind::ResidentialArea, field::ORDER)
        .await;
    assert_eq!(
        names,
        [
            ("Bản Nà An".to_owned(), Some(2)),
            ("Bản Nà Ân".to_owned(), Some(1))
        ]
    );
    // Without marks neither can be told: nobody is given another's facts.
    let bare = "Bản,Chủ hộ,Nhân khẩu\nBan Na An,Lo Van Tam,9\n";
    assert_eq!(fixture.import(bare).await, (1, 1, 0, 0));
    assert_eq!(fixture.import(bare).await, (0, 0, 0, 1));
    assert_eq!(fixture.import(file).await, (0, 0, 0, 3));
}

#[tokio::test]
async fn a_name_without_tone_marks_finds_the_one_it_stands_for() {
    let fixture = Fixture::new();
    let file = "Bản,Chủ hộ,Nhân khẩu\nBản Bó,Lò Văn Hặc,3\n";
    assert_eq!(fixture.import(file).await, (1, 1, 0, 0));
    let bare = "Ban,Chu ho,Nhan khau\nBAN BO,LO VAN HAC,4\n";
    assert_eq!(fixture.import(bare).await, (0, 0, 1, 0));
    let families = fixture.list(SubjectKind::Family, field::MEMBERS).await;
    assert_eq!(families, [("Lò Văn Hặc".to_owned(), Some(4))]);
    // The other way round the marks are gained; within one file too.
    let both = "Bản,Chủ hộ\nBan Na,Ca Van Ui\nBản Nà,Cà Văn Úi\n";
    assert_eq!(fixture.import(both).await, (1, 2, 0, 0));
    assert_eq!(fixture.import(both).await, (0, 0, 0, 2));
    let areas = fixture
        .list(SubjectKind::ResidentialArea, field::ORDER)
        .await;
    assert_eq!(areas[1], ("Bản Nà".to_owned(), Some(2)));
}

#[tokio::test]
async fn a_family_that_has_left_is_not_found_again() {
    let fixture = Fixture::new();
    let file = "Bản,Chủ hộ,Số nhà\nBản Bó,Lò Văn A,1\n";
    fixture.import(file).await;
    let (known, _) = commune_records(&fixture.db, &fixture.commune.code)
        .await
        .unwrap();
    let key = known
        .keys()
        .find(|key| key.subject_kind() == Some(SubjectKind::Family))
        .unwrap()
        .clone();
    let principal = Principal::new(
        "can-bo-xa",
        Role::CommuneOfficer,
        vec![fixture.commune.code.clone()],
    );
    let device = Office::fresh_device();
    let mut tablet = Office::open(principal, fixture.commune.code.clone(), device, known);
    tablet.edit(&key, [(field::CLOSED, "moved".into())], 1);
    tablet.push(&fixture.db, rules(), 1).await.unwrap();
    assert_eq!(fixture.import(file).await, (0, 1, 0, 0));
    assert_eq!(fixture.import(file).await, (0, 0, 0, 1));
}

#[tokio::test]
async fn a_file_with_faults_imports_nothing_unless_asked_to_skip_them() {
    let fixture = Fixture::new();
    let mut file = "Bản,Chủ hộ,Nhân khẩu\nBản Bó,Lò Văn A,3\n".to_owned();
    file.extend(std::iter::repeat_n("Bản Bó,Lò Văn B,ba\n", SHOWN + 7));
    let file = file.as_bytes();
    let run = async |skip| import(&fixture.db, rules(), fixture.commune, file, skip).await;

    let refused = run(false).await.unwrap_err().to_string();
    assert!(refused.contains("chưa nhập gì cả"), "{refused}");
    assert!(
        refused.contains("dòng 3, cột 3 (Nhân khẩu): “ba” không phải là số nguyên."),
        "{refused}"
    );
    assert!(refused.contains("và 7 lỗi nữa"), "{refused}");
    assert!(refused.contains("--skip-bad-rows"), "{refused}");
    assert!(fixture.records().await.is_empty());

    let said = run(true).await.unwrap();
    assert!(said.contains("thêm 1 khu dân cư, 1 hộ"), "{said}");
    assert!(said.contains("và 7 lỗi nữa"), "{said}");

    let all_bad = "Bản,Chủ hộ,Nhân khẩu\nBản Bó,Lò Văn A,ba\n".as_bytes();
    let refused = import(&fixture.db, rules(), fixture.commune, all_bad, true)
        .await
        .unwrap_err()
        .to_string();
    assert!(!refused.contains("--skip-bad-rows"), "{refused}");
}

#[tokio::test]
async fn a_large_list_goes_in_several_batches() {
    let fixture = Fixture::new();
    let mut file = "Bản;Chủ hộ;Số nhà;Nhân khẩu\n".to_owned();
    for number in 0..2_500 {
        file.push_str(&format!("Bản {};Lò Văn A;{number};4\n", number % 7));
    }
    assert_eq!(fixture.import(&file).await, (7, 2_500, 0, 0));
    assert_eq!(fixture.import(&file).await, (0, 0, 0, 2_500));
}

#[tokio::test]
async fn the_commune_must_be_one() {
    for code in ["14", "119", "99999"] {
        let error = commune_of(rules(), &AreaCode::parse(code).unwrap()).unwrap_err();
        assert!(error.to_string().contains(code), "{error}");
    }
    let error = read(Path::new("khong-co.csv")).unwrap_err().to_string();
    assert!(error.contains("khong-co.csv"), "{error}");
}
