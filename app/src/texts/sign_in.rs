//! Signing in.

texts! {
    /// Whose register it is.
    lead => "Tỉnh Sơn La · Phong trào thi đua năm 2022", "Sơn La Province · Emulation movement of 2022";
    account => "Tài khoản", "Account";
    password => "Mật khẩu", "Password";
    show_password => "Hiện mật khẩu", "Show password";
    sign_in => "Đăng nhập", "Sign in";
    signing_in => "Đang đăng nhập…", "Signing in…";
    /// What a first sign-in needs.
    note => "Lần đăng nhập đầu cần có mạng. Sau đó sổ mở và nhập được cả khi mất sóng.",
        "The first sign-in needs a connection. After it the register opens and takes entries without a signal.";
    /// Registers on this tablet that a PIN opens.
    open_with_pin => "Mở sổ bằng mã PIN", "Open a register with its PIN";
    other_account => "Đăng nhập tài khoản khác", "Sign in with another account";
}
