//! Where the province and its areas stand.

texts! {
    from_bodies => "Do sở, ngành báo cáo cho cả tỉnh", "Reported by departments for the whole province";
    from_registers =>
        "Từ sổ của các xã, phường, thị trấn",
        "From the registers of communes, wards and townships";
    indicators => "Các chỉ tiêu", "Indicators";
    indicators_of => "Các chỉ tiêu của Chỉ thị 01/CT-UBND", "Indicators of Directive 01/CT-UBND";
    section => "Mục", "Section";
    goal => "Phấn đấu", "Goal";
    progress => "Tiến độ", "Progress";
    increase => "tăng so với năm trước", "more than last year";
    decrease => "giảm so với năm trước", "less than last year";
    no_number => "không đặt số", "no number set";
    is_reported => "có báo cáo", "reported";
    short_by(count, what) => "Còn thiếu {count} {what}", "{count} {what} short";
    section_of(section) => "Mục {section}", "Section {section}";
    on_map => "Xem trên bản đồ", "See on the map";
    not_reported => "chưa báo cáo", "not reported";
    no_area_recorded => "Chưa ghi khu dân cư", "No residential area recorded";
    all_sheets => "Xem tất cả phiếu", "See all sheets";
}
