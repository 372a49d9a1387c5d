//! How fast deliveries are accepted: a measurement, not a test.

use std::{sync::Arc, time::Instant};

use switchhook_dispatch::Store as _;
use switchhook_inbox::PostgresInbox;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{client, incoming, server};

const TASKS: usize = 64;
const EACH: usize = 150;
const POOL: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: --release -- --ignored --nocapture"]
async fn accepting_against_a_bare_insert() {
    let Some(server) = server::start() else { return };
    for round in 0..3 {
        let url = server.database();
        let inbox = PostgresInbox::options().pool_size(POOL).connect(&url).await.unwrap();
        let accepts = measure(move |task, n| {
            let inbox = inbox.clone();
            async move {
                inbox.accept(incoming(&format!("{task} {n}"))).await.unwrap();
            }
        })
        .await;

        // The same columns without what makes it an inbox.
        let bare = client(&url).await;
        bare.batch_execute(
            "CREATE TABLE bare (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id bytea UNIQUE,
                 route text, family text, method text, target text, body bytea)",
        )
        .await
        .unwrap();
        let mut clients = Vec::new();
        for _ in 0..POOL {
            let client = client(&url).await;
            let insert = "INSERT INTO bare (id, route, family, method, target, body)
                          VALUES ($1, $2, $3, $4, $5, $6)";
            clients.push((client.prepare(insert).await.unwrap(), client));
        }
        let clients = Arc::new(clients);
        let places: Arc<Vec<Semaphore>> = Arc::new((0..POOL).map(|_| Semaphore::new(1)).collect());
        let inserts = measure(move |task, n| {
            let (clients, places) = (Arc::clone(&clients), Arc::clone(&places));
            async move {
                let _place = places[task % POOL].acquire().await.unwrap();
                let (insert, client) = &clients[task % POOL];
                let incoming = incoming(&format!("{task} {n}"));
                let (id, body) = (incoming.id.to_bytes(), &incoming.request.body()[..]);
                let (method, target) = ("POST", "/video");
                client
                    .execute(
                        insert,
                        &[&&id[..], &incoming.route, &incoming.family, &method, &target, &body],
                    )
                    .await
                    .unwrap();
            }
        })
        .await;
        println!(
            "round {round}: {accepts:.0} accepts/s, {inserts:.0} bare inserts/s, ratio {:.2}",
            accepts / inserts
        );
    }
}

/// How many per second, with 64 tasks at once.
async fn measure<F: Future<Output = ()> + Send>(
    each: impl Fn(usize, usize) -> F + Clone + Send + 'static,
) -> f64 {
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let each = each.clone();
        tasks.spawn(async move {
            for n in 0..EACH {
                each(task, n).await;
            }
        });
    }
    tasks.join_all().await;
    #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
    let count = (TASKS * EACH) as f64;
    count / started.elapsed().as_secs_f64()
}
