//! Criteria that the province adopts in the place of the program's.

use thidua_domain::setting::pack::RuleError;

texts! {
    heading => "Bộ tiêu chí", "Criteria";
    lead =>
        "Tiêu chí, điểm, mốc đạt và trường hợp không xét của từng danh hiệu. Sửa thành phiên bản mới, xem trước kết \
         quả nào đổi rồi mới ban hành. Phiếu đã gửi, đã duyệt giữ phiên bản đã chấm. Rà soát hộ nghèo chấm theo \
         Quyết định 24/2021/QĐ-TTg ở nơi khác nên không có tiêu chí ở đây.",
        "Criteria, points, pass marks and grounds of each title. Change them as a new version, look at which results \
         would change, then adopt it. Sheets that were handed in or accepted keep the version they were assessed \
         under. The poverty review is scored elsewhere, by Decision 24/2021, and has no criteria here.";
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
    drop(label) => "Bỏ: {label}", "Take out: {label}";
    show(count) => "Xem {count} tiêu chí", "Show {count} criterion" | "Show {count} criteria";
    points(points) => "{points} điểm", "{points} point" | "{points} points";
    marks(total, mountainous, other) =>
        "Tổng {total} điểm; mốc đạt {mountainous} ở miền núi, {other} ở nơi khác",
        "{total} points in all; {mountainous} needed in mountainous communes, {other} elsewhere";
    group(number) => "Tiêu chuẩn {number}", "Standard {number}";
    most_points => "Điểm tối đa", "Most points";
    thresholds => "Mốc đạt", "What has to be reached";
    total(points) => "Tổng điểm tối đa của các tiêu chí: {points}", "All criteria together: {points} points";
    mark_mountainous => "Mốc điểm: miền núi, hải đảo, đặc biệt khó khăn", "Points: mountainous, islands, hardship";
    mark_poor => "Mốc điểm: hộ nghèo, cận nghèo", "Points: poor and near-poor families";
    mark_city => "Mốc điểm: quận của thành phố trực thuộc trung ương", "Points: districts of centrally-run cities";
    mark_other => "Mốc điểm: nơi khác", "Points: elsewhere";
    least_of_group => "Mỗi tiêu chuẩn đạt ít nhất (%)", "Least share of each standard (%)";
    least_attending => "Dự họp ít nhất (%)", "Least attendance (%)";
    least_agreeing => "Đồng ý ít nhất (%)", "Least agreement (%)";
    grounds => "Trường hợp không xét", "Grounds for not considering";
    grounds_hint =>
        "Có một trường hợp là không xét tặng, dù đủ điểm.",
        "With one of these the title is not given, whatever the points.";
    ground(number) => "Trường hợp {number}", "Ground {number}";
    new_ground => "Trường hợp mới", "New ground";
    add_ground => "Thêm trường hợp", "Add a ground";
    /// Why rules are not taken.
    rule(error: RuleError) {
        RuleError::EmptyGroup => "Có tiêu chuẩn chưa có tiêu chí nào.", "A standard has no criterion.";
        RuleError::TooMany => "Quá nhiều tiêu chí hoặc trường hợp không xét.", "There are too many criteria or grounds.";
        RuleError::Points => "Điểm tối đa của mỗi tiêu chí phải từ 1 đến 100.", "Each criterion gives 1 to 100 points.";
        RuleError::PassMark =>
            "Mốc điểm phải từ 1 đến tổng điểm của các tiêu chí.",
            "Points needed lie between 1 and what all criteria give together.";
        RuleError::Percent => "Tỷ lệ phần trăm phải từ 0 đến 100.", "A share lies between 0 and 100 percent.";
    }
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
