//! Sync, what waits to be sent, storage.

texts! {
    write_again => "Ghi lại", "Write again";
    drop_from_list => "Bỏ khỏi danh sách", "Remove from the list";
    not_taken => "Máy chủ chưa nhận", "Not taken by the server";
    not_taken_note =>
        "Các giá trị này không còn hiện trong sổ, nhưng vẫn được giữ ở đây. “Ghi lại” đưa chúng vào sổ và gửi \
         lần nữa.",
        "These values are no longer shown in the register, but are kept here. “Write again” puts them into the \
         register and sends them once more.";
    and_more(more) => "và {more} thay đổi nữa", "and {more} more change" | "and {more} more changes";
    to_be_sent => "Chờ gửi", "Waiting to be sent";
    to_be_sent_note =>
        "Đã lưu chắc chắn trên máy này. Có mạng là tự gửi, không cần làm gì thêm.",
        "Stored safely on this tablet. They go out by themselves when there is a connection; nothing else \
         needs to be done.";
    room_almost_gone(left) =>
        "Bộ nhớ dành cho sổ chỉ còn {left} MB, sắp không lưu được nữa. Mọi thứ đã lưu vẫn còn.",
        "Only {left} MB are left for the register; soon nothing more can be saved. All that was saved is still \
         there.";
    room_low(left) =>
        "Bộ nhớ dành cho sổ còn {left} MB. Vẫn nhập được; nên giải phóng bớt trong vài ngày tới.",
        "{left} MB are left for the register. Entering still works; free some storage in the next days.";
    see_what_to_do => "Xem cần làm gì", "See what to do";
    asking_browser => "Đang hỏi trình duyệt…", "Asking the browser…";
    persistence_granted =>
        "Có. Trình duyệt cam kết giữ dữ liệu, chỉ bạn mới xóa được.",
        "Yes. The browser promises to keep the data; only you can remove it.";
    persistence_denied =>
        "Chưa. Trình duyệt có thể xóa dữ liệu khi máy đầy. Hãy cài sổ ra màn hình chính, rồi bấm “Xin giữ dữ \
         liệu lâu dài”.",
        "No. The browser may remove the data when the tablet is full. Install the register on the home screen, \
         then tap “Ask to keep the data”.";
    persistence_unsupported =>
        "Trình duyệt không cho biết. Hãy đồng bộ thường xuyên.",
        "The browser does not tell. Sync often.";
    room_used(used, quota, left) =>
        "Đã dùng {used} MB trong {quota} MB, còn {left} MB",
        "{used} MB of {quota} MB used, {left} MB left";
    room_label => "Bộ nhớ đã dùng", "Storage used";
    all_on_server => "Không. Mọi thay đổi đã ở trên máy chủ.", "No. All changes are on the server.";
    only_here(count) =>
        "{count} thay đổi chỉ có trên máy này. Hãy đồng bộ trước khi dọn máy.",
        "{count} change is on this tablet only. Sync before the tablet is cleaned." |
        "{count} changes are on this tablet only. Sync before the tablet is cleaned.";
    storage => "Bộ nhớ của máy", "Storage of this tablet";
    keep_data => "Giữ dữ liệu lâu dài", "Data kept for long";
    open_offline => "Mở khi mất mạng", "Opens without a connection";
    ready => "Sẵn sàng", "Ready";
    not_ready => "Chưa sẵn sàng", "Not ready";
    on_this_only => "Chỉ có trên máy này", "On this tablet only";
    records_held => "Hồ sơ và phiếu đang giữ", "Records and sheets kept";
    device_code => "Mã máy", "Code of this tablet";
    ask_to_keep => "Xin giữ dữ liệu lâu dài", "Ask to keep the data";
    when_full => "Khi bộ nhớ sắp đầy", "When storage runs out";
    when_full_sync =>
        "Bấm “Đồng bộ ngay” khi có mạng, để máy chủ có đủ những gì đã nhập.",
        "Tap “Sync now” when there is a connection, so that the server has all that was entered.";
    when_full_clean =>
        "Xóa bớt ảnh, video, ứng dụng không dùng trên máy. Sổ được dùng theo phần bộ nhớ còn trống của máy.",
        "Remove photos, videos and apps that are not used. The register may use a share of the free storage.";
    when_full_never =>
        "Không bấm “Xóa dữ liệu trang web” hay “Xóa dữ liệu duyệt web” của trình duyệt: việc đó xóa cả những \
         gì chưa gửi.",
        "Never use the browser's “Clear site data” or “Clear browsing data”: that also removes what has not \
         been sent.";
    when_full_paper =>
        "Nếu không lưu được nữa, những gì đã lưu vẫn còn và vẫn gửi đi được. Ghi tạm ra giấy, giải phóng bộ \
         nhớ rồi nhập tiếp.",
        "If saving no longer works, what was saved is still there and can still be sent. Take notes on paper, \
         free some storage and go on entering.";
    changes_to_send => "Thay đổi chờ gửi", "Changes to be sent";
    last_sync => "Đồng bộ lần cuối", "Last sync";
    never => "chưa lần nào", "never";
    entered_here => "Đã nhập trên máy này", "Entered on this tablet";
    changes(count) => "{count} thay đổi", "{count} change" | "{count} changes";
    sync_now => "Đồng bộ ngay", "Sync now";
    lock_with_pin => "Khóa sổ bằng mã PIN", "Lock the register with a PIN";
    sign_in_again => "Đăng nhập lại", "Sign in again";
    unsent_kept(count) =>
        "Còn {count} thay đổi chưa gửi. Đăng xuất không xóa; chúng được giữ trên máy và gửi đi khi bạn đăng \
         nhập lại trên máy này.",
        "{count} change has not been sent. Signing out does not remove it; it is kept on this tablet and sent \
         when you sign in here again." |
        "{count} changes have not been sent. Signing out does not remove them; they are kept on this tablet \
         and sent when you sign in here again.";
    sign_out => "Đăng xuất", "Sign out";
}
