//! `serve`: sets up what is missing, builds the app and serves it on this machine.

mod answer;
mod changes;
mod live;
mod site;
mod succession;
pub mod watch;

use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use tokio::net::TcpListener;
use tokio::runtime::Builder;

use crate::build::{self, Plan, Profile};
use crate::cli::{self, Usage};
use crate::ledger::{self, Keeping};
use crate::problems::{self, Deny};
use crate::public_url::PublicUrl;
use crate::setup::{self, Install, Tools};
use crate::{content, size, workspace};
use live::Live;
use site::Site;

/// What `cargo xtask serve --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask serve [options]

Sets up what is missing, builds the release app and serves it on this machine
only, at http://127.0.0.1:8080/. Ctrl+C ends it.

Options:
  --port N           another port; 0 takes any free one (default: 8080)
  --content DIR      the folder of notes (default: QUIRE_CONTENT, then content/)
  --watch            show notes as they are saved: the page reloads at the same
                     card, and tells what is wrong with a note. Larger, and
                     without the service worker
  --public-url PATH  serve below this path, such as /quire/ (default: /)";

const DEFAULT_PORT: u16 = 8080;

/// Whether changes are built while the app is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// One release build.
    Once,
    /// A quick build at every change.
    Watch,
}

/// The command line of `serve`.
#[derive(Debug)]
struct Options {
    port: u16,
    mode: Mode,
    plan: Plan,
}

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    let options = options_from(args)?;
    // The port first: a build takes minutes, a port that is taken is told at once.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(listen(options.port))?;
    match options.mode {
        Mode::Once => problems::check(&options.plan.content, Deny::Nothing, Keeping::Update)?,
        // While notes are being written the ledger stays: what is half written is no card yet.
        Mode::Watch => drop(ledger::keep(&options.plan.content.folder, Keeping::Update)?),
    }
    let tools = setup::tools(Install::Missing)?;
    let live = first_build(&options, &tools)?;
    let site = Site {
        dist: options.plan.dist.clone(),
        base: options.plan.public_url.clone(),
        live: live.clone(),
    };
    if let Some(live) = live {
        watch::spawn(options.plan, tools, live);
    }
    runtime.block_on(serve(listener, site))
}

/// Builds what is served; what a watched page asks for comes back.
fn first_build(options: &Options, tools: &Tools) -> Result<Option<Live>> {
    println!(
        "Building the app from {} …",
        workspace::shown(&options.plan.content.folder)
    );
    match options.mode {
        Mode::Once => {
            build::build(&options.plan, tools)?;
            println!("\n{}", size::report(&options.plan.dist)?);
            Ok(None)
        }
        Mode::Watch => watch::build(&options.plan, tools).map(Some),
    }
}

async fn serve(listener: TcpListener, site: Site) -> Result<()> {
    let address = listener.local_addr()?;
    println!(
        "Quire is at http://{address}{}  (Ctrl+C ends it)",
        site.base
    );
    tokio::select! {
        ended = site::serve(listener, site) => ended,
        () = interrupted() => Ok(()),
    }
}

/// Ends when the user, or the system, asks this process to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Binds `port` of this machine alone. Another port is never chosen silently:
/// a browser keeps what was learned by address, port included.
async fn listen(port: u16) -> Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is taken, perhaps by another `serve`. End that one, or give another \
             port with --port; note that progress belongs to the address, port included"
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on 127.0.0.1:{port}")),
    }
}

fn options_from(args: &[String]) -> Result<Options> {
    let (mut port, mut mode) = (DEFAULT_PORT, Mode::Once);
    let mut public_url = PublicUrl::root();
    let mut folder: Option<PathBuf> = None;
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = cli::next(&mut parser)? {
        match arg {
            Long("port") => port = port_from(&cli::text(&mut parser)?)?,
            Long("watch") => mode = Mode::Watch,
            Long("content") => folder = Some(cli::path(&mut parser)?),
            Long("public-url") => public_url = cli::text(&mut parser)?.parse()?,
            other => return Err(Usage::unexpected("serve", &other).into()),
        }
    }
    let (dist, profile) = match mode {
        Mode::Once => ("dist", Profile::Release),
        Mode::Watch => ("dist-watch", Profile::Quick),
    };
    let dist = workspace::root().join(dist);
    let plan = Plan {
        public_url,
        content: content::choose(folder)?,
        dist,
        profile,
    };
    Ok(Options { port, mode, plan })
}

fn port_from(text: &str) -> Result<u16, Usage> {
    text.parse().map_err(|_| {
        Usage::new(format!(
            "--port takes a number from 0 to 65535, not `{text}`"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_usage(args: &[&str], expected: &str) {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let error = options_from(&args).unwrap_err();
        assert!(error.is::<Usage>(), "{error:#}");
        assert!(error.to_string().contains(expected), "{error:#}");
    }

    #[test]
    fn wrong_arguments_say_what_is_right() {
        check_usage(&["--port", "80800"], "0 to 65535");
        check_usage(&["--port", "http"], "0 to 65535");
        check_usage(&["--port"], "missing");
        check_usage(&["--prot", "1"], "--help");
        check_usage(
            &["--public-url", "https://a.example/"],
            "give only its path",
        );
        check_usage(&["--watch=yes"], "unexpected");
    }

    #[test]
    fn a_taken_port_is_told_with_the_way_out() {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let first = listen(0).await.unwrap();
            let port = first.local_addr().unwrap().port();
            let text = listen(port).await.unwrap_err().to_string();
            assert!(text.contains(&format!("port {port} is taken")), "{text}");
            assert!(text.contains("--port"), "{text}");
        });
    }
}
