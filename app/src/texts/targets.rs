//! What districts and communes set themselves of the directive's indicators.

use super::{catalogue, hundredths};
use thidua_domain::catalogue::{Direction, Indicator, Measure};
use thidua_domain::quantity::Hundredths;
use thidua_domain::target::ONE;
use thidua_domain::target::sum::Reach;

texts! {
    // The reviewers' page.
    nav => "Chỉ tiêu", "Targets";
    title(area) => "Chỉ tiêu riêng: {area}", "Own targets: {area}";
    lead =>
        "Mục 7 của Chỉ thị: từng địa bàn cụ thể hóa chỉ tiêu của tỉnh. Chỉ tiêu của các địa bàn được cộng lại theo số phải đánh giá và so đúng giá trị, không làm tròn.",
        "Section 7 of the directive: every area sets its own share of the province's targets. They are added up, weighted by how many are to be assessed, and compared unrounded.";
    lead_commune =>
        "Chỉ tiêu xã tự đặt trên máy của xã, bên cạnh chỉ tiêu tỉnh giao và kết quả hiện nay.",
        "What the commune has set itself on its tablet, beside the province's target and where it stands.";
    overall => "Cộng các chỉ tiêu riêng so với chỉ tiêu trên", "Own targets added up against the one above";
    by_area(indicator) => "{indicator}: từng địa bàn", "{indicator}, area by area";
    provinces => "Tỉnh giao", "The province's";
    /// A figure that is asked of the province as a whole, where a part of it is looked at.
    whole_province(goal) => "toàn tỉnh {goal}", "{goal} in the whole province";
    own => "Tự đặt", "Own";
    districts_sum => "Cộng các huyện", "Districts together";
    communes_sum => "Cộng các xã", "Communes together";
    now => "Kết quả nay", "Now";
    expected => "Phải đánh giá", "To assess";
    coverage(set, asked) => "{set}/{asked} đã đặt", "{set} of {asked} set";
    none_set => "chưa đặt", "none set";
    set_it => "Đặt", "Set";
    set_of(name) => "Đặt chỉ tiêu riêng: {name}", "Set the own target: {name}";
    change_of(name) => "Sửa chỉ tiêu riêng: {name}", "Change the own target: {name}";
    nothing_above => "không có mức để so", "nothing to compare with";
    against(goal) => "so với {goal}", "against {goal}";

    // What a sum says.
    enough => "Đủ", "Enough";
    short => "Thiếu", "Short";
    open => "Chưa kết luận được", "Cannot be said yet";
    short_points(points) => "thiếu {points} điểm phần trăm", "{points} percentage points short";
    over_points(points) => "vượt {points} điểm phần trăm", "{points} percentage points over";
    short_communes(count) => "thiếu {count} xã", "{count} commune short" | "{count} communes short";
    at_best => "dù nơi chưa đặt có đặt thế nào", "whatever the others set";
    missing(count) => "{count} nơi chưa đặt", "{count} area has set none" | "{count} areas have set none";
    need_at_least(average) => "cần bình quân từ {average}%", "they need {average}% on average";
    need_at_most(average) => "được bình quân không quá {average}%", "at most {average}% on average";
    need_communes(count) => "cần thêm {count} xã", "{count} more commune needed" | "{count} more communes needed";
    no_register => "có nơi chưa lập sổ nên chưa biết trọng số", "some have no register to be weighed by";

    // The form, on both sides.
    form_title => "Chỉ tiêu riêng", "Own target";
    goal_percent => "Chỉ tiêu (%)", "Target (%)";
    goal_communes => "Số xã đạt chuẩn", "Communes that qualify";
    goal_hint(goal) => "Tỉnh giao {goal}. Ví dụ 71 hoặc 71,25; để trống là chưa đặt.", "The province asks {goal}. For instance 71 or 71.25; empty means none set.";
    communes_hint(most) => "Từ 0 đến {most}; để trống là chưa đặt.", "From 0 to {most}; empty means none set.";
    plan_label => "Số kế hoạch, quyết định (nếu có)", "Number of the plan or decision (if any)";
    plan_hint => "Ví dụ: Kế hoạch 15/KH-UBND ngày 20/01/2022.", "For example: Plan 15/KH-UBND of 20 Jan 2022.";
    not_whole => "Số xã phải là số nguyên.", "Write a whole number of communes.";
    out_of_range => "Chỉ tiêu nằm ngoài mức có thể đạt.", "The target is beyond what can be reached.";
    plan_too_long => "Số kế hoạch quá dài.", "The plan's number is too long.";
    not_asked => "Địa bàn này không đặt chỉ tiêu cho nội dung đó.", "The area sets no target of this.";
    not_saved(why) => "Chưa lưu. {why}", "Not saved. {why}";
    saved(name) => "Đã lưu chỉ tiêu riêng: {name}.", "The own target is saved: {name}.";

    // The tablet.
    tablet_title => "Chỉ tiêu của xã", "The commune's targets";
    tablet_lead =>
        "Mục 7 của Chỉ thị: xã tự đặt mức phấn đấu cho từng chỉ tiêu. Không cần có mạng; huyện và tỉnh thấy sau lần đồng bộ tới.",
        "Section 7 of the directive: the commune sets its own target of each indicator. No connection is needed; district and province see it after the next sync.";
    tablet_others =>
        "Chỉ tiêu ngoài Chỉ thị ghi trong sổ “Chỉ tiêu riêng của xã”.",
        "Targets beside the directive's go into the book of the commune's own targets.";
    set_count(set, all) => "đã đặt {set}/{all}", "{set} of {all} set";
    own_goal(goal) => "tự đặt {goal}", "own {goal}";
    home_goal(goal) => "xã đặt {goal}", "own target {goal}";
    rural_question => "Xã phấn đấu đạt chuẩn nông thôn mới năm nay", "The commune aims to qualify as a new rural area this year";
    rural_yes => "đạt chuẩn năm nay", "qualifies this year";
    rural_no => "chưa phấn đấu năm nay", "not this year";
    edit_of(name) => "Đặt chỉ tiêu: {name}", "Set the target: {name}";
}

/// A goal with its direction and unit: "≥ 71,25%", "≤ 19,5%", "3 xã".
pub fn goal(indicator: &Indicator, goal: Hundredths) -> String {
    let number = hundredths(goal);
    let sign = match indicator.direction {
        Direction::AtMost => "≤ ",
        _ => "≥ ",
    };
    let unit = catalogue(&indicator.unit_label);
    match indicator.measure {
        Measure::Share(_) => format!("{sign}{number}{unit}"),
        _ => format!("{number} {unit}"),
    }
}

/// A commune's goal: of an indicator that counts communes, whether it is to be one of them.
pub fn commune_goal(indicator: &Indicator, own: Hundredths) -> String {
    match indicator.measure {
        Measure::Count(_) if own.0 >= ONE => rural_yes().to_owned(),
        Measure::Count(_) => rural_no().to_owned(),
        _ => goal(indicator, own),
    }
}

/// What a sum says, beyond its one word.
pub fn reach(indicator: &Indicator, said: Reach, missing_now: u32) -> Option<String> {
    let counts = matches!(indicator.measure, Measure::Count(_));
    let at_most = indicator.direction == Direction::AtMost;
    match said {
        Reach::Enough => (missing_now > 0).then(|| at_best().to_owned()),
        Reach::Short { by } => {
            let short = match (counts, at_most) {
                (true, _) => short_communes(by.0 / ONE),
                (false, false) => short_points(hundredths(by)),
                (false, true) => over_points(hundredths(by)),
            };
            Some(match missing_now {
                0 => short,
                _ => format!("{short}, {}", at_best()),
            })
        }
        Reach::Open {
            missing: count,
            needed,
        } => {
            let needed = match (needed, counts, at_most) {
                (None, _, _) => no_register().to_owned(),
                (Some(needed), true, _) => need_communes(needed.0 / ONE),
                (Some(needed), false, false) => need_at_least(hundredths(needed)),
                (Some(needed), false, true) => need_at_most(hundredths(needed)),
            };
            Some(match count {
                0 => needed,
                _ => format!("{}; {needed}", missing(count)),
            })
        }
    }
}
