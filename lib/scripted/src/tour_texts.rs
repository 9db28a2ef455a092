//! The words of the demo model.

/// The one file that the tour writes.
pub(crate) const FILE: &str = "hello.md";

pub(crate) const WELCOME: &str = "\
Hello! I am the **demo model: scripted answers**. No AI is behind me, but the agent around me is real: what you see \
it do, it does on this machine.

Here is a short tour. First I look at what is in this workspace.";

pub(crate) const LIST_FIRST: &str = "*Demo model: scripted answers.* I look at the files of this workspace.";
pub(crate) const WRITE_FIRST: &str = "*Demo model: scripted answers.* Before writing a file I look at what is there.";
pub(crate) const EDIT_FIRST: &str = "*Demo model: scripted answers.* I look for a file to edit.";
pub(crate) const NOW_WRITE: &str = "Now I write a small file.";
pub(crate) const READ_FIRST: &str = "There is a `hello.md` already. I read it before I change anything.";
pub(crate) const NOW_EDIT: &str = "And now I edit one line of it; the tool call shows the difference.";
pub(crate) const WRITTEN: &str = "\
`hello.md` is written. Ask me to **edit** it, or open it in any editor: it is an ordinary file in this workspace.";
pub(crate) const NOT_MINE: &str = "\
This `hello.md` is not mine, so I leave it as it is. In an empty folder I would write one and edit it.";

pub(crate) const CLOSING: &str = "\
That was the tour: I listed the files, and `hello.md` now counts my visits. Every step above was a real tool call, and \
the conversation is kept: reload the page, or open it on another device, and it is all there.

Some words I know: **list**, **write**, **edit**, **think**, **long**.

To talk to a real model, connect a provider:

- set a key in the environment, such as `ANTHROPIC_API_KEY` or `OPENAI_API_KEY`, and start Oqto again; or
- run `pi` in a terminal and type `/login`.";

pub(crate) const CONNECT: &str = "\
*Demo model: scripted answers.* To talk to a real model, connect a provider:

1. **With a key:** set it in the environment and start Oqto again.

   ```sh
   export ANTHROPIC_API_KEY=…   # or OPENAI_API_KEY, GEMINI_API_KEY, …
   ```

2. **With a subscription:** run `pi` in a terminal, type `/login` and follow it. Pi keeps the login; Oqto only uses it.

Your own Pi configuration in `~/.pi/agent`, if there is one, is used as it is.";

pub(crate) const WITHOUT_TOOLS: &str =
    "*Demo model: scripted answers.* I was offered no tools here, so I can only talk.";

pub(crate) const THOUGHTS: &str = "\
The person asked me to think. I am a script, so my thoughts were written down long ago. Still, this is how thinking \
looks: it comes before the answer, it can be folded away, and it is kept with the conversation.";

pub(crate) const AFTER_THINKING: &str = "\
*Demo model: scripted answers.* I thought about it (see above), and my answer is: forty-two. A real model would know the \
question.";

pub(crate) const LONG: &str = "\
*Demo model: scripted answers.* Here is a longer answer, to show how text looks while it streams.

# A short guide to this place

## What runs here

Oqto keeps coding agents running for you. You talk to them in the browser, from a shell, or from a script; they read and
edit files and run commands in a **workspace**, which is simply a folder.

| piece | what it does |
|---|---|
| `oqto serve` | shows this page and passes messages on |
| `oqto-runner` | owns the agent processes |
| `oqto-hold` | keeps an agent alive while the runner is replaced |
| `hstry` | keeps every conversation |

## What you can try

1. Ask me to **list** the files.
2. Ask me to **write** a file, then to **edit** it.
3. Close the page in the middle of an answer, and open it again.
4. Open the same conversation in a second tab.

While an answer streams you can

- *steer*: say something that reaches the agent before its next step,
- *queue*: say something that waits until it is done,
- *stop*: end the turn; what was shown stays.

## From a shell

The page speaks the same lines as a script does:

```sh
printf '%s\\n' \\
  '{\"cmd\":\"session.create\",\"params\":{\"harness\":\"pi\",\"workspace\":\".\"}}' \\
  '{\"cmd\":\"prompt\",\"params\":{\"text\":\"list the TODOs\"}}' \\
  | oqto-runner --stdio
```

## A piece of code

```rust
/// Counts the words of a text.
fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn main() {
    assert_eq!(words(\"nothing is lost, nothing is doubled\"), 6);
}
```

## What is promised

> Nothing that you have seen is lost, and nothing is shown twice.

A conversation is one numbered log. Your page remembers the last number it has, and asks for the rest when it comes back.

---

That is all. To hear something that was not written beforehand, connect a real model: say **connect** and I tell you how.";

pub(crate) fn listed(lines: usize) -> String {
    format!(
        "The listing has {lines} lines; it stands in the tool call above, which was real. A real model would now tell you what \
         the project is about. I only know my script."
    )
}

pub(crate) fn first_content() -> String {
    format!(
        "# Hello\n\nThis file was written by the demo model of Oqto. It is yours: change it or delete it.\n\n{}\n",
        visit_line(1)
    )
}

const VISITS: &str = "Visits of the demo model: ";

/// The line that the tour edits.
pub(crate) fn visit_line(visits: u32) -> String {
    format!("{VISITS}{visits}.")
}

/// The number of visits that a file of ours tells.
pub(crate) fn visits(content: &str) -> Option<u32> {
    let number = content.split_once(VISITS)?.1.split_once('.')?.0;
    number.parse().ok()
}
