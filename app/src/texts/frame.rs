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
}
