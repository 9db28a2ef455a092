# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oqtoctl_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= server= token= h/help V/version
end

function __fish_oqtoctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oqtoctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oqtoctl_using_subcommand
    set -l cmd (__fish_oqtoctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "status" -d 'Show whether the server runs, its runners, and how many sessions there are'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "session" -d 'List, show, answer, budget, stop, resume and delete sessions'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "sessions" -d 'Find sessions by their title, their workspace, or what was said in them'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "ask" -d 'Ask an agent, and print its answer'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "doctor" -d 'Find out what is wrong, and how to mend it'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c oqtoctl -n "__fish_oqtoctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand status" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "list" -d 'List sessions, the last used first'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "get" -d 'Show a session'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "stop" -d 'End a session\'s agent; the session stays and can be resumed'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "resume" -d 'Start a session\'s agent again'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "answer" -d 'Answer what a session\'s agent asks'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "budget" -d 'Show or change what a session may cost'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "delete" -d 'Delete a session with its whole history'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and not __fish_seen_subcommand_from list get stop resume answer budget delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -l workspace -d 'Only of this workspace' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -s l -l limit -d 'At most this many of each runner' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from stop" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from resume" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -l question -d 'Which question, where several are open' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from answer" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -l usd -d 'US dollars that it may cost, or "unlimited"' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -l tokens -d 'Tokens that it may use, read and written, or "unlimited"' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from budget" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Delete without asking'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "list" -d 'List sessions, the last used first'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show a session'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "stop" -d 'End a session\'s agent; the session stays and can be resumed'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "resume" -d 'Start a session\'s agent again'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "answer" -d 'Answer what a session\'s agent asks'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "budget" -d 'Show or change what a session may cost'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a session with its whole history'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -l workspace -d 'Only of this workspace' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -s l -l limit -d 'At most this many sessions, and this many messages' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand sessions" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -s t -l timeout -d 'Wait at most this long; the turn goes on without this command then (exit code 124)' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -l workspace -d 'The workspace that @@main is taken from, instead of the runner\'s home' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -s s -l stream -d 'Print what the agent says as it says it'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand ask" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand completions" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -l server -d 'Talk to the server at this address, instead of your own on this machine' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -l token -d 'The credential for --server; `oqto token` prints one' -r
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand man" -s V -l version -d 'Print version'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "status" -d 'Show whether the server runs, its runners, and how many sessions there are'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "session" -d 'List, show, answer, budget, stop, resume and delete sessions'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "sessions" -d 'Find sessions by their title, their workspace, or what was said in them'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "ask" -d 'Ask an agent, and print its answer'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "doctor" -d 'Find out what is wrong, and how to mend it'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and not __fish_seen_subcommand_from status session sessions ask doctor completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "list" -d 'List sessions, the last used first'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "get" -d 'Show a session'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "stop" -d 'End a session\'s agent; the session stays and can be resumed'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "resume" -d 'Start a session\'s agent again'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "answer" -d 'Answer what a session\'s agent asks'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "budget" -d 'Show or change what a session may cost'
complete -c oqtoctl -n "__fish_oqtoctl_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "delete" -d 'Delete a session with its whole history'
