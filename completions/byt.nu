module completions {

  def "nu-complete byt color" [] {
    [ "auto" "always" "never" ]
  }

  # See and keep many repositories at once
  export extern byt [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete byt status color" [] {
    [ "auto" "always" "never" ]
  }

  # Show where every repository stands
  export extern "byt status" [
    --dirty                   # Only repositories with changes that are not committed
    --stale                   # Only repositories without a commit for `stale_days`
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt status color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt catalog color" [] {
    [ "auto" "always" "never" ]
  }

  # Keep a list of what is known of every repository
  export extern "byt catalog" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt catalog color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt catalog refresh color" [] {
    [ "auto" "always" "never" ]
  }

  # Look at every repository and write the catalog anew
  export extern "byt catalog refresh" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt catalog refresh color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt catalog list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the catalog
  export extern "byt catalog list" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt catalog list color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt catalog show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show one repository of the catalog
  export extern "byt catalog show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt catalog show color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    name: string              # Its name, as `list` shows it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt catalog help" [
  ]

  # Look at every repository and write the catalog anew
  export extern "byt catalog help refresh" [
  ]

  # List the catalog
  export extern "byt catalog help list" [
  ]

  # Show one repository of the catalog
  export extern "byt catalog help show" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt catalog help help" [
  ]

  def "nu-complete byt current color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the repository that one stands in
  export extern "byt current" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt current color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the configuration
  export extern "byt config" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt config color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt config show color" [] {
    [ "auto" "always" "never" ]
  }

  # Print every value and where it comes from
  export extern "byt config show" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt config show color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt config path color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the files that are read
  export extern "byt config path" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt config path color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt config help" [
  ]

  # Print every value and where it comes from
  export extern "byt config help show" [
  ]

  # Print the files that are read
  export extern "byt config help path" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt config help help" [
  ]

  def "nu-complete byt completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete byt completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script for a shell
  export extern "byt completions" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt completions color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete byt completions shell" # The shell to complete in
  ]

  def "nu-complete byt man color" [] {
    [ "auto" "always" "never" ]
  }

  # Write the man pages into a folder
  export extern "byt man" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt man color" # When to use colour
    --config: path            # Read this configuration file instead of the usual ones
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    folder: path              # The folder, which exists
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt help" [
  ]

  # Show where every repository stands
  export extern "byt help status" [
  ]

  # Keep a list of what is known of every repository
  export extern "byt help catalog" [
  ]

  # Look at every repository and write the catalog anew
  export extern "byt help catalog refresh" [
  ]

  # List the catalog
  export extern "byt help catalog list" [
  ]

  # Show one repository of the catalog
  export extern "byt help catalog show" [
  ]

  # Show the repository that one stands in
  export extern "byt help current" [
  ]

  # Show the configuration
  export extern "byt help config" [
  ]

  # Print every value and where it comes from
  export extern "byt help config show" [
  ]

  # Print the files that are read
  export extern "byt help config path" [
  ]

  # Print a completion script for a shell
  export extern "byt help completions" [
  ]

  # Write the man pages into a folder
  export extern "byt help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt help help" [
  ]

}

export use completions *
