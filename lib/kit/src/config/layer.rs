//! One layer of configuration: the values it names, checked on their own, and where each was named.

use super::{FlagValue, Origin, Schema};
use crate::error::{Error, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

pub(super) struct Layer {
    pub(super) table: Table,
    pub(super) origins: BTreeMap<String, Origin>,
}

/// What a file that is not there means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Ignored,
    Refused,
}

/// Reads a file; `None` where it does not exist and need not.
pub(super) fn file<C: Schema>(path: &Path, missing: Missing) -> Result<Option<Layer>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if is_absent(&e) && missing == Missing::Ignored => return Ok(None),
        Err(e) => {
            return Err(Error::new(ErrorKind::Config, format!("cannot read {}", path.display())).because(e));
        }
    };
    toml::from_str::<C>(&text).map_err(|e| refused(&e, path, &text))?;
    let table: Table = toml::from_str(&text).map_err(|e| refused(&e, path, &text))?;
    let spanned = DeTable::parse(&text).map_err(|e| refused(&e, path, &text))?;
    let mut origins = BTreeMap::new();
    collect_lines(spanned.get_ref(), "", path, &text, &mut origins);
    Ok(Some(Layer { table, origins }))
}

/// A home that is no directory, such as the `/dev/null` of service users, has no file either.
fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

fn collect_lines(table: &DeTable<'_>, prefix: &str, path: &Path, text: &str, origins: &mut BTreeMap<String, Origin>) {
    for (key, value) in table {
        let name = join(prefix, key.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) => collect_lines(inner, &name, path, text, origins),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                let line = line_of(text, key.span().start);
                origins.insert(name, Origin::File { path: path.to_path_buf(), line });
            }
        }
    }
}

/// The variables that are set, as a layer.
pub(super) fn environment<C: Schema>(var: &dyn Fn(&str) -> Option<OsString>) -> Result<Vec<Layer>> {
    let defaults = Table::try_from(C::default())
        .or_fail(ErrorKind::Internal, || "the default configuration cannot be written as TOML")?;
    let set = C::ENVIRONMENT
        .iter()
        .filter_map(|(name, key)| var(name).filter(|value| !value.is_empty()).map(|value| (*name, *key, value)));
    set.map(|(name, key, value)| {
        let text = value.into_string().map_err(|_| Error::new(ErrorKind::Config, format!("{name} is not UTF-8")))?;
        let value = like(look_up(&defaults, key), text);
        let origin = Origin::Environment { name: name.to_owned() };
        single::<C>(name, key, value, origin)
    })
    .collect()
}

/// The flags that were given, each as a layer.
pub(super) fn flags<C: Schema>(flags: Vec<FlagValue>) -> Result<Vec<Layer>> {
    let layer = |flag: FlagValue| {
        let origin = Origin::Flag { name: flag.flag.to_owned() };
        single::<C>(flag.flag, flag.key, flag.value, origin)
    };
    flags.into_iter().map(layer).collect()
}

/// A layer of one value, checked on its own so that the error can name the variable or flag.
fn single<C: Schema>(named_by: &str, key: &str, value: Value, origin: Origin) -> Result<Layer> {
    let mut table = Table::new();
    insert(&mut table, key, value);
    let checked: Result<C, _> = Value::Table(table.clone()).try_into();
    checked.map_err(|e| Error::new(ErrorKind::Config, format!("{named_by} has a wrong value: {}", e.message())))?;
    Ok(Layer { table, origins: BTreeMap::from([(key.to_owned(), origin)]) })
}

/// Reads a text as the type that the default has: a number stays text where a text is wanted.
fn like(default: Option<&Value>, text: String) -> Value {
    match default {
        None | Some(Value::String(_)) => Value::String(text),
        Some(
            Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Datetime(_)
            | Value::Array(_)
            | Value::Table(_),
        ) => toml::from_str::<Table>(&format!("v = {text}"))
            .ok()
            .and_then(|mut table| table.remove("v"))
            .unwrap_or(Value::String(text)),
    }
}

fn look_up<'t>(table: &'t Table, dotted: &str) -> Option<&'t Value> {
    match dotted.split_once('.') {
        None => table.get(dotted),
        Some((first, rest)) => table.get(first).and_then(Value::as_table).and_then(|inner| look_up(inner, rest)),
    }
}

fn insert(table: &mut Table, dotted: &str, value: Value) {
    match dotted.split_once('.') {
        None => {
            table.insert(dotted.to_owned(), value);
        }
        Some((first, rest)) => {
            let mut inner = Table::new();
            insert(&mut inner, rest, value);
            table.insert(first.to_owned(), Value::Table(inner));
        }
    }
}

pub(super) fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// An error in a file, with its line, and a suggestion where a key is unknown.
fn refused(error: &toml::de::Error, path: &Path, text: &str) -> Error {
    let line = line_of(text, error.span().map_or(0, |span| span.start));
    let place = format!("{}:{line}", path.display());
    match Unknown::of(error.message()) {
        None => Error::new(ErrorKind::Config, format!("{place}: {}", error.message())),
        Some(unknown) => {
            let refused = Error::new(ErrorKind::Config, format!("{place}: unknown key `{}`", unknown.key));
            refused.hint(unknown.advice())
        }
    }
}

/// What serde says about an unknown field: the field and the names it knows, each between backticks.
struct Unknown<'m> {
    key: &'m str,
    known: Vec<&'m str>,
}

impl<'m> Unknown<'m> {
    fn of(message: &'m str) -> Option<Self> {
        let rest = message.strip_prefix("unknown field `")?;
        let (key, rest) = rest.split_once('`')?;
        let known = rest.split('`').skip(1).step_by(2).collect();
        Some(Self { key, known })
    }

    fn advice(&self) -> String {
        let near = |known: &&&str| strsim::jaro_winkler(self.key, known) > 0.75;
        let closest = self
            .known
            .iter()
            .filter(near)
            .max_by(|a, b| strsim::jaro_winkler(self.key, a).total_cmp(&strsim::jaro_winkler(self.key, b)));
        match closest {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the keys here are: {}", self.known.join(", ")),
        }
    }
}
