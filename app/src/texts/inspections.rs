//! Inspections: planned, done, followed up; on reviewers' pages and on tablets.

use thidua_domain::inspection::{Outcome, State, Subject};

texts! {
    nav => "Kiểm tra", "Inspections";
    title => "Kiểm tra", "Inspections";
    /// The way to those of the area that is looked at.
    here => "Các cuộc kiểm tra", "Inspections here";
    lead(planned, done, lacking, open, late) =>
        "{planned} cuộc đã báo trước, {done} đã kiểm tra, {lacking} có thiếu sót; {open} việc đang chờ khắc phục, {late} việc đã chậm.",
        "{planned} announced, {done} done, {lacking} with shortcomings; {open} follow-ups open, {late} late.";
    list => "Danh sách cuộc kiểm tra", "List of inspections";
    announce => "Báo trước cuộc kiểm tra", "Announce an inspection";
    state_filter => "Tình trạng", "State";
    all_states => "Mọi tình trạng", "All states";
    none => "Không có cuộc kiểm tra nào đúng với điều kiện lọc.", "No inspection matches the filters.";
    days => "Ngày", "Days";
    about_head => "Nội dung", "What";
    follow_ups => "Khắc phục", "Follow-ups";
    follow_ups_done(done, all) => "{done}/{all} việc đã xong", "{done} of {all} done";
    answered(count) => "xã đã trả lời {count} việc", "the commune answered {count}";
    action => "Việc", "Action";
    open_one => "Ghi kết quả", "Results";
    open_of(name) => "Ghi kết quả kiểm tra: {name}", "Record the inspection: {name}";
    sent_to(count) =>
        "Đã báo trước tới {count} xã. Máy của xã thấy ở lần đồng bộ tới.",
        "Announced to {count} commune. Its tablet shows it after the next sync." |
        "Announced to {count} communes. Their tablets show it after the next sync.";
    saved(name) => "Đã lưu cuộc kiểm tra ở {name}. Máy của xã thấy ở lần đồng bộ tới.", "The inspection of {name} is saved. The tablet shows it after the next sync.";

    // The forms.
    communes => "Xã được kiểm tra", "Communes inspected";
    from => "Từ ngày", "From";
    until => "Đến ngày (nếu nhiều ngày)", "Until (if several days)";
    subjects => "Kiểm tra về", "Inspected are";
    about => "Nội dung cụ thể", "What exactly";
    team => "Đoàn kiểm tra", "Who inspects";
    place => "Đơn vị hoặc khu dân cư (nếu không phải cả xã)", "Unit or residential area (if not the whole commune)";
    // What is inspected, of the commune's register.
    unit => "Đơn vị", "Unit";
    in_register => "Trong sổ của xã", "In the commune's register";
    type_to_search(area) => "Gõ tên để tìm trong sổ của {area}, có dấu hay không đều được.", "Type a name to search the register of {area}, with or without tone marks.";
    one_commune_to_search => "Chọn đúng một xã thì tìm được trong sổ của xã đó; không thì ghi tên bằng chữ.", "With exactly one commune chosen its register is searched; otherwise write the name.";
    offered(count) => "Tìm thấy {count}. Chọn ở dưới, hoặc để nguyên tên đã gõ.", "{count} found. Choose below, or leave the name as typed.";
    is_chosen => "Đã chọn trong sổ của xã. Gõ tên khác là bỏ chọn.", "Chosen from the commune's register. Typing another name undoes that.";
    not_in_register => "Không có trong sổ của xã; tên được ghi bằng chữ.", "Not in the commune's register; the name is kept as written.";
    /// The way from one inspected unit to all inspections of its commune.
    of_commune => "Mọi cuộc kiểm tra của xã", "All inspections of the commune";
    send => "Báo trước", "Announce";
    done => "Ngày kiểm tra xong", "Day it was done";
    outcome => "Kết quả", "Outcome";
    not_done => "Chưa kiểm tra", "Not done yet";
    findings => "Nhận xét của đoàn", "Findings";
    follow_up(number) => "Việc khắc phục {number}", "Follow-up {number}";
    follow_up_what => "Yêu cầu khắc phục", "To be put right";
    follow_up_due => "Hạn khắc phục", "To be put right by";
    follow_up_done => "Ngày xác nhận đã khắc phục", "Day it was seen to be put right";
    add_follow_up => "Thêm việc khắc phục", "Add a follow-up";
    no_answer => "Xã chưa trả lời.", "The commune has not answered.";
    commune_says(text) => "Xã trả lời: {text}", "The commune answers: {text}";
    cancel_reason => "Lý do không tiến hành (chỉ điền khi hủy cuộc kiểm tra)", "Why it is not held (only to cancel it)";
    no_commune => "Hãy chọn ít nhất một xã.", "Choose at least one commune.";
    incomplete => "Còn ô chưa điền.", "Something is not filled in.";
    wrong_day => "Ngày phải nằm trong năm của Chỉ thị hoặc năm sau, và đúng thứ tự.", "Days lie in the directive's year or the next, and in order.";
    out_of_range => "Nội dung quá dài.", "A text is too long.";
    needs_findings => "Ghi ngày và kết quả kiểm tra trước khi giao việc khắc phục; cuộc đã kiểm tra thì không hủy.", "Record the day and the outcome before follow-ups; what is done is not cancelled.";
    is_answered => "Xã đã trả lời việc này nên không bỏ được.", "The commune has answered this one; it cannot be taken away.";
    not_saved(why) => "Chưa lưu. {why}", "Not saved. {why}";

    // The tablet.
    tablet_lead =>
        "Các cuộc kiểm tra tại xã: lịch, nhận xét, việc cần khắc phục. Trả lời được cả khi không có mạng; đoàn kiểm tra thấy sau lần đồng bộ tới.",
        "Inspections of the commune: when, what was found, what is to be put right. Answers need no connection; reviewers see them after the next sync.";
    tablet_none => "Chưa có cuộc kiểm tra nào.", "No inspection yet.";
    due_inspection => "Kiểm tra tại xã", "Inspection of the commune";
    due_follow_up => "Khắc phục sau kiểm tra", "Follow-up of an inspection";
    to_answer(count) => "{count} việc chưa xong", "{count} open";
    answer => "Trả lời", "Answer";
    answer_label(number) => "Xã trả lời việc {number}", "Answer to follow-up {number}";
    answer_hint => "Ví dụ: đã khắc phục ngày 20/6, có biên bản kèm theo.", "For example: put right on 20 June, minutes attached.";
    due(day) => "hạn {day}", "by {day}";
    confirmed(day) => "đã xác nhận ngày {day}", "confirmed on {day}";
    late => "đã chậm", "late";
    cancelled(why) => "Không tiến hành: {why}", "Not held: {why}";
    listed(count) => "{count} cuộc", "{count}";

    subject(it: Subject) {
        Subject::Titles => "Bình xét danh hiệu", "Assessment of titles";
        Subject::Indicators => "Chỉ tiêu, số liệu", "Indicators and figures";
        Subject::Documents => "Văn bản, hồ sơ", "Papers and records";
    }
    outcome_word(it: Outcome) {
        Outcome::Good => "Đạt yêu cầu", "As required";
        Outcome::Shortcomings => "Còn thiếu sót", "Shortcomings";
        Outcome::Breaches => "Có sai phạm", "Breaches";
    }
    state(it: State) {
        State::FollowUpLate => "Chậm khắc phục", "Follow-up late";
        State::Overdue => "Quá ngày, chưa có kết quả", "No result yet";
        State::FollowUpOpen => "Đang khắc phục", "Follow-up open";
        State::Planned => "Đã báo trước", "Announced";
        State::Done => "Đã kiểm tra", "Done";
        State::Closed => "Đã khắc phục xong", "Put right";
        State::Cancelled => "Không tiến hành", "Not held";
    }
}
