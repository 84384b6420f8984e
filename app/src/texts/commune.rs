//! commune

texts! {
    only_xa =>
        "Tiêu chí nông thôn mới chỉ xét cho xã, không xét phường và thị trấn.",
        "The criteria of new rural communes apply to communes (xã) only, not to wards and townships.";
    criteria_counts(met, all, unmet, open) =>
        "Đạt {met} trong {all} tiêu chí, {unmet} chưa đạt, {open} chưa ghi.",
        "{met} of {all} criteria met, {unmet} not met, {open} not entered.";
    recognised => "Đã có quyết định công nhận xã đạt chuẩn", "The commune has been recognised by a decision";
}
