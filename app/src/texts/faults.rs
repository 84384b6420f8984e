//! What goes wrong, what is safe then, and what to do.

use super::language;
use crate::platform::needs::Missing;
use crate::store::StoreError;
use crate::sync::Phase;
use crate::sync::transport::TransportError;
use thidua_domain::api::{Problem, ProblemCode};
use thidua_domain::sync::wire::RejectReason;
use thidua_domain::text::Language;

texts! {
    /// What sync is doing, in a few words.
    phase(phase: &Phase) {
        Phase::Idle => "Đã kết nối", "Connected";
        Phase::Running => "Đang đồng bộ…", "Syncing…";
        Phase::NoConnection => "Đang ngoại tuyến", "Offline";
        Phase::NotTheServer => "Chưa tới được máy chủ", "The server is out of reach";
        Phase::SignedOut => "Hết phiên đăng nhập", "The session has ended";
        Phase::OtherVersion => "Cần cập nhật ứng dụng", "The app needs an update";
        Phase::Refused(_) => "Máy chủ từ chối", "Refused by the server";
        Phase::NotStored(_) => "Máy không lưu được", "The tablet cannot store";
    }
    /// What a browser lacks, what that means and what to do.
    missing_here(missing: Missing) {
        Missing::SecureAddress =>
            "Địa chỉ này không bắt đầu bằng https nên trình duyệt không cho mở sổ khi mất mạng. Hãy hỏi quản \
             trị viên địa chỉ đúng rồi mở lại.",
            "This address does not begin with https, so the browser does not let the register open without a \
             connection. Ask the administrator for the right address and open it again.";
        Missing::Database =>
            "Trình duyệt này không cho lưu dữ liệu trên máy (thường do cửa sổ ẩn danh hoặc đã chặn cookie), \
             nên chưa nhập được. Hãy mở sổ trong cửa sổ thường của Chrome, Edge hoặc Firefox bản mới.",
            "This browser does not let the app store anything (mostly because of a private window or blocked \
             cookies), so nothing can be entered. Open the register in a normal window of a recent Chrome, \
             Edge or Firefox.";
        Missing::OfflineStart =>
            "Trình duyệt này không mở được sổ khi mất mạng. Hãy dùng cửa sổ thường của Chrome, Edge hoặc \
             Firefox bản mới.",
            "This browser cannot open the register without a connection. Use a normal window of a recent \
             Chrome, Edge or Firefox.";
    }
    /// Why the server did not take an edit, and what to do.
    reject_reason(reason: RejectReason) {
        RejectReason::NotYourArea =>
            "Hộ, khu dân cư này nay thuộc xã mà bạn không phụ trách. Máy chủ giữ nguyên nội dung, chờ cán bộ xã đó \
             tiếp nhận.",
            "This family or residential area is now in a commune you are not responsible for. The server keeps what \
             was written whole, for officers there to take over.";
        RejectReason::NotYourAccount =>
            "Được nhập dưới tài khoản khác. Giá trị chỉ có trên máy. Hãy đăng nhập đúng tài khoản.",
            "Entered under another account. The value is on this tablet only. Sign in with the right account.";
        RejectReason::WrongCommune =>
            "Hồ sơ này thuộc xã khác. Giá trị chỉ có trên máy. Hãy báo quản trị viên.",
            "This record belongs to another commune. The value is on this tablet only. Tell the administrator.";
        RejectReason::ServerField =>
            "Phần này chỉ người duyệt được ghi. Hãy cập nhật ứng dụng.",
            "Only reviewers may write this. Update the app.";
        RejectReason::TooLarge =>
            "Nội dung quá dài. Hãy rút gọn rồi lưu lại.",
            "The content is too long. Shorten it and save again.";
    }

    /// What the server's refusals mean. In Vietnamese the server says it itself, and more exactly.
    refusal(code: ProblemCode) {
        ProblemCode::WrongCredentials =>
            "Tài khoản hoặc mật khẩu chưa đúng.", "The account or the password is wrong.";
        ProblemCode::NotSignedIn => "Phiên đăng nhập đã hết. Hãy đăng nhập lại.",
            "The session has ended. Sign in again.";
        ProblemCode::NotAllowed => "Tài khoản không có quyền làm việc này.",
            "This account may not do that.";
        ProblemCode::ForeignOrigin => "Yêu cầu đến từ trang khác nên bị từ chối.",
            "The request came from another site and was refused.";
        ProblemCode::NotFound => "Không tìm thấy nội dung này.", "There is nothing here, or nothing you may see.";
        ProblemCode::ContentChanged =>
            "Nội dung đã thay đổi sau khi hiện trên màn hình. Hãy xem lại rồi quyết định.",
            "The content has changed since it was shown. Look at it again, then decide.";
        ProblemCode::NumberTaken => "Số văn bản này đã được dùng.", "A paper of this number has been issued already.";
        ProblemCode::NotEndorsed =>
            "Danh hiệu này do huyện thẩm định trước, và huyện chưa thẩm định lần gửi này. Quyết định chưa được \
             ghi. Hãy chờ huyện, hoặc ghi rõ là tỉnh thẩm định thay huyện.",
            "A district appraises this title first and has not appraised this submission. Nothing was recorded. \
             Wait for the district, or say that the province appraises in its stead.";
        ProblemCode::NotWaiting =>
            "Phiếu không còn ở trạng thái đó.", "The sheet is no longer in that state.";
        ProblemCode::TooLarge => "Nội dung gửi lên quá lớn.", "What was sent is too large.";
        ProblemCode::PhotoDamaged =>
            "Ảnh đến nơi không nguyên vẹn nên chưa được giữ.", "The photo did not arrive whole and was not kept.";
        ProblemCode::PhotoQuota =>
            "Máy chủ đã hết chỗ cho ảnh của mục này hoặc của tài khoản.",
            "There is no more room for this item's or this account's photos.";
        ProblemCode::PhotoRefused => "Tệp này không phải ảnh mà máy chủ nhận.", "This file is not a photo that the server takes.";
        ProblemCode::WrongContentType =>
            "Máy chủ không nhận kiểu nội dung này.", "The server does not take this type of content.";
        ProblemCode::BundleRefused => "Máy chủ không nhận gói chuyển tay này: gói không đầy đủ, không phải của máy chủ này, hoặc đã bị sửa. Chưa ghi gì. Hãy tạo gói mới.",
            "The server did not take this courier bundle: it is not whole, not for this server, or was changed. Nothing was written. Make another bundle.";
        ProblemCode::Malformed => "Nội dung gửi lên chưa đúng.", "What was sent is not of the right form.";
        ProblemCode::OtherVersion =>
            "Ứng dụng và máy chủ khác phiên bản.", "The app and the server are of different versions.";
        ProblemCode::TooMany =>
            "Thử quá nhiều lần. Hãy đợi một lát rồi thử lại.", "Too many attempts. Wait a while and try again.";
        ProblemCode::Internal => "Máy chủ gặp lỗi; chưa có gì thay đổi. Hãy thử lại sau.",
            "The server failed; nothing was changed. Try again later.";
    }
    advice_no_connection =>
        "Không có mạng. Mọi thứ đã nhập được giữ trên máy và sẽ tự gửi khi có mạng; bạn cứ nhập tiếp.",
        "There is no connection. Everything entered is kept on this tablet and goes out by itself when \
         there is one; go on entering.";
    advice_not_the_server =>
        "Có mạng nhưng chưa tới được máy chủ (có thể do trang đăng nhập wifi). Dữ liệu vẫn còn trên máy. \
         Hãy mở trình duyệt đăng nhập wifi rồi bấm “Đồng bộ ngay”.",
        "There is a connection, but not to the server (perhaps a wifi sign-in page is in between). The data \
         is safe on this tablet. Sign in to the wifi in the browser, then tap “Sync now”.";
    advice_signed_out =>
        "Phiên đăng nhập đã hết. Dữ liệu chưa gửi vẫn còn trên máy. Hãy đăng nhập lại để gửi tiếp.",
        "The session has ended. What has not been sent is safe on this tablet. Sign in again to send it.";
    advice_other_version =>
        "Ứng dụng trên máy và máy chủ khác phiên bản. Dữ liệu vẫn còn trên máy. Hãy bấm “Cập nhật” khi có \
         bản mới, hoặc báo quản trị viên.",
        "The app on this tablet and the server are of different versions. The data is safe on this tablet. \
         Tap “Update” when there is a new version, or tell the administrator.";
    advice_refused(message) => "{message} Dữ liệu vẫn còn trên máy.", "{message} The data is safe on this tablet.";
    advice_not_stored(reason) =>
        "Máy không ghi được dữ liệu nhận về ({reason}). Những gì đã nhập vẫn còn. Hãy giải phóng bộ nhớ của \
         máy rồi bấm “Đồng bộ ngay”.",
        "The tablet could not store what it received ({reason}). What was entered is still there. Free some \
         storage, then tap “Sync now”.";
    clock_fast(time) =>
        "Đồng hồ của máy nhanh {time} so với máy chủ. Dữ liệu đã nhập vẫn đúng và vẫn được gửi; hãy chỉnh \
         lại ngày giờ trong phần cài đặt của máy.",
        "This tablet's clock is {time} ahead of the server's. What was entered is right and is sent all the \
         same; set date and time in the tablet's settings.";
    clock_slow(time) =>
        "Đồng hồ của máy chậm {time} so với máy chủ. Dữ liệu đã nhập vẫn đúng và vẫn được gửi; hãy chỉnh \
         lại ngày giờ trong phần cài đặt của máy.",
        "This tablet's clock is {time} behind the server's. What was entered is right and is sent all the \
         same; set date and time in the tablet's settings.";
    minutes(count) => "{count} phút", "{count} minute" | "{count} minutes";
    hours(count) => "{count} giờ", "{count} hour" | "{count} hours";
    days(count) => "{count} ngày", "{count} day" | "{count} days";
    seconds_of(count) => "{count} giây", "{count} second" | "{count} seconds";
    storage_full => "bộ nhớ máy đã đầy", "its storage is full";
    full =>
        "Chưa lưu được: bộ nhớ máy đã đầy. Những gì đã lưu trước đó vẫn còn. Hãy xóa bớt ảnh hoặc ứng dụng \
         khác rồi nhập lại ô này.",
        "Not saved: the tablet's storage is full. All that was saved before is still there. Remove photos or \
         other apps, then enter this field again.";
    newer =>
        "Dữ liệu trên máy do bản mới hơn của ứng dụng ghi. Hãy tải lại trang để dùng bản mới; dữ liệu không \
         bị thay đổi.",
        "A newer version of the app wrote the data on this tablet. Reload the page to use that version; the \
         data has not been changed.";
    unavailable =>
        "Trình duyệt không cho lưu dữ liệu trên máy. Hãy mở ứng dụng trong cửa sổ thường (không phải cửa sổ \
         ẩn danh).",
        "The browser does not let the app store anything. Open the app in a normal window, not a private one.";
    not_saved_because(error) =>
        "Chưa lưu được ({error}). Những gì đã lưu trước đó vẫn còn. Hãy thử lại; nếu vẫn lỗi, hãy báo quản \
         trị viên.",
        "Not saved ({error}). All that was saved before is still there. Try again; if that does not help, \
         tell the administrator.";
    not_opened_full =>
        "Chưa mở được sổ trên máy: bộ nhớ máy đã đầy. Những gì đã lưu trước đó vẫn còn. Hãy xóa bớt ảnh hoặc \
         ứng dụng khác rồi mở lại.",
        "The register on this tablet could not be opened: the storage is full. All that was saved before is \
         still there. Remove photos or other apps, then open it again.";
    not_opened_because(error) =>
        "Chưa mở được sổ trên máy ({error}). Những gì đã lưu trước đó vẫn còn. Hãy thử lại; nếu vẫn lỗi, hãy \
         báo quản trị viên.",
        "The register on this tablet could not be opened ({error}). All that was saved before is still \
         there. Try again; if that does not help, tell the administrator.";
    no_connection =>
        "Không có mạng hoặc máy chủ chưa trả lời. Hãy kiểm tra kết nối rồi thử lại.",
        "There is no connection, or the server does not answer. Check the connection and try again.";
    not_the_server =>
        "Có mạng nhưng chưa tới được máy chủ. Hãy đăng nhập wifi rồi thử lại.",
        "There is a connection, but not to the server. Sign in to the wifi and try again.";
    other_version =>
        "Ứng dụng và máy chủ khác phiên bản. Hãy cập nhật rồi thử lại.",
        "The app and the server are of different versions. Update the app and try again.";
}

/// The server's refusal in the language that is shown.
pub fn problem(problem: &Problem) -> String {
    match language() {
        Language::Vietnamese => problem.message.clone(),
        Language::English => refusal(problem.code).to_owned(),
    }
}

/// What happened, what is safe and what to do; `None` where there is nothing to do.
pub fn advice(phase: &Phase) -> Option<String> {
    Some(match phase {
        Phase::Idle | Phase::Running => return None,
        Phase::NoConnection => advice_no_connection().to_owned(),
        Phase::NotTheServer => advice_not_the_server().to_owned(),
        Phase::SignedOut => advice_signed_out().to_owned(),
        Phase::OtherVersion => advice_other_version().to_owned(),
        Phase::Refused(refused) => advice_refused(problem(refused)),
        Phase::NotStored(reason) => advice_not_stored(reason),
    })
}

/// What to say of a clock that is ahead of the server's by so many milliseconds; `None` while it does not
/// matter. Nothing is lost by it: clocks break ties only.
pub fn clock_error(ahead_ms: i64) -> Option<String> {
    const MINUTE: u64 = 60_000;
    let off = ahead_ms.unsigned_abs();
    let time = match off / MINUTE {
        0..10 => return None,
        count @ 10..120 => minutes(count),
        count @ 120..2_880 => hours(count / 60),
        count => days(count / 1_440),
    };
    Some(if ahead_ms > 0 {
        clock_fast(time)
    } else {
        clock_slow(time)
    })
}

/// So long, in words.
pub fn seconds(seconds: u64) -> String {
    match seconds {
        0..120 => seconds_of(seconds),
        _ => minutes(seconds.div_ceil(60)),
    }
}

/// Why what the server sent could not be stored.
pub fn not_stored(error: &StoreError) -> String {
    match error {
        StoreError::Full => storage_full().to_owned(),
        other => other.to_string(),
    }
}

/// Why something could not be saved, and what to do.
pub fn not_saved(error: &StoreError) -> String {
    match error {
        StoreError::Full => full().to_owned(),
        StoreError::Newer => newer().to_owned(),
        StoreError::Unavailable(_) => unavailable().to_owned(),
        StoreError::Unreadable(_) | StoreError::Foreign(_) | StoreError::Database(_) => {
            not_saved_because(error.to_string())
        }
    }
}

/// Why the register could not be opened, and what to do.
pub fn not_opened(error: &StoreError) -> String {
    match error {
        StoreError::Full => not_opened_full().to_owned(),
        StoreError::Newer => newer().to_owned(),
        StoreError::Unavailable(_) => unavailable().to_owned(),
        StoreError::Unreadable(_) | StoreError::Foreign(_) | StoreError::Database(_) => {
            not_opened_because(error.to_string())
        }
    }
}

/// Why a request brought no answer, for pages that need the network.
pub fn no_answer(error: &TransportError) -> String {
    match error {
        TransportError::NoConnection => no_connection().to_owned(),
        TransportError::NotTheServer => not_the_server().to_owned(),
        TransportError::OtherVersion => other_version().to_owned(),
        TransportError::Refused(refused) => problem(refused),
    }
}
