//! Tests of the server, over a real connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;

use tokio::runtime::Builder;

use super::*;
use crate::testing::Scratch;

const APP: &str = "quire-0123456789abcdef.js";
const WASM: &str = "quire-0123456789abcdef_bg.wasm";

/// A built folder that is served for one test.
struct Server {
    address: SocketAddr,
    _dist: Scratch,
}

impl Server {
    fn start(name: &str, base: &str) -> Server {
        let dist = Scratch::new(name);
        dist.write("index.html", "<title>Quire</title>");
        dist.write(APP, "export {}");
        dist.write(&format!("{APP}.br"), "brotli");
        dist.write(&format!("{APP}.gz"), "gzip");
        dist.write(WASM, "wasm");
        dist.write("sw.js", "worker");
        dist.write("manifest.webmanifest", "{}");
        dist.write("icons/icon-512.png", "png");
        dist.write(".stage/half.js", "half");
        let site = Site {
            dist: dist.path(""),
            base: base.parse().unwrap(),
            live: None,
        };
        let (send, receive) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                send.send(listener.local_addr().unwrap()).unwrap();
                serve(listener, site).await.unwrap();
            });
        });
        Server {
            address: receive.recv().unwrap(),
            _dist: dist,
        }
    }

    /// The whole answer to a request with `headers`, headings in lower case.
    fn ask(&self, method: &str, path: &str, headers: &[&str]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
        for header in headers {
            request.push_str(header);
            request.push_str("\r\n");
        }
        stream
            .write_all(format!("{request}\r\n").as_bytes())
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[track_caller]
    fn check(&self, path: &str, headers: &[&str], expected: &[&str]) -> String {
        let answer = self.ask("GET", path, headers);
        for line in expected {
            assert!(answer.contains(line), "{path}: no `{line}` in\n{answer}");
        }
        answer
    }
}

const PAGE: &str = "sec-fetch-mode: navigate";

#[test]
fn files_have_their_types_and_their_caching() {
    let server = Server::start("site-types", "/");
    let forever = "cache-control: public, max-age=31536000, immutable\r\n";
    let no_cache = "cache-control: no-cache\r\n";
    server.check(
        &format!("/{APP}"),
        &[],
        &["200 OK", "type: text/javascript", forever],
    );
    server.check(
        &format!("/{WASM}"),
        &[],
        &["200 OK", "type: application/wasm\r\n", forever],
    );
    server.check(
        "/sw.js",
        &[],
        &["200 OK", "type: text/javascript", no_cache],
    );
    server.check("/index.html", &[], &["200 OK", "type: text/html", no_cache]);
    let manifest = "type: application/manifest+json\r\n";
    server.check(
        "/manifest.webmanifest",
        &[],
        &["200 OK", manifest, no_cache],
    );
    server.check(
        "/icons/icon-512.png",
        &[],
        &["200 OK", "type: image/png\r\n", no_cache],
    );
}

#[test]
fn the_compressed_twin_is_sent_where_it_is_taken() {
    let server = Server::start("site-encodings", "/");
    let path = format!("/{APP}");
    let vary = "vary: accept-encoding\r\n";
    let plain = server.check(&path, &[], &["\r\n\r\nexport {}", vary]);
    assert!(!plain.contains("content-encoding"), "{plain}");
    for (taken, encoding, body) in [
        ("gzip, br", "br", "brotli"),
        ("br;q=0, gzip", "gzip", "gzip"),
    ] {
        let line = format!("content-encoding: {encoding}\r\n");
        let body = format!("\r\n\r\n{body}");
        let accept = format!("accept-encoding: {taken}");
        server.check(
            &path,
            &[&accept],
            &["type: text/javascript", &line, vary, &body],
        );
    }
    let unpacked = server.check(
        &format!("/{WASM}"),
        &["accept-encoding: br"],
        &["200 OK", "wasm"],
    );
    assert!(!unpacked.contains("content-encoding"), "{unpacked}");
}

#[test]
fn a_deep_link_opens_the_app_but_a_missing_file_is_missing() {
    let server = Server::start("site-deep-link", "/");
    let page = [
        "200 OK",
        "<title>Quire</title>",
        "cache-control: no-cache\r\n",
    ];
    server.check("/", &[], &page);
    server.check("/cards/abcdefghij", &[PAGE], &page);
    server.check("/study", &["accept: text/html,*/*"], &page);
    let missing = ["404 Not Found", "cache-control: no-store\r\n"];
    server.check("/quire-fedcba9876543210.js", &[], &missing);
    server.check("/quire-fedcba9876543210.js", &[PAGE], &missing);
    server.check(
        "/study",
        &["sec-fetch-mode: cors", "accept: text/html"],
        &missing,
    );
    server.check("/icons", &[], &missing);
    server.check("/.stage/half.js", &[], &missing);
    server.check("/../Cargo.toml", &[], &missing);
    server.check("/%2e%2e/Cargo.toml", &[], &missing);
}

#[test]
fn below_a_path_only_that_path_is_the_app() {
    let server = Server::start("site-base", "/quire/");
    server.check("/quire/", &[], &["200 OK", "<title>Quire</title>"]);
    server.check("/quire/study", &[PAGE], &["200 OK", "<title>Quire</title>"]);
    server.check(&format!("/quire/{APP}"), &[], &["200 OK"]);
    server.check("/", &[PAGE], &["302 Found", "location: /quire/\r\n"]);
    server.check("/quire", &[PAGE], &["302 Found", "location: /quire/\r\n"]);
    server.check(&format!("/{APP}"), &[], &["404 Not Found"]);
    server.check("/study", &[PAGE], &["404 Not Found"]);
}

#[test]
fn a_page_is_never_answered_as_unchanged() {
    let server = Server::start("site-fresh", "/");
    let later = "if-modified-since: Fri, 01 Jan 2100 00:00:00 GMT";
    let answer = server.check("/index.html", &[later], &["200 OK", "<title>Quire</title>"]);
    assert!(!answer.contains("last-modified"), "{answer}");
}

#[test]
fn only_reading_is_answered() {
    let server = Server::start("site-methods", "/");
    let head = server.ask("HEAD", "/index.html", &[]);
    assert!(
        head.contains("200 OK") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    assert!(
        server
            .ask("POST", "/index.html", &[])
            .contains("405 Method Not Allowed")
    );
}
