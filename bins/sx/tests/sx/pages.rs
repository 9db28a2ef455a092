//! `--text` and `--html`: the pages behind the results.

use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::{stderr, stdout, sx};

/// An instance that finds these addresses.
fn finds(urls: &[String]) -> Server {
    let results: Vec<Value> =
        urls.iter().enumerate().map(|(n, url)| json!({"title": format!("T{n} [x]"), "url": url})).collect();
    Server::start(move |_| Answer::json(&json!({"results": results})))
}

/// A site with a page, and places where something else is.
fn site() -> Server {
    Server::start(|head| {
        match head.split(' ').nth(1).unwrap() {
        "/page" => Answer::status(
            200,
            "text/html; charset=iso-8859-1",
            b"<title>t</title><nav>menu</nav><h1>Caf\xe9</h1><p>one <a href='two'>two</a>\x1b[2J</p><script>no()</script>",
        ),
        "/moved" => Answer::status(302, "text/html", b"").header("Location: /page"),
        "/plain" => Answer::status(200, "text/plain; charset=utf-8", "日本\n".as_bytes()),
        "/pdf" => Answer::status(200, "application/pdf", b"%PDF-1.7"),
        "/huge" => Answer::status(200, "text/plain", &[b'x'; 6 << 20]),
        "/slow" => Answer::status(200, "text/plain", b"x").slow(),
        _ => Answer::status(404, "text/html", b"<p>not here"),
    }
    })
}

#[test]
fn pages_are_read_as_markdown() {
    let site = site();
    let url = site.url();
    let server = finds(&["/page", "/moved", "/plain", "/pdf", "/absent"].map(|path| url.clone() + path));
    let instance = server.url();
    let output = sx(&["x", "-T", "--private-pages", "--searxng-url", &instance], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = stdout(&output);
    let page = format!("# T0 \\[x\\]\n\n<{url}/page>\n\n# Café\n\none [two]({url}/two)\n\n---\n\n# T1");
    assert!(text.starts_with(&page), "{text}");
    assert_eq!(text.matches("# Café").count(), 2, "the redirect is followed");
    assert!(text.contains("日本") && text.contains("(not read: it is no text (application/pdf))"), "{text}");
    assert!(!text.contains("menu") && !text.contains("no()") && !text.contains('\u{1b}'), "{text}");
    assert!(stderr(&output).contains(&format!("{url}/absent: HTTP 404")), "{output:?}");
    let first = sx(&["x", "--text", "--top", "--private-pages", "--searxng-url", &instance], "");
    assert_eq!(stdout(&first).matches("<http").count(), 1);
}

#[test]
fn pages_come_as_html_and_in_json() {
    let site = site();
    let url = site.url();
    let server = finds(&["/page", "/absent"].map(|path| url.clone() + path));
    let instance = server.url();
    let both = sx(&["x", "-H", "--private-pages", "--searxng-url", &instance], "");
    assert!(stdout(&both).starts_with(&format!("<!-- {url}/page -->\n<title>t</title>")), "{both:?}");
    let one = sx(&["x", "-H", "--top", "--private-pages", "--searxng-url", &instance], "");
    assert!(stdout(&one).starts_with("<title>t</title><nav>menu</nav><h1>Café"), "{one:?}");
    let output = sx(&["x", "-T", "--json", "-c", "--private-pages", "--searxng-url", &instance], "");
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    assert_eq!(value["results"][0]["text"], json!(format!("# Café\n\none [two]({url}/two)\n")));
    let error = json!({"title": "T1 [x]", "url": format!("{url}/absent"),
        "page_error": {"code": "not_found", "message": "HTTP 404"}});
    assert_eq!(value["results"][1], error);
}

#[test]
fn strangers_cannot_have_the_machine_asked() {
    let site = site();
    let port = site.url().rsplit(':').next().unwrap().to_owned();
    let places = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"];
    let mut urls = places.map(|host| format!("http://{host}:{port}/page")).to_vec();
    urls.extend(["http://169.254.169.254/latest/".to_owned(), "file:///etc/passwd".to_owned()]);
    let count = urls.len();
    let server = finds(&urls);
    let instance = server.url();
    let output = sx(&["x", "-T", "--json", "-c", "--searxng-url", &instance], "");
    assert_eq!(output.status.code(), Some(77), "{output:?}");
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let errors: Vec<&Value> = (0..count).map(|n| &value["results"][n]["page_error"]["code"]).collect();
    assert_eq!(errors[0], "not_permitted");
    assert!(
        errors.iter().all(|code| ["not_permitted", "unsupported", "unreachable"].contains(&code.as_str().unwrap()))
    );
    assert_eq!(site.asked().len(), 0, "nothing was asked");
    let told = sx(&["x", "-T", "--searxng-url", &instance], "");
    assert!(stderr(&told).contains("--private-pages"), "{told:?}");
    // The control: the same page is read once that is wanted.
    let allowed = sx(&["x", "-T", "--top", "--private-pages", "--searxng-url", &instance], "");
    assert_eq!((allowed.status.code(), site.asked().len()), (Some(0), 1), "{allowed:?}");
}

#[test]
fn long_and_slow_pages_are_bounded() {
    let site = site();
    let server = finds(&["/huge", "/slow"].map(|path| site.url() + path));
    let instance = server.url();
    let arguments = ["x", "-T", "--json", "-c", "--private-pages", "--timeout", "2", "--searxng-url", &instance];
    let output = sx(&arguments, "");
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(value["results"][0]["cut_off"], json!(true));
    assert_eq!(value["results"][0]["text"].as_str().map(str::len), Some(5 << 20));
    assert_eq!(value["results"][1]["page_error"]["code"], json!("timed_out"));
}

#[test]
fn ways_to_print_that_exclude_each_other_are_refused() {
    for pair in [["-T", "-H"], ["-T", "-L"], ["--md", "-H"], ["-i", "-T"], ["--lucky", "-j"], ["-i", "--json"]] {
        let output = sx(&["x", pair[0], pair[1], "--searxng-url", "http://127.0.0.1:9"], "");
        assert_eq!(output.status.code(), Some(2), "{pair:?}: {output:?}");
    }
}
