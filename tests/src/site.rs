//! A static host on this machine for one built app: it can be stopped, started again at the same
//! address, given another build, and made to fail.

use crate::records::Records;
use crate::site_files::{self, Answer};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::cell::RefCell;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// The path, below the base, of an empty page that belongs to the harness. It gives a test the
/// app's origin without the app. The dot makes it a file, which the app's worker leaves to the
/// network: any other address is a screen of the app.
pub(crate) const BLANK: &str = "blank-page-of-the-harness.html";

/// Where pages tell what they did, below the base.
const RECORDS: &str = "harness-records";

/// A running (or stopped) site.
pub struct Site {
    shared: Arc<Mutex<Shared>>,
    address: SocketAddr,
    base: String,
    server: RefCell<Option<JoinHandle<()>>>,
}

/// What the host says about keeping files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// Names with a hash for ever, all others asked for again each time.
    ByName,
    /// Ten minutes for everything, as GitHub Pages does: a worker that trusts the browser's
    /// cache gets a mixture of old and new here.
    TenMinutes,
}

/// How a file is made to fail.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The host does not have it.
    Missing,
    /// The host sends only the first half.
    Truncated,
    /// The host sends other bytes under this name.
    Content(Vec<u8>),
    /// The host sends nothing until it heals.
    Late,
}

struct Shared {
    folder: PathBuf,
    caching: Caching,
    faults: Vec<(String, Fault)>,
    requests: Vec<String>,
    prelude: String,
    records: Vec<Value>,
}

impl Site {
    /// Serves `folder` below `base`, which begins and ends with `/`.
    pub async fn start(folder: &Path, base: &str) -> Self {
        assert!(
            base.starts_with('/') && base.ends_with('/'),
            "a base is /…/"
        );
        let listener = bind((Ipv4Addr::LOCALHOST, 0).into()).await;
        let address = listener.local_addr().expect("the listener is bound");
        let site = Self::served_by_another(address, folder, base);
        site.serve(listener);
        site
    }

    /// The site of another server at this address, which is not ours to stop or to break.
    pub(crate) fn served_by_another(address: SocketAddr, folder: &Path, base: &str) -> Self {
        Self {
            shared: Arc::new(Mutex::new(Shared {
                folder: folder.to_owned(),
                caching: Caching::ByName,
                faults: Vec::new(),
                requests: Vec::new(),
                prelude: String::new(),
                records: Vec::new(),
            })),
            address,
            base: base.to_owned(),
            server: RefCell::new(None),
        }
    }

    /// The address of `path`, which is relative to the base.
    pub fn url(&self, path: &str) -> String {
        format!(
            "http://{}{}{}",
            self.address,
            self.base,
            path.trim_start_matches('/')
        )
    }

    /// Closes the port and every connection: from now on the browser is refused.
    pub async fn stop(&self) {
        let server = self.server.borrow_mut().take();
        if let Some(server) = server {
            server.abort();
            let _ = server.await;
        }
    }

    /// Opens the same port again.
    pub async fn start_again(&self) {
        let listener = bind(self.address).await;
        self.serve(listener);
    }

    /// Puts another build at the same address.
    pub fn deploy(&self, folder: &Path) {
        self.change(|shared| shared.folder = folder.to_owned());
    }

    /// Changes what the host says about keeping files.
    pub fn caches(&self, caching: Caching) {
        self.change(|shared| shared.caching = caching);
    }

    /// Makes every file fail whose path ends with `ending`.
    pub fn breaks(&self, ending: &str, fault: Fault) {
        self.change(|shared| shared.faults.push((ending.to_owned(), fault)));
    }

    /// Lets one more script run before the app in each page from now on. It needs the build with
    /// the tests' clock, whose script it follows. The pages do without a worker, for which these
    /// would be the wrong files.
    pub fn begins_pages_with(&self, script: &str) {
        self.change(|shared| shared.prelude.push_str(script));
    }

    /// Takes the scripts before the app away again.
    pub fn begins_pages_plainly(&self) {
        self.change(|shared| shared.prelude.clear());
    }

    /// What pages have told since the last call.
    pub fn take_records(&self) -> Records {
        Records(std::mem::take(&mut self.lock().records))
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes all faults back.
    pub fn heals(&self) {
        self.change(|shared| shared.faults.clear());
    }

    /// The paths asked for since the last call, below the base.
    pub fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().requests)
    }

    fn change(&self, change: impl FnOnce(&mut Shared)) {
        change(&mut self.lock());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.shared.lock().expect("no holder panics")
    }

    fn serve(&self, listener: TcpListener) {
        let (shared, base) = (Arc::clone(&self.shared), self.base.clone());
        let server = tokio::spawn(async move {
            // Dropped with this task, and the connections with it.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (shared, base) = (Arc::clone(&shared), base.clone());
                connections.spawn(async move {
                    let service = service_fn(|request| answer(&shared, &base, request));
                    let io = TokioIo::new(stream);
                    let _ = http1::Builder::new().serve_connection(io, service).await;
                });
            }
        });
        *self.server.borrow_mut() = Some(server);
    }
}

async fn bind(address: SocketAddr) -> TcpListener {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(error) if Instant::now() > deadline => panic!("{address} stays taken: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn answer(
    shared: &Mutex<Shared>,
    base: &str,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    let is_record = path.strip_prefix(base) == Some(RECORDS);
    let told = if is_record {
        told_by(request).await
    } else {
        None
    };
    while is_late(shared, &path) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut shared = shared.lock().expect("no holder panics");
    let Some(relative) = path.strip_prefix(base) else {
        // Another site of the same host, such as the root beside a project page.
        shared.requests.push(format!("outside the base: {path}"));
        let empty = Path::new("a folder that is nowhere");
        return Ok(response(site_files::not_found(empty), "no-cache"));
    };
    if is_record {
        shared.records.extend(told);
        return Ok(response(blank(), "no-store"));
    }
    shared.requests.push(relative.to_owned());
    let (answer, caching) = shared.answer(relative);
    Ok(response(answer, caching))
}

fn is_late(shared: &Mutex<Shared>, path: &str) -> bool {
    let shared = shared.lock().expect("no holder panics");
    let mut faults = shared.faults.iter();
    faults.any(|(ending, fault)| matches!(fault, Fault::Late) && path.ends_with(ending.as_str()))
}

async fn told_by(request: Request<Incoming>) -> Option<Value> {
    let body = request.into_body().collect().await.ok()?;
    serde_json::from_slice(&body.to_bytes()).ok()
}

impl Shared {
    fn answer(&self, path: &str) -> (Answer, &'static str) {
        if path == BLANK {
            return (blank(), "no-store");
        }
        let mut answer = site_files::answer(&self.folder, path);
        for (ending, fault) in &self.faults {
            if path.ends_with(ending.as_str()) {
                match fault {
                    Fault::Missing => answer = site_files::not_found(&self.folder),
                    Fault::Truncated => answer.body.truncate(answer.body.len() / 2),
                    Fault::Content(bytes) => answer.body.clone_from(bytes),
                    // Over by now.
                    Fault::Late => {}
                }
            }
        }
        if !self.prelude.is_empty() {
            self.add_prelude(path, &mut answer);
        }
        let caching = match self.caching {
            Caching::TenMinutes => "max-age=600",
            Caching::ByName if answer.status == 200 && site_files::is_hashed(path) => {
                "public, max-age=31536000, immutable"
            }
            Caching::ByName => "no-cache",
        };
        (answer, caching)
    }
}

/// The script after which a prelude runs, and what a page says of it and of its worker.
const CLOCK: &str = "test-clock.js";
const WORKER: &str = "<meta name=\"quire-worker\" content=\"on\">";

impl Shared {
    fn add_prelude(&self, path: &str, answer: &mut Answer) {
        if path.ends_with(CLOCK) {
            answer.body.extend_from_slice(self.prelude.as_bytes());
        } else if answer.mime.starts_with("text/html") {
            let page = String::from_utf8_lossy(&answer.body).replace(WORKER, "");
            let (before, tag) = page
                .split_once(&format!("<script src=\"{CLOCK}\""))
                .expect("only the build with the tests' clock can have a prelude");
            let (_, after) = tag.split_once('>').expect("a tag ends");
            answer.body = format!("{before}<script src=\"{CLOCK}\">{after}").into_bytes();
        }
    }
}

fn blank() -> Answer {
    Answer {
        status: 200,
        mime: "text/html; charset=utf-8",
        body: b"<!doctype html><title>blank</title><link rel=icon href=data:,>".to_vec(),
    }
}

fn response(answer: Answer, caching: &str) -> Response<Full<Bytes>> {
    Response::builder()
        .status(answer.status)
        .header(CONTENT_TYPE, answer.mime)
        .header(CACHE_CONTROL, caching)
        .body(Full::new(Bytes::from(answer.body)))
        .expect("the headers are plain text")
}
