//! The app's files and the headers around everything.

use crate::harness::{Server, assert_problem};
use reqwest::{Method, Response};
use std::fs;
use std::path::Path;
use thidua_domain::api::ProblemCode;

const PAGE: &str = "<!doctype html><script type=\"module\">import init from '/a.js';</script>";
/// printf "import init from '/a.js';" | openssl dgst -sha256 -binary | base64
const DIGEST: &str = "'sha256-aOee+rvEUMphqlepW7nBjXpcT6aM6jxNXbtEv0XP738='";
const WASM: &str = "thidua-app-0123456789abcdef_bg.wasm";

fn build(dist: &Path) {
    let write = |name: &str, text: &str| fs::write(dist.join(name), text).unwrap();
    write("index.html", PAGE);
    write("sw.js", "// worker");
    write(WASM, "plain");
    write(&format!("{WASM}.br"), "brotli");
    write(&format!("{WASM}.gz"), "gzip");
}

async fn ask(server: &Server, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
    let client = reqwest::Client::builder().no_gzip().build().unwrap();
    let mut request = client.request(method, format!("{}{path}", server.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn files_pages_and_what_is_neither() {
    let server = Server::start_with(&[], false, build).await;
    let html = ("Accept", "text/html,*/*;q=0.8");
    // Path, whether a person opens it, status, how long it lasts, body.
    let file = format!("/{WASM}");
    for (path, page, status, cache, body) in [
        ("/", true, 200, "no-cache", PAGE),
        ("/index.html", false, 200, "no-cache", PAGE),
        ("/xa/03646/ho", true, 200, "no-cache", PAGE),
        ("/sw.js", false, 200, "no-cache", "// worker"),
        (
            file.as_str(),
            false,
            200,
            "public, max-age=31536000, immutable",
            "plain",
        ),
        (
            "/thidua-app-ffffffffffffffff_bg.wasm",
            false,
            404,
            "no-store",
            "",
        ),
        ("/../Cargo.toml", false, 404, "no-store", ""),
        ("/%2e%2e/%2e%2e/etc/passwd", false, 404, "no-store", ""),
    ] {
        let headers = if page { &[html][..] } else { &[] };
        let response = ask(&server, Method::GET, path, headers).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(header(&response, "cache-control"), Some(cache), "{path}");
        if status == 200 {
            assert_eq!(response.text().await.unwrap(), body, "{path}");
        } else {
            assert_problem(response, 404, ProblemCode::NotFound, path).await;
        }
    }
    let api = ask(&server, Method::GET, "/api/x", &[html]).await;
    assert_problem(
        api,
        404,
        ProblemCode::NotFound,
        "an address of the API is no page",
    )
    .await;
    let post = ask(&server, Method::POST, "/", &[]).await;
    assert_problem(post, 404, ProblemCode::NotFound, "POST").await;
}

#[tokio::test]
async fn compressed_copies_are_handed_out() {
    let server = Server::start_with(&[], false, build).await;
    for (accepted, encoding, body) in [
        ("gzip, deflate, br", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("identity", None, "plain"),
    ] {
        let path = format!("/{WASM}");
        let response = ask(
            &server,
            Method::GET,
            &path,
            &[("Accept-Encoding", accepted)],
        )
        .await;
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(header(&response, "content-type"), Some("application/wasm"));
        assert_eq!(response.text().await.unwrap(), body);
    }
}

#[tokio::test]
async fn every_answer_says_what_a_page_may_do() {
    let server = Server::start_with(&[], false, build).await;
    for path in ["/", "/sw.js", "/nothing", "/api/session", "/api/health"] {
        let response = ask(&server, Method::GET, path, &[]).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(header(&response, name), Some(value), "{path} {name}");
        }
        let policy = header(&response, "content-security-policy").unwrap();
        for part in [
            "default-src 'self'",
            "'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            DIGEST,
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert!(header(&response, "permissions-policy").is_some());
    }
}

#[tokio::test]
async fn without_an_app_the_page_says_what_to_do() {
    let server = Server::start(&[]).await;
    assert!(fs::read_dir(server.dist()).unwrap().next().is_none());
    let response = ask(&server, Method::GET, "/", &[("Accept", "text/html")]).await;
    assert_eq!(response.status(), 404);
    assert!(response.text().await.unwrap().contains("script/build-app"));
}
