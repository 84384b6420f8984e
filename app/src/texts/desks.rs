//! Titles that a district appraises before the province recognises them.

use thidua_domain::review::Desk;

texts! {
    /// Where an entry waits, in a word.
    waits(desk: Desk) {
        Desk::District => "Chờ huyện thẩm định", "Waits for the district's appraisal";
        Desk::Province => "Chờ tỉnh công nhận", "Waits for the province's recognition";
    }
    /// The same for the officer who has handed it in.
    submitted_note(desk: Desk) {
        Desk::District =>
            "Phiếu đã gửi, đang chờ huyện thẩm định rồi chuyển tỉnh công nhận. Sửa phiếu thì cần gửi lại, từ bước \
             huyện.",
            "The sheet is submitted and waits for the district, which passes it on to the province. If it is \
             changed, it has to be submitted again and starts at the district.";
        Desk::Province =>
            "Huyện đã thẩm định và chuyển tỉnh; phiếu đang chờ tỉnh công nhận. Sửa phiếu thì cần gửi lại, từ \
             bước huyện.",
            "The district has appraised the sheet and passed it on; it waits for the province. If it is \
             changed, it has to be submitted again and starts at the district.";
    }
    both => "Cả hai bước", "Both steps";
    of_titles(titles) => "Danh hiệu qua hai bước: {titles}", "Titles in two steps: {titles}";
    endorse => "Thẩm định, chuyển tỉnh", "Appraise, pass on";
    endorse_count(count) =>
        "Thẩm định, chuyển tỉnh {count} phiếu",
        "Appraise and pass on {count} sheet" | "Appraise and pass on {count} sheets";
    endorsed(count) =>
        "Đã thẩm định và chuyển tỉnh {count} phiếu.",
        "{count} sheet appraised and passed on." | "{count} sheets appraised and passed on.";
    comment => "Ý kiến thẩm định, hoặc lý do trả lại", "Remark on the appraisal, or why it is returned";
    is_endorsed =>
        "Huyện đã thẩm định và chuyển tỉnh. Phiếu đang chờ tỉnh công nhận.",
        "The district has appraised the sheet and passed it on. It waits for the province.";
    withdraw => "Rút lại thẩm định", "Take the appraisal back";
    not_endorsed =>
        "Danh hiệu này do huyện thẩm định trước. Huyện chưa thẩm định lần gửi này.",
        "A district appraises this title first. It has not appraised this submission.";
    instead => "Tỉnh thẩm định thay huyện", "The province appraises in the district's stead";
    // What became of decisions on many.
    why_not_endorsed => "chưa được huyện thẩm định", "not appraised by the district yet";
    why_for_province =>
        "do tỉnh công nhận, huyện chỉ thẩm định rồi chuyển",
        "recognised by the province; a district appraises and passes on";
    sweep_all_dots => "Chuyển tỉnh tất cả phiếu đúng điều kiện lọc…", "Pass on all that match the filters…";
    sweep_all => "Chuyển tỉnh tất cả phiếu đúng điều kiện lọc", "Pass on all that match the filters";
    sweep_left(count) =>
        "{count} phiếu thuộc danh hiệu phải thẩm định rồi chuyển tỉnh không nằm trong lượt này; hãy lọc theo danh \
         hiệu đó.",
        "{count} sheet of titles that are appraised and passed on is left out; filter by that title." |
        "{count} sheets of titles that are appraised and passed on are left out; filter by that title.";
    sweep_instead(count) =>
        "{count} phiếu trong số này còn chờ huyện thẩm định, để nguyên nếu không đánh dấu ô dưới.",
        "{count} of these waits for a district and is left as it is unless the box below is ticked." |
        "{count} of these wait for a district and are left as they are unless the box below is ticked.";
    accepted_instead(count, instead) =>
        "Đã duyệt {count} phiếu, trong đó {instead} phiếu thay huyện.",
        "{count} sheet accepted, {instead} of them in a district's stead." |
        "{count} sheets accepted, {instead} of them in a district's stead.";
    sweep_sum(all, earned, not_earned, open) =>
        "{all} phiếu chờ huyện thẩm định: {earned} đạt, {not_earned} không đạt, {open} chưa đủ để kết luận. \
         Phiếu được chuyển tỉnh đúng nội dung xã đã gửi.",
        "{all} sheet waits for the district: {earned} earned, {not_earned} not earned, {open} open. It is passed \
         on as the commune submitted it." |
        "{all} sheets wait for the district: {earned} earned, {not_earned} not earned, {open} open. They are \
         passed on as the communes submitted them.";

    // The settings.
    heading => "Thẩm định theo cấp", "Who appraises first";
    lead =>
        "Danh hiệu nào phải qua huyện thẩm định thì tỉnh chỉ công nhận phiếu huyện đã chuyển. Đổi giữa chừng \
         không làm mất quyết định nào đã ghi.",
        "Where a district appraises a title first, the province recognises what the district has passed on. \
         Changing this takes back no decision.";
    way(first: bool) {
        true => "Huyện thẩm định, tỉnh công nhận", "The district appraises, the province recognises";
        false => "Một cấp duyệt: huyện hoặc tỉnh", "One level reviews: the district or the province";
    }
    by_catalogue => "theo danh mục của Chỉ thị", "by the directive's catalogue";
    column => "Các bước", "Steps";
    change(title) => "Đổi bước thẩm định: {title}", "Change the steps: {title}";
    default_way(way) => "Theo danh mục: {way}", "By the catalogue: {way}";
    saved(title) =>
        "Đã đặt các bước thẩm định của {title}. Máy của xã nhận ở lần đồng bộ tới.",
        "The steps of {title} are set. Tablets receive them at their next sync.";
}
