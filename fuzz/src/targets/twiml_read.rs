//! Any bytes as TwiML: read or refused, never a panic; what was read is written and read again.

use switchhook_twiml::{Dialect, Linter, pretty, pretty_fault, read};

pub fn check(bytes: &[u8]) {
    let document = match read(bytes) {
        Ok(document) => document,
        Err(error) => {
            let _ = pretty_fault(&String::from_utf8_lossy(bytes), &error);
            return;
        }
    };
    for dialect in [Dialect::Twilio, Dialect::SignalWire] {
        let found = Linter::new(dialect).lint(&document);
        let _ = pretty(&document, &found);
    }
    let xml = document.to_xml().expect("what was read can be written");
    assert_eq!(document.xml_len().unwrap(), xml.len());
    let again = read(&xml).expect("what was written can be read");
    assert_eq!(again.root(), document.root());
    assert_eq!(again.to_xml().unwrap(), xml);
}
