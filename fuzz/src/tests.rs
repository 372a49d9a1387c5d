//! The corpus as a test, and the programs of its inputs.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Target, targets::ALL};

pub(crate) const HERE: &str = env!("CARGO_MANIFEST_DIR");

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
    for target in ALL {
        let samples = seeds(target);
        let is_sample =
            |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("sample-");
        assert!(samples.iter().any(is_sample), "{} has no sample", target.name);
    }
    for name in all {
        let program = format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n");
        assert!(manifest.contains(&program), "{name}");
        let line = format!("switchhook_fuzz::target!({name});\n");
        let file = fs::read_to_string(format!("{HERE}/fuzz_targets/{name}.rs")).unwrap();
        assert!(file.ends_with(&line), "{name}");
    }
}

/// Each family of the crates that the facade shows is read by a target, as a form and as JSON, and
/// each family of messages as what it is.
#[test]
fn each_family_of_the_facade_has_its_target() {
    let crates = Path::new(HERE).join("../crates");
    let facade = fs::read_to_string(crates.join("switchhook/Cargo.toml")).unwrap();
    let lines = facade.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    let named = lines.take_while(|line| !line.starts_with('['));
    let named = named.filter_map(|line| line.split(['.', ' ']).next());
    let mut families = Vec::new();
    for name in named.filter(|name| name.starts_with("switchhook-")) {
        for source in sources(&crates.join(name).join("src")) {
            families.extend(declared(&fs::read_to_string(source).unwrap()));
        }
    }
    let targets: String = sources(&Path::new(HERE).join("src/targets"))
        .iter()
        .map(|source| fs::read_to_string(source).unwrap())
        .collect();
    assert!(families.len() >= 10, "{families:?}");
    for (family, name) in families {
        let calls = match name.contains('/') {
            // Two modules have types of these names: the module tells them.
            true => {
                let (module, direction) = name.split_once('/').unwrap();
                let module = module.replace('-', "_");
                vec![format!("{module}::{}bound", if direction == "in" { "In" } else { "Out" })]
            }
            false => vec![format!("hold::<{family}>("), format!("hold_json::<{family}>(")],
        };
        assert!(calls.iter().all(|call| targets.contains(call)), "no target has {calls:?}");
    }
}

/// The families that a source declares: their types and their names.
fn declared(source: &str) -> Vec<(String, String)> {
    let lines = source.lines().filter_map(|line| line.trim_start().strip_prefix("pub enum "));
    let families = lines.filter_map(|line| line.split_once(" = \""));
    families
        .map(|(family, rest)| {
            let name = rest.split('"').next().unwrap_or_default();
            (family.split('<').next().unwrap_or_default().to_owned(), name.to_owned())
        })
        // Those of tests.
        .filter(|(_, name)| !name.starts_with("example."))
        .collect()
}

/// The Rust files below a folder, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    let found = paths.into_iter().flat_map(|path| match path.is_dir() {
        true => sources(&path),
        false => vec![path],
    });
    found.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
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
