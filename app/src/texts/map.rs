//! The map and its table.

texts! {
    lead_ground => "Ranh giới do quản trị viên nhập. Chọn một địa bàn để đi tiếp; phím mũi tên đưa sang địa bàn bên cạnh.",
        "Boundaries as an administrator has imported them. Choose an area to go on; arrow keys lead to the one beside it.";
    drawing(indicator) => "Bản đồ: {indicator}", "Map: {indicator}";
    said(area, figures) => "{area}: {figures}", "{area}, {figures}";
    coverage(coverage) => "đã báo cáo {coverage}", "{coverage} reported";
    order => "Xếp theo", "Order";
    by_name => "Tên", "Name";
    highest => "Tỷ lệ cao nhất", "Highest share";
    lowest => "Tỷ lệ thấp nhất", "Lowest share";
    least_reported => "Báo cáo ít nhất", "Least reported";
    step => "Mức", "Step";
    all => "Tất cả", "All";
    none => "Không có địa bàn nào ở mức này.", "No area is at this step.";
    table => "Bảng của bản đồ", "The map as a table";
    area => "Địa bàn", "Area";
    accepted => "Đã duyệt", "Accepted";
    reported => "Đã báo cáo", "Reported";
    verdict => "Kết luận", "Verdict";
}
