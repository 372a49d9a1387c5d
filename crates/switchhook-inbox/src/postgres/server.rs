//! The server, and how to get a connection to it.

use std::{future::poll_fn, time::Duration};

use deadpool_postgres::{Manager, ManagerConfig, RecyclingMethod};
use switchhook_dispatch::StoreError;
use tokio::{sync::mpsc, time::timeout};
use tokio_postgres::{
    AsyncMessage, Client, Config, NoTls, Notification, Socket,
    config::{SslMode, SslNegotiation, TargetSessionAttrs},
    tls::MakeTlsConnect,
};

use super::{PostgresOptions, error::Failure, unusable};
use crate::percent;

/// A server by its URL, with the settings of our sessions.
#[derive(Clone)]
pub(super) struct Server {
    config: Config,
    tls: Tls,
    connect_timeout: Duration,
}

#[derive(Clone)]
enum Tls {
    None,
    #[cfg(feature = "postgres-tls")]
    Rustls(tokio_postgres_rustls::MakeRustlsConnect),
}

/// What a URL asks for beyond what the driver reads.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    tls: Option<bool>,
    roots: Option<String>,
}

impl Server {
    pub(super) fn parse(url: &str, options: &PostgresOptions) -> Result<Self, StoreError> {
        let (url, asked) = take_asked(url)?;
        // What the driver says of a URL may quote it.
        let mut config: Config = url.parse().map_err(|_| unusable("the URL cannot be read"))?;
        let tls = asked.tls.unwrap_or(config.get_ssl_mode() == SslMode::Require)
            || config.get_ssl_negotiation() == SslNegotiation::Direct;
        let session = session_options(config.get_options(), options.time_limit);
        config
            .ssl_mode(if tls { SslMode::Require } else { SslMode::Disable })
            .target_session_attrs(TargetSessionAttrs::ReadWrite)
            .connect_timeout(options.connect_timeout)
            .options(session);
        if config.get_application_name().is_none() {
            config.application_name("switchhook");
        }
        // The driver's own default is two hours.
        if config.get_keepalives_idle() >= Duration::from_secs(7200) {
            config.keepalives_idle(Duration::from_secs(30));
            config.keepalives_interval(Duration::from_secs(10)).keepalives_retries(3);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(options.time_limit + Duration::from_secs(10));
        }
        let tls = if tls { Tls::required(asked.roots.as_deref())? } else { Tls::None };
        Ok(Self { config, tls, connect_timeout: options.connect_timeout })
    }

    /// What makes the connections of a pool.
    pub(super) fn manager(&self) -> Manager {
        let (config, recycle) =
            (self.config.clone(), ManagerConfig { recycling_method: RecyclingMethod::Fast });
        match &self.tls {
            Tls::None => Manager::from_config(config, NoTls, recycle),
            #[cfg(feature = "postgres-tls")]
            Tls::Rustls(tls) => Manager::from_config(config, tls.clone(), recycle),
        }
    }

    /// A connection of its own, and what the server notifies it of.
    pub(super) async fn open(&self) -> Result<(Client, mpsc::Receiver<Notification>), Failure> {
        // The driver's own time-out ends with the first packet.
        let opened = timeout(self.connect_timeout, async {
            match &self.tls {
                Tls::None => self.open_with(NoTls).await,
                #[cfg(feature = "postgres-tls")]
                Tls::Rustls(tls) => self.open_with(tls.clone()).await,
            }
        });
        let opened = opened.await.map_err(|_| Failure::unavailable("no connection in time"))?;
        Ok(opened?)
    }

    async fn open_with<T>(
        &self,
        tls: T,
    ) -> Result<(Client, mpsc::Receiver<Notification>), tokio_postgres::Error>
    where
        T: MakeTlsConnect<Socket>,
        T::Stream: Send + 'static,
    {
        let (client, mut connection) = self.config.connect(tls).await?;
        let (tell, told) = mpsc::channel(64);
        tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await
            {
                if let AsyncMessage::Notification(notification) = message {
                    // Hints that nobody has time for are as good as one.
                    let _ = tell.try_send(notification);
                }
            }
        });
        Ok((client, told))
    }
}

impl Tls {
    #[cfg(not(feature = "postgres-tls"))]
    fn required(_: Option<&str>) -> Result<Self, StoreError> {
        Err(unusable("the URL asks for TLS, which is the feature `postgres-tls`"))
    }

    #[cfg(feature = "postgres-tls")]
    fn required(roots: Option<&str>) -> Result<Self, StoreError> {
        use std::sync::Arc;

        use rustls::{
            ClientConfig, RootCertStore,
            crypto::ring,
            pki_types::{CertificateDer, pem::PemObject},
        };

        let mut known = RootCertStore::empty();
        if let Some(file) = roots {
            let unreadable = || unusable("the file that sslrootcert names cannot be read");
            for root in CertificateDer::pem_file_iter(file).map_err(|_| unreadable())? {
                known.add(root.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
            }
            if known.is_empty() {
                return Err(unusable("the file that sslrootcert names has no certificate"));
            }
        } else {
            known.roots.extend_from_slice(webpki_roots::TLS_SERVER_ROOTS);
        }
        // Named, since a program may have two of them and no default.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| unusable("TLS cannot be set up"))?
            .with_root_certificates(known)
            .with_no_client_auth();
        Ok(Self::Rustls(tokio_postgres_rustls::MakeRustlsConnect::new(config)))
    }
}

/// Takes `sslmode` and `sslrootcert` out of a URL: the driver knows half of the modes and no
/// files.
fn take_asked(url: &str) -> Result<(String, Asked), StoreError> {
    let mut asked = Asked::default();
    let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let Some((base, query)) = url.split_once('?').filter(|_| is_url) else {
        return Ok((url.to_owned(), asked));
    };
    let mut rest = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslmode", "disable" | "allow" | "prefer")) => asked.tls = Some(false),
            Some(("sslmode", "require" | "verify-ca" | "verify-full")) => asked.tls = Some(true),
            Some(("sslmode", _)) => return Err(unusable("the URL's sslmode is unknown")),
            Some(("sslrootcert", file)) => {
                let file = percent::decoded(file);
                asked.roots = Some(file.ok_or_else(|| unusable("the URL cannot be read"))?);
            }
            _ => rest.push(pair),
        }
    }
    let rest = rest.join("&");
    Ok((if rest.is_empty() { base.to_owned() } else { format!("{base}?{rest}") }, asked))
}

/// What holds for each statement of a session, after what the URL itself sets: a commit is one,
/// nothing takes for ever, and a lock outlives a lost client only briefly.
fn session_options(given: Option<&str>, limit: Duration) -> String {
    let millis = limit.as_millis();
    let given = given.unwrap_or_default();
    format!(
        r"{given} -c synchronous_commit=on -c statement_timeout={millis} -c idle_in_transaction_session_timeout={} -c default_transaction_isolation=read\ committed",
        millis + 10_000,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_url_asks_of_tls_is_taken_out() {
        for (url, rest, tls, roots) in [
            ("postgres://a@b/c", "postgres://a@b/c", None, None),
            ("postgres://a@b/c?sslmode=verify-full", "postgres://a@b/c", Some(true), None),
            ("postgresql://b?sslmode=prefer&x=1", "postgresql://b?x=1", Some(false), None),
            (
                "postgres://b?x=1&sslmode=require&sslrootcert=%2Fca%20+.pem&y=2",
                "postgres://b?x=1&y=2",
                Some(true),
                Some("/ca +.pem"),
            ),
            ("host=b sslmode=require", "host=b sslmode=require", None, None),
        ] {
            let asked = Asked { tls, roots: roots.map(str::to_owned) };
            assert_eq!(take_asked(url).unwrap(), (rest.to_owned(), asked), "{url}");
        }
        for url in
            ["postgres://b?sslmode=on", "postgres://b?sslmode=", "postgres://b?sslrootcert=%f"]
        {
            assert!(take_asked(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_url_that_asks_for_tls_never_gets_clear_text() {
        let options = PostgresOptions::default();
        for (url, mode) in [
            ("postgres://b", SslMode::Disable),
            ("postgres://b?sslmode=prefer", SslMode::Disable),
            ("postgres://b?sslmode=require", SslMode::Require),
            ("postgres://b?sslmode=verify-ca", SslMode::Require),
            ("host=b sslmode=require", SslMode::Require),
            ("postgres://b?sslnegotiation=direct", SslMode::Require),
        ] {
            let server = Server::parse(url, &options);
            if mode == SslMode::Require && !cfg!(feature = "postgres-tls") {
                let error = server.err().expect("refused");
                assert!(error.to_string().contains("postgres-tls"), "{error}");
            } else {
                assert_eq!(server.unwrap().config.get_ssl_mode(), mode, "{url}");
            }
        }
        let error = Server::parse("postgres://canary:canary@b:x/canary", &options).err().unwrap();
        assert!(!error.to_string().contains("canary"), "{error}");
    }
}
