//! A value against a schema: the words of JSON Schema (drafts 7 to 2020-12) that configurations use.
//!
//! A word that constrains and is not known here makes the schema unusable, with its place: nothing is taken for valid that
//! was not looked at. `format` says nothing, as the drafts have it by default. References lead to places of the same file.

use regex_lite::Regex;
use serde_json::{Map, Value};

/// Words that say something to people, or are looked at where another one is.
const SAYS_NOTHING: [&str; 24] = [
    "$schema",
    "$id",
    "id",
    "$comment",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "examples",
    "format",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$anchor",
    "contentMediaType",
    "contentEncoding",
    "then",
    "else",
    "minContains",
    "maxContains",
    "$vocabulary",
    "x-taplo",
    "x-taplo-info",
];

/// How deep references and values may go.
const DEEPEST: usize = 128;

/// Why a value does not keep a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the value, as a JSON Pointer; empty for all of it.
    pub at: String,
    /// What is wrong.
    pub why: String,
}

/// A schema that can be used.
#[derive(Debug)]
pub struct Schema {
    root: Value,
}

impl Schema {
    /// Reads a schema and looks at every word of it.
    ///
    /// # Errors
    /// It is not JSON, or has a word or a reference that is not known.
    pub fn parse(text: &str) -> Result<Self, String> {
        let root: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let schema = Self { root };
        schema.known(&schema.root, "")?;
        Ok(schema)
    }

    /// What is wrong with a value, in the order of the schema's words. Nothing where it keeps the schema.
    #[must_use]
    pub fn faults(&self, value: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        Visit { schema: self, depth: 0 }.value(&self.root, value, "", &mut faults);
        faults
    }

    fn at(&self, reference: &str) -> Option<&Value> {
        let pointer = reference.strip_prefix('#')?;
        self.root.pointer(pointer)
    }

    /// Refuses words that are not looked at below.
    fn known(&self, schema: &Value, at: &str) -> Result<(), String> {
        let words = match schema {
            Value::Bool(_) => return Ok(()),
            Value::Object(words) => words,
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Err(format!("{}: a schema is an object or a boolean", place(at)));
            }
        };
        for (word, told) in words {
            let here = format!("{at}/{word}");
            match word.as_str() {
                "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
                    for (name, below) in told.as_object().into_iter().flatten() {
                        if word == "patternProperties" {
                            pattern(name).map_err(|why| format!("{}: {why}", place(&here)))?;
                        }
                        self.known(below, &format!("{here}/{name}"))?;
                    }
                }
                "items" | "prefixItems" | "allOf" | "anyOf" | "oneOf" if told.is_array() => {
                    for (number, below) in told.as_array().into_iter().flatten().enumerate() {
                        self.known(below, &format!("{here}/{number}"))?;
                    }
                }
                "items"
                | "additionalProperties"
                | "propertyNames"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "additionalItems" => self.known(told, &here)?,
                "$ref" => {
                    let target = told.as_str().and_then(|reference| self.at(reference));
                    target.ok_or_else(|| format!("{}: {told} leads nowhere in this file", place(&here)))?;
                }
                "pattern" => {
                    pattern(told.as_str().unwrap_or_default()).map_err(|why| format!("{}: {why}", place(&here)))?;
                }
                "type" | "enum" | "const" | "required" | "minimum" | "maximum" | "exclusiveMinimum"
                | "exclusiveMaximum" | "multipleOf" | "minLength" | "maxLength" | "minItems" | "maxItems"
                | "uniqueItems" | "minProperties" | "maxProperties" | "dependentRequired" => {}
                said if SAYS_NOTHING.contains(&said) || said.starts_with("x-") => {}
                other => return Err(format!("{}: the word `{other}` is not known", place(at))),
            }
        }
        Ok(())
    }
}

fn place(at: &str) -> &str {
    if at.is_empty() { "/" } else { at }
}

fn pattern(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| format!("the pattern {text:?} is not understood: {error}"))
}

struct Visit<'s> {
    schema: &'s Schema,
    depth: usize,
}

impl Visit<'_> {
    fn keeps(&mut self, schema: &Value, value: &Value, at: &str) -> bool {
        let mut faults = Vec::new();
        self.value(schema, value, at, &mut faults);
        faults.is_empty()
    }

    fn value(&mut self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<Fault>) {
        let words = match schema {
            Value::Bool(true) => return,
            Value::Object(words) => words,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return faults.push(fault(at, "nothing is allowed here"));
            }
        };
        if self.depth >= DEEPEST {
            return faults.push(fault(at, "it is too deep"));
        }
        self.depth += 1;
        if let Some(target) = words.get("$ref").and_then(Value::as_str).and_then(|reference| self.schema.at(reference))
        {
            self.value(target, value, at, faults);
        }
        kind(words, value, at, faults);
        self.combined(words, value, at, faults);
        match value {
            Value::Object(fields) => self.object(words, fields, at, faults),
            Value::Array(items) => self.array(words, items, at, faults),
            Value::String(text) => string(words, text, at, faults),
            Value::Number(number) => numeric(words, number.as_f64().unwrap_or(f64::NAN), at, faults),
            Value::Null | Value::Bool(_) => {}
        }
        self.depth -= 1;
    }

    fn combined(&mut self, words: &Map<String, Value>, value: &Value, at: &str, faults: &mut Vec<Fault>) {
        for below in list(words, "allOf") {
            self.value(below, value, at, faults);
        }
        let any = list(words, "anyOf");
        if !any.is_empty() && !any.iter().any(|below| self.keeps(below, value, at)) {
            faults.push(fault(at, "it is none of the things that are allowed (anyOf)"));
        }
        let one = list(words, "oneOf");
        let kept = one.iter().filter(|below| self.keeps(below, value, at)).count();
        if !one.is_empty() && kept != 1 {
            faults.push(fault(at, &format!("it is {kept} of the things of which it must be one (oneOf)")));
        }
        if words.get("not").is_some_and(|below| self.keeps(below, value, at)) {
            faults.push(fault(at, "it is what it must not be (not)"));
        }
        if let Some(condition) = words.get("if") {
            let branch = if self.keeps(condition, value, at) { "then" } else { "else" };
            if let Some(below) = words.get(branch) {
                self.value(below, value, at, faults);
            }
        }
    }

    fn object(&mut self, words: &Map<String, Value>, fields: &Map<String, Value>, at: &str, faults: &mut Vec<Fault>) {
        for name in list(words, "required").iter().filter_map(Value::as_str).filter(|name| !fields.contains_key(*name))
        {
            faults.push(fault(at, &format!("`{name}` is missing")));
        }
        for (name, others) in words.get("dependentRequired").and_then(Value::as_object).into_iter().flatten() {
            let others = others.as_array().into_iter().flatten().filter_map(Value::as_str);
            let missing = others.filter(|other| fields.contains_key(name) && !fields.contains_key(*other));
            faults.extend(missing.map(|other| fault(at, &format!("with `{name}`, `{other}` is missing"))));
        }
        for (_, below) in words
            .get("dependentSchemas")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(name, _)| fields.contains_key(*name))
        {
            self.value(below, &Value::Object(fields.clone()), at, faults);
        }
        count(words, ("minProperties", "maxProperties"), fields.len(), ("fields", at), faults);
        let known = words.get("properties").and_then(Value::as_object);
        let patterns: Vec<(Regex, &Value)> = words
            .get("patternProperties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(name, below)| Some((pattern(name).ok()?, below)))
            .collect();
        for (name, field) in fields {
            let here = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
            if let Some(names) = words.get("propertyNames")
                && !self.keeps(names, &Value::String(name.clone()), &here)
            {
                faults.push(fault(&here, "a field of this name is not allowed"));
            }
            let mut seen = false;
            if let Some(below) = known.and_then(|known| known.get(name)) {
                seen = true;
                self.value(below, field, &here, faults);
            }
            for (_, below) in patterns.iter().filter(|(pattern, _)| pattern.is_match(name)) {
                seen = true;
                self.value(below, field, &here, faults);
            }
            match words.get("additionalProperties") {
                Some(Value::Bool(false)) if !seen => faults.push(fault(&here, "there is no such field")),
                Some(below) if !seen => self.value(below, field, &here, faults),
                Some(_) | None => {}
            }
        }
    }

    fn array(&mut self, words: &Map<String, Value>, items: &[Value], at: &str, faults: &mut Vec<Fault>) {
        count(words, ("minItems", "maxItems"), items.len(), ("members", at), faults);
        if words.get("uniqueItems") == Some(&Value::Bool(true))
            && (1..items.len()).any(|n| items[..n].contains(&items[n]))
        {
            faults.push(fault(at, "a member is there twice"));
        }
        let old = words.get("items").filter(|items| items.is_array());
        let first = if old.is_some() { list(words, "items") } else { list(words, "prefixItems") };
        let rest = if old.is_some() { words.get("additionalItems") } else { words.get("items") };
        for (number, item) in items.iter().enumerate() {
            if let Some(below) = first.get(number).or(rest) {
                self.value(below, item, &format!("{at}/{number}"), faults);
            }
        }
        if let Some(below) = words.get("contains") {
            let found = items.iter().filter(|item| self.keeps(below, item, at)).count();
            let bound =
                |word: &str, otherwise| words.get(word).and_then(Value::as_u64).map_or(otherwise, |n| n as usize);
            if !(bound("minContains", 1)..=bound("maxContains", usize::MAX)).contains(&found) {
                faults.push(fault(at, &format!("{found} members are what some must be (contains)")));
            }
        }
    }
}

fn fault(at: &str, why: &str) -> Fault {
    Fault { at: at.to_owned(), why: why.to_owned() }
}

fn list<'w>(words: &'w Map<String, Value>, word: &str) -> &'w [Value] {
    words.get(word).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn kind(words: &Map<String, Value>, value: &Value, at: &str, faults: &mut Vec<Fault>) {
    let is = |name: &str| match (name, value) {
        ("integer", Value::Number(number)) => number.as_f64().is_some_and(|number| number.fract() == 0.0),
        ("null", Value::Null) | ("boolean", Value::Bool(_)) | ("number", Value::Number(_)) => true,
        ("string", Value::String(_)) | ("array", Value::Array(_)) | ("object", Value::Object(_)) => true,
        (_, _) => false,
    };
    let names: Vec<&str> = match words.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        Some(_) | None => Vec::new(),
    };
    if words.contains_key("type") && !names.iter().any(|name| is(name)) {
        faults.push(fault(at, &format!("it is no {}", names.join(" or "))));
    }
    let same = |other: &Value| other == value || other.as_f64().zip(value.as_f64()).is_some_and(|(a, b)| a == b);
    if words.contains_key("enum") && !list(words, "enum").iter().any(same) {
        let allowed: Vec<String> = list(words, "enum").iter().map(ToString::to_string).collect();
        faults.push(fault(at, &format!("it is none of {}", allowed.join(", "))));
    }
    if let Some(only) = words.get("const").filter(|only| !same(only)) {
        faults.push(fault(at, &format!("it is not {only}")));
    }
}

fn string(words: &Map<String, Value>, text: &str, at: &str, faults: &mut Vec<Fault>) {
    count(words, ("minLength", "maxLength"), text.chars().count(), ("characters", at), faults);
    if let Some(wanted) = words.get("pattern").and_then(Value::as_str)
        && pattern(wanted).is_ok_and(|pattern| !pattern.is_match(text))
    {
        faults.push(fault(at, &format!("it does not look like {wanted}")));
    }
}

fn numeric(words: &Map<String, Value>, number: f64, at: &str, faults: &mut Vec<Fault>) {
    let bound = |word: &str| words.get(word).and_then(Value::as_f64);
    let mut refuse = |wrong: bool, what: &str, bound: f64| {
        if wrong {
            faults.push(fault(at, &format!("{number} is not {what} {bound}")));
        }
    };
    if let Some(least) = bound("minimum") {
        refuse(number < least, "at least", least);
    }
    if let Some(most) = bound("maximum") {
        refuse(number > most, "at most", most);
    }
    if let Some(below) = bound("exclusiveMinimum") {
        refuse(number <= below, "more than", below);
    }
    if let Some(above) = bound("exclusiveMaximum") {
        refuse(number >= above, "less than", above);
    }
    if let Some(step) = bound("multipleOf").filter(|step| *step > 0.0) {
        let times = number / step;
        refuse((times - times.round()).abs() > 1e-9, "a multiple of", step);
    }
}

fn count(
    words: &Map<String, Value>,
    (least, most): (&str, &str),
    found: usize,
    (what, at): (&str, &str),
    faults: &mut Vec<Fault>,
) {
    let bound = |word: &str| words.get(word).and_then(Value::as_u64);
    if let Some(least) = bound(least).filter(|least| (found as u64) < *least) {
        faults.push(fault(at, &format!("{found} {what} are less than {least}")));
    }
    if let Some(most) = bound(most).filter(|most| (found as u64) > *most) {
        faults.push(fault(at, &format!("{found} {what} are more than {most}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(schema: &Value, value: &Value) -> Vec<String> {
        let schema = Schema::parse(&schema.to_string()).expect("a schema");
        schema.faults(value).into_iter().map(|fault| format!("{}: {}", fault.at, fault.why)).collect()
    }

    #[test]
    fn each_word_refuses_and_allows() {
        for (schema, good, bad) in [
            (json!({"type": "integer"}), json!(3.0), json!(3.5)),
            (json!({"type": ["string", "null"]}), json!(null), json!(1)),
            (json!({"enum": ["a", 1]}), json!(1.0), json!("b")),
            (json!({"const": {"a": 1}}), json!({"a": 1}), json!({"a": 2})),
            (json!({"required": ["a"]}), json!({"a": null}), json!({})),
            (json!({"properties": {"a": {"type": "string"}}}), json!({"b": 1}), json!({"a": 1})),
            (json!({"properties": {"a": {}}, "additionalProperties": false}), json!({"a": 1}), json!({"b": 1})),
            (
                json!({"patternProperties": {"^x": {"type": "null"}}, "additionalProperties": false}),
                json!({"xy": null}),
                json!({"y": null}),
            ),
            (json!({"additionalProperties": {"type": "null"}}), json!({"a": null}), json!({"a": 1})),
            (json!({"propertyNames": {"maxLength": 1}}), json!({"a": 1}), json!({"ab": 1})),
            (json!({"dependentRequired": {"a": ["b"]}}), json!({"b": 1}), json!({"a": 1})),
            (json!({"minProperties": 1}), json!({"a": 1}), json!({})),
            (json!({"items": {"type": "null"}}), json!([null]), json!([null, 1])),
            (json!({"prefixItems": [{"type": "null"}], "items": false}), json!([null]), json!([null, 1])),
            (json!({"items": [{"type": "null"}], "additionalItems": false}), json!([null]), json!([null, 1])),
            (json!({"contains": {"const": 1}}), json!([2, 1]), json!([2])),
            (json!({"uniqueItems": true}), json!([1, 2]), json!([1, 2, 1])),
            (json!({"maxItems": 1}), json!([1]), json!([1, 2])),
            (json!({"minLength": 2}), json!("日本"), json!("日")),
            (json!({"pattern": "^a+$"}), json!("aa"), json!("ab")),
            (json!({"minimum": 1, "exclusiveMaximum": 2}), json!(1), json!(2)),
            (json!({"multipleOf": 0.1}), json!(0.3), json!(0.35)),
            (json!({"allOf": [{"minimum": 1}, {"maximum": 2}]}), json!(1), json!(3)),
            (json!({"anyOf": [{"type": "null"}, {"minimum": 2}]}), json!(null), json!(1)),
            (json!({"oneOf": [{"minimum": 1}, {"minimum": 2}]}), json!(1), json!(2)),
            (json!({"not": {"type": "null"}}), json!(1), json!(null)),
            (
                json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}),
                json!({"c": 1}),
                json!({"a": 1}),
            ),
            (json!({"$ref": "#/$defs/n", "$defs": {"n": {"type": "number"}}}), json!(1), json!("1")),
            (json!(true), json!(1), Value::Null),
            (
                json!({"properties": {"n": {"$ref": "#"}}, "required": ["v"]}),
                json!({"v": 1, "n": {"v": 1}}),
                json!({"v": 1, "n": {}}),
            ),
        ] {
            assert_eq!(faults(&schema, &good), Vec::<String>::new(), "{schema} allows {good}");
            if schema != json!(true) {
                assert_ne!(faults(&schema, &bad), Vec::<String>::new(), "{schema} refuses {bad}");
            }
        }
    }

    #[test]
    fn a_schema_that_is_not_understood_is_not_used() {
        let why = |schema: Value| Schema::parse(&schema.to_string()).expect_err("it is not used");
        assert!(why(json!({"properties": {"a": {"unevaluatedProperties": false}}})).contains("/properties/a"));
        assert!(why(json!({"$ref": "other.json"})).contains("leads nowhere"));
        assert!(why(json!({"pattern": "("})).contains("not understood"));
        assert!(why(json!([])).contains("an object or a boolean"));
        let endless = json!({"$ref": "#"});
        assert_eq!(faults(&endless, &json!(1)), [": it is too deep"]);
    }
}
