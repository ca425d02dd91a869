//! The program with a command.

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

use super::program::{PROGRAM, stop};

fn exec(flags: &[&str], command: &[&str]) -> Output {
    Command::new(PROGRAM).args(flags).args(["exec", "--"]).args(command).output().unwrap()
}

fn in_shell(script: &str) -> Output {
    exec(&[], &["sh", "-c", script])
}

#[test]
fn the_command_gets_the_address_in_its_environment_and_stdout_to_itself() {
    let script = "printf '%s ' $STREAM_API_KEY $STREAM_API_SECRET $STREAM_SECRET $STREAM_BASE_URL";
    let output = exec(&["--api-key", "k", "--api-secret", "s"], &["sh", "-c", script]);
    assert!(output.status.success());
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let url = stdout.strip_prefix("k s s ").unwrap().trim_end();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    assert_eq!(stderr, format!("listening on {url}\n"));
}

#[test]
fn the_emulator_of_a_command_uses_the_requested_port() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = exec(&["--port", &free.port().to_string()], &["sh", "-c", "printf $STREAM_BASE_URL"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("http://{free}"));
}

#[test]
fn the_program_ends_with_the_code_of_the_command() {
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137), ("kill -TERM $$", 143)] {
        assert_eq!(in_shell(script).status.code(), Some(code), "{script}");
    }
}

#[test]
fn a_command_that_cannot_be_started_is_named() {
    for (command, code) in [("/no/such/command", 127), (env!("CARGO_MANIFEST_DIR"), 126)] {
        let output = exec(&[], &[command]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.starts_with(&format!("error: cannot run {command}: ")), "{message}");
    }
}

#[test]
fn signals_are_forwarded_to_the_command_whose_exit_code_counts() {
    for (signal, code) in [("-TERM", 15), ("-INT", 2)] {
        let script = "trap 'exit 15' TERM; trap 'exit 2' INT; echo ready; while :; do sleep 0.01; done";
        let mut program = Command::new(PROGRAM)
            .args(["exec", "sh", "-c", script])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
        stop(&program, signal);
        assert_eq!(program.wait().unwrap().code(), Some(code), "{signal}");
    }
}
