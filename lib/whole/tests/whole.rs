//! What is promised of a file that is written: through failures, links, modes and full disks.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and starts itself again, under a limit and under another umask"
)]

use std::fs::{self, Permissions};
use std::io::{self, Read as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use oqto_whole::{Access, Draft, Placed, write};

/// Tells this test, started again, where to write.
const PLACE: &str = "OQTO_WHOLE_PLACE";

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn mode(file: &Path) -> u32 {
    fs::metadata(file).unwrap().mode() & 0o7777
}

#[test]
fn a_file_is_made_and_replaced_and_nothing_stays_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("größe 日本.json");
    write(&file, b"old", Access::Owner).unwrap();
    let old = fs::File::open(&file).unwrap();
    write(&file, b"new", Access::Owner).unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"new");
    assert_eq!(names(folder.path()), ["größe 日本.json"]);
    let mut seen = String::new();
    (&old).read_to_string(&mut seen).unwrap();
    assert_eq!(seen, "old", "whoever has the old one open reads it to its end");
}

#[test]
fn a_draft_that_is_not_placed_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    write(&file, b"old", Access::Owner).unwrap();
    let draft = Draft::of(&file, b"torn", Access::Owner).unwrap();
    assert_eq!((fs::read(&file).unwrap(), names(folder.path()).len()), (b"old".to_vec(), 2));
    drop(draft);
    assert_eq!((fs::read(&file).unwrap(), names(folder.path())), (b"old".to_vec(), vec!["file".to_owned()]));
    Draft::of(&file, b"new", Access::Owner).unwrap().place().unwrap();
    assert_eq!((fs::read(&file).unwrap(), names(folder.path())), (b"new".to_vec(), vec!["file".to_owned()]));
}

#[test]
fn one_of_many_makes_a_file_that_must_not_be_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    let make = |number: u8| {
        let file = &file;
        move || Draft::of(file, &[number], Access::Owner).unwrap().place_if_absent().unwrap()
    };
    let placed: Vec<Placed> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..8).map(|number| scope.spawn(make(number))).collect();
        makers.into_iter().map(|maker| maker.join().unwrap()).collect()
    });
    let ours = placed.iter().position(|placed| *placed == Placed::New).unwrap();
    assert_eq!(placed.iter().filter(|placed| **placed == Placed::New).count(), 1);
    assert_eq!(fs::read(&file).unwrap(), [u8::try_from(ours).unwrap()]);
    assert_eq!(names(folder.path()), ["key"]);
}

#[test]
fn modes_are_kept_where_they_shall_be() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    for (access, new, after_0640) in [
        (Access::Owner, Some(0o600), 0o600),
        (Access::KeptOrOwner, Some(0o600), 0o640),
        (Access::KeptOrUsual, None, 0o640),
    ] {
        write(&file, b"first", access).unwrap();
        assert!(new.is_none_or(|new| mode(&file) == new), "{access:?}: {:o}", mode(&file));
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        write(&file, b"second", access).unwrap();
        assert_eq!(mode(&file), after_0640, "{access:?}");
        fs::remove_file(&file).unwrap();
    }
}

#[test]
fn links_stay_links() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("dotfiles")).unwrap();
    fs::write(at("dotfiles/there"), "old").unwrap();
    fs::set_permissions(at("dotfiles/there"), Permissions::from_mode(0o640)).unwrap();
    symlink("dotfiles/there", at("one")).unwrap();
    symlink("one", at("two")).unwrap();
    symlink("dotfiles/absent", at("dangling")).unwrap();
    symlink("round", at("round")).unwrap();
    write(&at("two"), b"new", Access::KeptOrOwner).unwrap();
    write(&at("dangling"), b"made", Access::KeptOrOwner).unwrap();
    assert!(at("one").is_symlink() && at("two").is_symlink() && at("dangling").is_symlink());
    assert_eq!(fs::read(at("dotfiles/there")).unwrap(), b"new");
    assert_eq!(mode(&at("dotfiles/there")), 0o640);
    assert_eq!(fs::read(at("dotfiles/absent")).unwrap(), b"made");
    assert_eq!(names(&at("dotfiles")), ["absent", "there"]);
    write(&at("round"), b"", Access::Owner).unwrap_err();
    assert!(at("round").is_symlink());
}

#[test]
fn devices_are_written_into_and_folders_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(Path::new("/dev/null"), b"gone", Access::Owner).unwrap();
    let full = write(Path::new("/dev/full"), b"no room", Access::Owner).unwrap_err();
    assert_eq!((full.to_string().as_str(), full.source.kind()), ("cannot write /dev/full", io::ErrorKind::StorageFull));
    let draft = Draft::of(Path::new("/dev/null"), b"", Access::Owner).unwrap_err();
    assert_eq!(draft.source.to_string(), "it is no regular file");
    let refused = write(folder.path(), b"", Access::Owner).unwrap_err();
    assert_eq!(refused.source.kind(), io::ErrorKind::IsADirectory);
    let absent = folder.path().join("absent/file");
    let refused = write(&absent, b"", Access::Owner).unwrap_err();
    assert_eq!((refused.path, refused.source.raw_os_error()), (absent, Some(2)));
}

#[test]
fn what_the_standard_output_is_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    fs::write(&log, "before\n").unwrap();
    let out = fs::File::options().append(true).open(&log).unwrap();
    let ran = again("the_other_process", &[]).env(PLACE, "/dev/stdout").stdout(out).status().unwrap();
    assert!(ran.success());
    let text = fs::read_to_string(&log).unwrap();
    assert!(text.starts_with("before\n") && text.contains("from the other process\n"), "{text}");
}

#[test]
fn a_full_disk_leaves_the_old_file_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    write(&file, b"old", Access::Owner).unwrap();
    // Files may not grow beyond eight blocks of 512 bytes: to a write, the disk is full there.
    let ran = again("the_other_process", &["trap '' XFSZ; ulimit -f 8"]).env(PLACE, &file).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success() && said.contains("refused: FileTooLarge"), "{said}");
    assert_eq!((fs::read(&file).unwrap(), names(folder.path())), (b"old".to_vec(), vec!["file".to_owned()]));
}

#[test]
fn the_umask_counts_for_a_new_file() {
    for (umask, usual) in [("027", 0o640), ("077", 0o600), ("002", 0o664)] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        let ran = again("the_other_process", &[&format!("umask {umask}")]).env(PLACE, &file).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
        assert_eq!(mode(&file), usual, "umask {umask}");
    }
}

/// A test of this file in a process of its own, after these commands of a shell.
fn again(test: &str, first: &[&str]) -> Command {
    let mut command = Command::new("sh");
    let script = [first, &["exec \"$@\""]].concat().join("\n");
    command.args(["-c", &script, "sh"]).arg(std::env::current_exe().unwrap()).args(["--exact", test, "--nocapture"]);
    command
}

/// Writes 64 KiB to the place that the environment names; nothing where it names none.
#[test]
fn the_other_process() {
    let Some(place) = std::env::var_os(PLACE) else { return };
    let text = "from the other process\n".repeat(3000);
    match write(Path::new(&place), text.as_bytes(), Access::KeptOrUsual) {
        Ok(()) => {}
        Err(error) => println!("refused: {:?}", error.source.kind()),
    }
}
