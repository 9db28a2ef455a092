//! Generates the gRPC code from `proto/hstry/v1`, without a `protoc` program.

use std::error::Error;
use std::path::Path;

const FILES: [&str; 4] =
    ["hstry/v1/types.proto", "hstry/v1/write.proto", "hstry/v1/read.proto", "hstry/v1/search.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    println!("cargo::rerun-if-changed={}", root.join("hstry").display());
    let descriptors = protox::compile(FILES.map(|file| root.join(file)), [&root])?;
    tonic_prost_build::configure().bytes(".").compile_fds(descriptors)?;
    Ok(())
}
