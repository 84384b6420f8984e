//! Words for what the domain knows: titles, states, roles, people and places.

use super::language;
use crate::model::marks::Mark;
use crate::model::roster::{Filter, Why};
use thidua_domain::access::Role;
use thidua_domain::area::{Area, AreaCode, AreaKind};
use thidua_domain::catalogue::{Assessment, Denominator};
use thidua_domain::criteria::{
    Eligibility, EnterpriseSize, LeftOut, MissingPart, Outcome, Poverty, Reason, SchoolLevel, UnitKind,
    UnitProfile,
};
use thidua_domain::entry::EntryState;
use thidua_domain::progress::Verdict;
use thidua_domain::recognition::Certificate;
use thidua_domain::season::Season;
use thidua_domain::subject::VoteMethod;
use thidua_domain::text::Language;

texts! {
    /// Where an entry stands.
    state(state: EntryState) {
        EntryState::Empty => "Chưa nhập", "Not entered";
        EntryState::Draft => "Đang nhập", "Draft";
        EntryState::Submitted => "Đã gửi duyệt", "Submitted";
        EntryState::Accepted => "Đã duyệt", "Accepted";
        EntryState::Returned => "Bị trả lại", "Returned";
        EntryState::ChangedSinceAccepted => "Đã sửa sau duyệt", "Changed since accepted";
    }
    /// What is assessed.
    assessment(assessment: Assessment) {
        Assessment::CulturalFamily => "Gia đình văn hóa", "Cultural Family";
        Assessment::PovertyReview => "Rà soát hộ nghèo", "Poverty review";
        Assessment::SafeResidentialArea =>
            "Khu dân cư an toàn về ANTT",
            "Residential area safe in security and order";
        Assessment::CulturalResidentialArea => "Khu dân cư văn hóa", "Cultural residential area";
        Assessment::SafeUnit => "Đơn vị an toàn về ANTT", "Unit safe in security and order";
        Assessment::NewRuralCommune => "Xã đạt chuẩn nông thôn mới", "New rural commune";
    }
    /// What the counts say of a target.
    verdict(verdict: Verdict) {
        Verdict::NotReported => "Chưa báo cáo", "Not reported";
        Verdict::Met => "Đạt chỉ tiêu", "Target met";
        Verdict::NotYet => "Chưa đạt", "Not yet met";
        Verdict::Missed => "Không còn đạt được", "Can no longer be met";
        Verdict::NoTarget => "Không đặt số", "No number set";
    }
    /// What is counted, after a number.
    counted(assessment: Assessment) {
        Assessment::CulturalFamily | Assessment::PovertyReview => "hộ", "families";
        Assessment::SafeResidentialArea => "khu dân cư", "residential areas";
        Assessment::CulturalResidentialArea => "khu dân cư", "residential areas";
        Assessment::SafeUnit => "đơn vị", "units";
        Assessment::NewRuralCommune => "xã", "communes";
    }
    /// A household's poverty status.
    poverty(poverty: Poverty) {
        Poverty::None => "Không nghèo", "Not poor";
        Poverty::NearPoor => "Cận nghèo", "Near-poor";
        Poverty::Poor => "Hộ nghèo", "Poor family";
    }
    /// What an account is for.
    role(role: Role) {
        Role::CommuneOfficer => "Cán bộ xã", "Commune officer";
        Role::DistrictReviewer => "Người duyệt cấp huyện", "District reviewer";
        Role::ProvinceReviewer => "Người duyệt cấp tỉnh", "Province reviewer";
        Role::Viewer => "Người xem", "Viewer";
        Role::Administrator => "Quản trị viên", "Administrator";
    }
    /// Size class of an enterprise.
    enterprise_size(size: EnterpriseSize) {
        EnterpriseSize::Micro => "Siêu nhỏ", "Micro";
        EnterpriseSize::Small => "Nhỏ", "Small";
        EnterpriseSize::Medium => "Vừa", "Medium";
        EnterpriseSize::Large => "Lớn", "Large";
    }
    /// Level of a school.
    school_level(level: SchoolLevel) {
        SchoolLevel::Nursery => "Nhà trẻ", "Nursery";
        SchoolLevel::Preschool => "Mầm non, mẫu giáo", "Preschool, kindergarten";
        SchoolLevel::Primary => "Tiểu học", "Primary school";
        SchoolLevel::LowerSecondary => "Trung học cơ sở", "Lower secondary school";
        SchoolLevel::UpperSecondary => "Trung học phổ thông", "Upper secondary school";
        SchoolLevel::Continuing => "Giáo dục thường xuyên", "Continuing education";
        SchoolLevel::VocationalOrHigher =>
            "Nghề nghiệp, cao đẳng, đại học",
            "Vocational school, college, university";
    }
    /// The set that a share is taken of.
    denominator(denominator: Denominator) {
        Denominator::Households => "Tính trên tất cả hộ trong sổ", "Of all families in the register";
        Denominator::EligibleUnits =>
            "Mẫu số không tính đơn vị lực lượng vũ trang, doanh nghiệp nhỏ và siêu nhỏ, trường tiểu học, mầm \
             non, nhà trẻ (Thông tư 124/2021/TT-BCA)",
            "Armed-forces units, small and micro enterprises, primary schools, preschools and nurseries are \
             left out (Circular 124/2021/TT-BCA)";
        Denominator::ResidentialAreas => "Tính trên tất cả khu dân cư", "Of all residential areas";
        Denominator::RuralCommunes =>
            "Chỉ tính xã, không tính phường và thị trấn",
            "Of communes (xã) only, without wards and townships";
    }
    /// What a mark says.
    mark(mark: Mark) {
        Mark::Earned => "Đạt, điểm tối đa", "Earned, full points";
        Mark::NotProposed => "Không đề nghị", "Not proposed";
        Mark::NotRegistered => "Không đăng ký", "Not registered";
        Mark::LikeLastYear => "Như năm trước", "Like last year";
    }
    /// What a mark writes.
    mark_writes(mark: Mark) {
        Mark::Earned =>
            "Ghi: có đăng ký, mọi tiêu chí điểm tối đa, đề nghị công nhận, không nghèo, số liệu cuộc họp.",
            "Writes: registered, full points for every criterion, proposed, not poor, figures of the meeting.";
        Mark::NotProposed =>
            "Ghi: có đăng ký, không đề nghị công nhận, không nghèo, số liệu cuộc họp. Điểm để trống.",
            "Writes: registered, not proposed, not poor, figures of the meeting. Points stay empty.";
        Mark::NotRegistered =>
            "Ghi: không đăng ký từ đầu năm, không nghèo.",
            "Writes: not registered at the start of the year, not poor.";
        Mark::LikeLastYear =>
            "Hộ năm trước đạt: ghi lại điểm năm trước nếu có phiếu trên máy, nếu không thì điểm tối đa. Hộ năm \
             trước không đạt hoặc chưa rõ được để lại chấm riêng.",
            "Families that earned it last year: writes last year's points again if that sheet is on this \
             tablet, full points otherwise. Families that did not, or where it is not known, are left to be \
             marked one by one.";
    }
    /// Why a mark wrote nothing.
    mark_does_not_apply(mark: Mark) {
        Mark::LikeLastYear =>
            "năm trước không đạt hoặc chưa rõ, hãy chấm riêng",
            "last year not earned or not known; mark it by itself";
        _ =>
            "phiếu đã gửi hoặc đã duyệt, hãy mở phiếu để sửa",
            "the sheet is submitted or accepted; open it to change it";
    }
    /// What a list of families is narrowed to.
    filter(filter: Filter) {
        Filter::All => "Tất cả", "All";
        Filter::NotBegun => "Chưa chấm", "Not marked";
        Filter::Draft => "Chưa gửi", "Not submitted";
        Filter::HandedIn => "Đã gửi", "Submitted";
        Filter::Returned => "Bị trả lại", "Returned";
        Filter::Conflicting => "Hai người nhập khác nhau", "Entered differently by two";
        Filter::NotEarned => "Chưa đạt", "Not earned";
    }
    /// Why a family does not earn the title, as a kind.
    why(why: Why) {
        Why::Points => "Thiếu điểm", "Points missing";
        Why::Registration => "Không đăng ký", "Not registered";
        Why::Proposal => "Không đề nghị", "Not proposed";
        Why::Exclusion => "Trường hợp không xét", "Grounds for exclusion";
        Why::Meeting => "Cuộc họp chưa đủ", "Meeting falls short";
    }

    outcome_of(of: (Assessment, Outcome)) {
        (_, Outcome::Incomplete) => "Chưa đủ thông tin", "Information missing";
        (Assessment::PovertyReview, Outcome::Earned) => "Hộ nghèo", "Poor family";
        (Assessment::PovertyReview, Outcome::NotEarned) => "Không phải hộ nghèo", "Not a poor family";
        (_, Outcome::Earned) => "Đạt", "Earned";
        (_, Outcome::NotEarned) => "Không đạt", "Not earned";
    }
    /// A kind of unit.
    unit_kind(kind: UnitKind) {
        UnitKind::Agency => "Cơ quan", "Agency";
        UnitKind::Enterprise => "Doanh nghiệp", "Enterprise";
        UnitKind::School => "Trường học", "School";
    }
    enterprise_of(size) => "Doanh nghiệp, {size}", "Enterprise, {size}";
    armed_forces(kind) => "{kind}, lực lượng vũ trang", "{kind}, armed forces";
    /// What units are that are left out, after a number.
    left_out(why: LeftOut) {
        LeftOut::ArmedForces => "đơn vị lực lượng vũ trang", "of the armed forces";
        LeftOut::SmallEnterprise => "doanh nghiệp nhỏ, siêu nhỏ", "small or micro enterprises";
        LeftOut::YoungChildrensSchool => "trường tiểu học, mầm non, nhà trẻ",
            "primary schools, preschools or nurseries";
    }
    /// Whether a unit is counted.
    eligibility(eligibility: Eligibility) {
        Eligibility::Eligible => "Được tính vào mẫu số.", "Counted.";
        Eligibility::LeftOut(LeftOut::ArmedForces) =>
            "Không tính vào mẫu số: đơn vị thuộc lực lượng vũ trang (Thông tư 124/2021/TT-BCA).",
            "Not counted: a unit of the armed forces (Circular 124/2021/TT-BCA).";
        Eligibility::LeftOut(LeftOut::SmallEnterprise) =>
            "Không tính vào mẫu số: doanh nghiệp nhỏ hoặc siêu nhỏ (Thông tư 124/2021/TT-BCA).",
            "Not counted: a small or micro enterprise (Circular 124/2021/TT-BCA).";
        Eligibility::LeftOut(LeftOut::YoungChildrensSchool) =>
            "Không tính vào mẫu số: trường tiểu học, mầm non, nhà trẻ (Thông tư 124/2021/TT-BCA).",
            "Not counted: a primary school, preschool or nursery (Circular 124/2021/TT-BCA).";
        Eligibility::Unknown => "Chưa rõ quy mô hoặc cấp học nên chưa được tính.",
            "Not counted, since its size or level is not known.";
    }
    /// How a meeting voted.
    vote_method(method: VoteMethod) {
        VoteMethod::SecretBallot => "bỏ phiếu kín", "secret ballot";
        VoteMethod::ShowOfHands => "giơ tay", "show of hands";
    }
    area_kind(kind: AreaKind) {
        AreaKind::Province => "Tỉnh", "Province";
        AreaKind::City => "Thành phố", "City";
        AreaKind::District => "Huyện", "District";
        AreaKind::Commune => "Xã", "Commune";
        AreaKind::Ward => "Phường", "Ward";
        AreaKind::Township => "Thị trấn", "Township";
    }
    certificate_due(years) => "Đủ điều kiện xét tặng Giấy khen ({years} năm liên tục)",
        "Eligible for the certificate of merit ({years} years running)";
    certificate_once_accepted(years) =>
        "Được duyệt năm nay thì đủ điều kiện xét tặng Giấy khen ({years} năm liên tục)",
        "Eligible for the certificate of merit once this year is accepted ({years} years running)";
    /// Who wrote something that no account wrote.
    hub => "máy chủ", "the server";
    demo => "dữ liệu mẫu", "sample data";
    imported => "danh sách nhập", "imported list";
    points_missing(count) => "Thiếu {count} điểm", "{count} point short" | "{count} points short";
    standard_low(number) => "Tiêu chuẩn {number} thấp", "Standard {number} is low";
    excluded => "Trường hợp không xét", "Grounds for exclusion";
    not_registered => "Không đăng ký", "Not registered";
    not_proposed => "Không đề nghị", "Not proposed";
    attendance_low => "Ít hộ dự họp", "Too few attended";
    votes_few => "Ít hộ đồng ý", "Too few agreed";
    criteria_missing(count) => "Thiếu {count} tiêu chí", "{count} criterion missing" | "{count} criteria missing";
    /// What is missing, for a line of a list.
    missing(part: MissingPart) {
        MissingPart::Registration => "Thiếu đăng ký", "Registration missing";
        MissingPart::Criteria => "Thiếu tiêu chí", "Criteria missing";
        MissingPart::Meeting => "Thiếu cuộc họp", "Meeting missing";
        MissingPart::Poverty => "Thiếu rà soát nghèo", "Poverty review missing";
        MissingPart::Proposal => "Thiếu đề nghị", "Proposal missing";
    }
    impossible => "Số không hợp lý", "Impossible numbers";
}

/// What the rule says of an entry, in the words of its title.
pub fn outcome(assessment: Assessment, outcome: Outcome) -> &'static str {
    outcome_of((assessment, outcome))
}

/// An area of the catalogue, by the tree of the season.
pub fn area(code: &AreaCode, season: Season) -> Option<&'static Area> {
    crate::areas::tree().get(code, season.date)
}

/// An area's full name with its kind: township and commune Hát Lót share the rest. In English the kind stands
/// in English: `Hát Lót Township`.
pub fn area_name(code: &AreaCode, season: Season) -> String {
    area(code, season).map_or_else(|| code.to_string(), area_called)
}

/// The same of an area at hand.
pub fn area_called(area: &Area) -> String {
    let own = area.name.strip_prefix(area.kind.vi()).map(str::trim);
    match (language(), own) {
        (Language::English, Some(own)) => format!("{own} {}", area_kind(area.kind)),
        _ => area.name.clone(),
    }
}

/// What a unit is, with its size or level.
pub fn unit_profile(profile: &UnitProfile) -> String {
    let kind = match (profile.kind, profile.size, profile.school_level) {
        (UnitKind::Enterprise, Some(size), _) => enterprise_of(enterprise_size(size).to_lowercase()),
        (UnitKind::School, _, Some(level)) => school_level(level).to_owned(),
        (kind, _, _) => unit_kind(kind).to_owned(),
    };
    if profile.armed_forces {
        armed_forces(kind)
    } else {
        kind
    }
}

/// Whether a certificate of merit is due.
pub fn certificate(certificate: Certificate) -> String {
    match certificate {
        Certificate::Eligible { years } => certificate_due(years),
        Certificate::OnceAccepted { years } => certificate_once_accepted(years),
    }
}

/// Who wrote something: an account, or one of the server's own sources.
pub fn author(account: &str) -> String {
    match account {
        "*hub*" => hub().to_owned(),
        "*demo*" => demo().to_owned(),
        "*roster*" => imported().to_owned(),
        account => account.to_owned(),
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

/// A reason in a few words, for a line of a list.
pub fn reason_short(reason: &Reason) -> String {
    let fixed = match reason {
        Reason::BelowPassMark { points, mark } => return points_missing(mark.saturating_sub(*points)),
        Reason::StandardTooLow { standard, .. } => return standard_low(standard + 1),
        Reason::Missing {
            part: MissingPart::Criteria,
            count,
        } => return criteria_missing(*count),
        Reason::Missing { part, .. } => missing(*part),
        Reason::Excluded { .. } => excluded(),
        Reason::NotRegistered => not_registered(),
        Reason::NotProposed => not_proposed(),
        Reason::AttendanceTooLow { .. } => attendance_low(),
        Reason::VotesTooFew { .. } => votes_few(),
        Reason::Impossible => impossible(),
        _ => "",
    };
    fixed.to_owned()
}
