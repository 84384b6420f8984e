//! What stored fields and their values are called.

use super::{catalogue, day, int};
use thidua_domain::book::{self, FieldKind, FieldSpec};
use thidua_domain::criteria::Pack;
use thidua_domain::date::Date;
use thidua_domain::entry::field;
use thidua_domain::record::Value;
use thidua_domain::subject::field as subject;

texts! {
    /// What a field is called, for those that no catalogue names; empty for others.
    known(name: &str) {
        field::PACK => "Bộ tiêu chuẩn", "Set of criteria";
        field::REGISTERED => "Đăng ký", "Registration";
        field::INVITED => "Số hộ mời họp", "Families invited";
        field::ATTENDED => "Số hộ dự họp", "Families attending";
        field::AGREED => "Số hộ đồng ý", "Families in favour";
        field::POVERTY => "Rà soát hộ nghèo", "Poverty review";
        field::PROPOSED => "Đề nghị công nhận", "Proposed for recognition";
        field::NOTE => "Ghi chú", "Note";
        field::SUBMITTED => "Gửi duyệt", "Submitted for review";
        field::REVIEW_DECISION => "Quyết định duyệt", "Review decision";
        field::REVIEW_COMMENT => "Ý kiến người duyệt", "Reviewer's remark";
        field::REVIEW_ENDORSED => "Huyện thẩm định", "The district's appraisal";
        field::REVIEW_ENDORSED_COMMENT => "Ý kiến thẩm định của huyện", "The district's remark";
        field::REVIEW_INSTEAD => "Tỉnh thẩm định thay huyện", "The province in the district's stead";
        field::REVIEW_BEHALF => "Thừa uỷ quyền của", "In the name of";
        field::REVIEW_ENDORSED_BEHALF => "Thẩm định thừa uỷ quyền của", "Appraised in the name of";
        field::REVIEW_DUE => "Sửa chậm nhất ngày", "Correct by";
        field::REVIEW_DIGEST | field::REVIEW_SUBMISSION => "Dấu nội dung được duyệt", "Mark of the reviewed content";
        subject::NAME => "Tên", "Name";
        subject::HEAD => "Chủ hộ, người đứng đầu", "Head";
        subject::AREA => "Khu dân cư", "Residential area";
        subject::HOUSE_NO => "Số nhà hoặc số sổ", "House or book number";
        subject::MEMBERS => "Số nhân khẩu", "Number of members";
        subject::LAST_RESULT => "Kết quả năm trước", "Result of last year";
        subject::YEARS_RUNNING => "Số năm đạt liên tục", "Years running";
        subject::KIND => "Loại", "Kind";
        subject::SIZE => "Quy mô", "Size";
        subject::SCHOOL_LEVEL => "Cấp học", "Level";
        subject::ARMED_FORCES => "Lực lượng vũ trang", "Armed forces";
        subject::ORDER => "Thứ tự", "Order";
        subject::CLOSED => "Đưa khỏi sổ vì", "Taken out because";
        subject::SAME_AS => "Gộp vào hộ", "Merged into";
        book::YEAR => "Năm", "Year";
        _ => "", "";
    }
    distinct => "Là hộ khác, không trùng", "A family of its own, no duplicate";
    remark_on(label) => "Ý kiến về “{label}”", "Remark on “{label}”";
    /// A part of a review meeting; empty for what this program does not know.
    meeting_part(part: &str) {
        "invited" => "số hộ mời", "families invited";
        "attended" => "số hộ dự", "families attending";
        "agreed" => "số hộ đồng ý", "families in favour";
        "day" => "ngày họp", "day";
        "place" => "địa điểm", "place";
        "chair" => "chủ trì", "chair";
        "secretary" => "thư ký", "secretary";
        "method" => "hình thức biểu quyết", "how the vote was taken";
        "discussion" => "ý kiến", "remarks";
        _ => "", "";
    }
    meeting(year, part) => "Họp bình xét {year}: {part}", "Review meeting {year}: {part}";
    passed_on => "chuyển tỉnh công nhận", "passed on to the province";
    taken_back => "rút lại", "taken back";
    not_entered => "chưa nhập", "not entered";
    yes => "có", "yes";
    no => "không", "no";
    /// The words that values are stored as; empty for a person's own text.
    word(text: &str) {
        "none" => "không nghèo", "not poor";
        "near-poor" => "cận nghèo", "near-poor";
        "poor" => "hộ nghèo", "poor";
        "accepted" => "duyệt", "accepted";
        "returned" => "trả lại", "returned";
        "ban" => "bản", "hamlet";
        "tieu-khu" => "tiểu khu", "sub-zone";
        "to-dan-pho" => "tổ dân phố", "residential group";
        "agency" => "cơ quan", "agency";
        "enterprise" => "doanh nghiệp", "enterprise";
        "school" => "trường học", "school";
        "moved" => "chuyển đi", "moved away";
        "dissolved" => "giải thể", "no longer exists";
        "duplicate" => "ghi trùng", "recorded twice";
        "mistake" => "ghi nhầm", "recorded by mistake";
        "reopened" => "mở lại", "reopened";
        "secret-ballot" => "bỏ phiếu kín", "secret ballot";
        "show-of-hands" => "giơ tay", "show of hands";
        _ => "", "";
    }
}

/// What a field is called.
pub fn field_label(name: &str, pack: &Pack) -> String {
    let criterion = |id: &str| {
        pack.standards
            .iter()
            .flat_map(|standard| &standard.criteria)
            .find(|criterion| criterion.id.to_string() == id)
            .map(|criterion| catalogue(&criterion.text).to_owned())
    };
    let exclusion = |code: &str| {
        pack.exclusions
            .iter()
            .find(|exclusion| exclusion.code.to_string() == code)
            .map(|exclusion| catalogue(&exclusion.text).to_owned())
    };
    let known = known(name);
    if !known.is_empty() {
        return known.to_owned();
    }
    if name.starts_with(subject::DISTINCT) {
        return distinct().to_owned();
    }
    if let Some((year, part)) = name
        .strip_prefix("meeting.")
        .and_then(|rest| rest.split_once('.'))
        && !meeting_part(part).is_empty()
    {
        return meeting(year, meeting_part(part));
    }
    if let Some(about) = name.strip_prefix(field::REVIEW_AT) {
        return remark_on(field_label(about, pack));
    }
    name.strip_prefix(field::SCORE)
        .or_else(|| name.strip_prefix(field::PASS))
        .and_then(criterion)
        .or_else(|| name.strip_prefix(field::EXCLUSION).and_then(exclusion))
        .unwrap_or_else(|| name.to_owned())
}

/// A value of a line of a commune's book as people read it.
pub fn book_value(field: &FieldSpec, value: &Value) -> String {
    let written = || value.as_text().and_then(Date::parse_iso).map(day);
    match field.kind {
        FieldKind::Day => written(),
        _ => field.words(value).map(|words| catalogue(words).to_owned()),
    }
    .unwrap_or_else(|| match value {
        Value::Text(text) => text.clone(),
        value => value_words(value),
    })
}

/// A value as people read it.
pub fn value_words(value: &Value) -> String {
    match value {
        Value::Null => not_entered().to_owned(),
        Value::Bool(true) => yes().to_owned(),
        Value::Bool(false) => no().to_owned(),
        Value::Int(number) => int(*number),
        Value::Text(text) => match word(text) {
            "" => text.clone(),
            word => word.to_owned(),
        },
    }
}
