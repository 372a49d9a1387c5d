//! The README's own lines.

use switchhook::{Key, Signer};
use switchhook_readme_tests::{Readme, Site};

use super::App;

const ORIGIN: &str = "http://127.0.0.1:8000";
const TOKEN: &str = "local-test-token";

#[tokio::test(flavor = "multi_thread")]
async fn every_line_of_the_readme_is_answered_as_it_says() {
    let signed = App::with(&[("TWILIO_AUTH_TOKEN", TOKEN)]).await;
    let open = App::with(&[]).await;
    let addresses = (signed.address, open.address);
    let checked = tokio::task::spawn_blocking(move || {
        let signer = Signer::twilio(Key::new(TOKEN)?);
        let signed = Site::new(ORIGIN, addresses.0).signer(signer);
        let open = Site::new(ORIGIN, addresses.1);
        let readme = Readme::parse(include_str!("../../README.md"))?;
        readme.run(|section| Ok(if section == "Without a token" { &open } else { &signed }))
    });
    checked.await.unwrap().unwrap();
}
