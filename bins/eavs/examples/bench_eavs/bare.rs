//! A proxy that reads nothing of what it passes on, keeps no book and asks for no key: what two sides of HTTP cost by
//! themselves, and so the most that a gateway can reach between the same provider and clients.

use std::convert::Infallible;
use std::io::BufRead as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

use super::process::Process;
use super::raw::Way;

/// Starts it as a process of its own, in front of a provider.
pub(crate) fn start(provider: SocketAddr) -> (Process, Way) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut process = Process::start(command.arg("bare").arg(provider.to_string()).stdout(Stdio::piped()));
    let mut line = String::new();
    process.said().read_line(&mut line).unwrap();
    (process, Way::to(line.trim().parse().unwrap()))
}

/// Is it, until somebody ends it.
pub(crate) async fn run(provider: SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    let client: Client<_, Incoming> = Client::builder(TokioExecutor::new()).build_http();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let client = client.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let (client, request) = (client.clone(), onward(request, provider));
            async move { Ok::<Response<Incoming>, Infallible>(client.request(request).await.unwrap()) }
        });
        tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

fn onward(mut request: Request<Incoming>, provider: SocketAddr) -> Request<Incoming> {
    *request.uri_mut() = format!("http://{provider}{}", request.uri().path()).parse().unwrap();
    request
}
