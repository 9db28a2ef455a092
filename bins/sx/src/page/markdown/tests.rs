use super::*;
use proptest::prelude::*;

fn md(html: &str) -> String {
    of_page(html, "https://x.org/a/b")
}

#[test]
fn paragraphs_headings_and_marks() {
    assert_eq!(
        md("<h1>A\n <b>title</b></h1><p>one <em> two</em>\n three<p>four"),
        "# A **title**\n\none *two* three\n\nfour\n"
    );
    assert_eq!(md("a<br>b<br/><br>c"), "a\nb\n\nc\n");
    assert_eq!(md("<p>x <b></b><b> </b>y</p><hr><p>z"), "x y\n\n---\n\nz\n");
    assert_eq!(md("<p>use <code>a*b`c</code> and 2*3 [x] my_name"), "use ``a*b`c`` and 2\\*3 \\[x\\] my_name\n");
}

#[test]
fn links_and_pictures_are_seen_from_the_page() {
    assert_eq!(md("<a href='c?d'> the <b>link</b> </a>."), "[the **link**](https://x.org/a/c?d) .\n");
    assert_eq!(md("<a href='javascript:x()'>run</a> <a>none</a> <a href=/d>"), "run none\n");
    assert_eq!(
        md("<a href=/d><h2>head</h2><p>text</p></a>"),
        "## [head](https://x.org/d)\n\n[text](https://x.org/d)\n"
    );
    assert_eq!(
        md("<img src=p.png alt='a [cat]'><img src=q.png><img src='data:x' alt=y>"),
        "![a \\[cat\\]](https://x.org/a/p.png)\n"
    );
    assert_eq!(md("<base href='https://y.org/z/'><a href=c>c</a>"), "[c](https://y.org/z/c)\n");
}

#[test]
fn lists_and_quotes_hold_blocks() {
    assert_eq!(
        md("<p>x</p><ul><li>one<li>two<ol start=9><li>a<li><p>b</p><p>c</p></ol><li>three</ul><p>y"),
        "x\n\n- one\n- two\n  9. a\n  10. b\n\n      c\n- three\n\ny\n"
    );
    assert_eq!(md("<blockquote><p>a<p>b<ul><li>c</ul></blockquote>d"), "> a\n>\n> b\n>\n> - c\n\nd\n");
    assert_eq!(md("<dl><dt>term<dd>its meaning</dl>"), "term\n\n  its meaning\n");
    assert_eq!(md("<li>stray</ul></li></blockquote>"), "- stray\n");
}

#[test]
fn code_stands_as_it_is() {
    assert_eq!(
        md("<pre class='x language-rust'><code>fn a() {\n    <span>b</span>&lt;c&gt;();\n}\n</code></pre>after"),
        "```rust\nfn a() {\n    b<c>();\n}\n```\n\nafter\n"
    );
    assert_eq!(md("<ul><li><pre>```\nx</pre></ul>"), "- ````\n  ```\n  x\n  ````\n");
}

#[test]
fn tables_have_rows_unless_they_are_there_for_their_looks() {
    assert_eq!(
        md("<table><thead><tr><th>a<th>b</thead><tr><td>1|<td><p>2<p>3</tr></table>"),
        "| a | b |\n| --- | --- |\n| 1\\| | 2 3 |\n"
    );
    assert_eq!(
        md("<table><tr><td>menu<td><table><tr><td>one<td>two</table>text</table>"),
        "menu\n\n| one | two |\n| --- | --- |\n\ntext\n"
    );
    assert_eq!(md("<table><tr><td>only<tr><td>one column"), "only\n\none column\n");
}

#[test]
fn what_is_not_the_text_is_left_out() {
    let page = "<html><head><title>t</title><style>p{}</style></head><body><nav><ul><li>menu</ul></nav>\
        <div hidden>h</div><div style='display: none'>i<div>j</div></div><p>text<script>x</script></p>\
        <button>b</button><footer>f</footer></body>";
    assert_eq!(md(page), "text\n");
    let long = "word ".repeat(60);
    let page = format!("<body><p>teaser</p><main><h1>m</h1><p>{long}</main><p>more</p>");
    assert_eq!(md(&page), format!("# m\n\n{}\n", long.trim()));
    let wrong = format!("<main></main><p>{long}");
    assert_eq!(md(&wrong), format!("{}\n", long.trim()));
    let two = format!("<article>{long}</article><article>{long}</article>");
    assert_eq!(md(&two).len(), 2 * long.trim().len() + 3);
}

#[test]
fn a_stranger_writes_no_markdown() {
    assert_eq!(
        md("<p># no heading<p>1. no list<p>- no item<p>> no quote<p>---<p>&lt;img src=x>"),
        "\\# no heading\n\n1\\. no list\n\n\\- no item\n\n\\> no quote\n\n\\---\n\n\\<img src=x>\n"
    );
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{}x", "<ul><li><blockquote><table><tr><td><b><a href=y>".repeat(20_000));
    assert!(md(&deep).len() < 10_000);
    let many = "<b>x</b> ".repeat(100_000);
    assert!(md(&many).len() > 500_000);
}

proptest! {
    #[test]
    fn any_page_has_a_text(html in "(<(/?)(p|ul|ol|li|table|tr|td|b|i|a href=x|code|pre|br|h2|main|div hidden)>|a |é|🦀|`|\\*|\n){0,60}") {
        let text = md(&html);
        prop_assert!(text.is_empty() || text.ends_with('\n'));
        prop_assert_eq!(text.lines().filter(|line| line.ends_with(' ')).count(), 0);
    }
}
