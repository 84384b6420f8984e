//! Sentences that several screens say, in Vietnamese.

use crate::model::marks::Mark;
use crate::model::roster::{Filter, Why};
use crate::platform::needs::Missing;
use crate::store::StoreError;
use crate::sync::Phase;
use crate::sync::transport::TransportError;
use thidua_domain::access::Role;
use thidua_domain::area::{Area, AreaCode, AreaTree};
use thidua_domain::book::{self, FieldKind, FieldSpec};
use thidua_domain::catalogue::{Assessment, Denominator};
use thidua_domain::criteria::{
    EnterpriseSize, MissingPart, Outcome, Pack, Poverty, Reason, SchoolLevel, UnitKind, UnitProfile,
};
use thidua_domain::date::Date;
use thidua_domain::entry::{EntryState, field};
use thidua_domain::progress::Verdict;
use thidua_domain::recognition::Certificate;
use thidua_domain::record::Value;
use thidua_domain::season::Season;
use thidua_domain::subject::field as subject;
use thidua_domain::sync::wire::RejectReason;
use thidua_domain::text;

/// What sync is doing, in a few words.
pub fn phase(phase: &Phase) -> &'static str {
    match phase {
        Phase::Idle => "Đã kết nối",
        Phase::Running => "Đang đồng bộ…",
        Phase::NoConnection => "Đang ngoại tuyến",
        Phase::NotTheServer => "Chưa tới được máy chủ",
        Phase::SignedOut => "Hết phiên đăng nhập",
        Phase::OtherVersion => "Cần cập nhật ứng dụng",
        Phase::Refused(_) => "Máy chủ từ chối",
        Phase::NotStored(_) => "Máy không lưu được",
    }
}

/// What happened, what is safe and what to do; `None` where there is nothing to do.
pub fn advice(phase: &Phase) -> Option<String> {
    Some(match phase {
        Phase::Idle | Phase::Running => return None,
        Phase::NoConnection => "Không có mạng. Mọi thứ đã nhập được giữ trên máy và sẽ tự gửi khi \
             có mạng; bạn cứ nhập tiếp."
            .to_owned(),
        Phase::NotTheServer => "Có mạng nhưng chưa tới được máy chủ (có thể do trang đăng nhập \
             wifi). Dữ liệu vẫn còn trên máy. Hãy mở trình duyệt đăng nhập wifi rồi bấm “Đồng bộ ngay”."
            .to_owned(),
        Phase::SignedOut => "Phiên đăng nhập đã hết. Dữ liệu chưa gửi vẫn còn trên máy. Hãy đăng \
             nhập lại để gửi tiếp."
            .to_owned(),
        Phase::OtherVersion => "Ứng dụng trên máy và máy chủ khác phiên bản. Dữ liệu vẫn còn trên \
             máy. Hãy bấm “Cập nhật” khi có bản mới, hoặc báo quản trị viên."
            .to_owned(),
        Phase::Refused(problem) => format!("{} Dữ liệu vẫn còn trên máy.", problem.message),
        Phase::NotStored(reason) => format!(
            "Máy không ghi được dữ liệu nhận về ({reason}). Những gì đã nhập vẫn còn. Hãy giải \
             phóng bộ nhớ của máy rồi bấm “Đồng bộ ngay”."
        ),
    })
}

/// What to say of a clock that is ahead of the server's by so many milliseconds; `None` while it does not
/// matter. Nothing is lost by it: clocks break ties only.
pub fn clock_error(ahead_ms: i64) -> Option<String> {
    const MINUTE: u64 = 60_000;
    let off = ahead_ms.unsigned_abs();
    let (count, unit) = match off / MINUTE {
        0..10 => return None,
        minutes @ 10..120 => (minutes, "phút"),
        minutes @ 120..2_880 => (minutes / 60, "giờ"),
        minutes => (minutes / 1_440, "ngày"),
    };
    let way = if ahead_ms > 0 { "nhanh" } else { "chậm" };
    Some(format!(
        "Đồng hồ của máy {way} {} {unit} so với máy chủ. Dữ liệu đã nhập vẫn đúng và vẫn được gửi; hãy \
         chỉnh lại ngày giờ trong phần cài đặt của máy.",
        text::format_int(count.cast_signed())
    ))
}

/// Why what the server sent could not be stored.
pub fn not_stored(error: &StoreError) -> String {
    match error {
        StoreError::Full => "bộ nhớ máy đã đầy".to_owned(),
        other => other.to_string(),
    }
}

/// Why something could not be saved, and what to do.
pub fn not_saved(error: &StoreError) -> String {
    match error {
        StoreError::Full => "Chưa lưu được: bộ nhớ máy đã đầy. Những gì đã lưu trước đó vẫn còn. \
             Hãy xóa bớt ảnh hoặc ứng dụng khác rồi nhập lại ô này."
            .to_owned(),
        StoreError::Newer => "Dữ liệu trên máy do bản mới hơn của ứng dụng ghi. Hãy tải lại trang \
             để dùng bản mới; dữ liệu không bị thay đổi."
            .to_owned(),
        StoreError::Unavailable(_) => {
            "Trình duyệt không cho lưu dữ liệu trên máy. Hãy mở ứng dụng \
             trong cửa sổ thường (không phải cửa sổ ẩn danh)."
                .to_owned()
        }
        StoreError::Unreadable(_) | StoreError::Foreign(_) | StoreError::Database(_) => format!(
            "Chưa lưu được ({error}). Những gì đã lưu trước đó vẫn còn. Hãy thử lại; nếu vẫn lỗi, \
             hãy báo quản trị viên."
        ),
    }
}

/// What a browser lacks, what that means and what to do.
pub fn missing_here(missing: Missing) -> &'static str {
    match missing {
        Missing::SecureAddress => {
            "Địa chỉ này không bắt đầu bằng https nên trình duyệt không cho mở sổ khi mất mạng. Hãy hỏi quản trị viên địa chỉ đúng rồi mở lại."
        }
        Missing::Database => {
            "Trình duyệt này không cho lưu dữ liệu trên máy (thường do cửa sổ ẩn danh hoặc đã chặn cookie), nên chưa nhập được. Hãy mở sổ trong cửa sổ thường của Chrome, Edge hoặc Firefox bản mới."
        }
        Missing::OfflineStart => {
            "Trình duyệt này không mở được sổ khi mất mạng. Hãy dùng cửa sổ thường của Chrome, Edge hoặc Firefox bản mới."
        }
    }
}

/// Why a request brought no answer, for pages that need the network.
pub fn no_answer(error: &TransportError) -> String {
    match error {
        TransportError::NoConnection => {
            "Không có mạng hoặc máy chủ chưa trả lời. Hãy kiểm tra kết nối rồi thử lại.".to_owned()
        }
        TransportError::NotTheServer => {
            "Có mạng nhưng chưa tới được máy chủ. Hãy đăng nhập wifi rồi thử lại.".to_owned()
        }
        TransportError::OtherVersion => {
            "Ứng dụng và máy chủ khác phiên bản. Hãy cập nhật rồi thử lại.".to_owned()
        }
        TransportError::Refused(problem) => problem.message.clone(),
    }
}

/// Why the server did not take an edit, and what to do.
pub fn reject_reason(reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::NotYourArea => {
            "Tài khoản không còn phụ trách xã này. Giá trị chỉ có trên máy. Hãy báo quản trị viên."
        }
        RejectReason::NotYourAccount => {
            "Được nhập dưới tài khoản khác. Giá trị chỉ có trên máy. Hãy đăng nhập đúng tài khoản."
        }
        RejectReason::WrongCommune => {
            "Hồ sơ này thuộc xã khác. Giá trị chỉ có trên máy. Hãy báo quản trị viên."
        }
        RejectReason::ServerField => "Phần này chỉ người duyệt được ghi. Hãy cập nhật ứng dụng.",
        RejectReason::TooLarge => "Nội dung quá dài. Hãy rút gọn rồi lưu lại.",
    }
}

/// Where an entry stands.
pub fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::Empty => "Chưa nhập",
        EntryState::Draft => "Đang nhập",
        EntryState::Submitted => "Đã gửi duyệt",
        EntryState::Accepted => "Đã duyệt",
        EntryState::Returned => "Bị trả lại",
        EntryState::ChangedSinceAccepted => "Đã sửa sau duyệt",
    }
}

/// What the rule says of an entry, in the words of its title.
pub fn outcome(assessment: Assessment, outcome: Outcome) -> &'static str {
    match (assessment, outcome) {
        (_, Outcome::Incomplete) => "Chưa đủ thông tin",
        (Assessment::PovertyReview, Outcome::Earned) => "Hộ nghèo",
        (Assessment::PovertyReview, Outcome::NotEarned) => "Không phải hộ nghèo",
        (_, Outcome::Earned) => "Đạt",
        (_, Outcome::NotEarned) => "Không đạt",
    }
}

/// What is assessed.
pub fn assessment(assessment: Assessment) -> &'static str {
    match assessment {
        Assessment::CulturalFamily => "Gia đình văn hóa",
        Assessment::PovertyReview => "Rà soát hộ nghèo",
        Assessment::SafeResidentialArea => "Khu dân cư an toàn về ANTT",
        Assessment::CulturalResidentialArea => "Khu dân cư văn hóa",
        Assessment::SafeUnit => "Đơn vị an toàn về ANTT",
        Assessment::NewRuralCommune => "Xã đạt chuẩn nông thôn mới",
    }
}

/// What the counts say of a target.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotReported => "Chưa báo cáo",
        Verdict::Met => "Đạt chỉ tiêu",
        Verdict::NotYet => "Chưa đạt",
        Verdict::Missed => "Không còn đạt được",
        Verdict::NoTarget => "Không đặt số",
    }
}

/// What is counted, after a number.
pub fn counted(assessment: Assessment) -> &'static str {
    match assessment {
        Assessment::CulturalFamily | Assessment::PovertyReview => "hộ",
        Assessment::SafeResidentialArea => "khu dân cư",
        Assessment::CulturalResidentialArea => "khu dân cư",
        Assessment::SafeUnit => "đơn vị",
        Assessment::NewRuralCommune => "xã",
    }
}

/// A household's poverty status.
pub fn poverty(poverty: Poverty) -> &'static str {
    match poverty {
        Poverty::None => "Không nghèo",
        Poverty::NearPoor => "Cận nghèo",
        Poverty::Poor => "Hộ nghèo",
    }
}

/// What an account is for.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::CommuneOfficer => "Cán bộ xã",
        Role::DistrictReviewer => "Người duyệt cấp huyện",
        Role::ProvinceReviewer => "Người duyệt cấp tỉnh",
        Role::Viewer => "Người xem",
        Role::Administrator => "Quản trị viên",
    }
}

/// An area of the catalogue, by the tree of the season.
pub fn area(code: &AreaCode, season: Season) -> Option<&'static Area> {
    AreaTree::embedded().get(code, season.date)
}

/// An area's full name with its kind: township and commune Hát Lót share the rest.
pub fn area_name(code: &AreaCode, season: Season) -> String {
    area(code, season).map_or_else(|| code.to_string(), |area| area.name.clone())
}

/// So long, in words.
pub fn seconds(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} giây"),
        _ => format!("{} phút", seconds.div_ceil(60)),
    }
}

/// A moment as people write it: time for today, date and time otherwise.
pub fn moment(millis: u64) -> String {
    let date = js_sys::Date::new(&(millis as f64).into());
    let now = js_sys::Date::new_0();
    let time = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    let day = |d: &js_sys::Date| (d.get_date(), d.get_month(), d.get_full_year());
    if day(&date) == day(&now) {
        return time;
    }
    let (day, month, year) = day(&date);
    format!("{time} {day:02}/{:02}/{year}", month + 1)
}

/// What a field is called.
pub fn field_label(name: &str, pack: &Pack) -> String {
    let criterion = |id: &str| {
        pack.standards
            .iter()
            .flat_map(|standard| &standard.criteria)
            .find(|criterion| criterion.id.to_string() == id)
            .map(|criterion| criterion.text.clone())
    };
    let exclusion = |code: &str| {
        pack.exclusions
            .iter()
            .find(|exclusion| exclusion.code.to_string() == code)
            .map(|exclusion| exclusion.text.clone())
    };
    let known = match name {
        field::PACK => "Bộ tiêu chuẩn",
        field::REGISTERED => "Đăng ký",
        field::INVITED => "Số hộ mời họp",
        field::ATTENDED => "Số hộ dự họp",
        field::AGREED => "Số hộ đồng ý",
        field::POVERTY => "Rà soát hộ nghèo",
        field::PROPOSED => "Đề nghị công nhận",
        field::NOTE => "Ghi chú",
        field::SUBMITTED => "Gửi duyệt",
        field::REVIEW_DECISION => "Quyết định duyệt",
        field::REVIEW_COMMENT => "Ý kiến người duyệt",
        field::REVIEW_DIGEST | field::REVIEW_SUBMISSION => "Dấu nội dung được duyệt",
        subject::NAME => "Tên",
        subject::HEAD => "Chủ hộ, người đứng đầu",
        subject::AREA => "Khu dân cư",
        subject::HOUSE_NO => "Số nhà hoặc số sổ",
        subject::MEMBERS => "Số nhân khẩu",
        subject::LAST_RESULT => "Kết quả năm trước",
        subject::YEARS_RUNNING => "Số năm đạt liên tục",
        subject::KIND => "Loại",
        subject::SIZE => "Quy mô",
        subject::SCHOOL_LEVEL => "Cấp học",
        subject::ARMED_FORCES => "Lực lượng vũ trang",
        subject::ORDER => "Thứ tự",
        subject::CLOSED => "Đưa khỏi sổ vì",
        subject::SAME_AS => "Gộp vào hộ",
        book::YEAR => "Năm",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    if name.starts_with(subject::DISTINCT) {
        return "Là hộ khác, không trùng".to_owned();
    }
    if let Some(part) = meeting_part(name) {
        return part;
    }
    if let Some(about) = name.strip_prefix(field::REVIEW_AT) {
        return format!("Ý kiến về “{}”", field_label(about, pack));
    }
    name.strip_prefix(field::SCORE)
        .or_else(|| name.strip_prefix(field::PASS))
        .and_then(criterion)
        .or_else(|| name.strip_prefix(field::EXCLUSION).and_then(exclusion))
        .unwrap_or_else(|| name.to_owned())
}

/// What a unit is, with its size or level.
pub fn unit_profile(profile: &UnitProfile) -> String {
    let kind = match profile.kind {
        UnitKind::Agency => "Cơ quan".to_owned(),
        UnitKind::Enterprise => match profile.size {
            Some(size) => format!("Doanh nghiệp, {}", enterprise_size(size).to_lowercase()),
            None => "Doanh nghiệp".to_owned(),
        },
        UnitKind::School => profile
            .school_level
            .map_or("Trường học", school_level)
            .to_owned(),
    };
    if profile.armed_forces {
        format!("{kind}, lực lượng vũ trang")
    } else {
        kind
    }
}

/// Size class of an enterprise.
pub fn enterprise_size(size: EnterpriseSize) -> &'static str {
    match size {
        EnterpriseSize::Micro => "Siêu nhỏ",
        EnterpriseSize::Small => "Nhỏ",
        EnterpriseSize::Medium => "Vừa",
        EnterpriseSize::Large => "Lớn",
    }
}

/// Level of a school.
pub fn school_level(level: SchoolLevel) -> &'static str {
    match level {
        SchoolLevel::Nursery => "Nhà trẻ",
        SchoolLevel::Preschool => "Mầm non, mẫu giáo",
        SchoolLevel::Primary => "Tiểu học",
        SchoolLevel::LowerSecondary => "Trung học cơ sở",
        SchoolLevel::UpperSecondary => "Trung học phổ thông",
        SchoolLevel::Continuing => "Giáo dục thường xuyên",
        SchoolLevel::VocationalOrHigher => "Nghề nghiệp, cao đẳng, đại học",
    }
}

/// The set that a share is taken of.
pub fn denominator(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::Households => "Tính trên tất cả hộ trong sổ",
        Denominator::EligibleUnits => {
            "Mẫu số không tính đơn vị lực lượng vũ trang, doanh nghiệp nhỏ và siêu nhỏ, trường tiểu học, mầm non, nhà trẻ (Thông tư 124/2021/TT-BCA)"
        }
        Denominator::ResidentialAreas => "Tính trên tất cả khu dân cư",
        Denominator::RuralCommunes => "Chỉ tính xã, không tính phường và thị trấn",
    }
}

/// Whether a certificate of merit is due.
pub fn certificate(certificate: Certificate) -> String {
    match certificate {
        Certificate::Eligible { years } => {
            format!("Đủ điều kiện xét tặng Giấy khen ({years} năm liên tục)")
        }
        Certificate::OnceAccepted { years } => {
            format!("Được duyệt năm nay thì đủ điều kiện xét tặng Giấy khen ({years} năm liên tục)")
        }
    }
}

/// What a part of a year's review meeting is called, by its field.
fn meeting_part(name: &str) -> Option<String> {
    let (year, part) = name.strip_prefix("meeting.")?.split_once('.')?;
    let part = match part {
        "invited" => "số hộ mời",
        "attended" => "số hộ dự",
        "agreed" => "số hộ đồng ý",
        "day" => "ngày họp",
        "place" => "địa điểm",
        "chair" => "chủ trì",
        "secretary" => "thư ký",
        "method" => "hình thức biểu quyết",
        "discussion" => "ý kiến",
        _ => return None,
    };
    Some(format!("Họp bình xét {year}: {part}"))
}

/// Who wrote something: an account, or one of the server's own sources.
pub fn author(account: &str) -> String {
    match account {
        "*hub*" => "máy chủ".to_owned(),
        "*demo*" => "dữ liệu mẫu".to_owned(),
        "*roster*" => "danh sách nhập".to_owned(),
        account => account.to_owned(),
    }
}

/// A value of a line of a commune's book as people read it.
pub fn book_value(field: &FieldSpec, value: &Value) -> String {
    let day = || {
        value
            .as_text()
            .and_then(Date::parse_iso)
            .map(Date::format_vi)
    };
    match field.kind {
        FieldKind::Day => day(),
        _ => field.words(value).map(str::to_owned),
    }
    .unwrap_or_else(|| match value {
        Value::Text(text) => text.clone(),
        value => value_words(value),
    })
}

/// A value as people read it.
pub fn value_words(value: &Value) -> String {
    match value {
        Value::Null => "chưa nhập".to_owned(),
        Value::Bool(true) => "có".to_owned(),
        Value::Bool(false) => "không".to_owned(),
        Value::Int(number) => thidua_domain::text::format_int(*number),
        Value::Text(text) => match text.as_str() {
            "none" => "không nghèo".to_owned(),
            "near-poor" => "cận nghèo".to_owned(),
            "poor" => "hộ nghèo".to_owned(),
            "accepted" => "duyệt".to_owned(),
            "returned" => "trả lại".to_owned(),
            "ban" => "bản".to_owned(),
            "tieu-khu" => "tiểu khu".to_owned(),
            "to-dan-pho" => "tổ dân phố".to_owned(),
            "agency" => "cơ quan".to_owned(),
            "enterprise" => "doanh nghiệp".to_owned(),
            "school" => "trường học".to_owned(),
            "moved" => "chuyển đi".to_owned(),
            "dissolved" => "giải thể".to_owned(),
            "duplicate" => "ghi trùng".to_owned(),
            "mistake" => "ghi nhầm".to_owned(),
            "reopened" => "mở lại".to_owned(),
            "secret-ballot" => "bỏ phiếu kín".to_owned(),
            "show-of-hands" => "giơ tay".to_owned(),
            _ => text.clone(),
        },
    }
}

/// What a mark says.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Earned => "Đạt, điểm tối đa",
        Mark::NotProposed => "Không đề nghị",
        Mark::NotRegistered => "Không đăng ký",
        Mark::LikeLastYear => "Như năm trước",
    }
}

/// What a mark writes.
pub fn mark_writes(mark: Mark) -> &'static str {
    match mark {
        Mark::Earned => {
            "Ghi: có đăng ký, mọi tiêu chí điểm tối đa, đề nghị công nhận, không nghèo, số liệu cuộc họp."
        }
        Mark::NotProposed => {
            "Ghi: có đăng ký, không đề nghị công nhận, không nghèo, số liệu cuộc họp. Điểm để trống."
        }
        Mark::NotRegistered => "Ghi: không đăng ký từ đầu năm, không nghèo.",
        Mark::LikeLastYear => {
            "Hộ năm trước đạt: ghi lại điểm năm trước nếu có phiếu trên máy, nếu không thì điểm tối đa. Hộ năm trước không đạt hoặc chưa rõ được để lại chấm riêng."
        }
    }
}

/// Why a mark wrote nothing.
pub fn mark_does_not_apply(mark: Mark) -> &'static str {
    match mark {
        Mark::LikeLastYear => "năm trước không đạt hoặc chưa rõ, hãy chấm riêng",
        _ => "phiếu đã gửi hoặc đã duyệt, hãy mở phiếu để sửa",
    }
}

/// What a list of families is narrowed to.
pub fn filter(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "Tất cả",
        Filter::NotBegun => "Chưa chấm",
        Filter::Draft => "Chưa gửi",
        Filter::HandedIn => "Đã gửi",
        Filter::Returned => "Bị trả lại",
        Filter::Conflicting => "Hai người nhập khác nhau",
        Filter::NotEarned => "Chưa đạt",
    }
}

/// The word for a filter in addresses.
pub fn filter_key(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "tat-ca",
        Filter::NotBegun => "chua-cham",
        Filter::Draft => "chua-gui",
        Filter::HandedIn => "da-gui",
        Filter::Returned => "tra-lai",
        Filter::Conflicting => "mau-thuan",
        Filter::NotEarned => "chua-dat",
    }
}

/// Why a family does not earn the title, as a kind.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::Points => "Thiếu điểm",
        Why::Registration => "Không đăng ký",
        Why::Proposal => "Không đề nghị",
        Why::Exclusion => "Trường hợp không xét",
        Why::Meeting => "Cuộc họp chưa đủ",
    }
}

/// A reason in a few words, for a line of a list.
pub fn reason_short(reason: &Reason) -> String {
    match reason {
        Reason::BelowPassMark { points, mark } => format!("Thiếu {} điểm", mark - points),
        Reason::StandardTooLow { standard, .. } => format!("Tiêu chuẩn {} thấp", standard + 1),
        Reason::Excluded { .. } => "Trường hợp không xét".to_owned(),
        Reason::NotRegistered => "Không đăng ký".to_owned(),
        Reason::NotProposed => "Không đề nghị".to_owned(),
        Reason::AttendanceTooLow { .. } => "Ít hộ dự họp".to_owned(),
        Reason::VotesTooFew { .. } => "Ít hộ đồng ý".to_owned(),
        Reason::Missing { part, count } => match part {
            MissingPart::Registration => "Thiếu đăng ký".to_owned(),
            MissingPart::Criteria => format!("Thiếu {count} tiêu chí"),
            MissingPart::Meeting => "Thiếu cuộc họp".to_owned(),
            MissingPart::Poverty => "Thiếu rà soát nghèo".to_owned(),
            MissingPart::Proposal => "Thiếu đề nghị".to_owned(),
        },
        Reason::Impossible => "Số không hợp lý".to_owned(),
        _ => String::new(),
    }
}
