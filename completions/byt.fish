# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_byt_global_optspecs
    string join \n json q/quiet v/verbose color= config= C/directory= root= catalog= h/help V/version
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
complete -c byt -n "__fish_byt_needs_command" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_needs_command" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_needs_command" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_needs_command" -s V -l version -d 'Print version'
complete -c byt -n "__fish_byt_needs_command" -f -a "status" -d 'Show where every repository stands'
complete -c byt -n "__fish_byt_needs_command" -f -a "catalog" -d 'Keep a list of what is known of every repository'
complete -c byt -n "__fish_byt_needs_command" -f -a "current" -d 'Show the repository that one stands in'
complete -c byt -n "__fish_byt_needs_command" -f -a "config" -d 'Show the configuration'
complete -c byt -n "__fish_byt_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c byt -n "__fish_byt_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c byt -n "__fish_byt_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand status" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand status" -l dirty -d 'Only repositories with changes that are not committed'
complete -c byt -n "__fish_byt_using_subcommand status" -l stale -d 'Only repositories without a commit for `stale_days`'
complete -c byt -n "__fish_byt_using_subcommand status" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand status" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand status" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and not __fish_seen_subcommand_from refresh list show help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
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
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand catalog; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
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
complete -c byt -n "__fish_byt_using_subcommand current" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand current" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand current" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand current" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand current" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
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
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand config; and __fish_seen_subcommand_from path" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
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
complete -c byt -n "__fish_byt_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c byt -n "__fish_byt_using_subcommand man" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -l root -d 'Look for repositories below this folder (repeatable) [default: `roots` of the configuration, else here]' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -l catalog -d 'The catalog file [default: `catalog_path` of the configuration, else CATALOG.json in the data directory]' -r -F
complete -c byt -n "__fish_byt_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c byt -n "__fish_byt_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c byt -n "__fish_byt_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c byt -n "__fish_byt_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status catalog current config completions man help" -f -a "status" -d 'Show where every repository stands'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status catalog current config completions man help" -f -a "catalog" -d 'Keep a list of what is known of every repository'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status catalog current config completions man help" -f -a "current" -d 'Show the repository that one stands in'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status catalog current config completions man help" -f -a "config" -d 'Show the configuration'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status catalog current config completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status catalog current config completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c byt -n "__fish_byt_using_subcommand help; and not __fish_seen_subcommand_from status catalog current config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "refresh" -d 'Look at every repository and write the catalog anew'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "list" -d 'List the catalog'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "show" -d 'Show one repository of the catalog'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every value and where it comes from'
complete -c byt -n "__fish_byt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the files that are read'
