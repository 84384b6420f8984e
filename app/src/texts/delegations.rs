//! Review in colleagues' hands for a term.

use thidua_domain::delegation::Stage;

texts! {
    title => "Uỷ quyền duyệt", "Delegated review";
    lead =>
        "Giao việc duyệt phiếu cho đồng nghiệp trong một thời hạn. Người nhận quyết định thừa uỷ quyền; lịch sử của \
         từng phiếu ghi rõ ai quyết định, thay ai. Việc đôn đốc, kiểm tra, phát hành văn bản không giao kèm.",
        "Put the review of sheets into a colleague's hands for a term. They decide in your name; each sheet's \
         history says who decided and for whom. Urging, inspections and issued papers do not go with it.";
    give => "Uỷ quyền", "Delegate";
    nobody =>
        "Chưa có tài khoản nào nhận được: cần người cùng cấp duyệt hoặc người chỉ xem, đang xem được địa bàn của \
         bạn. Hãy báo người quản trị.",
        "No account could take it: it takes a reviewer of the same level or a viewer who reads your areas. Ask \
         the administrator.";
    table => "Bảng uỷ quyền", "Table of delegations";
    none => "Chưa có uỷ quyền nào", "No delegations yet";
    none_text =>
        "Khi vắng mặt, hoặc khi một danh hiệu cần người chuyên trách xem, việc duyệt giao ở đây.",
        "When you are away, or a title needs somebody who knows it, review is handed over here.";
    who => "Người giao và người nhận", "From and to";
    from_to(by, to) => "{by} giao {to}", "{by} to {to}";
    where_ => "Địa bàn", "Areas";
    what => "Danh hiệu", "Titles";
    all_titles => "Tất cả danh hiệu", "All titles";
    term => "Thời hạn", "Term";
    days(from, until) => "{from} đến hết {until}", "{from} to {until}";
    state => "Tình trạng", "State";
    stage(stage: Stage) {
        Stage::Ahead => "Chưa đến ngày", "To come";
        Stage::InForce => "Đang có hiệu lực", "In force";
        Stage::Over => "Hết hạn", "Over";
        Stage::Ended => "Đã kết thúc", "Ended";
    }
    ended_by(who, when) => "{who} kết thúc {when}", "ended by {who}, {when}";
    work => "Việc", "Action";
    end => "Kết thúc", "End";
    end_of(to) => "Kết thúc uỷ quyền cho {to}", "End the delegation to {to}";
    confirm_end(by, to) =>
        "Kết thúc uỷ quyền của {by} cho {to} ngay bây giờ? Quyết định đã ghi vẫn giữ nguyên.",
        "End the delegation from {by} to {to} now? Decisions already taken stay.";
    ended => "Đã kết thúc uỷ quyền.", "The delegation has ended.";
    saved(to) => "Đã uỷ quyền cho {to}.", "{to} can decide in your name.";

    // The form.
    colleague => "Người nhận", "Colleague";
    choose_colleague => "— chọn người nhận —", "— choose a colleague —";
    only_own => "Chỉ địa bàn của bạn mà người nhận đang xem được.", "Only your areas that the colleague can read.";
    titles_legend => "Danh hiệu (không chọn ô nào là tất cả)", "Titles (none ticked means all)";
    from => "Từ ngày", "From";
    until => "Đến hết ngày", "Until";
    paper => "Văn bản uỷ quyền (số, ngày)", "Paper (number, date)";
    paper_hint => "Ví dụ: 12/UQ-SNV ngày 01/12/2022", "Such as 12/UQ-SNV of 1 December 2022";
    not_filled => "Hãy chọn người nhận và ghi đủ hai ngày.", "Choose a colleague and give both days.";

    // On other pages.
    here(by, areas, until) =>
        "Bạn đang duyệt thừa uỷ quyền của {by} tại {areas}, đến hết {until}.",
        "You decide in the name of {by} in {areas}, until {until}.";
    here_titles(titles) => "Chỉ gồm: {titles}.", "Only: {titles}.";
    in_name_of(by) => "Bạn quyết định thừa uỷ quyền của {by}.", "You decide in the name of {by}.";
    read_only =>
        "Tài khoản này chỉ xem. Danh sách cho biết phiếu nào đang chờ và chờ bao lâu.",
        "This account only reads. The list shows what waits and for how long.";
}
