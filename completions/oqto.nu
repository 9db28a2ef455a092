module completions {

  def "nu-complete oqto color" [] {
    [ "auto" "always" "never" ]
  }

  # A self-hosted workspace for AI coding agents
  export extern oqto [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto serve color" [] {
    [ "auto" "always" "never" ]
  }

  # Start the server
  export extern "oqto serve" [
    --listen: string          # Address and port to listen on
    --demo                    # Use the built-in demo model although a provider is connected
    --gateway                 # Let agents ask for models through eavs, which is started on demand with the keys found in the environment
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto serve color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto link color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a fresh sign-in link of the running server
  export extern "oqto link" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto link color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto token color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a fresh credential for scripts that use the server over HTTP
  export extern "oqto token" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto token color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto init color" [] {
    [ "auto" "always" "never" ]
  }

  # Write a configuration file in which everything is explained and nothing is changed
  export extern "oqto init" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto init color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the configuration
  export extern "oqto config" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto config color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto config show color" [] {
    [ "auto" "always" "never" ]
  }

  # Every value in force, and where it comes from
  export extern "oqto config show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto config show color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto config path color" [] {
    [ "auto" "always" "never" ]
  }

  # The files that are read, the later winning
  export extern "oqto config path" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto config path color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqto config help" [
  ]

  # Every value in force, and where it comes from
  export extern "oqto config help show" [
  ]

  # The files that are read, the later winning
  export extern "oqto config help path" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqto config help help" [
  ]

  def "nu-complete oqto completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete oqto completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "oqto completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    shell: string@"nu-complete oqto completions shell" # The shell to complete in
  ]

  def "nu-complete oqto man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "oqto man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqto help" [
  ]

  # Start the server
  export extern "oqto help serve" [
  ]

  # Print a fresh sign-in link of the running server
  export extern "oqto help link" [
  ]

  # Print a fresh credential for scripts that use the server over HTTP
  export extern "oqto help token" [
  ]

  # Write a configuration file in which everything is explained and nothing is changed
  export extern "oqto help init" [
  ]

  # Show the configuration
  export extern "oqto help config" [
  ]

  # Every value in force, and where it comes from
  export extern "oqto help config show" [
  ]

  # The files that are read, the later winning
  export extern "oqto help config path" [
  ]

  # Print a completion script for a shell
  export extern "oqto help completions" [
  ]

  # Write the man pages into a folder
  export extern "oqto help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqto help help" [
  ]

}

export use completions *
