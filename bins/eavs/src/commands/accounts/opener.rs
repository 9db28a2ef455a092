//! A browser that opens an address.

use std::path::Path;

use oqto_kit::Ctx;
use oqto_process::helper::{Helper, detached};

use crate::place::variable;

/// Asks the desktop to open an address, where there is one. Needs a runtime. The address is printed anyway, so that nothing
/// depends on it.
pub(super) fn open(ctx: &Ctx, address: &str) {
    let Some(program) = program() else { return };
    match detached(&Helper::new(program).arg(address), Path::new("/dev/null")) {
        Ok(_) => ctx.note("it is opened by itself where this desktop can"),
        Err(error) => tracing::debug!(%error, "no browser is opened"),
    }
}

/// What opens addresses on this desktop; nothing without one.
fn program() -> Option<&'static str> {
    if cfg!(target_os = "macos") {
        return Some("open");
    }
    let has = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    (has("DISPLAY") || has("WAYLAND_DISPLAY")).then_some("xdg-open")
}
