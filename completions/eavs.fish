# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_eavs_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= config= socket= database= h/help V/version
end

function __fish_eavs_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_eavs_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_eavs_using_subcommand
    set -l cmd (__fish_eavs_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c eavs -n "__fish_eavs_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_needs_command" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_needs_command" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_needs_command" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_needs_command" -s V -l version -d 'Print version'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "serve" -d 'Serve on a loopback address and on the admin socket'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "keys" -d 'Make, list, show and revoke virtual keys'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "usage" -d 'Show what was used: tokens and cost'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "logs" -d 'Show single requests'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "models" -d 'Show models, what they can do and what they cost'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "providers" -d 'Show the providers that are configured'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "policy" -d 'Try the policy of the configuration'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "config" -d 'Check and show the configuration'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "init" -d 'Write a configuration file in which everything is explained and nothing is changed'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "doctor" -d 'Look for what keeps the gateway from working'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand serve" -l listen -d 'A loopback address and a port, 0 for any free one [default: 127.0.0.1:3033]' -r
complete -c eavs -n "__fish_eavs_using_subcommand serve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand serve" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand serve" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand serve" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand serve" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand serve" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand serve" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand serve" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -f -a "create" -d 'Make a key and print it: it is shown this once'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -f -a "list" -d 'List keys, the oldest first'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -f -a "show" -d 'Show one key and what it used'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -f -a "revoke" -d 'Make a key worthless at once'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and not __fish_seen_subcommand_from create list show revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l name -d 'What people call it' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l owner -d 'Whose it is' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l session -d 'The session that it is for' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l label -d 'Anything else to find its use by' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l budget -d 'US dollars that it may cost in each window' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l budget-tokens -d 'Tokens that it may use in each window, read and written' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l window -d 'How often its budgets begin anew, in UTC' -r -f -a "total\t'Never'
daily\t'At midnight'
weekly\t'On Sunday'
monthly\t'On the first'"
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l rpm -d 'Requests a minute' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l tpm -d 'Tokens a minute, read and written' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l expires -d 'When it ends: a time such as 2026-12-31T12:00:00Z, or from now on: 30m, 8h, 7d' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l model -d 'A model that it may use, as MODEL or PROVIDER/MODEL, with * for any text; all without this' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l block -d 'A model that it may not use' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l provider -d 'A provider that it may use; all without this' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l account -d 'The account of providers that it is bound to' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l all -d 'Also those that are revoked or expired'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a key and print it: it is shown this once'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "list" -d 'List keys, the oldest first'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one key and what it used'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Make a key worthless at once'
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l by -d 'What the sums are of' -r -f -a "day\t'Each day, in UTC'
key\t'Each key'
owner\t'Each owner of keys'
session\t'Each session'
model\t'Each model'
provider\t'Each provider'"
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l days -d 'Only the last so many days, this one included' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l key -d 'Only what this key used, by its id or name' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -f -a "tail" -d 'Show the last requests, the newest last'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s n -l lines -d 'How many' -r
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l key -d 'Only those of this key, by its id or name' -r
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from help" -f -a "tail" -d 'Show the last requests, the newest last'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'List the models of the configured providers'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Show one model'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l all -d 'The whole catalog, whatever is configured'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the models of the configured providers'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one model'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -f -a "list" -d 'List providers, where they are, and whether they have a key'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from help" -f -a "list" -d 'List providers, where they are, and whether they have a key'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -f -a "test" -d 'Show what becomes of a request, without sending it'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and not __fish_seen_subcommand_from test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l api -d 'The API that it is for' -r -f -a "chat\t'OpenAI chat completions'
responses\t'OpenAI responses'
embeddings\t'OpenAI embeddings'
messages\t'Anthropic messages'
generate\t'Google generateContent'"
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l provider -d 'The provider that it would go to' -r
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l model -d 'The provider\'s name of the model [default: the one in the request]' -r
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l key -d 'The name or the id of the key that it would come with' -r
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "test" -d 'Show what becomes of a request, without sending it'
complete -c eavs -n "__fish_eavs_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -f -a "check" -d 'Say what of it cannot work'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -f -a "show" -d 'Print every value and where it comes from, secrets hidden'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -f -a "path" -d 'Print the files that are read'
complete -c eavs -n "__fish_eavs_using_subcommand config; and not __fish_seen_subcommand_from check show path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say what of it cannot work'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print every value and where it comes from, secrets hidden'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the files that are read'
complete -c eavs -n "__fish_eavs_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand init" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand init" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand init" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand init" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand init" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand init" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand init" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand completions" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand completions" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand man" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand man" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand man" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "serve" -d 'Serve on a loopback address and on the admin socket'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "keys" -d 'Make, list, show and revoke virtual keys'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "usage" -d 'Show what was used: tokens and cost'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "logs" -d 'Show single requests'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "models" -d 'Show models, what they can do and what they cost'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "providers" -d 'Show the providers that are configured'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "policy" -d 'Try the policy of the configuration'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "config" -d 'Check and show the configuration'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "init" -d 'Write a configuration file in which everything is explained and nothing is changed'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "doctor" -d 'Look for what keeps the gateway from working'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys usage logs models providers policy config init doctor completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "create" -d 'Make a key and print it: it is shown this once'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "list" -d 'List keys, the oldest first'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "show" -d 'Show one key and what it used'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "revoke" -d 'Make a key worthless at once'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from logs" -f -a "tail" -d 'Show the last requests, the newest last'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "list" -d 'List the models of the configured providers'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "show" -d 'Show one model'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from providers" -f -a "list" -d 'List providers, where they are, and whether they have a key'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "test" -d 'Show what becomes of a request, without sending it'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Say what of it cannot work'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every value and where it comes from, secrets hidden'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the files that are read'
