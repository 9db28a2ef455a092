module completions {

  def "nu-complete trx color" [] {
    [ "auto" "always" "never" ]
  }

  # Keep issues in the repository
  export extern trx [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete trx init color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a store here
  export extern "trx init" [
    --prefix: string          # What ids begin with [default: trx]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx init color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx create color" [] {
    [ "auto" "always" "never" ]
  }

  # Make an issue
  export extern "trx create" [
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
    --color: string@"nu-complete trx create color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    title: string             # One line; `-` reads it from standard input, and what follows the first line is the description
  ]

  def "nu-complete trx create-many color" [] {
    [ "auto" "always" "never" ]
  }

  # Make many issues at once, all or none
  export extern "trx create-many" [
    --json-input: string      # The same
    --dry-run                 # Only check
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx create-many color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    file?: string             # Issues as a JSON array or one a line, of {title, issue_type, priority, description, parent, blocks[], blocked_by[], labels[], assignee}; `#N` stands for the Nth of them; `-` reads standard input
  ]

  def "nu-complete trx list color" [] {
    [ "auto" "always" "never" ]
  }

  # List issues
  export extern "trx list" [
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
    --color: string@"nu-complete trx list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show issues
  export extern "trx show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete trx update clear" [] {
    [ "description" "notes" "assignee" "parent" "labels" ]
  }

  def "nu-complete trx update color" [] {
    [ "auto" "always" "never" ]
  }

  # Change fields of an issue
  export extern "trx update" [
    --status(-s): string      # open, in_progress, blocked, closed
    --priority(-p): string    # 0 (critical) to 4 (some day)
    --type(-t): string        # bug, feature, task, epic, chore
    --title: string           # One line
    --description(-d): string # Any text; `-` reads standard input
    --notes: string           # Any text; `-` reads standard input
    --assignee: string        # Who is to do it
    --parent: string          # The issue above it
    --label: string           # Add a label (repeat for more, or a,b)
    --clear: string@"nu-complete trx update clear" # Fields to empty: description, notes, assignee, parent, labels
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx update color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx close color" [] {
    [ "auto" "always" "never" ]
  }

  # Close issues
  export extern "trx close" [
    --reason(-r): string      # Why
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx close color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete trx reopen color" [] {
    [ "auto" "always" "never" ]
  }

  # Open closed or deleted issues again
  export extern "trx reopen" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx reopen color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete trx delete color" [] {
    [ "auto" "always" "never" ]
  }

  # Delete issues; `reopen` brings them back
  export extern "trx delete" [
    --reason(-r): string      # Why
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx delete color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete trx ready color" [] {
    [ "auto" "always" "never" ]
  }

  # List what can be begun now
  export extern "trx ready" [
    --type(-t): string        # Only this type
    --priority(-P): string    # Only this priority
    --label: string           # Only with this label (repeat, or a,b: with all of them)
    --limit(-l): string       # At most so many
    --as: string              # For whom: what others have claimed is left out [default: who acts]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx ready color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx claim color" [] {
    [ "auto" "always" "never" ]
  }

  # Take an issue for some time, so that nobody else begins it
  export extern "trx claim" [
    --ttl: string             # How long: 90s, 30m, 3h, 2d
    --as: string              # Who claims [default: who acts]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx claim color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx release color" [] {
    [ "auto" "always" "never" ]
  }

  # Give claims up
  export extern "trx release" [
    --as: string              # Who gives them up [default: who acts]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx release color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Issues, by id or its beginning
  ]

  def "nu-complete trx dep color" [] {
    [ "auto" "always" "never" ]
  }

  # Say what waits for what
  export extern "trx dep" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx dep color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx dep block color" [] {
    [ "auto" "always" "never" ]
  }

  # An issue waits for others
  export extern "trx dep block" [
    --by: string              # What it waits for
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx dep block color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx dep unblock color" [] {
    [ "auto" "always" "never" ]
  }

  # And no more
  export extern "trx dep unblock" [
    --by: string              # What it waits for
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx dep unblock color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx dep relate color" [] {
    [ "auto" "always" "never" ]
  }

  # An issue has to do with others
  export extern "trx dep relate" [
    --to: string              # The others
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx dep relate color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx dep unrelate color" [] {
    [ "auto" "always" "never" ]
  }

  # And no more
  export extern "trx dep unrelate" [
    --to: string              # The others
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx dep unrelate color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx dep tree color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what an issue waits for and what is below it
  export extern "trx dep tree" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx dep tree color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx dep graph format" [] {
    [ "text" "dot" "svg" ]
  }

  def "nu-complete trx dep graph color" [] {
    [ "auto" "always" "never" ]
  }

  # Draw all open issues
  export extern "trx dep graph" [
    --format: string@"nu-complete trx dep graph format" # How to draw
    --all(-a)                 # Closed issues too
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx dep graph color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "trx dep help" [
  ]

  # An issue waits for others
  export extern "trx dep help block" [
  ]

  # And no more
  export extern "trx dep help unblock" [
  ]

  # An issue has to do with others
  export extern "trx dep help relate" [
  ]

  # And no more
  export extern "trx dep help unrelate" [
  ]

  # Show what an issue waits for and what is below it
  export extern "trx dep help tree" [
  ]

  # Draw all open issues
  export extern "trx dep help graph" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "trx dep help help" [
  ]

  def "nu-complete trx search color" [] {
    [ "auto" "always" "never" ]
  }

  # Find issues by text
  export extern "trx search" [
    --limit(-l): string       # At most so many
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx search color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    query: string             # The text; `-` reads standard input
  ]

  def "nu-complete trx label color" [] {
    [ "auto" "always" "never" ]
  }

  # Add and remove labels
  export extern "trx label" [
    --remove: string          # Labels to remove
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx label color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
    ...labels: string         # Labels to add
  ]

  def "nu-complete trx assign color" [] {
    [ "auto" "always" "never" ]
  }

  # Say who is to do it
  export extern "trx assign" [
    --nobody                  # Nobody any more
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx assign color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
    who?: string              # Who; `me` is who asks
  ]

  def "nu-complete trx comment color" [] {
    [ "auto" "always" "never" ]
  }

  # Add a remark
  export extern "trx comment" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx comment color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
    text: string              # The remark; `-` reads standard input
  ]

  def "nu-complete trx sync color" [] {
    [ "auto" "always" "never" ]
  }

  # Commit the store, and only the store
  export extern "trx sync" [
    --message(-m): string     # The message of the commit
    --dry-run                 # Only say what would be committed
    --no-commit               # Put the files in order, and do not commit
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx sync color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx import color" [] {
    [ "auto" "always" "never" ]
  }

  # Take in issues of beads or of another store
  export extern "trx import" [
    --prefix: string          # What ids that began with `bd-` begin with
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx import color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    path: string              # A file of JSON lines; `-` reads standard input
  ]

  def "nu-complete trx export format" [] {
    [ "markdown" "json" "jsonl" ]
  }

  def "nu-complete trx export color" [] {
    [ "auto" "always" "never" ]
  }

  # Write all issues as Markdown, JSON, or lines
  export extern "trx export" [
    --format(-f): string@"nu-complete trx export format" # How
    --output(-o): path        # Into this file instead of standard output
    --all(-a)                 # Closed issues too (lines have all always)
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx export color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx history color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what happened to an issue
  export extern "trx history" [
    --limit(-l): string       # The last so many
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx history color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    id: string                # The issue
  ]

  def "nu-complete trx log color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what happened
  export extern "trx log" [
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
    --color: string@"nu-complete trx log color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx stats color" [] {
    [ "auto" "always" "never" ]
  }

  # Count issues
  export extern "trx stats" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx stats color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show and change settings
  export extern "trx config" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx config color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx config show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show all settings
  export extern "trx config show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx config show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx config get color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one
  export extern "trx config get" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx config get color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    key: string               # Its name: prefix
  ]

  def "nu-complete trx config set color" [] {
    [ "auto" "always" "never" ]
  }

  # Change one
  export extern "trx config set" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx config set color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    key: string               # Its name: prefix
    value: string             # Its value
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "trx config help" [
  ]

  # Show all settings
  export extern "trx config help show" [
  ]

  # Show one
  export extern "trx config help get" [
  ]

  # Change one
  export extern "trx config help set" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "trx config help help" [
  ]

  def "nu-complete trx merge-driver color" [] {
    [ "auto" "always" "never" ]
  }

  # Join two versions of a file of the store, for git
  export extern "trx merge-driver" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx merge-driver color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    base: path                # The common ancestor
    ours: path                # Ours; the result goes here
    theirs: path              # Theirs
  ]

  def "nu-complete trx doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # Look for damage
  export extern "trx doctor" [
    --fix                     # Move lines that nobody can read aside, and add what is missing in .trx/.gitattributes
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx doctor color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete trx completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete trx completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "trx completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete trx completions shell" # The shell to complete in
  ]

  def "nu-complete trx man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "trx man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete trx man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --help(-h)                # Print help (see more with '--help')
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "trx help" [
  ]

  # Make a store here
  export extern "trx help init" [
  ]

  # Make an issue
  export extern "trx help create" [
  ]

  # Make many issues at once, all or none
  export extern "trx help create-many" [
  ]

  # List issues
  export extern "trx help list" [
  ]

  # Show issues
  export extern "trx help show" [
  ]

  # Change fields of an issue
  export extern "trx help update" [
  ]

  # Close issues
  export extern "trx help close" [
  ]

  # Open closed or deleted issues again
  export extern "trx help reopen" [
  ]

  # Delete issues; `reopen` brings them back
  export extern "trx help delete" [
  ]

  # List what can be begun now
  export extern "trx help ready" [
  ]

  # Take an issue for some time, so that nobody else begins it
  export extern "trx help claim" [
  ]

  # Give claims up
  export extern "trx help release" [
  ]

  # Say what waits for what
  export extern "trx help dep" [
  ]

  # An issue waits for others
  export extern "trx help dep block" [
  ]

  # And no more
  export extern "trx help dep unblock" [
  ]

  # An issue has to do with others
  export extern "trx help dep relate" [
  ]

  # And no more
  export extern "trx help dep unrelate" [
  ]

  # Show what an issue waits for and what is below it
  export extern "trx help dep tree" [
  ]

  # Draw all open issues
  export extern "trx help dep graph" [
  ]

  # Find issues by text
  export extern "trx help search" [
  ]

  # Add and remove labels
  export extern "trx help label" [
  ]

  # Say who is to do it
  export extern "trx help assign" [
  ]

  # Add a remark
  export extern "trx help comment" [
  ]

  # Commit the store, and only the store
  export extern "trx help sync" [
  ]

  # Take in issues of beads or of another store
  export extern "trx help import" [
  ]

  # Write all issues as Markdown, JSON, or lines
  export extern "trx help export" [
  ]

  # Show what happened to an issue
  export extern "trx help history" [
  ]

  # Show what happened
  export extern "trx help log" [
  ]

  # Count issues
  export extern "trx help stats" [
  ]

  # Show and change settings
  export extern "trx help config" [
  ]

  # Show all settings
  export extern "trx help config show" [
  ]

  # Show one
  export extern "trx help config get" [
  ]

  # Change one
  export extern "trx help config set" [
  ]

  # Join two versions of a file of the store, for git
  export extern "trx help merge-driver" [
  ]

  # Look for damage
  export extern "trx help doctor" [
  ]

  # Print a completion script for a shell
  export extern "trx help completions" [
  ]

  # Write the man pages into a folder
  export extern "trx help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "trx help help" [
  ]

}

export use completions *
