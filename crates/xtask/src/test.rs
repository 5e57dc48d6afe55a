//! `test`: sets up what tests need and runs everything, browsers included.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use lexopt::prelude::*;

use crate::build::{self, Plan, Profile};
use crate::cli::{self, Usage};
use crate::content::{self, Chosen, Content};
use crate::public_url::PublicUrl;
use crate::setup::browsers::{self, Browsers};
use crate::setup::{self, Install, Tools, toolchain};
use crate::steps::Steps;
use crate::{check, dist, process, size, workspace};

/// What `cargo xtask test --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask test [options]

Sets up what tests need (on Debian and Ubuntu also Chromium, Firefox, WebKitGTK
and their drivers, where apt needs no password) and runs everything: format,
lints, native tests, the release build, and the browser tests against it. It
asks nothing and ends at the first failure. A missing Chromium is a failure;
where CI=true is set, so is every missing browser.

Options:
  --skip-setup  install nothing: what is missing is an error

While you work, `cargo xtask check` runs all that needs no browser.";

/// What a set-up found.
struct Ready {
    tools: Tools,
    browsers: Browsers,
}

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    let install = options_from(args)?;
    let plan = plan();
    let dist_test = workspace::root().join("dist-test");
    let mut steps = Steps::new();
    let mut ready = None;
    steps.run("set-up", || {
        ready = Some(set_up(install)?);
        Ok(())
    })?;
    let Ready { tools, browsers } = ready.expect("the step before would have failed");
    check::add_to(&mut steps)?;
    steps.run("release build", || build::build(&plan, &tools))?;
    println!("{}", size::report(&plan.dist)?);
    steps.run("the build with the tests' clock", || {
        copy_with_clock(&plan.dist, &dist_test)
    })?;
    steps.run("browser tests", || {
        browser_tests(&plan.dist, &dist_test, &browsers)
    })?;
    println!("{}", steps.summary());
    Ok(())
}

fn options_from(args: &[String]) -> Result<Install, Usage> {
    let mut install = Install::Missing;
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = cli::next(&mut parser)? {
        match arg {
            Long("skip-setup") => install = Install::Nothing,
            other => return Err(Usage::unexpected("test", &other)),
        }
    }
    Ok(install)
}

fn set_up(install: Install) -> Result<Ready> {
    // Browsers first: what cannot be had should be told within seconds.
    let browsers = browsers::all(install)?;
    toolchain::ensure(install)?;
    Ok(Ready {
        tools: setup::tools(install)?,
        browsers,
    })
}

/// The notes of the repository, whatever is chosen for other commands: the
/// tests know what is in them.
pub fn plan() -> Plan {
    let root = workspace::root();
    Plan {
        public_url: PublicUrl::root(),
        content: Content {
            folder: root.join("content"),
            chosen: Chosen::ByDefault,
        },
        dist: root.join("dist"),
        profile: Profile::Release,
    }
}

/// Makes the build with the tests' clock out of the release build.
pub fn copy_with_clock(dist: &Path, dist_test: &Path) -> Result<()> {
    let shown = |path: &Path| path.to_string_lossy().into_owned();
    dist::run_test_copy(&[
        "--from".to_owned(),
        shown(dist),
        "--to".to_owned(),
        shown(dist_test),
    ])
}

fn browser_tests(dist: &Path, dist_test: &Path, browsers: &Browsers) -> Result<()> {
    let mut tests = process::cargo();
    tests.args(["test", "--locked", "--package", "browser-tests"]);
    surround(&mut tests, dist, dist_test, browsers);
    process::run(&mut tests)
}

/// What the browser tests, and the programs beside them, are told.
pub fn surround(command: &mut Command, dist: &Path, dist_test: &Path, browsers: &Browsers) {
    let root = workspace::root();
    command
        .current_dir(&root)
        .env_remove(content::VARIABLE)
        .env("QUIRE_ROOT", &root)
        .env("QUIRE_DIST", dist)
        .env("QUIRE_DIST_TEST", dist_test)
        .envs(browsers.variables());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_up_is_left_out_only_when_asked() {
        assert_eq!(options_from(&[]).unwrap(), Install::Missing);
        let skip = ["--skip-setup".to_owned()];
        assert_eq!(options_from(&skip).unwrap(), Install::Nothing);
        let wrong = ["--fast".to_owned()];
        assert!(
            options_from(&wrong)
                .unwrap_err()
                .to_string()
                .contains("--help")
        );
    }
}
