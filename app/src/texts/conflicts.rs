//! Two values of one field.

texts! {
    none_left =>
        "Không còn chỗ nào hai người nhập khác nhau.",
        "No value is left that two people entered differently.";
    lead(count) =>
        "{count} chỗ hai người nhập khác nhau khi chưa có mạng. Máy giữ cả hai giá trị; hãy chọn giá trị đúng. \
         Giá trị không chọn vẫn nằm trong lịch sử.",
        "{count} value was entered differently by two people while there was no connection. Both are kept; \
         choose the right one. The other stays in the history." |
        "{count} values were entered differently by two people while there was no connection. Both are kept; \
         choose the right ones. The others stay in the history.";
    title => "Hai người nhập khác nhau", "Entered differently by two people";
    settled(label, left, said) =>
        "{label}: đã giữ “{said}”. Giá trị {left} còn trong lịch sử.",
        "{label}: kept “{said}”. The value {left} stays in the history.";
    base(base) => "Trước đó: {base}.", "Before: {base}.";
    no_base => "Máy này không còn giữ giá trị trước đó.", "This tablet no longer has the value before.";
    keep(said) => "Giữ “{said}”", "Keep “{said}”";
    you_here => "Bạn, trên máy này", "You, on this tablet";
    you_elsewhere => "Bạn, trên máy khác", "You, on another device";
    somebody => "Người dùng máy khác", "Somebody on another device";
}
