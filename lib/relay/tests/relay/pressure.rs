//! A page that does not read stops its own pipe, and only that.

use crate::support::Server;
use crate::support::browser::Browser;

/// What may wait between a runner and a page that does not read: our queues, and the buffers of the sockets between.
const MOST_IN_FLIGHT: usize = 8 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_does_not_read_blocks_nobody_else_and_grows_nothing() {
    let server = Server::start().await;
    let mut slow = Browser::open(&server).await;
    let mut quick = Browser::open(&server).await;
    slow.send(r#"{"id":"1","cmd":"flood"}"#).await;
    // The flood has come to rest when requests of the other page pass while it does not grow.
    let mut before = usize::MAX;
    let mut at_rest = 0;
    for round in 0.. {
        let reply = quick.ask(&format!(r#"{{"id":"{round}","cmd":"x"}}"#)).await;
        assert_eq!(reply["ok"]["did"], "x");
        let flooded = server.runners[0].flooded();
        assert!(flooded < MOST_IN_FLIGHT, "{flooded} bytes were taken for a page that reads nothing");
        at_rest = if flooded == before && flooded > 0 { at_rest + 1 } else { 0 };
        if at_rest == 200 {
            break;
        }
        before = flooded;
    }
    // Once the page reads, the runner is read again.
    let rested = server.runners[0].flooded();
    crate::support::soon("the flood to go on", async {
        while server.runners[0].flooded() <= rested {
            slow.line().await;
        }
    })
    .await;
    drop((slow, quick));
    server.stop().await;
}
