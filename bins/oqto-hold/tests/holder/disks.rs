//! A full disk, for real: a small file system of its own, in a mount namespace of its own.

use std::io::Read;
use std::path::Path;
use std::process::Command;

use oqto_process::frames::{FailureCode, Phase, Stall};
use oqto_process::{CallError, Exit};

use crate::again::{given, inner};
use crate::bench::*;

fn mount(options: &str, at: &Path) {
    #[expect(clippy::disallowed_methods, reason = "the test prepares its own file system")]
    let mut command = Command::new("mount");
    let status = command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at).status().expect("mount runs");
    assert!(status.success(), "mount -o {options}");
}

#[test]
fn a_full_disk_loses_nothing() {
    if given().is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            flood_until_there_is_room().await;
            end_while_there_is_no_room().await;
        });
        println!("both were survived");
        return;
    }
    let is_root = rustix::process::geteuid().is_root();
    let unshare = ["unshare", if is_root { "-m" } else { "-rm" }, "--propagation", "private"];
    let mut child = inner(&unshare, "disks::a_full_disk_loses_nothing", "inner").spawn().expect("unshare runs");
    let mut said = String::new();
    child.stdout.take().expect("its output").read_to_string(&mut said).expect("text");
    let status = child.wait().expect("a status");
    assert!(status.success() && said.contains("both were survived"), "{status}: {said}");
}

/// A holder on a disk of 1 MiB, attached.
async fn small(script: &str) -> (Bench, oqto_process::Holder, oqto_process::Records) {
    let mut bench = Bench::sh(script);
    let disk = bench.folder.path().join("disk");
    std::fs::create_dir(&disk).expect("a folder");
    mount("size=1m", &disk);
    bench.spec.dir = disk.join("held");
    let (holder, records) = bench.up().await;
    (bench, holder, records)
}

async fn flood_until_there_is_room() {
    let (bench, holder, mut records) = small("seq 1 1000000; cat").await;
    let mut stall = holder.stall();
    let told = stall.wait_for(Option::is_some).await.expect("a stall is told").clone();
    assert!(matches!(&told, Some(Stall::Disk { message }) if message.contains("No space left")), "{told:?}");
    let refused = holder.send("now", b"now\n".to_vec()).await.expect_err("it cannot be journalled");
    assert!(matches!(&refused, CallError::Refused(failure) if failure.code == FailureCode::NoSpace), "{refused:?}");
    let status = holder.status().await.expect("the holder answers");
    assert_eq!(status.phase, Phase::Running);
    mount("remount,size=64m", &bench.folder.path().join("disk"));
    stall.wait_for(Option::is_none).await.expect("its end is told too");
    holder.send("now", b"now\n".to_vec()).await.expect("the same send, now with room");
    holder.close_stdin().await.expect("closed");
    let all = to_end(&mut records).await;
    indexes_are_gap_free(&all, 0);
    let mut expected: Vec<u8> = (1..=1_000_000).flat_map(|number: u32| format!("{number}\n").into_bytes()).collect();
    expected.extend(b"now\n");
    assert!(stdout(&all) == expected, "not a byte is missing");
    assert_eq!(exit(&all), Some(Exit::Code(0)));
}

async fn end_while_there_is_no_room() {
    let (bench, holder, mut records) = small("exec seq 1 1000000").await;
    holder.stall().wait_for(Option::is_some).await.expect("a stall is told");
    holder.kill_tree().await.expect("asked");
    let deadline = std::time::Instant::now() + PATIENCE;
    while holder.status().await.expect("a status").exit.is_none() {
        assert!(std::time::Instant::now() < deadline, "it does end");
    }
    let waiting = oqto_process::inspect(&bench.dir()).expect("a state");
    assert!(matches!(waiting, oqto_process::HolderState::Running(_)), "the end is not said before it is journalled");
    mount("remount,size=64m", &bench.folder.path().join("disk"));
    let all = to_end(&mut records).await;
    indexes_are_gap_free(&all, 0);
    assert_eq!(exit(&all), Some(Exit::Signal(15)));
    let said = stdout(&all);
    let numbers: Vec<u8> = (1..=1_000_000).flat_map(|number: u32| format!("{number}\n").into_bytes()).collect();
    assert!(said.len() > 900_000 && numbers.starts_with(&said), "what it had said is whole");
}
