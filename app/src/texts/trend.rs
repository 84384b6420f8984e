//! The page that shows how figures came about, and where they lead.

use thidua_domain::trend::{NoProjection, Outlook};

texts! {
    nav => "Xu hướng", "Trend";
    title(area) => "Xu hướng: {area}", "Trend: {area}";
    lead => "Mỗi ngày máy chủ nhận thêm phiếu hoặc quyết định duyệt, số đếm của ngày đó được ghi lại. Đường liền là tỷ lệ đã duyệt đạt, đường đứt là tỷ lệ đã nộp.",
        "Each day on which entries or decisions arrive, the server keeps that day's counts. The unbroken line is what has been accepted as met, the dashed line what has been handed in.";
    lead_figure => "Các số đã báo cáo trong năm, theo ngày chốt số liệu.",
        "What was reported in the course of the year, by the day it stands for.";
    indicator => "Chỉ tiêu", "Indicator";
    as_of => "Dự báo tính từ ngày", "Projected from";
    target(target) => "Phấn đấu: {target}", "Target: {target}";
    target_label(target) => "Mức {target}", "Target {target}";
    /// At the ends of the lines.
    accepted => "Đã duyệt đạt", "Accepted as met";
    reported => "Đã nộp", "Handed in";
    projected => "Dự báo", "Projection";
    figure => "Đã báo cáo", "Reported";
    nothing => "Chưa có ngày nào có số đếm.", "No day has any counts yet.";
    nothing_reported => "Chưa có số nào được báo cáo.", "No figure has been reported yet.";
    chart(indicator, area) => "{indicator}, {area}, theo ngày", "{indicator}, {area}, by day";
    told(rate, reported, day) => "Đến {day}: đã duyệt đạt {rate}, đã nộp {reported}.",
        "Up to {day}: {rate} accepted as met, {reported} handed in.";
    told_figure(count, value, day) => "Có {count} lần báo cáo; gần nhất {value}, chốt ngày {day}.",
        "{count} report; the latest says {value} as of {day}." | "{count} reports; the latest says {value} as of {day}.";
    projection => "Dự báo", "Projection";
    likely_met(due, rate, low, high) => "Nếu giữ nhịp gần đây, đến hạn {due} sẽ có khoảng {rate} được duyệt đạt; trong khoảng {low} đến {high}.",
        "If the recent pace goes on, about {rate} will be accepted as met by {due}; the range is {low} to {high}.";
    likely_reported(due, rate, low, high) => "Nếu giữ nhịp gần đây, đến hạn {due} sẽ có khoảng {rate} đã nộp; trong khoảng {low} đến {high}.",
        "If the recent pace goes on, about {rate} will be handed in by {due}; the range is {low} to {high}.";
    outlook(outlook: Outlook) {
        Outlook::Meets => "Ở cả ba nhịp (chậm nhất, trung bình, nhanh nhất) đều giữ được mức phấn đấu.", "The target holds at all three paces: slowest, average and fastest.";
        Outlook::Open => "Có nhịp giữ được mức phấn đấu, có nhịp không: chưa thể nói chắc.", "The target holds at some paces and not at others: it is open.";
        Outlook::FallsShort => "Ở cả ba nhịp (chậm nhất, trung bình, nhanh nhất) đều không giữ được mức phấn đấu.", "The target holds at none of the paces: slowest, average or fastest.";
    }
    none_met(why: NoProjection) {
        NoProjection::Over => "Không dự báo: hạn nộp đã qua. Chọn một ngày trước hạn để xem dự báo của ngày ấy.", "No projection: the due date has passed. Choose a day before it to see that day's projection.";
        NoProjection::Nobody => "Không dự báo: đến ngày này chưa có đối tượng nào phải đánh giá.", "No projection: nobody was expected by that day.";
        NoProjection::TooYoung => "Không dự báo số được duyệt: việc duyệt bắt đầu chưa đủ hai tuần, chưa đủ để tính nhịp.", "No projection of what will be accepted: reviewing began less than two weeks before, too little to tell a pace.";
        NoProjection::AtRest => "Không dự báo số được duyệt: những tuần qua không có phiếu nào được duyệt đạt.", "No projection of what will be accepted: nothing was accepted as met in the weeks before.";
    }
    none_reported(why: NoProjection) {
        NoProjection::Over => "Hạn nộp đã qua.", "The due date has passed.";
        NoProjection::Nobody => "Chưa có đối tượng nào phải đánh giá.", "Nobody was expected.";
        NoProjection::TooYoung => "Không dự báo số nộp: việc nộp bắt đầu chưa đủ hai tuần, chưa đủ để tính nhịp.", "No projection of what will be handed in: handing in began less than two weeks before, too little to tell a pace.";
        NoProjection::AtRest => "Không dự báo số nộp: những tuần qua không có phiếu nào được nộp thêm.", "No projection of what will be handed in: nothing was handed in in the weeks before.";
    }
    how(weeks, from, gained, expected) => "Cách tính: trong {weeks} tuần đến {from}, số ấy tăng {gained}. Nhịp trung bình, nhịp của tuần chậm nhất và của tuần nhanh nhất trong những tuần ấy được kéo dài đến hạn; mẫu số giữ nguyên {expected}. Không giả định gì thêm: đây là phép tính, không phải kết luận.",
        "How it is made: in {weeks} week up to {from} it grew by {gained}. The average pace and those of the slowest and the fastest week are carried on to the due date; the denominator stays {expected}. Nothing else is assumed: this is arithmetic, not a judgement." | "How it is made: in {weeks} weeks up to {from} it grew by {gained}. The average pace and those of the slowest and the fastest week are carried on to the due date; the denominator stays {expected}. Nothing else is assumed: this is arithmetic, not a judgement.";
    after => "Phần đường vẽ sau ngày đã chọn là số thật, để so với dự báo.", "What the lines show after the chosen day is what really came, to compare.";
    table => "Số liệu theo tuần", "Figures by week";
    day => "Đến ngày", "Up to";
    expected => "Phải đánh giá", "Expected";
    met => "Đã duyệt đạt", "Accepted as met";
    share => "Tỷ lệ đạt", "Share met";
    csv => "Tải từng ngày (CSV)", "Download each day (CSV)";
    year_before(year, rate) => "Cuối năm {year}: {rate} được duyệt đạt.", "At the end of {year}: {rate} accepted as met.";
    /// Below a chart, by its number.
    month(month: u8) {
        1 => "Th1", "Jan";
        2 => "Th2", "Feb";
        3 => "Th3", "Mar";
        4 => "Th4", "Apr";
        5 => "Th5", "May";
        6 => "Th6", "Jun";
        7 => "Th7", "Jul";
        8 => "Th8", "Aug";
        9 => "Th9", "Sep";
        10 => "Th10", "Oct";
        11 => "Th11", "Nov";
        _ => "Th12", "Dec";
    }
    /// Beside an indicator's name.
    see => "Xem xu hướng", "See the trend";
    see_of(indicator) => "Xu hướng: {indicator}", "Trend: {indicator}";
    four_weeks(points) => "{points} điểm trong 4 tuần", "{points} points in 4 weeks";
}
