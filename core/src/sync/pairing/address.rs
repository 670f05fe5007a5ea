//! Where a phone that shows an offer can be reached.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How many addresses an offer holds at most.
pub(super) const MAX_ADDRESSES: usize = 8;

const MAX_NAME: usize = 253;
const V4: u8 = 4;
const V6: u8 = 6;
const NAME: u8 = 1;

/// One address to try: an IP address or the name of a host, and a TCP port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The host, as text.
    pub host: String,
    /// The TCP port.
    pub port: u16,
}

impl Address {
    /// Appends the encoded form; `false`, and nothing appended, where the host is no host.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> bool {
        match self.host.parse() {
            Ok(IpAddr::V4(ip)) => {
                out.push(V4);
                out.extend_from_slice(&ip.octets());
            }
            Ok(IpAddr::V6(ip)) => {
                out.push(V6);
                out.extend_from_slice(&ip.octets());
            }
            Err(_) if is_name(&self.host) => {
                let Ok(len) = u8::try_from(self.host.len()) else { return false };
                out.extend_from_slice(&[NAME, len]);
                out.extend_from_slice(self.host.as_bytes());
            }
            Err(_) => return false,
        }
        out.extend_from_slice(&self.port.to_be_bytes());
        true
    }

    /// Reads one address and gives the rest; `None` where it is malformed.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (form, rest) = bytes.split_first()?;
        let (host, rest) = match *form {
            V4 => {
                let (ip, rest) = rest.split_first_chunk::<4>()?;
                (Ipv4Addr::from(*ip).to_string(), rest)
            }
            V6 => {
                let (ip, rest) = rest.split_first_chunk::<16>()?;
                (Ipv6Addr::from(*ip).to_string(), rest)
            }
            NAME => {
                let (len, rest) = rest.split_first()?;
                let (name, rest) = rest.split_at_checked(usize::from(*len))?;
                let name = std::str::from_utf8(name).ok().filter(|name| is_name(name))?;
                // What reads as an address has an address's form, so that each host has one.
                name.parse::<IpAddr>().is_err().then(|| (name.to_owned(), rest))?
            }
            _ => return None,
        };
        let (port, rest) = rest.split_first_chunk()?;
        Some((Self { host, port: u16::from_be_bytes(*port) }, rest))
    }
}

fn is_name(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= MAX_NAME
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(in crate::sync::pairing) fn address() -> impl Strategy<Value = Address> {
        let host = prop_oneof![
            any::<[u8; 4]>().prop_map(|ip| Ipv4Addr::from(ip).to_string()),
            any::<[u8; 16]>().prop_map(|ip| Ipv6Addr::from(ip).to_string()),
            "[a-z][a-z0-9._-]{0,60}x",
        ];
        (host, any::<u16>()).prop_map(|(host, port)| Address { host, port })
    }

    proptest! {
        #[test]
        fn an_address_reads_back(address in address(), more in proptest::collection::vec(any::<u8>(), 0..20)) {
            let mut bytes = Vec::new();
            prop_assert!(address.write(&mut bytes));
            bytes.extend(&more);
            prop_assert_eq!(Address::read(&bytes), Some((address, &more[..])));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            if let Some((address, rest)) = Address::read(&bytes) {
                let mut again = Vec::new();
                prop_assert!(address.write(&mut again));
                again.extend(rest);
                prop_assert_eq!(again, bytes);
            }
        }
    }

    #[test]
    fn what_is_no_host_is_not_written() {
        for host in ["", "a b", "http://x/", "ü", &"a".repeat(254), "fe80::1%wlan0"] {
            let mut out = Vec::new();
            assert!(!Address { host: host.to_owned(), port: 1 }.write(&mut out), "{host}");
            assert!(out.is_empty());
        }
    }
}
