//! The corpus as a test, and the programs of its inputs.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Target, targets::ALL};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// The seeds of a target, in order; what a fuzzer found beside them is left to it.
fn seeds(target: &Target) -> Vec<PathBuf> {
    let folder = Path::new(HERE).join("corpus").join(target.name);
    let files =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut seeds: Vec<_> = files
        .map(|file| file.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("sample-") || name.starts_with("edge-")
        })
        .collect();
    assert!(!seeds.is_empty(), "{} has no seeds", folder.display());
    seeds.sort();
    seeds
}

/// Checks each seed of a target.
pub(crate) fn run_corpus(target: &Target) {
    let mut inputs = 0;
    for seed in seeds(target) {
        // Printed where the test fails.
        println!("{}", seed.display());
        inputs += usize::from((target.check)(&fs::read(seed).unwrap()));
    }
    assert!(inputs > 0, "no seed is an input");
}

#[test]
fn each_target_has_its_file_its_program_and_its_corpus() {
    let names = |folder: &str| -> BTreeSet<String> {
        let files = fs::read_dir(Path::new(HERE).join(folder)).unwrap();
        files
            .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let all: BTreeSet<_> = ALL.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(names("fuzz_targets"), all);
    assert_eq!(names("corpus"), all);
    let manifest = include_str!("../Cargo.toml");
    for name in all {
        let program = format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n");
        assert!(manifest.contains(&program), "{name}");
        let line = format!("switchhook_fuzz::target!({name});\n");
        let file = fs::read_to_string(format!("{HERE}/fuzz_targets/{name}.rs")).unwrap();
        assert!(file.ends_with(&line), "{name}");
    }
}

/// The programs of the longest input of each target, in a crate of their own: as modules, so that
/// they are compiled and linked once.
#[test]
fn programs_of_inputs_compile_and_run() {
    // With what was built for this test, which is in `debug/deps` of the target directory.
    let this = std::env::current_exe().unwrap();
    let target_directory = this.ancestors().nth(3).unwrap();
    let folder = target_directory.join("programs");
    fs::create_dir_all(folder.join("src")).unwrap();
    let mut main = String::from("#![allow(dead_code)]\n\n");
    let mut calls = String::new();
    for target in ALL {
        let inputs = seeds(target).into_iter().map(|seed| fs::read(seed).unwrap());
        let programs = inputs.filter_map(|input| target.program(&input));
        let program = programs.max_by_key(String::len).expect("a seed is an input");
        // A module's parent cannot call what is private in it.
        let program = format!("{program}\npub fn replay() {{\n    main();\n}}\n");
        fs::write(folder.join("src").join(target.name).with_extension("rs"), program).unwrap();
        main += &format!("mod {};\n", target.name);
        calls += &format!("    {}::replay();\n    println!(\"{}\");\n", target.name, target.name);
    }
    fs::write(folder.join("src/main.rs"), format!("{main}\nfn main() {{\n{calls}}}\n")).unwrap();
    let manifest = include_str!("../Cargo.toml");
    let bins = manifest.find("[target.").unwrap();
    let profile = manifest.find("[profile.dev]").unwrap();
    let manifest = format!("{}{}", &manifest[..bins], &manifest[profile..])
        .replace("switchhook-fuzz", "programs")
        .replace("path = \"..", &format!("path = \"{HERE}/.."));
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(format!("{HERE}/Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--offline", "--target-dir"])
        .arg(target_directory)
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let names: Vec<_> = ALL.iter().map(|target| target.name).collect();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().collect::<Vec<_>>(), names);
}
