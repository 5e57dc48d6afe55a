//! What the commands share about their arguments.

use std::fmt;
use std::path::PathBuf;

use anyhow::Result;
use lexopt::{Arg, Parser, ValueExt};

/// The command line is wrong: the process ends with code 2.
#[derive(Debug)]
pub struct Usage(String);

impl Usage {
    /// An error of usage with what to do about it.
    pub fn new(message: impl Into<String>) -> Usage {
        Usage(message.into())
    }

    /// An argument that `command` does not know.
    pub fn unexpected(command: &str, arg: &Arg<'_>) -> Usage {
        let shown = match arg {
            Arg::Short(short) => format!("-{short}"),
            Arg::Long(long) => format!("--{long}"),
            Arg::Value(value) => value.to_string_lossy().into_owned(),
        };
        Usage(format!(
            "`{command}` does not take `{shown}`; `cargo xtask {command} --help` tells what it takes"
        ))
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Usage {
        Usage(error.to_string())
    }
}

/// Whether `--help` or `-h` stands before a `--`.
pub fn asks_for_help(args: &[String]) -> bool {
    args.iter()
        .take_while(|arg| *arg != "--")
        .any(|arg| arg == "--help" || arg == "-h")
}

/// The next argument, its errors being errors of usage.
pub fn next(parser: &mut Parser) -> Result<Option<Arg<'_>>, Usage> {
    Ok(parser.next()?)
}

/// The value of the option just read, as text.
pub fn text(parser: &mut Parser) -> Result<String, Usage> {
    Ok(parser.value()?.string()?)
}

/// The value of the option just read, as a path that is not empty.
pub fn path(parser: &mut Parser) -> Result<PathBuf, Usage> {
    let path = PathBuf::from(parser.value()?);
    if path.as_os_str().is_empty() {
        return Err(Usage::new(
            "a folder is missing where the empty text stands",
        ));
    }
    Ok(path)
}

/// Refuses every argument, for commands that take none.
pub fn no_arguments(command: &str, args: &[String]) -> Result<(), Usage> {
    let mut parser = Parser::from_args(args);
    match next(&mut parser)? {
        Some(arg) => Err(Usage::unexpected(command, &arg)),
        None => Ok(()),
    }
}
