//! What a run makes anew, and the templates that are filled with it.
//!
//! `${name}` is a value of the run, `${count:name}` a counter from 0. `${sid:RM}`, `${uuid}`,
//! `${hex:8}` and `${digits:8}` are made anew each time. `${iso}`, `${rfc2822}`, `${epoch}` and
//! `${millis}` are the time of the event, or with `@8` eight seconds after the beginning.

use std::collections::HashMap;

use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};

use super::table::Texts;
use crate::commands::trigger::request::uuid;

/// The values of one run.
#[derive(Debug)]
pub(super) struct Values {
    named: HashMap<String, String>,
    counts: HashMap<String, u64>,
    beginning: Timestamp,
}

impl Values {
    /// Makes the values of a run that began then.
    ///
    /// # Errors
    ///
    /// A template that cannot be filled.
    pub(super) fn new(texts: &Texts, beginning: Timestamp) -> anyhow::Result<Self> {
        let mut values = Self { named: HashMap::new(), counts: HashMap::new(), beginning };
        for (name, template) in &texts.0 {
            let template = template.as_deref().with_context(|| format!("{name} is null"))?;
            let value = values.fill(template, 0)?;
            values.named.insert(name.clone(), value);
        }
        Ok(values)
    }

    /// Fills a template for an event so many seconds after the beginning.
    ///
    /// # Errors
    ///
    /// When it names what there is not.
    pub(super) fn fill(&mut self, template: &str, at: u32) -> anyhow::Result<String> {
        let mut filled = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            let (place, after) =
                after.split_once('}').with_context(|| format!("{template:?} has no }}"))?;
            filled.push_str(before);
            filled.push_str(&self.value(place, at)?);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn value(&mut self, place: &str, at: u32) -> anyhow::Result<String> {
        if let Some(value) = self.named.get(place) {
            return Ok(value.clone());
        }
        let number = |text: &str| text.parse().with_context(|| format!("{place:?} has no number"));
        match place.split_once(':') {
            Some(("sid", prefix)) => return Ok(format!("{prefix}{:032x}", fastrand::u128(..))),
            Some(("hex", count)) => return Ok(random(16, number(count)?)),
            Some(("digits", count)) => return Ok(random(10, number(count)?)),
            Some(("count", name)) => {
                let count = self.counts.entry(name.to_owned()).or_default();
                *count += 1;
                return Ok((*count - 1).to_string());
            }
            Some(_) => bail!("nothing is named {place:?}"),
            None if place == "uuid" => return Ok(uuid()),
            None => {}
        }
        let (form, at) = match place.split_once('@') {
            Some((form, at)) => (form, number(at)?),
            None => (place, at),
        };
        let time = self.beginning + SignedDuration::from_secs(at.into());
        Ok(match form {
            "iso" => format!("{time:.3}"),
            "rfc2822" => time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
            "epoch" => format!("{}.{:06}", time.as_second(), time.subsec_microsecond()),
            "millis" => time.as_millisecond().to_string(),
            _ => bail!("nothing is named {place:?}"),
        })
    }
}

/// Random digits to this base, the first of them no zero.
fn random(base: u32, count: u32) -> String {
    let digit = |least| char::from_digit(fastrand::u32(least..base), base).unwrap_or_default();
    (0..count).map(|place| digit(u32::from(place == 0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> anyhow::Result<Values> {
        let texts = pairs.iter().map(|(name, text)| ((*name).into(), Some((*text).into())));
        Values::new(&Texts(texts.collect()), "2026-03-04T10:11:12.345678Z".parse().unwrap())
    }

    #[test]
    fn templates_are_filled() {
        let mut values = values(&[("room", "RM1"), ("name", "a-${room}-${digits:4}")]).unwrap();
        let mut fill = |template| values.fill(template, 8).unwrap();
        let name = fill("${name}");
        assert!(name.starts_with("a-RM1-") && name.len() == 10, "{name}");
        for (template, expected) in [
            ("", ""),
            ("a$b}{", "a$b}{"),
            ("${room}/${room}", "RM1/RM1"),
            ("${count:a}${count:a}${count:b}", "010"),
            ("${iso}", "2026-03-04T10:11:20.345Z"),
            ("${iso@0}", "2026-03-04T10:11:12.345Z"),
            ("${rfc2822}", "Wed, 04 Mar 2026 10:11:20 +0000"),
            ("${epoch@1}", "1772619073.345678"),
            ("${millis}", "1772619080345"),
        ] {
            assert_eq!(fill(template), expected, "{template}");
        }
        assert_eq!(fill("${sid:RM}").len(), 34);
        assert_ne!(fill("${sid:RM}"), fill("${sid:RM}"));
        assert_ne!(fill("${uuid}"), fill("${uuid}"));
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        for template in ["${", "${a", "${room}", "${sid}", "${sidd:RM}", "${hex:x}", "${iso@x}"] {
            assert!(values(&[("a", template)]).is_err(), "{template}");
        }
    }
}
