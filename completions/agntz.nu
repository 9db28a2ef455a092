module completions {

  def "nu-complete agntz color" [] {
    [ "auto" "always" "never" ]
  }

  # Day-to-day operations of an agent: memories, issues, mail, reservations of files
  export extern agntz [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete agntz context color" [] {
    [ "auto" "always" "never" ]
  }

  # Say what you should know now: mail, reservations, issues, memories
  export extern "agntz context" [
    --tokens: string          # At most so many tokens of text, four bytes each
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz context color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz memory color" [] {
    [ "auto" "always" "never" ]
  }

  # Remember things, and find them again
  export extern "agntz memory" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz memory add memory_type" [] {
    [ "episodic" "semantic" "procedural" ]
  }

  def "nu-complete agntz memory add color" [] {
    [ "auto" "always" "never" ]
  }

  # Remember something
  export extern "agntz memory add" [
    --category(-c): string    # What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word
    --importance(-i): string  # How important it is, 1 to 10 (5 where nothing is said)
    --tags(-t): string        # Words to find it by (repeat, or part them with commas)
    --type: string@"nu-complete agntz memory add memory_type" # episodic, semantic or procedural
    --why: string             # Why it is worth knowing
    --source: string          # Where it is known from: a command, an issue, a URL
    --expires: string         # When it stops being true: a date, a time, or how long from now (12h, 30d, 8w); `never`
    --duplicate               # Keep it although another one says the same
    --machine: string         # Only true on one machine: its label, or `.` for this one
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory add color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    content: string           # What to remember; `-` reads standard input
  ]

  def "nu-complete agntz memory search memory_type" [] {
    [ "episodic" "semantic" "procedural" ]
  }

  def "nu-complete agntz memory search color" [] {
    [ "auto" "always" "never" ]
  }

  # Find what answers a question
  export extern "agntz memory search" [
    --limit(-l): string       # At most so many
    --category(-c): string    # Only of this category (repeat: or that)
    --tag(-t): string         # Only with this tag (repeat: and that)
    --type: string@"nu-complete agntz memory search memory_type" # Only of this type: episodic, semantic, procedural
    --min-importance: string  # Only so important or more
    --by: string              # Only made by this agent, session or person
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --all                     # All stores of this machine: of the workspace, of the user, with a name, of other repositories
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory search color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...question: string       # What is asked: words, an identifier, a sentence; `-` reads standard input
  ]

  def "nu-complete agntz memory list sort" [] {
    [ "updated" "created" "importance" ]
  }

  def "nu-complete agntz memory list memory_type" [] {
    [ "episodic" "semantic" "procedural" ]
  }

  def "nu-complete agntz memory list color" [] {
    [ "auto" "always" "never" ]
  }

  # List memories, what changed last first
  export extern "agntz memory list" [
    --limit(-l): string       # At most so many
    --sort: string@"nu-complete agntz memory list sort" # The order
    --include-expired         # Also those that expired
    --contested               # Only those that two changed without knowing of each other
    --category(-c): string    # Only of this category (repeat: or that)
    --tag(-t): string         # Only with this tag (repeat: and that)
    --type: string@"nu-complete agntz memory list memory_type" # Only of this type: episodic, semantic, procedural
    --min-importance: string  # Only so important or more
    --by: string              # Only made by this agent, session or person
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --all                     # All stores of this machine: of the workspace, of the user, with a name, of other repositories
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz memory show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show a memory and what happened to it
  export extern "agntz memory show" [
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --all                     # All stores of this machine: of the workspace, of the user, with a name, of other repositories
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # The memories; the beginnings of their ids are enough
  ]

  def "nu-complete agntz memory edit memory_type" [] {
    [ "episodic" "semantic" "procedural" ]
  }

  def "nu-complete agntz memory edit color" [] {
    [ "auto" "always" "never" ]
  }

  # Correct a memory: what is said replaces what it said
  export extern "agntz memory edit" [
    --category(-c): string    # What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word
    --importance(-i): string  # How important it is, 1 to 10 (5 where nothing is said)
    --tags(-t): string        # Words to find it by (repeat, or part them with commas)
    --type: string@"nu-complete agntz memory edit memory_type" # episodic, semantic or procedural
    --why: string             # Why it is worth knowing
    --source: string          # Where it is known from: a command, an issue, a URL
    --expires: string         # When it stops being true: a date, a time, or how long from now (12h, 30d, 8w); `never`
    --no-tags                 # Take all tags away
    --reason: string          # Why it is changed
    --expected-revision: string # Refuse if somebody changed it since this revision
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory edit color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The memory; the beginning of its id is enough
    content?: string          # What it says from now on; `-` reads standard input
  ]

  def "nu-complete agntz memory remove color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove memories; the history stays
  export extern "agntz memory remove" [
    --reason: string          # Why it is changed
    --expected-revision: string # Refuse if somebody changed it since this revision
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory remove color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # The memories; the beginnings of their ids are enough
  ]

  def "nu-complete agntz memory export format" [] {
    [ "json" "jsonl" "md" ]
  }

  def "nu-complete agntz memory export color" [] {
    [ "auto" "always" "never" ]
  }

  # Write memories as JSON, JSON lines or Markdown
  export extern "agntz memory export" [
    --output(-o): path        # Into this file instead of standard output
    --format(-f): string@"nu-complete agntz memory export format" # How; without it as the file's name ends, else JSON
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory export color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz memory import format" [] {
    [ "json" "jsonl" "md" ]
  }

  def "nu-complete agntz memory import color" [] {
    [ "auto" "always" "never" ]
  }

  # Take in memories of such a file
  export extern "agntz memory import" [
    --format(-f): string@"nu-complete agntz memory import format" # What it is; without it as the file's name ends and the text looks
    --dry-run                 # Only tell what would happen
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory import color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    path: path                # A file of JSON, JSON lines or Markdown; `-` reads standard input
  ]

  def "nu-complete agntz memory stats color" [] {
    [ "auto" "always" "never" ]
  }

  # Count memories, and tell what is wrong with the store
  export extern "agntz memory stats" [
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --all                     # All stores of this machine: of the workspace, of the user, with a name, of other repositories
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory stats color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz memory preview color" [] {
    [ "auto" "always" "never" ]
  }

  # The best of the stores within a budget, for prompts
  export extern "agntz memory preview" [
    --tokens: string          # At most so many tokens, four bytes each
    --store: string           # The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace
    --all                     # All stores of this machine: of the workspace, of the user, with a name, of other repositories
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory preview color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz memory stores color" [] {
    [ "auto" "always" "never" ]
  }

  # List the stores of this machine
  export extern "agntz memory stores" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz memory stores color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz memory help" [
  ]

  # Remember something
  export extern "agntz memory help add" [
  ]

  # Find what answers a question
  export extern "agntz memory help search" [
  ]

  # List memories, what changed last first
  export extern "agntz memory help list" [
  ]

  # Show a memory and what happened to it
  export extern "agntz memory help show" [
  ]

  # Correct a memory: what is said replaces what it said
  export extern "agntz memory help edit" [
  ]

  # Remove memories; the history stays
  export extern "agntz memory help remove" [
  ]

  # Write memories as JSON, JSON lines or Markdown
  export extern "agntz memory help export" [
  ]

  # Take in memories of such a file
  export extern "agntz memory help import" [
  ]

  # Count memories, and tell what is wrong with the store
  export extern "agntz memory help stats" [
  ]

  # The best of the stores within a budget, for prompts
  export extern "agntz memory help preview" [
  ]

  # List the stores of this machine
  export extern "agntz memory help stores" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz memory help help" [
  ]

  def "nu-complete agntz ready color" [] {
    [ "auto" "always" "never" ]
  }

  # List the issues that can be begun now
  export extern "agntz ready" [
    --type(-t): string        # Only this type
    --priority(-P): string    # Only this priority
    --label: string           # Only with this label (repeat, or a,b: with all of them)
    --limit(-l): string       # At most so many
    --as: string              # For whom: what others have claimed is left out [default: who acts]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz ready color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues color" [] {
    [ "auto" "always" "never" ]
  }

  # Keep issues in the repository, as trx does
  export extern "agntz issues" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues init color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a store here
  export extern "agntz issues init" [
    --prefix: string          # What ids begin with [default: trx]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues init color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues create color" [] {
    [ "auto" "always" "never" ]
  }

  # Make an issue
  export extern "agntz issues create" [
    --type(-t): string        # bug, feature, task, epic, chore
    --priority(-p): string    # 0 (critical) to 4 (some day)
    --description(-d): string # Any text; `-` reads standard input
    --parent: string          # The issue above it
    --blocked-by: string      # What it waits for
    --label: string           # A label (repeat for more, or a,b)
    --assignee: string        # Who is to do it
    --id: string              # Another prefix for the id
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues create color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    title: string             # One line; `-` reads it from standard input, and what follows the first line is the description
  ]

  def "nu-complete agntz issues create-many color" [] {
    [ "auto" "always" "never" ]
  }

  # Make many issues at once, all or none
  export extern "agntz issues create-many" [
    --json-input: string      # The same
    --dry-run                 # Only check
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues create-many color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    file?: string             # Issues as a JSON array or one a line, of {title, issue_type, priority, description, parent, blocks[], blocked_by[], labels[], assignee}; `#N` stands for the Nth of them; `-` reads standard input
  ]

  def "nu-complete agntz issues list color" [] {
    [ "auto" "always" "never" ]
  }

  # List issues
  export extern "agntz issues list" [
    --status(-s): string      # Only with this status: open, in_progress, blocked, closed, tombstone
    --type(-t): string        # Only this type: bug, feature, task, epic, chore
    --priority(-P): string    # Only this priority, 0 (critical) to 4 (some day)
    --search: string          # Only with this text in id, title, description or notes
    --epic: string            # Only what is below this issue
    --all(-a)                 # Closed ones too
    --limit(-l): string       # At most so many
    --label: string           # Only with this label (repeat, or a,b: with all of them)
    --assignee: string        # Only what this one is to do; `me` is who asks
    --created-after: string   # Only made since then: a date, a time, or how long ago (2d, 1w)
    --created-before: string  # Only made before then
    --sort: string            # The order: priority, created, updated, closed, id, status
    --reverse                 # The other way round
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show issues
  export extern "agntz issues show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete agntz issues update clear" [] {
    [ "description" "notes" "assignee" "parent" "labels" ]
  }

  def "nu-complete agntz issues update color" [] {
    [ "auto" "always" "never" ]
  }

  # Change fields of an issue
  export extern "agntz issues update" [
    --status(-s): string      # open, in_progress, blocked, closed
    --priority(-p): string    # 0 (critical) to 4 (some day)
    --type(-t): string        # bug, feature, task, epic, chore
    --title: string           # One line
    --description(-d): string # Any text; `-` reads standard input
    --notes: string           # Any text; `-` reads standard input
    --assignee: string        # Who is to do it
    --parent: string          # The issue above it
    --label: string           # Add a label (repeat for more, or a,b)
    --clear: string@"nu-complete agntz issues update clear" # Fields to empty: description, notes, assignee, parent, labels
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues update color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues close color" [] {
    [ "auto" "always" "never" ]
  }

  # Close issues
  export extern "agntz issues close" [
    --reason(-r): string      # Why
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues close color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete agntz issues reopen color" [] {
    [ "auto" "always" "never" ]
  }

  # Open closed or deleted issues again
  export extern "agntz issues reopen" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues reopen color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete agntz issues delete color" [] {
    [ "auto" "always" "never" ]
  }

  # Delete issues; `reopen` brings them back
  export extern "agntz issues delete" [
    --reason(-r): string      # Why
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues delete color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete agntz issues ready color" [] {
    [ "auto" "always" "never" ]
  }

  # List what can be begun now
  export extern "agntz issues ready" [
    --type(-t): string        # Only this type
    --priority(-P): string    # Only this priority
    --label: string           # Only with this label (repeat, or a,b: with all of them)
    --limit(-l): string       # At most so many
    --as: string              # For whom: what others have claimed is left out [default: who acts]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues ready color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues claim color" [] {
    [ "auto" "always" "never" ]
  }

  # Take an issue for some time, so that nobody else begins it
  export extern "agntz issues claim" [
    --ttl: string             # How long: 90s, 30m, 3h, 2d
    --as: string              # Who claims [default: who acts]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues claim color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues release color" [] {
    [ "auto" "always" "never" ]
  }

  # Give claims up
  export extern "agntz issues release" [
    --as: string              # Who gives them up [default: who acts]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues release color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete agntz issues dep color" [] {
    [ "auto" "always" "never" ]
  }

  # Say what waits for what
  export extern "agntz issues dep" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues dep color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues dep block color" [] {
    [ "auto" "always" "never" ]
  }

  # An issue waits for others
  export extern "agntz issues dep block" [
    --by: string              # What it waits for
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues dep block color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues dep unblock color" [] {
    [ "auto" "always" "never" ]
  }

  # And no more
  export extern "agntz issues dep unblock" [
    --by: string              # What it waits for
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues dep unblock color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues dep relate color" [] {
    [ "auto" "always" "never" ]
  }

  # An issue has to do with others
  export extern "agntz issues dep relate" [
    --to: string              # The others
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues dep relate color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues dep unrelate color" [] {
    [ "auto" "always" "never" ]
  }

  # And no more
  export extern "agntz issues dep unrelate" [
    --to: string              # The others
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues dep unrelate color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues dep tree color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what an issue waits for and what is below it
  export extern "agntz issues dep tree" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues dep tree color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues dep graph format" [] {
    [ "text" "dot" "svg" ]
  }

  def "nu-complete agntz issues dep graph color" [] {
    [ "auto" "always" "never" ]
  }

  # Draw all open issues
  export extern "agntz issues dep graph" [
    --format: string@"nu-complete agntz issues dep graph format" # How to draw
    --all(-a)                 # Closed issues too
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues dep graph color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz issues dep help" [
  ]

  # An issue waits for others
  export extern "agntz issues dep help block" [
  ]

  # And no more
  export extern "agntz issues dep help unblock" [
  ]

  # An issue has to do with others
  export extern "agntz issues dep help relate" [
  ]

  # And no more
  export extern "agntz issues dep help unrelate" [
  ]

  # Show what an issue waits for and what is below it
  export extern "agntz issues dep help tree" [
  ]

  # Draw all open issues
  export extern "agntz issues dep help graph" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz issues dep help help" [
  ]

  def "nu-complete agntz issues search color" [] {
    [ "auto" "always" "never" ]
  }

  # Find issues by text
  export extern "agntz issues search" [
    --limit(-l): string       # At most so many
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues search color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    query: string             # The text; `-` reads standard input
  ]

  def "nu-complete agntz issues label color" [] {
    [ "auto" "always" "never" ]
  }

  # Add and remove labels
  export extern "agntz issues label" [
    --remove: string          # Labels to remove
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues label color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
    ...labels: string         # Labels to add
  ]

  def "nu-complete agntz issues assign color" [] {
    [ "auto" "always" "never" ]
  }

  # Say who is to do it
  export extern "agntz issues assign" [
    --nobody                  # Nobody any more
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues assign color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
    who?: string              # Who; `me` is who asks
  ]

  def "nu-complete agntz issues comment color" [] {
    [ "auto" "always" "never" ]
  }

  # Add a remark
  export extern "agntz issues comment" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues comment color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
    text: string              # The remark; `-` reads standard input
  ]

  def "nu-complete agntz issues sync color" [] {
    [ "auto" "always" "never" ]
  }

  # Commit the store, and only the store
  export extern "agntz issues sync" [
    --message(-m): string     # The message of the commit
    --dry-run                 # Only say what would be committed
    --no-commit               # Put the files in order, and do not commit
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues sync color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues import color" [] {
    [ "auto" "always" "never" ]
  }

  # Take in issues of beads or of another store
  export extern "agntz issues import" [
    --prefix: string          # What ids that began with `bd-` begin with
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues import color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    path: string              # A file of JSON lines; `-` reads standard input
  ]

  def "nu-complete agntz issues export format" [] {
    [ "markdown" "json" "jsonl" ]
  }

  def "nu-complete agntz issues export color" [] {
    [ "auto" "always" "never" ]
  }

  # Write all issues as Markdown, JSON, or lines
  export extern "agntz issues export" [
    --format(-f): string@"nu-complete agntz issues export format" # How
    --output(-o): path        # Into this file instead of standard output
    --all(-a)                 # Closed issues too (lines have all always)
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues export color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues history color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what happened to an issue
  export extern "agntz issues history" [
    --limit(-l): string       # The last so many
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues history color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete agntz issues log color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what happened
  export extern "agntz issues log" [
    --session: string         # Only of this session
    --user: string            # Only by this person
    --action: string          # Only this: created, updated, closed, …
    --issue: string           # Only of this issue
    --since: string           # Only since then: a date, a time, or how long ago
    --until: string           # Only before then
    --limit(-l): string       # The last so many
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues log color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues stats color" [] {
    [ "auto" "always" "never" ]
  }

  # Count issues
  export extern "agntz issues stats" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues stats color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show and change settings
  export extern "agntz issues config" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues config color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues config show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show all settings
  export extern "agntz issues config show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues config show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz issues config get color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one
  export extern "agntz issues config get" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues config get color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    key: string               # Its name: prefix
  ]

  def "nu-complete agntz issues config set color" [] {
    [ "auto" "always" "never" ]
  }

  # Change one
  export extern "agntz issues config set" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues config set color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    key: string               # Its name: prefix
    value: string             # Its value
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz issues config help" [
  ]

  # Show all settings
  export extern "agntz issues config help show" [
  ]

  # Show one
  export extern "agntz issues config help get" [
  ]

  # Change one
  export extern "agntz issues config help set" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz issues config help help" [
  ]

  def "nu-complete agntz issues merge-driver color" [] {
    [ "auto" "always" "never" ]
  }

  # Join two versions of a file of the store, for git
  export extern "agntz issues merge-driver" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues merge-driver color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    base: path                # The common ancestor
    ours: path                # Ours; the result goes here
    theirs: path              # Theirs
  ]

  def "nu-complete agntz issues doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # Look for damage
  export extern "agntz issues doctor" [
    --fix                     # Move lines that nobody can read aside, and add what is missing in .trx/.gitattributes
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz issues doctor color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz issues help" [
  ]

  # Make a store here
  export extern "agntz issues help init" [
  ]

  # Make an issue
  export extern "agntz issues help create" [
  ]

  # Make many issues at once, all or none
  export extern "agntz issues help create-many" [
  ]

  # List issues
  export extern "agntz issues help list" [
  ]

  # Show issues
  export extern "agntz issues help show" [
  ]

  # Change fields of an issue
  export extern "agntz issues help update" [
  ]

  # Close issues
  export extern "agntz issues help close" [
  ]

  # Open closed or deleted issues again
  export extern "agntz issues help reopen" [
  ]

  # Delete issues; `reopen` brings them back
  export extern "agntz issues help delete" [
  ]

  # List what can be begun now
  export extern "agntz issues help ready" [
  ]

  # Take an issue for some time, so that nobody else begins it
  export extern "agntz issues help claim" [
  ]

  # Give claims up
  export extern "agntz issues help release" [
  ]

  # Say what waits for what
  export extern "agntz issues help dep" [
  ]

  # An issue waits for others
  export extern "agntz issues help dep block" [
  ]

  # And no more
  export extern "agntz issues help dep unblock" [
  ]

  # An issue has to do with others
  export extern "agntz issues help dep relate" [
  ]

  # And no more
  export extern "agntz issues help dep unrelate" [
  ]

  # Show what an issue waits for and what is below it
  export extern "agntz issues help dep tree" [
  ]

  # Draw all open issues
  export extern "agntz issues help dep graph" [
  ]

  # Find issues by text
  export extern "agntz issues help search" [
  ]

  # Add and remove labels
  export extern "agntz issues help label" [
  ]

  # Say who is to do it
  export extern "agntz issues help assign" [
  ]

  # Add a remark
  export extern "agntz issues help comment" [
  ]

  # Commit the store, and only the store
  export extern "agntz issues help sync" [
  ]

  # Take in issues of beads or of another store
  export extern "agntz issues help import" [
  ]

  # Write all issues as Markdown, JSON, or lines
  export extern "agntz issues help export" [
  ]

  # Show what happened to an issue
  export extern "agntz issues help history" [
  ]

  # Show what happened
  export extern "agntz issues help log" [
  ]

  # Count issues
  export extern "agntz issues help stats" [
  ]

  # Show and change settings
  export extern "agntz issues help config" [
  ]

  # Show all settings
  export extern "agntz issues help config show" [
  ]

  # Show one
  export extern "agntz issues help config get" [
  ]

  # Change one
  export extern "agntz issues help config set" [
  ]

  # Join two versions of a file of the store, for git
  export extern "agntz issues help merge-driver" [
  ]

  # Look for damage
  export extern "agntz issues help doctor" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz issues help help" [
  ]

  def "nu-complete agntz mail color" [] {
    [ "auto" "always" "never" ]
  }

  # Write to and hear from agents and people of this machine
  export extern "agntz mail" [
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz mail inbox color" [] {
    [ "auto" "always" "never" ]
  }

  # List what waits for you, the oldest first
  export extern "agntz mail inbox" [
    --unread                  # Only what is not read; else also what waits for an acknowledgement
    --all                     # Everything that ever came, also what is done and what died
    --after: string           # Only what came after this number of the mailbox
    --limit(-l): string       # At most so many
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail inbox color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz mail send importance" [] {
    [ "low" "normal" "high" "urgent" ]
  }

  def "nu-complete agntz mail send color" [] {
    [ "auto" "always" "never" ]
  }

  # Send a mail to agents or people, or to everybody in this workspace
  export extern "agntz mail send" [
    --to: string              # Somebody else who gets it (repeat for more)
    --ack                     # Ask for an acknowledgement; the mail stays in the inbox until it is given
    --importance(-i): string@"nu-complete agntz mail send importance" # How urgent it is
    --ttl: string             # How long it may stay unread before it dies and its sender is told: 1h, 2d, 1w
    --attach: path            # Name a file that belongs to it (repeat for more); it stays where it is
    --key: string             # Send only once: a second mail with the same key and text is the first one
    --new                     # Also to somebody who was never here
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail send color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    recipient: string         # Who gets it; `@workspace`: everybody who was seen here
    subject: string           # What it is about, on one line
    body?: string             # The text; `-` reads standard input
  ]

  def "nu-complete agntz mail read color" [] {
    [ "auto" "always" "never" ]
  }

  # Show mails and mark them as read
  export extern "agntz mail read" [
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail read color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # The mails, by their ids or the beginnings of them
  ]

  def "nu-complete agntz mail reply importance" [] {
    [ "low" "normal" "high" "urgent" ]
  }

  def "nu-complete agntz mail reply color" [] {
    [ "auto" "always" "never" ]
  }

  # Answer a mail in its thread
  export extern "agntz mail reply" [
    --all                     # To everybody who got the mail, too
    --subject: string         # Another subject
    --to: string              # Somebody else who gets it (repeat for more)
    --ack                     # Ask for an acknowledgement; the mail stays in the inbox until it is given
    --importance(-i): string@"nu-complete agntz mail reply importance" # How urgent it is
    --ttl: string             # How long it may stay unread before it dies and its sender is told: 1h, 2d, 1w
    --attach: path            # Name a file that belongs to it (repeat for more); it stays where it is
    --key: string             # Send only once: a second mail with the same key and text is the first one
    --new                     # Also to somebody who was never here
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail reply color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The mail, by its id or the beginning of it
    body: string              # The text; `-` reads standard input
  ]

  def "nu-complete agntz mail ack color" [] {
    [ "auto" "always" "never" ]
  }

  # Say that you are done with mails
  export extern "agntz mail ack" [
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail ack color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # The mails, by their ids or the beginnings of them
  ]

  def "nu-complete agntz mail search color" [] {
    [ "auto" "always" "never" ]
  }

  # Find mails by their words
  export extern "agntz mail search" [
    --limit(-l): string       # At most so many
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail search color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...words: string          # The words
  ]

  def "nu-complete agntz mail thread color" [] {
    [ "auto" "always" "never" ]
  }

  # Show all mails of a thread, the oldest first
  export extern "agntz mail thread" [
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail thread color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # A mail of it, by its id or the beginning of it
  ]

  def "nu-complete agntz mail sent color" [] {
    [ "auto" "always" "never" ]
  }

  # List what you sent and what became of it, the newest first
  export extern "agntz mail sent" [
    --limit(-l): string       # At most so many
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail sent color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz mail dead color" [] {
    [ "auto" "always" "never" ]
  }

  # List mail that nobody read: expired, or its recipient left
  export extern "agntz mail dead" [
    --limit(-l): string       # At most so many
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail dead color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz mail who color" [] {
    [ "auto" "always" "never" ]
  }

  # List who can be written to
  export extern "agntz mail who" [
    --everywhere              # Of all workspaces, not only of this one
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail who color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz mail leave color" [] {
    [ "auto" "always" "never" ]
  }

  # Close your mailbox and give your reservations back
  export extern "agntz mail leave" [
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mail leave color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz mail help" [
  ]

  # List what waits for you, the oldest first
  export extern "agntz mail help inbox" [
  ]

  # Send a mail to agents or people, or to everybody in this workspace
  export extern "agntz mail help send" [
  ]

  # Show mails and mark them as read
  export extern "agntz mail help read" [
  ]

  # Answer a mail in its thread
  export extern "agntz mail help reply" [
  ]

  # Say that you are done with mails
  export extern "agntz mail help ack" [
  ]

  # Find mails by their words
  export extern "agntz mail help search" [
  ]

  # Show all mails of a thread, the oldest first
  export extern "agntz mail help thread" [
  ]

  # List what you sent and what became of it, the newest first
  export extern "agntz mail help sent" [
  ]

  # List mail that nobody read: expired, or its recipient left
  export extern "agntz mail help dead" [
  ]

  # List who can be written to
  export extern "agntz mail help who" [
  ]

  # Close your mailbox and give your reservations back
  export extern "agntz mail help leave" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz mail help help" [
  ]

  def "nu-complete agntz reserve color" [] {
    [ "auto" "always" "never" ]
  }

  # Reserve paths, so that nobody else changes them meanwhile
  export extern "agntz reserve" [
    --ttl: string             # For how long: 90s, 30m, 1h30m, 2d; at most 7d
    --reason(-r): string      # What for; others are told
    --shared                  # Let others share it who also say so
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz reserve color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...paths: string          # Paths or patterns, read from the working directory
  ]

  def "nu-complete agntz release color" [] {
    [ "auto" "always" "never" ]
  }

  # Give reservations back
  export extern "agntz release" [
    --number(-n): string      # By number (repeat for more)
    --all                     # All in this workspace
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz release color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...paths: string          # The paths or patterns, as they were reserved
  ]

  def "nu-complete agntz renew color" [] {
    [ "auto" "always" "never" ]
  }

  # Prolong reservations
  export extern "agntz renew" [
    --number(-n): string      # By number (repeat for more)
    --all                     # All in this workspace
    --ttl: string             # For how long from now, if not as long as before
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz renew color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...paths: string          # The paths or patterns, as they were reserved
  ]

  def "nu-complete agntz reservations color" [] {
    [ "auto" "always" "never" ]
  }

  # See what is reserved
  export extern "agntz reservations" [
    --as: string              # Act under this name instead of one's own
    --everywhere              # In all workspaces, not only in this one
    --mine                    # Only your own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz reservations color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz reservations list color" [] {
    [ "auto" "always" "never" ]
  }

  # List what is reserved now
  export extern "agntz reservations list" [
    --everywhere              # In all workspaces, not only in this one
    --mine                    # Only your own
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz reservations list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz reservations check color" [] {
    [ "auto" "always" "never" ]
  }

  # Ask whether somebody else's reservation is in the way, without changing anything
  export extern "agntz reservations check" [
    --staged                  # The files that the next commit changes; for a pre-commit hook
    --number(-n): string      # Whether you still hold the reservation with this number
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz reservations check color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...paths: string          # Paths or patterns, read from the working directory
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz reservations help" [
  ]

  # List what is reserved now
  export extern "agntz reservations help list" [
  ]

  # Ask whether somebody else's reservation is in the way, without changing anything
  export extern "agntz reservations help check" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz reservations help help" [
  ]

  def "nu-complete agntz search color" [] {
    [ "auto" "always" "never" ]
  }

  # Find what was said in conversations with agents
  export extern "agntz search" [
    --workspace(-w): path     # Only in this workspace, if not in the one here
    --all-workspaces          # In all workspaces
    --days: string            # Only of the last so many days
    --session: string         # Only in this conversation
    --include-tools           # What tools said, too
    --include-system          # What systems said, too
    --limit(-l): string       # At most so many
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz search color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...words: string          # The words
  ]

  def "nu-complete agntz schedule color" [] {
    [ "auto" "always" "never" ]
  }

  # Run something later or again and again; not configured here
  export extern "agntz schedule" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz schedule color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...words: string          # Whatever is asked for
  ]

  def "nu-complete agntz ask color" [] {
    [ "auto" "always" "never" ]
  }

  # Ask a running agent and wait for its answer; not configured here
  export extern "agntz ask" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz ask color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...words: string          # Whatever is asked for
  ]

  def "nu-complete agntz init color" [] {
    [ "auto" "always" "never" ]
  }

  # Begin: tell the agents of this repository about agntz, in AGENTS.md, and make its store of issues
  export extern "agntz init" [
    --file: path              # The file, if not AGENTS.md at the root of the workspace
    --no-issues               # Make no store of issues
    --remove                  # Take the section out again; issues stay
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz init color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # See whether everything that agntz uses is there and whole
  export extern "agntz doctor" [
    --fix                     # Move lines of issues and memories that no program can read into files beside
    --as: string              # Act under this name instead of one's own
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz doctor color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz mcp color" [] {
    [ "auto" "always" "never" ]
  }

  # Offer all of this as tools to a client of the Model Context Protocol
  export extern "agntz mcp" [
    --only: string            # Offer only these groups of tools: memory, issues, mail, reserve, …
    --as: string              # Act under this name where a call does not say another one
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz mcp color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete agntz completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete agntz completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "agntz completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete agntz completions shell" # The shell to complete in
  ]

  def "nu-complete agntz man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "agntz man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete agntz man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz help" [
  ]

  # Say what you should know now: mail, reservations, issues, memories
  export extern "agntz help context" [
  ]

  # Remember things, and find them again
  export extern "agntz help memory" [
  ]

  # Remember something
  export extern "agntz help memory add" [
  ]

  # Find what answers a question
  export extern "agntz help memory search" [
  ]

  # List memories, what changed last first
  export extern "agntz help memory list" [
  ]

  # Show a memory and what happened to it
  export extern "agntz help memory show" [
  ]

  # Correct a memory: what is said replaces what it said
  export extern "agntz help memory edit" [
  ]

  # Remove memories; the history stays
  export extern "agntz help memory remove" [
  ]

  # Write memories as JSON, JSON lines or Markdown
  export extern "agntz help memory export" [
  ]

  # Take in memories of such a file
  export extern "agntz help memory import" [
  ]

  # Count memories, and tell what is wrong with the store
  export extern "agntz help memory stats" [
  ]

  # The best of the stores within a budget, for prompts
  export extern "agntz help memory preview" [
  ]

  # List the stores of this machine
  export extern "agntz help memory stores" [
  ]

  # List the issues that can be begun now
  export extern "agntz help ready" [
  ]

  # Keep issues in the repository, as trx does
  export extern "agntz help issues" [
  ]

  # Make a store here
  export extern "agntz help issues init" [
  ]

  # Make an issue
  export extern "agntz help issues create" [
  ]

  # Make many issues at once, all or none
  export extern "agntz help issues create-many" [
  ]

  # List issues
  export extern "agntz help issues list" [
  ]

  # Show issues
  export extern "agntz help issues show" [
  ]

  # Change fields of an issue
  export extern "agntz help issues update" [
  ]

  # Close issues
  export extern "agntz help issues close" [
  ]

  # Open closed or deleted issues again
  export extern "agntz help issues reopen" [
  ]

  # Delete issues; `reopen` brings them back
  export extern "agntz help issues delete" [
  ]

  # List what can be begun now
  export extern "agntz help issues ready" [
  ]

  # Take an issue for some time, so that nobody else begins it
  export extern "agntz help issues claim" [
  ]

  # Give claims up
  export extern "agntz help issues release" [
  ]

  # Say what waits for what
  export extern "agntz help issues dep" [
  ]

  # An issue waits for others
  export extern "agntz help issues dep block" [
  ]

  # And no more
  export extern "agntz help issues dep unblock" [
  ]

  # An issue has to do with others
  export extern "agntz help issues dep relate" [
  ]

  # And no more
  export extern "agntz help issues dep unrelate" [
  ]

  # Show what an issue waits for and what is below it
  export extern "agntz help issues dep tree" [
  ]

  # Draw all open issues
  export extern "agntz help issues dep graph" [
  ]

  # Find issues by text
  export extern "agntz help issues search" [
  ]

  # Add and remove labels
  export extern "agntz help issues label" [
  ]

  # Say who is to do it
  export extern "agntz help issues assign" [
  ]

  # Add a remark
  export extern "agntz help issues comment" [
  ]

  # Commit the store, and only the store
  export extern "agntz help issues sync" [
  ]

  # Take in issues of beads or of another store
  export extern "agntz help issues import" [
  ]

  # Write all issues as Markdown, JSON, or lines
  export extern "agntz help issues export" [
  ]

  # Show what happened to an issue
  export extern "agntz help issues history" [
  ]

  # Show what happened
  export extern "agntz help issues log" [
  ]

  # Count issues
  export extern "agntz help issues stats" [
  ]

  # Show and change settings
  export extern "agntz help issues config" [
  ]

  # Show all settings
  export extern "agntz help issues config show" [
  ]

  # Show one
  export extern "agntz help issues config get" [
  ]

  # Change one
  export extern "agntz help issues config set" [
  ]

  # Join two versions of a file of the store, for git
  export extern "agntz help issues merge-driver" [
  ]

  # Look for damage
  export extern "agntz help issues doctor" [
  ]

  # Write to and hear from agents and people of this machine
  export extern "agntz help mail" [
  ]

  # List what waits for you, the oldest first
  export extern "agntz help mail inbox" [
  ]

  # Send a mail to agents or people, or to everybody in this workspace
  export extern "agntz help mail send" [
  ]

  # Show mails and mark them as read
  export extern "agntz help mail read" [
  ]

  # Answer a mail in its thread
  export extern "agntz help mail reply" [
  ]

  # Say that you are done with mails
  export extern "agntz help mail ack" [
  ]

  # Find mails by their words
  export extern "agntz help mail search" [
  ]

  # Show all mails of a thread, the oldest first
  export extern "agntz help mail thread" [
  ]

  # List what you sent and what became of it, the newest first
  export extern "agntz help mail sent" [
  ]

  # List mail that nobody read: expired, or its recipient left
  export extern "agntz help mail dead" [
  ]

  # List who can be written to
  export extern "agntz help mail who" [
  ]

  # Close your mailbox and give your reservations back
  export extern "agntz help mail leave" [
  ]

  # Reserve paths, so that nobody else changes them meanwhile
  export extern "agntz help reserve" [
  ]

  # Give reservations back
  export extern "agntz help release" [
  ]

  # Prolong reservations
  export extern "agntz help renew" [
  ]

  # See what is reserved
  export extern "agntz help reservations" [
  ]

  # List what is reserved now
  export extern "agntz help reservations list" [
  ]

  # Ask whether somebody else's reservation is in the way, without changing anything
  export extern "agntz help reservations check" [
  ]

  # Find what was said in conversations with agents
  export extern "agntz help search" [
  ]

  # Run something later or again and again; not configured here
  export extern "agntz help schedule" [
  ]

  # Ask a running agent and wait for its answer; not configured here
  export extern "agntz help ask" [
  ]

  # Begin: tell the agents of this repository about agntz, in AGENTS.md, and make its store of issues
  export extern "agntz help init" [
  ]

  # See whether everything that agntz uses is there and whole
  export extern "agntz help doctor" [
  ]

  # Offer all of this as tools to a client of the Model Context Protocol
  export extern "agntz help mcp" [
  ]

  # Print a completion script for a shell
  export extern "agntz help completions" [
  ]

  # Write the man pages into a folder
  export extern "agntz help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "agntz help help" [
  ]

}

export use completions *
