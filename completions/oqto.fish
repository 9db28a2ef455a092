# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oqto_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= config= h/help V/version
end

function __fish_oqto_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oqto_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oqto_using_subcommand
    set -l cmd (__fish_oqto_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oqto -n "__fish_oqto_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_needs_command" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_needs_command" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "serve" -d 'Start the server'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "link" -d 'Print a fresh sign-in link of the running server'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "token" -d 'Print a fresh credential for scripts that use the server over HTTP'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "init" -d 'Write a configuration file in which everything is explained and nothing is changed'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "config" -d 'Show the configuration'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c oqto -n "__fish_oqto_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqto -n "__fish_oqto_using_subcommand serve" -l listen -d 'Address and port to listen on' -r
complete -c oqto -n "__fish_oqto_using_subcommand serve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand serve" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand serve" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand serve" -l demo -d 'Use the built-in demo model although a provider is connected'
complete -c oqto -n "__fish_oqto_using_subcommand serve" -l gateway -d 'Let agents ask for models through eavs, which is started on demand with the keys found in the environment'
complete -c oqto -n "__fish_oqto_using_subcommand serve" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand serve" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand serve" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand serve" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand link" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand link" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand link" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand link" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand link" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand link" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand link" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand link" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand token" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand token" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand token" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand token" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand token" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand token" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand token" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand init" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand init" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand init" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand init" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand init" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand init" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "show" -d 'Every value in force, and where it comes from'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "path" -d 'The files that are read, the later winning'
complete -c oqto -n "__fish_oqto_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from path" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Every value in force, and where it comes from'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'The files that are read, the later winning'
complete -c oqto -n "__fish_oqto_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqto -n "__fish_oqto_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand completions" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto -n "__fish_oqto_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand man" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto -n "__fish_oqto_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto -n "__fish_oqto_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c oqto -n "__fish_oqto_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto -n "__fish_oqto_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto -n "__fish_oqto_using_subcommand man" -s V -l version -d 'Print version'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "serve" -d 'Start the server'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "link" -d 'Print a fresh sign-in link of the running server'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "token" -d 'Print a fresh credential for scripts that use the server over HTTP'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "init" -d 'Write a configuration file in which everything is explained and nothing is changed'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "config" -d 'Show the configuration'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c oqto -n "__fish_oqto_using_subcommand help; and not __fish_seen_subcommand_from serve link token init config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqto -n "__fish_oqto_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Every value in force, and where it comes from'
complete -c oqto -n "__fish_oqto_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'The files that are read, the later winning'
