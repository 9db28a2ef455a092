//! The pages behind the results: as Markdown, as HTML, or within the JSON of their results.

use oqto_kit::{Ctx, Exit, Result};
use serde_json::{Value, json};

use super::{Look, Shape, fields, json_text, literal};
use crate::agent::{Hosts, Manner};
use crate::answer::Found;
use crate::clean;
use crate::page::{self, Form, Page, PageFault};
use crate::search::Outcome;

/// The pages of all results, in their order.
pub(crate) struct Pages {
    form: Form,
    read: Vec<Result<Page, PageFault>>,
}

impl Pages {
    /// Reads them.
    pub(crate) fn read(results: &[Found], form: Form, manner: &Manner, hosts: Hosts) -> Self {
        let urls: Vec<&str> = results.iter().map(|found| found.url.as_str()).collect();
        Self { form, read: page::read_all(&urls, form, manner, hosts) }
    }

    /// The whole output.
    pub(crate) fn draw(&self, query: &str, outcome: &Outcome, shape: Shape, look: Look) -> Result<String> {
        match shape {
            Shape::Json | Shape::CleanJson => self.json(query, outcome, shape),
            Shape::Text | Shape::Markdown | Shape::Links => {
                let text = match self.form {
                    Form::Markdown => self.markdown(&outcome.results),
                    Form::Html => self.html(&outcome.results),
                };
                Ok(if look.terminal { clean::text(&text) } else { text })
            }
        }
    }

    /// Says which pages could not be read, and the exit code: done when one of them was.
    pub(crate) fn said(&self, ctx: &Ctx, results: &[Found]) -> Exit {
        let mut hint = None;
        for (found, page) in results.iter().zip(&self.read) {
            match page {
                Ok(page) if page.is_cut_off => ctx.note(&format!("{}: cut off, it is very long", found.url)),
                Ok(_) => {}
                Err(fault) => {
                    ctx.note(&format!("{}: {fault}", found.url));
                    hint = hint.or(fault.hint());
                }
            }
        }
        if let Some(hint) = hint {
            ctx.note(&format!("  hint: {hint}"));
        }
        let failed = self.read.iter().filter_map(|page| page.as_ref().err()).next();
        match failed {
            Some(fault) if self.read.iter().all(Result::is_err) => Exit::code(fault.kind().exit_code()),
            Some(_) | None => Exit::DONE,
        }
    }

    fn markdown(&self, results: &[Found]) -> String {
        let one = |(found, page): (&Found, &Result<Page, PageFault>)| {
            let title = if found.title.is_empty() { &found.url } else { &found.title };
            let address = found.url.replace('<', "%3C").replace('>', "%3E");
            let text = match page {
                Ok(page) => page.text.trim_end().to_owned(),
                Err(fault) => format!("(not read: {fault})"),
            };
            format!("# {}\n\n<{address}>\n\n{text}\n", literal(title))
        };
        results.iter().zip(&self.read).map(one).collect::<Vec<_>>().join("\n---\n\n")
    }

    /// One page as it came; several with a comment before each that says where it is from.
    fn html(&self, results: &[Found]) -> String {
        let one = |(found, page): (&Found, &Result<Page, PageFault>)| {
            let from = found.url.replace("--", "-%2D").replace('>', "%3E");
            match page {
                Ok(page) if results.len() == 1 => format!("{}\n", page.text.trim_end()),
                Ok(page) => format!("<!-- {from} -->\n{}\n", page.text.trim_end()),
                Err(fault) => format!("<!-- {from} not read: {} -->\n", fault.to_string().replace("--", "- -")),
            }
        };
        results.iter().zip(&self.read).map(one).collect()
    }

    fn json(&self, query: &str, outcome: &Outcome, shape: Shape) -> Result<String> {
        let name = match self.form {
            Form::Markdown => "text",
            Form::Html => "html",
        };
        let one = |(found, page): (&Found, &Result<Page, PageFault>)| {
            let mut fields = fields(found, shape);
            let (text, is_cut_off, error) = match page {
                Ok(page) => (json!(page.text), json!(page.is_cut_off), Value::Null),
                Err(fault) => {
                    (Value::Null, Value::Null, json!({"code": fault.kind().code(), "message": fault.to_string()}))
                }
            };
            let added = [(name, text), ("cut_off", is_cut_off), ("page_error", error)];
            let is_wanted = |(_, value): &(&str, Value)| shape != Shape::CleanJson || !value.is_null();
            fields.0.extend(added.into_iter().filter(is_wanted));
            fields
        };
        json_text(query, outcome, outcome.results.iter().zip(&self.read).map(one).collect())
    }
}
