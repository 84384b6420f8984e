//! Parts of entries' forms that follow from a criteria pack.

texts! {
    /// Said of a pack of which some wording is remembered.
    remembered => "Một số câu chữ chưa đối chiếu với văn bản; hãy xem văn bản khi cần chắc chắn.",
        "Some of the wording has not been compared with the legal text; consult it where it matters.";
    /// Said of a pack whose criteria could not be read.
    unverified => "Chưa đọc được tiêu chí trong văn bản: đây là bản đề nghị, tỉnh cần xem lại trước khi dùng.",
        "The criteria could not be read in the legal text: this is a proposal for the province to review first.";
    scores => "Điểm tự chấm", "Self-assessed points";
    all_points => "Cho tất cả điểm tối đa", "Give full points to all";
    /// Heading of a standard, with the most points it gives.
    standard(name, points) => "{name} ({points} điểm)", "{name} ({points} points)";
    exclusions => "Trường hợp không xét", "What rules it out";
    exclusions_lead => "Chỉ đánh dấu khi có căn cứ. Lý do không hiện trên danh sách niêm yết và màn hình cấp tỉnh.",
        "Mark only what is established. Reasons are shown neither on the posted list nor on the province's screens.";
    meeting => "Họp bình xét", "Review meeting";
    invited => "Số hộ được mời", "Families invited";
    attended => "Số hộ dự họp", "Families attending";
    agreed => "Số hộ đồng ý", "Families in favour";
    propose_family => "Đề nghị công nhận Gia đình văn hóa", "Put forward as a Cultural family";
}
