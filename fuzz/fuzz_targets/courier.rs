//! Anything may come in as a bundle, a reply or a QR code. The first byte of the input chooses: the rest as it
//! stands, or as the inside of an envelope whose length and checksum are right, so that what is behind them is
//! reached.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sha2::{Digest as _, Sha256};
use thidua_domain::courier::frames::{Collector, frames};
use thidua_domain::courier::{Bundle, Opener, Reply};
use thidua_domain::hex::Hex;
use thidua_domain::trust::{CourierKey, ServerSigner};

fn wrapped(kind: u8, key: &Hex<32>, inside: &[u8]) -> Vec<u8> {
    let length = 19 + inside.len() as u32 + 8;
    let mut bytes = [b"TDGOI", &[kind, 1][..], &length.to_be_bytes()].concat();
    bytes.extend_from_slice(&Sha256::digest(key.0)[..8]);
    bytes.extend_from_slice(inside);
    let check = Sha256::digest(&bytes);
    bytes.extend_from_slice(&check[..8]);
    bytes
}

fuzz_target!(|input: &[u8]| {
    let Some((choice, rest)) = input.split_first() else {
        return;
    };
    let (opener, signer) = (Opener::new(&[1; 32]), ServerSigner::new(&[2; 32]));
    let bytes = match choice % 3 {
        0 => rest.to_vec(),
        1 => wrapped(1, &opener.public(), rest),
        _ => wrapped(2, &signer.public(), rest),
    };
    if let Ok(bundle) = Bundle::read(&bytes) {
        // Nobody seals by chance.
        assert!(opener.open(&bundle, &CourierKey(Hex([3; 32]))).is_err());
    }
    assert!(Reply::read(&bytes, "ta-hoc", &signer.public()).is_err());
    let mut collector = Collector::default();
    if let Ok(text) = std::str::from_utf8(rest) {
        collector.see(text);
    }
    for code in frames(&bytes).unwrap_or_default() {
        collector.see(&code);
    }
});
