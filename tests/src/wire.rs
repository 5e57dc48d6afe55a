//! WebDriver commands that the client library has no method for.

use fantoccini::Client;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::wd::WebDriverCompatibleCommand;
use hyper::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// What the browser's own name for a WebDriver element is, in JSON.
pub(crate) const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Reads `path` below the session.
pub(crate) async fn get(client: &Client, path: String) -> Result<Value, CmdError> {
    let command = Command {
        method: Method::GET,
        path,
        body: None,
    };
    client.issue_cmd(command).await
}

/// Sends `body` to `path` below the session.
pub(crate) async fn post(client: &Client, path: &str, body: Value) -> Result<Value, CmdError> {
    let command = Command {
        method: Method::POST,
        path: path.to_owned(),
        body: Some(body.to_string()),
    };
    client.issue_cmd(command).await
}

/// Performs input actions, then waits until the browser has handled them.
pub(crate) async fn act(client: &Client, sources: Value) -> Result<(), CmdError> {
    post(client, "actions", json!({ "actions": sources })).await?;
    Ok(())
}

/// Whether the element of a command was taken out of the page before the command came to it.
pub(crate) fn is_stale(error: &CmdError) -> bool {
    let gone = [
        ErrorStatus::StaleElementReference,
        ErrorStatus::NoSuchElement,
    ];
    matches!(error, CmdError::Standard(said) if gone.contains(&said.error))
}

#[derive(Debug)]
struct Command {
    method: Method,
    path: String,
    body: Option<String>,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.expect("a command is sent only in a session");
        base.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.clone())
    }
}
