//! Fields of forms, and how saving goes.

texts! {
    out_of_range(max) =>
        "Chưa lưu: số phải từ 0 đến {max}.",
        "Not saved: the number has to be from 0 to {max}.";
    no_number(typed) =>
        "Chưa lưu: “{typed}” không phải số nguyên.",
        "Not saved: “{typed}” is not a whole number.";
    give_most(label, max) => "{label}: cho điểm tối đa {max}", "{label}: give the full {max} points";
    on_device => "Trên máy", "On this tablet";
    saving => "Đang lưu…", "Saving…";
    saved => "Đã lưu", "Saved";
    half_typed(at) => "Gõ dở lúc {at}, chưa lưu.", "Half typed at {at}, not saved.";
    drop_typed => "Bỏ", "Discard";
    not_kept =>
        "Máy chưa giữ được chữ đang gõ. Gõ xong hãy rời ô để lưu ngay.",
        "The tablet cannot keep what is being typed. Leave the field when done, so that it is saved.";
}
