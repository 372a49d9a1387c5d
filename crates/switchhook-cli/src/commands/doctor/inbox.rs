//! Can the inbox be written?

use std::{fs, path::Path};

use bytes::Bytes;
use http::Request;
use switchhook::{
    dispatch::{DeliveryId, Incoming, StoreError},
    inbox::{Filter, Inbox, State},
};

use super::report::Report;
use crate::store::{Location, Open};

const NAME: &str = "inbox";

/// The id of what is written to see whether anything can be.
const PROBE: [u8; 16] = *b"switchhook probe";

pub(super) async fn check(report: &mut Report, location: Option<Location>) {
    let Some(location) = location else {
        return report.skipped(NAME, "no inbox is named: deliveries are not kept");
    };
    if let Location::Sqlite(path) = &location
        && !path.exists()
    {
        return check_folder(report, path, &location);
    }
    let inbox = match location.open(Open::Existing).await {
        Ok(inbox) => inbox,
        Err(error) => {
            let advice = "name an inbox that is there and that this user may open; `switchhook \
                          listen` and applications make and migrate theirs when they start";
            return report.fail(NAME, format!("{error:#}"), advice);
        }
    };
    match write(&*inbox).await {
        Ok(()) => {
            let stats = inbox.stats().await;
            let waiting = stats.map(|stats| stats.count(State::Dead)).unwrap_or_default();
            report.ok(NAME, format!("{location} can be written"));
            if waiting > 0 {
                report.warn(
                    NAME,
                    format!("{location} has {waiting} dead letters"),
                    "look at them: switchhook inbox dead",
                );
            }
        }
        Err(error) => report.fail(
            NAME,
            format!("{location} cannot be written: {error}"),
            "let this user write it, and see whether the disk is full",
        ),
    }
}

/// Writes a delivery and deletes it again: a dead letter, so that no worker ever takes it.
async fn write(inbox: &dyn Inbox) -> Result<(), StoreError> {
    let id = DeliveryId::from_bytes(PROBE);
    let incoming = Incoming::new(id, "/", "switchhook", Request::new(Bytes::new()));
    inbox.bury(incoming, "a probe of switchhook doctor").await?;
    inbox.remove(&Filter::new().id(id), 1).await?;
    Ok(())
}

/// Of an inbox that is not there yet: whether it can be made.
fn check_folder(report: &mut Report, path: &Path, location: &Location) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let probe = folder.join(format!(".switchhook-doctor-{}", std::process::id()));
    let made = fs::OpenOptions::new().write(true).create_new(true).open(&probe);
    match made.and_then(|_| fs::remove_file(&probe)) {
        Ok(()) => report.ok(NAME, format!("{location} is not there yet and can be made")),
        Err(error) => report.fail(
            NAME,
            format!("{location} is not there and cannot be made: {error}"),
            "make its folder, and let this user write it",
        ),
    }
}
