//! The way into the register: opening, PIN and lock.

texts! {
    opening_dots => "Đang mở dữ liệu trên máy…", "Opening what is on this tablet…";
    opening => "Đang mở dữ liệu trên máy", "Opening what is on this tablet";
    no_key =>
        "Chưa mở được khóa của sổ trên máy. Dữ liệu còn nguyên. Hãy tải lại trang; nếu vẫn vậy, báo người quản \
         trị.",
        "The key of the register on this tablet could not be opened. The data is intact. Reload the page; if \
         that does not help, tell the administrator.";
    wrong_pin => "Mã PIN chưa đúng.", "That is not the PIN.";
    pin_not_tried =>
        "Chưa thử được mã PIN. Dữ liệu còn nguyên; hãy tải lại trang.",
        "The PIN could not be tried. The data is intact; reload the page.";
    too_many(wait) =>
        "Nhập sai nhiều lần. Đợi {wait} rồi thử lại; dữ liệu còn nguyên.",
        "Wrong too often. Wait {wait} and try again; the data is intact.";
    locked => "Sổ đang khóa", "The register is locked";
    pin => "Mã PIN", "PIN";
    opening_register => "Đang mở…", "Opening…";
    open_register => "Mở sổ", "Open the register";
    forgotten => "Quên mã PIN", "I forgot the PIN";
    other_person => "Người khác dùng máy", "Somebody else uses this tablet";
    server_cannot_open =>
        "Máy chủ không mở được sổ này. Dữ liệu còn nguyên; sổ vẫn mở bằng mã PIN.",
        "The server could not open this register. The data is intact; the PIN still opens it.";
    password_opens =>
        "Có mạng, đăng nhập bằng mật khẩu sẽ mở sổ và đặt mã PIN mới. Không mất gì đã nhập.",
        "With a connection, signing in with the password opens the register and sets a new PIN. Nothing \
         entered is lost.";
    sign_in_and_open => "Đăng nhập và mở sổ", "Sign in and open the register";
    why_pin =>
        "Mã PIN khóa sổ trên máy này: người khác cầm máy không xem được. Mở khóa không cần mạng. Quên mã PIN \
         thì đăng nhập bằng mật khẩu khi có mạng, không mất gì.",
        "A PIN locks the register on this tablet: whoever holds the tablet cannot look into it. Unlocking \
         needs no connection. Who forgets the PIN signs in with the password, with a connection, and loses \
         nothing.";
    set_pin => "Đặt mã PIN", "Set a PIN";
    later => "Để sau", "Later";
    minutes(minutes) => "{minutes} phút", "{minutes} minute" | "{minutes} minutes";
    pin_removed =>
        "Đã bỏ mã PIN. Sổ mở ngay khi mở máy.",
        "The PIN is removed. The register opens as soon as the tablet does.";
    pin_not_removed => "Chưa bỏ được mã PIN. Hãy thử lại.", "The PIN could not be removed. Try again.";
    pin_set =>
        "Đã đặt mã PIN. Lần sau mở sổ phải nhập mã này.",
        "The PIN is set. The register asks for it from now on.";
    lock_here => "Khóa sổ trên máy này", "Lock of the register on this tablet";
    is_locked => "Sổ đang được khóa bằng mã PIN.", "A PIN locks the register.";
    is_not_locked =>
        "Chưa có mã PIN: ai cầm máy cũng mở được sổ.",
        "There is no PIN: whoever holds the tablet can open the register.";
    lock_now => "Khóa ngay", "Lock now";
    lock_idle => "Tự khóa khi không ai dùng", "Lock by itself when nobody uses it";
    change_pin => "Đổi mã PIN", "Change the PIN";
    remove_pin => "Bỏ mã PIN", "Remove the PIN";
    remove_only_if =>
        "Chỉ nên bỏ khi máy này chỉ một mình bạn dùng và có khóa màn hình.",
        "Only where you alone use this tablet and its screen has a lock.";
    not_alike => "Hai lần nhập chưa giống nhau.", "The two are not alike.";
    new_pin => "Mã PIN mới", "New PIN";
    at_least_digits(least) =>
        "Ít nhất {least} số. Dài hơn, hoặc có cả chữ, thì khó đoán hơn.",
        "At least {least} digits. A longer one, or one with letters, is harder to guess.";
    pin_again => "Nhập lại mã PIN", "PIN again";
    show_pin => "Hiện mã PIN", "Show the PIN";
    password_once =>
        "Cần mạng một lần: nhập mật khẩu để sau này quên mã PIN vẫn mở được sổ.",
        "Needs a connection once: enter the password, so that the register can be opened when the PIN is \
         forgotten.";
    setting_pin => "Đang đặt…", "Setting…";
    pin_not_set =>
        "Chưa đặt được mã PIN. Dữ liệu còn nguyên; hãy thử lại.",
        "The PIN could not be set. The data is intact; try again.";
}
