//! A PostgreSQL server of one's own for tests, which ends with the process of the test.
//!
//! Needs nothing but the programs of PostgreSQL, in `PATH` or where Debian has them. Where they are
//! missing, [`shared`] and [`start`] say so on stderr and give `None`, unless
//! `SWITCHHOOK_REQUIRE_POSTGRES` is set: then they fail.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::{
    env, fs,
    io::Write as _,
    net::TcpListener,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio, id},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// A server that runs, or that was stopped and can be started again.
pub(crate) struct Server {
    programs: PathBuf,
    account: Option<Account>,
    folder: PathBuf,
    port: u16,
    databases: AtomicU32,
    /// Stops the server when its standard input ends, which is when this process does.
    guard: Child,
}

/// Who runs the server: it refuses to run as root.
#[derive(Clone)]
struct Account {
    user: u32,
    group: u32,
}

/// The server that the tests of a binary share, each with a database of its own.
pub(crate) fn shared() -> Option<&'static Server> {
    static SHARED: OnceLock<Option<Server>> = OnceLock::new();
    SHARED.get_or_init(start).as_ref()
}

/// A server for a test that stops it.
pub(crate) fn start() -> Option<Server> {
    let Some(programs) = find_programs() else {
        assert!(
            env::var_os("SWITCHHOOK_REQUIRE_POSTGRES").is_none(),
            "SWITCHHOOK_REQUIRE_POSTGRES is set, and there is no PostgreSQL"
        );
        // Past the capture of the test harness.
        let _ = writeln!(std::io::stderr(), "left out: there is no PostgreSQL on this machine");
        return None;
    };
    Some(Server::create(programs))
}

impl Server {
    fn create(programs: PathBuf) -> Self {
        let account = account();
        let folder = new_folder(account.as_ref());
        let guard = guard(&programs, account.as_ref(), &folder);
        let mut server =
            Self { programs, account, folder, port: 0, databases: AtomicU32::new(0), guard };
        let data = server.data();
        server.run("initdb", |initdb| {
            initdb.args(["-N", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D"]);
            initdb.arg(&data);
        });
        fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .and_then(|mut file| {
                file.write_all(
                    b"listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\n\
                      max_connections = 300\nshared_buffers = 64MB\nfsync = on\n\
                      timezone = 'Asia/Kathmandu'\n",
                )
            })
            .expect("the server's settings");
        for attempt in 0.. {
            server.port = free_port(attempt);
            if server.try_start() {
                break;
            }
            assert!(attempt < 5, "the server does not start: {}", server.log());
        }
        server
    }

    /// A new, empty database; its URL.
    pub(crate) fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Relaxed));
        let (port, create) = (self.port.to_string(), format!("CREATE DATABASE {name}"));
        self.run("psql", |psql| {
            psql.args([
                "-q",
                "-X",
                "-h",
                "127.0.0.1",
                "-U",
                "postgres",
                "-p",
                &port,
                "-c",
                &create,
            ]);
        });
        format!("postgres://postgres@127.0.0.1:{port}/{name}")
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> (&'static str, u16) {
        ("127.0.0.1", self.port)
    }

    /// The folder of its data, which holds `postgresql.conf`.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Stops it like a crash: nothing is written any more, and connections just end.
    pub(crate) fn stop_immediate(&self) {
        let data = self.data();
        self.run("pg_ctl", |pg_ctl| {
            pg_ctl.args(["stop", "-w", "-m", "immediate", "-D"]).arg(&data);
        });
    }

    /// Starts it again, on its port.
    pub(crate) fn start(&self) {
        assert!(self.try_start(), "the server does not start again: {}", self.log());
    }

    fn try_start(&self) -> bool {
        let data = self.data();
        let port = format!("-p {}", self.port);
        let mut start = self.command("pg_ctl");
        start.args(["start", "-w", "-t", "60", "-o", &port, "-l"]);
        // What it leaves open would keep a reader of our output waiting.
        start.arg(self.folder.join("log")).arg("-D").arg(&data);
        start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        start.status().is_ok_and(|status| status.success())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn run(&self, program: &str, set: impl FnOnce(&mut Command)) -> Output {
        let mut command = self.command(program);
        set(&mut command);
        let output = command.stdin(Stdio::null()).output().expect("a program of PostgreSQL");
        assert!(
            output.status.success(),
            "{program}: {}{}",
            String::from_utf8_lossy(&output.stderr),
            self.log()
        );
        output
    }

    fn command(&self, program: &str) -> Command {
        as_account(self.account.as_ref(), &self.programs.join(program), &self.folder)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// A process that waits for the end of this one, however it comes, and cleans up then.
fn guard(programs: &Path, account: Option<&Account>, folder: &Path) -> Child {
    let script = r#"trap "" INT TERM HUP; read -r _
        "$0" stop -s -w -m immediate -D "$1/data" || true
        rm -rf "$1""#;
    let mut shell = as_account(account, Path::new("/bin/sh"), folder);
    shell.arg("-c").arg(script).arg(programs.join("pg_ctl")).arg(folder);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().expect("a shell")
}

fn as_account(account: Option<&Account>, program: &Path, folder: &Path) -> Command {
    let mut command = match account {
        None => Command::new(program),
        Some(account) => {
            let mut command = Command::new("setpriv");
            command
                .arg(format!("--reuid={}", account.user))
                .arg(format!("--regid={}", account.group))
                .args(["--clear-groups", "--"])
                .arg(program);
            command
        }
    };
    // The messages are read by nobody but us, and the working directory may be closed to others.
    command.env("LC_ALL", "C").env_remove("PGDATA").env_remove("PGPORT").env_remove("PGOPTIONS");
    command.current_dir(folder);
    command
}

fn find_programs() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| {
        ["initdb", "pg_ctl", "postgres", "psql"].iter().all(|name| folder.join(name).is_file())
    };
    let path = env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    let version = |folder: &PathBuf| {
        let name = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        name.and_then(|name| name.parse::<u32>().ok())
    };
    debian.sort_by_key(version);
    env::split_paths(&path).chain(debian.into_iter().rev()).find(complete)
}

/// `postgres` or `nobody`, where the test runs as root.
fn account() -> Option<Account> {
    let own = fs::metadata("/proc/self").map(|own| std::os::unix::fs::MetadataExt::uid(&own));
    if own.unwrap_or(1) != 0 {
        return None;
    }
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |wanted: &str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(wanted))?;
        let mut fields = line.split(':').skip(2);
        let (user, group) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some(Account { user, group })
    };
    Some(find("postgres").or_else(|| find("nobody")).expect("an account for the server"))
}

fn new_folder(account: Option<&Account>) -> PathBuf {
    static FOLDERS: AtomicU32 = AtomicU32::new(0);
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_nanos();
    let name = format!("switchhook-pg-{}-{}-{nanos}", id(), FOLDERS.fetch_add(1, Relaxed));
    let folder = env::temp_dir().join(name);
    fs::create_dir(&folder).expect("a temporary folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("its permissions");
    if let Some(account) = account {
        chown(&folder, Some(account.user), Some(account.group)).expect("its owner");
    }
    folder
}

/// A port below those that outgoing connections get, so that nobody takes it while the server is
/// down.
fn free_port(attempt: u32) -> u16 {
    static PORTS: AtomicU32 = AtomicU32::new(0);
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let mut port = nanos.subsec_micros() + id() * 7 + attempt * 101;
    loop {
        port += 1 + PORTS.fetch_add(1, Relaxed);
        let port = 15_000 + u16::try_from(port % 15_000).expect("below 15,000");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
