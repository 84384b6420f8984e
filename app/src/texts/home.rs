//! The officer's first screen, and what waits there.

texts! {
    not_begun(waiting, all) => "{waiting} trong {all} khu chưa bắt đầu", "{waiting} of {all} areas not begun";
    papers => "Giấy tờ in", "Papers to print";
    add_area => "Thêm khu dân cư", "Add a residential area";
    no_area =>
        "Chưa có khu dân cư nào. Khi có mạng, danh sách của xã sẽ tự về máy; hoặc bấm “Thêm khu dân cư”.",
        "No residential area yet. With a connection, the commune's list comes by itself; or tap “Add a \
         residential area”.";
    area_meta(families, begun) =>
        "{families} hộ · đã bắt đầu {begun}",
        "{families} family · {begun} begun" |
        "{families} families · {begun} begun";
    area_not_begun => "Chưa bắt đầu", "Not begun";
    at_most => "không quá", "at most";
    at_least => "ít nhất", "at least";
    target(sign, target) => "chỉ tiêu {sign} {target}%", "target {sign} {target}%";
    last_year(rate) => "Năm trước: {rate}", "Last year: {rate}";
    last_year_of(rate, known, expected, unit) =>
        "Năm trước: {rate} (theo {known}/{expected} {unit} có số liệu)",
        "Last year: {rate} (of the {known}/{expected} {unit} with data)";
    accepted => "đã duyệt", "accepted";
    submitted => "đã gửi", "submitted";
    on_device => "trên máy", "on this tablet";
    draft => "đang nhập", "drafts";
    returned => "bị trả lại", "returned";
    changed_since => "sửa sau duyệt", "changed since accepted";
    reported(reported, expected, unit) =>
        "Đã báo cáo {reported}/{expected} {unit}",
        "{reported}/{expected} {unit} reported";
    met_by_accepted(target) => "Đã đủ {target}% bằng số đã duyệt", "{target}% reached with what is accepted";
    room_left(count, unit) =>
        "Còn trong mức: thêm nhiều nhất {count} {unit}",
        "Within the limit: {count} more {unit} at most";
    over_limit(target, count, unit) =>
        "Vượt mức {target}%: nhiều hơn {count} {unit}",
        "Over the limit of {target}%: {count} {unit} too many";
    waiting_suffices(count, unit) =>
        "{count} {unit} đạt đang chờ duyệt: được duyệt thì đủ",
        "{count} {unit} wait for review: enough once accepted";
    waiting_not_enough(count, unit, short) =>
        "{count} {unit} đạt đang chờ duyệt: được duyệt hết vẫn thiếu {short}",
        "{count} {unit} wait for review: still {short} short if all are accepted";
    short_by(count, unit, target) =>
        "Còn thiếu {count} {unit} để đạt {target}%",
        "{count} more {unit} needed for {target}%";
    due(day) => "Hạn: {day}", "Due: {day}";
    reminder_from(who, moment) => "Nhắc việc từ {who} · {moment}", "Reminder from {who} · {moment}";
    read => "Đã đọc", "Read";
    reminders => "Nhắc việc", "Reminders";
    unfinished => "Gõ dở, chưa lưu", "Half typed, not saved";
    needs_you => "Cần bạn xem", "Needs your attention";
    conflicts(count) =>
        "{count} chỗ hai người nhập khác nhau, cần chọn giá trị đúng",
        "{count} value entered differently by two people; choose the right one" |
        "{count} values entered differently by two people; choose the right ones";
    returned_sheets(count) =>
        "{count} phiếu bị trả lại, cần sửa và gửi lại",
        "{count} sheet returned; correct it and submit it again" |
        "{count} sheets returned; correct them and submit them again";
    nothing_returned => "Không có phiếu nào bị trả lại.", "No sheet is returned.";
    returned_lead(count) =>
        "{count} phiếu. Mở từng phiếu: lời người duyệt hiện ngay tại mục cần sửa. Sửa xong bấm “Gửi duyệt”; \
         không cần có mạng.",
        "{count} sheet. Open it: the reviewer's remark stands at the item to correct. Then tap “Submit for \
         review”; no connection is needed." |
        "{count} sheets. Open each: the reviewer's remarks stand at the items to correct. Then tap “Submit for \
         review”; no connection is needed.";
    returned_title => "Bị trả lại, cần sửa", "Returned, to be corrected";
    not_corrected => "Chưa sửa", "Not corrected";
    corrected(count) =>
        "Đã sửa {count} mục, chưa gửi lại",
        "{count} item corrected, not submitted again" |
        "{count} items corrected, not submitted again";
    open_to_correct => "Mở phiếu để sửa", "Open the sheet to correct it";
}
