//! The commune's own books.

texts! {
    filled(filled, all) => "đã ghi {filled}/{all}", "{filled}/{all} entered";
    title => "Sổ của xã", "The commune's books";
    add(what) => "Thêm {what}", "Add {what}";
    none_yet(what) => "Chưa có {what} nào.", "No {what} yet.";
    edit(what) => "Sửa {what}", "Edit {what}";
    not_entered => "Chưa ghi", "Not entered";
    required => "Hãy nhập những mục có dấu *.", "Fill in the items marked *.";
    take_out => "Bỏ khỏi sổ (vẫn giữ trong lịch sử)", "Take out of the book (stays in the history)";
}
