//! `build`: the app into `dist/`, ready for any static host.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::cli::{self, Usage};
use crate::content::{self, Chosen, Content};
use crate::ledger::Keeping;
use crate::problems::{self, Deny};
use crate::public_url::PublicUrl;
use crate::serve::watch;
use crate::setup::{self, Install, Tools, wasm_opt};
use crate::{process, size, workspace};

/// What `cargo xtask build --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask build [options]

Builds the release app into dist/: copy that folder to any static host.

Options:
  --public-url PATH  the path below which the app will be served,
                     such as /quire/ (default: /)
  --content DIR      the folder of notes (default: QUIRE_CONTENT, then content/)
  --dist DIR         write there instead of dist/; what Quire built there goes
  --deny warnings    let warnings about notes stop the build too, as in CI
  --locked           fail if cards.lock is not up to date, instead of writing it
  --quick            skip what only makes the app small: for tests, not for hosts";

/// How much work goes into the size of the wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// The smallest app: what learners get.
    Release,
    /// The soonest ready: what `serve --watch` and tests of changed notes use.
    /// Cargo's dev profile, which shares what the native tests have compiled.
    Quick,
}

/// What is to be built, and where to.
#[derive(Debug)]
pub struct Plan {
    /// The path below which it is served.
    pub public_url: PublicUrl,
    /// Its notes.
    pub content: Content,
    /// The folder for the result, absolute.
    pub dist: PathBuf,
    /// For size or for speed.
    pub profile: Profile,
}

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    let Options {
        plan,
        deny,
        keeping,
    } = options_from(args)?;
    problems::check(&plan.content, deny, keeping)?;
    let tools = setup::tools(Install::Missing)?;
    build(&plan, &tools)?;
    println!("\nBuilt {}", plan.dist.display());
    if plan.profile == Profile::Release {
        print!("{}", size::report(&plan.dist)?);
    }
    Ok(())
}

/// Builds what `plan` says by Trunk.
pub fn build(plan: &Plan, tools: &Tools) -> Result<()> {
    process::run(&mut checked_trunk("build", plan, tools)?)
}

/// `trunk VERB` for `plan`, once it is sure that nothing foreign is deleted.
pub fn checked_trunk(verb: &str, plan: &Plan, tools: &Tools) -> Result<Command> {
    refuse_foreign_folder(&plan.dist)?;
    Ok(trunk(verb, plan, tools))
}

/// `trunk VERB` with the options of `plan`, and the tools that Trunk must find
/// so that it downloads none of its own.
fn trunk(verb: &str, plan: &Plan, tools: &Tools) -> Command {
    let mut trunk = Command::new(&tools.trunk);
    trunk
        .current_dir(workspace::root())
        .args([verb, "--skip-version-check", "--locked"])
        .args(["--public-url", plan.public_url.as_str()])
        .arg("--dist")
        .arg(&plan.dist)
        .env("PATH", path_with(tools))
        .env("TRUNK_TOOLS_WASM_BINDGEN", &tools.wasm_bindgen_version)
        .env_remove(wasm_opt::VARIABLE)
        // What is built for learners is never a build that is being watched.
        .env_remove(watch::VARIABLE);
    if plan.profile == Profile::Release {
        trunk.arg("--release");
        if let Some(path) = &tools.wasm_opt {
            trunk.env(wasm_opt::VARIABLE, path);
        }
    }
    match plan.content.chosen {
        Chosen::ByUser => trunk.env(content::VARIABLE, &plan.content.folder),
        // The tests build the notes of the workspace whatever the variable says.
        Chosen::ByDefault => trunk.env_remove(content::VARIABLE),
    };
    // Trunk takes only `true` and `false` here; the habit is `1`.
    if process::is_set("NO_COLOR") {
        trunk.env("NO_COLOR", "true");
    }
    trunk
}

/// The command line.
struct Options {
    plan: Plan,
    deny: Deny,
    keeping: Keeping,
}

fn options_from(args: &[String]) -> Result<Options> {
    let mut public_url = PublicUrl::root();
    let mut folder = None;
    let mut dist = workspace::root().join("dist");
    let mut profile = Profile::Release;
    let mut deny = Deny::Nothing;
    let mut keeping = Keeping::Update;
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = cli::next(&mut parser)? {
        match arg {
            Long("public-url") => public_url = cli::text(&mut parser)?.parse()?,
            Long("content") => folder = Some(cli::path(&mut parser)?),
            Long("dist") => dist = std::path::absolute(cli::path(&mut parser)?)?,
            Long("deny") => deny = cli::text(&mut parser)?.parse()?,
            Long("locked") => keeping = Keeping::Locked,
            Long("quick") => profile = Profile::Quick,
            other => return Err(Usage::unexpected("build", &other).into()),
        }
    }
    let plan = Plan {
        public_url,
        content: content::choose(folder)?,
        dist,
        profile,
    };
    Ok(Options {
        plan,
        deny,
        keeping,
    })
}

/// Trunk empties the folder it writes to, so it must be one of ours or new.
fn refuse_foreign_folder(dist: &std::path::Path) -> Result<()> {
    let Ok(mut entries) = dist.read_dir() else {
        if dist.exists() {
            bail!(
                "`{}` is not a folder; choose another --dist",
                dist.display()
            );
        }
        return Ok(());
    };
    let is_ours = dist.join("index.html").is_file() && dist.join("sw.js").is_file();
    let holds_only_our_stage = entries.all(|entry| entry.is_ok_and(|e| e.file_name() == ".stage"));
    if !is_ours && !holds_only_our_stage {
        bail!(
            "`{}` holds files that no build of Quire wrote, and a build would delete them; \
             choose another --dist",
            dist.display()
        );
    }
    Ok(())
}

/// PATH with our wasm-bindgen before any other.
fn path_with(tools: &Tools) -> OsString {
    let first = tools.wasm_bindgen.parent().map(PathBuf::from);
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = first.into_iter().chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).unwrap_or(rest.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scratch;

    #[test]
    fn a_folder_that_is_not_a_build_is_left_alone() {
        let scratch = Scratch::new("build-foreign");
        scratch.write("letters.txt", "dear all");
        let text = refuse_foreign_folder(&scratch.path(""))
            .unwrap_err()
            .to_string();
        assert!(text.contains("would delete them"), "{text}");
        let file = refuse_foreign_folder(&scratch.path("letters.txt"))
            .unwrap_err()
            .to_string();
        assert!(file.contains("is not a folder"), "{file}");
    }

    #[test]
    fn a_new_an_empty_and_a_built_folder_are_taken() {
        let scratch = Scratch::new("build-ours");
        refuse_foreign_folder(&scratch.path("nowhere")).unwrap();
        refuse_foreign_folder(&scratch.path("")).unwrap();
        scratch.write("half/.stage/x", "");
        refuse_foreign_folder(&scratch.path("half")).unwrap();
        for name in ["built/index.html", "built/sw.js", "built/quire.js"] {
            scratch.write(name, "");
        }
        refuse_foreign_folder(&scratch.path("built")).unwrap();
    }

    #[test]
    fn options_that_are_wrong_are_errors_of_usage() {
        for args in [
            &["--nonsense"][..],
            &["--public-url"],
            &["extra"],
            &["--public-url", "a b"],
        ] {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            let Err(error) = options_from(&args) else {
                panic!("{args:?} is taken");
            };
            assert!(error.is::<Usage>(), "{args:?}: {error:#}");
        }
    }
}
