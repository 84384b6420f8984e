//! The page that sets areas and years side by side.

texts! {
    nav => "So sánh", "Compare";
    title => "So sánh địa bàn và năm", "Areas and years side by side";
    lead => "Các địa bàn trên cùng một thang; năm trước đứng cạnh, nếu máy chủ có lưu. Địa chỉ của trang giữ lựa chọn, có thể gửi cho người khác.",
        "Areas on one scale, with the year before beside them where the server has kept it. The page's address carries the choice and can be shared.";
    indicator => "Chỉ tiêu", "Indicator";
    target(target) => "Phấn đấu: {target}", "Target: {target}";
    target_label(target) => "Mức {target}", "Target {target}";
    chosen => "Đang so sánh", "Side by side";
    add(area) => "Thêm {area}", "Add {area}";
    remove(area) => "Bỏ {area}", "Remove {area}";
    again => "Chọn lại từ đầu", "Start over";
    full(count) => "Nhiều nhất {count} địa bàn cùng lúc.", "At most {count} area at once." | "At most {count} areas at once.";
    chart(indicator) => "{indicator}: các địa bàn trên cùng một thang", "{indicator}: areas on one scale";
    told(best, worst) => "Cao nhất: {best}. Thấp nhất: {worst}.", "Highest: {best}. Lowest: {worst}.";
    one(name, figure) => "{name} {figure}", "{name}: {figure}";
    not_reported => "chưa báo cáo", "not reported";
    table => "Bảng so sánh", "The comparison as a table";
    area => "Địa bàn", "Area";
    year(year) => "Năm {year}", "{year}";
    reported => "Đã báo cáo", "Reported";
    change => "So với năm trước", "On the year before";
    points(points) => "{points} điểm", "{points} points";
    legend_now(year) => "Thanh đặc: năm {year}", "Filled bar: {year}";
    legend_before(year) => "Thanh viền đứt: năm {year}", "Dashed outline: {year}";
    no_before => "Máy chủ chưa lưu số của năm trước, nên chỉ có năm nay.", "The server has kept no year before this one.";
    nothing => "Chọn địa bàn để so sánh.", "Choose areas to compare.";
}
