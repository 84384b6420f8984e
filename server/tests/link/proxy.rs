//! A link that is cut: a proxy that passes so many bytes and then drops the connection.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// When the link is cut.
#[derive(Clone, Copy, Debug)]
pub enum Cuts {
    /// Never.
    Never,
    /// Whenever so many bytes have passed since the last time, both ways counted together.
    Every(usize),
    /// Once, when so many bytes have come down.
    Down(usize),
}

/// What has passed, and what may.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub cuts: Cuts,
    /// Bytes passed since the last cut.
    since: usize,
    /// Bytes passed to the server.
    pub up: usize,
    /// Bytes passed to the tablet.
    pub down: usize,
    /// How often it was cut.
    pub cut: usize,
}

impl Link {
    /// How many of so many bytes pass before a cut.
    fn pass(&mut self, bytes: usize, down: bool) -> usize {
        let room = match self.cuts {
            Cuts::Never => bytes,
            Cuts::Every(most) => most - self.since,
            Cuts::Down(_) if !down => bytes,
            Cuts::Down(most) => most - self.since,
        };
        let passed = bytes.min(room);
        if down || matches!(self.cuts, Cuts::Every(_)) {
            self.since += passed;
        }
        *(if down { &mut self.down } else { &mut self.up }) += passed;
        if passed < bytes {
            self.cut += 1;
            self.since = 0;
            if let Cuts::Down(_) = self.cuts {
                self.cuts = Cuts::Never;
            }
        }
        passed
    }
}

/// The proxy.
pub struct Proxy {
    /// Where it is.
    pub url: String,
    link: Arc<Mutex<Link>>,
}

impl Proxy {
    /// In front of a server at this address.
    pub async fn before(server: &str, cuts: Cuts) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let link = Arc::new(Mutex::new(Link {
            cuts,
            since: 0,
            up: 0,
            down: 0,
            cut: 0,
        }));
        let (server, shared) = (server.replace("http://", ""), Arc::clone(&link));
        tokio::spawn(async move {
            while let Ok((tablet, _)) = listener.accept().await {
                tokio::spawn(carry(tablet, server.clone(), Arc::clone(&shared)));
            }
        });
        Self { url, link }
    }

    /// What has passed so far.
    pub fn link(&self) -> Link {
        *self.link.lock().unwrap()
    }

    /// From now on it is cut otherwise.
    pub fn cut(&self, cuts: Cuts) {
        let mut link = self.link.lock().unwrap();
        link.cuts = cuts;
        link.since = 0;
    }
}

/// One connection, until one side is done or the link is cut. Dropping both ends is the cut.
async fn carry(mut tablet: TcpStream, server: String, link: Arc<Mutex<Link>>) -> Option<()> {
    let mut server = TcpStream::connect(server).await.ok()?;
    // What is passed on in small pieces must not wait for an acknowledgement each.
    tablet.set_nodelay(true).ok()?;
    server.set_nodelay(true).ok()?;
    let (mut going, mut coming) = ([0; 4_096], [0; 4_096]);
    loop {
        let (arrived, passed) = tokio::select! {
            arrived = tablet.read(&mut going) => {
                let arrived = arrived.ok().filter(|arrived| *arrived > 0)?;
                let passed = link.lock().unwrap().pass(arrived, false);
                server.write_all(&going[..passed]).await.ok()?;
                (arrived, passed)
            }
            arrived = server.read(&mut coming) => {
                let arrived = arrived.ok().filter(|arrived| *arrived > 0)?;
                let passed = link.lock().unwrap().pass(arrived, true);
                tablet.write_all(&coming[..passed]).await.ok()?;
                (arrived, passed)
            }
        };
        if passed < arrived {
            return None;
        }
    }
}
