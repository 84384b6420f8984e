//! Areas that are renamed, made or ended, for administrators.

texts! {
    heading => "Đổi tên, lập mới, chấm dứt địa bàn", "Areas renamed, made or ended";
    lead =>
        "Dùng khi có nghị quyết đổi tên, đổi loại, thành lập hoặc nhập xã, phường, thị trấn. Hồ sơ chuyển sang địa bàn khác ở trang Địa giới; xã chỉ chấm dứt được khi không còn hồ sơ và tài khoản.",
        "For resolutions that rename communes, change their kind, make or merge them. What is in an area is moved on the page Boundaries; a commune can end only when nothing is in it and no account answers for it.";
    none => "Chưa có thay đổi nào: địa bàn đúng như danh mục.", "Nothing has changed: areas are as in the catalogue.";
    add => "Thêm thay đổi", "Add a change";
    area => "Địa bàn", "Area";
    what => "Thay đổi", "Change";
    from_day => "Từ ngày", "From";
    rename => "Đổi tên, đổi loại", "Another name or kind";
    make => "Lập xã, phường, thị trấn mới", "A new commune, ward or township";
    end => "Chấm dứt xã, phường, thị trấn", "A commune, ward or township ends";
    renamed(name) => "Đổi thành “{name}”", "Becomes “{name}”";
    made(name, parts) => "Lập “{name}” từ {parts}", "“{name}” is made of {parts}";
    ended => "Chấm dứt", "Ends";
    ended_into(areas) => "Nhập vào {areas}", "Becomes part of {areas}";
    renamed_area => "Địa bàn đổi tên", "Area that is renamed";
    ended_area => "Xã, phường, thị trấn chấm dứt", "Commune that ends";
    parent => "Huyện, thành phố trực thuộc", "District it belongs to";
    parts => "Hình thành từ", "Made of";
    choose_parent => "Chọn huyện, thành phố trước.", "Choose the district first.";
    into => "Nhập vào", "Becomes part of";
    choose_area => "Chưa chọn địa bàn.", "No area is chosen.";
    code => "Mã mới", "New code";
    code_hint => "Năm chữ số do cơ quan thống kê cấp.", "Five digits given by the statistics office.";
    name => "Tên đầy đủ", "Full name";
    name_hint => "Ghi cả loại, ví dụ: Thị trấn Bắc Yên.", "With its kind, as the resolution writes it.";
    kind => "Loại", "Kind";
    paper_hint => "Ví dụ: Nghị quyết 12/NQ-HĐND ngày 15/02/2022.", "For example: Resolution 12 of 15 Feb 2022.";
    saved => "Đã ghi thay đổi địa bàn. Trang của người duyệt đổi ngay, máy của xã đổi khi có mạng.",
        "The change is saved. Reviewers' pages change at once, tablets when they have a connection.";
    withdraw => "Rút lại", "Withdraw";
    withdraw_of(area) => "Rút lại thay đổi của {area}", "Withdraw the change of {area}";
    withdrawn => "Đã rút lại thay đổi địa bàn.", "The change is withdrawn.";
}
