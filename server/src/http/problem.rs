//! Every error answer: which status, which code, which words. Nothing else in the server picks a status.

mod causes;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use thidua_domain::api::{Problem, ProblemCode};

/// An error on its way to the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    code: ProblemCode,
    message: String,
    /// Seconds after which to try again.
    retry_after: Option<u64>,
}

impl ApiError {
    fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry_after: None,
        }
    }

    /// Account or password is wrong. Which of them, or that the account is disabled, is not said.
    pub fn wrong_credentials() -> Self {
        Self::new(
            ProblemCode::WrongCredentials,
            "Tên tài khoản hoặc mật khẩu chưa đúng, hoặc tài khoản đã bị khóa. Dữ liệu trên máy vẫn \
             còn nguyên. Hãy kiểm tra rồi nhập lại; nếu quên mật khẩu, hãy báo người quản trị.",
        )
    }

    /// Nobody is signed in.
    pub fn not_signed_in() -> Self {
        Self::new(
            ProblemCode::NotSignedIn,
            "Phiên làm việc đã hết hoặc bạn chưa đăng nhập. Dữ liệu trên máy vẫn còn nguyên. Hãy \
             đăng nhập lại để gửi và nhận tiếp.",
        )
    }

    /// The account may see it, and may not do this to it.
    pub fn not_allowed() -> Self {
        Self::new(
            ProblemCode::NotAllowed,
            "Tài khoản này không có quyền làm việc đó. Chưa có gì thay đổi. Nếu cần quyền này, hãy \
             báo người quản trị.",
        )
    }

    /// Nothing is kept that somebody has still to decide about.
    pub fn nothing_waits() -> Self {
        Self::new(
            ProblemCode::NotWaiting,
            "Việc này không còn chờ: có thể người khác đã quyết định trước. Chưa có gì thay đổi. Hãy tải lại \
             để xem tình trạng mới.",
        )
    }

    /// The request comes from another site.
    pub fn foreign_origin() -> Self {
        Self::new(
            ProblemCode::ForeignOrigin,
            "Yêu cầu đến từ một trang web khác nên bị từ chối. Chưa có gì thay đổi. Hãy mở Sổ Thi \
             Đua đúng địa chỉ rồi làm lại.",
        )
    }

    /// There is no such thing, or none this account may see.
    pub fn not_found() -> Self {
        Self::new(
            ProblemCode::NotFound,
            "Không có mục này, hoặc mục này không thuộc địa bàn của bạn. Hãy quay lại danh sách và \
             chọn mục khác.",
        )
    }

    /// The body is larger than `limit` bytes.
    pub fn too_large(limit: usize) -> Self {
        let limit = if limit >= 1 << 20 {
            format!("{} MB", limit >> 20)
        } else {
            format!("{} KB", limit >> 10)
        };
        Self::new(
            ProblemCode::TooLarge,
            format!(
                "Nội dung gửi lên lớn hơn giới hạn {limit} nên máy chủ không nhận. Dữ liệu trên máy \
                 vẫn còn nguyên. Hãy gửi thành nhiều lần nhỏ hơn."
            ),
        )
    }

    /// One request decides about more than `limit` entries.
    pub fn too_many_entries(limit: usize) -> Self {
        Self::new(
            ProblemCode::TooLarge,
            format!(
                "Một lần chỉ quyết định được tối đa {limit} phiếu. Chưa có gì thay đổi. Hãy chia thành \
                 nhiều lần."
            ),
        )
    }

    /// The body is of another type than `expected`.
    pub fn wrong_content_type(expected: &str) -> Self {
        Self::new(
            ProblemCode::WrongContentType,
            format!(
                "Địa chỉ này chỉ nhận nội dung kiểu {expected}, không nén hoặc nén gzip, deflate. \
                 Chưa có gì thay đổi."
            ),
        )
    }

    /// The body or query is not of the form the address takes.
    pub fn malformed() -> Self {
        Self::new(
            ProblemCode::Malformed,
            "Máy chủ không đọc được nội dung gửi lên: có thể bị cắt trên đường truyền. Dữ liệu trên \
             máy vẫn còn nguyên. Hãy gửi lại.",
        )
    }

    /// A paper is issued with number, date and signatory.
    pub fn paper_incomplete() -> Self {
        Self::new(
            ProblemCode::Malformed,
            "Bản chính thức cần có số, ngày ký và người ký. Chưa phát hành. Hãy điền đủ ba ô rồi làm lại.",
        )
    }

    /// An area cannot end, or not have been made, while something is in it or somebody answers for it.
    pub fn area_in_use(name: &str) -> Self {
        Self::new(
            ProblemCode::Malformed,
            format!(
                "{name} còn hồ sơ hoặc còn tài khoản phụ trách. Chưa ghi. Hãy chuyển hết sang nơi khác và đổi địa \
                 bàn của tài khoản trước."
            ),
        )
    }

    /// A book has more lines than are looked through.
    pub fn book_too_long(most: usize) -> Self {
        Self::new(
            ProblemCode::TooLarge,
            format!(
                "Sổ này dài hơn {most} dòng nên không đọc hết được. Dữ liệu vẫn còn nguyên. Hãy báo \
                 người quản trị."
            ),
        )
    }

    /// What was sent is not what is taken for a photo.
    pub fn photo_refused() -> Self {
        Self::new(
            ProblemCode::PhotoRefused,
            "Tệp gửi lên không phải ảnh mà máy chủ nhận: ảnh JPEG, mỗi cạnh không quá 2.048 điểm, không kèm \
             thông tin nơi chụp. Ảnh trên máy vẫn còn nguyên. Hãy chọn ảnh khác.",
        )
    }

    /// The bytes are not those that the record names.
    pub fn photo_damaged() -> Self {
        Self::new(
            ProblemCode::PhotoDamaged,
            "Ảnh bị hỏng trên đường truyền nên máy chủ chưa giữ. Ảnh trên máy vẫn còn nguyên và sẽ được gửi lại.",
        )
    }

    /// A record has as many photos as it may have.
    pub fn album_full(most: usize) -> Self {
        Self::new(
            ProblemCode::PhotoQuota,
            format!(
                "Mỗi mục chỉ kèm được tối đa {most} ảnh. Ảnh trên máy vẫn còn nguyên. Hãy gỡ bớt ảnh của mục \
                 này rồi gửi lại."
            ),
        )
    }

    /// An account has stored as much as it may.
    pub fn photos_full(limit: u64) -> Self {
        Self::new(
            ProblemCode::PhotoQuota,
            format!(
                "Tài khoản đã gửi đủ {} MB ảnh. Ảnh trên máy vẫn còn nguyên. Hãy báo người quản trị.",
                limit >> 20
            ),
        )
    }

    /// An account has stored as much as it may in a day.
    pub fn photos_for_today() -> Self {
        Self {
            retry_after: Some(60 * 60),
            ..Self::new(
                ProblemCode::TooMany,
                "Hôm nay tài khoản đã gửi rất nhiều ảnh. Ảnh trên máy vẫn còn nguyên và sẽ được gửi tiếp sau.",
            )
        }
    }

    /// An account needs a name that people read, and areas that fit its role.
    pub fn account_incomplete() -> Self {
        Self::new(
            ProblemCode::Malformed,
            "Tài khoản cần có tên người hoặc cơ quan và ít nhất một địa bàn; cán bộ xã chỉ phụ trách xã, \
             phường, thị trấn. Chưa ghi. Hãy kiểm tra rồi lưu lại.",
        )
    }

    /// Whoever takes their own rights away could not give them back.
    pub fn own_account() -> Self {
        Self::new(
            ProblemCode::NotAllowed,
            "Không thể tự khóa hoặc tự đổi quyền của chính mình. Chưa có gì thay đổi. Hãy nhờ quản trị viên \
             khác.",
        )
    }

    /// Too many attempts to sign in; again in so many seconds.
    pub fn too_many(retry_after: u64) -> Self {
        let minutes = retry_after.div_ceil(60);
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                ProblemCode::TooMany,
                format!(
                    "Đã thử quá nhiều lần. Dữ liệu trên máy vẫn còn nguyên. Hãy chờ khoảng {minutes} \
                     phút rồi thử lại; nếu quên mật khẩu, hãy báo người quản trị."
                ),
            )
        }
    }

    /// One account brought more bundles than it may; again in so many seconds.
    pub fn too_many_bundles(retry_after: u64) -> Self {
        let minutes = retry_after.div_ceil(60);
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                ProblemCode::TooMany,
                format!(
                    "Tài khoản này đã chuyển hộ rất nhiều gói trong một giờ. Các gói vẫn còn trên máy. \
                     Hãy chờ khoảng {minutes} phút rồi gửi tiếp."
                ),
            )
        }
    }

    /// A bundle's author may no longer enter anything.
    pub fn author_disabled() -> Self {
        Self::new(
            ProblemCode::BundleRefused,
            "Tài khoản của người nhập gói này đã bị khóa hoặc không còn nhập liệu. Chưa ghi gì. Dữ liệu \
             vẫn còn trên máy của họ; hãy báo người quản trị.",
        )
    }

    /// More people follow the changes than the server has room for.
    pub fn too_many_followers() -> Self {
        Self {
            retry_after: Some(60),
            ..Self::new(
                ProblemCode::TooMany,
                "Đang có quá nhiều màn hình theo dõi trực tiếp. Số liệu vẫn xem được; hãy tải lại \
                 trang để thấy số mới.",
            )
        }
    }

    /// The answer took too long. What was sent may have been taken or not; sending it again is harmless.
    pub fn too_slow() -> Self {
        Self::new(
            ProblemCode::Internal,
            "Đường truyền hoặc máy chủ đang quá chậm nên lần gửi này bị ngắt. Dữ liệu trên máy vẫn \
             còn nguyên, gửi lại không bị ghi trùng. Hãy thử lại khi sóng tốt hơn.",
        )
    }

    /// A fault of the server.
    pub fn internal() -> Self {
        Self::new(
            ProblemCode::Internal,
            "Máy chủ gặp lỗi và chưa ghi gì. Dữ liệu trên máy vẫn còn nguyên. Hãy thử lại sau ít \
             phút; nếu vẫn lỗi, hãy báo người quản trị.",
        )
    }

    /// What a program tells the error by.
    pub fn code(&self) -> ProblemCode {
        self.code
    }

    /// The status that goes with the code.
    pub fn status(&self) -> StatusCode {
        match self.code {
            ProblemCode::WrongCredentials | ProblemCode::NotSignedIn => StatusCode::UNAUTHORIZED,
            ProblemCode::NotAllowed | ProblemCode::ForeignOrigin => StatusCode::FORBIDDEN,
            ProblemCode::NotFound => StatusCode::NOT_FOUND,
            ProblemCode::ContentChanged
            | ProblemCode::NotEndorsed
            | ProblemCode::NotWaiting
            | ProblemCode::NumberTaken
            | ProblemCode::PhotoDamaged => StatusCode::CONFLICT,
            ProblemCode::TooLarge | ProblemCode::PhotoQuota => StatusCode::PAYLOAD_TOO_LARGE,
            ProblemCode::WrongContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ProblemCode::Malformed | ProblemCode::BundleRefused | ProblemCode::PhotoRefused => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            ProblemCode::OtherVersion => StatusCode::UPGRADE_REQUIRED,
            ProblemCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ProblemCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            code: self.code,
            message: self.message.clone(),
        };
        let mut response = (self.status(), axum::Json(problem)).into_response();
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{PaperError, RenderError};
    use crate::store::StoreError;
    use thidua_domain::courier::CourierError;
    use thidua_domain::review::ReviewError;
    use thidua_domain::setting::SettingError;
    use thidua_domain::sync::wire::WireError;

    #[test]
    fn errors_and_their_statuses() {
        for (error, status) in [
            (ApiError::wrong_credentials(), 401),
            (ApiError::not_signed_in(), 401),
            (ApiError::not_allowed(), 403),
            (ApiError::foreign_origin(), 403),
            (ApiError::not_found(), 404),
            (ReviewError::ContentChanged.into(), 409),
            (ReviewError::NotWaiting.into(), 409),
            (ReviewError::NotEndorsed.into(), 409),
            (ReviewError::ForProvince.into(), 403),
            (ReviewError::NoAppraisal.into(), 403),
            (StoreError::NumberTaken.into(), 409),
            (PaperError::TooLong.into(), 413),
            (RenderError::NoFont.into(), 500),
            (WireError::TooLarge.into(), 413),
            (WireError::TooMany.into(), 413),
            (ApiError::photo_damaged(), 409),
            (ApiError::album_full(12), 413),
            (ApiError::photos_full(1 << 29), 413),
            (ApiError::photo_refused(), 422),
            (ApiError::photos_for_today(), 429),
            (SettingError::PaperMissing.into(), 422),
            (ApiError::wrong_content_type("application/json"), 415),
            (WireError::NotAFrame.into(), 422),
            (CourierError::Cut.into(), 422),
            (ApiError::author_disabled(), 422),
            (ReviewError::CommentMissing.into(), 422),
            (ReviewError::FieldComment.into(), 422),
            (WireError::Version(9).into(), 426),
            (ApiError::too_many(30), 429),
            (StoreError::Stopped.into(), 500),
        ] {
            assert_eq!(error.status().as_u16(), status, "{error:?}");
            assert!(error.message.ends_with('.'), "{error:?}");
        }
    }
}
