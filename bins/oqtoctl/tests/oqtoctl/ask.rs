//! Questions and answers.

use crate::world::{DEADLINE, Ran, World};
use oqto_testkit::pi::Generation;
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Child;

/// One tool between two texts.
const WITH_A_TOOL: &str = "fake:tool bash {\"command\":\"true\"}\nfake:text It is done.";

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_and_nothing_else() {
    let world = World::serving().await;
    let asked = world.ctl(&["ask", "@@main", WITH_A_TOOL, "-q"]).await;
    assert_eq!(asked.seen(), (0, "It is done.\n", ""), "the last thing it says is the answer");

    let mut piped = world.program("oqtoctl");
    piped.args(["ask", "@@session:fake:", "-"]);
    assert_eq!(world.ran(piped, "fake:text from a pipe\n").await.seen(), (0, "from a pipe\n", ""));
    let mut unsaid = world.program("oqtoctl");
    unsaid.args(["ask", "@@main"]);
    assert_eq!(world.ran(unsaid, "fake:text the same session").await.seen(), (0, "the same session\n", ""));
    assert_eq!(world.list().await.len(), 1);

    let json = world.ctl(&["ask", "@@main", WITH_A_TOOL, "--json"]).await.ok();
    assert_eq!(json["answer"], "It is done.");
    assert_eq!(json["texts"].as_array().map(Vec::len), Some(2), "{json}");

    let nothing = world.ctl(&["ask", "@@main", " "]).await;
    assert_eq!(nothing.seen(), (2, "", "error: the question is empty\n  hint: oqtoctl ask @@main \"…\"\n"));
    let nobody = world.ctl(&["ask", "@@nobody", "x"]).await;
    assert_eq!(nobody.seen(), (3, "", "error: no target @@nobody\n  hint: there are @@main and @@session:ID\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_turn_says_why() {
    let world = World::serving().await;
    let failed = world.ctl(&["ask", "@@main", "fake:error 400", "-q"]).await;
    assert_eq!((failed.code, failed.out.as_str()), (1, ""), "{failed:?}");
    assert!(failed.err.contains("the turn failed: ") && failed.err.contains("scripted error 400"), "{failed:?}");
}

async fn streams(generation: Generation) {
    let world = World::serving_with(generation).await;
    let mut command = world.program("oqtoctl");
    command.args(["ask", "@@main", "fake:think\nfake:slow 12", "--stream"]);
    let mut child = command.spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut first = [0_u8; 6];
    tokio::time::timeout(DEADLINE, out.read_exact(&mut first)).await.unwrap().unwrap();
    assert_eq!(&first, b"chunk1", "thinking is not the answer");
    assert_eq!(child.try_wait().unwrap(), None, "it comes while the agent still writes");
    let mut rest = String::new();
    tokio::time::timeout(DEADLINE, out.read_to_string(&mut rest)).await.unwrap().unwrap();
    let expected: Vec<String> = (2..=12).map(|number| format!("chunk{number}")).collect();
    assert_eq!(rest, format!(" {}\n", expected.join(" ")));
    assert!(child.wait().await.unwrap().success());

    let all = world.ctl(&["ask", "@@main", WITH_A_TOOL, "--stream"]).await;
    assert_eq!(all.seen(), (0, "Calling a tool.\nIt is done.\n", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_as_it_comes_from_the_older_pi() {
    streams(Generation::V073).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_as_it_comes_from_the_newer_pi() {
    streams(Generation::V087).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_with_json_and_stream() {
    let world = World::serving().await;
    let asked = world.ctl(&["ask", "@@main", "fake:text one two", "--stream", "--json"]).await;
    let lines: Vec<serde_json::Value> = asked.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, events) = lines.split_last().unwrap();
    assert_eq!(last["ok"]["answer"], "one two");
    let names: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    assert_eq!(names.len(), events.len(), "nothing but events before the answer");
    assert!(names.contains(&"stream.text_delta") && names.last() == Some(&"turn.ended"), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_leaves_the_turn_running() {
    let world = World::serving().await;
    world.ctl(&["ask", "@@main", "fake:text warm"]).await;
    let late = world.ctl(&["ask", "@@main", "fake:hang", "--timeout", "1.5"]).await;
    let said = "error: no answer within 1.5 s; the turn goes on\n  \
                hint: see how it goes: oqtoctl session get ses_ID\n";
    assert_eq!(late.seen(), (124, "", said));
    assert_eq!(world.list().await[0]["state"], "working");
    let waiting = world.ctl(&["ask", "@@main", "fake:text next", "--timeout", "1"]).await;
    let said = "the session is busy; the question waits for its turn\n\
                error: no answer within 1 s; the question still waits for its turn\n  \
                hint: see how it goes: oqtoctl session get ses_ID\n";
    assert_eq!(waiting.seen(), (124, "", said));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_of_the_agent() {
    let world = World::serving().await;
    let extensions = world.home.pi_agent_dir().join("extensions");
    std::fs::create_dir_all(&extensions).unwrap();
    let asking = include_str!("../../../../tests/e2e/fixtures/asking.ts");
    std::fs::write(extensions.join("asking.ts"), asking).unwrap();
    let prompt = "fake:tool bash {\"command\":\"echo careful\"}\nfake:text I may.";
    let asked = world.ctl(&["ask", "@@main", prompt, "-q"]).await;
    let said = "error: the agent asks, and nobody is here to answer: Run this command?\n  1  Allow\n  2  Block\n  \
                hint: oqtoctl session answer ses_ID Allow\n";
    assert_eq!(asked.seen(), (75, "", said));

    let open = world.ctl(&["session", "answer", "fake:"]).await;
    assert_eq!(open.seen(), (0, "inp_ID  Run this command?\n  1  Allow\n  2  Block\n", ""));
    let wrong = world.ctl(&["session", "answer", "fake:", "Perhaps"]).await;
    assert!(wrong.code == 2 && wrong.err.starts_with("error: the answer is one of: Allow, Block\n"), "{wrong:?}");
    let answered = world.ctl(&["session", "answer", "fake:", "1"]).await;
    assert_eq!(answered.seen(), (0, "answered inp_ID\n", ""));
    world.until_state("idle").await;
    let again = world.ctl(&["session", "answer", "fake:", "1"]).await;
    assert_eq!(again.code, 3, "{again:?}");
}

/// A question whose answer never ends, once its turn runs.
async fn hanging(world: &World) -> Child {
    let mut command = world.program("oqtoctl");
    command.args(["ask", "@@main", "fake:text so far\nfake:hang", "--stream"]);
    let mut child = command.spawn().unwrap();
    let mut first = [0_u8; 6];
    let reading = child.stdout.as_mut().unwrap().read_exact(&mut first);
    tokio::time::timeout(DEADLINE, reading).await.unwrap().unwrap();
    child
}

fn interrupt(child: &Child) {
    let pid = Pid::from_raw(child.id().unwrap().cast_signed()).unwrap();
    kill_process(pid, Signal::INT).unwrap();
}

async fn ended(child: Child) -> (Option<i32>, String) {
    let output = tokio::time::timeout(DEADLINE, child.wait_with_output()).await.unwrap().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_interrupt_ends_the_turn() {
    let world = World::serving().await;
    let child = hanging(&world).await;
    interrupt(&child);
    let (code, err) = ended(child).await;
    assert_eq!(code, Some(75), "{err}");
    assert!(err.contains("ending the turn") && err.contains("error: the turn was aborted"), "{err}");
    world.until_state("idle").await;
    assert_eq!(world.list().await[0]["last_turn"], "aborted");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_interrupt_leaves_a_turn_that_does_not_end() {
    let world = World::serving().await;
    let mut child = hanging(&world).await;
    // A runner that is stopped answers nothing.
    let runner = world.runner();
    kill_process(runner, Signal::STOP).unwrap();
    interrupt(&child);
    let mut err = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut said = async |line: &str| {
        let told = async { while err.next_line().await.unwrap().expect(line) != line {} };
        tokio::time::timeout(DEADLINE, told).await.expect(line);
    };
    said("ending the turn (Ctrl-C again leaves it running)").await;
    interrupt(&child);
    said("error: left before the turn has ended; it goes on").await;
    let status = tokio::time::timeout(DEADLINE, child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(75));
    kill_process(runner, Signal::CONT).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_and_comes_back_changes_nothing() {
    let mut world = World::serving().await;
    let mut command = world.program("oqtoctl");
    command.args(["ask", "@@main", "fake:slow 15", "--stream"]);
    let mut child = command.spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut all = vec![0_u8; 13];
    tokio::time::timeout(DEADLINE, out.read_exact(&mut all)).await.unwrap().unwrap();
    world.kill_server().await;
    world.serve().await;
    tokio::time::timeout(DEADLINE, out.read_to_end(&mut all)).await.unwrap().unwrap();
    let expected: Vec<String> = (1..=15).map(|number| format!("chunk{number}")).collect();
    assert_eq!(String::from_utf8(all).unwrap(), format!("{}\n", expected.join(" ")));
    let (code, err) = ended(child).await;
    assert_eq!((code, err.contains("the connection to the server was lost; trying again")), (Some(0), true), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeout_covers_the_start_too() {
    let world = World::serving().await;
    let Ran { code, err, .. } = world.ctl(&["ask", "@@main", "x", "--timeout", "0.000001"]).await;
    assert_eq!(code, 124, "{err}");
    assert!(err.starts_with("error: the agent was not ready after 0.000001 s"), "{err}");
}
