//! The roster of a residential area.

texts! {
    mark_many => "Chấm nhiều hộ một lần", "Mark many families at once";
    apply_to_chosen(count) =>
        "Áp dụng cho {count} hộ đã chọn. Hộ đã gửi hoặc đã duyệt được giữ nguyên. Hoàn tác được ngay sau đó.",
        "Applies to the {count} family chosen. What is submitted or accepted stays as it is. Can be undone \
         right after." |
        "Applies to the {count} families chosen. What is submitted or accepted stays as it is. Can be undone \
         right after.";
    apply_to_shown(count) =>
        "Áp dụng cho {count} hộ chưa chấm trong danh sách đang hiện. Hộ đã nhập được giữ nguyên. Hoàn tác được \
         ngay sau đó.",
        "Applies to the {count} family on this list that is not marked. What was entered stays as it is. Can \
         be undone right after." |
        "Applies to the {count} families on this list that are not marked. What was entered stays as it is. \
         Can be undone right after.";
    bulk_note =>
        "Hộ có tên trong danh sách nghèo, cận nghèo năm trước: kết quả rà soát năm nay không được tự ghi, hãy \
         bấm ở cột “Rà soát nghèo”. Số liệu cuộc họp lấy từ cuộc họp của khu dân cư, nếu phiếu chưa có số \
         riêng.",
        "For families that were poor or near-poor last year the result of this year's review is not filled in; \
         tap it in the column “Poverty review”. Figures of the meeting come from the area's meeting, unless \
         the sheet has its own.";
    submit_many(ready, shown) =>
        "Gửi {ready} phiếu đã đủ thông tin, trong {shown} hộ đang hiện. Phiếu còn thiếu được giữ lại để nhập \
         tiếp. Kết quả rà soát hộ nghèo của các hộ này được gửi kèm.",
        "Submits {ready} complete sheet, of {shown} families shown. Incomplete ones stay for further entries. \
         The results of the poverty review go with them." |
        "Submits {ready} complete sheets, of {shown} families shown. Incomplete ones stay for further entries. \
         The results of the poverty review go with them.";
    list => "Danh sách hộ", "List of families";
    choose => "Chọn", "Choose";
    family => "Hộ", "Family";
    poverty_review => "Rà soát nghèo", "Poverty review";
    result_points => "Kết quả · điểm", "Result · points";
    mark => "Chấm", "Mark";
    key_choose => "chọn hộ", "choose a family";
    key_earned => "đạt, điểm tối đa", "earned, full points";
    key_not_proposed => "không đề nghị", "not proposed";
    key_not_registered => "không đăng ký", "not registered";
    key_like_last_year => "như năm trước", "like last year";
    key_poverty => "không nghèo, cận nghèo, nghèo", "not poor, near-poor, poor";
    space_key => "Cách", "Space";
    key_tick => "đánh dấu", "tick";
    key_open => "mở phiếu", "open the sheet";
    key_undo => "hoàn tác", "undo";
    keys => "Phím tắt trong danh sách: ", "Keys in the list: ";
    nothing_to_undo => "Không còn gì để hoàn tác", "Nothing left to undo";
    undone(what) => "Đã hoàn tác: {what}", "Undone: {what}";
    marked(all, word) => "{all} hộ: {word}", "{all} family: {word}" | "{all} families: {word}";
    marked_some(marked, word, skipped) =>
        "{marked} hộ: {word}; bỏ qua {skipped} hộ không chấm hàng loạt được",
        "{marked} family: {word}; {skipped} skipped that cannot be marked together" |
        "{marked} families: {word}; {skipped} skipped that cannot be marked together";
    meeting_applied(applied) =>
        "Số liệu cuộc họp: ghi cho {applied} hộ đã chấm",
        "Figures of the meeting: written for {applied} marked family" |
        "Figures of the meeting: written for {applied} marked families";
    meeting_incomplete => "Chưa đủ số liệu cuộc họp. ", "The figures of the meeting are incomplete. ";
    meeting_once =>
        "Nhập một lần, ghi cho mọi hộ của khu.",
        "Enter them once; they are written for every family of the area.";
    meeting_invited => "mời ", "invited ";
    meeting_attended => " hộ · dự ", " families · attended ";
    meeting_agreed => " · đồng ý ", " · in favour ";
    meeting_title => "Họp bình xét: ", "Review meeting: ";
    enter_meeting => "Nhập cuộc họp", "Enter the meeting";
    edit_meeting => "Sửa cuộc họp", "Edit the meeting";
    meeting_of_area => "Cuộc họp bình xét của khu dân cư", "Review meeting of the residential area";
    meeting_field(label) => "Họp bình xét · {label}", "Review meeting · {label}";
    attended_too_many =>
        "Số hộ dự họp không thể nhiều hơn số hộ được mời.",
        "More families cannot attend than were invited.";
    agreed_too_many =>
        "Số hộ đồng ý không thể nhiều hơn số hộ dự họp.",
        "More families cannot agree than attended.";
    meeting_rule(attendance, agree, families) =>
        "Cần ít nhất {attendance}% số hộ được mời dự họp, và ít nhất {agree}% số hộ dự họp đồng ý. Khu này có \
         {families} hộ.",
        "At least {attendance}% of the families invited have to attend, and at least {agree}% of those \
         attending have to agree. This area has {families} families.";
    meeting_note =>
        "Ba số này được ghi vào phiếu của mọi hộ đăng ký trong khu, cả hộ chấm sau này. Phiếu đã có số riêng, \
         đã gửi hoặc đã duyệt được giữ nguyên; hộ nào được biểu quyết riêng thì sửa trong phiếu của hộ đó.",
        "These three figures are written into the sheet of every registered family of the area, also of those \
         marked later. Sheets with figures of their own, submitted or accepted ones stay as they are; where a \
         family was voted on separately, correct its sheet.";
    meeting_save => "Lưu và ghi cho các hộ", "Save and write for the families";
    find_all =>
        "Tìm chủ hộ, số nhà, khu dân cư; không cần dấu",
        "Find a head, house number, residential area; no tone marks needed";
    find_here => "Tìm chủ hộ hoặc số nhà, không cần dấu", "Find a head or house number; no tone marks needed";
    filter => "Lọc", "Filter";
    why_not => "Vì sao chưa đạt", "Why not earned";
    no_match =>
        "Không có hộ nào khớp. Hãy đổi bộ lọc hoặc cách tìm.",
        "No family matches. Change the filter or the search.";
    chosen(count) => "Đã chọn {count} hộ", "{count} family chosen" | "{count} families chosen";
    mark_unmarked(count) => "Chấm {count} hộ chưa chấm", "Mark {count} family" | "Mark {count} families";
    mark_chosen(count) =>
        "Chấm {count} hộ đã chọn",
        "Mark the {count} family chosen" |
        "Mark the {count} families chosen";
    saving_many => "Đang lưu nhiều hộ", "Saving many families";
    unchoose => "Bỏ chọn", "Choose none";
    submit_families(count) => "Gửi duyệt {count} hộ", "Submit {count} family" | "Submit {count} families";
    choose_family(name) => "Chọn hộ {name}", "Choose {name}";
    open_sheet => "Mở phiếu", "Open the sheet";
    house(number) => "Số {number}", "No. {number}";
    year_points(year, points) => "{year}: đạt, {points} điểm", "{year}: earned, {points} points";
    year_earned(year) => "{year}: đạt", "{year}: earned";
    year_not_earned(year) => "{year}: không đạt", "{year}: not earned";
    year_unknown(year) => "{year}: chưa rõ", "{year}: not known";
    incomplete => "Còn thiếu", "Incomplete";
    two_values => "Hai ý kiến", "Two values";
    points => " điểm", " points";
    device_title => "Chưa gửi, còn trên máy", "Not sent, on this tablet only";
    device => "chưa gửi, còn trên máy", "not sent, on this tablet only";
    not_poor => "Không nghèo", "Not poor";
    near_poor => "Cận nghèo", "Near-poor";
    poor => "Hộ nghèo", "Poor";
    still_near_poor => "Vẫn cận nghèo?", "Still near-poor?";
    still_poor => "Vẫn nghèo?", "Still poor?";
    poverty_of(name, label) => "{name}, rà soát hộ nghèo: {label}", "{name}, poverty review: {label}";
}
