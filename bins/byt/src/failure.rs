//! A failure of the libraries, as a person is told it: what failed, why, and what to do.

use oqto_catalog::CatalogError;
use oqto_kit::{Ctx, Error};

/// The error of the library as one of the program.
pub(crate) fn failed(what: &str, error: impl Into<CatalogError>) -> Error {
    let error = error.into();
    let hint = error.hint();
    let told = Error::new(error.kind(), what).because(error);
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

/// Says on stderr what is wrong with a repository's files, one line a fault; with `--json` the result says it.
pub(crate) fn warn(ctx: &Ctx, repository: &str, faults: &[String]) {
    for fault in faults {
        ctx.note(&format!("{}: {}", oqto_kit::escape::line(repository), oqto_kit::escape::line(fault)));
    }
}
