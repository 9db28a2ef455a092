# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_byt_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= config= root= catalog= h/help V/version
end

function __fish_byt_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_byt_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_byt_using_subcommand
    set -l cmd (__fish_byt_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c byt -n "__fish_byt_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_needs_command" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_needs_command" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_needs_command" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_needs_command" -s V -l version -d 'Print version'
complete -c byt -n "__fish_byt_needs_command" -f -a "status" -d 'Show where every repository stands'
complete -c byt -n "__fish_byt_needs_command" -f -a "ready" -d 'List the issues that can be begun now, of all repositories'
complete -c byt -n "__fish_byt_needs_command" -f -a "memory" -d 'Search and add memories'
complete -c byt -n "__fish_byt_needs_command" -f -a "sync" -d 'Carry memories and issues to and from a git remote'
complete -c byt -n "__fish_byt_needs_command" -f -a "lint" -d 'Check every repository against the rules of the catalog'
complete -c byt -n "__fish_byt_needs_command" -f -a "release" -d 'Plan and check releases; nothing is published, and no tag is set'
complete -c byt -n "__fish_byt_needs_command" -f -a "schemas" -d 'JSON Schemas of our files, and checks against schemas'
complete -c byt -n "__fish_byt_needs_command" -f -a "new" -d 'Make a project from a template'
complete -c byt -n "__fish_byt_needs_command" -f -a "catalog" -d 'Keep a list of what is known of every repository'
complete -c byt -n "__fish_byt_needs_command" -f -a "current" -d 'Show the repository that one stands in'
complete -c byt -n "__fish_byt_needs_command" -f -a "config" -d 'Show the configuration'
complete -c byt -n "__fish_byt_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c byt -n "__fish_byt_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c byt -n "__fish_byt_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand status" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -l dirty -d 'Only repositories with changes that are not committed'
complete -c byt -n "__fish_byt_using_subcommand status" -l stale -d 'Only repositories without a commit for `stale_days`'
complete -c byt -n "__fish_byt_using_subcommand status" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand status" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand status" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand ready" -s l -l limit -d 'At most so many' -r
complete -c byt -n "__fish_byt_using_subcommand ready" -s P -l priority -d 'Only of this priority' -r
complete -c byt -n "__fish_byt_using_subcommand ready" -l repo -d 'Only of this repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand ready" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand ready" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand ready" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand ready" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand ready" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand ready" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand ready" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand ready" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand ready" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -f -a "search" -d 'Find memories, the best first'
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -f -a "add" -d 'Remember something in a repository'
complete -c byt -n "__fish_byt_using_subcommand memory; and not __fish_seen_subcommand_from search add help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -l repo -d 'In this repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -s c -l category -d 'Only of this category' -r
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -s l -l limit -d 'At most so many' -r
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -s a -l all -d 'In all repositories below the roots, and in the stores of the person [default: in the repository one stands in, or, where --root names folders, in all below them]'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -l repo -d 'In this repository [default: the one that one stands in]' -r
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -s c -l category -d 'What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word' -r
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -s i -l importance -d 'How important it is, 1 to 10' -r
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -s t -l tag -d 'A word to find it by (repeatable, or several with commas)' -r
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -l duplicate -d 'Keep it also when the same is known already'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "search" -d 'Find memories, the best first'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "add" -d 'Remember something in a repository'
complete -c byt -n "__fish_byt_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -f -a "push" -d 'Give the remote what it lacks'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -f -a "pull" -d 'Add what is missing here'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -f -a "status" -d 'Show what each side lacks of the other'
complete -c byt -n "__fish_byt_using_subcommand sync; and not __fish_seen_subcommand_from push pull status help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l remote -d 'The remote\'s name or URL [default: that of the branch, else origin, else the only one]' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l branch -d 'The branch of the remote [default: what this branch follows; off a branch the remote\'s own]' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l only -d 'Carry only this' -r -f -a "issues\t'`.trx/`'
memories\t'`.mmry/`'"
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l repo -d 'This repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l timeout -d 'Give up after so many seconds' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -s m -l message -d 'The message of the commit' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -s a -l all -d 'Every repository below the roots [default: the one that one stands in]'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l create -d 'Make the branch if the remote lacks it, with nothing but these files'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l follow -d 'Move the branch that is checked out along, where it stood at the remote\'s commit, so that a later `git pull` finds nothing in its way'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l remote -d 'The remote\'s name or URL [default: that of the branch, else origin, else the only one]' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l branch -d 'The branch of the remote [default: what this branch follows; off a branch the remote\'s own]' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l only -d 'Carry only this' -r -f -a "issues\t'`.trx/`'
memories\t'`.mmry/`'"
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l repo -d 'This repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l timeout -d 'Give up after so many seconds' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -s a -l all -d 'Every repository below the roots [default: the one that one stands in]'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from pull" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l remote -d 'The remote\'s name or URL [default: that of the branch, else origin, else the only one]' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l branch -d 'The branch of the remote [default: what this branch follows; off a branch the remote\'s own]' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l only -d 'Carry only this' -r -f -a "issues\t'`.trx/`'
memories\t'`.mmry/`'"
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l repo -d 'This repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l timeout -d 'Give up after so many seconds' -r
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -s a -l all -d 'Every repository below the roots [default: the one that one stands in]'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from help" -f -a "push" -d 'Give the remote what it lacks'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from help" -f -a "pull" -d 'Add what is missing here'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show what each side lacks of the other'
complete -c byt -n "__fish_byt_using_subcommand sync; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand lint" -l repo -d 'Only this repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand lint" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand lint" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand lint" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand lint" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand lint" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand lint" -l strict -d 'Warnings fail, too'
complete -c byt -n "__fish_byt_using_subcommand lint" -l rules -d 'Only list the rules'
complete -c byt -n "__fish_byt_using_subcommand lint" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand lint" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand lint" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -f -a "plan" -d 'Say what each repository would release next, and what is to be done for it'
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -f -a "check" -d 'Check that manifests, changelogs, tags and the repositories\' needs of each other agree'
complete -c byt -n "__fish_byt_using_subcommand release; and not __fish_seen_subcommand_from plan check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -l repo -d 'Only this repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -l repo -d 'Only this repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "plan" -d 'Say what each repository would release next, and what is to be done for it'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check that manifests, changelogs, tags and the repositories\' needs of each other agree'
complete -c byt -n "__fish_byt_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -f -a "list" -d 'List the schemas'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -f -a "check" -d 'Check issues, memories and configurations of repositories, and the configurations of byt and sx'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -f -a "export" -d 'Print a schema, or write all into a folder'
complete -c byt -n "__fish_byt_using_subcommand schemas; and not __fish_seen_subcommand_from list check export help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -l repo -d 'Only this repository (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -s o -l output -d 'Write all (or this one) into this folder' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the schemas'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check issues, memories and configurations of repositories, and the configurations of byt and sx'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print a schema, or write all into a folder'
complete -c byt -n "__fish_byt_using_subcommand schemas; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand new" -s D -l var -d 'A value (repeatable)' -r
complete -c byt -n "__fish_byt_using_subcommand new" -l ref -d 'A branch or tag of the template\'s repository' -r
complete -c byt -n "__fish_byt_using_subcommand new" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand new" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand new" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand new" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand new" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand new" -l no-git -d 'Do not make a git repository of it'
complete -c byt -n "__fish_byt_using_subcommand new" -l hooks -d 'Run the programs that the template names'
complete -c byt -n "__fish_byt_using_subcommand new" -l no-input -d 'Never ask, also at a terminal'
complete -c byt -n "__fish_byt_using_subcommand new" -l show -d 'Only show what the template asks for'
complete -c byt -n "__fish_byt_using_subcommand new" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand new" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand new" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -f -a "refresh" -d 'Look at every repository and write the catalog anew'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -f -a "list" -d 'List the catalog'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -f -a "show" -d 'Show one repository of the catalog'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from help" -f -a "refresh" -d 'Look at every repository and write the catalog anew'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the catalog'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one repository of the catalog'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand current" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand current" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand current" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand current" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand current" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "show" -d 'Print every value and where it comes from'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "path" -d 'Print the files that are read'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print every value and where it comes from'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the files that are read'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "status" -d 'Show where every repository stands'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "ready" -d 'List the issues that can be begun now, of all repositories'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "memory" -d 'Search and add memories'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "sync" -d 'Carry memories and issues to and from a git remote'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "lint" -d 'Check every repository against the rules of the catalog'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "release" -d 'Plan and check releases; nothing is published, and no tag is set'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "schemas" -d 'JSON Schemas of our files, and checks against schemas'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "new" -d 'Make a project from a template'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "catalog" -d 'Keep a list of what is known of every repository'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "current" -d 'Show the repository that one stands in'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "config" -d 'Show the configuration'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status ready memory sync lint release schemas new catalog current config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "search" -d 'Find memories, the best first'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "add" -d 'Remember something in a repository'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from sync" -f -a "push" -d 'Give the remote what it lacks'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from sync" -f -a "pull" -d 'Add what is missing here'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from sync" -f -a "status" -d 'Show what each side lacks of the other'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "plan" -d 'Say what each repository would release next, and what is to be done for it'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "check" -d 'Check that manifests, changelogs, tags and the repositories\' needs of each other agree'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from schemas" -f -a "list" -d 'List the schemas'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from schemas" -f -a "check" -d 'Check issues, memories and configurations of repositories, and the configurations of byt and sx'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from schemas" -f -a "export" -d 'Print a schema, or write all into a folder'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "refresh" -d 'Look at every repository and write the catalog anew'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "list" -d 'List the catalog'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "show" -d 'Show one repository of the catalog'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every value and where it comes from'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the files that are read'
