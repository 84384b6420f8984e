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
    no_parts => "Địa bàn này không có cấp dưới để vẽ bản đồ.", "This area has nothing below it to draw.";
    lead_districts =>
        "Bản đồ sơ lược: mỗi ô là một huyện hoặc thành phố, đặt gần đúng vị trí. Chọn một ô để xem các xã.",
        "A schematic map: each tile is a district or city, placed roughly where it lies. Choose a tile to see \
         its communes.";
    lead_communes =>
        "Bản đồ sơ lược: mỗi ô là một xã, phường hoặc thị trấn, xếp theo tên.",
        "A schematic map: each tile is a commune, ward or township, by name.";
    goal(goal) => "Phấn đấu: {goal}", "Goal: {goal}";
    title(name) => "Bản đồ {name}", "Map of {name}";
    met => "Đạt", "Met";
    near => "Gần đạt", "Almost met";
    far => "Còn xa", "Far from it";
    told => "Có số liệu", "Reported";
    explanation =>
        "“Gần đạt”: được ít nhất chín phần mười mức phấn đấu; với chỉ tiêu “không quá” (≤): đang trong mức, \
         phần chưa duyệt còn có thể làm vượt. Chỉ phiếu đã duyệt mới được tính.",
        "“Almost met”: at least nine tenths of the target; for targets “at most” (≤): within the limit, but \
         what is not accepted yet may exceed it. Only accepted sheets count.";
}
