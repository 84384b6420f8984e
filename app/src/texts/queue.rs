//! Sheets that wait for review, and decisions on many.

texts! {
    decided => "đã ghi quyết định", "decision recorded";
    content_changed =>
        "nội dung đã thay đổi sau khi hiện trên màn hình",
        "the content changed after it was shown";
    not_waiting =>
        "không còn ở trạng thái đó, người khác đã quyết định trước",
        "no longer in that state; somebody else has decided";
    not_allowed => "tài khoản không có quyền duyệt phiếu này", "this account may not review the sheet";
    not_found => "không có phiếu này trong địa bàn của bạn", "there is no such sheet in your areas";
    undecided(count) =>
        "{count} phiếu chưa có quyết định:",
        "{count} sheet without a decision:" |
        "{count} sheets without a decision:";
    deciding(sent, all) =>
        "Đang ghi quyết định: {sent}/{all} phiếu.",
        "Recording decisions: {sent} of {all} sheets.";
    progress => "Tiến độ ghi quyết định", "Progress of the decisions";
    stop => "Dừng", "Stop";
    what_returned => "phiếu đã trả lại, chờ xã sửa", "returned sheets, to be corrected by communes";
    what_changed =>
        "phiếu đã sửa sau khi duyệt, chờ xã gửi lại",
        "sheets changed after acceptance, to be submitted again";
    what_waiting => "phiếu đang chờ duyệt", "sheets waiting for review";
    lead(waiting, what, where_) =>
        "{waiting} {what} ở {where_}. Phiếu chờ lâu nhất đứng đầu.",
        "{waiting} {what} in {where_}. The one that waits longest comes first.";
    /// After [`lead`], where the list leaves out what has not waited that long: nothing else on the page does.
    lead_waited(days) =>
        "Số này không lọc theo thời gian chờ; danh sách dưới đây chỉ gồm phiếu đã chờ từ {days} ngày.",
        "That counts whatever the wait; the list below has those that have waited {days} days or more.";
    /// Beside numbers that are of every sheet, however short its wait.
    counts_all => "không lọc theo thời gian chờ", "counted whatever the wait";
    more => "Phiếu tiếp theo", "Next sheets";
    state_changed => "Đã sửa sau duyệt", "Changed since accepted";
    state_returned => "Bị trả lại", "Returned";
    any => "Bất kỳ", "Any";
    days_3 => "Từ 3 ngày", "3 days or more";
    days_7 => "Từ 7 ngày", "7 days or more";
    days_30 => "Từ 30 ngày", "30 days or more";
    waited => "Đã chờ", "Has waited";
    listing => "Đang lập danh sách…", "Making the list…";
    accept_all_dots => "Duyệt tất cả phiếu đúng điều kiện lọc…", "Accept all that match the filters…";
    accept_all => "Duyệt tất cả phiếu đúng điều kiện lọc", "Accept all that match the filters";
    list_longer(most) =>
        "Danh sách dài hơn {most}; phần còn lại duyệt ở lần sau.",
        "The list is longer than {most}; accept the rest another time.";
    look_at_some =>
        "Nên xem thử vài phiếu máy chọn ngẫu nhiên (mở ở trang mới):",
        "Look at a few that were picked at random (each opens on a new page):";
    sweep_note =>
        "Phiếu xã gửi hoặc sửa sau lúc lập danh sách sẽ không bị duyệt. Có thể dừng giữa chừng và hoàn tác \
         trong phiên làm việc này.",
        "Sheets that were submitted or changed after this list was made will not be accepted. It can be \
         stopped on the way, and undone during this session.";
    none => "Không có phiếu nào", "No sheets";
    none_match =>
        "Không có phiếu nào đúng với các điều kiện lọc ở trên. Phiếu mới gửi sẽ tự hiện ở đây.",
        "No sheet matches the filters above. Newly submitted sheets appear here by themselves.";
    table => "Phiếu chờ", "Sheets waiting";
    choose_all => "Chọn tất cả phiếu đang hiện", "Choose all sheets shown";
    since => "Chờ từ", "Waiting since";
    days(days) => "{days} ngày", "{days} day" | "{days} days";
    choose_sheet(label, what) => "Chọn {label}, {what}", "Choose {label}, {what}";
    decide_chosen => "Quyết định các phiếu đã chọn", "Decide the chosen sheets";
    none_chosen => "Chưa chọn phiếu nào", "No sheet chosen";
    return_sheets => "Trả lại phiếu", "Return sheets";
    what_to_correct => "Cần sửa hoặc bổ sung gì (bắt buộc)", "What has to be corrected or added (required)";
    accepted(count) => "Đã duyệt {count} phiếu.", "{count} sheet accepted." | "{count} sheets accepted.";
    returned(count) => "Đã trả lại {count} phiếu.", "{count} sheet returned." | "{count} sheets returned.";
    reopened(count) =>
        "Đã hoàn tác: {count} phiếu chờ duyệt như trước.",
        "Undone: {count} sheet waits for review again." | "Undone: {count} sheets wait for review again.";
    stopped(count) =>
        "Đã dừng: {count} phiếu còn lại giữ nguyên như trước.",
        "Stopped: {count} sheet is as it was." | "Stopped: {count} sheets are as they were.";
    accept_count(count) => "Duyệt {count} phiếu", "Accept {count} sheet" | "Accept {count} sheets";
    return_count(count) => "Trả lại {count} phiếu", "Return {count} sheet" | "Return {count} sheets";
    chosen(count) => "Đã chọn {count} phiếu", "{count} sheet chosen" | "{count} sheets chosen";
    returned_with(count) =>
        "{count} phiếu trở về máy của cán bộ xã cùng lời nhắn này.",
        "{count} sheet goes back to the commune's officer with this remark." |
        "{count} sheets go back to the communes' officers with this remark.";
    sweep_sum(all, earned, not_earned, open) =>
        "{all} phiếu đang chờ: {earned} đạt, {not_earned} không đạt, {open} chưa đủ để kết luận. Duyệt là \
         công nhận đúng nội dung xã đã gửi, đạt hay không đạt.",
        "{all} sheet waits: {earned} earned, {not_earned} not earned, {open} open. Accepting confirms what \
         the commune submitted, earned or not." |
        "{all} sheets wait: {earned} earned, {not_earned} not earned, {open} open. Accepting confirms what \
         the communes submitted, earned or not.";
}
