//! `oqtoctl session answer`.

use crate::commands::ask::question;
use crate::place::Place;
use crate::target::{self, Reading};
use oqto_kit::{Ctx, Error, Exit, Page, Report, Result, escape};
use oqto_protocol::command::{Command, InputRespond};
use oqto_protocol::entry::InputRequest;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::ids::{InputId, SessionId};
use oqto_protocol::live::Empty;
use oqto_protocol::session::Snapshot;
use serde::Serialize;

/// Answer what a session's agent asks
///
/// Without ANSWER: show the open questions.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The session: its id, the beginning of it, or its title
    #[arg(value_name = "SESSION")]
    session: String,
    /// yes or no, one of the options or its number, or a text; empty declines
    #[arg(value_name = "ANSWER")]
    answer: Option<String>,
    /// Which question, where several are open
    #[arg(long, value_name = "ID")]
    question: Option<InputId>,
}

#[derive(Serialize)]
struct Open {
    session: SessionId,
    questions: Vec<InputRequest>,
}

impl Report for Open {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        for request in &self.questions {
            page.line(format!("{}  {}", request.id, escape::text(&question::described(request))))?;
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Answered {
    session: SessionId,
    answer: InputRespond,
}

impl Report for Answered {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        page.line(format!("answered {}", self.answer.request_id))
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    ctx.block_on(async {
        let client = place.connect(ctx).await?;
        let session = target::session(&client, &args.session, Reading::Generous).await?.id;
        let snapshot: Snapshot = client.about(session, &Command::GetState(Empty {})).await?;
        let Some(answer) = &args.answer else {
            if snapshot.inputs.is_empty() {
                ctx.note("the agent asks nothing");
            }
            return ctx.print(&Open { session, questions: snapshot.inputs });
        };
        let request = wanted(session, &snapshot.inputs, args.question)?;
        let answer = question::answer(request, Some(answer))
            .map_err(|wrong| Error::new(ErrorKind::InvalidParams, wrong).hint(see(session)))?;
        let _: serde_json::Value = client.about(session, &Command::InputRespond(answer.clone())).await?;
        ctx.print(&Answered { session, answer })
    })
}

fn see(session: SessionId) -> String {
    format!("see what is asked: oqtoctl session answer {session}")
}

fn wanted(session: SessionId, open: &[InputRequest], id: Option<InputId>) -> Result<&InputRequest> {
    let none = |what: String| Error::new(ErrorKind::NotFound, what).hint(see(session));
    match (id, open) {
        (Some(id), _) => open
            .iter()
            .find(|request| request.id == id)
            .ok_or_else(|| none(format!("question {id} is not open (any more)"))),
        (None, []) => Err(none(format!("session {session} asks nothing"))),
        (None, [only]) => Ok(only),
        (None, several) => {
            let what = format!("{} questions are open", several.len());
            Err(Error::new(ErrorKind::Conflict, what).hint(format!("{}; then say which: --question ID", see(session))))
        }
    }
}
