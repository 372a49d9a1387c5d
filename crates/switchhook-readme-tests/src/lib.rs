//! Runs the curl lines of a README against a server, and compares what it says they answer.
//!
//! ````
//! use switchhook_readme_tests::Readme;
//!
//! let readme = Readme::parse(
//!     r#"
//! ## Try it
//!
//! ```sh
//! curl -X POST http://127.0.0.1:8000/orders -H 'content-type: application/json' \
//!   -d '{"name": "tea"}'
//! # {"id":1,…}
//! ```
//! "#,
//! )?;
//! let curl = &readme.curls()[0];
//! assert_eq!((curl.section(), curl.request().uri().path()), ("Try it", "/orders"));
//! # Ok::<(), anyhow::Error>(())
//! ````
//!
//! In the test of an example, beside a server that listens on a free port:
//!
//! ```no_run
//! # let address = "127.0.0.1:0".parse()?;
//! use switchhook_readme_tests::{Readme, Site};
//! use switchhook_signature::{Key, Signer};
//!
//! let readme = Readme::parse(include_str!("../tests/README-sample.md"))?;
//! let site = Site::new("http://127.0.0.1:8000", address)
//!     .signer(Signer::twilio(Key::new("local-test-token")?));
//! readme.run(|_section| Ok(&site))?;
//! # Ok::<(), anyhow::Error>(())
//! ```
//!
//! # What is read
//!
//! Blocks of `sh`, `bash`, `shell` and `console`. A block of a shell has its answers behind `#`, directly under
//! the command; one of `console` has commands behind `$ ` and answers as they are.
//!
//! | in the README | meaning |
//! |---|---|
//! | `'…'`, `"…"`, `\` | quoted as in a shell, over several lines too |
//! | `NAME=value`, `export NAME=value` | a variable for the lines below: `$NAME`, `${NAME}` |
//! | `printf %s "$BODY" \| switchhook sign URL \| sed 1d \| curl -H @- … -d "$BODY"` | signed by the [`Site`]'s signer for that URL |
//! | `…` in an answer | anything |
//! | `# HTTP/1.1 204 No Content` | of `curl -i`: the status, then the headers that matter, an empty line, the body |
//! | other commands | are left out |
//!
//! Without `-i` the status has to be one of success. JSON is compared without its white space. A GET whose answer
//! is another one is asked again for some seconds: what a worker does takes its time.
//!
//! What is not understood, an option of curl or a piece of shell, is an error: no line is left out in silence.

mod answer;
mod curl;
mod markdown;
mod readme;
mod shell;
mod site;

pub use self::{curl::Curl, readme::Readme, site::Site};
