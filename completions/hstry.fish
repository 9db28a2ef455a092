# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_hstry_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= database= h/help V/version
end

function __fish_hstry_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_hstry_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_hstry_using_subcommand
    set -l cmd (__fish_hstry_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c hstry -n "__fish_hstry_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_needs_command" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_needs_command" -s V -l version -d 'Print version'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "serve" -d 'Serve the history on a Unix socket'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "list" -d 'List conversations, the newest change first'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "show" -d 'Show a conversation'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "search" -d 'Search messages, best first'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "export" -d 'Write conversations as JSON lines or Markdown'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "stats" -d 'Show sizes and counts'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "verify" -d 'Look for damage, and move it aside'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c hstry -n "__fish_hstry_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c hstry -n "__fish_hstry_using_subcommand serve" -l socket -d 'The socket [default: $OQTO_HSTRY_SOCKET, else hstry.sock in the runtime directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand serve" -l idle-timeout -d 'End when nobody was connected for this many seconds' -r
complete -c hstry -n "__fish_hstry_using_subcommand serve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand serve" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand serve" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand serve" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand serve" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand serve" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand list" -l workspace -d 'Only of this workspace' -r
complete -c hstry -n "__fish_hstry_using_subcommand list" -l harness -d 'Only of this harness' -r
complete -c hstry -n "__fish_hstry_using_subcommand list" -l model -d 'Only with this model' -r
complete -c hstry -n "__fish_hstry_using_subcommand list" -l after -d 'Only changed at this time or later (a date, a time, or how long ago: 2d)' -r
complete -c hstry -n "__fish_hstry_using_subcommand list" -l before -d 'Only changed before this time' -r
complete -c hstry -n "__fish_hstry_using_subcommand list" -s l -l limit -d 'At most this many' -r
complete -c hstry -n "__fish_hstry_using_subcommand list" -l cursor -d 'Go on from the `next` of a page before' -r
complete -c hstry -n "__fish_hstry_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand list" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand list" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand list" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand show" -l after -d 'Only entries after this number' -r
complete -c hstry -n "__fish_hstry_using_subcommand show" -s l -l limit -d 'At most this many entries, the newest' -r
complete -c hstry -n "__fish_hstry_using_subcommand show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand show" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand show" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand show" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand search" -l mode -d 'How the words are read' -r -f -a "auto\t''
natural\t''
code\t''"
complete -c hstry -n "__fish_hstry_using_subcommand search" -s l -l limit -d 'At most this many hits' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -l offset -d 'Leave out this many of the best' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -l workspace -d 'Only in this workspace' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -l harness -d 'Only of this harness' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -s r -l role -d 'Only by this role' -r -f -a "user\t''
assistant\t''
system\t''
tool\t''"
complete -c hstry -n "__fish_hstry_using_subcommand search" -l model -d 'Only by this model' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -l conversation -d 'Only in this conversation' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -l after -d 'Only at this time or later (a date, a time, or how long ago: 2d)' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -l before -d 'Only before this time' -r
complete -c hstry -n "__fish_hstry_using_subcommand search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand search" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand search" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand search" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand export" -s f -l format -d 'What to write' -r -f -a "jsonl\t''
markdown\t''"
complete -c hstry -n "__fish_hstry_using_subcommand export" -l workspace -d 'Only of this workspace' -r
complete -c hstry -n "__fish_hstry_using_subcommand export" -s o -l output -d 'Write to this file instead of stdout' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand export" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand export" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand export" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand export" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand export" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand stats" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand stats" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand stats" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand stats" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand stats" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand verify" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand verify" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand verify" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand verify" -l quarantine -d 'Move a damaged database aside and go on with what is whole of it; no service may be running'
complete -c hstry -n "__fish_hstry_using_subcommand verify" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand verify" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand verify" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand completions" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c hstry -n "__fish_hstry_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand man" -l database -d 'The database file [default: $OQTO_HSTRY_DB, else hstry.db in the data directory]' -r -F
complete -c hstry -n "__fish_hstry_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c hstry -n "__fish_hstry_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c hstry -n "__fish_hstry_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c hstry -n "__fish_hstry_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "serve" -d 'Serve the history on a Unix socket'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "list" -d 'List conversations, the newest change first'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "show" -d 'Show a conversation'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "search" -d 'Search messages, best first'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "export" -d 'Write conversations as JSON lines or Markdown'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "stats" -d 'Show sizes and counts'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "verify" -d 'Look for damage, and move it aside'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c hstry -n "__fish_hstry_using_subcommand help; and not __fish_seen_subcommand_from serve list show search export stats verify completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
