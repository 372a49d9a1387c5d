use switchhook_readme_tests::{Readme, Site};

use crate::App;

/// The README's lines, typed as they stand.
#[tokio::test]
async fn the_readme_tells_what_happens() {
    let app = App::start_with(&[("VIP_NUMBERS", "+15559876543")]).await;
    let guarded = App::start_with(&[("WEBHOOK_SECRET", "sesame")]).await;
    let (open, guarded) = (app.address, guarded.address);
    let ran = tokio::task::spawn_blocking(move || {
        let site = |address| Site::new("http://127.0.0.1:5000", address);
        let (open, guarded) = (site(open), site(guarded));
        let readme = Readme::parse(include_str!("../../README.md"))?;
        assert!(readme.curls().len() >= 15, "{}", readme.curls().len());
        readme.run(|section| Ok(if section == "Guard it" { &guarded } else { &open }))
    });
    ran.await.unwrap().unwrap();
}
