//! One command each: set-up, build, serve, check, cards and tests.
//!
//! `cargo xtask` alone prints the table of commands below.

mod build;
mod cards;
mod check;
mod dist;
mod serve;
mod size;
mod soak;
mod test;

mod cli;
mod content;
mod file_names;
mod ledger;
mod problems;
mod process;
mod public_url;
mod setup;
mod steps;
#[cfg(test)]
mod testing;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::Usage;

/// One line of the table of commands.
struct Command {
    name: &'static str,
    summary: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const DIST_HELP: &str = "\
Usage: cargo xtask dist

The last step of a build. Trunk calls it as its hook and says by variables
where the files are; `cargo xtask build` is what you want.";

const DIST_TEST_HELP: &str = "\
Usage: cargo xtask dist-test [options]

Copies dist/ to dist-test/ and adds the script by which browser tests set the
clock. The wasm stays the same, byte for byte.

Options:
  --from DIR  the build to copy (default: dist/)
  --to DIR    the copy (default: dist-test/)";

/// Every command, in the order a newcomer meets them.
const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        summary: "set up what is missing, build the app and serve it on this machine",
        help: serve::HELP,
        run: serve::run,
    },
    Command {
        name: "build",
        summary: "build the app into dist/, ready for any static host",
        help: build::HELP,
        run: build::run,
    },
    Command {
        name: "cards",
        summary: "print the cards of the notes, and what is wrong with them",
        help: cards::HELP,
        run: cards::run,
    },
    Command {
        name: "check",
        summary: "format, lints and native tests: the fast lane",
        help: check::HELP,
        run: check::run,
    },
    Command {
        name: "test",
        summary: "set up what tests need and run everything, browsers included",
        help: test::HELP,
        run: test::run,
    },
    Command {
        name: "soak",
        summary: "kill browsers while a learner answers, and count what is lost",
        help: soak::HELP,
        run: soak::run,
    },
    Command {
        name: "size",
        summary: "the sizes of a build against their budgets",
        help: size::HELP,
        run: size::run,
    },
    Command {
        name: "dist",
        summary: "finish what Trunk built; Trunk calls this",
        help: DIST_HELP,
        run: dist::run_hook,
    },
    Command {
        name: "dist-test",
        summary: "copy dist/ to dist-test/ with the tests' clock in it",
        help: DIST_TEST_HELP,
        run: dist::run_test_copy,
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            let code = if error.is::<Usage>() { 2 } else { 1 };
            ExitCode::from(code)
        }
    }
}

fn dispatch(args: &[String]) -> Result<()> {
    let Some((name, rest)) = args.split_first() else {
        println!("{}", table());
        return Ok(());
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        println!("{}", table());
        return Ok(());
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == *name) else {
        return Err(Usage::new(format!("there is no command `{name}`\n\n{}", table())).into());
    };
    if cli::asks_for_help(rest) {
        println!("{}", command.help);
        return Ok(());
    }
    (command.run)(rest)
}

fn table() -> String {
    let mut text = String::from("Usage: cargo xtask <command> [options]\n\nCommands:\n");
    for command in COMMANDS {
        text.push_str(&format!("  {:<10} {}\n", command.name, command.summary));
    }
    text.push_str("\n`cargo xtask <command> --help` tells the options of a command.");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: &str) -> Result<()> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        dispatch(&args)
    }

    #[test]
    fn the_table_names_every_command() {
        let table = table();
        for command in COMMANDS {
            assert!(table.contains(&format!("\n  {:<10} {}", command.name, command.summary)));
        }
    }

    #[test]
    fn every_command_explains_itself() {
        for Command {
            name,
            help,
            summary,
            ..
        } in COMMANDS
        {
            assert!(
                help.starts_with(&format!("Usage: cargo xtask {name}")),
                "{name}"
            );
            assert!(!summary.is_empty() && !summary.ends_with('.'), "{name}");
            run(&format!("{name} --help")).unwrap();
            run(&format!("{name} -h")).unwrap();
        }
    }

    #[test]
    fn no_command_and_help_are_no_errors() {
        for line in ["", "help", "--help", "-h"] {
            run(line).unwrap();
        }
    }

    #[test]
    fn an_unknown_command_is_an_error_of_usage_with_the_table() {
        let error = run("sreve").unwrap_err();
        assert!(error.is::<Usage>());
        let text = error.to_string();
        assert!(
            text.contains("no command `sreve`") && text.contains("  serve "),
            "{text}"
        );
    }

    #[test]
    fn every_command_refuses_what_it_does_not_take() {
        let own = COMMANDS
            .iter()
            .filter(|command| !command.name.starts_with("dist"));
        for command in own {
            let error = run(&format!("{} --nonsense", command.name)).unwrap_err();
            assert!(error.is::<Usage>(), "{}: {error:#}", command.name);
        }
    }
}
