//! Who is late, and reminders.

texts! {
    no_roster => "Chưa có danh sách", "No register";
    not_begun => "Chưa bắt đầu", "Not begun";
    under_way => "Đang làm", "Under way";
    handed_in => "Đã nộp đủ", "All handed in";
    lead(due, all, no_roster, not_begun, under_way, handed_in, late) =>
        "{due} {all} địa bàn: {no_roster} chưa có danh sách, {not_begun} chưa bắt đầu, {under_way} \
         đang làm, {handed_in} đã nộp đủ; {late} trễ hạn.",
        "{due} {all} areas: {no_roster} without a register, {not_begun} not begun, {under_way} under way, \
         {handed_in} with all handed in; {late} late.";
    all => "Tất cả", "All";
    late => "Trễ hạn", "Late";
    condition => "Tình trạng", "State";
    none => "Không có địa bàn nào đúng với điều kiện lọc.", "No area matches the filters.";
    choose_all => "Chọn tất cả địa bàn đang hiện", "Choose all areas shown";
    handed => "Đã nộp", "Handed in";
    last_reminder => "Nhắc gần nhất", "Last reminder";
    sent_table => "Tải các lần nhắc (CSV)", "Download what was sent (CSV)";
    read_by(moment, who) => "đã đọc {moment} · {who}", "read {moment} · {who}";
    unread => "chưa đọc", "not read";
    choose(name) => "Chọn {name}", "Choose {name}";
    proposed_text(title, by) =>
        "Đề nghị xã hoàn thành và gửi duyệt các phiếu {title} chậm nhất ngày {by}.",
        "Please complete the sheets of {title} and submit them by {by}.";
    remind_chosen => "Nhắc các địa bàn đã chọn", "Remind the chosen areas";
    none_chosen => "Chưa chọn địa bàn nào", "No area chosen";
    send_dots => "Gửi nhắc việc…", "Send a reminder…";
    send_reminder => "Gửi nhắc việc", "Send a reminder";
    text => "Lời nhắc", "Reminder";
    due => "Hạn (ngày/tháng/năm)", "Due (day/month/year)";
    send => "Gửi", "Send";
    sent_to(count) =>
        "Đã gửi nhắc việc tới {count} địa bàn. Lời nhắc hiện trên máy của xã ở lần đồng bộ tới, cho đến khi \
         cán bộ đọc.",
        "The reminder went to {count} area. It shows on the commune's tablet from its next sync until an \
         officer reads it." |
        "The reminder went to {count} areas. It shows on the communes' tablets from their next sync until \
         an officer reads it.";
    chosen_count(count) => "Đã chọn {count} địa bàn", "{count} area chosen" | "{count} areas chosen";
    send_to_dots(count) =>
        "Gửi nhắc việc tới {count} địa bàn…",
        "Send a reminder to {count} area…" | "Send a reminder to {count} areas…";
    goes_to(count) =>
        "Gửi tới {count} địa bàn đã chọn.", "Goes to the {count} area chosen." | "Goes to the {count} areas chosen.";
}
