//! Entry point: see [`thidua_server::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    thidua_server::cli::main()
}
