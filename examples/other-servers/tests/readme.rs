//! The lines of the README, typed as they stand, against each server.

use switchhook_example_tests::{Program, Readme, Shell, Started};

const PROGRAMS: [&str; 3] =
    [env!("CARGO_BIN_EXE_on-hyper"), env!("CARGO_BIN_EXE_on-warp"), env!("CARGO_BIN_EXE_on-poem")];

#[test]
fn the_readme_says_what_happens() {
    let readme = Readme::parse(include_str!("../README.md")).unwrap();
    for path in PROGRAMS {
        let mut running = None;
        let start = |started: &Started| -> anyhow::Result<_> {
            assert_eq!(started.bin.as_deref(), Some("on-hyper"));
            let settings: Vec<_> =
                started.variables.iter().map(|(name, value)| (&**name, &**value)).collect();
            let program = running.insert(Program::start(path, &settings));
            Ok(program.address())
        };
        let typed = readme.run(Shell::new("http://127.0.0.1:8000"), start).unwrap();
        assert!(typed.is_none_or(|typed| typed == 4), "{typed:?}");
    }
}
