//! Connections: how many there may be, how long one may take to say what it wants, and how they end.

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::Service as _;

/// How long a connection may take from its opening, or from the answer before, to the end of the next
/// request's head. A tablet at the edge of the network sends a head of half a kilobyte within it; a
/// connection that is held open to say nothing does not.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(30);

/// Most connections at once. Each commune and each reviewer has one or two.
const MAX_CONNECTIONS: usize = 4096;
/// How long the server rests when the system gives it no connection (too many open files).
const REST: Duration = Duration::from_millis(200);

/// Serves until `stopped` says so, and returns when every request under way has its answer.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    mut stopped: watch::Receiver<bool>,
    head_time: Duration,
) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let ending = GracefulShutdown::new();
    let mut services: IntoMakeServiceWithConnectInfo<Router, SocketAddr> =
        app.into_make_service_with_connect_info();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_time);
    loop {
        let place = Arc::clone(&places).acquire_owned();
        let place = place.await.expect("the places are never closed");
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        let service = match services.call(peer).await {
            Ok(service) => TowerToHyperService::new(service),
            Err(never) => {
                let never: Infallible = never;
                match never {}
            }
        };
        let connection = ending.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    ending.shutdown().await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // What is new goes to a reviewer's screen at once, however little it is.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "a connection without TCP_NODELAY");
                }
                return (stream, peer);
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::ConnectInfo;
    use axum::routing::get;
    use std::time::Instant;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    async fn started(head_time: Duration) -> (SocketAddr, watch::Sender<bool>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        let app = Router::new().route(
            "/who",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
        );
        tokio::spawn(serve(listener, app, stopped, head_time));
        (address, stop)
    }

    #[tokio::test]
    async fn a_head_that_never_ends_costs_no_connection() {
        let (address, _stop) = started(Duration::from_millis(100)).await;
        let mut silent = TcpStream::connect(address).await.expect("a connection");
        let head = b"GET /who HTTP/1.1\r\nHost: a\r\nX-";
        silent.write_all(head).await.expect("half a head");
        let begun = Instant::now();
        let mut told = Vec::new();
        silent.read_to_end(&mut told).await.expect("an end");
        assert!(begun.elapsed() < HEAD_TIME, "closed by its own limit");
        assert!(!told.starts_with(b"HTTP/1.1 200"), "{told:?}");
    }

    #[tokio::test]
    async fn a_request_knows_its_peer_and_the_end_is_clean() {
        let (address, stop) = started(HEAD_TIME).await;
        let mut asking = TcpStream::connect(address).await.expect("a connection");
        let own = asking.local_addr().expect("an address").to_string();
        let request = b"GET /who HTTP/1.1\r\nHost: a\r\n\r\n";
        asking.write_all(request).await.expect("a request");
        let mut told = vec![0; 4096];
        let length = asking.read(&mut told).await.expect("an answer");
        let told = String::from_utf8_lossy(&told[..length]).into_owned();
        assert!(told.ends_with(&own), "{told}");
        stop.send(true).expect("a server that listens");
        let rest = asking.read_to_end(&mut Vec::new()).await.expect("an end");
        assert_eq!(rest, 0, "the idle connection is closed without a word");
    }
}
