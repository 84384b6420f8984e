//! Areas that change, for administrators and reviewers.

texts! {
    title => "Địa giới và bàn giao", "Boundaries and handovers";
    /// In the navigation.
    nav => "Địa giới", "Boundaries";
    move_title => "Chuyển khu dân cư hoặc sáp nhập xã", "Move a residential area or merge a commune";
    move_lead => "Hộ, đơn vị, phiếu, lịch sử và kết quả duyệt được giữ nguyên; chỉ nơi quản lý thay đổi. Nội dung cán bộ ghi mà chưa gửi được chuyển theo, hoặc giữ lại cho xã mới tiếp nhận.",
        "Families, units, entries, history and reviews stay as they are; only who is responsible changes. What officers wrote and have not sent goes along, or is kept for the new commune to take over.";
    from => "Từ", "From";
    to => "Sang", "To";
    part => "Phần được chuyển", "What is moved";
    whole => "Toàn bộ xã (sáp nhập)", "The whole commune (merge)";
    move_ask => "Chuyển…", "Move…";
    all_of(commune) => "toàn bộ {commune}", "all of {commune}";
    area_of(area, commune) => "{area} của {commune}", "{area} of {commune}";
    sure(what, commune) => "Chuyển {what} sang {commune}? Chuyển nhầm thì chuyển ngược lại được.",
        "Move {what} to {commune}? A mistaken move can be made back.";
    do_move => "Chuyển", "Move";
    moving => "Đang chuyển…", "Moving…";
    cancel => "Thôi", "Cancel";
    moved(count, commune) => "Đã chuyển {count} mục trong sổ sang {commune}. Máy tính bảng của hai xã sẽ biết khi đồng bộ.",
        "{count} subject has moved to {commune}. Both communes' tablets learn of it when they sync."
        | "{count} subjects have moved to {commune}. Both communes' tablets learn of it when they sync.";
    not_moved(problem) => "{problem} Phần đã chuyển vẫn đúng; bấm chuyển lần nữa để chuyển nốt phần còn lại.",
        "{problem} What has moved is right; move again to move the rest.";
    waiting => "Chờ xã mới tiếp nhận", "Waiting for the new commune";
    waiting_lead => "Nội dung cán bộ đã ghi trước khi địa bàn hoặc phân công thay đổi. Cán bộ xã nêu ở cột cuối tiếp nhận hoặc trả lời trên máy của mình.",
        "What officers wrote before an area or an assignment changed. Officers of the commune in the last column take it over or decline on their tablets.";
    nothing_waits => "Không có nội dung nào đang chờ.", "Nothing is waiting.";
    subject => "Hộ, đơn vị, khu dân cư", "Family, unit, residential area";
    author => "Người ghi", "Written by";
    received => "Máy chủ nhận lúc", "Received";
    waits_for => "Chờ cán bộ của", "Waits for officers of";
    no_name => "Chưa rõ tên", "Name unknown";
}
