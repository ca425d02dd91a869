//! The program with a file for its state.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::program::{PROGRAM, program};
use super::running::{exchange, json, request};

/// A folder that exists as long as the test runs.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn upsert(address: SocketAddr, id: &str) {
    let body = format!(r#"{{"users":{{"{id}":{{"id":"{id}","custom":{{"color":"red"}}}}}}}}"#);
    let answer = exchange(address, request("POST", "/api/v2/users", &body));
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}

/// All users, as a query returns them.
fn users(address: SocketAddr) -> Vec<Value> {
    let query = request("GET", "/api/v2/users", "");
    let query =
        query.replace("?api_key", "?payload=%7B%22filter_conditions%22%3A%7B%7D%2C%22limit%22%3A100%7D&api_key");
    json(&exchange(address, query))["users"].as_array().unwrap().clone()
}

fn refused(arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } =
        Command::new(PROGRAM).args(["--port", "0"]).args(arguments).output().unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(1), 0));
    String::from_utf8(stderr).unwrap()
}

#[cfg(unix)]
#[test]
fn users_are_restored_after_a_restart_in_order() {
    let folder = Folder::new("restart");
    let file = folder.file("state.json");
    let (mut first, address) = program(&["--data", &file]);
    for id in ["ann", "ben", "cleo"] {
        upsert(address, id);
    }
    let before = users(address);
    super::program::stop(&first, "-TERM");
    assert!(first.wait().unwrap().success());
    let (mut second, address) = program(&["--data", &file]);
    assert_eq!(users(address), before);
    assert_eq!(before.len(), 3);
    second.kill().unwrap();
    second.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn the_file_keeps_its_permissions_and_is_private_at_first() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("mode");
    let file = folder.file("state.json");
    for chosen in [None, Some(0o640)] {
        if let Some(mode) = chosen {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        }
        let (mut child, address) = program(&["--data", &file]);
        upsert(address, "ann");
        super::program::stop(&child, "-TERM");
        assert!(child.wait().unwrap().success());
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, chosen.unwrap_or(0o600));
    }
}

#[test]
fn changes_are_saved_while_the_program_runs_and_reads_are_not() {
    let folder = Folder::new("while-running");
    let file = folder.file("state.json");
    let (mut child, address) = program(&["--data", &file, "--save-every", "5"]);
    users(address);
    assert!(!Path::new(&file).exists());
    upsert(address, "ann");
    let deadline = Instant::now() + Duration::from_secs(10);
    while !Path::new(&file).exists() {
        assert!(Instant::now() < deadline);
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(fs::read_to_string(&file).unwrap().contains("ann"));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_killed_program_leaves_a_complete_state() {
    let folder = Folder::new("killed");
    let file = folder.file("state.json");
    let mut kept = 0;
    for round in 0..6 {
        let (mut child, address) = program(&["--data", &file, "--save-every", "1"]);
        assert!(users(address).len() >= kept);
        kept = users(address).len();
        for n in 0..10 + round {
            upsert(address, &format!("u{round}-{n}"));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(kept > 0);
}

#[test]
fn a_damaged_file_is_refused_and_left_as_it_is() {
    let folder = Folder::new("damaged");
    let file = folder.file("state.json");
    for (content, problem) in [
        ("", "not JSON"),
        ("{\"format\":\"getstream-users-emulator state\",\"version\":1,\"app\":{\"users\"", "not JSON"),
        ("{}", "not the state of an emulator"),
        ("{\"format\":\"getstream-users-emulator state\",\"version\":1,\"app\":{}}", "damaged at app"),
        ("\u{feff}[1]", "not JSON"),
    ] {
        fs::write(&file, content).unwrap();
        let message = refused(&["--data", &file]);
        let start = format!("error: cannot restore the state from {file}, which is left as it is: ");
        assert!(message.starts_with(&start) && message.contains(problem), "{message}");
        assert_eq!(fs::read_to_string(&file).unwrap(), content);
    }
}

#[test]
fn a_file_is_used_by_one_program_at_a_time() {
    let folder = Folder::new("one");
    let file = folder.file("state.json");
    let (mut child, _) = program(&["--data", &file]);
    let message = refused(&["--data", &file]);
    assert_eq!(message, format!("error: another emulator keeps its state in {file}\n"));
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut next, _) = program(&["--data", &file]);
    next.kill().unwrap();
    next.wait().unwrap();
}

#[test]
fn a_file_that_cannot_be_written_is_refused_at_the_start() {
    let folder = Folder::new("nowhere");
    let file = folder.file("no/such/folder.json");
    let message = refused(&["--data", &file]);
    assert!(message.starts_with(&format!("error: cannot keep the state in {file}: ")), "{message}");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_replaced_by_a_file() {
    let folder = Folder::new("link");
    let (target, link) = (folder.file("target.json"), folder.file("link.json"));
    let (mut child, address) = program(&["--data", &target]);
    upsert(address, "ann");
    super::program::stop(&child, "-TERM");
    child.wait().unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let (mut child, address) = program(&["--data", &link]);
    upsert(address, "ben");
    super::program::stop(&child, "-TERM");
    child.wait().unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("ben"));
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_rejected_and_not_changed() {
    let folder = Folder::new("dangling");
    let (target, link) = (folder.file("target.json"), folder.file("link.json"));
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let message = refused(&["--data", &link]);
    let expected = "is a link to a file that does not exist; name that file itself, or remove the link";
    assert_eq!(message, format!("error: {link} {expected}\n"));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && !Path::new(&target).exists());
}

/// A write gets its response only after it has happened, and everything that has happened is saved before the program
/// ends.
#[cfg(unix)]
#[test]
fn a_stopped_program_has_saved_every_change_it_responded_to() {
    let folder = Folder::new("told-to-stop");
    let file = folder.file("state.json");
    for round in 0..3 {
        let (mut child, address) = program(&["--data", &file, "--save-every", "60000"]);
        let writers: Vec<_> = (0..3)
            .map(|writer| {
                std::thread::spawn(move || {
                    (0..).map(|n| format!("w{round}-{writer}-{n}")).take_while(|id| is_upserted(address, id)).collect()
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(100));
        super::program::stop(&child, "-TERM");
        let answered: Vec<String> =
            writers.into_iter().flat_map(|writer| -> Vec<_> { writer.join().unwrap() }).collect();
        assert!(child.wait().unwrap().success());
        let state: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let kept = state["app"]["users"].to_string();
        assert!(!answered.is_empty());
        for id in answered {
            assert!(kept.contains(&format!("\"{id}\"")), "{id}");
        }
    }
}

/// Whether a write got its response. The program may have ended.
#[cfg(unix)]
fn is_upserted(address: SocketAddr, id: &str) -> bool {
    use std::io::{Read, Write};

    let body = format!(r#"{{"users":{{"{id}":{{"id":"{id}"}}}}}}"#);
    let Ok(mut connection) = std::net::TcpStream::connect(address) else { return false };
    let mut answer = String::new();
    let sent = connection.write_all(request("POST", "/api/v2/users", &body).as_bytes());
    sent.and_then(|()| connection.read_to_string(&mut answer)).is_ok() && answer.starts_with("HTTP/1.1 201 ")
}

/// A limit on the size of files stands for a full disk: the write fails in the middle.
#[cfg(target_os = "linux")]
#[test]
fn a_save_that_fails_leaves_the_old_state_and_nothing_else() {
    let folder = Folder::new("full");
    let file = folder.file("state.json");
    let (mut child, address) = program(&["--data", &file]);
    upsert(address, "ann");
    super::program::stop(&child, "-TERM");
    assert!(child.wait().unwrap().success());
    let before = fs::read_to_string(&file).unwrap();
    // In blocks of 512 bytes. The signal that comes with it would end the program.
    let limited = format!("trap '' XFSZ; ulimit -f {}; exec", before.len() / 512 + 16);
    let (mut child, address) = super::program::program_in_shell(&limited, &["--data", &file, "--save-every", "5"]);
    for n in 0..100 {
        upsert(address, &format!("{n}-{}", "x".repeat(200)));
    }
    super::program::stop(&child, "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let kept = fs::read_to_string(&file).unwrap();
    assert!(serde_json::from_str::<Value>(&kept).unwrap()["app"]["users"].to_string().contains("ann"));
    let mut names: Vec<_> =
        fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["state.json", "state.json.lock"]);
}

#[test]
fn an_incomplete_save_of_a_killed_program_is_removed() {
    let folder = Folder::new("cleared");
    let (file, left) = (folder.file("state.json"), folder.file("state.json.tmp"));
    fs::write(&left, "{").unwrap();
    let (mut child, _) = program(&["--data", &file]);
    assert!(!Path::new(&left).exists());
    child.kill().unwrap();
    child.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn a_seed_is_ignored_when_a_state_is_restored() {
    let folder = Folder::new("seed");
    let (file, seed) = (folder.file("state.json"), folder.file("seed.json"));
    fs::write(&seed, r#"{"users":["ann","ben"]}"#).unwrap();
    let (mut first, address) = program(&["--seed", &seed, "--data", &file]);
    assert_eq!(users(address).len(), 2);
    upsert(address, "ann");
    let before = users(address);
    super::program::stop(&first, "-TERM");
    assert!(first.wait().unwrap().success());
    // It would overwrite the changes.
    let (mut second, address) = program(&["--seed", &seed, "--data", &file]);
    assert_eq!(users(address), before);
    second.kill().unwrap();
    second.wait().unwrap();
}

#[test]
fn a_seed_that_is_wrong_is_refused() {
    let folder = Folder::new("bad-seed");
    let seed = folder.file("seed.json");
    assert!(refused(&["--seed", &seed]).starts_with(&format!("error: cannot begin with {seed}: ")));
    fs::write(&seed, r#"{"users":[{"id":"a b"}]}"#).unwrap();
    assert!(refused(&["--seed", &seed]).starts_with(&format!("error: cannot begin with {seed}: users[0]")));
}
