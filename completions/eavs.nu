module completions {

  def "nu-complete eavs color" [] {
    [ "auto" "always" "never" ]
  }

  # The one road from agents to model providers: keys with budgets, prices, and the truth about use
  export extern eavs [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete eavs serve color" [] {
    [ "auto" "always" "never" ]
  }

  # Serve on a loopback address and on the admin socket
  export extern "eavs serve" [
    --listen: string          # A loopback address and a port, 0 for any free one [default: 127.0.0.1:3033]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs serve color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs keys color" [] {
    [ "auto" "always" "never" ]
  }

  # Make, list, show and revoke virtual keys
  export extern "eavs keys" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs keys color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs keys create window" [] {
    [ "total" "daily" "weekly" "monthly" ]
  }

  def "nu-complete eavs keys create color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a key and print it: it is shown this once
  export extern "eavs keys create" [
    --name: string            # What people call it
    --owner: string           # Whose it is
    --session: string         # The session that it is for
    --label: string           # Anything else to find its use by
    --budget: string          # US dollars that it may cost in each window
    --budget-tokens: string   # Tokens that it may use in each window, read and written
    --window: string@"nu-complete eavs keys create window" # How often its budgets begin anew, in UTC
    --rpm: string             # Requests a minute
    --tpm: string             # Tokens a minute, read and written
    --expires: string         # When it ends: a time such as 2026-12-31T12:00:00Z, or from now on: 30m, 8h, 7d
    --model: string           # A model that it may use, as MODEL or PROVIDER/MODEL, with * for any text; all without this
    --block: string           # A model that it may not use
    --provider: string        # A provider that it may use; all without this
    --account: string         # The account of providers that it is bound to
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs keys create color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs keys list color" [] {
    [ "auto" "always" "never" ]
  }

  # List keys, the oldest first
  export extern "eavs keys list" [
    --all                     # Also those that are revoked or expired
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs keys list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs keys show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one key and what it used
  export extern "eavs keys show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs keys show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    key: string               # Its id, or its name where only one has it
  ]

  def "nu-complete eavs keys revoke color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a key worthless at once
  export extern "eavs keys revoke" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs keys revoke color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    key: string               # Its id, or its name where only one has it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs keys help" [
  ]

  # Make a key and print it: it is shown this once
  export extern "eavs keys help create" [
  ]

  # List keys, the oldest first
  export extern "eavs keys help list" [
  ]

  # Show one key and what it used
  export extern "eavs keys help show" [
  ]

  # Make a key worthless at once
  export extern "eavs keys help revoke" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs keys help help" [
  ]

  def "nu-complete eavs usage by" [] {
    [ "day" "key" "owner" "session" "model" "provider" ]
  }

  def "nu-complete eavs usage color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what was used: tokens and cost
  export extern "eavs usage" [
    --by: string@"nu-complete eavs usage by" # What the sums are of
    --days: string            # Only the last so many days, this one included
    --key: string             # Only what this key used, by its id or name
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs usage color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs logs color" [] {
    [ "auto" "always" "never" ]
  }

  # Show single requests
  export extern "eavs logs" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs logs color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs logs tail color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the last requests, the newest last
  export extern "eavs logs tail" [
    --lines(-n): string       # How many
    --key: string             # Only those of this key, by its id or name
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs logs tail color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs logs help" [
  ]

  # Show the last requests, the newest last
  export extern "eavs logs help tail" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs logs help help" [
  ]

  def "nu-complete eavs models color" [] {
    [ "auto" "always" "never" ]
  }

  # Show models, what they can do and what they cost
  export extern "eavs models" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs models color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs models list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the models of the configured providers
  export extern "eavs models list" [
    --all                     # The whole catalog, whatever is configured
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs models list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    part?: string             # Only those with this in their name
  ]

  def "nu-complete eavs models show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one model
  export extern "eavs models show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs models show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    model: string             # PROVIDER/MODEL, or MODEL
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs models help" [
  ]

  # List the models of the configured providers
  export extern "eavs models help list" [
  ]

  # Show one model
  export extern "eavs models help show" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs models help help" [
  ]

  def "nu-complete eavs providers color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the providers that are configured
  export extern "eavs providers" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs providers color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs providers list color" [] {
    [ "auto" "always" "never" ]
  }

  # List providers, where they are, and whether they have a key
  export extern "eavs providers list" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs providers list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs providers help" [
  ]

  # List providers, where they are, and whether they have a key
  export extern "eavs providers help list" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs providers help help" [
  ]

  def "nu-complete eavs policy color" [] {
    [ "auto" "always" "never" ]
  }

  # Try the policy of the configuration
  export extern "eavs policy" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs policy color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs policy test api" [] {
    [ "chat" "responses" "embeddings" "messages" "generate" ]
  }

  def "nu-complete eavs policy test color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what becomes of a request, without sending it
  export extern "eavs policy test" [
    --api: string@"nu-complete eavs policy test api" # The API that it is for
    --provider: string        # The provider that it would go to
    --model: string           # The provider's name of the model [default: the one in the request]
    --key: string             # The name or the id of the key that it would come with
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs policy test color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    file: path                # The body of the request; `-` is stdin
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs policy help" [
  ]

  # Show what becomes of a request, without sending it
  export extern "eavs policy help test" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs policy help help" [
  ]

  def "nu-complete eavs config color" [] {
    [ "auto" "always" "never" ]
  }

  # Check and show the configuration
  export extern "eavs config" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs config color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs config check color" [] {
    [ "auto" "always" "never" ]
  }

  # Say what of it cannot work
  export extern "eavs config check" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs config check color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs config show color" [] {
    [ "auto" "always" "never" ]
  }

  # Print every value and where it comes from, secrets hidden
  export extern "eavs config show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs config show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs config path color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the files that are read
  export extern "eavs config path" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs config path color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs config help" [
  ]

  # Say what of it cannot work
  export extern "eavs config help check" [
  ]

  # Print every value and where it comes from, secrets hidden
  export extern "eavs config help show" [
  ]

  # Print the files that are read
  export extern "eavs config help path" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs config help help" [
  ]

  def "nu-complete eavs init color" [] {
    [ "auto" "always" "never" ]
  }

  # Write a configuration file in which everything is explained and nothing is changed
  export extern "eavs init" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs init color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # Look for what keeps the gateway from working
  export extern "eavs doctor" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs doctor color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete eavs completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "eavs completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete eavs completions shell" # The shell to complete in
  ]

  def "nu-complete eavs man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "eavs man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs help" [
  ]

  # Serve on a loopback address and on the admin socket
  export extern "eavs help serve" [
  ]

  # Make, list, show and revoke virtual keys
  export extern "eavs help keys" [
  ]

  # Make a key and print it: it is shown this once
  export extern "eavs help keys create" [
  ]

  # List keys, the oldest first
  export extern "eavs help keys list" [
  ]

  # Show one key and what it used
  export extern "eavs help keys show" [
  ]

  # Make a key worthless at once
  export extern "eavs help keys revoke" [
  ]

  # Show what was used: tokens and cost
  export extern "eavs help usage" [
  ]

  # Show single requests
  export extern "eavs help logs" [
  ]

  # Show the last requests, the newest last
  export extern "eavs help logs tail" [
  ]

  # Show models, what they can do and what they cost
  export extern "eavs help models" [
  ]

  # List the models of the configured providers
  export extern "eavs help models list" [
  ]

  # Show one model
  export extern "eavs help models show" [
  ]

  # Show the providers that are configured
  export extern "eavs help providers" [
  ]

  # List providers, where they are, and whether they have a key
  export extern "eavs help providers list" [
  ]

  # Try the policy of the configuration
  export extern "eavs help policy" [
  ]

  # Show what becomes of a request, without sending it
  export extern "eavs help policy test" [
  ]

  # Check and show the configuration
  export extern "eavs help config" [
  ]

  # Say what of it cannot work
  export extern "eavs help config check" [
  ]

  # Print every value and where it comes from, secrets hidden
  export extern "eavs help config show" [
  ]

  # Print the files that are read
  export extern "eavs help config path" [
  ]

  # Write a configuration file in which everything is explained and nothing is changed
  export extern "eavs help init" [
  ]

  # Look for what keeps the gateway from working
  export extern "eavs help doctor" [
  ]

  # Print a completion script for a shell
  export extern "eavs help completions" [
  ]

  # Write the man pages into a folder
  export extern "eavs help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs help help" [
  ]

}

export use completions *
