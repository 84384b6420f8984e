//! The app's files, as script/build-app leaves them.

use super::problem::ApiError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};
use std::convert::Infallible;
use std::path::Path;
use tower::{Service, ServiceExt as _};
use tower_http::services::{ServeDir, ServeFile};

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// To be asked about each time; unchanged, it is not sent again.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// Serves the files of a directory; pages that are not files are the app's own addresses.
#[derive(Clone)]
pub(super) struct Assets {
    files: ServeDir,
    index: ServeFile,
    inline_scripts: Vec<String>,
    built: bool,
}

impl Assets {
    /// Serves `dist`. Its page is read once, for the scripts in it.
    pub(super) fn new(dist: &Path) -> Self {
        let index = dist.join("index.html");
        let page = std::fs::read_to_string(&index).ok();
        if page.is_none() {
            tracing::warn!(dist = %dist.display(), "no index.html: only the API is served");
        }
        Self {
            files: ServeDir::new(dist).precompressed_br().precompressed_gzip(),
            index: ServeFile::new(index)
                .precompressed_br()
                .precompressed_gzip(),
            inline_scripts: page.as_deref().map(inline_scripts).unwrap_or_default(),
            built: page.is_some(),
        }
    }

    /// What pages may load and run: own files, WebAssembly, and the scripts that stand in the page.
    pub(super) fn content_security_policy(&self) -> HeaderValue {
        let scripts: String = self
            .inline_scripts
            .iter()
            .map(|script| {
                let digest = Base64::encode_string(&Sha256::digest(script.as_bytes()));
                format!(" 'sha256-{digest}'")
            })
            .collect();
        let policy = format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
             img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'"
        );
        HeaderValue::from_str(&policy).expect("the policy is plain ASCII")
    }

    /// The service for everything that is not the API.
    pub(super) fn into_service(
        self,
    ) -> impl Service<
        Request,
        Response = Response,
        Error = Infallible,
        Future = impl Future<Output = Result<Response, Infallible>> + Send,
    > + Clone
    + Send
    + Sync
    + 'static {
        tower::service_fn(move |request| {
            let assets = self.clone();
            async move { Ok(assets.serve(request).await) }
        })
    }

    async fn serve(self, request: Request) -> Response {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return ApiError::not_found().into_response();
        }
        let (parts, _) = request.into_parts();
        let path = parts.uri.path().to_owned();
        let page = wants_page(&parts.headers);
        let again = Request::from_parts(parts.clone(), Body::empty());
        let mut response = served(self.files, Request::from_parts(parts, Body::empty())).await;
        let missing = response.status() == StatusCode::NOT_FOUND;
        if missing && page && self.built {
            response = served(self.index, again).await;
        } else if missing {
            return not_there(page);
        }
        let cache = if has_hash(&path) && lasts(response.status()) && !missing {
            FOREVER
        } else {
            ASK
        };
        response.headers_mut().insert(header::CACHE_CONTROL, cache);
        response
    }
}

/// Whether the answer is about the file itself, changed or not.
fn lasts(status: StatusCode) -> bool {
    status.is_success() || status == StatusCode::NOT_MODIFIED
}

/// Runs one of the file services, which never fail.
async fn served<S, B>(service: S, request: Request) -> Response
where
    S: Service<Request, Response = axum::http::Response<B>, Error = Infallible>,
    B: axum::body::HttpBody<Data = axum::body::Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    match service.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

fn not_there(page: bool) -> Response {
    if page {
        let text = "Máy chủ đang chạy nhưng chưa có ứng dụng trong thư mục --dist. Hãy chạy \
                    script/build-app rồi khởi động lại máy chủ.\n";
        (StatusCode::NOT_FOUND, text).into_response()
    } else {
        ApiError::not_found().into_response()
    }
}

/// Whether a person opens this address, and not a program of the page.
fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"))
}

/// Whether the build put a digest of the content into the name, so that another content has another.
fn has_hash(path: &str) -> bool {
    path.split('/').any(|part| {
        part.split(['-', '.', '_'])
            .skip(1)
            .any(|piece| piece.len() >= 15 && piece.bytes().all(|b| b.is_ascii_hexdigit()))
    })
}

/// Texts of the scripts that stand in the page itself.
fn inline_scripts(page: &str) -> Vec<String> {
    let mut scripts = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("<script") {
        rest = &rest[start + "<script".len()..];
        let Some((attributes, after)) = rest.split_once('>') else {
            break;
        };
        let Some((text, after)) = after.split_once("</script>") else {
            break;
        };
        let by_name = attributes
            .split_ascii_whitespace()
            .any(|attribute| attribute.starts_with("src="));
        if !by_name {
            scripts.push(text.to_owned());
        }
        rest = after;
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_in_the_page_are_found() {
        let page = "<html><script src=\"/a.js\"></script>\n<script type=\"module\">\nimport a;\n</script>\
                    <p>x</p><script>b()</script></html>";
        assert_eq!(inline_scripts(page), ["\nimport a;\n", "b()"]);
        assert!(inline_scripts("<p>none</p>").is_empty());
    }

    #[test]
    fn only_names_with_a_digest_last_for_ever() {
        for (path, hashed) in [
            ("/thidua-app-1a2b3c4d5e6f7a8b.js", true),
            ("/thidua-app-1a2b3c4d5e6f7a8b_bg.wasm", true),
            ("/tokens-1a2b3c4d5e6f7a8.css", true),
            ("/snippets/thidua-app-1a2b3c4d5e6f7a8b/inline0.js", true),
            ("/index.html", false),
            ("/sw.js", false),
            ("/", false),
            ("/icons/apple-touch-icon-180.png", false),
            ("/manifest.webmanifest", false),
        ] {
            assert_eq!(has_hash(path), hashed, "{path}");
        }
    }
}
