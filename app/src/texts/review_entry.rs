//! One sheet, as reviewers decide it.

texts! {
    points_of(points, mark) => " · {points} điểm, mốc đạt {mark}", " · {points} points, pass mark {mark}";
    exclusion_hidden =>
        "Lý do thuộc trường hợp không xét không hiện ở cấp này.",
        "The ground for exclusion is not shown at this level.";
    whole_content => "Toàn bộ nội dung phiếu", "The whole content of the sheet";
    history => "Lịch sử", "History";
    result_and_decision => "Kết quả và quyết định", "Result and decision";
    nothing_changed =>
        "Gửi lại mà không sửa mục nào từ lần trả lại.",
        "Submitted again without a change since it was returned.";
    changed_items(count) =>
        "Đã sửa {count} mục từ lần trả lại:",
        "{count} item changed since it was returned:" |
        "{count} items changed since it was returned:";
    history_meta(moment, received, device) =>
        " · {moment} · nhận lúc {received} · máy {device}",
        " · {moment} · received {received} · device {device}";
    waits_for_others =>
        "Phiếu đang chờ người có quyền duyệt.",
        "The sheet waits for somebody who may review it.";
    is_accepted => "Phiếu đã được duyệt.", "The sheet is accepted.";
    is_returned =>
        "Phiếu đã trả lại, chờ cán bộ xã sửa và gửi lại.",
        "The sheet is returned; the commune's officer has to correct it and submit it again.";
    changed_since =>
        "Phiếu đã được sửa sau khi duyệt, chưa gửi lại nên chưa được tính.",
        "The sheet was changed after it was accepted and has not been submitted again, so it does not count.";
    not_submitted => "Phiếu chưa được gửi duyệt.", "The sheet has not been submitted.";
    reopen => "Mở lại để duyệt", "Reopen for review";
    comment =>
        "Ý kiến gửi cán bộ xã (bắt buộc khi trả lại)",
        "Remark to the commune's officer (required when returning)";
    choose_item => "— chọn mục —", "— choose an item —";
    drop_remark(label) => "Bỏ góp ý về {label}", "Remove the remark on {label}";
    remarks =>
        "Góp ý cho từng mục (gửi kèm khi trả lại)",
        "Remarks on single items (sent along when returning)";
    item_to_correct => "Mục cần sửa", "Item to correct";
    remark => "Góp ý cho mục này", "Remark on this item";
    add_remark => "Thêm góp ý", "Add the remark";
}
