//! Courier bundles: what one officer gives another to carry to the server, and what comes back.

use thidua_domain::courier::CourierError;

texts! {
    title => "Gói chuyển tay", "Courier bundle";
    lead => "Khi máy nhiều ngày không có mạng: thay đổi chưa gửi được niêm phong thành một gói cho riêng máy chủ. Ai mang hộ cũng không đọc và không sửa được.",
        "For days without a connection: unsent changes are sealed into a bundle for the server alone. Whoever carries it can neither read nor change it.";
    own_title => "1. Gói của tôi", "1. My bundle";
    own_waiting(count) => "{count} thay đổi chưa gửi sẽ vào gói. Chúng vẫn ở lại trên máy cho đến khi có biên nhận.",
        "{count} unsent change goes into the bundle. It stays here until there is a receipt." | "{count} unsent changes go into the bundle. They stay here until there is a receipt.";
    own_nothing => "Không có gì chờ gửi, nên chưa cần gói.", "Nothing waits, so no bundle is needed.";
    own_no_key => "Máy này chưa nhận khóa của máy chủ nên chưa niêm phong được gói. Cần đăng nhập lại một lần khi có mạng.",
        "This tablet does not have the server’s key yet and cannot seal a bundle. Sign in once with a connection.";
    too_large => "Quá nhiều thay đổi cho một gói. Hãy đồng bộ trực tiếp khi có mạng.",
        "Too many changes for one bundle. Sync directly when there is a connection.";
    save_file => "Lưu gói thành tệp", "Save the bundle as a file";
    show_codes => "Hiện mã QR", "Show QR codes";
    hide_codes => "Ẩn mã QR", "Hide QR codes";
    too_many_codes => "Gói này lớn quá cho mã QR; hãy dùng tệp.", "This bundle is too large for QR codes; use the file.";
    saved(name) => "Đã lưu tệp {name}. Gửi tệp này cho đồng nghiệp (Bluetooth, thẻ nhớ, Zalo khi họ có sóng).",
        "Saved as {name}. Give this file to a colleague (Bluetooth, memory card, a message).";
    made_at(when, count) => "Gói tạo lúc {when}, {count} thay đổi.", "Made at {when}, {count} changes.";
    take_title => "2. Nhận gói hoặc biên nhận", "2. Take in a bundle or a receipt";
    take_lead => "Mang hộ gói của người khác, hoặc nạp biên nhận đồng nghiệp mang về cho bạn.",
        "Carry somebody else’s bundle, or read in the receipt that a colleague has brought you.";
    choose_file => "Chọn tệp .thidua", "Choose a .thidua file";
    scan => "Quét mã QR", "Scan QR codes";
    stop_scanning => "Dừng quét", "Stop scanning";
    scanning => "Hướng máy ảnh vào mã QR trên máy kia và giữ yên.", "Point the camera at the codes on the other tablet and hold still.";
    scanned(seen, count) => "Đã đọc {seen}/{count} mã", "{seen} of {count} codes read";
    no_code_yet => "Chưa thấy mã nào", "No code seen yet";
    no_camera => "Không mở được máy ảnh (máy không có, hoặc chưa cho phép). Hãy dùng tệp.",
        "The camera cannot be opened (there is none, or it is not allowed). Use the file.";
    luggage_title => "3. Đang mang hộ", "3. Carrying for others";
    luggage_empty => "Không mang hộ gói nào.", "Carrying nothing.";
    luggage_delivered => "Mọi gói mang hộ đã gửi.", "Every bundle has been delivered.";
    luggage_count(count) => "Đang mang hộ {count} gói chưa gửi.", "Carrying {count} bundle not yet delivered." | "Carrying {count} bundles not yet delivered.";
    luggage_lead => "Gói tự gửi khi máy có mạng. Sau đó đưa biên nhận về cho người nhập.",
        "Bundles go out by themselves when there is a connection. Then bring the receipt back.";
    luggage_full => "Đã mang nhiều gói nhất có thể. Hãy gửi bớt trước khi nhận thêm.",
        "No more bundles fit. Deliver some first.";
    parcel_of(account) => "Gói của {account}", "Bundle of {account}";
    parcel_waiting => "Chờ có mạng để gửi", "Waits for a connection";
    parcel_sent => "Đã gửi. Hãy đưa biên nhận về cho người nhập.", "Delivered. Bring the receipt back.";
    deliver => "Gửi ngay", "Deliver now";
    delivering => "Đang gửi…", "Delivering…";
    save_receipt => "Lưu biên nhận thành tệp", "Save the receipt as a file";
    remove => "Bỏ khỏi danh sách", "Remove from the list";
    taken_bundle(account) => "Đã nhận gói của {account} để mang hộ.", "Took the bundle of {account} to carry.";
    taken_again => "Gói này đã có trên máy.", "This bundle is here already.";
    taken_reply => "Đã nạp biên nhận. Máy chủ đã ký nhận các thay đổi trong gói.",
        "The receipt was read in. The server has signed for what was in the bundle.";
    reply_known => "Biên nhận này không cho biết gì mới.", "This receipt says nothing new.";
    reply_not_believed => "Biên nhận này không khớp với những gì đã nhập trên máy (có thể của máy khác cùng tài khoản). Không có gì thay đổi; hãy đồng bộ trực tiếp khi có mạng.",
        "This receipt does not match what was entered here (perhaps another tablet of this account). Nothing has changed; sync directly when there is a connection.";
    not_stored => "Máy chưa lưu được. Không có gì mất; hãy giải phóng bộ nhớ rồi thử lại.",
        "It could not be stored here. Nothing is lost; make room and try again.";
    review_lead => "Chuyển hộ gói của cán bộ xã lên máy chủ. Gói được niêm phong: bạn chuyển được nhưng không đọc được. Biên nhận cần đưa về cho người nhập.",
        "Hand commune officers’ bundles to the server. They are sealed: you can pass them on but not read them. Bring the receipt back.";
    review_title => "Chuyển hộ gói", "Deliver bundles";
    leave_offer => "Máy sẽ rời khỏi tay bạn mà chưa có mạng? Tạo gói chuyển tay để gửi các thay đổi này qua máy của đồng nghiệp.",
        "Leaving the tablet without a connection? Make a courier bundle to send these changes by a colleague’s tablet.";
    frame_of(place, count) => "Mã {place}/{count}", "Code {place} of {count}";
    codes_lead => "Mã tự đổi liên tục. Giữ màn hình sáng và để máy kia quét đến khi đủ.",
        "The codes change by themselves. Keep the screen on until the other tablet has them all.";
    qr_label => "Mã QR của gói", "QR code of the bundle";
    /// Why a file or codes are not taken.
    refused(error: CourierError) {
        CourierError::NotOurs => "Đây không phải gói chuyển tay hay biên nhận của Sổ Thi Đua.", "This is no courier bundle or receipt of Sổ Thi Đua.";
        CourierError::OtherKind => "Đây là loại tệp khác với loại cần ở đây.", "This is the other kind of file.";
        CourierError::Version(_) => "Tệp do một bản khác của ứng dụng tạo. Hãy cập nhật ứng dụng rồi thử lại.", "Another version of the app made this. Update and try again.";
        CourierError::Cut => "Tệp bị thiếu phần cuối: chưa được chép hết. Hãy chép lại.", "The end of the file is missing: it was not copied whole. Copy it again.";
        CourierError::Damaged => "Tệp bị hỏng trên đường đi. Hãy chép lại, hoặc nhờ tạo gói mới.", "The file was damaged on the way. Copy it again or ask for a new one.";
        CourierError::TooLarge => "Tệp lớn quá giới hạn.", "The file is too large.";
        CourierError::OtherServer => "Tệp này của một máy chủ khác.", "This belongs to another server.";
        CourierError::OtherAccount => "Biên nhận này của tài khoản khác. Hãy đưa cho đúng người.", "This receipt is another account’s. Give it to whom it is for.";
        CourierError::NotGenuine | CourierError::Malformed => "Chữ ký không đúng: tệp đã bị sửa. Không có gì thay đổi trên máy.", "The signature is wrong: the file was changed. Nothing here has changed.";
    }
}
