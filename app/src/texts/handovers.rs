//! What is another commune's now, on the tablet.

texts! {
    title => "Bàn giao giữa các xã", "Handed over between communes";
    /// What the page is about.
    lead => "Khi khu dân cư chuyển sang xã khác, hoặc cán bộ được giao xã khác, nội dung ghi từ trước mà chưa gửi được giữ nguyên trên máy chủ cho cán bộ xã mới tiếp nhận.",
        "When a residential area goes to another commune, or an officer is assigned another one, what was written before and not sent is kept whole on the server for the new commune's officers to take over.";
    needs_connection => "Trang này cần mạng. Nội dung bàn giao vẫn được giữ, không mất.",
        "This page needs a connection. What is handed over is kept; nothing is lost.";
    nothing => "Không có nội dung nào đang bàn giao.", "Nothing is being handed over.";
    /// On the home page.
    note(count) => "{count} nội dung do cán bộ xã khác ghi, chờ xã bạn tiếp nhận",
        "{count} record written by an officer elsewhere waits for your commune to take it over"
        | "{count} records written by officers elsewhere wait for your commune to take them over";
    waiting_here => "Chờ xã bạn tiếp nhận", "Waiting for your commune";
    own => "Bạn đã ghi, nay thuộc xã khác", "Written by you, another commune's now";
    written_by(author, when) => "{author} ghi, máy chủ nhận {when}.",
        "Written by {author}, received by the server {when}.";
    waits_at(commune) => "Nay thuộc {commune}. Đang chờ cán bộ {commune} tiếp nhận.",
        "Part of {commune} now. Waiting for an officer of {commune} to take it over.";
    taken(commune, by, when) => "Nay thuộc {commune}. {by} đã tiếp nhận, {when}.",
        "Part of {commune} now. Taken over by {by}, {when}.";
    declined(commune, by, when, reason) => "Nay thuộc {commune}. {by} không tiếp nhận, {when}: “{reason}”",
        "Part of {commune} now. Declined by {by}, {when}: “{reason}”";
    take => "Tiếp nhận", "Take over";
    decline => "Không tiếp nhận…", "Decline…";
    why => "Vì sao không tiếp nhận? Người đã ghi sẽ đọc được.", "Why is it declined? Whoever wrote it will read this.";
    send_reason => "Gửi lý do", "Send the reason";
    back => "Quay lại", "Back";
    /// Beside an edit in the list of those not taken.
    see => "Xem bàn giao", "See handovers";
}
