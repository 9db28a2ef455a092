//! Between the frames' search and the history's.

use oqto_history::search::{SearchHit as Hit, SearchMode, SearchQuery};
use oqto_protocol::command::{Search, SearchHit};
use oqto_protocol::error::{ErrorKind, WireError};

/// The query of a request.
///
/// # Errors
/// `invalid_params` for a mode or limit that does not exist.
pub(crate) fn query(params: Search) -> Result<SearchQuery, WireError> {
    let mode = match params.mode.as_deref() {
        None | Some("auto") => SearchMode::Auto,
        Some("natural") => SearchMode::Natural,
        Some("code") => SearchMode::Code,
        Some(other) => {
            let said = format!("`{other}` is no mode; there are auto, natural and code");
            return Err(WireError::new(ErrorKind::InvalidParams, said));
        }
    };
    let limit = params.limit.unwrap_or(20);
    if !(1..=200).contains(&limit) {
        return Err(WireError::new(ErrorKind::InvalidParams, "`limit` is 1 to 200"));
    }
    let time = |ms: Option<u64>| ms.map(|ms| i64::try_from(ms).unwrap_or(i64::MAX));
    Ok(SearchQuery {
        query: params.query,
        mode,
        workspace: params.workspace,
        harness: params.harness,
        role: params.role,
        model: params.model,
        after: time(params.after),
        before: time(params.before),
        limit,
        ..SearchQuery::default()
    })
}

/// A hit as it crosses the pipe; `None` for a conversation that is not a session of ours.
#[must_use]
pub(crate) fn hit(hit: Hit) -> Option<SearchHit> {
    Some(SearchHit {
        session: hit.conversation.parse().ok()?,
        seq: hit.seq,
        message_id: hit.message,
        role: hit.role,
        snippet: marked(&hit.snippet, &hit.highlights),
        ts: u64::try_from(hit.ts).unwrap_or_default(),
        title: hit.title,
        workspace: hit.workspace,
        score: hit.score,
    })
}

/// A snippet with its hits between U+E000 and U+E001.
fn marked(snippet: &str, highlights: &[(u32, u32)]) -> String {
    let mut text = String::with_capacity(snippet.len() + highlights.len() * 6);
    let mut done = 0;
    for (from, to) in highlights {
        let (from, to) = (*from as usize, *to as usize);
        let (Some(before), Some(hit)) = (snippet.get(done..from), snippet.get(from..to)) else { continue };
        text.push_str(before);
        text.push('\u{e000}');
        text.push_str(hit);
        text.push('\u{e001}');
        done = to;
    }
    text.push_str(snippet.get(done..).unwrap_or_default());
    text
}
