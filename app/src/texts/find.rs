//! Finding families, and families that may be recorded twice.

texts! {
    title => "Tìm hộ trong xã", "Find a family in the commune";
    duplicates => "Hộ có thể ghi trùng", "Families that may be recorded twice";
    no_duplicates =>
        "Không thấy hộ nào có thể ghi trùng trong xã.",
        "No families in the commune look as if they were recorded twice.";
    duplicates_lead(count) =>
        "{count} cặp hộ giống nhau về tên, số nhà hoặc khu dân cư. Máy chỉ gợi ý; tên trùng nhau là chuyện \
         thường, hãy hỏi trưởng khu trước khi gộp.",
        "{count} pair of families is alike in name, house number or residential area. It is a suggestion only; \
         equal names are common, so ask the head of the area before merging." |
        "{count} pairs of families are alike in name, house number or residential area. These are suggestions \
         only; equal names are common, so ask the head of the area before merging.";
    merged => "Đã gộp", "Merged";
    noted_distinct =>
        "Đã ghi: đây là hai hộ khác nhau. Máy không gợi ý cặp này nữa.",
        "Noted: these are two families. The pair is not suggested again.";
    merge_done =>
        "Đã gộp. Phiếu của hộ kia không được đếm nữa, vẫn còn nguyên và tách ra lại được ở mục Đã gộp.",
        "Merged. The other family's sheet no longer counts; it is intact and can be parted again under Merged.";
    keep_this => "Giữ hộ này, gộp hộ kia vào", "Keep this one, merge the other into it";
    are_two => "Là hai hộ khác nhau", "These are two families";
    like_name_house => "cùng họ tên, cùng số nhà", "same name, same house number";
    like_house => "cùng số nhà, họ tên chỉ khác một chữ cái", "same house number, names one letter apart";
    like_name_area =>
        "cùng họ tên, cùng khu; một hộ chưa có số nhà",
        "same name, same area; one has no house number";
    area_unknown => "Chưa rõ khu dân cư", "Residential area not known";
    no_house_number => "Chưa có số nhà", "No house number";
    house(house) => "Số nhà {house}", "House number {house}";
    members(count) => "{count} nhân khẩu", "{count} member" | "{count} members";
    this_year(state) => "Phiếu năm nay: {state}", "This year's sheet: {state}";
    house_in_brackets(house) => " (số nhà {house})", " (house number {house})";
    parted(head) =>
        "Đã tách: {head} lại là một hộ riêng, với mọi thứ đã nhập.",
        "Parted: {head} is a family of its own again, with all that was entered.";
    merged_into => " đã gộp vào ", " is merged into ";
    part => "Tách ra", "Part them";
}
