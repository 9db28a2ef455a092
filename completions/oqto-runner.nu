module completions {

  def "nu-complete oqto-runner color" [] {
    [ "auto" "always" "never" ]
  }

  # Own this user's agents: start them, keep them, and let others talk to them
  export extern oqto-runner [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto-runner color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --stdio                   # Speak for one script on stdin and stdout, and end with it
    --state: path             # With --stdio: be a private runner that keeps everything in this directory
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto-runner serve color" [] {
    [ "auto" "always" "never" ]
  }

  # Be the daemon
  export extern "oqto-runner serve" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto-runner serve color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto-runner connect color" [] {
    [ "auto" "always" "never" ]
  }

  # Join stdin and stdout to the daemon, starting it if it is not there
  export extern "oqto-runner connect" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto-runner connect color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto-runner config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what the runner is told, and where each value comes from
  export extern "oqto-runner config" [
    --init                    # Write a file with every setting explained, where there is none
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto-runner config color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete oqto-runner completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete oqto-runner completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "oqto-runner completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto-runner completions color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    shell: string@"nu-complete oqto-runner completions shell" # The shell to complete in
  ]

  def "nu-complete oqto-runner man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "oqto-runner man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete oqto-runner man color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqto-runner help" [
  ]

  # Be the daemon
  export extern "oqto-runner help serve" [
  ]

  # Join stdin and stdout to the daemon, starting it if it is not there
  export extern "oqto-runner help connect" [
  ]

  # Show what the runner is told, and where each value comes from
  export extern "oqto-runner help config" [
  ]

  # Print a completion script for a shell
  export extern "oqto-runner help completions" [
  ]

  # Write the man pages into a folder
  export extern "oqto-runner help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "oqto-runner help help" [
  ]

}

export use completions *
