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
    --rpd: string             # Requests a day, in UTC
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

  def "nu-complete eavs keys list state" [] {
    [ "valid" "expired" "revoked" ]
  }

  def "nu-complete eavs keys list color" [] {
    [ "auto" "always" "never" ]
  }

  # List keys, the oldest first
  export extern "eavs keys list" [
    --all                     # Also those that are revoked or expired
    --state: string@"nu-complete eavs keys list state" # Only those that stand so [default: valid]
    --owner: string           # Only those of this owner
    --session: string         # Only those of this session
    --label: string           # Only those with this label
    --name: string            # Only those with this in their name
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
    key: string               # Its id or the end of it, or its name where only one has it
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
    key: string               # Its id or the end of it, or its name where only one has it
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

  def "nu-complete eavs env color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the variables by which SDKs and agents find the gateway
  export extern "eavs env" [
    --key: string             # The text of a key, or - to read it from stdin, where nobody can see it among the processes
    --new: string             # Make a key with this name for it
    --owner: string           # Whose the new key is
    --base-url: string        # Where clients reach the gateway [default: where it answers, else where the configuration says]
    --write: path             # Write a file that only you can read, in the place of one that is there
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs env color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs usage by" [] {
    [ "day" "key" "owner" "session" "model" "provider" "account" "label" "outcome" ]
  }

  def "nu-complete eavs usage color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what was used: tokens and cost
  export extern "eavs usage" [
    --by: string@"nu-complete eavs usage by" # What the sums are of
    --label: string           # The label whose values the sums are of
    --days: string            # Only the last so many days, this one included
    --since: string           # Only from here on: a day, a time, or so long ago: 2026-11-01, 2026-11-21T12:00:00Z, 24h, 7d
    --until: string           # Only before this, in the same forms
    --key: string             # Only what this key used, by its id or name
    --owner: string           # Only what keys of this owner used
    --session: string         # Only what keys of this session used
    --provider: string        # Only requests to this provider
    --model: string           # Only models with this in PROVIDER/MODEL
    --account: string         # Only requests by accounts of this label
    --csv                     # Print comma-separated values with a heading
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

  def "nu-complete eavs quotas color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what providers say is left of their limits
  export extern "eavs quotas" [
    --provider: string        # Only those of this provider
    --account: string         # Only those of this account
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs quotas color" # When to use colour
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
    --follow(-f)              # Go on with every request that ends from now on
    --key: string             # Only those of this key, by its id or name
    --model: string           # Only those of models with this in PROVIDER/MODEL
    --session: string         # Only those of keys of this session
    --errors                  # Only those that failed or were refused
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

  def "nu-complete eavs logs show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one request, and what was said in it where that is kept
  export extern "eavs logs show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs logs show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    request: string           # Its id, as in the header x-eavs-request, or its number
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs logs help" [
  ]

  # Show the last requests, the newest last
  export extern "eavs logs help tail" [
  ]

  # Show one request, and what was said in it where that is kept
  export extern "eavs logs help show" [
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

  def "nu-complete eavs models list can" [] {
    [ "thinks" "tools" "images" "pdf" "audio" ]
  }

  def "nu-complete eavs models list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the models of the configured providers
  export extern "eavs models list" [
    --all                     # The whole catalog, whatever is configured
    --provider: string        # Only those of this provider
    --can: string@"nu-complete eavs models list can" # Only those that can do this
    --max-price: string       # Only those whose output costs at most so many US dollars for a million tokens
    --min-context: string     # Only those with at least so many tokens of context
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

  def "nu-complete eavs models update color" [] {
    [ "auto" "always" "never" ]
  }

  # Take a newer catalog of models and prices
  export extern "eavs models update" [
    --from: string            # A file, - for stdin, or an address
    --check                   # Only say what would change
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs models update color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs models pi color" [] {
    [ "auto" "always" "never" ]
  }

  # Put the models into Pi's list of models
  export extern "eavs models pi" [
    --write: path             # Write the file, which is Pi's own where no other is named
    --print                   # Print the whole file as it would be
    --base-url: string        # Where Pi reaches the gateway [default: the address it is configured to listen on]
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs models pi color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
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

  # Take a newer catalog of models and prices
  export extern "eavs models help update" [
  ]

  # Put the models into Pi's list of models
  export extern "eavs models help pi" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs models help help" [
  ]

  def "nu-complete eavs providers color" [] {
    [ "auto" "always" "never" ]
  }

  # Show, try and change the providers of the configuration
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

  def "nu-complete eavs providers add color" [] {
    [ "auto" "always" "never" ]
  }

  # Add a provider to the configuration file; comments stay
  export extern "eavs providers add" [
    --kind: string            # What it is [default: the kind of this name]
    --base-url: string        # Its address with the version [default: the one that it publishes]
    --api-key-env: string     # The variable with its key [default: the usual one, where that is set]
    --api-version: string     # Azure's api-version
    --ca-file: path           # A file of certificates that are trusted beside those of the system
    --max-concurrent: string  # Requests at the same time
    --model: string           # A model that it may be asked for; all that are known without this
    --oauth-client-id: string # The name under which you registered this program there
    --oauth-token-url: string # Where tokens are given
    --oauth-authorize-url: string # Where a person allows it, in a browser
    --oauth-device-url: string # Where a login on another device begins
    --oauth-scope: string     # What is asked for
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs providers add color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    name: string              # What to call it, in paths and before models
  ]

  def "nu-complete eavs providers test color" [] {
    [ "auto" "always" "never" ]
  }

  # Ask every account of the providers for the models, which needs the key and costs nothing
  export extern "eavs providers test" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs providers test color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    name?: string             # This provider alone
  ]

  def "nu-complete eavs providers remove color" [] {
    [ "auto" "always" "never" ]
  }

  # Take a provider out of the configuration file; comments stay
  export extern "eavs providers remove" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs providers remove color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    name: string              # The provider
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs providers help" [
  ]

  # List providers, where they are, and whether they have a key
  export extern "eavs providers help list" [
  ]

  # Add a provider to the configuration file; comments stay
  export extern "eavs providers help add" [
  ]

  # Ask every account of the providers for the models, which needs the key and costs nothing
  export extern "eavs providers help test" [
  ]

  # Take a provider out of the configuration file; comments stay
  export extern "eavs providers help remove" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs providers help help" [
  ]

  def "nu-complete eavs accounts color" [] {
    [ "auto" "always" "never" ]
  }

  # Keep keys and logins of providers, sealed
  export extern "eavs accounts" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs accounts color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs accounts add color" [] {
    [ "auto" "always" "never" ]
  }

  # Keep a key that a provider gave you
  export extern "eavs accounts add" [
    --label: string           # What to call the account; virtual keys are bound by it (`eavs keys create --account LABEL`)
    --weight: string          # Its part of the requests, in relation to those of the provider's other accounts
    --replace                 # In place of an account of this label that is kept already
    --api-key-stdin           # Read the key from stdin
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs accounts add color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider, by its name in the configuration
  ]

  def "nu-complete eavs accounts login color" [] {
    [ "auto" "always" "never" ]
  }

  # Log in to a provider that lets programs of others do so, or keep a key where it does not
  export extern "eavs accounts login" [
    --label: string           # What to call the account; virtual keys are bound by it (`eavs keys create --account LABEL`)
    --weight: string          # Its part of the requests, in relation to those of the provider's other accounts
    --replace                 # In place of an account of this label that is kept already
    --api-key-stdin           # Read a key from stdin
    --device                  # With a code that is typed on another device
    --browser                 # With a browser on this machine
    --timeout: string         # Seconds to wait until it is allowed
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs accounts login color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider, by its name in the configuration
  ]

  def "nu-complete eavs accounts list color" [] {
    [ "auto" "always" "never" ]
  }

  # List accounts, those of the configuration too
  export extern "eavs accounts list" [
    --provider: string        # Of this provider alone
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs accounts list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete eavs accounts remove color" [] {
    [ "auto" "always" "never" ]
  }

  # Forget an account
  export extern "eavs accounts remove" [
    --label: string           # The label of the account
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete eavs accounts remove color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --socket: path            # The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]
    --database: path          # The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]
    --help(-h)                # Print help (see more with '--help')
    provider: string          # The provider
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs accounts help" [
  ]

  # Keep a key that a provider gave you
  export extern "eavs accounts help add" [
  ]

  # Log in to a provider that lets programs of others do so, or keep a key where it does not
  export extern "eavs accounts help login" [
  ]

  # List accounts, those of the configuration too
  export extern "eavs accounts help list" [
  ]

  # Forget an account
  export extern "eavs accounts help remove" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "eavs accounts help help" [
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

  # Print the variables by which SDKs and agents find the gateway
  export extern "eavs help env" [
  ]

  # Show what was used: tokens and cost
  export extern "eavs help usage" [
  ]

  # Show what providers say is left of their limits
  export extern "eavs help quotas" [
  ]

  # Show single requests
  export extern "eavs help logs" [
  ]

  # Show the last requests, the newest last
  export extern "eavs help logs tail" [
  ]

  # Show one request, and what was said in it where that is kept
  export extern "eavs help logs show" [
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

  # Take a newer catalog of models and prices
  export extern "eavs help models update" [
  ]

  # Put the models into Pi's list of models
  export extern "eavs help models pi" [
  ]

  # Show, try and change the providers of the configuration
  export extern "eavs help providers" [
  ]

  # List providers, where they are, and whether they have a key
  export extern "eavs help providers list" [
  ]

  # Add a provider to the configuration file; comments stay
  export extern "eavs help providers add" [
  ]

  # Ask every account of the providers for the models, which needs the key and costs nothing
  export extern "eavs help providers test" [
  ]

  # Take a provider out of the configuration file; comments stay
  export extern "eavs help providers remove" [
  ]

  # Keep keys and logins of providers, sealed
  export extern "eavs help accounts" [
  ]

  # Keep a key that a provider gave you
  export extern "eavs help accounts add" [
  ]

  # Log in to a provider that lets programs of others do so, or keep a key where it does not
  export extern "eavs help accounts login" [
  ]

  # List accounts, those of the configuration too
  export extern "eavs help accounts list" [
  ]

  # Forget an account
  export extern "eavs help accounts remove" [
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
