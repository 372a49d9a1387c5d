//! The page: static files, made for no framework and loading nothing from elsewhere.

/// A file of the page.
pub(crate) struct Asset {
    pub(crate) name: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) text: &'static str,
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

macro_rules! assets {
    ($( $name:literal $kind:ident ),* $(,)?) => {
        /// The files.
        pub(crate) const ASSETS: &[Asset] = &[$( Asset {
            name: $name,
            content_type: $kind,
            text: include_str!(concat!("page/", $name)),
        } ),*];
    };
}

assets! {
    "index.html" HTML,
    "base.css" CSS,
    "panes.css" CSS,
    "icon.svg" SVG,
    "main.js" SCRIPT,
    "api.js" SCRIPT,
    "dom.js" SCRIPT,
    "editor.js" SCRIPT,
    "filter.js" SCRIPT,
    "list.js" SCRIPT,
    "tabs.js" SCRIPT,
    "signature.js" SCRIPT,
    "timeline.js" SCRIPT,
}

/// The file of this name; of no name the page itself.
pub(crate) fn asset(name: &str) -> Option<&'static Asset> {
    let name = if name.is_empty() { "index.html" } else { name };
    ASSETS.iter().find(|asset| asset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the policy forbids, and a way to make markup of text, have no place in the files.
    #[test]
    fn the_page_makes_no_markup_of_text_and_loads_nothing_from_elsewhere() {
        for asset in ASSETS {
            let text = asset.text;
            for forbidden in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                "DOMParser",
                "setAttribute(\"on",
                "javascript:",
                "https://",
                "@import",
                "url(",
                " style=\"",
                "onclick=",
            ] {
                assert!(!text.contains(forbidden), "{}: {forbidden}", asset.name);
            }
            let plain = text.replace("http://www.w3.org/2000/svg", "");
            assert!(!plain.contains("http://"), "{}", asset.name);
        }
        let page = asset("").unwrap().text;
        assert!(!page.contains("<style") && page.matches("<script").count() == 1, "{page}");
    }

    #[test]
    fn every_file_that_is_asked_for_is_there() {
        for asset in ASSETS.iter().filter(|asset| asset.content_type == SCRIPT) {
            for import in asset.text.lines().filter(|line| line.contains("from \"./")) {
                let name = import.split("from \"./").nth(1).unwrap().split('"').next().unwrap();
                assert!(super::asset(name).is_some(), "{}: {import}", asset.name);
            }
        }
    }
}
