# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oqto_runner_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= config= stdio state= h/help V/version
end

function __fish_oqto_runner_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oqto_runner_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oqto_runner_using_subcommand
    set -l cmd (__fish_oqto_runner_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -l state -d 'With --stdio: be a private runner that keeps everything in this directory' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -l stdio -d 'Speak for one script on stdin and stdout, and end with it'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -s V -l version -d 'Print version'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -f -a "serve" -d 'Be the daemon'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -f -a "connect" -d 'Join stdin and stdout to the daemon, starting it if it is not there'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -f -a "config" -d 'Show what the runner is told, and where each value comes from'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c oqto-runner -n "__fish_oqto_runner_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -s q -l quiet -d 'Print results and errors only'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand serve" -s V -l version -d 'Print version'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -s q -l quiet -d 'Print results and errors only'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand connect" -s V -l version -d 'Print version'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -l init -d 'Write a file with every setting explained, where there is none'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -s q -l quiet -d 'Print results and errors only'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand config" -s V -l version -d 'Print version'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand completions" -s V -l version -d 'Print version'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand man" -s V -l version -d 'Print version'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand help; and not __fish_seen_subcommand_from serve connect config completions man help" -f -a "serve" -d 'Be the daemon'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand help; and not __fish_seen_subcommand_from serve connect config completions man help" -f -a "connect" -d 'Join stdin and stdout to the daemon, starting it if it is not there'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand help; and not __fish_seen_subcommand_from serve connect config completions man help" -f -a "config" -d 'Show what the runner is told, and where each value comes from'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand help; and not __fish_seen_subcommand_from serve connect config completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand help; and not __fish_seen_subcommand_from serve connect config completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c oqto-runner -n "__fish_oqto_runner_using_subcommand help; and not __fish_seen_subcommand_from serve connect config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
