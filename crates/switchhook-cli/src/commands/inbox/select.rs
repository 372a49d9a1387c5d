//! Which deliveries are meant.

use std::{sync::Arc, time::SystemTime};

use indicatif::ProgressBar;
use switchhook::{
    dispatch::{DeliveryId, StoreError},
    inbox::{Filter, Inbox, State, Summary},
};

use crate::{
    exit::{Exit, usage},
    families::family,
    progress::bar,
    store::{InboxArgs, failed},
    when::moment,
};

/// How many deliveries are asked for, changed or sent at once.
pub(super) const PORTION: usize = 100;

/// Conditions, all of which have to hold.
#[derive(clap::Args)]
pub(super) struct Conditions {
    /// Only those of this family, such as twilio.video
    #[arg(long, value_name = "NAME")]
    family: Option<String>,

    /// Only those of this event, such as room-ended
    #[arg(long, value_name = "NAME")]
    event: Option<String>,

    /// Only those about the thing with this SID: a room, a call, a message
    #[arg(long, value_name = "SID")]
    sid: Option<String>,

    /// Only those that came to this path, such as /twilio/video
    #[arg(long, value_name = "PATH")]
    route: Option<String>,

    /// Only those that came at this time or later: 2026-01-31T12:00:00Z, or an age such as 2h, 7d
    #[arg(long, value_name = "TIME", value_parser = moment)]
    since: Option<SystemTime>,

    /// Only those that came before this time
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<SystemTime>,
}

impl Conditions {
    pub(super) fn filter(&self) -> anyhow::Result<Filter> {
        let mut filter = Filter::new();
        if let Some(name) = &self.family {
            filter = filter.family(family(name)?.name);
        }
        if let Some(event) = &self.event {
            filter = filter.event(event);
        }
        if let Some(sid) = &self.sid {
            filter = filter.subject(sid);
        }
        if let Some(route) = &self.route {
            filter = filter.route(route);
        }
        if let Some(since) = self.since {
            filter = filter.since(since);
        }
        if let Some(until) = self.until {
            filter = filter.until(until);
        }
        Ok(filter)
    }
}

/// States of `--state`.
#[derive(clap::Args)]
pub(super) struct States {
    /// Only those in this state: pending, leased, retry, done, dead; several with commas between
    /// them, or any
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = states)]
    state: Vec<Vec<State>>,
}

impl States {
    pub(super) fn filter(&self, filter: Filter) -> Filter {
        self.state.iter().flatten().fold(filter, |filter, state| filter.state(*state))
    }

    fn is_empty(&self) -> bool {
        self.state.is_empty()
    }
}

fn states(text: &str) -> Result<Vec<State>, String> {
    match text {
        "any" => Ok(State::ALL.to_vec()),
        state => state.parse().map(|state| vec![state]).map_err(|error| format!("{error}, or any")),
    }
}

/// Deliveries by their ids, or by conditions, for what is to be done with them.
#[derive(clap::Args)]
pub(super) struct Selection {
    /// Ids of deliveries, whatever their state: ev_ and 32 digits, or the beginning of one that
    /// no other has
    #[arg(value_name = "ID")]
    ids: Vec<String>,

    #[command(flatten)]
    states: States,

    #[command(flatten)]
    conditions: Conditions,
}

/// Deliveries that are to be changed.
#[derive(clap::Args)]
pub(super) struct Changes {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    inbox: InboxArgs,

    /// Do it with more than one delivery
    #[arg(long)]
    confirm: bool,
}

/// What was selected, the oldest first.
pub(super) struct Selected {
    /// The filter that lets them through, without their ids.
    filter: Filter,
    pub(super) deliveries: Vec<Found>,
    /// Whether each was named by its id.
    named: bool,
}

/// A delivery that was selected.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) id: DeliveryId,
    state: State,
}

impl Selection {
    /// Refuses to change everything for want of a word.
    ///
    /// # Errors
    ///
    /// When there are neither ids nor conditions.
    fn check(&self) -> anyhow::Result<()> {
        if !self.ids.is_empty() || !self.states.is_empty() || !self.conditions.filter()?.is_empty()
        {
            return Ok(());
        }
        Err(usage("which deliveries? Name ids or conditions, or --state dead for all dead letters"))
    }

    /// Finds the deliveries; without ids and states those in the `usual` ones.
    ///
    /// # Errors
    ///
    /// An id that there is not, and what the inbox says.
    pub(super) async fn find(
        &self,
        inbox: &dyn Inbox,
        usual: &[State],
    ) -> anyhow::Result<Selected> {
        let mut filter = self.states.filter(self.conditions.filter()?);
        if self.ids.is_empty() && self.states.is_empty() {
            filter = usual.iter().fold(filter, |filter, state| filter.state(*state));
        }
        let mut wanted = filter.clone();
        for text in &self.ids {
            wanted = wanted.id(resolve(inbox, text).await?);
        }
        let mut deliveries = Vec::new();
        each(inbox, &wanted, |summary| {
            deliveries.push(Found { id: summary.id, state: summary.state });
        })
        .await?;
        deliveries.reverse();
        Ok(Selected { filter, deliveries, named: !self.ids.is_empty() })
    }
}

impl Changes {
    /// Finds the deliveries, dead letters unless told otherwise; none where the change of this name
    /// has to be confirmed, which is said then.
    ///
    /// # Errors
    ///
    /// When nothing is named, and those of [`Selection::find`].
    pub(super) async fn find(
        &self,
        what: &str,
    ) -> anyhow::Result<Option<(Arc<dyn Inbox>, Selected)>> {
        self.selection.check()?;
        let inbox = self.inbox.open().await?;
        let selected = self.selection.find(&*inbox, &[State::Dead]).await?;
        Ok(selected.is_confirmed(self.confirm, what).then_some((inbox, selected)))
    }
}

impl Selected {
    /// Changes them in portions, and says how many were `changed`, and that those are left alone
    /// which `are` something.
    ///
    /// # Errors
    ///
    /// Those of the inbox.
    pub(super) async fn change(
        &self,
        changed: &str,
        are: &str,
        mut change: impl AsyncFnMut(&Filter, usize) -> Result<usize, StoreError>,
    ) -> anyhow::Result<Exit> {
        let bar = progress(self.deliveries.len());
        let mut count = 0;
        for (filter, portion) in self.portions() {
            count += change(&filter, portion).await.map_err(|e| failed(&e))?;
            bar.inc(portion as u64);
        }
        bar.finish_and_clear();
        let left = self.deliveries.len() - count;
        if left > 0 {
            eprintln!("left alone: {left}, which {are} or have changed meanwhile");
        }
        done(count, changed)
    }

    /// Whether to go on: more than one delivery that was not named by its id needs the caller's
    /// word. Without it, says how many there are.
    fn is_confirmed(&self, confirm: bool, what: &str) -> bool {
        let count = self.deliveries.len();
        if confirm || self.named || count <= 1 {
            return true;
        }
        let counts = State::ALL.map(|state| {
            let count = self.deliveries.iter().filter(|found| found.state == state).count();
            (state, count)
        });
        let counts: Vec<_> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(state, count)| format!("{count} {state}"))
            .collect();
        eprintln!("would {what} {count} deliveries ({}); --confirm does it", counts.join(", "));
        false
    }

    /// In portions: filters that let exactly these deliveries through, as long as what was asked
    /// for holds for them.
    fn portions(&self) -> impl Iterator<Item = (Filter, usize)> {
        self.deliveries.chunks(PORTION).map(|portion| {
            let filter =
                portion.iter().fold(self.filter.clone(), |filter, found| filter.id(found.id));
            (filter, portion.len())
        })
    }
}

/// Calls `see` with each delivery that the filter lets through, the newest first.
pub(super) async fn each(
    inbox: &dyn Inbox,
    filter: &Filter,
    mut see: impl FnMut(&Summary),
) -> anyhow::Result<()> {
    let mut before = None;
    loop {
        let page = inbox.list(filter, before, PORTION).await.map_err(|e| failed(&e))?;
        page.iter().for_each(&mut see);
        match page.last() {
            Some(last) if page.len() == PORTION => before = Some(last.number),
            _ => return Ok(()),
        }
    }
}

/// The one delivery whose id this is, or begins so.
pub(super) async fn resolve(inbox: &dyn Inbox, text: &str) -> anyhow::Result<DeliveryId> {
    let filter = Filter::new().id_prefix(text).ok_or_else(|| {
        usage(format!(
            "{text:?} is no id: it is ev_ and 32 hexadecimal digits, or the first of them"
        ))
    })?;
    match &inbox.list(&filter, None, 2).await.map_err(|e| failed(&e))?[..] {
        [] => Err(anyhow::anyhow!("there is no delivery {text}")),
        [only] => Ok(only.id),
        _ => Err(usage(format!("several ids begin with {text}: give more of its digits"))),
    }
}

/// A bar where there is more to do than one portion.
pub(super) fn progress(count: usize) -> ProgressBar {
    if count <= PORTION { ProgressBar::hidden() } else { bar(count) }
}

/// How a change ends: told as data.
pub(super) fn done(count: usize, what: &str) -> anyhow::Result<Exit> {
    crate::commands::say(format_args!("{count} {what}"))?;
    Ok(Exit::Ok)
}
