//! The communes' books as reviewers read them.

use crate::harness::{Server, assert_problem, district, elsewhere, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{LinesPage, MAX_LINES, ProblemCode};
use thidua_domain::book::{Book, YEAR};
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::sync::wire::RejectReason;
use thidua_server::store::contract::{PERIOD, Tablet, commune};

fn book(id: &str) -> &'static Book {
    Book::by_id(id).expect("a book of this id")
}

fn write(tablet: &mut Tablet, place: usize, key: &RecordKey, fields: &[(&str, Value)]) {
    let year = (YEAR, Value::Int(i64::from(PERIOD.0)));
    let fields: Vec<_> = fields.iter().cloned().chain([year]).collect();
    tablet.write(&commune(place), key, &fields);
}

/// The record of a line that every commune has.
fn fixed(id: &str, place: usize, line: &str) -> RecordKey {
    let lines = book(id).fixed(&commune(place), PERIOD);
    let found = lines.into_iter().find(|it| it.id == line);
    found.expect("a line of this id").key
}

/// A server with two communes of two districts that wrote in three books.
async fn start() -> Server {
    let far = elsewhere();
    let server = Server::start(&[
        officer("ta-hoc", 0),
        officer("noi-khac", far),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await;
    let movement = &book("phong-trao").fixed(&commune(0), PERIOD)[1].id;
    for (name, place, joined, people) in
        [("ta-hoc", 0, true, 120_i64), ("noi-khac", far, false, 30)]
    {
        let (mut tablet, line) = server.tablet(name, place as u64 + 1, place).await;
        let joining = [("joined", Value::Bool(joined)), ("people", people.into())];
        let key = fixed("phong-trao", place, movement);
        write(&mut tablet, place, &key, &joining);
        let key = fixed("hoi-dong", place, "ke-hoach");
        let plan = [
            ("done", Value::Bool(true)),
            ("number", "=15/KH-UBND".into()),
        ];
        write(&mut tablet, place, &key, &plan);
        for number in 0..2 {
            let id = SubjectId::derived(&format!("{name} {number}"));
            let key = book("dien-hinh").key(id);
            let model = [
                ("name", format!("Hộ trồng mận số {number}").into()),
                ("sort", "ca-nhan".into()),
                ("story", "Đường hoa của bản".into()),
            ];
            write(&mut tablet, place, &key, &model);
        }
        line.sync(&mut tablet).await;
    }
    server
}

#[tokio::test]
async fn each_reads_the_books_of_their_own_area() {
    let server = start().await;
    let near = commune(0).to_string();
    let far = commune(elsewhere()).to_string();
    let (own, all) = (district(0).to_string(), province().to_string());
    for (name, area, expected) in [
        ("so-noi-vu", &all, Some(4)),
        ("xem", &all, Some(4)),
        ("quan-tri", &all, Some(4)),
        ("so-noi-vu", &own, Some(2)),
        ("so-noi-vu", &far, Some(2)),
        ("huyen", &own, Some(2)),
        ("huyen", &near, Some(2)),
        ("huyen", &far, None),
        ("huyen", &all, None),
        ("ta-hoc", &near, Some(2)),
        ("ta-hoc", &far, None),
        ("ta-hoc", &own, None),
    ] {
        let client = server.client(name).await;
        let path = format!("/api/books/dien-hinh?area={area}");
        let csv = format!("/api/books/dien-hinh/csv?area={area}");
        match expected {
            Some(count) => {
                let page: LinesPage = client.read(&path).await;
                assert_eq!((page.total, page.lines.len()), (count, count), "{name}");
                let file = client.get(&csv).await.text().await.unwrap();
                assert_eq!(file.lines().count(), count + 1, "{name}");
            }
            None => {
                for path in [path, csv] {
                    let answer = client.get(&path).await;
                    assert_problem(answer, 404, ProblemCode::NotFound, name).await;
                }
            }
        }
    }
    let answer = server.stranger().get("/api/books/dien-hinh?area=14").await;
    assert_problem(answer, 401, ProblemCode::NotSignedIn, "nobody").await;
}

#[tokio::test]
async fn lines_that_every_commune_has_are_counted() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    let page: LinesPage = client.read("/api/books/phong-trao?area=14").await;
    assert_eq!((page.total, page.wrote, page.communes), (2, 2, 204));
    let count = &page.counts[1];
    assert_eq!((count.yes, count.no, count.silent), (1, 1, 202));
    assert_eq!(count.sum, Some(150));
    let other = &page.counts[0];
    assert_eq!((other.yes, other.no, other.silent), (0, 0, 204));
    assert_eq!(page.lines[0].commune, commune(0));
    assert_eq!(page.lines[0].name, count.name);

    assert_eq!(page.silent, []);
    let only = format!("/api/books/phong-trao?area=14&line={}", count.line);
    let only: LinesPage = client.read(&only).await;
    assert_eq!((only.total, only.silent.len()), (2, 202));
    assert!(!only.silent.contains(&commune(0)) && only.silent.contains(&commune(1)));
    let unknown = "/api/books/phong-trao?area=14&line=khong-co";
    assert_eq!(client.read::<LinesPage>(unknown).await.silent, []);
    let none = format!("/api/books/phong-trao?area=14&line={}", other.line);
    let none: LinesPage = client.read(&none).await;
    assert_eq!((none.total, none.silent.len()), (0, 204));
    assert_eq!(none.counts, page.counts);
}

#[tokio::test]
async fn words_are_searched_without_tone_marks() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    for (words, expected) in [
        ("man+so+1", 2),
        ("DUONG%20hoa", 4),
        ("c%C3%A1%20nh%C3%A2n", 4),
        ("ca-nhan", 0),
        ("khong+co", 0),
        ("", 4),
    ] {
        let path = format!("/api/books/dien-hinh?area=14&q={words}");
        assert_eq!(
            client.read::<LinesPage>(&path).await.total,
            expected,
            "{words}"
        );
    }
    let long = format!("/api/books/dien-hinh?area=14&q={}", "x".repeat(201));
    assert_problem(client.get(&long).await, 422, ProblemCode::Malformed, "long").await;
    let unknown = client.get("/api/books/x?area=14").await;
    assert_problem(unknown, 404, ProblemCode::NotFound, "no such book").await;
}

#[tokio::test]
async fn a_long_book_comes_in_pages() {
    let server = start().await;
    let (mut tablet, line) = server.tablet("ta-hoc", 77, 0).await;
    for number in 0..u128::try_from(MAX_LINES).unwrap() + 5 {
        let key = book("hoat-dong").key(SubjectId(number + 1));
        let fields = [("name", format!("Buổi {number:03}").into())];
        write(&mut tablet, 0, &key, &fields);
    }
    let other_year = book("hoat-dong").key(SubjectId(9_999));
    let fields = [("name", "Năm trước".into()), (YEAR, Value::Int(2021))];
    tablet.write(&commune(0), &other_year, &fields);
    line.sync(&mut tablet).await;
    let client = server.client("huyen").await;
    let path = |after: usize| format!("/api/books/hoat-dong?area={}&after={after}", commune(0));
    let first: LinesPage = client.read(&path(0)).await;
    assert_eq!((first.total, first.lines.len()), (MAX_LINES + 5, MAX_LINES));
    assert_eq!(first.lines[0].name, "Buổi 000");
    let second: LinesPage = client.read(&path(MAX_LINES)).await;
    assert_eq!(second.lines.len(), 5);
    assert_eq!(second.lines[4].name, format!("Buổi {:03}", MAX_LINES + 4));
    assert!(
        client
            .read::<LinesPage>(&path(9_999))
            .await
            .lines
            .is_empty()
    );
}

#[tokio::test]
async fn a_file_of_a_book_holds_no_formula() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    let answer = client.get("/api/books/hoi-dong/csv?area=14").await;
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/csv")
    );
    let file = answer.text().await.unwrap();
    let mut lines = file.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .ends_with("Nội dung,Đã xong,\"Số, ký hiệu văn bản\",Ngày ban hành,Ghi chú")
    );
    let line = lines.next().unwrap();
    assert!(
        line.ends_with("Kế hoạch cụ thể hóa Chỉ thị,Có,'=15/KH-UBND,,"),
        "{line}"
    );
}

/// The lines that every commune has bear names that anybody can work out.
#[tokio::test]
async fn nobody_begins_another_communes_line() {
    let server = start().await;
    let far = elsewhere();
    let line = server.client("noi-khac").await;
    let theirs = fixed("hoi-dong", 0, "quy-che-hoi-dong");
    let own = fixed("hoi-dong", far, "quy-che-hoi-dong");
    let year = (YEAR, Value::Int(i64::from(PERIOD.0)));
    for (device, record, fields, expected) in [
        (
            31,
            &theirs,
            vec![("done", Value::Bool(true)), year.clone()],
            1,
        ),
        (32, &theirs, vec![("done", Value::Bool(true))], 1),
        (33, &own, vec![("done", Value::Bool(true)), year], 0),
    ] {
        let mut tablet = Tablet::new("noi-khac", device, &[commune(far)]);
        tablet.write(&commune(far), record, &fields);
        let answer = line.exchange(&tablet.request()).await;
        let reasons: Vec<_> = answer.rejected.iter().map(|one| one.reason).collect();
        assert_eq!(
            reasons,
            vec![RejectReason::WrongCommune; expected],
            "{device}"
        );
    }
}
