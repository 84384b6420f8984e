//! Criteria that the province adopts in the place of the program's.

texts! {
    heading => "Bộ tiêu chí", "Criteria";
    lead =>
        "Tiêu chí của danh hiệu “An toàn về an ninh, trật tự” (Thông tư 124/2021/TT-BCA). Sửa thành phiên bản \
         mới, xem trước kết quả nào đổi rồi mới ban hành. Phiếu đã gửi, đã duyệt giữ phiên bản đã chấm.",
        "Criteria of the title “Safe in security and order” (Circular 124/2021/TT-BCA). Change them as a new \
         version, look at which results would change, then adopt it. Sheets that were handed in or accepted keep \
         the version they were assessed under.";
    in_force => "Đang áp dụng", "In force";
    criteria => "Tiêu chí", "Criteria";
    version(number) => "Phiên bản {number}", "Version {number}";
    of_program => "theo chương trình", "the program's own";
    adopted(day, paper) => "ban hành ngày {day}, {paper}", "adopted on {day}, {paper}";
    years(from) => "từ năm {from}", "from {from}";
    years_until(from, to) => "năm {from} đến {to}", "{from} to {to}";
    verified(read, all) =>
        "{read}/{all} tiêu chí đã đối chiếu với văn bản",
        "{read}/{all} criteria compared with the legal text";
    new_version => "Sửa thành phiên bản mới", "Write a new version";
    new_version_of(title) => "Sửa thành phiên bản mới: {title}", "Write a new version: {title}";
    basis => "Căn cứ pháp lý", "Legal basis";
    from => "Áp dụng từ năm", "From the year";
    until => "Đến hết năm (để trống nếu chưa định)", "To the end of the year (empty if open)";
    criterion(number) => "Tiêu chí {number}", "Criterion {number}";
    new_criterion => "Tiêu chí mới", "New criterion";
    criterion_hint =>
        "Sửa câu chữ thì giữ tiêu chí; đổi hẳn nghĩa thì bỏ tiêu chí cũ và thêm tiêu chí mới, để phiếu cũ không \
         bị hiểu sai.",
        "Keep a criterion when you mend its wording. Where it means something else, take the old one out and add \
         a new one, so that old sheets are not misread.";
    read => "Đã đối chiếu với văn bản", "Compared with the legal text";
    drop_short => "Bỏ", "Take out";
    drop(number) => "Bỏ tiêu chí {number}", "Take criterion {number} out";
    add => "Thêm tiêu chí", "Add a criterion";
    preview => "Xem trước", "Preview";
    adopt => "Ban hành", "Adopt";
    preview_first => "Xem trước bản này rồi mới ban hành được.", "Preview this text first, then adopt it.";
    saved(title) =>
        "Đã ban hành bộ tiêu chí mới của {title}. Máy của xã nhận ở lần đồng bộ tới.",
        "The new criteria of {title} are adopted. Tablets get them at their next sync.";
    nothing_changes => "Không kết quả nào đổi.", "No result changes.";
    area => "Địa bàn", "Area";
    entries => "Phiếu đã ghi", "Sheets begun";
    to_earned => "Thành đạt", "Become earned";
    to_not_earned => "Thành không đạt", "Become not earned";
    to_incomplete => "Thành chưa đủ", "Become incomplete";
    sealed => "Giữ nguyên, chấm lại sẽ khác", "Kept, but would differ";
    preview_note =>
        "Ba cột giữa đổi ngay khi ban hành: phiếu chưa gửi hoặc bị trả lại. Cột cuối là phiếu đã gửi, đã duyệt: \
         giữ kết quả theo phiên bản cũ.",
        "The three columns in the middle change once it is adopted: sheets not handed in, or returned. The last \
         are sheets handed in or accepted: they keep their result by the former version.";
    whole_province => "Toàn tỉnh", "Whole province";
}
