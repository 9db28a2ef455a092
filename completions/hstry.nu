module completions {

  def "nu-complete hstry color" [] {
    [ "auto" "always" "never" ]
  }

  # Keep, read and search the history of conversations with agents
  export extern hstry [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete hstry serve color" [] {
    [ "auto" "always" "never" ]
  }

  # Serve the history on a Unix socket
  export extern "hstry serve" [
    --socket: path            # The socket [default: $OQTO_HSTRY_SOCKET, else hstry.sock in the runtime directory]
    --idle-timeout: string    # End when nobody was connected for this many seconds
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry serve color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete hstry list color" [] {
    [ "auto" "always" "never" ]
  }

  # List conversations, the newest change first
  export extern "hstry list" [
    --workspace: string       # Only of this workspace
    --harness: string         # Only of this harness
    --model: string           # Only with this model
    --after: string           # Only changed at this time or later (a date, a time, or how long ago: 2d)
    --before: string          # Only changed before this time
    --limit(-l): string       # At most this many
    --cursor: string          # Go on from the `next` of a page before
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete hstry show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show a conversation
  export extern "hstry show" [
    --after: string           # Only entries after this number
    --limit(-l): string       # At most this many entries, the newest
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    id: string                # The id of the conversation
  ]

  def "nu-complete hstry search mode" [] {
    [ "auto" "natural" "code" ]
  }

  def "nu-complete hstry search role" [] {
    [ "user" "assistant" "system" "tool" ]
  }

  def "nu-complete hstry search color" [] {
    [ "auto" "always" "never" ]
  }

  # Search messages, best first
  export extern "hstry search" [
    --mode: string@"nu-complete hstry search mode" # How the words are read
    --limit(-l): string       # At most this many hits
    --offset: string          # Leave out this many of the best
    --workspace: string       # Only in this workspace
    --harness: string         # Only of this harness
    --role(-r): string@"nu-complete hstry search role" # Only by this role
    --model: string           # Only by this model
    --conversation: string    # Only in this conversation
    --after: string           # Only at this time or later (a date, a time, or how long ago: 2d)
    --before: string          # Only before this time
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry search color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    ...query: string          # The words
  ]

  def "nu-complete hstry export format" [] {
    [ "jsonl" "markdown" ]
  }

  def "nu-complete hstry export color" [] {
    [ "auto" "always" "never" ]
  }

  # Write conversations as JSON lines or Markdown
  export extern "hstry export" [
    --format(-f): string@"nu-complete hstry export format" # What to write
    --workspace: string       # Only of this workspace
    --output(-o): path        # Write to this file instead of stdout
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry export color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # The ids of the conversations [default: all]
  ]

  def "nu-complete hstry stats color" [] {
    [ "auto" "always" "never" ]
  }

  # Show sizes and counts
  export extern "hstry stats" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry stats color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete hstry verify color" [] {
    [ "auto" "always" "never" ]
  }

  # Look for damage, and move it aside
  export extern "hstry verify" [
    --quarantine              # Move a damaged database aside and go on with what is whole of it; no service may be running
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry verify color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete hstry completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete hstry completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "hstry completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete hstry completions shell" # The shell to complete in
  ]

  def "nu-complete hstry man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "hstry man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete hstry man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --database: path          # The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "hstry help" [
  ]

  # Serve the history on a Unix socket
  export extern "hstry help serve" [
  ]

  # List conversations, the newest change first
  export extern "hstry help list" [
  ]

  # Show a conversation
  export extern "hstry help show" [
  ]

  # Search messages, best first
  export extern "hstry help search" [
  ]

  # Write conversations as JSON lines or Markdown
  export extern "hstry help export" [
  ]

  # Show sizes and counts
  export extern "hstry help stats" [
  ]

  # Look for damage, and move it aside
  export extern "hstry help verify" [
  ]

  # Print a completion script for a shell
  export extern "hstry help completions" [
  ]

  # Write the man pages into a folder
  export extern "hstry help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "hstry help help" [
  ]

}

export use completions *
