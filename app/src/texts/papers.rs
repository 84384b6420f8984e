//! What surrounds papers that are printed on the tablet; the papers themselves are in `official`.

texts! {
    posting => "Danh sách niêm yết", "List for posting";
    lead =>
        "In hoặc lưu thành PDF ngay trên máy, không cần mạng. Chỉ dùng dữ liệu đã có trên máy này.",
        "Print or save as PDF on this tablet; no connection is needed. Only data on this tablet is used.";
    of_commune => "Của xã", "Of the commune";
    summary => "Báo cáo tổng hợp", "Summary report";
    merit_list => "Danh sách xét tặng Giấy khen", "List for the certificate of merit";
    of_areas => "Của từng khu dân cư", "Of each residential area";
    print => "In hoặc lưu PDF", "Print or save as PDF";
    merit_waiting(waiting) =>
        "{waiting} hộ nữa sẽ đủ điều kiện khi phiếu năm nay được duyệt.",
        "{waiting} more family will be eligible once this year's sheet is accepted." |
        "{waiting} more families will be eligible once this year's sheets are accepted.";
    posting_open(open) =>
        "Còn {open} hộ của khu chưa đủ thông tin nên chưa có tên trong danh sách.",
        "{open} family of the area is missing information and is therefore not on the list." |
        "{open} families of the area are missing information and are therefore not on the list.";
    summary_unsent(unsent) =>
        "Còn {unsent} thay đổi chưa gửi. Báo cáo chỉ tính phiếu đã duyệt; nên đồng bộ trước khi in.",
        "{unsent} change has not been sent. The report counts accepted sheets only; sync before printing." |
        "{unsent} changes have not been sent. The report counts accepted sheets only; sync before printing.";
    minutes_of(label) => "Biên bản · {label}", "Minutes · {label}";
    minutes_content => "Nội dung biên bản", "Content of the minutes";
    minutes_numbers =>
        "Số hộ mời, dự họp và đồng ý lấy từ “Họp bình xét” trong trang của khu dân cư.",
        "How many families were invited, attended and agreed is taken from “Review meeting” on the area's page.";
    day => "Ngày họp", "Day of the meeting";
    place => "Địa điểm", "Place";
    chair => "Chủ trì", "Chair";
    secretary => "Thư ký", "Secretary";
    method => "Hình thức biểu quyết", "How the vote was taken";
    discussion => "Ý kiến tại cuộc họp", "Remarks at the meeting";
    /// Beside a paper, where the screen is not in its language.
    paper_is_vietnamese => "Văn bản bằng tiếng Việt.", "The paper itself is in Vietnamese, as the law asks.";
}
/// What to say beside a paper to who does not read the screen in the paper's language.
pub fn in_vietnamese() -> Option<&'static str> {
    (super::language() == thidua_domain::text::Language::English).then(paper_is_vietnamese)
}
