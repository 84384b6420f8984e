//! Papers that are issued, and tables.

texts! {
    none_issued => "Chưa phát hành văn bản nào của địa bàn này.", "Nothing has been issued for this area yet.";
    issued_table => "Bảng văn bản đã phát hành", "Table of issued papers";
    paper => "Văn bản", "Paper";
    signer => "Người ký", "Signer";
    issued_on => "Phát hành", "Issued";
    download => "Tải", "Download";
    issued => "Đã phát hành", "Issued";
    file => "Tệp", "File";
    download_of(word, name) => "Tải {word}: {name}", "Download {word}: {name}";
    file_sha(sha) => "SHA-256 của tệp: {sha}", "SHA-256 of the file: {sha}";
    digest(digest) => "Mã đối chiếu {digest}", "Control code {digest}";
    table_indicators => "Chỉ tiêu", "Indicators";
    table_areas => "Kết quả theo địa bàn", "Results by area";
    table_late => "Địa bàn nộp chậm", "Late areas";
    table_counts => "Số đếm từng xã", "Counts by commune";
    table_sheets => "Từng hồ sơ", "Single records";
    table_queue => "Hồ sơ chờ duyệt", "Records to review";
    kind_report => "Báo cáo tổng hợp", "Consolidated report";
    kind_families => "Danh sách Gia đình văn hóa", "List of Cultural Families";
    kind_areas =>
        "Danh sách khu dân cư an toàn về an ninh, trật tự",
        "List of residential areas safe in security and order";
    kind_cultural_areas => "Danh sách Khu dân cư văn hóa", "List of cultural residential areas";
    kind_units => "Danh sách đơn vị an toàn về an ninh, trật tự", "List of units safe in security and order";
    kind_communes => "Danh sách xã đạt chuẩn nông thôn mới", "List of new rural communes";
    draft_downloaded(name, size) =>
        "Đã tải dự thảo {name} ({size} KB). Dự thảo không lưu trên máy chủ.",
        "Draft downloaded: {name} ({size} KB). Drafts are not kept on the server.";
    issued_as(kind, number) =>
        "Đã phát hành {kind} số {number}. Số liệu đã đóng băng; tải các tệp ở bảng dưới.",
        "Issued: {kind} no. {number}. Its figures are frozen; the files are in the table below.";
    title(name) => "Báo cáo: {name}", "Reports: {name}";
    lead =>
        "Văn bản trình bày theo Nghị định 30/2020/NĐ-CP. Dự thảo lấy số liệu lúc tải; bản chính thức giữ \
         nguyên số liệu lúc phát hành.",
        "Papers are laid out by Decree 30/2020/NĐ-CP, in Vietnamese as the law asks. A draft has the figures \
         of the moment; what is issued keeps those of its issue.";
    kind => "Loại văn bản", "Kind of paper";
    report_number => "Số báo cáo", "Number of the report";
    decision_number => "Số quyết định", "Number of the decision";
    signing_day => "Ngày ký", "Day of signing";
    general_result => "Kết quả chung (mỗi dòng một đoạn)", "General result (a paragraph a line)";
    general_hint =>
        "Sửa lời văn tùy ý; bảng số liệu do máy lập và không sửa ở đây.",
        "The wording is yours (in Vietnamese); tables of figures are made by the program and not edited here.";
    restore_wording => "Lấy lại lời văn máy soạn", "Back to the program's wording";
    download_draft => "Tải dự thảo", "Download a draft";
    draft(name) => "Dự thảo {name}", "Draft {name}";
    issue => "Phát hành bản chính thức", "Issue officially";
    composing(format) => "Đang tổng hợp và dàn trang ({format})…", "Collecting and laying out ({format})…";
    freezing => "Đang đóng băng số liệu và lập ba tệp…", "Freezing the figures and making three files…";
    making => "Đang lập văn bản", "The paper is being made";
    tables => "Bảng số liệu (CSV)", "Tables of figures (CSV)";
    tables_note => "Mở được bằng Excel; số liệu lúc tải.", "Opens in Excel; figures of the moment.";
    number_and_day(number, day) => " số {number}, ngày {day}", " no. {number}, {day}";
    issue_warning =>
        "Sau khi phát hành, số liệu và lời văn giữ nguyên, không sửa và không xóa được. Muốn đổi, hãy phát \
         hành văn bản khác với số khác.",
        "Once issued, figures and wording stay as they are; they can neither be changed nor removed. To change \
         something, issue another paper with another number.";
    not_issued => "Chưa phát hành", "Not issued";
    issue_now => "Phát hành", "Issue";
    issue_needs =>
        "Bản chính thức cần có số, ngày ký và người ký. Chưa phát hành.",
        "An official paper needs a number, a day of signing and a signer. Not issued.";
    no_paper_number(typed) => "“{typed}” không phải số văn bản.", "“{typed}” is not the number of a paper.";
    named(kind, number, day) => "{kind} số {number}, ngày {day}", "{kind} no. {number}, {day}";
}
