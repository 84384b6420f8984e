//! By when what was returned is to be corrected.

texts! {
    by(day) => "Sửa chậm nhất ngày {day}", "Correct by {day}";
    days_late(days) => "quá hạn sửa {days} ngày", "{days} day late" | "{days} days late";
    late => "đã quá hạn sửa", "late";
    last_day => "hôm nay là ngày cuối", "today is the last day";
    days_left(days) => "còn {days} ngày", "{days} day left" | "{days} days left";
    // The reviewer's form.
    label => "Khi trả lại: sửa chậm nhất ngày", "When returning: correct by";
    hint(format) => "{format}; để trống nếu không đặt hạn", "{format}; empty: no last day";
    out_of_range =>
        "Hạn sửa phải từ hôm nay đến không quá một năm sau.",
        "The last day lies between today and a year from now.";
    // What is due, on the tablet's first screen.
    due => "Sửa phiếu bị trả lại", "Correct returned sheets";
    set_by_reviewer => "người duyệt đặt", "set by the reviewer";
    sheets(count) => "{count} phiếu", "{count} sheet" | "{count} sheets";
    // Reviewers' lists.
    overdue_title => "Phiếu trả lại đã quá hạn sửa", "Returned sheets past their last day";
    overdue_lead =>
        "Cán bộ xã chưa gửi lại dù đã qua ngày được hẹn.",
        "Their officers have not handed them in again though the day is over.";
    overdue_all => "Xem tất cả phiếu quá hạn sửa", "See all that are past their day";
    state_overdue => "Bị trả lại, quá hạn sửa", "Returned, past its day";
    overdue_in(where_) =>
        "Phiếu ở {where_} đã quá ngày phải sửa mà chưa gửi lại. Phiếu trả lại lâu nhất đứng đầu.",
        "Sheets in {where_} that should have been corrected by now. The one returned longest ago comes first.";
}
