//! The table itself: how texts are declared.

/// One text of the table, for the tests.
#[cfg(test)]
pub struct Entry {
    /// The function that says it.
    pub name: &'static str,
    /// What it is told, as in the source.
    pub arguments: &'static str,
    /// In Vietnamese.
    pub vietnamese: &'static str,
    /// In English; where a count decides, of one and of several.
    pub english: &'static [&'static str],
}

/// Declares the texts of a file, once in each file. Three kinds of entries:
///
/// ```text
/// texts! {
///     /// A fixed text: `title() -> &'static str`.
///     title => "Trang chủ", "Home";
///
///     /// One with places for arguments: `due(impl Argument, impl Argument) -> String`. Numbers and dates
///     /// are handed over as they are (see `Argument`).
///     due(what, day) => "{what} trước {day}", "{what} before {day}";
///
///     /// Where English tells one from several, both stand there; the first argument decides.
///     short_by(count) => "còn thiếu {count} hộ", "{count} family short" | "{count} families short";
///
///     /// The words for a value: `state(state: EntryState) -> &'static str`.
///     state(state: EntryState) {
///         EntryState::Empty => "Chưa nhập", "Not entered";
///         EntryState::Draft => "Đang nhập", "Draft";
///     }
/// }
/// ```
macro_rules! texts {
    ($(
        $(#[$doc:meta])*
        $name:ident $(($($arguments:tt)*))?
        $(=> $vi:literal, $en:literal $(| $many:literal)?;)?
        $({ $($pattern:pat => $word_vi:literal, $word_en:literal;)+ })?
    )+) => {
        $(texts! {
            @one [$(#[$doc])*] $name [$($($arguments)*)?]
            $(=> $vi, $en $(| $many)?;)?
            $({ $($pattern => $word_vi, $word_en;)+ })?
        })+

        /// The texts of this file, entry by entry.
        #[cfg(test)]
        pub const ENTRIES: &[&[crate::texts::Entry]] = &[$(texts! {
            @listed $name [$($($arguments)*)?]
            $(=> $vi, $en $(| $many)?;)?
            $({ $($word_vi, $word_en;)+ })?
        }),+];
    };

    (@listed $name:ident [$($arguments:tt)*] => $vi:literal, $en:literal $(| $many:literal)?;) => {
        &[crate::texts::Entry {
            name: stringify!($name),
            arguments: stringify!($($arguments)*),
            vietnamese: $vi,
            english: &[$en $(, $many)?],
        }]
    };

    (@listed $name:ident [$($arguments:tt)*] { $($vi:literal, $en:literal;)+ }) => {
        &[$(crate::texts::Entry {
            name: stringify!($name),
            arguments: "",
            vietnamese: $vi,
            english: &[$en],
        }),+]
    };

    (@one [$(#[$doc:meta])*] $name:ident [] => $vi:literal, $en:literal;) => {
        $(#[$doc])*
        pub fn $name() -> &'static str {
            match crate::texts::language() {
                thidua_domain::text::Language::Vietnamese => $vi,
                thidua_domain::text::Language::English => $en,
            }
        }
    };

    (@one [$(#[$doc:meta])*] $name:ident [$($argument:ident),+] => $vi:literal, $en:literal;) => {
        $(#[$doc])*
        pub fn $name($($argument: impl crate::texts::Argument),+) -> String {
            $(let $argument = $argument.shown();)+
            match crate::texts::language() {
                thidua_domain::text::Language::Vietnamese => format!($vi),
                thidua_domain::text::Language::English => format!($en),
            }
        }
    };

    (@one [$(#[$doc:meta])*] $name:ident [$first:ident $(, $argument:ident)*]
        => $vi:literal, $en:literal | $many:literal;) => {
        $(#[$doc])*
        pub fn $name(
            $first: impl crate::texts::Argument
            $(, $argument: impl crate::texts::Argument)*
        ) -> String {
            let one = $first.is_one();
            let $first = $first.shown();
            $(let $argument = $argument.shown();)*
            match crate::texts::language() {
                thidua_domain::text::Language::Vietnamese => format!($vi),
                thidua_domain::text::Language::English if one => format!($en),
                thidua_domain::text::Language::English => format!($many),
            }
        }
    };

    (@one [$(#[$doc:meta])*] $name:ident [$value:ident : $type:ty]
        { $($pattern:pat => $vi:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        pub fn $name($value: $type) -> &'static str {
            let language = crate::texts::language();
            match $value {
                $($pattern => match language {
                    thidua_domain::text::Language::Vietnamese => $vi,
                    thidua_domain::text::Language::English => $en,
                },)+
            }
        }
    };
}
