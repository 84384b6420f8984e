//! What sheets share.

texts! {
    reviewer => "Người duyệt: ", "Reviewer: ";
    corrected => "Đã sửa", "Corrected";
    empty => "để trống", "empty";
    returned_by_reviewer => "Người duyệt trả lại: ", "Returned by the reviewer: ";
    resubmitted_changes =>
        "Đã gửi lại. Chỉ những mục này được sửa từ khi bị trả lại:",
        "Submitted again. Only these items were changed since it was returned:";
    changes_not_submitted =>
        "Đã sửa từ khi bị trả lại, chưa gửi lại:",
        "Changed since it was returned, not submitted again:";
    conflict =>
        "Có hai người nhập khác nhau. Cả hai giá trị đều được giữ; hãy chọn giá trị đúng.",
        "Two people entered different values. Both are kept; choose the right one.";
    submitted_note =>
        "Phiếu đã gửi, đang chờ duyệt. Sửa phiếu thì cần gửi lại.",
        "The sheet is submitted and waits for review. If it is changed, it has to be submitted again.";
    accepted_note =>
        "Phiếu đã được duyệt. Sửa phiếu thì phải duyệt lại.",
        "The sheet is accepted. If it is changed, it has to be reviewed again.";
    complete_first =>
        "Nhập đủ thông tin còn thiếu thì gửi duyệt được.",
        "It can be submitted once nothing is missing.";
    result => "Kết quả", "Result";
    points_of(mark) => " điểm · mốc đạt {mark}", " points · pass mark {mark}";
    fewer => "Thu gọn", "Show less";
    more_reasons(count) => "và {count} lý do nữa", "and {count} more reason" | "and {count} more reasons";
    in_register => "Thông tin trong sổ", "Data of the register";
    present_content => "nội dung hiện có", "the present content";
}
