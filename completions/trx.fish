# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_trx_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= h/help V/version
end

function __fish_trx_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_trx_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_trx_using_subcommand
    set -l cmd (__fish_trx_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c trx -n "__fish_trx_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_needs_command" -s V -l version -d 'Print version'
complete -c trx -n "__fish_trx_needs_command" -f -a "init" -d 'Make a store here'
complete -c trx -n "__fish_trx_needs_command" -f -a "create" -d 'Make an issue'
complete -c trx -n "__fish_trx_needs_command" -f -a "create-many" -d 'Make many issues at once, all or none'
complete -c trx -n "__fish_trx_needs_command" -f -a "list" -d 'List issues'
complete -c trx -n "__fish_trx_needs_command" -f -a "show" -d 'Show issues'
complete -c trx -n "__fish_trx_needs_command" -f -a "update" -d 'Change fields of an issue'
complete -c trx -n "__fish_trx_needs_command" -f -a "close" -d 'Close issues'
complete -c trx -n "__fish_trx_needs_command" -f -a "reopen" -d 'Open closed or deleted issues again'
complete -c trx -n "__fish_trx_needs_command" -f -a "delete" -d 'Delete issues; `reopen` brings them back'
complete -c trx -n "__fish_trx_needs_command" -f -a "ready" -d 'List what can be begun now'
complete -c trx -n "__fish_trx_needs_command" -f -a "claim" -d 'Take an issue for some time, so that nobody else begins it'
complete -c trx -n "__fish_trx_needs_command" -f -a "release" -d 'Give claims up'
complete -c trx -n "__fish_trx_needs_command" -f -a "dep" -d 'Say what waits for what'
complete -c trx -n "__fish_trx_needs_command" -f -a "search" -d 'Find issues by text'
complete -c trx -n "__fish_trx_needs_command" -f -a "label" -d 'Add and remove labels'
complete -c trx -n "__fish_trx_needs_command" -f -a "assign" -d 'Say who is to do it'
complete -c trx -n "__fish_trx_needs_command" -f -a "comment" -d 'Add a remark'
complete -c trx -n "__fish_trx_needs_command" -f -a "sync" -d 'Commit the store, and only the store'
complete -c trx -n "__fish_trx_needs_command" -f -a "import" -d 'Take in issues of beads or of another store'
complete -c trx -n "__fish_trx_needs_command" -f -a "export" -d 'Write all issues as Markdown, JSON, or lines'
complete -c trx -n "__fish_trx_needs_command" -f -a "history" -d 'Show what happened to an issue'
complete -c trx -n "__fish_trx_needs_command" -f -a "log" -d 'Show what happened'
complete -c trx -n "__fish_trx_needs_command" -f -a "stats" -d 'Count issues'
complete -c trx -n "__fish_trx_needs_command" -f -a "config" -d 'Show and change settings'
complete -c trx -n "__fish_trx_needs_command" -f -a "merge-driver" -d 'Join two versions of a file of the store, for git'
complete -c trx -n "__fish_trx_needs_command" -f -a "doctor" -d 'Look for damage'
complete -c trx -n "__fish_trx_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c trx -n "__fish_trx_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c trx -n "__fish_trx_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trx -n "__fish_trx_using_subcommand init" -l prefix -d 'What ids begin with [default: trx]' -r
complete -c trx -n "__fish_trx_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand init" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand init" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand init" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand init" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand create" -s t -l type -d 'bug, feature, task, epic, chore' -r
complete -c trx -n "__fish_trx_using_subcommand create" -s p -l priority -d '0 (critical) to 4 (some day)' -r
complete -c trx -n "__fish_trx_using_subcommand create" -s d -l description -d 'Any text; `-` reads standard input' -r
complete -c trx -n "__fish_trx_using_subcommand create" -l parent -d 'The issue above it' -r
complete -c trx -n "__fish_trx_using_subcommand create" -l blocked-by -d 'What it waits for' -r
complete -c trx -n "__fish_trx_using_subcommand create" -l label -d 'A label (repeat for more, or a,b)' -r
complete -c trx -n "__fish_trx_using_subcommand create" -l assignee -d 'Who is to do it' -r
complete -c trx -n "__fish_trx_using_subcommand create" -l id -d 'Another prefix for the id' -r
complete -c trx -n "__fish_trx_using_subcommand create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand create" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand create" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand create" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand create" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand create-many" -l json-input -d 'The same' -r
complete -c trx -n "__fish_trx_using_subcommand create-many" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand create-many" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand create-many" -l dry-run -d 'Only check'
complete -c trx -n "__fish_trx_using_subcommand create-many" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand create-many" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand create-many" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand create-many" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand list" -s s -l status -d 'Only with this status: open, in_progress, blocked, closed, tombstone' -r
complete -c trx -n "__fish_trx_using_subcommand list" -s t -l type -d 'Only this type: bug, feature, task, epic, chore' -r
complete -c trx -n "__fish_trx_using_subcommand list" -s P -l priority -d 'Only this priority, 0 (critical) to 4 (some day)' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l search -d 'Only with this text in id, title, description or notes' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l epic -d 'Only what is below this issue' -r
complete -c trx -n "__fish_trx_using_subcommand list" -s l -l limit -d 'At most so many' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l label -d 'Only with this label (repeat, or a,b: with all of them)' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l assignee -d 'Only what this one is to do; `me` is who asks' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l created-after -d 'Only made since then: a date, a time, or how long ago (2d, 1w)' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l created-before -d 'Only made before then' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l sort -d 'The order: priority, created, updated, closed, id, status' -r
complete -c trx -n "__fish_trx_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand list" -s a -l all -d 'Closed ones too'
complete -c trx -n "__fish_trx_using_subcommand list" -l reverse -d 'The other way round'
complete -c trx -n "__fish_trx_using_subcommand list" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand list" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand show" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand show" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand update" -s s -l status -d 'open, in_progress, blocked, closed' -r
complete -c trx -n "__fish_trx_using_subcommand update" -s p -l priority -d '0 (critical) to 4 (some day)' -r
complete -c trx -n "__fish_trx_using_subcommand update" -s t -l type -d 'bug, feature, task, epic, chore' -r
complete -c trx -n "__fish_trx_using_subcommand update" -l title -d 'One line' -r
complete -c trx -n "__fish_trx_using_subcommand update" -s d -l description -d 'Any text; `-` reads standard input' -r
complete -c trx -n "__fish_trx_using_subcommand update" -l notes -d 'Any text; `-` reads standard input' -r
complete -c trx -n "__fish_trx_using_subcommand update" -l assignee -d 'Who is to do it' -r
complete -c trx -n "__fish_trx_using_subcommand update" -l parent -d 'The issue above it' -r
complete -c trx -n "__fish_trx_using_subcommand update" -l label -d 'Add a label (repeat for more, or a,b)' -r
complete -c trx -n "__fish_trx_using_subcommand update" -l clear -d 'Fields to empty: description, notes, assignee, parent, labels' -r -f -a "description\t''
notes\t''
assignee\t''
parent\t''
labels\t''"
complete -c trx -n "__fish_trx_using_subcommand update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand update" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand update" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand update" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand update" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand close" -s r -l reason -d 'Why' -r
complete -c trx -n "__fish_trx_using_subcommand close" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand close" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand close" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand close" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand close" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand reopen" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand reopen" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand reopen" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand reopen" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand reopen" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand reopen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand delete" -s r -l reason -d 'Why' -r
complete -c trx -n "__fish_trx_using_subcommand delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand delete" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand delete" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand delete" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand delete" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand ready" -s t -l type -d 'Only this type' -r
complete -c trx -n "__fish_trx_using_subcommand ready" -s P -l priority -d 'Only this priority' -r
complete -c trx -n "__fish_trx_using_subcommand ready" -l label -d 'Only with this label (repeat, or a,b: with all of them)' -r
complete -c trx -n "__fish_trx_using_subcommand ready" -s l -l limit -d 'At most so many' -r
complete -c trx -n "__fish_trx_using_subcommand ready" -l as -d 'For whom: what others have claimed is left out [default: who acts]' -r
complete -c trx -n "__fish_trx_using_subcommand ready" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand ready" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand ready" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand ready" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand ready" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand ready" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand claim" -l ttl -d 'How long: 90s, 30m, 3h, 2d' -r
complete -c trx -n "__fish_trx_using_subcommand claim" -l as -d 'Who claims [default: who acts]' -r
complete -c trx -n "__fish_trx_using_subcommand claim" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand claim" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand claim" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand claim" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand claim" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand claim" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand release" -l as -d 'Who gives them up [default: who acts]' -r
complete -c trx -n "__fish_trx_using_subcommand release" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand release" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand release" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand release" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand release" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -f -a "block" -d 'An issue waits for others'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -f -a "unblock" -d 'And no more'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -f -a "relate" -d 'An issue has to do with others'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -f -a "unrelate" -d 'And no more'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -f -a "tree" -d 'Show what an issue waits for and what is below it'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -f -a "graph" -d 'Draw all open issues'
complete -c trx -n "__fish_trx_using_subcommand dep; and not __fish_seen_subcommand_from block unblock relate unrelate tree graph help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from block" -l by -d 'What it waits for' -r
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from block" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from block" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from block" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from block" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from block" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unblock" -l by -d 'What it waits for' -r
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unblock" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unblock" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unblock" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unblock" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unblock" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from relate" -l to -d 'The others' -r
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from relate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from relate" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from relate" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from relate" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from relate" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from relate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unrelate" -l to -d 'The others' -r
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unrelate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unrelate" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unrelate" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unrelate" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unrelate" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from unrelate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from tree" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from tree" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from tree" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from tree" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from tree" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from tree" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -l format -d 'How to draw' -r -f -a "text\t'For a terminal'
dot\t'For Graphviz'
svg\t'A picture'"
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -s a -l all -d 'Closed issues too'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "block" -d 'An issue waits for others'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "unblock" -d 'And no more'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "relate" -d 'An issue has to do with others'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "unrelate" -d 'And no more'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "tree" -d 'Show what an issue waits for and what is below it'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "graph" -d 'Draw all open issues'
complete -c trx -n "__fish_trx_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trx -n "__fish_trx_using_subcommand search" -s l -l limit -d 'At most so many' -r
complete -c trx -n "__fish_trx_using_subcommand search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand search" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand search" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand label" -l remove -d 'Labels to remove' -r
complete -c trx -n "__fish_trx_using_subcommand label" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand label" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand label" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand label" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand label" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand label" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand assign" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand assign" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand assign" -l nobody -d 'Nobody any more'
complete -c trx -n "__fish_trx_using_subcommand assign" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand assign" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand assign" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand comment" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand comment" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand comment" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand comment" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand comment" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand comment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand sync" -s m -l message -d 'The message of the commit' -r
complete -c trx -n "__fish_trx_using_subcommand sync" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand sync" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand sync" -l dry-run -d 'Only say what would be committed'
complete -c trx -n "__fish_trx_using_subcommand sync" -l no-commit -d 'Put the files in order, and do not commit'
complete -c trx -n "__fish_trx_using_subcommand sync" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand sync" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand sync" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand import" -l prefix -d 'What ids that began with `bd-` begin with' -r
complete -c trx -n "__fish_trx_using_subcommand import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand import" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand import" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand import" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand import" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand export" -s f -l format -d 'How' -r -f -a "markdown\t'For people'
json\t'An array'
jsonl\t'The interchange form'"
complete -c trx -n "__fish_trx_using_subcommand export" -s o -l output -d 'Into this file instead of standard output' -r -F
complete -c trx -n "__fish_trx_using_subcommand export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand export" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand export" -s a -l all -d 'Closed issues too (lines have all always)'
complete -c trx -n "__fish_trx_using_subcommand export" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand export" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand export" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand history" -s l -l limit -d 'The last so many' -r
complete -c trx -n "__fish_trx_using_subcommand history" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand history" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand history" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand history" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand history" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand log" -l session -d 'Only of this session' -r
complete -c trx -n "__fish_trx_using_subcommand log" -l user -d 'Only by this person' -r
complete -c trx -n "__fish_trx_using_subcommand log" -l action -d 'Only this: created, updated, closed, …' -r
complete -c trx -n "__fish_trx_using_subcommand log" -l issue -d 'Only of this issue' -r
complete -c trx -n "__fish_trx_using_subcommand log" -l since -d 'Only since then: a date, a time, or how long ago' -r
complete -c trx -n "__fish_trx_using_subcommand log" -l until -d 'Only before then' -r
complete -c trx -n "__fish_trx_using_subcommand log" -s l -l limit -d 'The last so many' -r
complete -c trx -n "__fish_trx_using_subcommand log" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand log" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand log" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand log" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand log" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand stats" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand stats" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand stats" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand stats" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -f -a "show" -d 'Show all settings'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -f -a "get" -d 'Show one'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -f -a "set" -d 'Change one'
complete -c trx -n "__fish_trx_using_subcommand config; and not __fish_seen_subcommand_from show get set help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from get" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from get" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from set" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show all settings'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show one'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change one'
complete -c trx -n "__fish_trx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trx -n "__fish_trx_using_subcommand merge-driver" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand merge-driver" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand merge-driver" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand merge-driver" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand merge-driver" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand merge-driver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand doctor" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand doctor" -l fix -d 'Move lines that nobody can read aside, and add what is missing in .trx/.gitattributes'
complete -c trx -n "__fish_trx_using_subcommand doctor" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand doctor" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand doctor" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c trx -n "__fish_trx_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c trx -n "__fish_trx_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c trx -n "__fish_trx_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c trx -n "__fish_trx_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c trx -n "__fish_trx_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "init" -d 'Make a store here'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "create" -d 'Make an issue'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "create-many" -d 'Make many issues at once, all or none'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "list" -d 'List issues'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "show" -d 'Show issues'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "update" -d 'Change fields of an issue'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "close" -d 'Close issues'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "reopen" -d 'Open closed or deleted issues again'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "delete" -d 'Delete issues; `reopen` brings them back'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "ready" -d 'List what can be begun now'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "claim" -d 'Take an issue for some time, so that nobody else begins it'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "release" -d 'Give claims up'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "dep" -d 'Say what waits for what'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "search" -d 'Find issues by text'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "label" -d 'Add and remove labels'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "assign" -d 'Say who is to do it'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "comment" -d 'Add a remark'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "sync" -d 'Commit the store, and only the store'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "import" -d 'Take in issues of beads or of another store'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "export" -d 'Write all issues as Markdown, JSON, or lines'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "history" -d 'Show what happened to an issue'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "log" -d 'Show what happened'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "stats" -d 'Count issues'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "config" -d 'Show and change settings'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "merge-driver" -d 'Join two versions of a file of the store, for git'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "doctor" -d 'Look for damage'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c trx -n "__fish_trx_using_subcommand help; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from dep" -f -a "block" -d 'An issue waits for others'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from dep" -f -a "unblock" -d 'And no more'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from dep" -f -a "relate" -d 'An issue has to do with others'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from dep" -f -a "unrelate" -d 'And no more'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from dep" -f -a "tree" -d 'Show what an issue waits for and what is below it'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from dep" -f -a "graph" -d 'Draw all open issues'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Show all settings'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "get" -d 'Show one'
complete -c trx -n "__fish_trx_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set" -d 'Change one'
