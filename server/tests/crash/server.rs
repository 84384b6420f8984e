//! The server's own executable as a process that can be killed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// Where the servers of a test keep their data.
pub struct Place {
    data: TempDir,
    /// The address of a PostgreSQL database; without one it is SQLite.
    database: Option<String>,
}

impl Place {
    /// A new place.
    pub fn new(database: Option<String>) -> Self {
        Self {
            data: tempfile::tempdir().unwrap(),
            database,
        }
    }

    /// The executable, called as an operator calls it.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thidua-server"));
        command.args(arguments).arg("--data-dir");
        command.arg(self.data.path().join("data"));
        command.env("RUST_LOG", "off").env_remove("DATABASE_URL");
        if let Some(url) = &self.database {
            command.env("DATABASE_URL", url);
        }
        command
    }

    /// Adds the account of an officer.
    pub fn add_officer(&self, name: &str, commune: &str, password: &str) {
        let add = ["account", "add", name, "--role", "commune-officer"];
        let mut adding = self
            .command(&add)
            .args(["--area", commune, "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = adding.stdin.take().unwrap();
        writeln!(input, "{password}").unwrap();
        drop(input);
        assert!(adding.wait().unwrap().success());
    }

    /// Holds kept counts to be those of a recount.
    pub fn assert_recount(&self) {
        let counted = self.command(&["recount"]).output().unwrap();
        let said = String::from_utf8_lossy(&counted.stdout);
        assert!(counted.status.success(), "{said}");
    }

    /// Starts a server without waiting for it to be ready.
    pub fn begin(&self) -> Starting {
        let empty: PathBuf = self.data.path().join("dist");
        let mut process = self
            .command(&["serve", "--port", "0"])
            .arg("--dist")
            .arg(empty)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap());
        Starting { process, said }
    }

    /// Starts a server.
    pub fn start(&self) -> Server {
        self.begin().ready()
    }
}

/// A server that has just been started.
pub struct Starting {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Starting {
    /// Waits until it says where it is.
    pub fn ready(mut self) -> Server {
        let mut line = String::new();
        loop {
            line.clear();
            let length = self.said.read_line(&mut line).unwrap();
            assert!(length > 0, "the server has ended before it was ready");
            if let Some((_, port)) = line.trim_end().rsplit_once("http://localhost:") {
                let url = format!("http://127.0.0.1:{port}");
                return Server {
                    starting: self,
                    url,
                };
            }
        }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A server that is ready.
pub struct Server {
    starting: Starting,
    /// Where it is.
    pub url: String,
}

impl Server {
    /// `kill -9`.
    pub fn kill(self) {
        self.starting.kill();
    }

    /// Whether it is still the process that was started.
    pub fn is_running(&mut self) -> bool {
        self.starting.process.try_wait().unwrap().is_none()
    }
}

impl Drop for Starting {
    /// A test that fails leaves no process behind.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
