//! The page of hints: what stands out and may deserve a look.

texts! {
    nav => "Điểm cần xem", "Worth a look";
    title => "Điểm cần xem lại", "What may deserve a look";
    lead => "Những chỗ khác thường trong số liệu. Đây chỉ là gợi ý để xem, không phải kết luận: mỗi điều dưới đây đều có thể đúng. Không gợi ý nào làm thay đổi số liệu hay ngăn việc duyệt.",
        "Places where figures are unusual. These are hints to look at, not findings: each of them may be quite right. No hint changes a figure or keeps an entry from being accepted.";
    indicator => "So sánh giữa các xã theo", "Communes compared by";
    none => "Không có điều gì khác thường theo các ngưỡng dưới đây.", "Nothing stands out by the limits below.";
    count(count) => "{count} gợi ý", "{count} hint" | "{count} hints";
    most(count) => "Chỉ hiện {count} gợi ý đầu tiên; hãy chọn địa bàn nhỏ hơn để xem hết.",
        "Only the first {count} are shown; choose a smaller area to see all." | "Only the first {count} are shown; choose a smaller area to see all.";

    votes => "Số phiếu không khớp", "Votes that do not add up";
    votes_rule => "Số người đồng ý lớn hơn số người dự họp, hoặc số người dự họp lớn hơn số được mời.",
        "More people agreed than attended, or more attended than were invited.";
    minute => "Nhiều phiếu trong một phút", "Many entries in one minute";
    minute_rule(count) => "Từ {count} phiếu của một khu dân cư có câu trả lời cuối cùng trong cùng một phút. Đánh dấu cả loạt trong sổ cũng cho kết quả như vậy.",
        "At least {count} entry of one residential area got its last answer within the same minute. Marking many at once in the register looks the same." | "At least {count} entries of one residential area got their last answer within the same minute. Marking many at once in the register looks the same.";
    minute_said(entries, at) => "{entries} phiếu, lúc {at}", "{entries} entry, at {at}" | "{entries} entries, at {at}";
    points => "Điểm giống hệt nhau", "All points the same";
    points_rule(count) => "Từ {count} phiếu của một khu dân cư, tất cả cùng một số điểm.",
        "At least {count} entry of one residential area, all with the same points." | "At least {count} entries of one residential area, all with the same points.";
    points_said(entries, points) => "{entries} phiếu, đều {points} điểm", "{entries} entry with {points} points" | "{entries} entries, all with {points} points";
    all_met => "Đạt 100%", "100% met";
    all_met_rule(count) => "Từ {count} phiếu đã nộp của một xã, không phiếu nào không đạt.",
        "At least {count} entry handed in by a commune, and none of them not met." | "At least {count} entries handed in by a commune, and none of them not met.";
    all_met_said(entries) => "{entries} phiếu đã nộp, tất cả đều đạt", "{entries} entry handed in, met" | "{entries} entries handed in, all met";
    far => "Cách xa các xã khác", "Far from the other communes";
    far_rule(points) => "Tỷ lệ đạt trong số phiếu đã nộp cách mức giữa (trung vị) của các xã từ {points} điểm phần trăm trở lên và gấp hơn 3,5 lần độ lệch thường gặp.",
        "The share met of what was handed in is at least {points} points from the middle (median) of the communes, and more than 3.5 times the usual distance from it.";
    far_said(share, middle) => "{share} đạt; mức giữa của các xã là {middle}", "{share} met; the middle of the communes is {middle}";
    jump => "Khác hẳn năm trước", "Quite other than last year";
    jump_rule(points) => "Tỷ lệ đạt lệch so với năm trước từ {points} điểm phần trăm trở lên; chỉ xét nơi máy chủ có số năm trước.",
        "The share met differs from last year's by at least {points} points; only where the server has last year's.";
    jump_said(share, before) => "{share} đạt; năm trước {before}", "{share} met; last year {before}";
    no_area => "chưa ghi khu dân cư", "no residential area";
}
