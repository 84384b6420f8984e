//! The sheet of a family.

texts! {
    no_pack =>
        "Kỳ này chưa có bộ tiêu chuẩn cho hộ gia đình.",
        "There are no criteria for families in this period.";
    gone => "Hộ không còn trong sổ", "This family is no longer in the register";
    house(no) => "Số nhà/số sổ {no}", "House/book number {no}";
    word_earned => "đạt", "earned";
    word_not_earned => "không đạt", "not earned";
    last_year(word) => "Năm trước: {word}", "Last year: {word}";
    years_running(years, until) =>
        "{years} năm liên tục đến năm {until}",
        "{years} year running up to {until}" |
        "{years} years running up to {until}";
    edit_or_move => "Sửa, chuyển khu", "Edit, move to another area";
    registration_and_review => "Đăng ký và rà soát", "Registration and poverty review";
    registered =>
        "Hộ đăng ký danh hiệu Gia đình văn hóa",
        "The family has registered for the title Cultural Family";
    poverty_result => "Kết quả rà soát hộ nghèo năm nay", "Result of this year's poverty review";
    invited => "Số hộ được mời", "Families invited";
    attended => "Số hộ dự họp", "Families attending";
    agreed => "Số hộ đồng ý", "Families in favour";
}
