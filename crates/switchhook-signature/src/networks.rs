//! Lists of addresses and networks.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

/// Addresses and networks, an IPv4 one being the same as its IPv4-mapped IPv6 form.
#[derive(Clone, Debug)]
pub(crate) struct Networks(Box<[IpNet]>);

impl Networks {
    /// Reads texts such as `10.0.0.1` or `2001:db8::/32`; `None` where one is neither an
    /// address nor a network.
    pub(crate) fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        texts.into_iter().map(network).collect::<Option<_>>().map(Self)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        // A dual-stack socket shows IPv4 peers as `::ffff:10.0.0.1`.
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

fn network(text: &str) -> Option<IpNet> {
    // The standard library's reading: `010.0.0.1` is 8.0.0.1 to some and 10.0.0.1 to others.
    let address: IpAddr = text.split('/').next()?.parse().ok()?;
    let network = if text.contains('/') { text.parse().ok()? } else { address.into() };
    let IpNet::V6(mapped) = network else { return Some(network) };
    let v4 = mapped.addr().to_ipv4_mapped().zip(mapped.prefix_len().checked_sub(96));
    match v4.and_then(|(address, length)| Ipv4Net::new(address, length).ok()) {
        Some(v4) => Some(v4.into()),
        None => Some(network),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mapped_addresses_are_ipv4_on_both_sides() {
        let networks = Networks::parse([
            "192.0.2.7",
            "198.51.100.0/24",
            "::ffff:203.0.113.0/120",
            "2001:db8::/32",
            "::ffff:10.1.1.1",
        ])
        .unwrap();
        for (address, inside) in [
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("::ffff:192.0.2.7", true),
            ("198.51.100.255", true),
            ("198.51.101.0", false),
            ("::ffff:198.51.100.1", true),
            ("203.0.113.9", true),
            ("::ffff:203.0.113.9", true),
            ("203.0.114.9", false),
            ("10.1.1.1", true),
            ("2001:db8:ffff::1", true),
            ("2001:db9::1", false),
            // The old compatible form is another address.
            ("::192.0.2.7", false),
        ] {
            assert_eq!(networks.contains(address.parse().unwrap()), inside, "{address}");
        }
        for text in [
            "",
            "10.0.0",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/8/8",
            "10.0.0.0/+8",
            "hooks.example.com",
            "10.0.0.1 ",
            "10.0.0.01",
            "010.0.0.0/8",
            "::ffff:10.0.0.01/128",
        ] {
            assert!(Networks::parse([text]).is_none(), "{text}");
        }
    }
}
