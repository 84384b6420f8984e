//! Accounts, the browsers they are signed in with, the tablets they use.

texts! {
    title => "Tài khoản và máy", "Accounts and tablets";
    nav => "Tài khoản", "Accounts";
    lead =>
        "Ai được đăng nhập, với vai trò nào, ở địa bàn nào; đang đăng nhập ở đâu và gửi dữ liệu từ máy nào.",
        "Who may sign in, in which role, for which areas; where they are signed in and from which tablets they send.";
    table => "Bảng tài khoản", "Table of accounts";
    search => "Tìm tài khoản", "Find an account";
    none_found => "Không có tài khoản nào đúng với điều kiện tìm.", "No account matches.";
    count(count) => "{count} tài khoản", "{count} account" | "{count} accounts";
    add => "Thêm tài khoản", "Add an account";
    change(name) => "Sửa {name}", "Change {name}";
    new_password => "Mật khẩu mới", "New password";
    new_password_for(name) => "Mật khẩu mới cho {name}", "New password for {name}";
    name => "Tên đăng nhập", "Sign-in name";
    name_hint => "Chữ thường không dấu, chữ số, dấu chấm, gạch nối; 3 đến 32 ký tự.", "Lower-case letters, digits, dots and hyphens; 3 to 32 characters.";
    display_name => "Tên người hoặc cơ quan", "Person or office";
    role => "Vai trò", "Role";
    areas => "Địa bàn", "Areas";
    add_area => "Thêm địa bàn", "Add an area";
    choose_area => "— chọn địa bàn —", "— choose an area —";
    drop_area(area) => "Bỏ {area}", "Remove {area}";
    no_area => "Chưa chọn địa bàn nào.", "No area is chosen.";
    may_sign_in => "Được đăng nhập", "May sign in";
    disabled => "Đã khóa", "Disabled";
    disable_hint =>
        "Khóa thì mọi phiên đăng nhập kết thúc. Dữ liệu chưa gửi trên máy không bị xóa.",
        "Disabling ends every session. Nothing unsent on a tablet is deleted.";
    where_ => "Đăng nhập và máy", "Sessions and tablets";
    sessions(count) => "{count} phiên đăng nhập", "{count} session" | "{count} sessions";
    devices(count) => "{count} máy đã gửi", "{count} tablet has sent" | "{count} tablets have sent";
    session(opened, used) => "đăng nhập {opened}, dùng gần nhất khoảng {used}", "signed in {opened}, used about {used}";
    own_session => "phiên này", "this one";
    end_session => "Kết thúc phiên", "End session";
    end_session_of(name) => "Kết thúc phiên của {name}", "End a session of {name}";
    device(device, held, last) => "máy {device}: giữ {held} thay đổi, gửi lần cuối {last}", "tablet {device}: {held} changes held, last sent {last}";
    never => "chưa rõ", "unknown";
    work => "Việc", "Action";
    password_made(name) => "Mật khẩu mới của {name}, chỉ hiện một lần:", "The new password of {name}, shown only once:";
    password_note =>
        "Hãy chép lại và trao tận tay. Mọi phiên cũ đã kết thúc; dữ liệu trên máy vẫn còn nguyên.",
        "Write it down and hand it over in person. Earlier sessions have ended; nothing on a tablet is deleted.";
    password_put_away => "Đã chép xong", "I have written it down";
    confirm_password(name) =>
        "Đặt mật khẩu mới cho {name}? Mật khẩu cũ hết dùng được và các phiên đang mở kết thúc; máy của họ phải đăng nhập lại khi có mạng, dữ liệu chưa gửi vẫn còn trên máy.",
        "Set a new password for {name}? The old one stops working and open sessions end; their tablet signs in again when online, and what is unsent stays on it.";
    set_it => "Đặt mật khẩu mới", "Set a new password";
    saved(name) => "Đã lưu tài khoản {name}.", "Account {name} is saved.";
    session_ended => "Đã kết thúc phiên. Máy đó phải đăng nhập lại ở lần có mạng tới; dữ liệu chưa gửi vẫn còn trên máy.", "The session has ended. That tablet has to sign in again at its next contact; what is unsent stays on it.";
}
