module completions {

  def "nu-complete sx color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete sx time_range" [] {
    [ "day" "week" "month" "year" ]
  }

  def "nu-complete sx categories" [] {
    [ "general" "news" "videos" "images" "music" "map" "science" "it" "files" "\"social media\"" ]
  }

  def "nu-complete sx safe_search" [] {
    [ "none" "moderate" "strict" ]
  }

  def "nu-complete sx searxng_strategy" [] {
    [ "ordered" "parallel-fastest" ]
  }

  def "nu-complete sx http_method" [] {
    [ "GET" "POST" ]
  }

  # Search the web through SearXNG
  export extern sx [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --num(-n): string         # At most this many results; 0 is one page as it comes
    --top                     # Only the first result
    --site(-w): string        # Only this site
    --time-range(-r): string@"nu-complete sx time_range" # Only as old as this
    --language(-l): string    # In this language, such as en or de-CH
    --categories: string@"nu-complete sx categories" # Only these groups of engines
    --files(-F)               # Only files
    --music(-M)               # Only music
    --news(-N)                # Only news
    --social(-S)              # Only social media
    --videos(-V)              # Only videos
    --engines(-e): string     # Only these engines of the instance
    --engine: string          # The service that is asked
    --safe-search: string@"nu-complete sx safe_search" # How much is filtered out
    --unsafe                  # Filter nothing out
    --clean(-c)               # Leave empty values out of the JSON
    --md                      # Print the results as Markdown
    --links-only(-L)          # Print addresses only, one a line
    --text(-T)                # Read the pages that were found, and print them as Markdown
    --html(-H)                # Read the pages that were found, and print their HTML
    --first(-j)               # Open the first result in the browser
    --lucky                   # Open any one of the results in the browser
    --interactive(-i)         # Ask what to do with the results: open, read, go on, search again
    --output(-o): path        # Write to this file instead of stdout
    --expand(-x)              # Show whole addresses in a terminal
    --searxng-url: string     # The instance that is asked first
    --searxng-urls: string    # Further instances, for when the first fails or finds nothing
    --searxng-strategy: string@"nu-complete sx searxng_strategy" # Ask one after the other, or all at once
    --http-method: string@"nu-complete sx http_method" # How the question is sent
    --timeout: string         # Seconds for one request in all
    --no-verify-ssl           # Take any certificate: for tests
    --private-pages           # Read pages of this machine and of its own network too (with --text and --html)
    --noua                    # Do not say that it is sx that asks
    --nocolor                 # No colour
    --debug                   # Say on stderr what is asked of which instance, never the question
    --np(-p)                  # Accepted for older scripts: nothing is asked back anyway
    --version                 # Print the version
    --help(-h)                # Print help (see more with '--help')
    ...query: string          # The words to search for; - reads them from stdin
  ]

  def "nu-complete sx history clear" [] {
    [ "clear" ]
  }

  def "nu-complete sx history color" [] {
    [ "auto" "always" "never" ]
  }

  # Show or forget the questions that were typed in a terminal
  export extern "sx history" [
    --limit(-n): string       # At most this many, the newest
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx history color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    clear?: string@"nu-complete sx history clear" # Forget all of them
  ]

  def "nu-complete sx config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the configuration, or take over that of an earlier sx
  export extern "sx config" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx config color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete sx config show color" [] {
    [ "auto" "always" "never" ]
  }

  # Every value in force, and where it comes from
  export extern "sx config show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx config show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete sx config path color" [] {
    [ "auto" "always" "never" ]
  }

  # The files that are read, the later winning
  export extern "sx config path" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx config path color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete sx config import color" [] {
    [ "auto" "always" "never" ]
  }

  # Take over the configuration of an earlier sx
  export extern "sx config import" [
    --replace                 # Replace our own file if there is one
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx config import color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    file?: path               # The file to read instead of ~/.config/sx/config.toml; - is stdin
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "sx config help" [
  ]

  # Every value in force, and where it comes from
  export extern "sx config help show" [
  ]

  # The files that are read, the later winning
  export extern "sx config help path" [
  ]

  # Take over the configuration of an earlier sx
  export extern "sx config help import" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "sx config help help" [
  ]

  def "nu-complete sx init color" [] {
    [ "auto" "always" "never" ]
  }

  # Write a configuration file in which everything is explained and nothing is changed
  export extern "sx init" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx init color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete sx completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete sx completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "sx completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete sx completions shell" # The shell to complete in
  ]

  def "nu-complete sx man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "sx man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete sx man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "sx help" [
  ]

  # Show or forget the questions that were typed in a terminal
  export extern "sx help history" [
  ]

  # Show the configuration, or take over that of an earlier sx
  export extern "sx help config" [
  ]

  # Every value in force, and where it comes from
  export extern "sx help config show" [
  ]

  # The files that are read, the later winning
  export extern "sx help config path" [
  ]

  # Take over the configuration of an earlier sx
  export extern "sx help config import" [
  ]

  # Write a configuration file in which everything is explained and nothing is changed
  export extern "sx help init" [
  ]

  # Print a completion script for a shell
  export extern "sx help completions" [
  ]

  # Write the man pages into a folder
  export extern "sx help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "sx help help" [
  ]

}

export use completions *
