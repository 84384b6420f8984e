//! What the browser lost of the register.

texts! {
    lost(when) => "Trình duyệt đã làm mất sổ lưu trên máy này (phát hiện lúc {when}). Những gì máy chủ đã nhận vẫn còn và đang được tải về lại.",
        "The browser lost the register kept on this device (noticed at {when}). What the server had received is safe and is being fetched again.";
    regained(count) => "{count} thay đổi chưa gửi đã được lấy lại từ bản dự phòng trên máy.",
        "{count} unsent change was taken back from the spare copy on this device." | "{count} unsent changes were taken back from the spare copy on this device.";
    nothing_unsent => "Theo sổ ghi của máy, lúc đó không còn thay đổi nào chưa gửi.",
        "By the device's own note nothing was unsent then.";
    gone(count) => "Ít nhất {count} thay đổi chưa kịp gửi không còn trên máy. Xin xem lại những mục nhập gần đây và nhập lại phần còn thiếu.",
        "At least {count} unsent change is no longer on this device. Please look through the latest entries and enter what is missing." | "At least {count} unsent changes are no longer on this device. Please look through the latest entries and enter what is missing.";
    acknowledge => "Tôi đã biết", "I have read this";
}
