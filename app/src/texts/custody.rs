//! Handing the tablet over: whether the server has signed for everything.

use thidua_domain::custody::Held;

texts! {
    title => "Bàn giao máy", "Hand over the tablet";
    lead => "Trước khi giao máy cho người khác, sửa chữa hoặc thu hồi máy, hãy xem trang này. Trang này mở được cả khi mất mạng.",
        "Look here before this tablet goes to somebody else, to repair or back to the office. This page opens without a connection.";
    looking => "Đang đối chiếu với biên nhận của máy chủ…", "Comparing with the server’s receipts…";
    safe => "An toàn để bàn giao máy", "Safe to hand over";
    safe_all(count) => "Máy chủ đã ký nhận tất cả {count} thay đổi bạn nhập trên máy này, và không còn ảnh chờ gửi hay ô gõ dở.",
        "The server has signed for the {count} change you entered on this tablet; no photo waits and nothing is half typed." | "The server has signed for all {count} changes you entered on this tablet; no photo waits and nothing is half typed.";
    safe_empty => "Bạn chưa nhập gì trên máy này, và không có gì đang gõ dở.",
        "You have entered nothing on this tablet, and nothing is half typed.";
    not_yet => "Chưa an toàn để bàn giao máy", "Not yet safe to hand over";
    records_open(count) => "{count} hồ sơ có thay đổi mà máy chủ chưa ký nhận.",
        "{count} record has changes the server has not signed for." | "{count} records have changes the server has not signed for.";
    photos_open(count) => "{count} ảnh còn trên máy, chưa gửi.",
        "{count} photo is on this tablet only." | "{count} photos are on this tablet only.";
    drafts_open(count) => "{count} ô đang gõ dở, chưa lưu vào sổ.",
        "{count} field is half typed and not saved." | "{count} fields are half typed and not saved.";
    no_key => "Máy này chưa nhận khóa của máy chủ nên chưa kiểm được biên nhận. Hãy nối mạng rồi mở lại trang này; nếu vẫn vậy, đăng nhập lại ở trang Đồng bộ.",
        "This tablet does not have the server’s key yet and cannot check receipts. Connect and open this page again; if it stays so, sign in again on the Sync page.";
    unreadable => "Chưa đọc được sổ trên máy để đối chiếu. Dữ liệu còn nguyên; hãy tải lại trang.",
        "The register on this tablet could not be read. Nothing is lost; reload the page.";
    what_to_do => "Việc cần làm", "What to do";
    do_sync => "Có mạng: bấm “Đồng bộ ngay” và chờ biên nhận.",
        "With a connection: press “Sync now” and wait for the receipt.";
    do_courier => "Không có mạng: tạo gói chuyển tay, nhờ đồng nghiệp mang đi gửi hộ, rồi nạp biên nhận họ mang về.",
        "Without one: make a courier bundle, let a colleague carry it, and read in the receipt they bring back.";
    do_photos => "Ảnh: để máy nối mạng ở trang Đồng bộ đến khi gửi hết; ảnh không đi theo gói chuyển tay.",
        "Photos: keep the tablet connected, on the Sync page, until all are sent; they do not travel in a courier bundle.";
    do_drafts => "Ô gõ dở: mở ra, lưu lại hoặc xóa đi.", "Half-typed fields: open them and save or clear them.";
    sync_now => "Đồng bộ ngay", "Sync now";
    syncing => "Đang đồng bộ…", "Syncing…";
    to_courier => "Gói chuyển tay", "Courier bundle";
    open_title => "Chưa có biên nhận", "Without a receipt";
    changes(count) => "{count} thay đổi", "{count} change" | "{count} changes";
    held(held: Held) {
        Held::Unsent => "chưa gửi", "not sent";
        Held::Unsigned => "đã gửi, chờ biên nhận", "sent, receipt missing";
    }
    more(count) => "và {count} hồ sơ nữa", "and {count} record more" | "and {count} records more";
    confirmation => "Xác nhận của máy chủ", "The server’s confirmation";
    confirmation_title => "XÁC NHẬN BÀN GIAO MÁY", "CONFIRMATION FOR HANDING OVER A TABLET";
    officer => "Cán bộ nhập liệu", "Officer";
    account => "Tài khoản", "Account";
    device => "Mã thiết bị", "Device";
    count => "Số thay đổi đã nhận", "Changes received";
    until => "Nhận đến (giờ máy chủ)", "Received until (server’s clock)";
    code => "Mã biên nhận", "Receipt code";
    print => "In hoặc lưu PDF", "Print or save as PDF";
    signed_by => "Người giao", "Handed over by";
    taken_by => "Người nhận", "Taken over by";
    rejected(count) => "Máy chủ giữ nhưng không đưa vào sổ {count} thay đổi. Không mất gì; nên xử lý trước khi giao máy.",
        "The server keeps {count} change but did not take it into the register. Nothing is lost; better settle it first." | "The server keeps {count} changes but did not take them into the register. Nothing is lost; better settle them first.";
    see_rejected => "Xem ở trang Đồng bộ", "See them on the Sync page";
    others_title => "Sổ của người khác trên máy này", "Other officers’ registers on this tablet";
    others_lead => "Mỗi người tự mở sổ của mình để đối chiếu.", "Each opens their own register to compare.";
    other_unsent(name, count) => "{name}: còn {count} thay đổi chưa gửi",
        "{name}: {count} not sent";
    other_sent(name) => "{name}: đã gửi hết", "{name}: everything sent";
}
