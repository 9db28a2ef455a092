//! The yardstick: the least that can stand where the relay stands. It copies bytes between a TCP connection and the
//! runner's socket, and knows nothing.

use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use tokio::net::{TcpListener, UnixStream};

/// Starts it in a thread with a runtime of its own: where it listens.
pub(crate) fn start(socket: &Path) -> Result<SocketAddr, Box<dyn Error>> {
    let socket = socket.to_path_buf();
    let (ready, is_ready) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().ok()?;
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.ok()?;
            ready.send(listener.local_addr().ok()?).ok()?;
            while let Ok((mut near, _)) = listener.accept().await {
                near.set_nodelay(true).ok()?;
                let mut far = UnixStream::connect(&socket).await.ok()?;
                tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
            }
            Some(())
        })
    });
    Ok(is_ready.recv()?)
}
