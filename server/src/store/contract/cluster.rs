//! A PostgreSQL of the tests' own: made in a folder of its own, by the programs this machine has, gone
//! with the process that made it. Nothing of a PostgreSQL that runs here already is touched.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio_postgres::{Client, NoTls};

/// Makes the cluster, says so, waits until its standard input is closed, which the end of the process at
/// the other side does however it ends, and takes everything away.
/// Arguments: folder, programs, port.
const KEEPER: &str = r#"
cd "$1" || exit
{ "$2/initdb" -D data -U postgres -E UTF8 --locale=C --no-sync --auth-local=trust --auth-host=scram-sha-256 &&
  "$2/pg_ctl" -D data -l log -w -t 60 start -o "-k '$1' -p $3 -c listen_addresses=127.0.0.1 -c max_connections=200"
} >init 2>&1 && echo ready || tail -n 20 init log
exec >/dev/null
cat >/dev/null
"$2/pg_ctl" -D data -m immediate stop
cd / && rm -rf "$1"
"#;

/// A PostgreSQL server that ends with this value, or with the process.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    keeper: Child,
    /// Closed to end it.
    alive: Option<ChildStdin>,
}

impl Cluster {
    /// The one that the tests of a process share.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts one. Panics where PostgreSQL is not installed: a test that cannot run has failed.
    pub fn start() -> Self {
        let programs = programs().expect("PostgreSQL is not installed; run script/bootstrap test");
        // The port is free now and may be taken a moment later.
        let mut said = String::new();
        for _ in 0..3 {
            let port = free_port();
            match Self::start_at(&programs, port) {
                Ok(cluster) => return cluster,
                Err(why) => said = why,
            }
        }
        panic!("PostgreSQL does not start:\n{said}");
    }

    fn start_at(programs: &Path, port: u16) -> Result<Self, String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("thidua-postgres-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let mut builder = std::fs::DirBuilder::new();
        builder.mode(0o700).create(&folder).expect("a new folder");

        // PostgreSQL does not run as root; Debian's package brings a user for it.
        let mut command = if std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            run(Command::new("chown").arg("postgres:").arg(&folder));
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let mut keeper = command
            .args(["-c", KEEPER, "keeper"])
            .args([&folder, programs])
            .arg(port.to_string())
            // So that Ctrl-C at a terminal reaches it by way of the tests only, and it can tidy up.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let alive = keeper.stdin.take();
        let mut said = BufReader::new(keeper.stdout.take().expect("it was asked for"));
        let cluster = Self {
            folder,
            port,
            keeper,
            alive,
        };
        let mut line = String::new();
        said.read_line(&mut line).expect("the keeper's word");
        if line == "ready\n" {
            return Ok(cluster);
        }
        while said.read_line(&mut line).is_ok_and(|length| length > 0) {}
        Err(line)
    }

    /// Makes a new database and gives its address. Its order of text is Vietnamese, which the store must
    /// not come to depend on.
    pub async fn database(&self) -> String {
        self.database_like("ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'vi'")
            .await
    }

    /// Makes a new database with these options and gives its address.
    pub async fn database_like(&self, options: &str) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let admin = connect(&self.address("postgres")).await;
        let create = format!("CREATE DATABASE {name} TEMPLATE template0 {options}");
        admin.batch_execute(&create).await.expect("a new database");
        self.address(&name)
    }

    /// The address of a database, by the socket in the cluster's own folder.
    fn address(&self, database: &str) -> String {
        let folder = self.folder.to_str().expect("a plain path");
        let (host, port) = (folder.replace('/', "%2F"), self.port);
        format!("postgres://postgres@{host}:{port}/{database}")
    }

    /// Where it listens on the loopback interface, for accounts with a password.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.alive.take());
        let _ = self.keeper.wait();
    }
}

/// A connection beside the store's, to look behind it.
pub async fn connect(address: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(address, NoTls)
        .await
        .expect("a connection");
    tokio::spawn(connection);
    client
}

/// Where PostgreSQL's own programs are: Debian keeps them off the path, one folder for each version.
fn programs() -> Option<PathBuf> {
    let has_all = |folder: &PathBuf| {
        ["initdb", "pg_ctl", "postgres"]
            .iter()
            .all(|name| folder.join(name).is_file())
    };
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut versions: Vec<PathBuf> = versions
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    versions.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    versions.into_iter().rev().chain(path).find(has_all)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its address").port()
}

fn run(command: &mut Command) {
    let status = command.status().expect("a program of the system");
    assert!(status.success(), "{command:?}");
}
