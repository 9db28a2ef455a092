//! Opens an address in the person's browser.

use std::path::Path;

use oqto_kit::{Error, OrFail as _, Result};
use oqto_process::helper::{Helper, detached};
use oqto_process::program::resolve;
use oqto_protocol::error::ErrorKind;

/// What the system opens addresses with.
const SYSTEM: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Opens it with `handler`, or the system's program when that is empty, and does not wait for it.
///
/// # Errors
/// When the address is no web page, or the program cannot be started.
pub(crate) fn open(handler: &str, url: &str) -> Result<()> {
    // Anything else could be a file or a command of this machine.
    if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(Error::new(ErrorKind::Unsupported, format!("only web pages are opened, and this is {url}")));
    }
    let handler = if handler.is_empty() { SYSTEM } else { handler };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let program = resolve(handler.as_ref(), &path)
        .or_fail(ErrorKind::NotFound, || format!("cannot open {url}"))
        .map_err(|error| error.hint("name a program: url_handler in sx.toml (sx config path)"))?;
    // A handler that reads flags must not take an address for one: it begins with http.
    // A runtime of its own: the kit's brings a log along that this program does not have.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.or_fail(ErrorKind::Failed, || "cannot start the runtime")?;
    let _entered = runtime.enter();
    let opened = detached(&Helper::new(program).arg(url), Path::new("/dev/null"));
    opened.map(drop).or_fail(ErrorKind::Failed, || format!("cannot open {url}"))
}
