//! What reviewers' pages share.

texts! {
    /// The heading of a column or the label of a filter: an area of the province.
    area => "Địa bàn", "Area";
    areas => "Các địa bàn", "Areas";
    indicator => "Chỉ tiêu", "Indicator";
    verdict => "Kết luận", "Verdict";
    accepted => "Đã duyệt", "Accepted";
    reported_head => "Đã báo cáo", "Reported";
    reported(coverage) => "đã báo cáo {coverage}", "{coverage} reported";
    not_reported => "Chưa báo cáo", "Not reported";
    until(day) => "đến {day}", "as of {day}";
    never_sent => "chưa gửi lần nào", "never sent";
    last_sent => "Gửi lần cuối", "Last sent";
    all_titles => "Mọi danh hiệu", "All titles";
    title => "Danh hiệu", "Title";
    state => "Trạng thái", "State";
    result => "Kết quả", "Result";
    name => "Tên", "Name";
    commune_short => "Xã", "Commune";
    filter_list => "Lọc danh sách", "Filter the list";
    to_start => "Về đầu danh sách", "Back to the start";
    accept => "Duyệt", "Accept";
    return_ => "Trả lại", "Return";
    points(points) => "{points} điểm", "{points} points";
    house(house_no) => "Số {house_no}", "No. {house_no}";
    day_hint => "ngày/tháng/năm", "day/month/year";
    no_day(typed) =>
        "“{typed}” không phải ngày. Hãy viết ngày/tháng/năm.",
        "“{typed}” is not a date. Write day/month/year.";
    parts => "Các phần", "Parts";
    map => "Bản đồ", "Map";
    queue => "Chờ duyệt", "To review";
    urging => "Đôn đốc", "Urging";
    books => "Sổ của xã", "Communes' books";
    papers => "Báo cáo", "Reports";
    figures => "Số liệu cấp tỉnh", "Province figures";
    live => "Cập nhật trực tiếp", "Live";
    reconnecting => "Đang nối lại…", "Reconnecting…";
    whole_province => "Cả tỉnh", "Whole province";
    district => "Huyện, thành phố", "District, city";
    all_communes => "Mọi xã, phường, thị trấn", "All communes, wards, townships";
    commune => "Xã, phường, thị trấn", "Commune, ward, township";
    loading => "Đang tải…", "Loading…";
    all_states => "Mọi trạng thái", "All states";
    sheets => "Danh sách phiếu", "List of sheets";
    no_sheet => "Không có phiếu nào.", "No sheets.";
    sheets_of(area) => "Phiếu của {area}", "Sheets of {area}";
    points_suffix(points) => " · {points} điểm", " · {points} points";
    no_day_example(typed, example) =>
        "“{typed}” không phải ngày. Hãy viết ngày/tháng/năm, ví dụ {example}.",
        "“{typed}” is not a date. Write day/month/year, for instance {example}.";
}
