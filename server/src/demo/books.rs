//! The commune's own books: movements, council and documents, models, activities, reports in words.

use super::calendar::moment;
use super::commune::Writer;
use super::names;
use super::tablet::{Act, Tablet, Values};
use thidua_domain::book::{Book, YEAR};
use thidua_domain::record::{RecordKey, Value};
use thidua_domain::text::format_int;

/// What people are good at, and what came of it.
const MODELS: [(&str, &str, &str, &str); 8] = [
    (
        "Tổ hợp tác trồng mận hậu",
        "mo-hinh",
        "Nông nghiệp",
        "Mười hai hộ góp đất, chung giống và chung nơi tiêu thụ; thu nhập mỗi hộ tăng gần gấp đôi.",
    ),
    (
        "Câu lạc bộ sinh kế phụ nữ dệt thổ cẩm",
        "tap-the",
        "Văn hóa",
        "Giữ nghề dệt, bán được hàng cho khách du lịch; hai mươi chị em có việc lúc nông nhàn.",
    ),
    (
        "Tổ tự quản đường biên, mốc giới",
        "tap-the",
        "An ninh, trật tự",
        "Thay nhau tuần tra mỗi tuần một buổi, báo tin kịp thời cho công an xã.",
    ),
    (
        "Mô hình con đường hoa của chi hội phụ nữ",
        "mo-hinh",
        "Môi trường",
        "Ba cây số đường liên bản được trồng hoa, mỗi hộ nhận chăm một đoạn.",
    ),
    (
        "Hộ nuôi cá lồng trên hồ thủy điện",
        "ca-nhan",
        "Kinh tế hộ",
        "Từ hai lồng cá nay có mười lồng, hướng dẫn năm hộ khác cùng làm.",
    ),
    (
        "Trưởng bản vận động hiến đất làm đường",
        "ca-nhan",
        "Nông thôn mới",
        "Hai mươi ba hộ hiến hơn hai nghìn mét vuông đất, đường đã đổ bê tông.",
    ),
    (
        "Trường học không rác thải nhựa",
        "mo-hinh",
        "Giáo dục",
        "Học sinh thu gom chai nhựa đổi lấy sách; phụ huynh làm theo ở bản.",
    ),
    (
        "Lớp xóa mù chữ buổi tối",
        "tap-the",
        "Giáo dục",
        "Ba mươi học viên người Mông, Thái đọc viết được sau một năm.",
    ),
];
const OBSTACLES: [&str; 4] = [
    "Một số bản chưa có sóng điện thoại nên tổng hợp chậm.",
    "Cán bộ kiêm nhiệm nhiều việc; hồ sơ giấy của năm trước thất lạc một phần.",
    "Mưa lũ tháng 8 làm chậm các buổi họp bình xét.",
    "Kinh phí khen thưởng của xã còn ít.",
];
const NEXT: [&str; 3] = [
    "Đề nghị huyện tập huấn cho trưởng bản về cách chấm điểm gia đình văn hóa.",
    "Hoàn thành bình xét ở tất cả các bản trong tháng 11; niêm yết công khai kết quả.",
    "Đề nghị hỗ trợ máy tính bảng cho các bản xa.",
];

/// Fills in the books as far as an office gets round to it: `percent` of the lines that it could.
pub(super) fn fill(writer: &mut Writer<'_>, tablet: &mut Tablet, percent: i64) {
    movements(writer, tablet, percent);
    duties(writer, tablet, percent);
    for _ in 0..writer.luck.between(0, 3) {
        model(writer, tablet);
    }
    reports(writer, tablet, percent);
}

fn book(id: &str) -> &'static Book {
    Book::by_id(id).expect("a book of the catalogue")
}

fn write(
    writer: &Writer<'_>,
    tablet: &mut Tablet,
    at: u64,
    key: &RecordKey,
    said: &[(&str, Value)],
) {
    let year = (YEAR, Value::Int(i64::from(writer.season.period.0)));
    let said = said.iter().cloned().chain([year]);
    let values: Values = said.map(|(name, value)| (name.to_owned(), value)).collect();
    tablet.will(at, key, Act::Write(values));
}

fn movements(writer: &mut Writer<'_>, tablet: &mut Tablet, percent: i64) {
    for line in book("phong-trao").fixed(writer.code(), writer.season.period) {
        if !writer.luck.chance(percent) {
            continue;
        }
        let joined = writer.luck.chance(85);
        let mut said = vec![("joined", Value::Bool(joined))];
        if joined {
            said.push(("people", Value::Int(writer.luck.between(20, 900))));
        }
        let at = moment(&mut writer.luck, (3, 1), (11, 20));
        write(writer, tablet, at, &line.key, &said);
    }
}

fn duties(writer: &mut Writer<'_>, tablet: &mut Tablet, percent: i64) {
    for line in book("hoi-dong").fixed(writer.code(), writer.season.period) {
        if !writer.luck.chance(percent) {
            continue;
        }
        let done = writer.luck.chance(80);
        let mut said = vec![("done", Value::Bool(done))];
        if done {
            let number = writer.luck.between(3, 160);
            let number = if line.id == "ke-hoach" {
                format!("{number}/KH-UBND")
            } else {
                format!("{number}/QĐ-UBND")
            };
            said.push(("number", Value::Text(number)));
        }
        let at = moment(&mut writer.luck, (1, 12), (4, 28));
        write(writer, tablet, at, &line.key, &said);
    }
}

fn model(writer: &mut Writer<'_>, tablet: &mut Tablet) {
    let (name, sort, field, story) = *writer.luck.pick(&MODELS);
    let person = names::person(&mut writer.luck, writer.usage);
    let name = match sort {
        "ca-nhan" => format!("{name}: {person}"),
        _ => name.to_owned(),
    };
    let stage = *writer.luck.pick(&["phat-hien", "boi-duong", "nhan-rong"]);
    let key = book("dien-hinh").key(writer.id());
    let at = moment(&mut writer.luck, (2, 10), (11, 10));
    let said = [
        ("name", Value::Text(name)),
        ("sort", sort.into()),
        ("stage", stage.into()),
        ("field", field.into()),
        ("story", story.into()),
    ];
    write(writer, tablet, at, &key, &said);
}

fn reports(writer: &mut Writer<'_>, tablet: &mut Tablet, percent: i64) {
    let days = [
        ((3, 20), (3, 30)),
        ((6, 14), (6, 29)),
        ((9, 15), (9, 29)),
        ((11, 20), (11, 29)),
    ];
    let lines = book("bao-cao").fixed(writer.code(), writer.season.period);
    for (line, (first, last)) in lines.into_iter().zip(days) {
        if !writer.luck.chance(percent) {
            continue;
        }
        let done = format!(
            "Tổ chức {} buổi tuyên truyền, {} bản đã họp bình xét; {} hộ đăng ký danh hiệu.",
            writer.luck.between(2, 12),
            writer.luck.between(3, 14),
            format_int(writer.luck.between(300, 1_400))
        );
        let author = names::person(&mut writer.luck, writer.usage);
        let obstacles = OBSTACLES[writer.luck.index(OBSTACLES.len())];
        let next = NEXT[writer.luck.index(NEXT.len())];
        let said = [
            ("done", Value::Text(done)),
            ("obstacles", obstacles.into()),
            ("next", next.into()),
            ("author", Value::Text(author)),
        ];
        let at = moment(&mut writer.luck, first, last);
        write(writer, tablet, at, &line.key, &said);
    }
}
