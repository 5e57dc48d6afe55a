//! `cargo xtask serve --watch` over a folder of notes that the test writes to.

use crate::builds::building;
use crate::processes::{kill_group, pid};
use crate::setup::Setup;
use crate::site::Site;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::{env, thread};

/// What the server says before its address.
const SAYS: &str = "Quire is at http://";

/// The running server. It ends when this is dropped.
pub struct Watched {
    folder: PathBuf,
    server: Child,
    site: Rc<Site>,
}

impl Watched {
    /// Builds and serves one note; `name` is the folder's own.
    ///
    /// # Panics
    ///
    /// If the server ends before it serves.
    pub fn start(name: &str, note: &str) -> Self {
        let folder = Setup::evidence("builds").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the target folder can be written");
        fs::write(folder.join(NOTE), note).expect("the target folder can be written");
        let _one = building();
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut server = Command::new(cargo)
            .current_dir(Setup::root())
            .args(["xtask", "serve", "--watch", "--port", "0", "--content"])
            .arg(&folder)
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("cargo runs");
        let said = server.stdout.take().expect("it is piped");
        let mut lines = BufReader::new(said).lines().map_while(Result::ok);
        let address = lines.find_map(|line| {
            let (_, rest) = line.split_once(SAYS)?;
            rest.split('/').next()?.parse().ok()
        });
        // What it says later is of no interest, but must not fill the pipe.
        thread::spawn(move || lines.for_each(drop));
        let Some(address) = address else {
            panic!(
                "`serve --watch` ended before it served: {:?}",
                server.wait()
            );
        };
        let site = Rc::new(Site::served_by_another(address, &folder, "/"));
        Self {
            folder,
            server,
            site,
        }
    }

    /// Where it is served.
    pub fn site(&self) -> Rc<Site> {
        Rc::clone(&self.site)
    }

    /// Saves the note anew.
    pub fn saves(&self, note: &str) {
        fs::write(self.folder.join(NOTE), note).expect("the target folder can be written");
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // Cargo, xtask, and what it may be building.
        if let Some(group) = pid(self.server.id()) {
            kill_group(group);
        }
        let _ = self.server.wait();
    }
}

/// The name of the note.
const NOTE: &str = "note.md";
