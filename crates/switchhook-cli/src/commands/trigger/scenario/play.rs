//! Sends the requests of a scenario, one after the other.

use std::{thread::sleep, time::Duration};

use anyhow::Context;
use bytes::Bytes;
use http::Request;
use switchhook::{EventInfo, Payload, twiml::Document};

use super::{
    call::{self, LONGEST_CALL, Visited},
    events::Events,
    order::{Duplicates, Place, shuffle},
    report::{Line, Report, Signed, head},
    routes::Routes,
    table::{Step, Visit},
    values::Values,
};
use crate::{
    commands::trigger::{
        payload::payload,
        request::{Answer, Sealer, Sender, is_get, target},
    },
    exit::{Exit, unreachable},
};

/// How a scenario is played.
pub(super) struct Manner {
    pub(super) repeat: u32,
    pub(super) delay: Duration,
    pub(super) percent: u32,
    pub(super) shuffle: bool,
    pub(super) seed: u64,
    pub(super) signed: Signed,
}

/// Plays a scenario.
pub(super) struct Player<'a> {
    events: &'a Events<'a>,
    routes: &'a Routes,
    sealer: &'a Sealer,
    manner: &'a Manner,
    sender: Sender,
    report: Report,
    random: fastrand::Rng,
    duplicates: Duplicates,
    /// What is sent again, and after how many requests.
    waiting: Vec<(usize, Delivery, Answer)>,
    sent: usize,
    /// How many steps are still to come.
    left: usize,
}

/// A request with what is told of it.
struct Delivery {
    request: Request<Bytes>,
    event: &'static EventInfo,
    /// The URL that was signed.
    url: String,
    run: usize,
    step: String,
}

/// A step of a run, ready to be sent.
struct Ready {
    run: usize,
    number: usize,
    step: &'static Step,
    event: &'static EventInfo,
    payload: Payload,
}

impl Ready {
    /// The number of what has followed from the answer.
    fn follower(&self, count: usize) -> String {
        format!("{}.{count}", self.number)
    }
}

/// Plays a scenario to its end.
///
/// # Errors
///
/// When nobody answers, or stdout cannot be written.
pub(super) fn play(
    events: &Events<'_>,
    routes: &Routes,
    sealer: &Sealer,
    manner: &Manner,
) -> anyhow::Result<Exit> {
    let (mut runs, steps) = ready(events, manner.repeat)?;
    let mut random = fastrand::Rng::with_seed(manner.seed);
    let order = if manner.shuffle {
        let place =
            |ready: &Ready| Place { run: ready.run, asks: events.family.asks(&ready.payload) };
        shuffle(&steps.iter().map(place).collect::<Vec<_>>(), &mut random)
    } else {
        (0..steps.len()).collect()
    };
    let mut player = Player {
        sender: Sender::new(&routes.to().parse()?),
        report: Report::new(steps.len()),
        duplicates: Duplicates::new(manner.percent, &mut random),
        waiting: Vec::new(),
        sent: 0,
        left: steps.len(),
        random,
        events,
        routes,
        sealer,
        manner,
    };
    let played = order.into_iter().try_for_each(|index| {
        let ready = &steps[index];
        player.step(ready, &mut runs[ready.run])
    });
    let played = played.and_then(|()| player.send_waiting(usize::MAX));
    let seed = (manner.shuffle || manner.percent > 0).then_some(manner.seed);
    let exit = player.report.end(&events.scenario.name, expected(manner.signed), seed);
    played.map(|()| exit)
}

/// The values of all runs, and their steps in the order of the table, run by run.
fn ready(events: &Events<'_>, repeat: u32) -> anyhow::Result<(Vec<Values>, Vec<Ready>)> {
    let scenario = events.scenario;
    // What has happened is told now.
    let length = scenario.steps.iter().map(|step| step.at).max().unwrap_or_default();
    let beginning = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(length.into());
    let (mut runs, mut all) = (Vec::new(), Vec::new());
    for run in 0..repeat as usize {
        let mut values = Values::new(&scenario.values, beginning)?;
        for (index, step) in scenario.steps.iter().enumerate() {
            let (event, pairs) = events.make(&mut values, &step.event, &step.set, step.at)?;
            let payload = payload(event, &pairs)?;
            all.push(Ready { run, number: index + 1, step, event, payload });
        }
        runs.push(values);
    }
    Ok((runs, all))
}

fn expected(signed: Signed) -> &'static str {
    if signed == Signed::Bad { "403" } else { "2xx" }
}

impl Player<'_> {
    /// Sends a step, and what its answer leads to.
    fn step(&mut self, ready: &Ready, values: &mut Values) -> anyhow::Result<()> {
        self.left -= 1;
        let url = self.routes.url(self.events.family, ready.event);
        let get = is_get(ready.event);
        let step = ready.number.to_string();
        let delivery = self.seal(ready.run, step, ready.event, &ready.payload, &url, get)?;
        let document = self.deliver(delivery, !ready.step.follow.is_empty())?;
        match document {
            Some(document) => self.follow(ready, values, url, document),
            None => Ok(()),
        }
    }

    /// Goes on with a call as its answers say, until one leads nowhere.
    fn follow(
        &mut self,
        ready: &Ready,
        values: &mut Values,
        url: String,
        document: Document,
    ) -> anyhow::Result<()> {
        let mut visited = Visited::default();
        let mut next = Some((url, document));
        while let Some((url, document)) = next {
            next = self.verbs(ready, values, &mut visited, &url, &document)?;
        }
        Ok(())
    }

    /// Goes through the verbs of a document: the next one with its URL, where they lead to one.
    fn verbs(
        &mut self,
        ready: &Ready,
        values: &mut Values,
        visited: &mut Visited,
        url: &str,
        document: &Document,
    ) -> anyhow::Result<Option<(String, Document)>> {
        for verb in document.verbs().take_while(|verb| !call::ends(verb)) {
            for (visit, next) in visited.visit(&ready.step.follow, verb) {
                let count = visited.number();
                let to = match self.routes.follow(url, &next.reference) {
                    Ok(_) if count > LONGEST_CALL => Err("the call does not end".to_owned()),
                    to => to,
                };
                let to = match to {
                    Ok(to) => to,
                    Err(problem) => return self.stop(ready, count, visit, &problem),
                };
                let at = ready.step.at + u32::try_from(count)?;
                let (event, pairs) = self.events.make(values, &visit.event, &visit.set, at)?;
                let (step, payload) = (ready.follower(count), payload(event, &pairs)?);
                let delivery = match self.seal(ready.run, step, event, &payload, &to, next.get) {
                    Ok(delivery) => delivery,
                    // No request can have such a URL.
                    Err(error) => return self.stop(ready, count, visit, &error.to_string()),
                };
                self.report.expect_more();
                let answer = self.deliver(delivery, next.goes_on)?;
                if next.goes_on {
                    return Ok(answer.map(|document| (to, document)));
                }
            }
        }
        Ok(None)
    }

    /// Tells why a call stops before this event.
    fn stop(
        &mut self,
        ready: &Ready,
        count: usize,
        visit: &Visit,
        problem: &str,
    ) -> anyhow::Result<Option<(String, Document)>> {
        let line = Line {
            scenario: &self.events.scenario.name,
            run: ready.run + 1,
            step: &ready.follower(count),
            family: self.events.family.name,
            event: &visit.event,
            signed: self.manner.signed,
            expected: expected(self.manner.signed),
            problem: Some(problem),
            ..Line::default()
        };
        self.report.tell(&line)?;
        Ok(None)
    }

    fn seal(
        &self,
        run: usize,
        step: String,
        event: &'static EventInfo,
        payload: &Payload,
        url: &str,
        get: bool,
    ) -> anyhow::Result<Delivery> {
        let mut request = self.sealer.seal(url, payload, get)?;
        let to = self.routes.sent(url).with_context(|| format!("{url} is not of --public-url"))?;
        *request.uri_mut() = target(&to, &request)?;
        Ok(Delivery { request, event, url: url.to_owned(), run, step })
    }

    /// Sends a request, and those whose time it is to be sent again. Where TwiML is wanted, the
    /// document of the answer.
    fn deliver(&mut self, delivery: Delivery, twiml: bool) -> anyhow::Result<Option<Document>> {
        let answer = self.send(&delivery)?;
        let wanted = twiml && self.manner.signed != Signed::Bad && is_2xx(answer.status);
        let document = if wanted { call::read(&answer) } else { Ok(None) };
        self.tell(&delivery, &answer, None, document.as_ref().err().map(String::as_str))?;
        if self.duplicates.next() {
            let later = if self.manner.shuffle { self.random.usize(0..=self.left) } else { 0 };
            self.report.expect_more();
            self.waiting.push((self.sent + later, delivery, answer));
        }
        self.send_waiting(self.sent)?;
        Ok(document.ok().flatten())
    }

    /// Sends again what waits for the time of so many requests.
    fn send_waiting(&mut self, sent: usize) -> anyhow::Result<()> {
        let due = |waiting: &(usize, Delivery, Answer)| waiting.0 <= sent;
        while let Some(found) = self.waiting.iter().position(due) {
            let (_, delivery, first) = self.waiting.remove(found);
            let answer = self.send(&delivery)?;
            let same = (answer.status, &answer.body) == (first.status, &first.body);
            self.tell(&delivery, &answer, Some(same), None)?;
        }
        Ok(())
    }

    fn send(&mut self, delivery: &Delivery) -> anyhow::Result<Answer> {
        if self.sent > 0 {
            sleep(self.manner.delay);
        }
        self.sent += 1;
        self.sender.send(&delivery.request).map_err(|error| {
            let (event, path) = (delivery.event.name, self.routes.path(&delivery.url));
            unreachable(format!("{event} to {path}: {error}"))
        })
    }

    /// Tells of a request; `same` of a duplicate, whether it was answered as before.
    fn tell(
        &mut self,
        delivery: &Delivery,
        answer: &Answer,
        same: Option<bool>,
        problem: Option<&str>,
    ) -> anyhow::Result<()> {
        let refused = self.manner.signed == Signed::Bad;
        let as_expected = if refused { answer.status == 403 } else { is_2xx(answer.status) };
        let line = Line {
            scenario: &self.events.scenario.name,
            run: delivery.run + 1,
            step: &delivery.step,
            family: self.events.family.name,
            event: delivery.event.name,
            method: delivery.request.method().as_str(),
            path: self.routes.path(&delivery.url),
            attempt: 1 + u32::from(same.is_some()),
            duplicate: same.is_some(),
            signed: self.manner.signed,
            status: Some(answer.status),
            expected: expected(self.manner.signed),
            ok: as_expected && problem.is_none(),
            ms: answer.elapsed.as_secs_f64() * 1000.0,
            body: head(&answer.body),
            same_answer: same,
            problem,
        };
        Ok(self.report.tell(&line)?)
    }
}

fn is_2xx(status: u16) -> bool {
    (200..300).contains(&status)
}
