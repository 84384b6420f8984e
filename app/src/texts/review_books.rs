//! The communes' books, as reviewers read them.

texts! {
    lead(where_, wrote, communes, total) =>
        "{where_}: {wrote}/{communes} xã, phường, thị trấn đã ghi sổ này; {total} dòng đúng với điều kiện lọc.",
        "{where_}: {wrote}/{communes} communes, wards and townships have written this book; {total} lines \
         match the filters.";
    more_lines => "Các dòng tiếp theo", "Next lines";
    csv => "Tải CSV", "Download CSV";
    filters => "Lọc sổ", "Filter the book";
    book => "Sổ", "Book";
    find_in_book => "Tìm trong sổ", "Find in the book";
    find => "Tìm", "Find";
    filtering => "đang lọc, bấm để bỏ lọc", "filtered by this, tap to stop";
    asked_yes(label) => "{label}: có", "{label}: yes";
    written => "Đã ghi", "Written";
    communes_by_item => "Số xã theo từng mục", "Communes by item";
    item => "Mục", "Item";
    none(what) => "Chưa có {what} nào đúng với điều kiện lọc.", "No {what} matches the filters.";
    silent(count) => "{count} xã, phường, thị trấn chưa ghi mục này", "{count} communes, wards and townships say nothing of this item";
    urge => "Đôn đốc", "Urge them";
    lines => "Các dòng của sổ", "Lines of the book";
    content => "Nội dung", "Content";
    commune => "Xã ghi", "Commune";
    last_change => "Sửa lần cuối", "Last change";
}
