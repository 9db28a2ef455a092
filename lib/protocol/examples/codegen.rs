//! Writes the generated files of this crate, from the root of the repository.

use std::path::Path;
use std::{fs, io};

fn write(path: &str, text: &str) -> io::Result<()> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{path}: {error}"));
    if let Some(folder) = Path::new(path).parent() {
        fs::create_dir_all(folder).map_err(named)?;
    }
    fs::write(path, text).map_err(named)
}

fn main() -> io::Result<()> {
    write("frontend/src/protocol/generated/protocol.ts", &oqto_protocol::schema::typescript())?;
    let schema = serde_json::to_string_pretty(&oqto_protocol::schema::json_schema())?;
    write("proto/schema/protocol.schema.json", &format!("{schema}\n"))
}
