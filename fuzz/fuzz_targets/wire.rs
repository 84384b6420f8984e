//! Anything may come in over the wire. The first byte of the input chooses what is done with the rest:
//! it is a body as it stands, or the payloads of a body of version 2 whose lengths and digests are put
//! right, so that the decoder behind them is reached.
//!
//! Whatever is read has to keep its meaning when it is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sha2::{Digest as _, Sha256};
use thidua_domain::sync::wire::{
    WireError, decode_requests, decode_responses, encode_all, encode_plain,
};

/// A body of version 2 with these bytes as its payloads: each ends before a byte of 0xfe that is followed
/// by another.
fn framed(bytes: &[u8]) -> Vec<u8> {
    let mut body = b"THIDUA\x02".to_vec();
    let mut rest = bytes;
    loop {
        let end = rest.windows(2).position(|pair| pair == [0xfe, 0xfe]);
        let payload = &rest[..end.unwrap_or(rest.len())];
        let mut length = payload.len();
        while length >= 0x80 {
            body.push(length as u8 | 0x80);
            length >>= 7;
        }
        body.push(length as u8);
        body.extend_from_slice(&Sha256::digest(payload)[..4]);
        body.extend_from_slice(payload);
        match end {
            Some(end) => rest = &rest[end + 2..],
            None => return body,
        }
    }
}

fn check<M: PartialEq + std::fmt::Debug + thidua_domain::sync::wire::Message>(
    read: Result<Vec<M>, WireError>,
    decode: fn(&[u8]) -> Result<Vec<M>, WireError>,
) {
    let Ok(messages) = read else { return };
    assert_eq!(decode(&encode_all(&messages)).as_ref(), Ok(&messages));
    if let [message] = &messages[..] {
        let again = decode(&encode_plain(message));
        // JSON takes more room.
        if again != Err(WireError::Length) && again != Err(WireError::TooLarge) {
            assert_eq!(again.as_ref(), Ok(&messages));
        }
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((choice, rest)) = input.split_first() else {
        return;
    };
    let body = if choice & 1 == 0 { framed(rest) } else { rest.to_vec() };
    if choice & 2 == 0 {
        check(decode_requests(&body), decode_requests);
    } else {
        check(decode_responses(&body), decode_responses);
    }
});
