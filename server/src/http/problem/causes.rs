//! What errors of other modules are to the client.

use super::ApiError;
use crate::accounts::AccountError;
use crate::areas::MoveError;
use crate::report::{MAX_LISTED, PaperError, RenderError};
use crate::store::StoreError;
use thidua_domain::api::ProblemCode;
use thidua_domain::area::AreaChangeError;
use thidua_domain::courier::CourierError;
use thidua_domain::delegation::DelegationError;
use thidua_domain::figure::FigureError;
use thidua_domain::inspection::InspectionError;
use thidua_domain::review::ReviewError;
use thidua_domain::setting::SettingError;
use thidua_domain::setting::pack::RuleError;
use thidua_domain::sync::hub::{ArrangeError, HandoverError};
use thidua_domain::sync::wire::{self, WireError};
use thidua_domain::target::TargetError;

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

impl From<AreaChangeError> for ApiError {
    fn from(error: AreaChangeError) -> Self {
        Self::new(
            ProblemCode::Malformed,
            match error {
                AreaChangeError::Unknown => {
                    "Không có địa bàn này vào ngày đó, hoặc thay đổi khác đang dựa vào nó. Chưa ghi. Hãy kiểm tra mã \
                     và ngày."
                }
                AreaChangeError::CodeTaken => {
                    "Mã này đã là của một địa bàn khác. Chưa ghi. Hãy dùng mã mới do cơ quan thống kê cấp."
                }
                AreaChangeError::OtherLevel => {
                    "Loại hoặc cấp của địa bàn không phù hợp. Chưa ghi. Hãy chọn lại loại và nơi trực thuộc."
                }
                AreaChangeError::Twice => {
                    "Địa bàn đã có thay đổi vào đúng ngày đó. Chưa ghi. Hãy kiểm tra ngày, hoặc rút lại thay đổi cũ."
                }
                AreaChangeError::NameMissing => {
                    "Chưa có tên. Chưa ghi. Hãy điền tên đầy đủ rồi lưu lại."
                }
                AreaChangeError::PartsMissing => {
                    "Chưa chọn nơi hình thành nên địa bàn mới. Chưa ghi. Hãy chọn ít nhất một xã, phường, thị trấn."
                }
            },
        )
    }
}

impl From<ArrangeError> for ApiError {
    fn from(error: ArrangeError) -> Self {
        match error {
            ArrangeError::Unfit(error) => error.into(),
            ArrangeError::InUse(name) => Self::area_in_use(&name),
            ArrangeError::Changed => ReviewError::ContentChanged.into(),
        }
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
                SettingError::Rule(error) => match error {
                    RuleError::EmptyGroup => {
                        "Có nhóm chưa có tiêu chí nào. Chưa ghi. Hãy thêm tiêu chí hoặc bỏ nhóm đó."
                    }
                    RuleError::TooMany => {
                        "Quá nhiều tiêu chí, nhóm hoặc trường hợp không xét. Chưa ghi. Hãy bỏ bớt rồi lưu lại."
                    }
                    RuleError::Points => {
                        "Điểm tối đa của mỗi tiêu chí phải từ 1 đến 100. Chưa ghi. Hãy sửa điểm rồi lưu lại."
                    }
                    RuleError::PassMark => {
                        "Mốc điểm phải từ 1 đến tổng điểm của các tiêu chí. Chưa ghi. Hãy sửa mốc điểm hoặc điểm tối đa."
                    }
                    RuleError::Percent => {
                        "Tỷ lệ phần trăm phải từ 0 đến 100. Chưa ghi. Hãy sửa lại rồi lưu."
                    }
                },
            },
        )
    }
}

impl From<InspectionError> for ApiError {
    fn from(error: InspectionError) -> Self {
        Self::new(
            ProblemCode::Malformed,
            match error {
                InspectionError::Incomplete => {
                    "Còn ô chưa điền. Chưa ghi. Hãy điền đủ rồi lưu lại."
                }
                InspectionError::WrongDay => {
                    "Ngày phải nằm trong năm của Chỉ thị hoặc năm sau, và đúng thứ tự. Chưa ghi. Hãy kiểm tra ngày."
                }
                InspectionError::OutOfRange => {
                    "Nội dung vượt quá giới hạn. Chưa ghi. Hãy viết ngắn lại rồi lưu."
                }
                InspectionError::NotDone => {
                    "Phải có kết quả kiểm tra thì mới giao việc khắc phục, và cuộc đã kiểm tra thì không hủy. Chưa ghi."
                }
                InspectionError::NotInRegister => {
                    "Đơn vị hoặc khu dân cư đã chọn không có trong sổ của xã được kiểm tra. Chưa ghi. Hãy chọn lại, hoặc ghi tên bằng chữ."
                }
                InspectionError::Answered => {
                    "Xã đã trả lời yêu cầu này nên không bỏ được. Chưa ghi. Hãy sửa lời hoặc xác nhận đã xong."
                }
            },
        )
    }
}

impl From<TargetError> for ApiError {
    fn from(error: TargetError) -> Self {
        Self::new(
            ProblemCode::Malformed,
            match error {
                TargetError::NotSet => {
                    "Địa bàn này không đặt chỉ tiêu riêng cho nội dung đó ở đây. Chưa có gì thay đổi."
                }
                TargetError::OutOfRange => {
                    "Chỉ tiêu vượt quá mức có thể đạt. Chưa ghi. Hãy kiểm tra số rồi lưu lại."
                }
                TargetError::PlanTooLong => {
                    "Số kế hoạch quá dài. Chưa ghi. Hãy viết ngắn lại rồi lưu."
                }
            },
        )
    }
}

impl From<DelegationError> for ApiError {
    fn from(error: DelegationError) -> Self {
        let said = match error {
            DelegationError::NotOwn => return Self::not_allowed(),
            DelegationError::Colleague => {
                "Người nhận uỷ quyền phải là người cùng cấp duyệt hoặc người chỉ xem, đang xem được các địa bàn \
                 đó. Chưa ghi. Hãy chọn người khác hoặc địa bàn khác."
            }
            DelegationError::OtherDesk => {
                "Trong thời gian đó người này đã nhận uỷ quyền ở cấp kia: một người không vừa thẩm định cho huyện \
                 vừa duyệt cho tỉnh. Chưa ghi. Hãy chọn người khác hoặc thời gian khác."
            }
            DelegationError::Term => {
                "Thời hạn phải bắt đầu từ hôm nay trở đi, kết thúc không trước ngày bắt đầu và không dài quá một \
                 năm. Chưa ghi. Hãy sửa ngày rồi lưu lại."
            }
            DelegationError::Areas => {
                "Hãy chọn ít nhất một địa bàn, nhiều nhất 24 địa bàn. Chưa ghi."
            }
            DelegationError::Paper => {
                "Hãy ghi số và ngày của văn bản uỷ quyền, ngắn gọn trong một dòng. Chưa ghi."
            }
            DelegationError::TooMany => {
                "Bạn đang có quá nhiều lần uỷ quyền chưa hết hạn. Chưa ghi. Hãy kết thúc bớt rồi lưu lại."
            }
        };
        Self::new(ProblemCode::Malformed, said)
    }
}

impl From<PaperError> for ApiError {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::Store(error) => error.into(),
            PaperError::Books(error) => error.into(),
            PaperError::TooLong => Self::new(
                ProblemCode::TooLarge,
                format!(
                    "Danh sách dài hơn {MAX_LISTED} dòng nên không lập chung một tệp. Chưa có gì thay đổi. \
                     Hãy lập riêng cho từng xã, phường, thị trấn."
                ),
            ),
            PaperError::NoTitle => Self::malformed(),
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
            ReviewError::NotEndorsed => Self::new(
                ProblemCode::NotEndorsed,
                "Danh hiệu này do huyện thẩm định trước, và huyện chưa thẩm định lần gửi này. Quyết định \
                 chưa được ghi. Hãy chờ huyện, hoặc ghi rõ là tỉnh thẩm định thay huyện.",
            ),
            ReviewError::ForProvince => Self::new(
                ProblemCode::NotAllowed,
                "Danh hiệu này do tỉnh công nhận; huyện thẩm định rồi chuyển tỉnh. Quyết định chưa được \
                 ghi. Hãy bấm “Thẩm định, chuyển tỉnh”.",
            ),
            ReviewError::NoAppraisal => Self::new(
                ProblemCode::NotAllowed,
                "Danh hiệu này không qua bước huyện thẩm định, hoặc tài khoản không ở cấp huyện. Quyết \
                 định chưa được ghi. Hãy tải lại để xem tình trạng mới.",
            ),
            ReviewError::Due => Self::new(
                ProblemCode::Malformed,
                "Hạn sửa chỉ đặt khi trả lại, từ hôm nay đến không quá một năm sau. Quyết định chưa được \
                 ghi. Hãy sửa ngày, hoặc để trống nếu không đặt hạn, rồi gửi lại.",
            ),
            ReviewError::NotYours => Self::not_allowed(),
            ReviewError::CommentTooLong => Self::new(
                ProblemCode::Malformed,
                "Lời nhận xét quá dài. Quyết định chưa được ghi. Hãy viết ngắn lại rồi gửi.",
            ),
        }
    }
}
