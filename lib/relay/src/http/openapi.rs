//! `/api/openapi.json`, made of the table of routes.

use super::answer;
use super::table::{Access, ROUTES, Route, Verb};
use crate::relay::Relay;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Serves the document.
pub(super) async fn serve(State(relay): State<Arc<Relay>>) -> Response {
    answer::value(&document(relay.version()))
}

fn document(version: &str) -> Value {
    let mut paths = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.verb.as_str().to_owned(), operation(route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Oqto", "version": version },
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "cookie": { "type": "apiKey", "in": "cookie", "name": "oqto_<port>" },
                "bearer": { "type": "http", "scheme": "bearer" },
            },
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "operationId": format!("{:?}", route.operation),
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": {
            "200": { "description": "The result, as the runner gives it." },
            "default": {
                "description": "What failed.",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/error" } } },
            },
        },
    });
    if let Some(fields) = operation.as_object_mut() {
        if route.access == Access::SignedIn {
            fields.insert("security".to_owned(), json!([{ "cookie": [] }, { "bearer": [] }]));
        }
        if let Some(schema) = route.body {
            let reference = format!("#/components/schemas/{schema}");
            let body = json!({ "content": { "application/json": { "schema": { "$ref": reference } } } });
            fields.insert("requestBody".to_owned(), body);
        }
    }
    operation
}

fn parameters(route: &Route) -> Vec<Value> {
    let in_path = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = in_path
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    parameters.extend(route.parameters.iter().map(|parameter| {
        let schema = json!({ "type": parameter.kind });
        json!({ "name": parameter.name, "in": "query", "description": parameter.about, "schema": schema })
    }));
    if route.verb != Verb::Get && route.path.starts_with("/api/sessions") {
        let about = "Sent again with the same key, the request returns the outcome of the first and does nothing.";
        let schema = json!({ "type": "string" });
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "description": about, "schema": schema }));
    }
    parameters
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "error": {
            "type": "object",
            "properties": { "error": {
                "type": "object",
                "required": ["code", "message"],
                "properties": { "code": text, "message": text, "hint": text, "retryable": { "type": "boolean" } },
            } },
        },
        "session_create": {
            "type": "object",
            "required": ["harness", "workspace"],
            "properties": {
                "harness": text, "workspace": text, "model": text, "thinking": text, "title": text, "parent": text,
                "runner": text,
            },
        },
        "prompt": {
            "type": "object",
            "required": ["text"],
            "properties": { "text": text, "images": { "type": "array", "items": { "type": "object" } } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_in_the_document() {
        let document = document("1");
        for route in ROUTES {
            let described = &document["paths"][route.path][route.verb.as_str()];
            assert_eq!(described["summary"], route.summary, "{} {}", route.verb.as_str(), route.path);
            assert_eq!(described["security"].is_array(), route.access == Access::SignedIn, "{}", route.path);
        }
        let listed: usize = document["paths"].as_object().unwrap().values().map(|p| p.as_object().unwrap().len()).sum();
        assert_eq!(listed, ROUTES.len());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document("1");
        let text = document.to_string();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(document["components"]["schemas"][name].is_object(), "{name}");
        }
    }

    #[test]
    fn only_these_are_open_to_everyone() {
        let open: Vec<&str> = ROUTES.iter().filter(|r| r.access == Access::Everyone).map(|r| r.path).collect();
        assert_eq!(open, ["/api/health", "/login"]);
    }
}
