//! The server: a built folder on a port of this machine.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use anyhow::Result;
use hyper::body::Incoming;
use hyper::header::{ACCEPT, HeaderMap, LOCATION};
use hyper::http::uri::{PathAndQuery, Uri};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use super::answer::{self, Body};
use super::live::Live;
use crate::public_url::PublicUrl;

/// What is served, and below which path.
#[derive(Clone, Debug)]
pub struct Site {
    /// The folder of a build.
    pub dist: PathBuf,
    /// The path that the build was made for.
    pub base: PublicUrl,
    /// What a watched page asks for beside the build.
    pub live: Option<Live>,
}

/// Answers requests until the process ends.
pub async fn serve(listener: TcpListener, site: Site) -> Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let site = site.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let site = site.clone();
                async move { Ok::<_, Infallible>(site.respond(request).await) }
            });
            // A browser that goes away in the middle is no fault of ours.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

impl Site {
    async fn respond(&self, request: Request<Incoming>) -> Response<Body> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return answer::empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        let path = request.uri().path();
        let Some(below) = self.base.strip(path) else {
            return self.outside(path);
        };
        let live = self.live.as_ref().and_then(|live| live.answer(below));
        if let Some(answer) = live {
            return answer;
        }
        if is_navigation(below, request.headers()) {
            return self.file("index.html", request).await;
        }
        let name = below.to_owned();
        self.file(&name, request).await
    }

    /// A request beside the app: its own address without the last slash, and
    /// the root of the server, lead to it.
    fn outside(&self, path: &str) -> Response<Body> {
        let base = self.base.as_str();
        if path != "/" && Some(path) != base.strip_suffix('/') {
            return answer::empty(StatusCode::NOT_FOUND);
        }
        let mut response = answer::empty(StatusCode::FOUND);
        let location = base.parse().expect("a public URL is plain ASCII");
        response.headers_mut().insert(LOCATION, location);
        response
    }

    /// The file `name` of the build, compressed as the browser takes it.
    async fn file(&self, name: &str, request: Request<Incoming>) -> Response<Body> {
        let is_hidden = name.split('/').any(|segment| segment.starts_with('.'));
        let Ok(path) = format!("/{name}").parse::<PathAndQuery>() else {
            return answer::empty(StatusCode::BAD_REQUEST);
        };
        if is_hidden {
            return answer::empty(StatusCode::NOT_FOUND);
        }
        let (mut parts, _) = request.into_parts();
        parts.uri = Uri::from(path);
        answer::without_validators(&mut parts.headers);
        let mut folder = ServeDir::new(&self.dist)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        match folder.try_call(Request::from_parts(parts, ())).await {
            Ok(response) => answer::file(name, response),
            Err(error) => answer::empty(status_of(&error)),
        }
    }
}

fn status_of(error: &io::Error) -> StatusCode {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => {
            StatusCode::NOT_FOUND
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Whether a browser wants a page, not a file: those paths belong to the app's
/// router. A name with a dot is a file, so that one that is missing is missing.
fn is_navigation(below: &str, headers: &HeaderMap) -> bool {
    let last = below.rsplit('/').next().unwrap_or(below);
    if below.is_empty() {
        return true;
    }
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let wants_page = match says("sec-fetch-mode") {
        Some(mode) => mode == "navigate",
        None => says(ACCEPT.as_str()).is_some_and(|accept| accept.contains("text/html")),
    };
    wants_page && !last.contains('.')
}

#[cfg(test)]
#[path = "site_tests.rs"]
mod tests;
