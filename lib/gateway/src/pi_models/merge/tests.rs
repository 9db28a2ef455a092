use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn model(id: &str, input: f64) -> Value {
    json!({"id": id, "name": id, "cost": {"input": input, "output": 2}, "contextWindow": 1000})
}

fn entries(list: &[(&str, &[Value])]) -> Entries {
    let entry = |models: &[Value]| json!({"baseUrl": "http://127.0.0.1:3033/x", "api": "a", "models": models});
    list.iter().map(|(name, models)| ((*name).to_owned(), entry(models))).collect()
}

fn written(text: &str, now: &Entries) -> String {
    merge(text, now).unwrap().text
}

fn value(text: &str) -> Value {
    parse(text).unwrap().value()
}

#[test]
fn a_new_file_has_our_entries_and_what_is_remembered() {
    let now = entries(&[("eavs-a", &[model("m", 1.0)])]);
    let text = written("", &now);
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["providers"]["eavs-a"], now["eavs-a"]);
    assert_eq!(read["eavs"]["providers"]["eavs-a"], now["eavs-a"]);
    assert_eq!(written(&text, &now), text);
    assert_eq!(merge(&text, &now).unwrap(), Merged { text: text.clone(), ..Merged::default() });
}

#[test]
fn everything_that_is_not_ours_stays_byte_for_byte() {
    let theirs = "{\n  // my own box\n  \"providers\": {\n    \"home\": { \"baseUrl\" : \"http://box\", /* odd */ \"odd\": [1,2,], },\n  },\n  \"more\": true, // last\n}\n";
    let text = written(theirs, &entries(&[("eavs-a", &[model("m", 1.0)])]));
    for kept in
        ["// my own box", "{ \"baseUrl\" : \"http://box\", /* odd */ \"odd\": [1,2,], },", "\"more\": true, // last"]
    {
        assert!(text.contains(kept), "{kept:?} in {text}");
    }
    let gone = written(&text, &Entries::new());
    assert_eq!(value(&gone)["providers"], value(theirs)["providers"]);
    assert!(gone.contains("/* odd */"), "{gone}");
}

#[test]
fn a_price_that_changes_is_followed_and_a_name_that_a_person_gave_is_kept() {
    let first = written("", &entries(&[("eavs-a", &[model("m", 1.0), model("n", 1.0)])]));
    let edited = first.replacen("\"name\": \"m\"", "\"name\": \"my favourite\" /* mine */", 1);
    assert_ne!(edited, first);
    let second = written(&edited, &entries(&[("eavs-a", &[model("m", 3.0), model("n", 3.0)])]));
    let models = &value(&second)["providers"]["eavs-a"]["models"];
    assert_eq!(models[0]["name"], "my favourite");
    assert_eq!([&models[0]["cost"]["input"], &models[1]["cost"]["input"]], [3.0, 3.0]);
    assert!(second.contains("/* mine */"));
}

#[test]
fn a_persons_price_wins_over_a_new_one() {
    let first = written("", &entries(&[("eavs-a", &[model("m", 1.0)])]));
    let edited = first.replacen("\"input\": 1.0", "\"input\": 0", 1);
    let second = written(&edited, &entries(&[("eavs-a", &[model("m", 3.0)])]));
    assert_eq!(value(&second)["providers"]["eavs-a"]["models"][0]["cost"]["input"], 0);
}

#[test]
fn what_a_person_took_out_stays_out() {
    let now = entries(&[("eavs-a", &[model("m", 1.0), model("n", 1.0)]), ("eavs-b", &[model("o", 1.0)])]);
    let mut edited = value(&written("", &now));
    edited["providers"].as_object_mut().unwrap().remove("eavs-b");
    edited["providers"]["eavs-a"]["models"].as_array_mut().unwrap().remove(1);
    let merged = merge(&edited.to_string(), &now).unwrap();
    assert_eq!(value(&merged.text)["providers"], edited["providers"]);
    assert_eq!(merged.kept, ["eavs-b"]);
}

#[test]
fn what_vanished_goes_unless_it_was_changed() {
    let first = written("", &entries(&[("eavs-a", &[model("m", 1.0), model("n", 1.0), model("o", 1.0)])]));
    let edited = first.replacen("\"name\": \"n\"", "\"name\": \"mine\"", 1);
    let names = |text: &str| {
        let models = value(text)["providers"]["eavs-a"]["models"].as_array().cloned().unwrap_or_default();
        models.iter().map(|model| model["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let fewer = written(&edited, &entries(&[("eavs-a", &[model("o", 1.0), model("p", 1.0)])]));
    assert_eq!(names(&fewer), ["mine", "o", "p"]);
    let none = merge(&fewer, &Entries::new()).unwrap();
    assert_eq!(names(&none.text), ["mine"]);
    assert_eq!(none.updated, ["eavs-a"]);
    let unedited = merge(&first, &Entries::new()).unwrap();
    assert_eq!(value(&unedited.text)["providers"], json!({}));
    assert_eq!(unedited.removed, ["eavs-a"]);
    assert_eq!(written(&none.text, &Entries::new()), none.text, "what was kept is the person's from now on");
}

#[test]
fn an_entry_of_somebody_else_with_our_name_is_left_alone() {
    let theirs = "{\"providers\": {\"eavs-a\": {\"api\": \"mine\"}}}";
    let merged = merge(theirs, &entries(&[("eavs-a", &[model("m", 1.0)])])).unwrap();
    assert_eq!(value(&merged.text)["providers"], value(theirs)["providers"]);
    assert_eq!(merged.kept, ["eavs-a"]);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let refused = |text: &str| merge(text, &Entries::new()).unwrap_err().to_string();
    assert_eq!(refused("{\"providers\": {"), "line 1, column 16: a key in quotes is missing");
    assert_eq!(refused("[]"), "it is not an object");
    assert_eq!(refused("{\"providers\": []}"), "its `providers` are not an object");
}

/// Entries of a few names, models and prices, so that versions meet often.
fn some_entries() -> impl Strategy<Value = Entries> {
    let models = prop::collection::btree_map("[mno]", 1_u8..4, 0..4);
    prop::collection::btree_map("eavs-[ab]", models, 0..3).prop_map(|providers| {
        let entry = |(name, models): (String, std::collections::BTreeMap<String, u8>)| {
            let models: Vec<_> = models.iter().map(|(id, price)| model(id, f64::from(*price))).collect();
            (name.clone(), entries(&[(&name, &models)])[&name].clone())
        };
        providers.into_iter().map(entry).collect()
    })
}

/// Every scalar of a value with its path.
fn leaves(value: &Value, path: &str, all: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), all)),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let key = id(item).map_or_else(|| index.to_string(), str::to_owned);
                leaves(item, &format!("{path}/{key}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            all.push((path.to_owned(), value.clone()));
        }
    }
}

/// A file of a person, in several ways of writing.
fn dressed(value: &Value, dress: u8) -> String {
    let text = if dress.is_multiple_of(2) { format!("{value:#}") } else { value.to_string() };
    match dress % 4 {
        0 => text,
        1 => format!("// mine\n{text} // end"),
        2 => text.replace("\n}", "\n  // a note\n}").replace(",\n", ", // why\n"),
        _ => text.replace('\n', "\r\n"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn merging_keeps_edits_and_settles_at_once(
        first in some_entries(), second in some_entries(), third in some_entries(),
        edit in 0_usize..40, dress in 0_u8..8, theirs in prop::bool::ANY,
    ) {
        let start = if theirs { "{\"providers\":{\"home\":{\"baseUrl\":\"http://box\"}},\"x\":[1]}" } else { "" };
        let mut file = value(&written(start, &first));
        // A person changes one scalar of what is there.
        let mut all = Vec::new();
        leaves(&file["providers"], "", &mut all);
        let edited = all.get(edit).map(|(path, _)| path.clone()).filter(|path| !path.ends_with("/id"));
        if let Some(path) = &edited {
            set(&mut file["providers"], path, json!("edited"));
        }
        let text = dressed(&file, dress);
        prop_assert_eq!(value(&text), file);
        let merged = written(&text, &second);
        prop_assert_eq!(&written(&merged, &second), &merged, "writing twice is writing once");
        let after = value(&written(&merged, &third));
        if let Some(path) = &edited {
            let mut left = Vec::new();
            leaves(&after["providers"], "", &mut left);
            prop_assert!(left.contains(&(path.clone(), json!("edited"))), "{} in {:#}", path, after);
        } else {
            // Nobody changed anything of ours: what is there is what there is now.
            let mut expected = value(if theirs { start } else { "{\"providers\":{}}" })["providers"].clone();
            for (name, entry) in &third {
                expected[name] = entry.clone();
            }
            prop_assert!(alike(&after["providers"], &expected), "{:#}\n{:#}", after, expected);
        }
        if theirs {
            prop_assert_eq!(&after["x"], &json!([1]));
        }
    }
}

/// The same, whatever the order of models.
fn alike(one: &Value, other: &Value) -> bool {
    let sorted = |value: &Value| {
        let mut all = Vec::new();
        leaves(value, "", &mut all);
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    };
    sorted(one) == sorted(other)
}

fn set(value: &mut Value, path: &str, new: Value) {
    let mut place = value;
    for part in path.split('/').skip(1) {
        place = if place.is_array() {
            let list = place.as_array_mut().unwrap();
            list.iter_mut().find(|one| id(one) == Some(part)).unwrap()
        } else {
            &mut place[part]
        };
    }
    *place = new;
}
