//! The agent: answers commands at any time, and plays one script at a time.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufWriter, Stdout, Write as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::dialect::{Answer, Form, clock_ns, refusal, response, user};
use crate::options::Options;
use crate::script::{Step, Text, parse};
use crate::session::Session;

/// Deltas between two looks at the commands, when it writes as fast as it can.
const LOOK_EVERY: u64 = 256;

/// Why a script, or the program, does not go on.
#[derive(Debug)]
pub(crate) enum Ending {
    /// The person aborted the script.
    Aborted,
    /// Nobody writes commands any more.
    Closed,
    Exit(u8),
    Io(io::Error),
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

type Played = Result<(), Ending>;

pub(crate) struct Agent {
    form: Form,
    session: Session,
    commands: Receiver<Value>,
    out: BufWriter<Stdout>,
    model: Value,
    thinking: String,
    name: Option<String>,
    streaming: bool,
    steering: VecDeque<String>,
    /// The abort that is to be answered when the script has ended.
    abort: Option<Value>,
    /// The answer to the open dialog.
    dialog: Option<Value>,
    dialogs: u32,
}

impl Agent {
    pub(crate) fn start(form: Form, options: &Options) -> Self {
        let (sender, commands) = channel();
        std::thread::spawn(move || {
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                let command = serde_json::from_str(&line).unwrap_or(Value::Null);
                if sender.send(command).is_err() {
                    break;
                }
            }
        });
        Self {
            form,
            session: Session::open(options),
            commands,
            out: BufWriter::with_capacity(64 << 10, io::stdout()),
            model: model(options),
            thinking: options.thinking.clone().unwrap_or_else(|| "off".into()),
            name: None,
            streaming: false,
            steering: VecDeque::new(),
            abort: None,
            dialog: None,
            dialogs: 0,
        }
    }

    /// Answers until nobody asks any more.
    pub(crate) fn serve(&mut self) -> Played {
        loop {
            let command = self.commands.recv().map_err(|_| Ending::Closed)?;
            if command["type"] == "prompt" {
                self.prompt(&command)?;
            } else {
                self.command(command)?;
            }
        }
    }

    fn put(&mut self, record: &str) -> Played {
        self.out.write_all(record.as_bytes())?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn tell(&mut self, record: &Value) -> Played {
        self.put(&record.to_string())?;
        self.out.flush()?;
        Ok(())
    }

    fn prompt(&mut self, command: &Value) -> Played {
        let text = command["message"].as_str().unwrap_or_default().to_owned();
        self.streaming = true;
        self.tell(&response(command, &Value::Null))?;
        self.tell(&json!({"type": "agent_start"}))?;
        let mut messages = Vec::new();
        let mut next = Some(text);
        let mut aborted = false;
        while let Some(text) = next.take() {
            self.tell(&json!({"type": "turn_start"}))?;
            self.user_message(&text)?;
            messages.push(user(&text));
            let mut answer = Answer::default();
            aborted = self.answer(&text, &mut answer)?;
            messages.push(serde_json::from_str(&answer.message("stop")).unwrap_or_default());
            if !aborted && let Some(steer) = self.steering.pop_front() {
                self.tell_queue()?;
                next = Some(steer);
            }
        }
        self.settle(&messages, aborted)
    }

    fn user_message(&mut self, text: &str) -> Played {
        self.session.keep(text)?;
        self.tell(&json!({"type": "message_start", "message": user(text)}))?;
        self.tell(&json!({"type": "message_end", "message": user(text)}))
    }

    /// Plays the script of a message; whether it was aborted.
    fn answer(&mut self, text: &str, answer: &mut Answer) -> Result<bool, Ending> {
        self.put(&format!(r#"{{"type":"message_start","message":{}}}"#, answer.message("stop")))?;
        let start = answer.update(self.form, "text_start", "");
        self.put(&start)?;
        self.out.flush()?;
        let mut aborted = false;
        for step in parse(text) {
            match self.step(step, answer) {
                Ok(()) => {}
                Err(Ending::Aborted) => {
                    aborted = true;
                    break;
                }
                Err(ending) => {
                    self.out.flush()?;
                    return Err(ending);
                }
            }
        }
        let message = answer.message(if aborted { "aborted" } else { "stop" });
        let end = answer.text_end(self.form);
        self.put(&end)?;
        self.put(&format!(r#"{{"type":"message_end","message":{message}}}"#))?;
        self.put(&format!(r#"{{"type":"turn_end","message":{message},"toolResults":[]}}"#))?;
        self.out.flush()?;
        Ok(aborted)
    }

    fn settle(&mut self, messages: &[Value], aborted: bool) -> Played {
        self.streaming = false;
        match self.form {
            Form::Full => self.tell(&json!({"type": "agent_end", "messages": messages}))?,
            Form::Delta => {
                self.tell(&json!({"type": "agent_end", "messages": messages, "willRetry": false}))?;
                self.tell(&json!({"type": "agent_settled"}))?;
            }
        }
        match self.abort.take() {
            Some(abort) if aborted => self.tell(&response(&abort, &Value::Null)),
            Some(_) | None => Ok(()),
        }
    }

    fn step(&mut self, step: Step, answer: &mut Answer) -> Played {
        match step {
            Step::Deltas(text, count, rate) => self.deltas(answer, text, count, rate),
            Step::Line(bytes) => self.delta(answer, &"x".repeat(bytes)),
            Step::Wait => self.listen(None),
            Step::Ask => self.ask(answer),
            Step::Hang => {
                self.out.flush()?;
                Err(hang())
            }
            Step::Garbage(lines) => self.garbage(lines),
            Step::FloodStderr(lines) => flood_stderr(lines),
            Step::PartialLine => {
                self.out.write_all(br#"{"type":"message_update","assistantMessageEv"#)?;
                self.out.flush()?;
                Ok(())
            }
            Step::Exit(code) => Err(Ending::Exit(code)),
            Step::Say(text) => {
                for word in text.split_inclusive(' ') {
                    self.delta(answer, word)?;
                }
                Ok(())
            }
        }
    }

    fn delta(&mut self, answer: &mut Answer, text: &str) -> Played {
        let record = answer.delta(self.form, text);
        self.put(&record)?;
        self.out.flush()?;
        Ok(())
    }

    fn deltas(&mut self, answer: &mut Answer, text: Text, count: u64, rate: Option<f64>) -> Played {
        let begin = Instant::now();
        for number in 0..count {
            match rate {
                Some(rate) => self.listen(Some(begin + Duration::from_secs_f64(number as f64 / rate)))?,
                None if number % LOOK_EVERY == 0 => self.listen(Some(begin))?,
                None => {}
            }
            let piece = match text {
                Text::Stamps => format!("{} ", clock_ns()),
                Text::Words => format!("word{number} "),
            };
            let record = answer.delta(self.form, &piece);
            self.put(&record)?;
            if rate.is_some() {
                self.out.flush()?;
            }
        }
        self.out.flush()?;
        Ok(())
    }

    /// Answers commands until a time, or until the script is aborted.
    fn listen(&mut self, until: Option<Instant>) -> Played {
        loop {
            let command = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                None => self.commands.recv().map_err(|_| Ending::Closed)?,
                Some(Duration::ZERO) => match self.commands.try_recv() {
                    Ok(command) => command,
                    Err(TryRecvError::Empty) => return Ok(()),
                    Err(TryRecvError::Disconnected) => return Err(Ending::Closed),
                },
                Some(left) => match self.commands.recv_timeout(left) {
                    Ok(command) => command,
                    Err(RecvTimeoutError::Timeout) => return Ok(()),
                    Err(RecvTimeoutError::Disconnected) => return Err(Ending::Closed),
                },
            };
            self.command(command)?;
            if self.abort.is_some() {
                return Err(Ending::Aborted);
            }
            if until.is_none() && self.dialog.is_some() {
                return Ok(());
            }
        }
    }

    fn ask(&mut self, answer: &mut Answer) -> Played {
        self.dialogs += 1;
        let id = format!("dialog-{}", self.dialogs);
        let options = ["yes", "no"];
        self.dialog = None;
        self.tell(&json!({"type": "extension_ui_request", "id": id, "method": "select", "title": "Go on?", "options": options}))?;
        self.listen(None)?;
        let given = self.dialog.take().unwrap_or_default();
        let said = given["value"].as_str().unwrap_or("nothing").to_owned();
        self.delta(answer, &format!("{said} "))
    }

    pub(crate) fn garbage(&mut self, lines: u64) -> Played {
        for number in 0..lines {
            self.out.write_all(b"not the protocol \xff\xfe ")?;
            self.put(&number.to_string())?;
        }
        self.out.flush()?;
        Ok(())
    }

    fn command(&mut self, command: Value) -> Played {
        let data = match command["type"].as_str().unwrap_or_default() {
            "abort" if self.streaming => {
                self.abort = Some(command);
                return Ok(());
            }
            "extension_ui_response" => {
                self.dialog = Some(command);
                return Ok(());
            }
            "abort" | "compact" => Value::Null,
            "prompt" => return self.tell(&refusal(&command, "Agent is already processing.")),
            "get_state" => self.state(),
            "steer" => {
                self.steering.push_back(command["message"].as_str().unwrap_or_default().to_owned());
                self.tell_queue()?;
                Value::Null
            }
            "clear_queue" => {
                let steering: Vec<String> = self.steering.drain(..).collect();
                self.tell_queue()?;
                json!({"steering": steering, "followUp": []})
            }
            "get_commands" => json!({"commands": []}),
            "get_available_models" => json!({"models": [self.model]}),
            "get_available_thinking_levels" => json!({"levels": ["off", "low", "high"]}),
            "get_session_stats" => json!({"userMessages": self.session.said.len(), "assistantMessages": 0,
                "toolCalls": 0, "tokens": {"input": 0, "output": 0}, "cost": 0}),
            "get_fork_messages" => json!({"messages": self.session.fork_places()}),
            "fork" => {
                let place = command["entryId"].as_str().and_then(|place| place.parse().ok()).unwrap_or(0);
                json!({"text": self.session.fork_before(place)?, "cancelled": false})
            }
            "set_session_name" => {
                self.name = command["name"].as_str().map(str::to_owned);
                Value::Null
            }
            other => return self.tell(&refusal(&command, &format!("Unknown command: {other}"))),
        };
        self.tell(&response(&command, &data))
    }

    fn tell_queue(&mut self) -> Played {
        self.tell(&json!({"type": "queue_update", "steering": self.steering, "followUp": []}))
    }

    fn state(&self) -> Value {
        json!({
            "model": self.model, "thinkingLevel": self.thinking, "isStreaming": self.streaming, "isCompacting": false,
            "sessionFile": self.session.file, "sessionId": self.session.id, "sessionName": self.name,
            "messageCount": self.session.said.len(), "pendingMessageCount": self.steering.len(),
        })
    }
}

fn model(options: &Options) -> Value {
    let id = options.model.as_deref().unwrap_or("fake-model");
    let provider = options.provider.as_deref().unwrap_or("fake");
    json!({"id": id, "name": "Fake", "provider": provider, "reasoning": false, "input": ["text"], "contextWindow": 128_000})
}

/// Does nothing any more, whatever happens; only a signal ends it.
pub(crate) fn hang() -> Ending {
    loop {
        std::thread::park();
    }
}

pub(crate) fn flood_stderr(lines: u64) -> Played {
    let mut stderr = BufWriter::new(io::stderr().lock());
    for number in 0..lines {
        writeln!(stderr, "{number:>90} of many")?;
    }
    stderr.flush()?;
    Ok(())
}
