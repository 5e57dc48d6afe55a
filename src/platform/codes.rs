//! QR codes and the camera that reads them. The module that draws and reads the codes is loaded
//! when it is first wanted; the boot script knows its name.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream};

use super::files::words;
use super::page::{document, window};

/// The longer side of the pictures that are searched for codes: more only takes longer.
const PICTURE_SIDE: u32 = 1_024;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = quireTransfer)]
    fn load() -> Result<Promise, JsValue>;

    /// The module.
    #[derive(Clone)]
    pub type Codes;

    #[wasm_bindgen(method, catch)]
    fn encode(this: &Codes, text: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn decode(this: &Codes, pixels: &JsValue, width: u32, height: u32) -> Result<Array, JsValue>;
}

/// The module, loaded once.
pub async fn codes() -> Result<Codes, String> {
    let refused = |error: JsValue| {
        format!(
            "the part of the app for codes did not load ({})",
            words(error)
        )
    };
    let module = JsFuture::from(load().map_err(refused)?)
        .await
        .map_err(refused)?;
    Ok(module.unchecked_into())
}

impl Codes {
    /// The address of a picture of a code; `None` for a text that is too long for one.
    pub fn picture(&self, text: &str) -> Option<String> {
        let svg = self.encode(text).ok()??;
        let svg = String::from(js_sys::encode_uri_component(&svg));
        Some(format!("data:image/svg+xml,{svg}"))
    }
}

/// Where the learner sees what the camera sees.
pub type Viewfinder = HtmlVideoElement;

/// A camera that is on. It is switched off when this is dropped.
pub struct Camera {
    video: HtmlVideoElement,
    stream: MediaStream,
    canvas: HtmlCanvasElement,
}

impl Camera {
    /// Asks for the camera that looks away from the learner, and shows what it sees in `video`.
    pub async fn open(video: HtmlVideoElement) -> Result<Camera, String> {
        let stream = ask().await.map_err(|error| refusal(&error))?;
        let canvas = document().create_element("canvas").ok();
        let camera = Camera {
            canvas: canvas.ok_or("there is no canvas")?.unchecked_into(),
            video,
            stream,
        };
        camera.video.set_src_object(Some(&camera.stream));
        if let Ok(playing) = camera.video.play() {
            JsFuture::from(playing).await.ok();
        }
        Ok(camera)
    }

    /// The texts of the codes that the camera sees now.
    pub fn read(&self, codes: &Codes) -> Vec<String> {
        let found = self.look(codes).unwrap_or_default();
        found.iter().filter_map(|text| text.as_string()).collect()
    }

    fn look(&self, codes: &Codes) -> Result<Array, JsValue> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        if width == 0 || height == 0 {
            return Ok(Array::new());
        }
        let scale = f64::from(PICTURE_SIDE) / f64::from(width.max(height));
        let side = |side: u32| (f64::from(side) * scale.min(1.0)) as u32;
        let (width, height) = (side(width).max(1), side(height).max(1));
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let context = self.canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
        let context: CanvasRenderingContext2d = context.unchecked_into();
        let (across, down) = (f64::from(width), f64::from(height));
        context.draw_image_with_html_video_element_and_dw_and_dh(
            &self.video,
            0.0,
            0.0,
            across,
            down,
        )?;
        let picture = context.get_image_data(0.0, 0.0, across, down)?;
        let pixels = Reflect::get(&picture, &"data".into())?;
        codes.decode(&pixels, width, height)
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<web_sys::MediaStreamTrack>().stop();
        }
    }
}

async fn ask() -> Result<MediaStream, JsValue> {
    let devices = window().navigator().media_devices()?;
    let camera = Object::new();
    Reflect::set(&camera, &"facingMode".into(), &"environment".into())?;
    let wanted = web_sys::MediaStreamConstraints::new();
    wanted.set_video(&camera);
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&wanted)?).await?;
    Ok(stream.unchecked_into())
}

fn refusal(error: &JsValue) -> String {
    let name = Reflect::get(error, &"name".into()).ok();
    match name.and_then(|name| name.as_string()).as_deref() {
        Some("NotAllowedError") => "the camera is not allowed for this site; the browser's \
                                    settings can change that"
            .to_owned(),
        Some("NotFoundError") => "this device has no camera".to_owned(),
        _ => "the camera cannot be used here".to_owned(),
    }
}
