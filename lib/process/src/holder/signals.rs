//! Signals as a descriptor, so that the loop sees them like everything else.

use std::io;
use std::os::fd::{FromRawFd, OwnedFd};

/// What the holder was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// A process of the tree has ended.
    ChildEnded,
    /// The holder itself shall end, and its tree with it.
    End,
    /// Something that a holder does not obey.
    Nothing,
}

/// Undoes what was inherited from the starter: ignored signals (an ignored SIGCHLD would hide exits, and the child would
/// ignore what it is told).
fn reset() {
    for signal in 1..32 {
        // SIGPIPE stays ignored here; the child gets it back when it is spawned.
        if ![libc::SIGKILL, libc::SIGSTOP, libc::SIGPIPE].contains(&signal) {
            #[expect(unsafe_code, reason = "the system offers dispositions only this way")]
            // SAFETY: no handler is installed, only the default is restored, while this is the only thread.
            unsafe {
                libc::signal(signal, libc::SIG_DFL);
            }
        }
    }
}

/// Marks every descriptor but the standard three to be closed in what is spawned: a careless starter's open pipes and
/// files must be held neither by the holder nor by its child.
pub(super) fn keep_descriptors_back() {
    #[expect(unsafe_code, reason = "there is no safe wrapper")]
    // SAFETY: this changes a flag of descriptors and closes none, so whoever owns one in here still does.
    let _ = unsafe { libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, libc::CLOSE_RANGE_CLOEXEC) };
}

/// Blocks the signals a holder cares about, and opens a descriptor to read them from. SIGHUP and SIGQUIT are only
/// blocked: what ends a terminal or a login does not end a holder. So is SIGXFSZ: a journal that may not grow is an
/// error of the write.
pub(super) fn open() -> io::Result<OwnedFd> {
    reset();
    let signals = [libc::SIGCHLD, libc::SIGTERM, libc::SIGINT, libc::SIGHUP, libc::SIGQUIT, libc::SIGXFSZ];
    #[expect(unsafe_code, reason = "the system offers signal sets only through raw pointers")]
    // SAFETY: `set` lives on this stack, is initialised by `sigemptyset` before anything reads it, and the descriptor
    // that `signalfd` returns belongs to nobody else.
    unsafe {
        let mut set = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
        libc::sigemptyset(set.as_mut_ptr());
        for signal in signals {
            libc::sigaddset(set.as_mut_ptr(), signal);
        }
        if libc::sigprocmask(libc::SIG_BLOCK, set.as_ptr(), std::ptr::null_mut()) != 0 {
            return Err(io::Error::last_os_error());
        }
        let fd = libc::signalfd(-1, set.as_ptr(), libc::SFD_CLOEXEC | libc::SFD_NONBLOCK);
        if fd < 0 { Err(io::Error::last_os_error()) } else { Ok(OwnedFd::from_raw_fd(fd)) }
    }
}

/// The next signal that waits, if any.
pub(super) fn next(signals: &OwnedFd) -> Option<Told> {
    let mut info = [0; size_of::<libc::signalfd_siginfo>()];
    if rustix::io::read(signals, &mut info) != Ok(info.len()) {
        return None;
    }
    // The signal's number is the first field.
    let number = i32::from_ne_bytes([info[0], info[1], info[2], info[3]]);
    Some(match number {
        libc::SIGCHLD => Told::ChildEnded,
        libc::SIGTERM | libc::SIGINT => Told::End,
        _ => Told::Nothing,
    })
}
