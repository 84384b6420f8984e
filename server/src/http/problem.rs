//! Every error answer: which status, which code, which words. Nothing else in the server picks a status.

use crate::accounts::AccountError;
use crate::areas::MoveError;
use crate::report::{MAX_LISTED, RecognitionError, RenderError};
use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use thidua_domain::api::{Problem, ProblemCode};
use thidua_domain::courier::CourierError;
use thidua_domain::figure::FigureError;
use thidua_domain::review::ReviewError;
use thidua_domain::setting::SettingError;
use thidua_domain::sync::hub::HandoverError;
use thidua_domain::sync::wire::{self, WireError};

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

impl From<FigureError> for ApiError {
    fn from(error: FigureError) -> Self {
        Self::new(
            ProblemCode::Malformed,
            match error {
                FigureError::NotReported => {
                    "Chỉ tiêu này không nhập số trực tiếp. Chưa có gì thay đổi."
                }
                FigureError::SourceMissing => {
                    "Số liệu cần có ngày chốt và nguồn. Chưa ghi. Hãy điền hai ô đó rồi lưu lại."
                }
                FigureError::OtherPeriod => {
                    "Ngày chốt số liệu không nằm trong năm của Chỉ thị. Chưa ghi. Hãy kiểm tra ngày."
                }
                FigureError::OutOfRange => {
                    "Số hoặc nội dung vượt quá giới hạn. Chưa ghi. Hãy kiểm tra rồi lưu lại."
                }
            },
        )
    }
}

impl From<SettingError> for ApiError {
    fn from(error: SettingError) -> Self {
        Self::new(
            ProblemCode::Malformed,
            match error {
                SettingError::PaperMissing => {
                    "Cần ghi văn bản của tỉnh làm căn cứ. Chưa ghi. Hãy điền số, ký hiệu văn bản rồi lưu lại."
                }
                SettingError::Incomplete => "Còn ô chưa điền. Chưa ghi. Hãy điền đủ rồi lưu lại.",
                SettingError::OtherPeriod => {
                    "Ngày phải nằm trong năm của Chỉ thị hoặc ba tháng liền sau. Chưa ghi. Hãy kiểm tra ngày."
                }
                SettingError::OutOfOrder => {
                    "Các ngày chưa đúng thứ tự trước sau. Chưa ghi. Hãy kiểm tra ngày."
                }
                SettingError::NoRegistration => {
                    "Danh hiệu này không có bước đăng ký. Chưa có gì thay đổi."
                }
                SettingError::OutOfRange => {
                    "Nội dung vượt quá giới hạn. Chưa ghi. Hãy viết ngắn lại rồi lưu."
                }
            },
        )
    }
}

impl From<RecognitionError> for ApiError {
    fn from(error: RecognitionError) -> Self {
        match error {
            RecognitionError::Store(error) => error.into(),
            RecognitionError::TooLong => Self::new(
                ProblemCode::TooLarge,
                format!(
                    "Danh sách dài hơn {MAX_LISTED} dòng nên không lập chung một tệp. Chưa có gì thay đổi. \
                     Hãy lập riêng cho từng xã, phường, thị trấn."
                ),
            ),
            RecognitionError::NoTitle => Self::malformed(),
        }
    }
}

impl From<RenderError> for ApiError {
    fn from(error: RenderError) -> Self {
        tracing::error!(%error, "a paper could not be laid out");
        match error {
            RenderError::NoFont => Self::new(
                ProblemCode::Internal,
                "Máy chủ chưa có phông chữ để dàn trang PDF. Chưa có gì thay đổi. Hãy tải bản Word, hoặc \
                 báo người quản trị cài gói phông fonts-texgyre.",
            ),
            _ => Self::internal(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if let StoreError::NumberTaken = error {
            return Self::new(
                ProblemCode::NumberTaken,
                "Số này đã dùng cho một văn bản cùng loại trong năm. Chưa phát hành. Hãy chọn số khác.",
            );
        }
        tracing::error!(%error, "the store failed");
        Self::internal()
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match &error {
            AccountError::Name | AccountError::NoArea => {
                Self::new(ProblemCode::Malformed, error.to_string())
            }
            AccountError::Store(StoreError::AccountExists) => Self::new(
                ProblemCode::NumberTaken,
                "Tên đăng nhập này đã có người dùng. Chưa ghi. Hãy chọn tên khác.",
            ),
            _ => {
                tracing::error!(%error, "accounts failed");
                Self::internal()
            }
        }
    }
}

impl From<WireError> for ApiError {
    fn from(error: WireError) -> Self {
        match error {
            WireError::TooLarge => Self::too_large(wire::MAX_FRAME_BYTES),
            WireError::TooMany => Self::new(
                ProblemCode::TooLarge,
                format!(
                    "Một lần gửi nhận tối đa {} thay đổi. Dữ liệu trên máy vẫn còn nguyên. Hãy gửi \
                     thành nhiều lần.",
                    wire::MAX_EDITS_UP
                ),
            ),
            WireError::Version(_) => Self::new(
                ProblemCode::OtherVersion,
                "Ứng dụng trên máy và máy chủ khác phiên bản nên chưa gửi nhận được. Dữ liệu trên \
                 máy vẫn còn nguyên. Hãy bấm “Cập nhật” rồi gửi lại.",
            ),
            WireError::NotAFrame | WireError::Length | WireError::Payload => Self::malformed(),
        }
    }
}

impl From<HandoverError> for ApiError {
    fn from(error: HandoverError) -> Self {
        match error {
            HandoverError::NothingWaits => Self::nothing_waits(),
            HandoverError::Elsewhere => Self::new(
                ProblemCode::NotWaiting,
                "Hộ hoặc khu dân cư này vừa được chuyển tiếp sang xã khác. Chưa có gì thay đổi; cán bộ xã \
                 mới sẽ quyết định. Hãy tải lại để xem tình trạng mới.",
            ),
            HandoverError::ReasonMissing => Self::new(
                ProblemCode::Malformed,
                "Khi không tiếp nhận cần ghi lý do để người đã ghi biết. Quyết định chưa được lưu. Hãy ghi \
                 lý do rồi thử lại.",
            ),
            HandoverError::ReasonTooLong => Self::new(
                ProblemCode::TooLarge,
                "Lý do quá dài. Quyết định chưa được lưu. Hãy rút ngắn rồi thử lại.",
            ),
            HandoverError::MoreFeeds(_) => Self::internal(),
        }
    }
}

impl From<MoveError> for ApiError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Store(error) => error.into(),
            MoveError::UnknownCommune(_) | MoveError::UnknownArea => Self::not_found(),
            MoveError::SameCommune => Self::new(
                ProblemCode::Malformed,
                "Nơi đi và nơi đến là một. Chưa có gì thay đổi. Hãy chọn xã khác.",
            ),
        }
    }
}

impl From<CourierError> for ApiError {
    fn from(error: CourierError) -> Self {
        let said = match error {
            CourierError::NotOurs | CourierError::OtherKind => {
                "Tệp này không phải gói chuyển tay của Sổ Thi Đua. Chưa ghi gì. Hãy chọn đúng tệp \
                 có tên kết thúc bằng .thidua."
            }
            CourierError::Version(_) => {
                "Gói do một bản khác của ứng dụng tạo ra, máy chủ chưa đọc được. Chưa ghi gì; dữ liệu \
                 vẫn còn trên máy đã tạo gói. Hãy cập nhật ứng dụng trên máy đó rồi tạo gói mới."
            }
            CourierError::Cut => {
                "Gói bị thiếu phần cuối: tệp chưa được chép hết. Chưa ghi gì; dữ liệu vẫn còn trên máy \
                 đã tạo gói. Hãy chép lại cả tệp."
            }
            CourierError::Damaged => {
                "Gói bị hỏng trên đường đi. Chưa ghi gì; dữ liệu vẫn còn trên máy đã tạo gói. Hãy chép \
                 lại tệp, hoặc tạo gói mới."
            }
            CourierError::TooLarge => {
                "Gói lớn quá giới hạn. Chưa ghi gì; dữ liệu vẫn còn trên máy đã tạo gói. Hãy đồng bộ \
                 trực tiếp khi máy đó có mạng."
            }
            CourierError::OtherServer => {
                "Gói này niêm phong cho một máy chủ khác. Chưa ghi gì. Hãy mở đúng địa chỉ Sổ Thi Đua \
                 mà người nhập vẫn dùng rồi gửi lại."
            }
            CourierError::OtherAccount | CourierError::NotGenuine | CourierError::Malformed => {
                "Không mở được niêm phong của gói: gói đã bị sửa, hoặc mật khẩu của người nhập đã đổi từ \
                 khi gói được tạo. Chưa ghi gì; dữ liệu vẫn còn trên máy của họ. Hãy đăng nhập lại trên \
                 máy đó rồi tạo gói mới."
            }
        };
        Self::new(ProblemCode::BundleRefused, said)
    }
}

impl From<ReviewError> for ApiError {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::ContentChanged => Self::new(
                ProblemCode::ContentChanged,
                "Nội dung đã thay đổi sau khi bạn mở. Quyết định chưa được ghi. Hãy xem lại nội dung \
                 mới rồi quyết định.",
            ),
            ReviewError::NotWaiting => Self::new(
                ProblemCode::NotWaiting,
                "Mục này không còn chờ duyệt: có thể chưa được nộp, hoặc người khác đã duyệt trước. \
                 Quyết định chưa được ghi. Hãy tải lại để xem tình trạng mới.",
            ),
            ReviewError::NotDecided => Self::new(
                ProblemCode::NotWaiting,
                "Mục này chưa có quyết định nào về đúng nội dung này để mở lại. Chưa có gì thay đổi. \
                 Hãy tải lại để xem tình trạng mới.",
            ),
            ReviewError::CommentMissing => Self::new(
                ProblemCode::Malformed,
                "Khi trả lại cần ghi lý do để cán bộ biết phải sửa gì. Quyết định chưa được ghi. Hãy \
                 viết vài chữ rồi gửi lại.",
            ),
            ReviewError::FieldComment => Self::new(
                ProblemCode::Malformed,
                "Góp ý cho từng mục chỉ gửi kèm khi trả lại, mỗi mục một lời, không quá 24 mục. Quyết \
                 định chưa được ghi. Hãy bỏ bớt hoặc gộp vào ý kiến chung rồi gửi lại.",
            ),
            ReviewError::CommentTooLong => Self::new(
                ProblemCode::Malformed,
                "Lời nhận xét quá dài. Quyết định chưa được ghi. Hãy viết ngắn lại rồi gửi.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (StoreError::NumberTaken.into(), 409),
            (RecognitionError::TooLong.into(), 413),
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
