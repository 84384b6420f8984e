//! What surrounds all screens.

use thidua_domain::text::Language;

texts! {
    /// What the program is called. A proper name, the same in both languages.
    brand => "Sổ Thi Đua", "Sổ Thi Đua";
    /// What the two buttons of the language switch are for.
    language => "Ngôn ngữ", "Language";
    /// A language, in itself: who looks for it reads nothing else.
    own_name(language: Language) {
        Language::Vietnamese => "Tiếng Việt", "Tiếng Việt";
        Language::English => "English", "English";
    }
    new_version => "Có bản mới của ứng dụng. Dữ liệu đã nhập được giữ nguyên.",
        "There is a new version of the app. Everything entered stays as it is.";
    update => "Cập nhật", "Update";
    open_commune => "Xã đang mở", "Commune that is open";
    skip => "Tới nội dung", "Skip to the content";
    year(year) => " · năm {year}", " · {year}";
    find_family => "Tìm hộ", "Find a family";
    help => "Trợ giúp", "Help";
    lock_register => "Khóa sổ", "Lock the register";
    lock => "Khóa", "Lock";
    parts_of_register => "Các phần của sổ", "Parts of the register";
    all_sent => "Mọi thay đổi đã gửi", "All changes sent";
    waiting(count) => "{count} thay đổi chờ gửi", "{count} change to be sent" | "{count} changes to be sent";
    never_synced => "chưa đồng bộ lần nào", "never synced";
    last_synced(moment) => "lần cuối {moment}", "last {moment}";
    sync_state => "Trạng thái đồng bộ", "State of sync";
    to_contents => "Về mục lục", "Back to the contents";
    contents => "Mục lục", "Contents";
    no_commune =>
        "Tài khoản chưa được giao xã nào. Hãy báo quản trị viên giao địa bàn rồi đăng nhập lại.",
        "No commune has been assigned to this account. Ask the administrator to assign one, then sign in again.";
    /// Above the guide, where the screen is not in its language.
    guide_is_vietnamese => "Hướng dẫn bằng tiếng Việt.", "The guide is in Vietnamese.";
}
/// What to say above the guide to who does not read the screen in Vietnamese.
pub fn guide_note() -> Option<&'static str> {
    (super::language() == Language::English).then(guide_is_vietnamese)
}
