//! The camera, and the QR codes before it.
//!
//! Browsers on Android read codes themselves (`BarcodeDetector`), faster than any program in the page. Where a
//! browser does not, `rqrr` does.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

/// Widest picture that is searched for codes: more of it takes longer and finds no more.
const WIDTH: u32 = 800;
/// `HTMLMediaElement.HAVE_CURRENT_DATA`.
const HAS_PICTURE: u16 = 2;

/// An open camera, closed when it is dropped.
pub struct Camera {
    video: HtmlVideoElement,
    stream: MediaStream,
}

impl Camera {
    /// Asks for the camera at the back and shows what it sees.
    pub async fn start(video: &HtmlVideoElement) -> Result<Self, JsValue> {
        let wanted = Object::new();
        Reflect::set(&wanted, &"facingMode".into(), &"environment".into())?;
        for (name, ideal) in [("width", 1_280), ("height", 960)] {
            let size = Object::new();
            Reflect::set(&size, &"ideal".into(), &ideal.into())?;
            Reflect::set(&wanted, &name.into(), &size)?;
        }
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&wanted);
        // Absent on plain HTTP.
        let devices = super::window().navigator().media_devices()?;
        let stream = JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?;
        let camera = Self {
            video: video.clone(),
            stream: stream.unchecked_into(),
        };
        video.set_src_object(Some(&camera.stream));
        JsFuture::from(video.play()?).await?;
        Ok(camera)
    }

    /// Whether there is a picture.
    fn sees(&self) -> bool {
        self.video.ready_state() >= HAS_PICTURE && self.video.video_width() > 0
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}

/// Reads codes from what a camera sees.
pub struct Reader {
    own: Option<JsValue>,
    canvas: Option<(HtmlCanvasElement, CanvasRenderingContext2d)>,
}

impl Reader {
    /// The best there is here.
    pub fn new() -> Self {
        Self {
            own: browsers_own(),
            canvas: None,
        }
    }

    /// The texts of the codes in the picture of this moment.
    pub async fn read(&mut self, camera: &Camera) -> Vec<String> {
        if !camera.sees() {
            return Vec::new();
        }
        if let Some(own) = &self.own {
            match detect(own, &camera.video).await {
                Ok(texts) => return texts,
                // Some browsers have it and cannot use it.
                Err(_) => self.own = None,
            }
        }
        self.search(&camera.video).unwrap_or_default()
    }

    fn search(&mut self, video: &HtmlVideoElement) -> Result<Vec<String>, JsValue> {
        let width = video.video_width().min(WIDTH);
        let height = video.video_height() * width / video.video_width();
        if self.canvas.is_none() {
            self.canvas = Some(new_canvas()?);
        }
        let Some((canvas, context)) = &self.canvas else {
            return Ok(Vec::new());
        };
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let (wide, high) = (f64::from(width), f64::from(height));
        context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, wide, high)?;
        let picture = context.get_image_data(0.0, 0.0, wide, high)?.data();
        Ok(codes_in(width as usize, height as usize, &picture))
    }
}

/// The texts of the codes in a picture of red, green, blue and opacity.
fn codes_in(width: usize, height: usize, picture: &[u8]) -> Vec<String> {
    let grey = |x: usize, y: usize| {
        let at = 4 * (y * width + x);
        let [red, green, blue] = [0, 1, 2].map(|part| u32::from(picture[at + part]));
        // As eyes weigh them.
        ((red * 77 + green * 150 + blue * 29) >> 8) as u8
    };
    let mut searched = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let grids = searched.detect_grids();
    let texts = grids.into_iter().filter_map(|grid| grid.decode().ok());
    texts.map(|(_, text)| text).collect()
}

fn new_canvas() -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
    let document = super::window().document().ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    let options = Object::new();
    // It is read from again and again: kept where reading is cheap.
    Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
    let context = canvas.get_context_with_context_options("2d", &options)?;
    Ok((canvas, context.ok_or(JsValue::NULL)?.unchecked_into()))
}

/// The browser's own reader, where it has one.
fn browsers_own() -> Option<JsValue> {
    let class: Function = Reflect::get(&super::window(), &"BarcodeDetector".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    let formats = Array::of1(&"qr_code".into());
    Reflect::set(&options, &"formats".into(), &formats).ok()?;
    Reflect::construct(&class, &Array::of1(&options)).ok()
}

async fn detect(own: &JsValue, video: &HtmlVideoElement) -> Result<Vec<String>, JsValue> {
    let detect: Function = Reflect::get(own, &"detect".into())?.dyn_into()?;
    let promise: Promise = detect.call1(own, video)?.dyn_into()?;
    let found: Array = JsFuture::from(promise).await?.dyn_into()?;
    let text = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
    Ok(found.iter().filter_map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode};
    use thidua_domain::courier::frames::{Collector, Seen, frames};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// A code as a camera sees it: so many dots a module, grey for black, and somewhere in a larger picture.
    fn pictured(text: &str, dots: usize) -> (usize, Vec<u8>) {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let colors = code.to_colors();
        let margin = 30;
        let side = code.width() * dots + 2 * margin;
        let mut picture = vec![230_u8; 4 * side * side];
        for y in 0..code.width() * dots {
            for x in 0..code.width() * dots {
                if colors[y / dots * code.width() + x / dots] == Color::Dark {
                    let at = 4 * ((y + margin) * side + x + margin);
                    picture[at..at + 3].fill(40);
                }
            }
        }
        (side, picture)
    }

    #[wasm_bindgen_test]
    fn the_codes_of_a_bundle_are_read_back() {
        let bundle: Vec<u8> = (0..2_000_u32).map(|at| (at * 7 % 251) as u8).collect();
        let mut collector = Collector::default();
        let mut whole = None;
        for code in frames(&bundle).unwrap().iter().rev() {
            let (side, picture) = pictured(code, 4);
            let texts = codes_in(side, side, &picture);
            assert_eq!(texts.as_slice(), std::slice::from_ref(code));
            if let Seen::Whole(bytes) = collector.see(&texts[0]) {
                whole = Some(bytes);
            }
        }
        assert_eq!(whole, Some(bundle));
        assert!(codes_in(40, 40, &vec![128; 40 * 40 * 4]).is_empty());
    }
}
