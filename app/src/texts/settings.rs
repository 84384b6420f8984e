//! What the province sets: due dates, reporting terms; and what a tablet says of them.

texts! {
    // The tablet's first screen.
    dues => "Việc có hạn", "What is due";
    more_dues(count) => "{count} việc khác có hạn", "{count} more thing is due" | "{count} more things are due";
    today => "hạn là hôm nay", "due today";
    days_left(days) => "còn {days} ngày", "{days} day left" | "{days} days left";
    days_late(days) => "quá hạn {days} ngày", "{days} day late" | "{days} days late";
    late => "đã quá hạn", "late";
    register(title) => "Đăng ký {title}", "Register: {title}";
    hand_in(title) => "Gửi duyệt: {title}", "Hand in: {title}";
    report_term(name) => "Báo cáo kỳ {name}", "Report: {name}";
    families_not_registered(count) => "{count} hộ chưa ghi", "{count} family not entered" | "{count} families not entered";
    not_registered(count) => "{count} chưa ghi", "{count} not entered";
    not_handed_in(count) => "{count} chưa gửi", "{count} not handed in";
    /// A last day.
    last_day(day) => "hạn {day}", "by {day}";
    by_regulation => "theo quy định", "by regulation";
    end_of_period => "hết năm, quy định không nêu ngày", "end of the year: no day is named";
    set_by_province(day, paper) => "tỉnh đặt ngày {day}, {paper}", "set by the province on {day}, {paper}";
    set_by_province_paper(paper) => "tỉnh đặt, {paper}", "set by the province, {paper}";

    // The reviewers' page.
    title => "Thiết lập", "Settings";
    lead =>
        "Hạn và kỳ báo cáo áp dụng cho cả tỉnh. Máy của xã nhận ở lần đồng bộ tới và xem được cả khi không có mạng; lần sửa nào cũng được giữ lại.",
        "Due dates and reporting terms for the whole province. Tablets receive them at their next sync and show them offline; every change is kept.";
    days_heading => "Hạn của từng danh hiệu", "Due dates by title";
    terms_heading => "Kỳ báo cáo", "Reporting terms";
    terms_lead =>
        "Chỉ thị không ấn định ngày báo cáo; tỉnh đặt các kỳ ở đây.",
        "The directive names no day to report by; the province sets the terms here.";
    no_terms => "Chưa đặt kỳ báo cáo nào.", "No reporting term is set.";
    registration => "Đăng ký", "Registration";
    submission => "Gửi duyệt", "Hand in";
    no_registration => "không có", "none";
    paper => "Văn bản làm căn cứ", "Paper it rests on";
    paper_hint => "Ví dụ: Kế hoạch 12/KH-UBND ngày 15/02/2022.", "For example: Plan 12/KH-UBND of 15 Feb 2022.";
    work => "Việc", "Action";
    change => "Đổi hạn", "Change";
    change_days(title) => "Đổi hạn: {title}", "Change due dates: {title}";
    registration_day => "Hạn đăng ký", "Last day to register";
    submission_day => "Hạn gửi duyệt", "Last day to hand in";
    day_default(day) => "ngày/tháng/năm; để trống là theo quy định: {day}.", "day/month/year; empty: as regulated, {day}.";
    add_term => "Thêm kỳ báo cáo", "Add a term";
    term_title => "Kỳ báo cáo", "Reporting term";
    change_term(name) => "Sửa kỳ {name}", "Change {name}";
    withdraw => "Bỏ kỳ này", "Withdraw this term";
    term_name => "Tên kỳ", "Name";
    term_name_hint => "Ví dụ: Quý I, 6 tháng đầu năm, Cả năm.", "For example: first quarter, first half, whole year.";
    term_span => "Từ – đến", "From – to";
    span(from, to) => "{from} – {to}", "{from} – {to}";
    from => "Từ ngày", "From";
    to => "Đến ngày", "To";
    term_due => "Hạn báo cáo", "Report by";
    saved_days(title) => "Đã đặt hạn của {title}. Máy của xã nhận ở lần đồng bộ tới.", "Due dates of {title} are set. Tablets receive them at their next sync.";
    saved_term => "Đã lưu kỳ báo cáo. Máy của xã nhận ở lần đồng bộ tới.", "The term is saved. Tablets receive it at their next sync.";
    not_saved(why) => "Chưa lưu. {why}", "Not saved. {why}";
    history(count) => "Lịch sử ({count} lần ghi)", "History ({count} change)" | "History ({count} changes)";
    empty => "(trống)", "(empty)";
    paper_missing => "Cần ghi văn bản làm căn cứ.", "Name the paper it rests on.";
    incomplete => "Còn ô chưa điền.", "Something is not filled in.";
    other_period => "Ngày phải nằm trong năm của Chỉ thị hoặc ba tháng liền sau.", "Days lie in the directive's year or the three months after it.";
    out_of_order => "Các ngày chưa đúng thứ tự trước sau.", "The days are out of order.";
    out_of_range => "Nội dung quá dài.", "A text is too long.";
    full => "Một năm có nhiều nhất 12 kỳ báo cáo.", "A year has at most 12 terms.";
    /// The line above the list of communes that are urged.
    due_line(day, source) => "Hạn nộp {day} ({source}).", "Due {day} ({source}).";
}
