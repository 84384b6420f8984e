//! A year by the communes that the reform of 2025 made.

texts! {
    title => "Theo địa giới từ 01/7/2025", "By the communes since 1 July 2025";
    /// What is added up.
    lead => "Cùng số liệu của năm, cộng theo xã, phường hình thành từ 01/7/2025: mỗi xã, phường mới là tổng của các xã, phường, thị trấn đã nhập vào nó. Tổng của tỉnh không đổi.",
        "The same figures of the year, added up by the communes formed on 1 July 2025: each is the sum of the communes that became part of it. The province's total is the same.";
    /// The switch between the two trees.
    trees => "Địa giới", "Boundaries";
    old_tree => "Địa giới của năm", "As in the year";
    new_tree => "Từ 01/7/2025", "Since 1 July 2025";
    commune => "Xã, phường mới", "Commune";
    made_of => "Gồm", "Made of";
    indicator => "Danh hiệu, chỉ tiêu", "Title, indicator";
    accepted => "Đạt, đã duyệt", "Met and accepted";
    expected => "Tổng số", "Of";
    rate => "Tỷ lệ", "Rate";
    reported => "Đã báo cáo", "Reported";
    province => "Toàn tỉnh", "The province";
    table => "Số liệu theo xã, phường mới", "Figures by the new communes";
}
