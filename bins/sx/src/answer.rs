//! What SearXNG answers, read leniently: engines fill fields as they like, so a missing, empty or odd value is no
//! reason to lose a result. Every text is cleaned on the way in.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::clean;

/// One page of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    pub(crate) results: Vec<Found>,
    pub(crate) extras: Extras,
}

/// What stands beside the results.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Extras {
    /// Direct answers, such as of a calculator.
    pub(crate) answers: Vec<Direct>,
    /// Other spellings.
    pub(crate) corrections: Vec<String>,
    /// Other questions.
    pub(crate) suggestions: Vec<String>,
    /// Summaries of what is meant.
    pub(crate) infoboxes: Vec<Infobox>,
    /// Engines that did not answer, and why.
    pub(crate) unresponsive_engines: Vec<Unresponsive>,
}

/// A direct answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Direct {
    pub(crate) answer: String,
    pub(crate) url: String,
}

/// A summary of a person, a place, a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Infobox {
    pub(crate) title: String,
    pub(crate) content: String,
    pub(crate) urls: Vec<String>,
}

/// An engine that did not answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Unresponsive {
    pub(crate) engine: String,
    pub(crate) reason: String,
}

/// A result.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) content: String,
    pub(crate) engine: String,
    pub(crate) engines: Option<Vec<String>>,
    pub(crate) category: String,
    pub(crate) template: String,
    pub(crate) published: String,
    pub(crate) author: String,
    pub(crate) length: Value,
    pub(crate) source: String,
    pub(crate) resolution: String,
    pub(crate) address: Option<Map<String, Value>>,
    pub(crate) longitude: Option<f64>,
    pub(crate) latitude: Option<f64>,
    pub(crate) journal: String,
    pub(crate) publisher: String,
    pub(crate) magnet: String,
    pub(crate) seed: Option<i64>,
    pub(crate) leech: Option<i64>,
    pub(crate) filesize: String,
    pub(crate) size: String,
    pub(crate) metadata: String,
    pub(crate) image: String,
}

impl Answer {
    /// Reads an answer; `None` when it is not an object with a list of results.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let results = value.get("results")?.as_array()?.iter().filter_map(Found::read).collect();
        Some(Self { results, extras: Extras::read(value) })
    }

    /// Whether it answers nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.results.is_empty() && !self.extras.answer()
    }
}

impl Extras {
    fn read(value: &Value) -> Self {
        let items = |name: &str| value.get(name).and_then(Value::as_array).into_iter().flatten();
        let texts = |name: &str| items(name).map(line).filter(|text| !text.is_empty()).collect();
        Self {
            answers: items("answers").filter_map(Direct::read).collect(),
            corrections: texts("corrections"),
            suggestions: texts("suggestions"),
            infoboxes: items("infoboxes").filter_map(Infobox::read).collect(),
            unresponsive_engines: items("unresponsive_engines").filter_map(Unresponsive::read).collect(),
        }
    }

    /// Whether there is an answer in them, without a result that would have to be read.
    pub(crate) fn answer(&self) -> bool {
        !self.answers.is_empty() || !self.infoboxes.is_empty()
    }

    /// Takes what is new in the extras of a further page.
    pub(crate) fn join(&mut self, other: Self) {
        add_new(&mut self.answers, other.answers);
        add_new(&mut self.corrections, other.corrections);
        add_new(&mut self.suggestions, other.suggestions);
        add_new(&mut self.infoboxes, other.infoboxes);
        add_new(&mut self.unresponsive_engines, other.unresponsive_engines);
    }
}

fn add_new<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
    for item in from {
        if !into.contains(&item) {
            into.push(item);
        }
    }
}

impl Direct {
    /// Older instances send a text, newer ones an object.
    fn read(value: &Value) -> Option<Self> {
        let answer = if value.is_object() { line(&value["answer"]) } else { line(value) };
        (!answer.is_empty()).then(|| Self { answer, url: address(&value["url"]) })
    }
}

impl Infobox {
    fn read(value: &Value) -> Option<Self> {
        let (title, content) = (line(&value["infobox"]), text(&value["content"]));
        let urls = value["urls"].as_array().into_iter().flatten().map(|url| address(&url["url"]));
        let urls = urls.filter(|url| !url.is_empty()).collect();
        (!title.is_empty() || !content.is_empty()).then_some(Self { title, content, urls })
    }
}

impl Unresponsive {
    /// A pair of name and reason; a name alone is taken too.
    fn read(value: &Value) -> Option<Self> {
        let (engine, reason) = match value.as_array() {
            Some(pair) => (pair.first().map(line).unwrap_or_default(), pair.get(1).map(line).unwrap_or_default()),
            None => (line(value), String::new()),
        };
        (!engine.is_empty()).then_some(Self { engine, reason })
    }
}

impl Found {
    /// A result without an address, a title and a content is none.
    fn read(value: &Value) -> Option<Self> {
        let field = |name: &str| value.get(name).unwrap_or(&Value::Null);
        let number = |name: &str| field(name).as_f64().or_else(|| field(name).as_str()?.trim().parse().ok());
        let count = |name: &str| number(name).filter(|n| n.is_finite()).map(|n| n as i64);
        // A row of names and values, such as of a database, has a caption where others have a title.
        let first = |one: String, other: &dyn Fn() -> String| if one.is_empty() { other() } else { one };
        let found = Self {
            title: first(line(field("title")), &|| line(field("caption"))),
            url: address(field("url")),
            content: first(text(field("content")), &|| pairs(field("kvmap"))),
            engine: line(field("engine")),
            engines: field("engines").as_array().map(|names| names.iter().map(line).collect()),
            category: line(field("category")),
            template: line(field("template")),
            published: line(field("publishedDate")),
            author: first(line(field("author")), &|| line(field("authors"))),
            length: clean_value(field("length")),
            source: line(field("source")),
            resolution: line(field("resolution")),
            address: match clean_value(field("address")) {
                Value::Object(map) => Some(map),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => None,
            },
            longitude: number("longitude"),
            latitude: number("latitude"),
            journal: line(field("journal")),
            publisher: line(field("publisher")),
            magnet: address(field("magnetlink")),
            seed: count("seed"),
            leech: count("leech"),
            filesize: line(field("filesize")),
            size: line(field("size")),
            metadata: line(field("metadata")),
            image: address(field("img_src")),
        };
        (!found.url.is_empty() || !found.title.is_empty() || !found.content.is_empty()).then_some(found)
    }

    /// Its fields in the order and with the names that they have in JSON; an absent one has the empty value of its type.
    pub(crate) fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("title", self.title.as_str().into()),
            ("url", self.url.as_str().into()),
            ("content", self.content.as_str().into()),
            ("engine", self.engine.as_str().into()),
            ("engines", self.engines.clone().into()),
            ("category", self.category.as_str().into()),
            ("template", self.template.as_str().into()),
            ("publishedDate", self.published.as_str().into()),
            ("author", self.author.as_str().into()),
            ("length", self.length.clone()),
            ("source", self.source.as_str().into()),
            ("resolution", self.resolution.as_str().into()),
            ("address", self.address.clone().map_or(Value::Null, Value::Object)),
            ("longitude", self.longitude.map_or(Value::from(0), Value::from)),
            ("latitude", self.latitude.map_or(Value::from(0), Value::from)),
            ("journal", self.journal.as_str().into()),
            ("publisher", self.publisher.as_str().into()),
            ("magnetlink", self.magnet.as_str().into()),
            ("seed", self.seed.unwrap_or_default().into()),
            ("leech", self.leech.unwrap_or_default().into()),
            ("filesize", self.filesize.as_str().into()),
            ("size", self.size.as_str().into()),
            ("metadata", self.metadata.as_str().into()),
            ("img_src", self.image.as_str().into()),
        ]
    }

    /// The engines that found it.
    pub(crate) fn found_by(&self) -> String {
        match &self.engines {
            Some(engines) if !engines.is_empty() => engines.join(", "),
            Some(_) | None => self.engine.clone(),
        }
    }
}

/// A text that may span lines; numbers are taken as texts.
fn text(value: &Value) -> String {
    match value {
        Value::String(raw) => clean::text(raw).trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Array(items) => items.iter().map(text).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Object(_) => String::new(),
    }
}

/// `name: value`, one a line.
fn pairs(value: &Value) -> String {
    let pair = |(name, value): (&String, &Value)| {
        let value = line(value);
        (!value.is_empty()).then(|| format!("{}: {value}", clean::line(name)))
    };
    value.as_object().into_iter().flatten().filter_map(pair).collect::<Vec<_>>().join("\n")
}

fn line(value: &Value) -> String {
    clean::line(&text(value))
}

/// An address holds no white space; where one does, it is written as the web writes it.
fn address(value: &Value) -> String {
    let raw = value.as_str().map(clean::text).unwrap_or_default();
    raw.trim().replace(['\n', '\t'], "").replace(' ', "%20")
}

/// Any value, its texts cleaned.
fn clean_value(value: &Value) -> Value {
    match value {
        Value::String(raw) => clean::text(raw).into(),
        Value::Array(items) => items.iter().map(clean_value).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (clean::line(key), clean_value(value))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn odd_fields_lose_no_result() {
        let answer = Answer::read(&json!({"results": [
            {"title": null, "url": "https://a.org/x y", "content": 7, "engines": "x", "seed": "12", "latitude": "4.5"},
            {"title": " T\u{1b}[2J\n t ", "length": {"a\u{1b}c": "\u{202e}x"}, "address": []},
            {}, "nonsense", null,
        ]}))
        .unwrap();
        assert_eq!(answer.results.len(), 2);
        let [first, second] = [&answer.results[0], &answer.results[1]];
        assert_eq!((first.url.as_str(), first.content.as_str(), first.seed), ("https://a.org/x%20y", "7", Some(12)));
        assert_eq!((first.latitude, &first.engines), (Some(4.5), &None));
        assert_eq!((second.title.as_str(), &second.length), ("T t", &json!({"a": "x"})));
    }

    #[test]
    fn rows_of_a_database_and_papers_are_results() {
        let row = json!({"title": "", "content": "", "url": null, "engine": "shop", "template": "keyvalue.html",
            "caption": "Article 7", "kvmap": {"name": "Lamp\u{1b}[2J", "price": 12, "none": null}});
        let paper = json!({"title": "On lamps", "authors": ["Ada", "Grace"], "author": ""});
        let answer = Answer::read(&json!({"results": [row, paper]})).unwrap();
        let [row, paper] = &answer.results[..] else { panic!("{answer:?}") };
        assert_eq!((row.title.as_str(), row.content.as_str()), ("Article 7", "name: Lamp\nprice: 12"));
        assert_eq!(paper.author, "Ada, Grace");
    }

    #[test]
    fn what_stands_beside_is_read_in_both_forms() {
        let answer = Answer::read(&json!({"results": [],
            "answers": ["42", {"answer": "43", "url": "https://calc"}, {}],
            "unresponsive_engines": [["google", "timeout"], "bing", []],
            "suggestions": ["a", ""], "infoboxes": [{"infobox": "Ada", "urls": [{"url": "https://w"}, {}]}]}))
        .unwrap();
        let extras = answer.extras;
        assert_eq!(extras.answers.iter().map(|a| a.answer.as_str()).collect::<Vec<_>>(), ["42", "43"]);
        assert_eq!(extras.unresponsive_engines[0], Unresponsive { engine: "google".into(), reason: "timeout".into() });
        assert_eq!(extras.unresponsive_engines[1].engine, "bing");
        assert_eq!((extras.suggestions.len(), extras.infoboxes[0].urls.len()), (1, 1));
    }

    #[test]
    fn something_else_is_no_answer() {
        assert_eq!(Answer::read(&json!({"error": "x"})), None);
        assert_eq!(Answer::read(&json!([])), None);
        assert_eq!(Answer::read(&json!({"results": "x"})), None);
    }
}
