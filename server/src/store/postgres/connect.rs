//! The way to the database: what an address may say, and what a database must be.

use crate::store::{StoreError, StoreResult};
use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use std::net::IpAddr;
use std::time::Duration;
use tokio_postgres::NoTls;
use tokio_postgres::config::{Config, Host, SslMode};

/// Most connections of this process.
pub(super) const CONNECTIONS: usize = 16;
/// How long to wait for a connection that is free, or for a new one.
const PATIENCE: Duration = Duration::from_secs(30);
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// Where Debian's PostgreSQL listens for programs of its own machine.
const SOCKET_DIRECTORY: &str = "/var/run/postgresql";
/// Settings of every connection: the tables are found by their plain names; nobody waits for a lock, and
/// no fault of ours keeps one, for ever.
const SETTINGS: &str =
    "-c search_path=thidua -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s";

/// A pool of connections to the database at `url`. None is made yet.
pub(super) fn pool(url: &str) -> StoreResult<Pool> {
    let config = config(url)?;
    let manager = Manager::from_config(
        config,
        NoTls,
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(CONNECT_PATIENCE))
        .recycle_timeout(Some(CONNECT_PATIENCE))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(StoreError::backend)
}

fn config(url: &str) -> StoreResult<Config> {
    // The error is not passed on: it could repeat a password.
    let mut config: Config = url.parse().map_err(|_| {
        StoreError::Unsuitable(
            "địa chỉ cơ sở dữ liệu không đúng dạng postgres://tên:mật-khẩu@máy/cơ-sở-dữ-liệu. The \
             address of the database is not of the form postgres://user:password@host/database.",
        )
    })?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        config.host(SOCKET_DIRECTORY);
    }
    refuse_open_networks(&config)?;
    let settings = match config.get_options() {
        Some(given) => format!("{given} {SETTINGS}"),
        None => SETTINGS.to_owned(),
    };
    config.options(settings);
    if config.get_application_name().is_none() {
        config.application_name(env!("CARGO_PKG_NAME"));
    }
    config.connect_timeout(CONNECT_PATIENCE);
    Ok(config)
}

/// Connections are not encrypted. That is fine within one machine; anywhere else somebody has to have
/// decided it.
fn refuse_open_networks(config: &Config) -> StoreResult<()> {
    let here = |host: &Host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse()
                    .is_ok_and(|address: IpAddr| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    let local = config.get_hosts().iter().all(here)
        && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
    match config.get_ssl_mode() {
        SslMode::Disable => Ok(()),
        SslMode::Prefer if local => Ok(()),
        SslMode::Prefer => Err(StoreError::Unsuitable(
            "cơ sở dữ liệu ở máy khác, mà bản này nối không mã hóa. Hãy đi qua đường hầm mã hóa tới \
             localhost, hoặc thêm ?sslmode=disable nếu mạng đã được bảo vệ. The database is on another \
             machine, and this program connects without encryption: use an encrypted tunnel to \
             localhost, or add ?sslmode=disable if the network is protected.",
        )),
        _ => Err(StoreError::Unsuitable(
            "bản này không nối PostgreSQL bằng TLS. Hãy đi qua đường hầm mã hóa tới localhost. This \
             program does not speak TLS to PostgreSQL: use an encrypted tunnel to localhost.",
        )),
    }
}

/// Refuses a database that could lose what it has acknowledged, or that cannot hold every language.
pub(super) async fn inspect(client: &Client) -> StoreResult<()> {
    let row = client
        .query_one(
            "SELECT current_setting('server_encoding'), current_setting('fsync'),
                    current_setting('synchronous_commit')",
            &[],
        )
        .await
        .map_err(StoreError::backend)?;
    let is = |column: usize, value: &str| row.get::<_, &str>(column) == value;
    if !is(0, "UTF8") {
        return Err(StoreError::Unsuitable(
            "cơ sở dữ liệu phải dùng mã UTF8. The database must have the encoding UTF8: create it with \
             ENCODING 'UTF8' TEMPLATE template0.",
        ));
    }
    if is(1, "off") || is(2, "off") {
        return Err(StoreError::Unsuitable(
            "PostgreSQL đang tắt fsync hoặc synchronous_commit nên có thể mất dữ liệu đã báo là đã lưu. \
             PostgreSQL runs with fsync or synchronous_commit off and could lose what was acknowledged: \
             switch both on.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_networks_are_refused_unless_somebody_decided() {
        for (url, taken) in [
            ("postgres://a:b@localhost/c", true),
            ("postgres://a:b@127.0.0.1:5433/c", true),
            ("postgresql://a@[::1]/c", true),
            ("postgres://a@%2Fvar%2Frun%2Fpostgresql/c", true),
            ("postgres:///c", true),
            ("postgres://a:b@db.example/c", false),
            ("postgres://a:b@10.0.0.5/c", false),
            ("postgres://a:b@localhost,10.0.0.5/c", false),
            ("postgres://a:b@localhost/c?hostaddr=10.0.0.5", false),
            ("postgres://a:b@10.0.0.5/c?sslmode=prefer", false),
            ("postgres://a:b@10.0.0.5/c?sslmode=disable", true),
            ("postgres://a:b@localhost/c?sslmode=require", false),
            ("mysql://a:secret@localhost/c", false),
        ] {
            let outcome = config(url);
            assert_eq!(outcome.is_ok(), taken, "{url}");
            if let Err(error) = outcome {
                assert!(!error.to_string().contains("secret"));
            }
        }
    }
}
