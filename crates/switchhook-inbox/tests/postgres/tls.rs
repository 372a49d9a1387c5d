//! TLS to the server, with an authority made for the test.

use std::{fs, os::unix::fs::chown, path::Path, process::Command};

use switchhook_dispatch::Store as _;
use switchhook_inbox::PostgresInbox;

use crate::{client, incoming, server, value};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_is_what_a_url_that_asks_for_it_gets() {
    let Some(server) = server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    if Command::new("openssl").arg("version").output().is_err() {
        assert!(std::env::var_os("SWITCHHOOK_REQUIRE_POSTGRES").is_none(), "there is no openssl");
        eprintln!("left out: there is no openssl on this machine");
        return;
    }
    let (known, stranger) = (folder.path().join("known.pem"), folder.path().join("stranger.pem"));
    authority(folder.path(), "stranger");
    authority(folder.path(), "known");
    openssl(
        folder.path(),
        "req -new -nodes -newkey rsa:2048 -keyout server.key -out server.csr -subj /CN=localhost",
    );
    fs::write(folder.path().join("names"), "subjectAltName=DNS:localhost\n").unwrap();
    openssl(
        folder.path(),
        "x509 -req -in server.csr -CA known.pem -CAkey known.key -CAcreateserial -days 2 -extfile names -out server.crt",
    );
    let data = server.data();
    let owner = fs::metadata(&data).unwrap();
    let (user, group) = {
        use std::os::unix::fs::MetadataExt as _;
        (owner.uid(), owner.gid())
    };
    for file in ["server.key", "server.crt"] {
        fs::copy(folder.path().join(file), data.join(file)).unwrap();
        chown(data.join(file), Some(user), Some(group)).unwrap();
    }
    let settings = data.join("postgresql.conf");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text + "ssl = on\n").unwrap();
    let clear = server.database();
    server.stop_immediate();
    server.start();

    let named = clear.replace("127.0.0.1", "localhost");
    let roots = |file: &Path| format!("sslrootcert={}", file.display());
    for mode in ["require", "verify-ca", "verify-full"] {
        let url = format!("{named}?sslmode={mode}&{}", roots(&known));
        let inbox = PostgresInbox::connect(&url).await.unwrap();
        inbox.accept(incoming(mode)).await.unwrap();
        // Of the pool and of the listener.
        let plain = "SELECT count(*) FILTER (WHERE NOT ssl) || ' of ' || count(*) > '0 of 1'
                     FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                     WHERE application_name = 'switchhook'";
        let client = client(&clear).await;
        assert_eq!(value(&client, plain).await.as_deref(), Some("true"), "{mode}");
        let clear_text = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                          WHERE application_name = 'switchhook' AND NOT ssl";
        assert_eq!(value(&client, clear_text).await.as_deref(), Some("0"), "{mode}");
        // An unknown authority, another name than the certificate's, and Mozilla's roots.
        for url in [
            format!("{named}?sslmode={mode}&{}", roots(&stranger)),
            format!("{clear}?sslmode={mode}&{}", roots(&known)),
            format!("{named}?sslmode={mode}"),
            format!("{named}?sslmode={mode}&sslrootcert=/nowhere"),
        ] {
            assert!(PostgresInbox::connect(&url).await.is_err(), "{url}");
        }
    }
}

fn authority(folder: &Path, name: &str) {
    openssl(
        folder,
        &format!(
            "req -x509 -nodes -newkey rsa:2048 -keyout {name}.key -out {name}.pem -days 2 -subj /CN={name}"
        ),
    );
}

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
