module completions {

  def "nu-complete oqtoctl color" [] {
    [ "auto" "always" "never" ]
  }

  # Ask agents, look after their sessions, and find out what is wrong
  export extern oqtoctl [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqtoctl status color" [] {
    [ "auto" "always" "never" ]
  }

  # Show whether the server runs, its runners, and how many sessions there are
  export extern "oqtoctl status" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl status color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqtoctl session color" [] {
    [ "auto" "always" "never" ]
  }

  # List, show, answer, budget, stop, resume and delete sessions
  export extern "oqtoctl session" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqtoctl session list color" [] {
    [ "auto" "always" "never" ]
  }

  # List sessions, the last used first
  export extern "oqtoctl session list" [
    --workspace: string       # Only of this workspace
    --limit(-l): string       # At most this many of each runner
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqtoctl session get color" [] {
    [ "auto" "always" "never" ]
  }

  # Show a session
  export extern "oqtoctl session get" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session get color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    session: string           # The session: its id, the beginning of it, or its title
  ]

  def "nu-complete oqtoctl session stop color" [] {
    [ "auto" "always" "never" ]
  }

  # End a session's agent; the session stays and can be resumed
  export extern "oqtoctl session stop" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session stop color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    session: string           # The session: its id, the beginning of it, or its title
  ]

  def "nu-complete oqtoctl session resume color" [] {
    [ "auto" "always" "never" ]
  }

  # Start a session's agent again
  export extern "oqtoctl session resume" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session resume color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    session: string           # The session: its id, the beginning of it, or its title
  ]

  def "nu-complete oqtoctl session answer color" [] {
    [ "auto" "always" "never" ]
  }

  # Answer what a session's agent asks
  export extern "oqtoctl session answer" [
    --question: string        # Which question, where several are open
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session answer color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    session: string           # The session: its id, the beginning of it, or its title
    answer?: string           # yes or no, one of the options or its number, or a text; empty declines
  ]

  def "nu-complete oqtoctl session budget color" [] {
    [ "auto" "always" "never" ]
  }

  # Show or change what a session may cost
  export extern "oqtoctl session budget" [
    --usd: string             # US dollars that it may cost, or "unlimited"
    --tokens: string          # Tokens that it may use, read and written, or "unlimited"
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session budget color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    session: string           # The session: its id, the beginning of it, or its title
  ]

  def "nu-complete oqtoctl session delete color" [] {
    [ "auto" "always" "never" ]
  }

  # Delete a session with its whole history
  export extern "oqtoctl session delete" [
    --yes(-y)                 # Delete without asking
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl session delete color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    session: string           # The session: its id, the beginning of it, or its whole title
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqtoctl session help" [
  ]

  # List sessions, the last used first
  export extern "oqtoctl session help list" [
  ]

  # Show a session
  export extern "oqtoctl session help get" [
  ]

  # End a session's agent; the session stays and can be resumed
  export extern "oqtoctl session help stop" [
  ]

  # Start a session's agent again
  export extern "oqtoctl session help resume" [
  ]

  # Answer what a session's agent asks
  export extern "oqtoctl session help answer" [
  ]

  # Show or change what a session may cost
  export extern "oqtoctl session help budget" [
  ]

  # Delete a session with its whole history
  export extern "oqtoctl session help delete" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqtoctl session help help" [
  ]

  def "nu-complete oqtoctl sessions color" [] {
    [ "auto" "always" "never" ]
  }

  # Find sessions by their title, their workspace, or what was said in them
  export extern "oqtoctl sessions" [
    --workspace: string       # Only of this workspace
    --limit(-l): string       # At most this many sessions, and this many messages
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl sessions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    ...query: string          # Words to look for
  ]

  def "nu-complete oqtoctl ask color" [] {
    [ "auto" "always" "never" ]
  }

  # Ask an agent, and print its answer
  export extern "oqtoctl ask" [
    --stream(-s)              # Print what the agent says as it says it
    --timeout(-t): string     # Wait at most this long; the turn goes on without this command then (exit code 124)
    --workspace: string       # The workspace that @@main is taken from, instead of the runner's home
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl ask color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    target: string            # @@main, or @@session: with an id, the beginning of one, or a title
    question?: string         # The question; `-`, or nothing where stdin is not a terminal, reads it from stdin
  ]

  def "nu-complete oqtoctl doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # Find out what is wrong, and how to mend it
  export extern "oqtoctl doctor" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl doctor color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqtoctl completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete oqtoctl completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "oqtoctl completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    shell: string@"nu-complete oqtoctl completions shell" # The shell to complete in
  ]

  def "nu-complete oqtoctl man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "oqtoctl man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqtoctl man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --server: string          # Talk to the server at this address, instead of your own on this machine
    --token: string           # The credential for --server; `oqto token` prints one
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqtoctl help" [
  ]

  # Show whether the server runs, its runners, and how many sessions there are
  export extern "oqtoctl help status" [
  ]

  # List, show, answer, budget, stop, resume and delete sessions
  export extern "oqtoctl help session" [
  ]

  # List sessions, the last used first
  export extern "oqtoctl help session list" [
  ]

  # Show a session
  export extern "oqtoctl help session get" [
  ]

  # End a session's agent; the session stays and can be resumed
  export extern "oqtoctl help session stop" [
  ]

  # Start a session's agent again
  export extern "oqtoctl help session resume" [
  ]

  # Answer what a session's agent asks
  export extern "oqtoctl help session answer" [
  ]

  # Show or change what a session may cost
  export extern "oqtoctl help session budget" [
  ]

  # Delete a session with its whole history
  export extern "oqtoctl help session delete" [
  ]

  # Find sessions by their title, their workspace, or what was said in them
  export extern "oqtoctl help sessions" [
  ]

  # Ask an agent, and print its answer
  export extern "oqtoctl help ask" [
  ]

  # Find out what is wrong, and how to mend it
  export extern "oqtoctl help doctor" [
  ]

  # Print a completion script for a shell
  export extern "oqtoctl help completions" [
  ]

  # Write the man pages into a folder
  export extern "oqtoctl help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqtoctl help help" [
  ]

}

export use completions *
