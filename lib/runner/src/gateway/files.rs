//! What Pi is given to find its models by: a list of models of the session, and the extension that reads it. No key is in
//! either.

use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use oqto_protocol::error::WireError;
use serde_json::Value;

const MODELS: &str = "models.json";
const EXTENSION: &str = "gateway.js";

/// The extension of the files in a folder.
pub(super) fn extension(folder: &Path) -> PathBuf {
    folder.join(EXTENSION)
}

/// Makes a folder that only this user can look into.
pub(super) fn make(folder: &Path) -> Result<(), WireError> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| crate::trust::not_written(folder, &error))
}

/// Writes both files.
pub(super) fn write(folder: &Path, models: &Value) -> Result<(), WireError> {
    let list = folder.join(MODELS);
    let place = Value::from(list.display().to_string());
    let script = format!(
        "// Tells Pi of the models that this session may use. Written for one start of a session, and gone with it.\n\
         import {{ readFileSync }} from \"node:fs\";\n\n\
         export default function (pi) {{\n  \
           const {{ providers }} = JSON.parse(readFileSync({place}, \"utf8\"));\n  \
           for (const [name, provider] of Object.entries(providers)) {{\n    \
             pi.registerProvider(name, {{ ...provider, apiKey: process.env.EAVS_API_KEY }});\n  }}\n}}\n"
    );
    put(&list, format!("{models:#}\n").as_bytes())?;
    put(&extension(folder), script.as_bytes())
}

/// Replaces a file as a whole: a process that is starting must not meet half of it.
fn put(path: &Path, bytes: &[u8]) -> Result<(), WireError> {
    use std::io::Write as _;
    let draft = path.with_extension(format!("{}.new", uuid::Uuid::now_v7().simple()));
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| std::fs::rename(&draft, path));
    written.map_err(|error| {
        let _left = std::fs::remove_file(&draft);
        crate::trust::not_written(path, &error)
    })
}
