//! A debug build of a benchmark must refuse to measure anything.

use std::process::Command;

#[test]
#[cfg(debug_assertions)]
fn every_binary_refuses() {
    for binary in [
        env!("CARGO_BIN_EXE_core"),
        env!("CARGO_BIN_EXE_disk"),
        env!("CARGO_BIN_EXE_journal"),
        env!("CARGO_BIN_EXE_loadgen"),
        env!("CARGO_BIN_EXE_memory"),
        env!("CARGO_BIN_EXE_recovery"),
        env!("CARGO_BIN_EXE_scenarios"),
    ] {
        let output = Command::new(binary).output().expect("the binary was built for this test");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{binary}");
        assert!(said.contains("needs a release build"), "{binary}: {said}");
        assert!(output.stdout.is_empty(), "{binary}");
    }
}
