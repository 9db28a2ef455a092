//! Children on a terminal.

use oqto_process::{CallError, Exit, Kind, Stdio};

use crate::bench::*;

fn terminal(script: &str) -> Bench {
    let mut bench = Bench::sh(script);
    bench.spec.stdio = Stdio::Pty { rows: 24, cols: 80 };
    bench
}

#[tokio::test]
async fn a_terminal_has_a_size_and_echoes() {
    let mut bench = terminal("tty; stty size; while read line; do echo got:$line; done");
    let (holder, mut records) = bench.up().await;
    assert_eq!(line(&mut records, "24 ").await, "80");
    holder.send("one", b"hello\n".to_vec()).await.expect("sent");
    holder.close_stdin().await.expect("closed");
    let all = to_end(&mut records).await;
    let text = String::from_utf8_lossy(&stdout(&all)).into_owned();
    assert!(text.contains("hello\r\ngot:hello\r\n"), "the terminal echoes: {text:?}");
    assert_eq!(exit(&all), Some(Exit::Code(0)), "the end of input was typed");
}

#[tokio::test]
async fn a_new_size_is_told_to_the_child() {
    let mut bench = terminal("trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done");
    let (holder, mut records) = bench.up().await;
    line(&mut records, "ready").await;
    holder.resize(40, 132).await.expect("resized");
    let all = to_end(&mut records).await;
    assert_eq!(stdout(&all), b"40 132\r\n");
    assert!(all.iter().any(|record| record.kind == Kind::Resize { rows: 40, cols: 132 }));
}

#[tokio::test]
async fn control_c_interrupts_what_runs_in_the_foreground() {
    let mut bench = terminal("trap 'echo interrupted; exit 9' INT; echo ready; while :; do sleep 0.05; done");
    let (holder, mut records) = bench.up().await;
    line(&mut records, "ready").await;
    holder.send("c", vec![3]).await.expect("sent");
    let all = to_end(&mut records).await;
    assert!(String::from_utf8_lossy(&stdout(&all)).contains("interrupted"));
    assert_eq!(exit(&all), Some(Exit::Code(9)));
}

#[tokio::test]
async fn the_end_of_a_terminal_is_seen_although_a_leftover_holds_it() {
    let mut bench = terminal("(trap '' HUP TERM; while :; do sleep 1; done) & echo bye; exit 4");
    let (_holder, mut records) = bench.up().await;
    let all = to_end(&mut records).await;
    assert_eq!(exit(&all), Some(Exit::Code(4)));
    assert_eq!(stdout(&all), b"bye\r\n");
}

#[tokio::test]
async fn pipes_have_no_size() {
    let mut bench = Bench::new(vec!["cat".into()]);
    let (holder, _records) = bench.up().await;
    let refused = holder.resize(1, 1).await.expect_err("there is no terminal");
    assert!(matches!(refused, CallError::Refused(failure) if failure.message == "the child has no terminal"));
}
