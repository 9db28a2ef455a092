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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt ready color" [] {
    [ "auto" "always" "never" ]
  }

  # List the issues that can be begun now, of all repositories
  export extern "byt ready" [
    --limit(-l): string       # At most so many
    --priority(-P): string    # Only of this priority
    --repo: string            # Only of this repository (repeatable)
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt ready color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt memory color" [] {
    [ "auto" "always" "never" ]
  }

  # Search and add memories
  export extern "byt memory" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt memory color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt memory search color" [] {
    [ "auto" "always" "never" ]
  }

  # Find memories, the best first
  export extern "byt memory search" [
    --all(-a)                 # In all repositories below the roots, and in the stores of the person [default: in the repository one stands in, or, where --root names folders, in all below them]
    --repo: string            # In this repository (repeatable)
    --category(-c): string    # Only of this category
    --limit(-l): string       # At most so many
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt memory search color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    question: string          # What to look for, in your own words
  ]

  def "nu-complete byt memory add color" [] {
    [ "auto" "always" "never" ]
  }

  # Remember something in a repository
  export extern "byt memory add" [
    --repo: string            # In this repository [default: the one that one stands in]
    --category(-c): string    # What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word
    --importance(-i): string  # How important it is, 1 to 10
    --tag(-t): string         # A word to find it by (repeatable, or several with commas)
    --duplicate               # Keep it also when the same is known already
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt memory add color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    content: string           # What to remember; `-` reads standard input
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt memory help" [
  ]

  # Find memories, the best first
  export extern "byt memory help search" [
  ]

  # Remember something in a repository
  export extern "byt memory help add" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt memory help help" [
  ]

  def "nu-complete byt sync color" [] {
    [ "auto" "always" "never" ]
  }

  # Carry memories and issues to and from a git remote
  export extern "byt sync" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt sync color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt sync push only" [] {
    [ "issues" "memories" ]
  }

  def "nu-complete byt sync push color" [] {
    [ "auto" "always" "never" ]
  }

  # Give the remote what it lacks
  export extern "byt sync push" [
    --remote: string          # The remote's name or URL [default: that of the branch, else origin, else the only one]
    --branch: string          # The branch of the remote [default: what this branch follows; off a branch the remote's own]
    --only: string@"nu-complete byt sync push only" # Carry only this
    --all(-a)                 # Every repository below the roots [default: the one that one stands in]
    --repo: string            # This repository (repeatable)
    --timeout: string         # Give up after so many seconds
    --message(-m): string     # The message of the commit
    --create                  # Make the branch if the remote lacks it, with nothing but these files
    --follow                  # Move the branch that is checked out along, where it stood at the remote's commit, so that a later `git pull` finds nothing in its way
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt sync push color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt sync pull only" [] {
    [ "issues" "memories" ]
  }

  def "nu-complete byt sync pull color" [] {
    [ "auto" "always" "never" ]
  }

  # Add what is missing here
  export extern "byt sync pull" [
    --remote: string          # The remote's name or URL [default: that of the branch, else origin, else the only one]
    --branch: string          # The branch of the remote [default: what this branch follows; off a branch the remote's own]
    --only: string@"nu-complete byt sync pull only" # Carry only this
    --all(-a)                 # Every repository below the roots [default: the one that one stands in]
    --repo: string            # This repository (repeatable)
    --timeout: string         # Give up after so many seconds
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt sync pull color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt sync status only" [] {
    [ "issues" "memories" ]
  }

  def "nu-complete byt sync status color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what each side lacks of the other
  export extern "byt sync status" [
    --remote: string          # The remote's name or URL [default: that of the branch, else origin, else the only one]
    --branch: string          # The branch of the remote [default: what this branch follows; off a branch the remote's own]
    --only: string@"nu-complete byt sync status only" # Carry only this
    --all(-a)                 # Every repository below the roots [default: the one that one stands in]
    --repo: string            # This repository (repeatable)
    --timeout: string         # Give up after so many seconds
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt sync status color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt sync help" [
  ]

  # Give the remote what it lacks
  export extern "byt sync help push" [
  ]

  # Add what is missing here
  export extern "byt sync help pull" [
  ]

  # Show what each side lacks of the other
  export extern "byt sync help status" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt sync help help" [
  ]

  def "nu-complete byt lint color" [] {
    [ "auto" "always" "never" ]
  }

  # Check every repository against the rules of the catalog
  export extern "byt lint" [
    --repo: string            # Only this repository (repeatable)
    --strict                  # Warnings fail, too
    --rules                   # Only list the rules
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt lint color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt release color" [] {
    [ "auto" "always" "never" ]
  }

  # Plan and check releases; nothing is published, and no tag is set
  export extern "byt release" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt release color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt release plan color" [] {
    [ "auto" "always" "never" ]
  }

  # Say what each repository would release next, and what is to be done for it
  export extern "byt release plan" [
    --repo: string            # Only this repository (repeatable)
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt release plan color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt release check color" [] {
    [ "auto" "always" "never" ]
  }

  # Check that manifests, changelogs, tags and the repositories' needs of each other agree
  export extern "byt release check" [
    --repo: string            # Only this repository (repeatable)
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt release check color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt release help" [
  ]

  # Say what each repository would release next, and what is to be done for it
  export extern "byt release help plan" [
  ]

  # Check that manifests, changelogs, tags and the repositories' needs of each other agree
  export extern "byt release help check" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt release help help" [
  ]

  def "nu-complete byt schemas color" [] {
    [ "auto" "always" "never" ]
  }

  # JSON Schemas of our files, and checks against schemas
  export extern "byt schemas" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt schemas color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt schemas list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the schemas
  export extern "byt schemas list" [
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt schemas list color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt schemas check color" [] {
    [ "auto" "always" "never" ]
  }

  # Check issues, memories and configurations of repositories, and the configurations of byt and sx
  export extern "byt schemas check" [
    --repo: string            # Only this repository (repeatable)
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt schemas check color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete byt schemas export color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a schema, or write all into a folder
  export extern "byt schemas export" [
    --output(-o): path        # Write all (or this one) into this folder
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt schemas export color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    name?: string             # The schema
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt schemas help" [
  ]

  # List the schemas
  export extern "byt schemas help list" [
  ]

  # Check issues, memories and configurations of repositories, and the configurations of byt and sx
  export extern "byt schemas help check" [
  ]

  # Print a schema, or write all into a folder
  export extern "byt schemas help export" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "byt schemas help help" [
  ]

  def "nu-complete byt new color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a project from a template
  export extern "byt new" [
    --var(-D): string         # A value (repeatable)
    --ref: string             # A branch or tag of the template's repository
    --no-git                  # Do not make a git repository of it
    --hooks                   # Run the programs that the template names
    --no-input                # Never ask, also at a terminal
    --show                    # Only show what the template asks for
    --json                    # Print JSON on stdout, errors included
    --quiet(-q)               # Print results and errors only
    --verbose(-v)             # Log more on stderr (repeat for more)
    --color: string@"nu-complete byt new color" # When to use colour
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
    --root: path              # Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]
    --catalog: path           # The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]
    --help(-h)                # Print help (see more with '--help')
    template: string          # A folder, a git URL, or a name of the setting `templates`
    place?: path              # The folder to make; its name is the value `name`
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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
    --directory(-C): path     # Work as if started in this directory; other paths are read from there
    --config: path            # Read this configuration file instead of the usual ones
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

  # List the issues that can be begun now, of all repositories
  export extern "byt help ready" [
  ]

  # Search and add memories
  export extern "byt help memory" [
  ]

  # Find memories, the best first
  export extern "byt help memory search" [
  ]

  # Remember something in a repository
  export extern "byt help memory add" [
  ]

  # Carry memories and issues to and from a git remote
  export extern "byt help sync" [
  ]

  # Give the remote what it lacks
  export extern "byt help sync push" [
  ]

  # Add what is missing here
  export extern "byt help sync pull" [
  ]

  # Show what each side lacks of the other
  export extern "byt help sync status" [
  ]

  # Check every repository against the rules of the catalog
  export extern "byt help lint" [
  ]

  # Plan and check releases; nothing is published, and no tag is set
  export extern "byt help release" [
  ]

  # Say what each repository would release next, and what is to be done for it
  export extern "byt help release plan" [
  ]

  # Check that manifests, changelogs, tags and the repositories' needs of each other agree
  export extern "byt help release check" [
  ]

  # JSON Schemas of our files, and checks against schemas
  export extern "byt help schemas" [
  ]

  # List the schemas
  export extern "byt help schemas list" [
  ]

  # Check issues, memories and configurations of repositories, and the configurations of byt and sx
  export extern "byt help schemas check" [
  ]

  # Print a schema, or write all into a folder
  export extern "byt help schemas export" [
  ]

  # Make a project from a template
  export extern "byt help new" [
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
