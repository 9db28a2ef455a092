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
complete -c eavs -n "__fish_eavs_needs_command" -f -a "env" -d 'Print the variables by which SDKs and agents find the gateway'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "usage" -d 'Show what was used: tokens and cost'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "quotas" -d 'Show what providers say is left of their limits'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "logs" -d 'Show single requests'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "models" -d 'Show models, what they can do and what they cost'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "providers" -d 'Show, try and change the providers of the configuration'
complete -c eavs -n "__fish_eavs_needs_command" -f -a "accounts" -d 'Keep keys and logins of providers, sealed'
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
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from create" -l rpd -d 'Requests a day, in UTC' -r
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
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l state -d 'Only those that stand so [default: valid]' -r -f -a "valid\t'It may be used'
expired\t'Its time is over'
revoked\t'It was revoked'"
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l owner -d 'Only those of this owner' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l session -d 'Only those of this session' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l label -d 'Only those with this label' -r
complete -c eavs -n "__fish_eavs_using_subcommand keys; and __fish_seen_subcommand_from list" -l name -d 'Only those with this in their name' -r
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
complete -c eavs -n "__fish_eavs_using_subcommand env" -l key -d 'The text of a key, or - to read it from stdin, where nobody can see it among the processes' -r
complete -c eavs -n "__fish_eavs_using_subcommand env" -l new -d 'Make a key with this name for it' -r
complete -c eavs -n "__fish_eavs_using_subcommand env" -l owner -d 'Whose the new key is' -r
complete -c eavs -n "__fish_eavs_using_subcommand env" -l base-url -d 'Where clients reach the gateway [default: where it answers, else where the configuration says]' -r
complete -c eavs -n "__fish_eavs_using_subcommand env" -l write -d 'Write a file that only you can read, in the place of one that is there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand env" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand env" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand env" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand env" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand env" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand env" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand env" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand env" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l by -d 'What the sums are of' -r -f -a "day\t'Each day, in UTC'
key\t'Each key'
owner\t'Each owner of keys'
session\t'Each session'
model\t'Each model'
provider\t'Each provider'
account\t'Each account of a provider'
label\t'Each value of a label of keys, which --label names'
outcome\t'Each way in which requests ended'"
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l label -d 'The label whose values the sums are of' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l days -d 'Only the last so many days, this one included' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l since -d 'Only from here on: a day, a time, or so long ago: 2026-11-01, 2026-11-21T12:00:00Z, 24h, 7d' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l until -d 'Only before this, in the same forms' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l key -d 'Only what this key used, by its id or name' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l owner -d 'Only what keys of this owner used' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l session -d 'Only what keys of this session used' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l provider -d 'Only requests to this provider' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l model -d 'Only models with this in PROVIDER/MODEL' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l account -d 'Only requests by accounts of this label' -r
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l csv -d 'Print comma-separated values with a heading'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand usage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -l provider -d 'Only those of this provider' -r
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -l account -d 'Only those of this account' -r
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand quotas" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -f -a "tail" -d 'Show the last requests, the newest last'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -f -a "show" -d 'Show one request, and what was said in it where that is kept'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and not __fish_seen_subcommand_from tail show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s n -l lines -d 'How many' -r
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l key -d 'Only those of this key, by its id or name' -r
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l model -d 'Only those of models with this in PROVIDER/MODEL' -r
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l session -d 'Only those of keys of this session' -r
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s f -l follow -d 'Go on with every request that ends from now on'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l errors -d 'Only those that failed or were refused'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from tail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from help" -f -a "tail" -d 'Show the last requests, the newest last'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one request, and what was said in it where that is kept'
complete -c eavs -n "__fish_eavs_using_subcommand logs; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -f -a "list" -d 'List the models of the configured providers'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -f -a "show" -d 'Show one model'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -f -a "update" -d 'Take a newer catalog of models and prices'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -f -a "pi" -d 'Put the models into Pi\'s list of models'
complete -c eavs -n "__fish_eavs_using_subcommand models; and not __fish_seen_subcommand_from list show update pi help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l provider -d 'Only those of this provider' -r
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l can -d 'Only those that can do this' -r -f -a "thinks\t'It thinks before it answers'
tools\t'It can call tools'
images\t'It can be given pictures'
pdf\t'It can be given PDF documents'
audio\t'It can be given sound'"
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l max-price -d 'Only those whose output costs at most so many US dollars for a million tokens' -r
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from list" -l min-context -d 'Only those with at least so many tokens of context' -r
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
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -l from -d 'A file, - for stdin, or an address' -r
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -l check -d 'Only say what would change'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l write -d 'Write the file, which is Pi\'s own where no other is named' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l base-url -d 'Where Pi reaches the gateway [default: the address it is configured to listen on]' -r
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l print -d 'Print the whole file as it would be'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from pi" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the models of the configured providers'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one model'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "update" -d 'Take a newer catalog of models and prices'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "pi" -d 'Put the models into Pi\'s list of models'
complete -c eavs -n "__fish_eavs_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -f -a "list" -d 'List providers, where they are, and whether they have a key'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -f -a "add" -d 'Add a provider to the configuration file; comments stay'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -f -a "test" -d 'Ask every account of the providers for the models, which needs the key and costs nothing'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -f -a "remove" -d 'Take a provider out of the configuration file; comments stay'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and not __fish_seen_subcommand_from list add test remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l kind -d 'What it is [default: the kind of this name]' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l base-url -d 'Its address with the version [default: the one that it publishes]' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l api-key-env -d 'The variable with its key [default: the usual one, where that is set]' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l api-version -d 'Azure\'s api-version' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l ca-file -d 'A file of certificates that are trusted beside those of the system' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l max-concurrent -d 'Requests at the same time' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l model -d 'A model that it may be asked for; all that are known without this' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l oauth-client-id -d 'The name under which you registered this program there' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l oauth-token-url -d 'Where tokens are given' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l oauth-authorize-url -d 'Where a person allows it, in a browser' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l oauth-device-url -d 'Where a login on another device begins' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l oauth-scope -d 'What is asked for' -r
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from help" -f -a "list" -d 'List providers, where they are, and whether they have a key'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a provider to the configuration file; comments stay'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from help" -f -a "test" -d 'Ask every account of the providers for the models, which needs the key and costs nothing'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Take a provider out of the configuration file; comments stay'
complete -c eavs -n "__fish_eavs_using_subcommand providers; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -f -a "add" -d 'Keep a key that a provider gave you'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -f -a "login" -d 'Log in to a provider that lets programs of others do so, or keep a key where it does not'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -f -a "list" -d 'List accounts, those of the configuration too'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -f -a "remove" -d 'Forget an account'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and not __fish_seen_subcommand_from add login list remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l label -d 'What to call the account; virtual keys are bound by it (`eavs keys create --account LABEL`)' -r
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l weight -d 'Its part of the requests, in relation to those of the provider\'s other accounts' -r
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l replace -d 'In place of an account of this label that is kept already'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l api-key-stdin -d 'Read the key from stdin'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l label -d 'What to call the account; virtual keys are bound by it (`eavs keys create --account LABEL`)' -r
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l weight -d 'Its part of the requests, in relation to those of the provider\'s other accounts' -r
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l timeout -d 'Seconds to wait until it is allowed' -r
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l replace -d 'In place of an account of this label that is kept already'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l api-key-stdin -d 'Read a key from stdin'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l device -d 'With a code that is typed on another device'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l browser -d 'With a browser on this machine'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -l provider -d 'Of this provider alone' -r
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l label -d 'The label of the account' -r
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l socket -d 'The admin socket [default: $EAVS_SOCKET, else eavs.sock in the runtime directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l database -d 'The database of keys and use [default: $EAVS_DB, else eavs.db in the data directory]' -r -F
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON on stdout, errors included'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print results and errors only'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "add" -d 'Keep a key that a provider gave you'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "login" -d 'Log in to a provider that lets programs of others do so, or keep a key where it does not'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "list" -d 'List accounts, those of the configuration too'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Forget an account'
complete -c eavs -n "__fish_eavs_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "serve" -d 'Serve on a loopback address and on the admin socket'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "keys" -d 'Make, list, show and revoke virtual keys'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "env" -d 'Print the variables by which SDKs and agents find the gateway'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "usage" -d 'Show what was used: tokens and cost'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "quotas" -d 'Show what providers say is left of their limits'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "logs" -d 'Show single requests'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "models" -d 'Show models, what they can do and what they cost'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "providers" -d 'Show, try and change the providers of the configuration'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "accounts" -d 'Keep keys and logins of providers, sealed'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "policy" -d 'Try the policy of the configuration'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "config" -d 'Check and show the configuration'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "init" -d 'Write a configuration file in which everything is explained and nothing is changed'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "doctor" -d 'Look for what keeps the gateway from working'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c eavs -n "__fish_eavs_using_subcommand help; and not __fish_seen_subcommand_from serve keys env usage quotas logs models providers accounts policy config init doctor completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "create" -d 'Make a key and print it: it is shown this once'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "list" -d 'List keys, the oldest first'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "show" -d 'Show one key and what it used'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "revoke" -d 'Make a key worthless at once'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from logs" -f -a "tail" -d 'Show the last requests, the newest last'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from logs" -f -a "show" -d 'Show one request, and what was said in it where that is kept'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "list" -d 'List the models of the configured providers'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "show" -d 'Show one model'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "update" -d 'Take a newer catalog of models and prices'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "pi" -d 'Put the models into Pi\'s list of models'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from providers" -f -a "list" -d 'List providers, where they are, and whether they have a key'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from providers" -f -a "add" -d 'Add a provider to the configuration file; comments stay'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from providers" -f -a "test" -d 'Ask every account of the providers for the models, which needs the key and costs nothing'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from providers" -f -a "remove" -d 'Take a provider out of the configuration file; comments stay'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from accounts" -f -a "add" -d 'Keep a key that a provider gave you'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from accounts" -f -a "login" -d 'Log in to a provider that lets programs of others do so, or keep a key where it does not'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from accounts" -f -a "list" -d 'List accounts, those of the configuration too'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from accounts" -f -a "remove" -d 'Forget an account'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "test" -d 'Show what becomes of a request, without sending it'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Say what of it cannot work'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every value and where it comes from, secrets hidden'
complete -c eavs -n "__fish_eavs_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the files that are read'
