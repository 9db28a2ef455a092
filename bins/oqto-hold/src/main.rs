//! The holder: owns one child's streams, journals them, and outlives who started it. See `oqto_process::holder`.

use std::process::ExitCode;

fn main() -> ExitCode {
    oqto_process::holder::run(std::env::args_os().skip(1))
}
