use anyhow::{Context, bail, ensure};

use crate::{
    Curl, Site, markdown,
    shell::{self, Variables},
};

/// The curl lines of a README, in their order.
#[derive(Debug)]
pub struct Readme(pub(crate) Vec<Curl>);

impl Readme {
    /// Reads a README.
    ///
    /// # Errors
    ///
    /// When a command with curl in it is not understood, with its line.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut variables = Variables::new();
        let mut curls = Vec::new();
        for command in markdown::commands(text)? {
            let at = || format!("line {} of the README", command.line);
            let is_curl = command.text.split(|c: char| !c.is_alphanumeric()).any(|w| w == "curl");
            match shell::pipeline(&command.text, &variables) {
                Ok(mut stages) if is_curl => {
                    let curl =
                        stages.pop().filter(|words| words.first().is_some_and(|w| w == "curl"));
                    let Some(words) = curl else { bail!("{}: curl has to be the command", at()) };
                    curls.push(Curl::read(command, &words, &stages)?);
                }
                Ok(stages) => {
                    if let ([words], false) = (&stages[..], is_curl)
                        && let Some((name, value)) = shell::assignment(words)
                    {
                        variables.insert(name.to_owned(), value.to_owned());
                    }
                }
                Err(error) if is_curl => return Err(error).with_context(at),
                Err(_) => {}
            }
        }
        Ok(Self(curls))
    }

    /// The curl lines.
    pub fn curls(&self) -> &[Curl] {
        &self.0
    }

    /// Runs every line, each at the site that its section belongs to, and compares the answers.
    /// Blocks the thread.
    ///
    /// # Errors
    ///
    /// At the first line that is answered otherwise than the README says, or when there is no
    /// line.
    pub fn run<'a>(&self, site: impl Fn(&str) -> anyhow::Result<&'a Site>) -> anyhow::Result<()> {
        ensure!(!self.0.is_empty(), "the README has no curl line");
        self.0.iter().try_for_each(|curl| site(curl.section())?.run(curl))
    }
}
