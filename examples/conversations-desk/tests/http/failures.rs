//! What goes wrong, and what becomes of it.

use serde_json::json;

use super::{App, EVENT, KEY, event, message};

#[tokio::test]
async fn what_cannot_be_used_is_a_dead_letter() {
    let app = App::start().await;
    app.tell(EVENT, &event("onMessageAdded", &[("MessageSid", "")])).await;
    let dead = app.dead().await;
    assert_eq!(
        (dead.len(), dead[0].event.as_deref(), dead[0].attempts),
        (1, Some("onMessageAdded"), 1)
    );
    assert!(dead[0].error.as_ref().unwrap().contains("MessageSid is missing"), "{dead:?}");
    // An unreadable value costs itself alone.
    app.tell(EVENT, &message(1, "Hello").replace("Index=1", "Index=first")).await;
    let last = &app.conversation("CH1").await["last_message"];
    assert_eq!((&last["index"], &last["body"]), (&json!(null), &json!("Hello")));
}

#[tokio::test]
async fn a_failure_is_tried_again_until_it_is_mended() {
    let app = App::start().await;
    let sql = app.sql();
    sql.execute("alter table messages rename to away", []).unwrap();
    app.tell(EVENT, &message(1, "Hello")).await;
    app.failed_once().await;
    // Of the tries that failed nothing is left.
    let rows: u32 =
        sql.query_row("select count(*) from conversations", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
    sql.execute("alter table away rename to messages", []).unwrap();
    assert_eq!(app.conversation("CH1").await["last_message"]["body"], "Hello");
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_acknowledged() {
    let app = App::start().await;
    app.lose_database();
    assert_eq!(app.ask_with(KEY, EVENT, &message(1, "Hello")).await.0, 503);
}
