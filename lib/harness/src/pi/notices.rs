//! Retries, compaction and what else Pi tells by the way.

use oqto_protocol::entry::{ConfigChanged, ContextCompacted, LogEvent, Origin, SessionRenamed};
use oqto_protocol::live::{AgentError, CompactEnd, CompactStart, LiveEvent, NoticeLevel, Notify, RetryEnd, RetryStart};
use oqto_protocol::session::Phase;

use super::failure::in_other_words;
use super::scribe::Scribe;
use super::state::State;
use super::wire::{Compaction, ExtensionError, NativeUsage, Retry};

/// The most of an unreadable line that is shown, in characters.
const SHOWN_GARBAGE: usize = 120;

impl State {
    /// `auto_retry_start`.
    pub(super) fn retry_starts(&mut self, scribe: &mut Scribe<'_>, retry: Retry) {
        self.let_go_of_failure(scribe);
        self.continues_within(scribe.ts, retry.delay_ms);
        self.retry_waits(scribe, retry);
    }

    /// A request waits to be sent again; also of a summary, which is not a run.
    pub(super) fn retry_waits(&mut self, scribe: &mut Scribe<'_>, retry: Retry) {
        self.phase = Some((Phase::Retrying, None));
        scribe.live(LiveEvent::RetryStart(RetryStart {
            attempt: retry.attempt,
            max_attempts: retry.max_attempts,
            delay_ms: retry.delay_ms,
            error: in_other_words(&retry.error_message.unwrap_or_default()),
        }));
    }

    /// `auto_retry_end`. After a failure there is no further run.
    pub(super) fn retry_ends(&mut self, scribe: &mut Scribe<'_>, retry: Retry) {
        scribe.live(LiveEvent::RetryEnd(RetryEnd {
            success: retry.success,
            error: retry.final_error.map(|error| in_other_words(&error)),
        }));
        if !retry.success {
            self.run.continues_by = None;
            if self.generation == super::Generation::Full && !self.run.active {
                self.probe(scribe);
            }
        }
    }

    /// `compaction_start`.
    pub(super) fn compaction_starts(&mut self, scribe: &mut Scribe<'_>, compaction: Compaction) {
        self.run.compacting = true;
        self.phase = Some((Phase::Compacting, None));
        scribe.live(LiveEvent::CompactStart(CompactStart { reason: compaction.reason }));
    }

    /// `compaction_end`.
    pub(super) fn compaction_ends(&mut self, scribe: &mut Scribe<'_>, compaction: Compaction) {
        self.run.compacting = false;
        self.phase = None;
        let error = match (&compaction.result, compaction.aborted) {
            (Some(_), false) => None,
            (_, true) => Some("aborted".to_owned()),
            (None, false) => {
                let error = compaction.error_message.clone();
                Some(error.unwrap_or_else(|| "nothing to summarise".to_owned()))
            }
        };
        scribe.live(LiveEvent::CompactEnd(CompactEnd { success: error.is_none(), error }));
        if let Some(result) = compaction.result.filter(|_| !compaction.aborted) {
            if let Some(usage) = &result.usage {
                self.spend(&NativeUsage::to_usage(usage));
            }
            scribe.entry(LogEvent::ContextCompacted(ContextCompacted {
                summary: result.summary,
                tokens_before: result.tokens_before,
                tokens_after: result.estimated_tokens_after,
                reason: compaction.reason,
            }));
        }
        if compaction.will_retry {
            self.continues_within(scribe.ts, 0);
        }
        self.after_compaction(scribe);
    }

    /// `session_info_changed`. Our own renaming is in the log already.
    pub(super) fn session_named(&mut self, scribe: &mut Scribe<'_>, name: Option<String>) {
        let title = name.unwrap_or_default();
        let ours = self.has_waiting("set_session_name");
        if self.known.title.as_deref().unwrap_or_default() != title && !ours {
            scribe.entry(LogEvent::SessionRenamed(SessionRenamed { title: title.clone(), by: Origin::Harness }));
        }
        self.known.title = Some(title);
    }

    /// `thinking_level_changed`, and what a state says about it.
    pub(super) fn thinking_is(&mut self, scribe: &mut Scribe<'_>, level: String) {
        let known = self.known.thinking.is_some();
        if known && self.known.thinking.as_deref() != Some(level.as_str()) {
            scribe.entry(LogEvent::ConfigChanged(ConfigChanged {
                model: None,
                provider: None,
                thinking: Some(level.clone()),
                by: Origin::Harness,
            }));
        }
        self.known.thinking = Some(level);
    }

    /// `extension_error`.
    pub(super) fn extension_failed(&self, scribe: &mut Scribe<'_>, failed: &ExtensionError) {
        let ExtensionError { extension_path, event, error } = failed;
        self.tell_error(scribe, format!("extension {extension_path} failed in {event}: {error}"));
    }

    pub(super) fn tell_error(&self, scribe: &mut Scribe<'_>, message: String) {
        scribe.live(LiveEvent::AgentError(AgentError { message }));
    }

    /// Something on Pi's standard output is not its protocol. Told once a burst.
    pub(super) fn unreadable(&mut self, scribe: &mut Scribe<'_>, what: &[u8]) {
        self.garbage.lines += 1;
        if std::mem::replace(&mut self.garbage.in_burst, true) {
            return;
        }
        let what = &what[..what.len().min(SHOWN_GARBAGE * 4)];
        let what = super::content::plain(&String::from_utf8_lossy(what));
        let what: String = what.chars().take(SHOWN_GARBAGE).collect();
        scribe.live(LiveEvent::Notify(Notify {
            level: NoticeLevel::Warning,
            message: format!("The agent wrote something that is not its protocol: {what}"),
        }));
    }
}
