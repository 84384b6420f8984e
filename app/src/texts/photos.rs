//! Photos of minutes, evidence and models.

texts! {
    title => "Ảnh", "Photos";
    evidence => "Ảnh minh chứng", "Evidence photos";
    evidence_lead =>
        "Giấy tờ, hiện trạng làm căn cứ cho phiếu này. Ảnh gửi sau phiếu, không làm phiếu phải chờ.",
        "Papers and places that this entry rests on. Photos are sent after the entry and never hold it back.";
    signed_minutes => "Ảnh biên bản đã ký", "Photos of the signed minutes";
    signed_minutes_lead =>
        "Chụp từng trang, đủ chữ ký. Người duyệt xem ảnh này cùng phiếu của các hộ trong khu.",
        "Each page, with the signatures. Reviewers see these beside the entries of the area's families.";
    minutes => "Ảnh biên bản họp", "Photos of the meeting minutes";
    take => "Chụp ảnh", "Take a photo";
    choose => "Chọn ảnh có sẵn", "Choose photos";
    adding(count) => "Đang thu nhỏ và lưu {count} ảnh…",
        "Making {count} photo smaller and saving it…" | "Making {count} photos smaller and saving them…";
    here_before(count) =>
        "{count} ảnh vừa chọn đã có ở đây nên không thêm lần nữa.",
        "{count} photo was here before and is not added again." |
        "{count} photos were here before and are not added again.";
    count_of(count, most) => "{count}/{most} ảnh", "{count} of {most} photos";
    /// The name of a button that opens a photo.
    open(name) => "Xem ảnh: {name}", "View photo: {name}";
    open_of(place, count, about, name) => "Xem ảnh {place} trong {count}, {about}: {name}",
        "View photo {place} of {count}, {about}: {name}";
    viewing => "Xem ảnh", "View photo";
    place_of(place, count) => "Ảnh {place} trong {count}", "Photo {place} of {count}";
    before => "Ảnh trước", "Previous photo";
    next => "Ảnh sau", "Next photo";
    opening => "Đang mở ảnh…", "Opening the photo…";
    caption => "Chú thích", "Caption";
    caption_hint => "Ảnh chụp gì, ở đâu. Không ghi thông tin riêng tư của người trong ảnh.",
        "What is seen, and where. No private matters of the people on it.";
    /// A photo without a caption.
    unnamed(when) => "Ảnh {when}", "Photo of {when}";
    no_date => "chưa rõ ngày", "unknown date";
    taken(when) => "Chụp {when}", "Taken {when}";
    take_out => "Gỡ ảnh", "Remove photo";
    taken_out => "Đã gỡ ảnh.", "Photo removed.";
    gone => "Mục không còn trong sổ", "No longer in the register";
    model => "Điển hình", "Exemplary model";

    sending(percent) => "Đang gửi {percent}%", "Sending {percent}%";
    waits => "Đã lưu trên máy, chờ gửi", "Saved on this device, waiting to be sent";
    sent => "Đã gửi", "Sent";
    removed => "Đã gỡ", "Removed";
    of_another => "Ảnh từ máy khác", "From another device";
    not_arrived => "Ảnh chưa tới máy chủ", "Not yet at the server";
    not_arrived_long => "Xã đã ghi ảnh này nhưng ảnh chưa gửi tới máy chủ. Hãy xem lại sau.",
        "The commune has entered this photo, but it has not been sent yet. Look again later.";
    not_a_photo =>
        "Máy chủ không nhận tệp này. Ảnh vẫn còn trên máy; hãy chụp hoặc chọn ảnh khác rồi gỡ ảnh này.",
        "The server does not take this file. It is still on this device; take or choose another, then remove this one.";
    damaged =>
        "Ảnh đến nơi không nguyên vẹn. Ảnh vẫn còn trên máy; bấm “Thử lại” khi sóng tốt hơn.",
        "The photo did not arrive whole. It is still on this device; press “Try again” when the signal is better.";
    server_full =>
        "Máy chủ đã hết chỗ cho ảnh của mục này hoặc của tài khoản. Ảnh vẫn còn trên máy; gỡ bớt ảnh hoặc báo người quản trị rồi bấm “Thử lại”.",
        "There is no more room at the server for this item's or this account's photos. It is still on this device; remove some or tell the administrator, then press “Try again”.";
    not_allowed =>
        "Tài khoản không được thêm ảnh vào mục này. Ảnh vẫn còn trên máy; hãy báo người quản trị.",
        "This account may not add photos here. It is still on this device; tell the administrator.";
    taken_out_elsewhere =>
        "Ảnh đã bị gỡ ở máy khác nên không gửi. Ảnh vẫn còn trên máy này; bạn quyết định.",
        "Removed on another device, so it is not sent. It is still on this device; you decide.";
    put_back => "Đưa ảnh lại vào sổ", "Put the photo back";
    let_go => "Bỏ ảnh này", "Discard this photo";
    try_again => "Thử lại", "Try again";

    all_sent => "Mọi ảnh đã ở trên máy chủ.", "All photos are at the server.";
    waiting(count, size) => "{count} ảnh chờ gửi, {size}",
        "{count} photo waiting to be sent, {size}" | "{count} photos waiting to be sent, {size}";
    phase_sending => "Đang gửi từng phần; mất sóng giữa chừng thì lần sau gửi tiếp từ chỗ dừng.",
        "Being sent in pieces; after a cut it goes on from where it was.";
    phase_stopped => "Đã dừng. Phần đã tới máy chủ không phải gửi lại; bấm “Gửi ảnh ngay” để gửi tiếp.",
        "Stopped. What has arrived is not sent again; press “Send photos now” to go on.";
    phase_after_entries => "Phiếu đi trước, ảnh đi sau. Ảnh tự gửi khi mọi thay đổi đã gửi xong.",
        "Entries first, photos after them. Photos are sent by themselves once all changes have been.";
    phase_later => "Chưa gửi được lúc này. Ảnh còn trên máy và sẽ tự gửi tiếp.",
        "Cannot be sent just now. They are on this device and will go on by themselves.";
    phase_mobile => "Đang dùng mạng di động nên ảnh chờ Wi-Fi, đúng như đã chọn.",
        "On a mobile network, so photos wait for Wi-Fi, as was chosen.";
    phase_wifi => "Đã có Wi-Fi. Ảnh sẽ tự gửi.", "There is Wi-Fi. Photos will be sent.";
    phase_unknown =>
        "Trình duyệt không cho biết đang dùng mạng nào, nên ảnh chưa tự gửi. Khi có Wi-Fi, bấm “Gửi ảnh ngay”.",
        "This browser does not tell which network it is on, so photos are not sent by themselves. On Wi-Fi, press “Send photos now”.";
    phase_signed_out => "Phiên đăng nhập đã hết. Ảnh còn trên máy; đăng nhập lại thì ảnh tự gửi.",
        "The session has ended. Photos are on this device, and are sent once you have signed in again.";
    phase_not_stored => "Máy không đọc hoặc không ghi được ảnh. Hãy xem “Bộ nhớ của máy”.",
        "This device could not read or store a photo. See “Storage of this device”.";
    in_progress => "Ảnh đang gửi", "Photo being sent";
    wifi_only => "Chỉ gửi ảnh qua Wi-Fi", "Send photos on Wi-Fi only";
    wifi_unknown =>
        "Trình duyệt này không cho biết máy đang dùng Wi-Fi hay mạng di động. Nếu đánh dấu, ảnh chỉ gửi khi bạn bấm “Gửi ảnh ngay”.",
        "This browser does not tell Wi-Fi from a mobile network. If this is set, photos are sent only when you press “Send photos now”.";
    wifi_set => "Ảnh chờ tới khi máy vào Wi-Fi. Phiếu vẫn gửi qua mọi mạng.",
        "Photos wait until the device is on Wi-Fi. Entries are sent on any network.";
    wifi_not_set => "Ảnh gửi qua mọi mạng, mỗi ảnh khoảng 300 KB.",
        "Photos are sent on any network, about 300 KB each.";
    send_now => "Gửi ảnh ngay", "Send photos now";
    stop => "Dừng gửi ảnh", "Stop sending photos";
    only_here(count) => "{count} ảnh chỉ có trên máy này. Hãy gửi ảnh trước khi dọn máy.",
        "{count} photo is on this device only. Send it before cleaning the device up."
        | "{count} photos are on this device only. Send them before cleaning the device up.";
    changes_and_photos_here(count, photos) =>
        "{count} thay đổi và {photos} chỉ có trên máy này. Hãy đồng bộ trước khi dọn máy.",
        "{count} change and {photos} are on this device only. Sync before cleaning the device up."
        | "{count} changes and {photos} are on this device only. Sync before cleaning the device up.";
    unsent_kept(count) =>
        "Còn {count} ảnh chưa gửi. Đăng xuất không xóa; ảnh được giữ trên máy và gửi đi khi bạn đăng nhập lại trên máy này.",
        "{count} photo has not been sent. Signing out does not delete it; it is kept on this device and sent when you sign in here again."
        | "{count} photos have not been sent. Signing out does not delete them; they are kept on this device and sent when you sign in here again.";
    changes_and_photos_kept(count, photos) =>
        "Còn {count} thay đổi và {photos} chưa gửi. Đăng xuất không xóa; chúng được giữ trên máy và gửi đi khi bạn đăng nhập lại trên máy này.",
        "{count} change and {photos} have not been sent. Signing out does not delete them; they are kept on this device and sent when you sign in here again."
        | "{count} changes and {photos} have not been sent. Signing out does not delete them; they are kept on this device and sent when you sign in here again.";
    left(count) => "{count} ảnh", "{count} photo" | "{count} photos";

    full(most) => "Mỗi mục chỉ kèm tối đa {most} ảnh. Hãy gỡ bớt rồi thêm.",
        "At most {most} photos. Remove some before adding more.";
    only_first(most, room) => "Mỗi mục chỉ kèm tối đa {most} ảnh: chỉ lấy {room} ảnh đầu.",
        "At most {most} photos: only the first {room} were taken.";
    not_a_picture => "Trình duyệt không đọc được tệp này như một ảnh. Hãy chọn ảnh JPEG hoặc PNG.",
        "The browser cannot read this file as a picture. Choose a JPEG or PNG.";
    too_large => "Ảnh này quá lớn, không thu nhỏ được. Hãy chụp lại hoặc chọn ảnh khác.",
        "This picture is too large and cannot be made smaller. Take or choose another.";
    no_room =>
        "Chưa lưu được ảnh: bộ nhớ dành cho sổ đã đầy. Phiếu và ảnh đã lưu trước đó vẫn còn. Gửi ảnh khi có mạng, rồi vào “Bộ nhớ của máy” xóa bản ảnh đã gửi khỏi máy và chụp lại.",
        "The photo was not saved: the storage for the register is full. Entries and photos saved before are safe. Send photos when there is a connection, then remove the copies of sent photos under “Storage of this device” and take it again.";
    unreadable => "Không mở được ảnh này trên máy.", "This photo cannot be opened on this device.";
    elsewhere => "Ảnh này ở máy khác và chưa tới máy chủ. Hãy xem lại sau.",
        "This photo is on another device and not yet at the server. Look again later.";
    needs_network => "Ảnh này không nằm trên máy. Khi có mạng thì mở xem được.",
        "This photo is not on this device. With a connection it can be seen.";

    copies => "Ảnh đã gửi", "Photos that were sent";
    copies_lead(count, size) =>
        "{count} ảnh đã gửi còn giữ bản trên máy, {size}. Xóa bản trên máy thì vẫn xem được khi có mạng; ảnh chưa gửi không bị xóa.",
        "{count} photo that was sent is kept on this device, {size}. Without the copy it can still be seen with a connection; photos not sent are never removed."
        | "{count} photos that were sent are kept on this device, {size}. Without the copies they can still be seen with a connection; photos not sent are never removed.";
    drop_copies => "Xóa bản ảnh đã gửi khỏi máy", "Remove the copies of sent photos";
    field_taken => "Chụp lúc", "Taken at";
}
