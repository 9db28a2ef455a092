//! From a question that was sent until its turn has ended.

use super::follow::Follow;
use super::watch::{News, Watch};
use super::{Args, question};
use crate::terminal;
use oqto_kit::{Ctx, Error, Page, Report, Result, escape};
use oqto_protocol::command::Prompted;
use oqto_protocol::entry::{InputRequest, TurnEnd, TurnEnded};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::{InputId, SessionId, TurnId};
use oqto_protocol::message::Usage;
use serde::Serialize;
use tokio::signal::unix::Signal;
use tokio::time::Instant;

/// An answer, as `--json` prints it.
#[derive(Serialize)]
pub(super) struct Answer {
    session: SessionId,
    turn: TurnId,
    /// The last thing the agent said.
    pub(super) answer: String,
    /// Everything it said, in order.
    texts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
    duration_ms: u64,
}

impl Report for Answer {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        if self.answer.is_empty() { Ok(()) } else { page.line(&self.answer) }
    }
}

/// A question that was sent, until its turn has ended.
pub(super) struct Asking<'a> {
    ctx: &'a Ctx,
    args: &'a Args,
    watch: Watch,
    follow: Follow<'a>,
    deadline: Option<Instant>,
    interrupts: Signal,
    interrupted: bool,
    /// What the agent wants to know, in order.
    questions: Vec<InputRequest>,
    lines: Option<terminal::Lines>,
}

enum Step {
    Event(Box<Frame>),
    Typed(Option<String>),
    Interrupted,
    TimedOut,
}

impl<'a> Asking<'a> {
    /// A question that was sent just now.
    pub(super) fn new(
        ctx: &'a Ctx,
        args: &'a Args,
        follow: Follow<'a>,
        prompted: &Prompted,
        deadline: Option<Instant>,
        interrupts: Signal,
    ) -> Self {
        Self {
            ctx,
            args,
            watch: Watch::new(prompted),
            follow,
            deadline,
            interrupts,
            interrupted: false,
            questions: Vec::new(),
            lines: None,
        }
    }

    /// Waits for the end of the turn.
    ///
    /// # Errors
    /// `timed_out`; `cancelled` by Ctrl-C; `unavailable` for a question that nobody here can answer; why the turn failed.
    pub(super) async fn run(mut self) -> Result<Answer> {
        loop {
            let ended = match self.step().await? {
                Step::Event(frame) => self.heard(&frame).await?,
                Step::Typed(line) => self.typed(line).await?,
                Step::Interrupted => self.interrupt().await?,
                Step::TimedOut => return self.timed_out(),
            };
            if let Some(ended) = ended {
                self.finish_line()?;
                return self.answer(ended);
            }
        }
    }

    async fn step(&mut self) -> Result<Step> {
        let Self { follow, lines, interrupts, deadline, .. } = self;
        tokio::select! {
            biased;
            _ = interrupts.recv() => Ok(Step::Interrupted),
            event = follow.next() => event.map(|frame| Step::Event(Box::new(frame))),
            line = typed(lines) => Ok(Step::Typed(line)),
            () = reached(*deadline) => Ok(Step::TimedOut),
        }
    }

    async fn heard(&mut self, frame: &Frame) -> Result<Option<TurnEnded>> {
        if self.args.stream && self.ctx.printer().is_json() && self.watch.concerns(frame) {
            self.ctx.printer().json_line(frame)?;
        }
        for news in self.watch.take(frame)? {
            match news {
                News::Text(text) => self.show(&text)?,
                News::Notice(text) => self.ctx.note(&escape::text(&text)),
                News::Asked(request) => self.asked(request)?,
                News::Resolved(id) => self.resolved(id),
                News::TakenBack => return Err(self.taken_back()),
                News::Ended(ended) => return Ok(Some(ended)),
            }
        }
        Ok(None)
    }

    fn show(&self, text: &str) -> Result<()> {
        if !self.args.stream || self.ctx.printer().is_json() {
            return Ok(());
        }
        if self.ctx.printer().is_terminal() {
            self.ctx.printer().data(escape::text(text).as_bytes())
        } else {
            self.ctx.printer().data(text.as_bytes())
        }
    }

    fn finish_line(&self) -> Result<()> {
        if self.watch.is_amid_line() { self.show("\n") } else { Ok(()) }
    }

    fn asked(&mut self, request: InputRequest) -> Result<()> {
        if !terminal::is_there() {
            self.finish_line()?;
            return Err(question::unanswerable(self.follow.session(), &request));
        }
        self.questions.push(request);
        if self.questions.len() == 1 {
            self.put();
        }
        Ok(())
    }

    /// Puts the first open question to the person.
    fn put(&mut self) {
        match self.questions.first() {
            Some(request) => {
                terminal::prompt(&question::on_terminal(request));
                self.lines.get_or_insert_with(terminal::Lines::of_stdin).listen();
            }
            None => {
                if let Some(lines) = &mut self.lines {
                    lines.ignore();
                }
            }
        }
    }

    async fn typed(&mut self, line: Option<String>) -> Result<Option<TurnEnded>> {
        let Some(request) = self.questions.first() else { return Ok(None) };
        match question::answer(request, line.as_deref()) {
            Ok(given) => {
                let answered = self.follow.respond(given).await;
                // Somebody else may have been faster; then the log says so.
                if let Err(error) = answered {
                    self.ctx.note(&escape::text(&error.message()));
                }
                self.questions.remove(0);
            }
            Err(wrong) => self.ctx.note(&wrong),
        }
        self.put();
        Ok(None)
    }

    fn resolved(&mut self, id: InputId) {
        let Some(place) = self.questions.iter().position(|open| open.id == id) else { return };
        self.questions.remove(place);
        if place == 0 {
            self.ctx.note("\n(the question is settled)");
            self.put();
        }
    }

    /// The first Ctrl-C ends the turn, the second leaves it alone, also when the first has no effect yet.
    async fn interrupt(&mut self) -> Result<Option<TurnEnded>> {
        if std::mem::replace(&mut self.interrupted, true) {
            return self.leave();
        }
        self.ctx.note("ending the turn (Ctrl-C again leaves it running)");
        let queued = self.watch.queued();
        let Self { follow, interrupts, .. } = self;
        let ending = async {
            match queued {
                Some(prompt) => follow.take_back(prompt).await,
                None => follow.abort().await,
            }
        };
        tokio::select! {
            asked = ending => asked.map(|()| None),
            _ = interrupts.recv() => self.leave(),
        }
    }

    fn leave(&self) -> Result<Option<TurnEnded>> {
        self.finish_line()?;
        let what = "left before the turn has ended; it goes on";
        Err(Error::new(ErrorKind::Cancelled, what).hint(self.look()))
    }

    fn timed_out(&self) -> Result<Answer> {
        self.finish_line()?;
        let after = self.args.timeout.unwrap_or_default().as_secs_f64();
        let what = if self.watch.queued().is_some() {
            format!("no answer within {after} s; the question still waits for its turn")
        } else {
            format!("no answer within {after} s; the turn goes on")
        };
        Err(Error::new(ErrorKind::TimedOut, what).hint(self.look()))
    }

    fn look(&self) -> String {
        format!("see how it goes: oqtoctl session get {}", self.follow.session())
    }

    fn taken_back(&self) -> Error {
        Error::new(ErrorKind::Cancelled, "the question was taken back before its turn came").hint(self.look())
    }

    fn answer(self, ended: TurnEnded) -> Result<Answer> {
        let session = self.follow.session();
        let failed = |kind, what: &str| {
            let reason = ended.message.clone().map_or_else(|| what.to_owned(), |why| format!("{what}: {why}"));
            let error = Error::new(kind, reason);
            match &ended.hint {
                Some(hint) => error.hint(hint.clone()),
                None => error.hint(format!("oqtoctl session get {session}")),
            }
        };
        match ended.reason {
            TurnEnd::Done => {
                let texts = self.watch.into_texts();
                let answer = texts.last().cloned().unwrap_or_default();
                let (turn, usage, duration_ms) = (ended.turn, ended.usage, ended.duration_ms);
                Ok(Answer { session, turn, answer, texts, usage, duration_ms })
            }
            TurnEnd::Aborted => Err(failed(ErrorKind::Cancelled, "the turn was aborted")),
            TurnEnd::Error => Err(failed(ErrorKind::HarnessFailed, "the turn failed")),
            TurnEnd::Crashed => Err(failed(ErrorKind::HarnessFailed, "the agent crashed")),
        }
    }
}

async fn typed(lines: &mut Option<terminal::Lines>) -> Option<String> {
    match lines {
        Some(lines) => lines.next().await,
        None => std::future::pending().await,
    }
}

/// Comes back at the deadline, if there is one.
pub(super) async fn reached(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}
