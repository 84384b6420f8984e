//! Photos of the camera or of the gallery, written anew by the browser: smaller, upright, and without what a
//! camera notes beside the picture, such as where it was taken.

use super::window;
use js_sys::{Array, Uint8Array};
use thidua_domain::photo::shrink::{self, ATTEMPTS, MAX_FILE_BYTES};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap, Url,
};

const JPEG: &str = "image/jpeg";

/// A photo as it is stored.
pub struct Picture {
    /// A JPEG.
    pub bytes: Vec<u8>,
    /// The small picture of lists, a JPEG too.
    pub thumb: Vec<u8>,
    /// The file's own date, in milliseconds since 1970: of a photo just taken, that is when.
    pub taken_ms: u64,
}

/// Why a file became no photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The browser cannot read it as a picture.
    #[error("not a picture")]
    NotAPicture,
    /// It is larger than any photo.
    #[error("too large a file")]
    TooLarge,
}

impl From<JsValue> for PictureError {
    fn from(_: JsValue) -> Self {
        Self::NotAPicture
    }
}

/// Makes a photo of a file that was taken or chosen.
pub async fn shrunk(file: &File) -> Result<Picture, PictureError> {
    if file.size() > MAX_FILE_BYTES {
        return Err(PictureError::TooLarge);
    }
    // Upright, whichever way the camera was held.
    let opening = window().create_image_bitmap_with_blob(file)?;
    let bitmap: ImageBitmap = JsFuture::from(opening).await?.unchecked_into();
    let picture = written(&bitmap, file).await;
    // It holds all pixels of the camera, and the browser would let go of them at its leisure.
    bitmap.close();
    picture
}

async fn written(bitmap: &ImageBitmap, file: &File) -> Result<Picture, PictureError> {
    let mut kept = None;
    for (attempt, way) in ATTEMPTS.iter().enumerate() {
        let bytes = jpeg(bitmap, way.side, way.quality).await?;
        if shrink::is_kept(attempt, bytes.len()) {
            kept = Some(bytes);
            break;
        }
    }
    Ok(Picture {
        bytes: kept.ok_or(PictureError::TooLarge)?,
        thumb: jpeg(bitmap, shrink::THUMB_SIDE, shrink::THUMB_QUALITY).await?,
        taken_ms: file.last_modified().clamp(0.0, 8.64e15) as u64,
    })
}

async fn jpeg(bitmap: &ImageBitmap, side: u32, quality: f64) -> Result<Vec<u8>, PictureError> {
    let (width, height) = shrink::fitted(bitmap.width(), bitmap.height(), side);
    let document = window().document().ok_or(PictureError::NotAPicture)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d")?.ok_or(PictureError::NotAPicture)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let (width, height) = (f64::from(width), f64::from(height));
    // What is clear in a picture is black in a JPEG otherwise.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)?;
    let blob = blob_of(&canvas, quality).await?;
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn blob_of(canvas: &HtmlCanvasElement, quality: f64) -> Result<Blob, PictureError> {
    let making = js_sys::Promise::new(&mut |made, failed| {
        let callback = Closure::once_into_js(move |blob: JsValue| {
            let _ = made.call1(&JsValue::NULL, &blob);
        });
        let asked = canvas.to_blob_with_type_and_encoder_options(
            callback.unchecked_ref(),
            JPEG,
            &quality.into(),
        );
        if let Err(error) = asked {
            let _ = failed.call1(&JsValue::NULL, &error);
        }
    });
    let blob: Option<Blob> = JsFuture::from(making).await?.dyn_into().ok();
    blob.ok_or(PictureError::NotAPicture)
}

/// An address of a photo's bytes within this page, for as long as this is kept.
pub struct PictureUrl(String);

impl PictureUrl {
    /// Of a JPEG.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let parts = Array::of1(&Uint8Array::from(bytes));
        let options = BlobPropertyBag::new();
        options.set_type(JPEG);
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for PictureUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}
