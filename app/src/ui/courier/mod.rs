//! Bundles and replies on their way in and out: as files, and as QR codes from screen to camera.

mod bring_back;
mod codes;
mod scanner;
mod take_in;

pub use bring_back::ToBringBack;
pub use codes::Codes;
pub use take_in::TakeIn;

use crate::platform::download;
use thidua_domain::courier;

/// Saves a bundle or a reply as a file.
pub fn save(name: &str, bytes: &[u8]) {
    download::save(name, courier::CONTENT_TYPE, bytes);
}
