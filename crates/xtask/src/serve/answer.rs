//! The headers of an answer: type, encoding and how long it may be kept.

use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};
use tower_http::services::fs::ServeFileSystemResponseBody as File;

use crate::file_names::is_hashed;

/// For files whose name changes with their content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// For files that keep their name: asked for each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The body of an answer: a file, or what is in memory.
pub type Body = Either<File, Full<Bytes>>;

/// A body that is in memory.
pub fn whole(bytes: Bytes) -> Body {
    Either::Right(Full::new(bytes))
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(whole(Bytes::new()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Takes out of a request what would let "not modified" be an answer. Times
/// count seconds, and two builds can fall into one: then the page of the older
/// one would stay.
pub fn without_validators(request: &mut HeaderMap) {
    remove(request, &[IF_MODIFIED_SINCE, IF_NONE_MATCH]);
}

/// The answer that holds the file `name`, with what browsers must know of it.
pub fn file(name: &str, response: Response<File>) -> Response<Body> {
    if response.status().is_client_error() || response.status().is_server_error() {
        return empty(response.status());
    }
    let mut response = response.map(Either::Left);
    let headers = response.headers_mut();
    remove(headers, &[LAST_MODIFIED, ETAG]);
    let cache = if is_hashed(name) { FOR_EVER } else { ASK_AGAIN };
    headers.insert(CACHE_CONTROL, cache);
    headers.insert(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(text) = text_type(name) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(text));
    }
    response
}

/// The types of text, which need their encoding said. The others are known to
/// the file server.
fn text_type(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

fn remove(headers: &mut HeaderMap, names: &[HeaderName]) {
    for name in names {
        headers.remove(name);
    }
}
