//! Agencies, enterprises and schools.

texts! {
    counted_in(counted, all, said) =>
        "Tính vào mẫu số {counted} trong {all} đơn vị. {said}",
        "{counted} of {all} units are counted. {said}";
    title => "Cơ quan, doanh nghiệp, trường học", "Agencies, enterprises, schools";
    find_placeholder => "Tìm đơn vị, không cần dấu", "Find a unit; tone marks are not needed";
    find => "Tìm đơn vị", "Find a unit";
    add => "Thêm đơn vị", "Add a unit";
    none => "Chưa có đơn vị nào. Bấm “Thêm đơn vị” để ghi.", "No unit yet. Tap “Add a unit” to record one.";
    kind_unknown =>
        "Chưa rõ loại đơn vị nên chưa được tính.",
        "Not counted, since the kind of unit is not known.";
    left_out => "Không tính vào mẫu số", "Not counted";
    missing => "Thiếu loại, quy mô hoặc cấp học", "Kind, size or level is missing";
    gone => "Đơn vị không còn trong sổ", "This unit is no longer in the register";
    registered => "Đơn vị đã đăng ký", "The unit has registered";
    left_out_units(total, why) =>
        "Không tính {total} đơn vị theo Thông tư 124/2021/TT-BCA: {why}.",
        "Not counted: {total} unit, by Circular 124/2021/TT-BCA: {why}." |
        "Not counted: {total} units, by Circular 124/2021/TT-BCA: {why}.";
    unknown_units(count) =>
        "{count} đơn vị chưa rõ loại, quy mô hoặc cấp học nên chưa được tính.",
        "{count} unit is not counted, since its kind, size or level is not known." |
        "{count} units are not counted, since their kind, size or level is not known.";
}
