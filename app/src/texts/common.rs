//! What many screens say.

texts! {
    download_table => "Tải bảng (CSV)", "Download the table (CSV)";
    /// The first screen, for officers and reviewers.
    overview => "Tổng quan", "Overview";
    /// The trail of links above a title.
    trail => "Vị trí", "Where you are";
    sync => "Đồng bộ", "Sync";
    save => "Lưu", "Save";
    cancel => "Thôi", "Cancel";
    close => "Đóng", "Close";
    edit => "Sửa", "Edit";
    yes => "Có", "Yes";
    no => "Không", "No";
    unknown => "Chưa rõ", "Not known";
    choose => "— chọn —", "— choose —";
    password => "Mật khẩu", "Password";
    account => "Tài khoản", "Account";
    undo => "Hoàn tác", "Undo";
    note => "Ghi chú", "Note";
    commune => "Xã", "Commune";
    unit => "Đơn vị", "Units";
    residential_area => "Khu dân cư", "Residential area";
    residential_areas => "Khu dân cư", "Residential areas";
    submit => "Gửi duyệt", "Submit for review";
    earned => "Đạt", "Earned";
    not_earned => "Không đạt", "Not earned";
    take_out => "Đưa ra khỏi sổ", "Take out of the register";
    families_to_mark => "Chưa chấm", "Not marked";
    not_here => "Không có trang này", "There is no such page";
    to_overview => "Về trang tổng quan", "Go to the overview";
    paper_minutes => "Biên bản họp", "Meeting minutes";
    families(count) => "{count} hộ", "{count} family" | "{count} families";
}
