//! Forms for what is in the register.

texts! {
    choose_area => "— chọn khu dân cư —", "— choose a residential area —";
    edit_area => "Sửa khu dân cư", "Edit the residential area";
    area_name => "Tên khu dân cư", "Name of the residential area";
    area_head => "Trưởng khu dân cư", "Head of the residential area";
    kind_ban => "Bản", "Hamlet (bản)";
    kind_tieu_khu => "Tiểu khu", "Sub-zone (tiểu khu)";
    kind_to_dan_pho => "Tổ dân phố", "Residential group (tổ dân phố)";
    need_area_name => "Hãy nhập tên khu dân cư.", "Enter the name of the residential area.";
    kind => "Loại", "Kind";
    edit_family => "Sửa hộ, chuyển khu", "Edit the family, move it";
    family_head => "Họ tên chủ hộ", "Full name of the household head";
    house_no => "Số nhà", "House number";
    members => "Số nhân khẩu", "Number of members";
    need_head => "Hãy nhập họ tên chủ hộ.", "Enter the name of the household head.";
    need_area => "Hãy chọn khu dân cư.", "Choose a residential area.";
    house_or_book => "Số nhà hoặc số sổ", "House or book number";
    edit_unit => "Sửa đơn vị", "Edit the unit";
    unit_name => "Tên đơn vị", "Name of the unit";
    unit_head => "Người đứng đầu", "Head of the unit";
    agency => "Cơ quan", "Agency";
    enterprise => "Doanh nghiệp, hợp tác xã", "Enterprise, cooperative";
    school => "Trường học", "School";
    need_unit_name => "Hãy nhập tên đơn vị.", "Enter the name of the unit.";
    need_unit_kind => "Hãy chọn loại đơn vị.", "Choose the kind of unit.";
    size => "Quy mô", "Size";
    level => "Cấp học", "Level";
    armed_forces => "Thuộc lực lượng vũ trang", "Belongs to the armed forces";
    choose_reason => "— chọn lý do —", "— choose a reason —";
    moved => "Đã chuyển đi", "Moved away";
    dissolved => "Không còn tồn tại", "No longer exists";
    duplicate => "Ghi trùng", "Recorded twice";
    mistake => "Ghi nhầm", "Recorded by mistake";
    not_found => "Không tìm thấy trong sổ.", "Not found in the register.";
    need_reason => "Hãy chọn lý do.", "Choose a reason.";
    taken_out(name) =>
        "“{name}” sẽ không còn được đếm. Những gì đã nhập vẫn được giữ trong lịch sử.",
        "“{name}” will no longer be counted. What was entered stays in the history.";
    reason => "Lý do", "Reason";
}
