//! The parts of a JPEG, as far as they say how large it is and what is in it beside the picture.
//!
//! Nothing is decoded here. The app looks at what the browser made before it is stored, and the server at
//! what arrived before it spends any work on it.

use super::{MAX_BYTES, MAX_SIDE};
use thiserror::Error;

/// What a JPEG's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Why bytes are not taken for a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum JpegError {
    /// Not a JPEG, or one that is cut.
    #[error("not a whole JPEG")]
    NotAJpeg,
    /// More than [`MAX_BYTES`].
    #[error("more than {MAX_BYTES} bytes")]
    TooLarge,
    /// A side of no pixels, or of more than [`MAX_SIDE`].
    #[error("a side of more than {MAX_SIDE} pixels")]
    TooManyPixels,
    /// It carries what a camera notes beside the picture: place, device, a smaller copy of the uncropped
    /// picture.
    #[error("carries notes of a camera")]
    Notes,
}

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];
const SCAN: u8 = 0xda;
/// Exif and XMP.
const APP1: u8 = 0xe1;
/// Most segments before the picture itself: a canvas writes about ten.
const MAX_SEGMENTS: usize = 64;

/// Looks at all of it: type, size, pixels, and that nothing is in it but the picture.
pub fn check(bytes: &[u8]) -> Result<Header, JpegError> {
    if bytes.len() > MAX_BYTES as usize {
        return Err(JpegError::TooLarge);
    }
    if !bytes.starts_with(&START) || !bytes.ends_with(&END) {
        return Err(JpegError::NotAJpeg);
    }
    let mut header = None;
    let mut rest = &bytes[START.len()..];
    for _ in 0..MAX_SEGMENTS {
        let segment = Segment::first(rest).ok_or(JpegError::NotAJpeg)?;
        match segment.marker {
            SCAN => return header.ok_or(JpegError::NotAJpeg),
            APP1 => return Err(JpegError::Notes),
            marker if is_frame(marker) => header = Some(frame(segment.body)?),
            _ => {}
        }
        rest = segment.rest;
    }
    Err(JpegError::NotAJpeg)
}

struct Segment<'a> {
    marker: u8,
    body: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Segment<'a> {
    fn first(bytes: &'a [u8]) -> Option<Self> {
        let [0xff, marker @ 0xc0..=0xfe, high, low, after @ ..] = bytes else {
            return None;
        };
        // The length counts its own two bytes.
        let length = usize::from(u16::from_be_bytes([*high, *low])).checked_sub(2)?;
        let (body, rest) = after.split_at_checked(length)?;
        Some(Self {
            marker: *marker,
            body,
            rest,
        })
    }
}

/// Start of a frame, of whatever way of coding.
fn is_frame(marker: u8) -> bool {
    // Among them stand the tables of Huffman and arithmetic coding, and a marker that is reserved.
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

fn frame(body: &[u8]) -> Result<Header, JpegError> {
    let [_precision, h1, h0, w1, w0, ..] = body else {
        return Err(JpegError::NotAJpeg);
    };
    let side = |high: &u8, low: &u8| u32::from(u16::from_be_bytes([*high, *low]));
    let header = Header {
        width: side(w1, w0),
        height: side(h1, h0),
    };
    let fits = |side: u32| (1..=MAX_SIDE).contains(&side);
    if fits(header.width) && fits(header.height) {
        Ok(header)
    } else {
        Err(JpegError::TooManyPixels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A segment with its marker and length.
    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, body].concat()
    }

    fn frame_of(width: u16, height: u16) -> Vec<u8> {
        let [h, w] = [height.to_be_bytes(), width.to_be_bytes()];
        segment(0xc0, &[8, h[0], h[1], w[0], w[1], 3])
    }

    fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
        let scan = segment(SCAN, &[1, 2, 3]);
        [&START[..], &segments.concat(), &scan, &[7; 9], &END].concat()
    }

    #[test]
    fn the_size_is_read_past_other_segments() {
        let app0 = segment(0xe0, b"JFIF\0");
        let tables = segment(0xc4, &[0; 20]);
        let bytes = jpeg(&[app0, tables, frame_of(1600, 1200)]);
        let (width, height) = (1600, 1200);
        assert_eq!(check(&bytes), Ok(Header { width, height }));
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        let good = jpeg(&[frame_of(10, 10)]);
        for (bytes, expected) in [
            (b"<html>".to_vec(), JpegError::NotAJpeg),
            (b"\x89PNG\r\n\x1a\n".to_vec(), JpegError::NotAJpeg),
            (Vec::new(), JpegError::NotAJpeg),
            (jpeg(&[]), JpegError::NotAJpeg),
            (
                jpeg(&vec![segment(0xe0, &[]); MAX_SEGMENTS]),
                JpegError::NotAJpeg,
            ),
            (jpeg(&[segment(0xc0, &[8, 0])]), JpegError::NotAJpeg),
            (good[..good.len() - 1].to_vec(), JpegError::NotAJpeg),
            (jpeg(&[frame_of(0, 10)]), JpegError::TooManyPixels),
            (jpeg(&[frame_of(2049, 10)]), JpegError::TooManyPixels),
            (jpeg(&[frame_of(65_535, 65_535)]), JpegError::TooManyPixels),
            (
                jpeg(&[segment(APP1, b"Exif\0\0"), frame_of(10, 10)]),
                JpegError::Notes,
            ),
            (vec![0xff; MAX_BYTES as usize + 1], JpegError::TooLarge),
        ] {
            assert_eq!(check(&bytes), Err(expected), "{} bytes", bytes.len());
        }
        // No beginning of one is taken for the whole, and no length leads out of it.
        for end in 0..good.len() {
            assert!(check(&good[..end]).is_err(), "cut at {end}");
        }
    }
}
