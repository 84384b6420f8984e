//! area

texts! {
    assess => "Đánh giá khu dân cư", "Assess the residential area";
    add_family => "Thêm hộ", "Add a family";
}
