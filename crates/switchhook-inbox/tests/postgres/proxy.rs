//! A proxy on loopback that loses answers.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub(crate) struct Proxy {
    port: u16,
    server_port: u16,
    plan: Arc<Plan>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Plan {
    /// What a connection must have sent, and which answer is lost together with it.
    cut: Mutex<Option<(String, String)>>,
    cuts: AtomicUsize,
    /// Of the connections that there are.
    silent: Mutex<Arc<AtomicBool>>,
}

impl Proxy {
    pub(crate) async fn start((host, server_port): (&'static str, u16)) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let plan = Arc::new(Plan::default());
        let task = tokio::spawn({
            let plan = Arc::clone(&plan);
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    let server = TcpStream::connect((host, server_port)).await.unwrap();
                    tokio::spawn(forward(client, server, Arc::clone(&plan)));
                }
            }
        });
        Self { port, server_port, plan, task }
    }

    /// The URL of a database, by way of the proxy.
    pub(crate) fn url(&self, url: &str) -> String {
        url.replace(&format!(":{}/", self.server_port), &format!(":{}/", self.port))
    }

    /// Cuts the next connection that has sent the one, when the server's answer, a command's
    /// tag, is on its way.
    pub(crate) fn cut(&self, sent: &str, answered: &str) {
        self.plan.cuts.store(0, SeqCst);
        let answered = format!("{answered}\0");
        *self.plan.cut.lock().unwrap() = Some((sent.to_owned(), answered));
    }

    /// How many connections were cut since.
    pub(crate) fn cuts(&self) -> usize {
        self.plan.cuts.load(SeqCst)
    }

    /// Lets no answer through on the connections that there are.
    pub(crate) fn silence(&self) {
        let silent = std::mem::take(&mut *self.plan.silent.lock().unwrap());
        silent.store(true, SeqCst);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn forward(mut client: TcpStream, mut server: TcpStream, plan: Arc<Plan>) {
    let silent = Arc::clone(&plan.silent.lock().unwrap());
    let (mut sent, mut questions, mut answers) = (Vec::new(), vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut questions) => {
                let Ok(length @ 1..) = read else { return };
                sent.extend_from_slice(&questions[..length]);
                if server.write_all(&questions[..length]).await.is_err() {
                    return;
                }
            }
            read = server.read(&mut answers) => {
                let Ok(length @ 1..) = read else { return };
                if plan.loses(&sent, &answers[..length]) {
                    return;
                }
                if !silent.load(SeqCst) && client.write_all(&answers[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}

impl Plan {
    fn loses(&self, sent: &[u8], answers: &[u8]) -> bool {
        let has = |bytes: &[u8], text: &str| {
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        };
        let mut cut = self.cut.lock().unwrap();
        let lost = cut
            .as_ref()
            .is_some_and(|(question, answer)| has(answers, answer) && has(sent, question));
        if lost {
            *cut = None;
            self.cuts.fetch_add(1, SeqCst);
        }
        lost
    }
}
