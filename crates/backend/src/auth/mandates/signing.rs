//! The checksum that goes with each request to Suomi.fi Valtuudet.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use hmac::{Hmac, KeyInit as _, Mac as _};
use omasote_types::Instant;
use sha2::Sha256;

use crate::config::Secret;
use crate::error::AppError;

/// The header in which it stands.
pub(super) const HEADER: &str = "X-AsiointivaltuudetAuthorization";

/// Its value: the client, the time, and an HMAC-SHA-256 of the path with its query and the time.
pub(super) fn header(client: &str, key: &Secret, path: &str, now: Instant) -> Result<String, AppError> {
    let time = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_str().as_bytes())
        .map_err(|_| AppError::internal("the key of Suomi.fi cannot be used"))?;
    mac.update(format!("{path} {time}").as_bytes());
    Ok(format!("{client} {time} {}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_that_openssl_makes() {
        let key = Secret::of("3ba56df8-88b8-4805-9b04-2f8e7a61ae8f");
        let path = "/service/hpa/user/register/42bbe569/010594Y9032?requestId=1&endUserId=omasote";
        let made = header("42bbe569", &key, path, "2026-11-23T10:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(made, "42bbe569 2026-11-23T10:00:00Z ODSR8IoHP4LGB52m4J8hmF2CpcPKg+kMke/bUVzl8hY=");
    }
}
