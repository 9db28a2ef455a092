//! A real Pi with its adapter: what a session does, without holder, journal on disk or history.

use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use oqto_harness::adapter::{Action, Adapter, Exit, Input, Outgoing, Output};
use oqto_harness::pi::{self, LaunchRequest};
use oqto_protocol::ids::{SessionId, TurnId};
use oqto_testkit::demo::{Providers, write_agent_dir};
use oqto_testkit::home::Home;
use oqto_testkit::model::{Manner, ModelServer};
use oqto_testkit::pi::Generation;

/// Nothing that is waited for takes this long.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// What the reading threads bring.
enum Heard {
    Stdout(Vec<u8>),
    Stderr(Vec<u8>),
    End,
}

/// A record of the journal.
pub(crate) enum Record {
    Stdout(Vec<u8>),
    Stderr(Vec<u8>),
    Sent(Outgoing),
    Exited(Exit),
}

impl Record {
    pub(crate) fn input(&self) -> Input<'_> {
        match self {
            Self::Stdout(bytes) => Input::Stdout(bytes),
            Self::Stderr(bytes) => Input::Stderr(bytes),
            Self::Sent(out) => Input::Sent { id: &out.id, bytes: &out.bytes },
            Self::Exited(exit) => Input::Exited(*exit),
        }
    }
}

/// A home with a scripted model, for any number of Pis one after the other.
pub(crate) struct Place {
    pub(crate) home: Home,
    pub(crate) generation: Generation,
    // Ends the model server when dropped.
    _server: ModelServer,
    _runtime: tokio::runtime::Runtime,
}

impl Place {
    pub(crate) fn new(generation: Generation) -> Self {
        let home = Home::new().expect("a home");
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let server = runtime.block_on(ModelServer::start(Manner::Scripted)).expect("a model");
        write_agent_dir(&home.pi_agent_dir(), &server, Providers::Every).expect("models.json");
        Self { home, generation, _server: server, _runtime: runtime }
    }

    pub(crate) fn extension(&self, name: &str, text: &str) {
        let folder = self.home.pi_agent_dir().join("extensions");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(name), text).expect("an extension");
    }

    /// Makes the context so small that Pi summarises it after an answer: tokens of the model's context, and of what Pi
    /// keeps free of it.
    pub(crate) fn small_context(&self, window: u64, reserve: u64) {
        let change = |name: &str, change: &dyn Fn(&mut serde_json::Value)| {
            let path = self.home.pi_agent_dir().join(name);
            let text = std::fs::read_to_string(&path).expect("a file");
            let mut value = serde_json::from_str(&text).expect("JSON");
            change(&mut value);
            std::fs::write(&path, value.to_string()).expect("a file");
        };
        change("models.json", &|models| {
            models["providers"]["demo"]["models"][0]["contextWindow"] = window.into();
        });
        change("settings.json", &|settings| {
            settings["compaction"] =
                serde_json::json!({"enabled": true, "reserveTokens": reserve, "keepRecentTokens": 1});
        });
    }

    pub(crate) fn dialect(&self) -> pi::Generation {
        pi::Generation::of_version(self.generation.version())
    }

    pub(crate) fn start(&self, request: LaunchRequest) -> Running {
        Running::start(self, request)
    }
}

/// A Pi that runs.
pub(crate) struct Running {
    pub(crate) adapter: pi::Pi,
    pub(crate) session: SessionId,
    /// All records so far with their times.
    pub(crate) journal: Vec<(u64, Record)>,
    /// All outputs so far.
    pub(crate) outputs: Vec<Output>,
    child: Child,
    stdin: Option<ChildStdin>,
    heard: Receiver<Heard>,
    looked_at: usize,
}

impl Running {
    #[expect(
        clippy::disallowed_methods,
        reason = "the crate that spawns is above this one, and the adapter is to meet a real child"
    )]
    fn start(place: &Place, mut request: LaunchRequest) -> Self {
        let installed = oqto_testkit::pi::Pi::find(place.generation).expect("Pi");
        request.generation = Some(place.dialect());
        let mut child = Command::new(&installed.interpreter)
            .arg(&installed.program)
            .args(pi::launch(&request))
            .env_clear()
            .envs(place.home.env())
            .current_dir(place.home.work())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("Pi starts");
        let (tell, heard) = channel();
        listen(child.stdout.take().expect("stdout"), tell.clone(), Heard::Stdout);
        listen(child.stderr.take().expect("stderr"), tell, Heard::Stderr);
        let session = SessionId::mint();
        let mut running = Self {
            adapter: pi::Pi::new(session, place.dialect()),
            session,
            journal: Vec::new(),
            outputs: Vec::new(),
            stdin: child.stdin.take(),
            child,
            heard,
            looked_at: 0,
        };
        running.does(&Action::Boot);
        running.until("bound", |output| matches!(output, Output::Bound { .. }));
        running
    }

    fn take(&mut self, record: Record) {
        let index = self.journal.len() as u64;
        let now = now();
        let mut out = Vec::new();
        self.adapter.read(index, now, record.input(), &mut out);
        self.journal.push((now, record));
        let wants = |output: &Output| if let Output::Send(send) = output { Some(send.clone()) } else { None };
        let sends: Vec<_> = out.iter().filter_map(wants).collect();
        // All of this record first: what is sent is a record of its own.
        self.outputs.extend(out);
        for send in sends {
            self.write(send);
        }
    }

    fn write(&mut self, send: Outgoing) {
        let stdin = self.stdin.as_mut().expect("an open standard input");
        // A Pi that has just died is noticed by its end.
        let _gone = stdin.write_all(&send.bytes).and_then(|()| stdin.flush());
        self.take(Record::Sent(send));
    }

    pub(crate) fn does(&mut self, action: &Action) {
        for line in self.adapter.encode(action).expect("the action is possible") {
            self.write(line);
        }
    }

    pub(crate) fn prompts(&mut self, text: &str) -> TurnId {
        let turn = TurnId::mint();
        self.does(&Action::Prompt { turn, text: text.to_owned(), images: Vec::new() });
        turn
    }

    /// A prompt up to its end: what came out of it.
    pub(crate) fn turn(&mut self, text: &str) -> Vec<Output> {
        let before = self.outputs.len();
        self.prompts(text);
        self.settles();
        self.outputs[before..].to_vec()
    }

    pub(crate) fn settles(&mut self) -> Output {
        self.until("settled", |output| matches!(output, Output::Settled { .. }))
    }

    /// Waits for an output that no earlier wait has passed.
    pub(crate) fn until(&mut self, what: &str, wanted: impl Fn(&Output) -> bool) -> Output {
        let end = Instant::now() + DEADLINE;
        loop {
            while let Some(output) = self.outputs.get(self.looked_at) {
                self.looked_at += 1;
                if wanted(output) {
                    return output.clone();
                }
            }
            assert!(Instant::now() < end, "waited for {what}; got {:#?}", self.outputs);
            self.hear();
        }
    }

    fn hear(&mut self) {
        let pause = self.adapter.deadline().map(|at| Duration::from_millis(at.saturating_sub(now())));
        match self.heard.recv_timeout(pause.unwrap_or(DEADLINE).min(DEADLINE)) {
            Ok(Heard::Stdout(bytes)) => self.take(Record::Stdout(bytes)),
            Ok(Heard::Stderr(bytes)) => self.take(Record::Stderr(bytes)),
            Ok(Heard::End) => {}
            Err(RecvTimeoutError::Timeout) => {
                for send in self.adapter.wake() {
                    self.write(send);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                let status = self.child.wait().expect("the child's end");
                let signal = std::os::unix::process::ExitStatusExt::signal(&status);
                self.take(Record::Exited(Exit { code: status.code(), signal }));
            }
        }
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("SIGKILL");
        self.until("exited", |output| matches!(output, Output::Exited { .. }));
    }

    /// Closes the standard input and waits for the end.
    pub(crate) fn ends(&mut self) {
        self.stdin = None;
        self.until("exited", |output| matches!(output, Output::Exited { .. }));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn listen(mut from: impl Read + Send + 'static, tell: Sender<Heard>, as_what: fn(Vec<u8>) -> Heard) {
    thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(length) = from.read(&mut buffer) {
            let message = if length == 0 { Heard::End } else { as_what(buffer[..length].to_vec()) };
            if tell.send(message).is_err() || length == 0 {
                return;
            }
        }
    });
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock");
    u64::try_from(since.as_millis()).expect("this age")
}

pub(crate) fn exists(path: Option<&str>) -> bool {
    path.is_some_and(|path| Path::new(path).exists())
}
