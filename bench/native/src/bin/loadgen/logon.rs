//! Answers the server's challenge with a logon, as `gateway/PROTOCOL.md`, section 2, says: with HMAC-SHA256 only.

use engine_core::wire::msgpack::Writer;
use sha2::{Digest, Sha256};

const LABEL: &str = "pyengine-logon-v2";
const BLOCK_BYTES: usize = 64;
/// How the challenge stands in the server's first message, which is JSON.
const BEFORE_CHALLENGE: &str = "\"challenge\":\"";

/// The client's half of a key.
pub struct Key {
    name: String,
    secret: Vec<u8>,
}

impl Key {
    /// `NAME:SECRET`, the secret in hex.
    pub fn parse(text: &str) -> Option<Key> {
        let (name, secret) = text.rsplit_once(':')?;
        Some(Key { name: name.into(), secret: hex(secret)? })
    }

    /// The logon message that answers the server's first message; `None` if that holds no challenge.
    pub fn answer(&self, greeting: &[u8]) -> Option<Vec<u8>> {
        let greeting = std::str::from_utf8(greeting).ok()?;
        let (_, challenge) = greeting.split_once(BEFORE_CHALLENGE)?;
        let (challenge, _) = challenge.split_once('"')?;
        let signed = [LABEL, challenge, &self.name, "0"].join("\n");
        let signature: String =
            hmac_sha256(&self.secret, signed.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let mut message = Vec::new();
        let mut writer = Writer(&mut message);
        writer.map(3);
        for (name, value) in [("op", "logon"), ("key", &self.name), ("signature", &signature)] {
            writer.str(name.as_bytes());
            writer.str(value.as_bytes());
        }
        Some(message)
    }
}

/// RFC 2104.
fn hmac_sha256(secret: &[u8], message: &[u8]) -> [u8; 32] {
    let mut key = [0; BLOCK_BYTES];
    if secret.len() > BLOCK_BYTES {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let inner = Sha256::new().chain_update(key.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(key.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

fn hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test cases 1 and 6 (a key longer than a block).
    #[test]
    fn the_published_vectors() {
        let rows = [
            (vec![0x0b; 20], &b"Hi There"[..], "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                vec![0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (secret, message, expected) in rows {
            assert_eq!(hmac_sha256(&secret, message)[..], hex(expected).unwrap());
        }
    }
}
