//! A residential area's own titles.

use thidua_domain::catalogue::Assessment;

texts! {
    /// The page of an assessment.
    page(assessment: Assessment) {
        Assessment::CulturalResidentialArea => "Khu dân cư văn hóa", "Cultural residential area";
        _ => "An ninh, trật tự", "Security and order";
    }
    pages => "Danh hiệu của khu dân cư", "Titles of the residential area";
    registered => "Khu dân cư đã đăng ký", "The residential area has registered";
    incidents => "Vụ việc đã xảy ra trong năm", "Incidents of the year";
    incidents_lead => "Đánh dấu vụ việc đã có kết luận của công an xã. Có vụ việc thuộc danh mục thì khu dân cư không đạt.",
        "Mark incidents that the commune police have established. With any of this list the area does not pass.";
    exclusions_lead => "Chỉ đánh dấu khi có căn cứ.", "Mark only what is established.";
    proposed => "Đề nghị huyện công nhận Khu dân cư văn hóa",
        "Put forward to the district as a Cultural residential area";
}
