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
}
