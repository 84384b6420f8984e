//! Figures that bodies report for the province.

texts! {
    table => "Bảng số liệu", "Table of figures";
    figure => "Số liệu", "Figure";
    source => "Nguồn", "Source";
    action => "Việc", "Action";
    lead =>
        "Các chỉ tiêu do sở, ngành báo cáo cho cả tỉnh. Mỗi số có ngày chốt và nguồn; lần sửa nào cũng được \
         giữ lại.",
        "Indicators that departments report for the whole province. Each figure has a closing date and a \
         source; every change is kept.";
    enter_figure => "Nhập số liệu", "Enter a figure";
    saved(name) => "Đã lưu: {name}.", "Saved: {name}.";
    last_year(number) => "năm trước {number}", "last year {number}";
    no_last_year => "chưa có số năm trước để so", "no figure of last year to compare with";
    reports(who) => "{who} báo cáo", "reported by {who}";
    goal(goal) => "phấn đấu {goal}", "goal {goal}";
    enter => "Nhập", "Enter";
    section_goal(section, goal) => "Mục {section} · {goal}", "Section {section} · {goal}";
    history(count) => "Lịch sử ({count} lần ghi)", "History ({count} entry)" | "History ({count} entries)";
    field_last_year => "Năm trước", "Last year";
    closing_date => "Ngày chốt", "Closing date";
    empty => "(trống)", "(empty)";
    too_large(typed) =>
        "“{typed}” quá lớn hoặc có hơn hai chữ số sau dấu phẩy.",
        "“{typed}” is too large or has more than two decimals.";
    no_number(typed) => "“{typed}” không phải số.", "“{typed}” is not a number.";
    source_missing => "Cần có ngày chốt và nguồn của số liệu.", "A figure needs a closing date and a source.";
    other_period =>
        "Ngày chốt phải nằm trong năm của Chỉ thị.",
        "The closing date has to be in the year of the directive.";
    out_of_range => "Số hoặc nội dung vượt quá giới hạn.", "The number or the text is beyond its limit.";
    not_reported => "Chỉ tiêu này không nhập số trực tiếp.", "This indicator's figure is not entered directly.";
    not_saved(words) => "Chưa lưu. {words}", "Not saved. {words}";
    figure_in(unit) => "Số liệu ({unit})", "Figure ({unit})";
    report_text => "Nội dung báo cáo", "Text of the report";
    goal_suffix(goal) => " · phấn đấu: {goal}", " · goal: {goal}";
    number_hint =>
        "Ví dụ 7,25 hoặc 4.550. Để trống là chưa báo cáo.",
        "For instance 7.25 or 4,550. Empty means not reported.";
    baseline_label => "Số năm trước, để so sánh", "Figure of last year, to compare with";
    closing_date_of => "Ngày chốt số liệu", "Closing date of the figure";
    source_label => "Nguồn (cơ quan, văn bản)", "Source (body, document)";
    unclear(typed, suggestion) =>
        "“{typed}” chưa rõ: dấu phẩy đứng trước phần thập phân. Có phải {suggestion} không?",
        "“{typed}” is not clear: a point stands before decimals. Is it {suggestion}?";
    edit_of(name) => "Sửa số liệu: {name}", "Edit the figure: {name}";
    enter_of(name) => "Nhập số liệu: {name}", "Enter the figure: {name}";
}
