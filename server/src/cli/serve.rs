//! `serve`.

use super::{DataDir, Failure, rules_of};
use crate::clock::Clock;
use crate::http::{self, Options};
use crate::photos;
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;

#[derive(Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    data: DataDir,
    /// Cổng. Port; 0 lets the system choose.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Thư mục ứng dụng đã build. Directory of the built app.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    dist: PathBuf,
    /// Địa chỉ lắng nghe. Address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// Tin các đầu mục X-Forwarded-* của proxy đứng trước. Believes the X-Forwarded-* headers of the
    /// proxy in front; without a proxy anybody can forge them.
    #[arg(long)]
    trust_proxy: bool,
}

pub(super) async fn run(args: ServeArgs) -> Result<(), Failure> {
    let database = args.data.open().await?;
    let wanted = SocketAddr::new(args.listen, args.port);
    let listener = TcpListener::bind(wanted).await.map_err(|error| {
        format!(
            "không mở được địa chỉ {wanted}: {error}. Có thể một chương trình khác đang dùng cổng \
             này; hãy chọn --port khác. The address cannot be opened; choose another --port."
        )
    })?;
    announce(listener.local_addr()?, args.trust_proxy);
    let options = Options {
        rules: rules_of(&database).await?,
        clock: Clock::system(),
        dist: args.dist,
        trust_proxy: args.trust_proxy,
    };
    let clock = options.clock.clone();
    tokio::spawn(photos::forget_in_time(database.clone(), move || {
        clock.now_ms()
    }));
    http::serve(listener, database, options, told_to_stop()).await?;
    println!("Máy chủ đã dừng, dữ liệu đã lưu. The server has stopped; the data is saved.");
    Ok(())
}

fn announce(address: SocketAddr, trust_proxy: bool) {
    let port = address.port();
    if address.ip().is_loopback() {
        println!("Sổ Thi Đua đang chạy. Mở trình duyệt tại / open: http://localhost:{port}");
    } else {
        println!("Sổ Thi Đua đang chạy tại / running at: http://{address}");
    }
    if !address.ip().is_loopback() && !trust_proxy {
        println!(
            "CẢNH BÁO: từ máy khác phải vào bằng HTTPS. Qua HTTP thường, trình duyệt không cho dùng \
             khi mất sóng, và mật khẩu đi trên mạng không được mã hóa. Hãy đặt một proxy HTTPS phía \
             trước và thêm --trust-proxy.\n\
             WARNING: other machines have to come by HTTPS. Over plain HTTP browsers do not allow \
             offline use, and passwords cross the network unencrypted. Put an HTTPS proxy in front \
             and add --trust-proxy."
        );
    }
}

/// Returns on Ctrl-C, and where there is such a thing on SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "cannot listen for Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
