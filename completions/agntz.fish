# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_agntz_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= h/help V/version
end

function __fish_agntz_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_agntz_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_agntz_using_subcommand
    set -l cmd (__fish_agntz_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c agntz -n "__fish_agntz_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_needs_command" -s V -l version -d 'Print version'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "context" -d 'Say what you should know now: mail, reservations, issues, memories'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "memory" -d 'Remember things, and find them again'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "ready" -d 'List the issues that can be begun now'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "issues" -d 'Keep issues in the repository, as trx does'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "tasks" -d 'Keep issues in the repository, as trx does'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "mail" -d 'Write to and hear from agents and people of this machine'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "reserve" -d 'Reserve paths, so that nobody else changes them meanwhile'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "release" -d 'Give reservations back'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "renew" -d 'Prolong reservations'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "reservations" -d 'See what is reserved'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "search" -d 'Find what was said in conversations with agents'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "schedule" -d 'Run something later or again and again; not configured here'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "ask" -d 'Ask a running agent and wait for its answer; not configured here'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "init" -d 'Begin: tell the agents of this repository about agntz, in AGENTS.md, and make its store of issues'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "doctor" -d 'See whether everything that agntz uses is there and whole'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "mcp" -d 'Offer all of this as tools to a client of the Model Context Protocol'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "man" -d 'Write the man pages into a folder'
complete -c agntz -n "__fish_agntz_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand context" -l tokens -d 'At most so many tokens of text, four bytes each' -r
complete -c agntz -n "__fish_agntz_using_subcommand context" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand context" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand context" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand context" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand context" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand context" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand context" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "add" -d 'Remember something'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "search" -d 'Find what answers a question'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "list" -d 'List memories, what changed last first'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "ls" -d 'List memories, what changed last first'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "show" -d 'Show a memory and what happened to it'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "edit" -d 'Correct a memory: what is said replaces what it said'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "supersede" -d 'Correct a memory: what is said replaces what it said'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "remove" -d 'Remove memories; the history stays'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "rm" -d 'Remove memories; the history stays'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "export" -d 'Write memories as JSON, JSON lines or Markdown'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "import" -d 'Take in memories of such a file'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "stats" -d 'Count memories, and tell what is wrong with the store'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "preview" -d 'The best of the stores within a budget, for prompts'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "stores" -d 'List the stores of this machine'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and not __fish_seen_subcommand_from add search list ls show edit supersede remove rm export import stats preview stores help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -s c -l category -d 'What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -s i -l importance -d 'How important it is, 1 to 10 (5 where nothing is said)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -s t -l tags -d 'Words to find it by (repeat, or part them with commas)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l type -d 'episodic, semantic or procedural' -r -f -a "episodic\t''
semantic\t''
procedural\t''"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l why -d 'Why it is worth knowing' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l source -d 'Where it is known from: a command, an issue, a URL' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l expires -d 'When it stops being true: a date, a time, or how long from now (12h, 30d, 8w); `never`' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l machine -d 'Only true on one machine: its label, or `.` for this one' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l duplicate -d 'Keep it although another one says the same'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -s c -l category -d 'Only of this category (repeat: or that)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -s t -l tag -d 'Only with this tag (repeat: and that)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -l type -d 'Only of this type: episodic, semantic, procedural' -r -f -a "episodic\t''
semantic\t''
procedural\t''"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -l min-importance -d 'Only so important or more' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -l by -d 'Only made by this agent, session or person' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -l all -d 'All stores of this machine: of the workspace, of the user, with a name, of other repositories'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l sort -d 'The order' -r -f -a "updated\t'What changed last first'
created\t'What was made last first'
importance\t'The most important first'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -s c -l category -d 'Only of this category (repeat: or that)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -s t -l tag -d 'Only with this tag (repeat: and that)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l type -d 'Only of this type: episodic, semantic, procedural' -r -f -a "episodic\t''
semantic\t''
procedural\t''"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l min-importance -d 'Only so important or more' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l by -d 'Only made by this agent, session or person' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l include-expired -d 'Also those that expired'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l contested -d 'Only those that two changed without knowing of each other'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l all -d 'All stores of this machine: of the workspace, of the user, with a name, of other repositories'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l sort -d 'The order' -r -f -a "updated\t'What changed last first'
created\t'What was made last first'
importance\t'The most important first'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -s c -l category -d 'Only of this category (repeat: or that)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -s t -l tag -d 'Only with this tag (repeat: and that)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l type -d 'Only of this type: episodic, semantic, procedural' -r -f -a "episodic\t''
semantic\t''
procedural\t''"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l min-importance -d 'Only so important or more' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l by -d 'Only made by this agent, session or person' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l include-expired -d 'Also those that expired'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l contested -d 'Only those that two changed without knowing of each other'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l all -d 'All stores of this machine: of the workspace, of the user, with a name, of other repositories'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -l all -d 'All stores of this machine: of the workspace, of the user, with a name, of other repositories'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -s c -l category -d 'What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -s i -l importance -d 'How important it is, 1 to 10 (5 where nothing is said)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -s t -l tags -d 'Words to find it by (repeat, or part them with commas)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l type -d 'episodic, semantic or procedural' -r -f -a "episodic\t''
semantic\t''
procedural\t''"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l why -d 'Why it is worth knowing' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l source -d 'Where it is known from: a command, an issue, a URL' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l expires -d 'When it stops being true: a date, a time, or how long from now (12h, 30d, 8w); `never`' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l reason -d 'Why it is changed' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l expected-revision -d 'Refuse if somebody changed it since this revision' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l no-tags -d 'Take all tags away'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -s c -l category -d 'What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -s i -l importance -d 'How important it is, 1 to 10 (5 where nothing is said)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -s t -l tags -d 'Words to find it by (repeat, or part them with commas)' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l type -d 'episodic, semantic or procedural' -r -f -a "episodic\t''
semantic\t''
procedural\t''"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l why -d 'Why it is worth knowing' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l source -d 'Where it is known from: a command, an issue, a URL' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l expires -d 'When it stops being true: a date, a time, or how long from now (12h, 30d, 8w); `never`' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l reason -d 'Why it is changed' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l expected-revision -d 'Refuse if somebody changed it since this revision' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l no-tags -d 'Take all tags away'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from supersede" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -l reason -d 'Why it is changed' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -l expected-revision -d 'Refuse if somebody changed it since this revision' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -l reason -d 'Why it is changed' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -l expected-revision -d 'Refuse if somebody changed it since this revision' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -s o -l output -d 'Into this file instead of standard output' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -s f -l format -d 'How; without it as the file\'s name ends, else JSON' -r -f -a "json\t'One record a memory, as it is now'
jsonl\t'Everything that happened, in the form of the store'
md\t'For people; comes back whole too'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -s f -l format -d 'What it is; without it as the file\'s name ends and the text looks' -r -f -a "json\t'One record a memory, as it is now'
jsonl\t'Everything that happened, in the form of the store'
md\t'For people; comes back whole too'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -l dry-run -d 'Only tell what would happen'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -l all -d 'All stores of this machine: of the workspace, of the user, with a name, of other repositories'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -l tokens -d 'At most so many tokens, four bytes each' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -l store -d 'The store: user, a name (that of a repository too), or the path of a repository (with a /); without it that of the workspace' -r
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -l all -d 'All stores of this machine: of the workspace, of the user, with a name, of other repositories'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stores" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stores" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stores" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stores" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stores" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from stores" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "add" -d 'Remember something'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "search" -d 'Find what answers a question'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "list" -d 'List memories, what changed last first'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a memory and what happened to it'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Correct a memory: what is said replaces what it said'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove memories; the history stays'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write memories as JSON, JSON lines or Markdown'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take in memories of such a file'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count memories, and tell what is wrong with the store'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "preview" -d 'The best of the stores within a budget, for prompts'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "stores" -d 'List the stores of this machine'
complete -c agntz -n "__fish_agntz_using_subcommand memory; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand ready" -s t -l type -d 'Only this type' -r
complete -c agntz -n "__fish_agntz_using_subcommand ready" -s P -l priority -d 'Only this priority' -r
complete -c agntz -n "__fish_agntz_using_subcommand ready" -l label -d 'Only with this label (repeat, or a,b: with all of them)' -r
complete -c agntz -n "__fish_agntz_using_subcommand ready" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand ready" -l as -d 'For whom: what others have claimed is left out [default: who acts]' -r
complete -c agntz -n "__fish_agntz_using_subcommand ready" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand ready" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand ready" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand ready" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand ready" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand ready" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "init" -d 'Make a store here'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "create" -d 'Make an issue'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "create-many" -d 'Make many issues at once, all or none'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "list" -d 'List issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "show" -d 'Show issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "update" -d 'Change fields of an issue'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "close" -d 'Close issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "reopen" -d 'Open closed or deleted issues again'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "delete" -d 'Delete issues; `reopen` brings them back'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "ready" -d 'List what can be begun now'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "claim" -d 'Take an issue for some time, so that nobody else begins it'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "release" -d 'Give claims up'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "dep" -d 'Say what waits for what'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "search" -d 'Find issues by text'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "label" -d 'Add and remove labels'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "assign" -d 'Say who is to do it'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "comment" -d 'Add a remark'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "sync" -d 'Commit the store, and only the store'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "import" -d 'Take in issues of beads or of another store'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "export" -d 'Write all issues as Markdown, JSON, or lines'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "history" -d 'Show what happened to an issue'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "log" -d 'Show what happened'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "stats" -d 'Count issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "config" -d 'Show and change settings'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "merge-driver" -d 'Join two versions of a file of the store, for git'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "doctor" -d 'Look for damage'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from init" -l prefix -d 'What ids begin with [default: trx]' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from init" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from init" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -s t -l type -d 'bug, feature, task, epic, chore' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -s p -l priority -d '0 (critical) to 4 (some day)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -s d -l description -d 'Any text; `-` reads standard input' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -l parent -d 'The issue above it' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -l blocked-by -d 'What it waits for' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -l label -d 'A label (repeat for more, or a,b)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -l assignee -d 'Who is to do it' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -l id -d 'Another prefix for the id' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -l json-input -d 'The same' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -l dry-run -d 'Only check'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from create-many" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s s -l status -d 'Only with this status: open, in_progress, blocked, closed, tombstone' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s t -l type -d 'Only this type: bug, feature, task, epic, chore' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s P -l priority -d 'Only this priority, 0 (critical) to 4 (some day)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l search -d 'Only with this text in id, title, description or notes' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l epic -d 'Only what is below this issue' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l label -d 'Only with this label (repeat, or a,b: with all of them)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l assignee -d 'Only what this one is to do; `me` is who asks' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l created-after -d 'Only made since then: a date, a time, or how long ago (2d, 1w)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l created-before -d 'Only made before then' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l sort -d 'The order: priority, created, updated, closed, id, status' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s a -l all -d 'Closed ones too'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l reverse -d 'The other way round'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s s -l status -d 'open, in_progress, blocked, closed' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s p -l priority -d '0 (critical) to 4 (some day)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s t -l type -d 'bug, feature, task, epic, chore' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l title -d 'One line' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s d -l description -d 'Any text; `-` reads standard input' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l notes -d 'Any text; `-` reads standard input' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l assignee -d 'Who is to do it' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l parent -d 'The issue above it' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l label -d 'Add a label (repeat for more, or a,b)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l clear -d 'Fields to empty: description, notes, assignee, parent, labels' -r -f -a "description\t''
notes\t''
assignee\t''
parent\t''
labels\t''"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from close" -s r -l reason -d 'Why' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from close" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from close" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from close" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from close" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from close" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from reopen" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from reopen" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from reopen" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from reopen" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from reopen" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from reopen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from delete" -s r -l reason -d 'Why' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from delete" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -s t -l type -d 'Only this type' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -s P -l priority -d 'Only this priority' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -l label -d 'Only with this label (repeat, or a,b: with all of them)' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -l as -d 'For whom: what others have claimed is left out [default: who acts]' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from ready" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -l ttl -d 'How long: 90s, 30m, 3h, 2d' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -l as -d 'Who claims [default: who acts]' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from claim" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from release" -l as -d 'Who gives them up [default: who acts]' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from release" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from release" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from release" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -f -a "block" -d 'An issue waits for others'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -f -a "unblock" -d 'And no more'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -f -a "relate" -d 'An issue has to do with others'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -f -a "unrelate" -d 'And no more'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -f -a "tree" -d 'Show what an issue waits for and what is below it'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -f -a "graph" -d 'Draw all open issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from dep" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from search" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from search" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from label" -l remove -d 'Labels to remove' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from label" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from label" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from label" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from label" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from label" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from label" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from assign" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from assign" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from assign" -l nobody -d 'Nobody any more'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from assign" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from assign" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from assign" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from comment" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from comment" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from comment" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from comment" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from comment" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from comment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -s m -l message -d 'The message of the commit' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -l dry-run -d 'Only say what would be committed'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -l no-commit -d 'Put the files in order, and do not commit'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from import" -l prefix -d 'What ids that began with `bd-` begin with' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from import" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from import" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -s f -l format -d 'How' -r -f -a "markdown\t'For people'
json\t'An array'
jsonl\t'The interchange form'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -s o -l output -d 'Into this file instead of standard output' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -s a -l all -d 'Closed issues too (lines have all always)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from history" -s l -l limit -d 'The last so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from history" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from history" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from history" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l session -d 'Only of this session' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l user -d 'Only by this person' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l action -d 'Only this: created, updated, closed, …' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l issue -d 'Only of this issue' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l since -d 'Only since then: a date, a time, or how long ago' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l until -d 'Only before then' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -s l -l limit -d 'The last so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from stats" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from stats" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -f -a "show" -d 'Show all settings'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -f -a "get" -d 'Show one'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -f -a "set" -d 'Change one'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from config" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from merge-driver" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from merge-driver" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from merge-driver" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from merge-driver" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from merge-driver" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from merge-driver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from doctor" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from doctor" -l fix -d 'Move lines that nobody can read aside, and add what is missing in .trx/.gitattributes'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from doctor" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from doctor" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from doctor" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make a store here'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make an issue'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "create-many" -d 'Make many issues at once, all or none'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "list" -d 'List issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change fields of an issue'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "close" -d 'Close issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "reopen" -d 'Open closed or deleted issues again'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete issues; `reopen` brings them back'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "ready" -d 'List what can be begun now'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "claim" -d 'Take an issue for some time, so that nobody else begins it'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "release" -d 'Give claims up'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "dep" -d 'Say what waits for what'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "search" -d 'Find issues by text'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "label" -d 'Add and remove labels'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Say who is to do it'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "comment" -d 'Add a remark'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "sync" -d 'Commit the store, and only the store'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take in issues of beads or of another store'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write all issues as Markdown, JSON, or lines'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "history" -d 'Show what happened to an issue'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "log" -d 'Show what happened'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count issues'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "config" -d 'Show and change settings'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "merge-driver" -d 'Join two versions of a file of the store, for git'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "doctor" -d 'Look for damage'
complete -c agntz -n "__fish_agntz_using_subcommand issues; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "init" -d 'Make a store here'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "create" -d 'Make an issue'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "create-many" -d 'Make many issues at once, all or none'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "list" -d 'List issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "show" -d 'Show issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "update" -d 'Change fields of an issue'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "close" -d 'Close issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "reopen" -d 'Open closed or deleted issues again'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "delete" -d 'Delete issues; `reopen` brings them back'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "ready" -d 'List what can be begun now'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "claim" -d 'Take an issue for some time, so that nobody else begins it'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "release" -d 'Give claims up'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "dep" -d 'Say what waits for what'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "search" -d 'Find issues by text'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "label" -d 'Add and remove labels'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "assign" -d 'Say who is to do it'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "comment" -d 'Add a remark'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "sync" -d 'Commit the store, and only the store'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "import" -d 'Take in issues of beads or of another store'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "export" -d 'Write all issues as Markdown, JSON, or lines'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "history" -d 'Show what happened to an issue'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "log" -d 'Show what happened'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "stats" -d 'Count issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "config" -d 'Show and change settings'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "merge-driver" -d 'Join two versions of a file of the store, for git'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "doctor" -d 'Look for damage'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and not __fish_seen_subcommand_from init create create-many list show update close reopen delete ready claim release dep search label assign comment sync import export history log stats config merge-driver doctor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from init" -l prefix -d 'What ids begin with [default: trx]' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from init" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from init" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -s t -l type -d 'bug, feature, task, epic, chore' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -s p -l priority -d '0 (critical) to 4 (some day)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -s d -l description -d 'Any text; `-` reads standard input' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -l parent -d 'The issue above it' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -l blocked-by -d 'What it waits for' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -l label -d 'A label (repeat for more, or a,b)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -l assignee -d 'Who is to do it' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -l id -d 'Another prefix for the id' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -l json-input -d 'The same' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -l dry-run -d 'Only check'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from create-many" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s s -l status -d 'Only with this status: open, in_progress, blocked, closed, tombstone' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s t -l type -d 'Only this type: bug, feature, task, epic, chore' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s P -l priority -d 'Only this priority, 0 (critical) to 4 (some day)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l search -d 'Only with this text in id, title, description or notes' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l epic -d 'Only what is below this issue' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l label -d 'Only with this label (repeat, or a,b: with all of them)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l assignee -d 'Only what this one is to do; `me` is who asks' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l created-after -d 'Only made since then: a date, a time, or how long ago (2d, 1w)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l created-before -d 'Only made before then' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l sort -d 'The order: priority, created, updated, closed, id, status' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s a -l all -d 'Closed ones too'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l reverse -d 'The other way round'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s s -l status -d 'open, in_progress, blocked, closed' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s p -l priority -d '0 (critical) to 4 (some day)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s t -l type -d 'bug, feature, task, epic, chore' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l title -d 'One line' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s d -l description -d 'Any text; `-` reads standard input' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l notes -d 'Any text; `-` reads standard input' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l assignee -d 'Who is to do it' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l parent -d 'The issue above it' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l label -d 'Add a label (repeat for more, or a,b)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l clear -d 'Fields to empty: description, notes, assignee, parent, labels' -r -f -a "description\t''
notes\t''
assignee\t''
parent\t''
labels\t''"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from close" -s r -l reason -d 'Why' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from close" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from close" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from close" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from close" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from close" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from reopen" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from reopen" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from reopen" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from reopen" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from reopen" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from reopen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from delete" -s r -l reason -d 'Why' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from delete" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -s t -l type -d 'Only this type' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -s P -l priority -d 'Only this priority' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -l label -d 'Only with this label (repeat, or a,b: with all of them)' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -l as -d 'For whom: what others have claimed is left out [default: who acts]' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from ready" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -l ttl -d 'How long: 90s, 30m, 3h, 2d' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -l as -d 'Who claims [default: who acts]' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from claim" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from release" -l as -d 'Who gives them up [default: who acts]' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from release" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from release" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from release" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -f -a "block" -d 'An issue waits for others'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -f -a "unblock" -d 'And no more'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -f -a "relate" -d 'An issue has to do with others'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -f -a "unrelate" -d 'And no more'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -f -a "tree" -d 'Show what an issue waits for and what is below it'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -f -a "graph" -d 'Draw all open issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from dep" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from search" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from search" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from label" -l remove -d 'Labels to remove' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from label" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from label" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from label" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from label" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from label" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from label" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from assign" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from assign" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from assign" -l nobody -d 'Nobody any more'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from assign" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from assign" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from assign" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from comment" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from comment" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from comment" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from comment" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from comment" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from comment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -s m -l message -d 'The message of the commit' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -l dry-run -d 'Only say what would be committed'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -l no-commit -d 'Put the files in order, and do not commit'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from import" -l prefix -d 'What ids that began with `bd-` begin with' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from import" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from import" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -s f -l format -d 'How' -r -f -a "markdown\t'For people'
json\t'An array'
jsonl\t'The interchange form'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -s o -l output -d 'Into this file instead of standard output' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -s a -l all -d 'Closed issues too (lines have all always)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from history" -s l -l limit -d 'The last so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from history" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from history" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from history" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l session -d 'Only of this session' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l user -d 'Only by this person' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l action -d 'Only this: created, updated, closed, …' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l issue -d 'Only of this issue' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l since -d 'Only since then: a date, a time, or how long ago' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l until -d 'Only before then' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -s l -l limit -d 'The last so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from stats" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from stats" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -f -a "show" -d 'Show all settings'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -f -a "get" -d 'Show one'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -f -a "set" -d 'Change one'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from config" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from merge-driver" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from merge-driver" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from merge-driver" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from merge-driver" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from merge-driver" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from merge-driver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from doctor" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from doctor" -l fix -d 'Move lines that nobody can read aside, and add what is missing in .trx/.gitattributes'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from doctor" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from doctor" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from doctor" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make a store here'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make an issue'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "create-many" -d 'Make many issues at once, all or none'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "list" -d 'List issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change fields of an issue'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "close" -d 'Close issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "reopen" -d 'Open closed or deleted issues again'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete issues; `reopen` brings them back'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "ready" -d 'List what can be begun now'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "claim" -d 'Take an issue for some time, so that nobody else begins it'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "release" -d 'Give claims up'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "dep" -d 'Say what waits for what'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "search" -d 'Find issues by text'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "label" -d 'Add and remove labels'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Say who is to do it'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "comment" -d 'Add a remark'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "sync" -d 'Commit the store, and only the store'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take in issues of beads or of another store'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write all issues as Markdown, JSON, or lines'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "history" -d 'Show what happened to an issue'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "log" -d 'Show what happened'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count issues'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "config" -d 'Show and change settings'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "merge-driver" -d 'Join two versions of a file of the store, for git'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "doctor" -d 'Look for damage'
complete -c agntz -n "__fish_agntz_using_subcommand tasks; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "inbox" -d 'List what waits for you, the oldest first'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "send" -d 'Send a mail to agents or people, or to everybody in this workspace'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "read" -d 'Show mails and mark them as read'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "reply" -d 'Answer a mail in its thread'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "ack" -d 'Say that you are done with mails'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "search" -d 'Find mails by their words'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "thread" -d 'Show all mails of a thread, the oldest first'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "sent" -d 'List what you sent and what became of it, the newest first'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "dead" -d 'List mail that nobody read: expired, or its recipient left'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "who" -d 'List who can be written to'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "leave" -d 'Close your mailbox and give your reservations back'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and not __fish_seen_subcommand_from inbox send read reply ack search thread sent dead who leave help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -l after -d 'Only what came after this number of the mailbox' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -l unread -d 'Only what is not read; else also what waits for an acknowledgement'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -l all -d 'Everything that ever came, also what is done and what died'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from inbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l to -d 'Somebody else who gets it (repeat for more)' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -s i -l importance -d 'How urgent it is' -r -f -a "low\t'Whenever there is time'
normal\t'As usual'
high\t'Soon'
urgent\t'At once'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l ttl -d 'How long it may stay unread before it dies and its sender is told: 1h, 2d, 1w' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l attach -d 'Name a file that belongs to it (repeat for more); it stays where it is' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l key -d 'Send only once: a second mail with the same key and text is the first one' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l ack -d 'Ask for an acknowledgement; the mail stays in the inbox until it is given'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l new -d 'Also to somebody who was never here'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from read" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from read" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from read" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from read" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from read" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from read" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from read" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l subject -d 'Another subject' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l to -d 'Somebody else who gets it (repeat for more)' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -s i -l importance -d 'How urgent it is' -r -f -a "low\t'Whenever there is time'
normal\t'As usual'
high\t'Soon'
urgent\t'At once'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l ttl -d 'How long it may stay unread before it dies and its sender is told: 1h, 2d, 1w' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l attach -d 'Name a file that belongs to it (repeat for more); it stays where it is' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l key -d 'Send only once: a second mail with the same key and text is the first one' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l all -d 'To everybody who got the mail, too'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l ack -d 'Ask for an acknowledgement; the mail stays in the inbox until it is given'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l new -d 'Also to somebody who was never here'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from reply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from ack" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from ack" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from ack" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from ack" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from ack" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from ack" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from ack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from thread" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from thread" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from thread" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from thread" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from thread" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from thread" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from thread" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from sent" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from dead" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -l everywhere -d 'Of all workspaces, not only of this one'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from who" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from leave" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from leave" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from leave" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from leave" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from leave" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from leave" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from leave" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "inbox" -d 'List what waits for you, the oldest first'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "send" -d 'Send a mail to agents or people, or to everybody in this workspace'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "read" -d 'Show mails and mark them as read'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "reply" -d 'Answer a mail in its thread'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "ack" -d 'Say that you are done with mails'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "search" -d 'Find mails by their words'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "thread" -d 'Show all mails of a thread, the oldest first'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "sent" -d 'List what you sent and what became of it, the newest first'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "dead" -d 'List mail that nobody read: expired, or its recipient left'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "who" -d 'List who can be written to'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "leave" -d 'Close your mailbox and give your reservations back'
complete -c agntz -n "__fish_agntz_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -l ttl -d 'For how long: 90s, 30m, 1h30m, 2d; at most 7d' -r
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -s r -l reason -d 'What for; others are told' -r
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -l shared -d 'Let others share it who also say so'
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand reserve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand release" -s n -l number -d 'By number (repeat for more)' -r
complete -c agntz -n "__fish_agntz_using_subcommand release" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand release" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand release" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand release" -l all -d 'All in this workspace'
complete -c agntz -n "__fish_agntz_using_subcommand release" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand release" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand release" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand renew" -s n -l number -d 'By number (repeat for more)' -r
complete -c agntz -n "__fish_agntz_using_subcommand renew" -l ttl -d 'For how long from now, if not as long as before' -r
complete -c agntz -n "__fish_agntz_using_subcommand renew" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand renew" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand renew" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand renew" -l all -d 'All in this workspace'
complete -c agntz -n "__fish_agntz_using_subcommand renew" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand renew" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand renew" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand renew" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -l everywhere -d 'In all workspaces, not only in this one'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -l mine -d 'Only your own'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -f -a "list" -d 'List what is reserved now'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -f -a "check" -d 'Ask whether somebody else\'s reservation is in the way, without changing anything'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and not __fish_seen_subcommand_from list check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -l everywhere -d 'In all workspaces, not only in this one'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -l mine -d 'Only your own'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -s n -l number -d 'Whether you still hold the reservation with this number' -r
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -l staged -d 'The files that the next commit changes; for a pre-commit hook'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what is reserved now'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from help" -f -a "check" -d 'Ask whether somebody else\'s reservation is in the way, without changing anything'
complete -c agntz -n "__fish_agntz_using_subcommand reservations; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand search" -s w -l workspace -d 'Only in this workspace, if not in the one here' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand search" -l days -d 'Only of the last so many days' -r
complete -c agntz -n "__fish_agntz_using_subcommand search" -l session -d 'Only in this conversation' -r
complete -c agntz -n "__fish_agntz_using_subcommand search" -s l -l limit -d 'At most so many' -r
complete -c agntz -n "__fish_agntz_using_subcommand search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand search" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand search" -l all-workspaces -d 'In all workspaces'
complete -c agntz -n "__fish_agntz_using_subcommand search" -l include-tools -d 'What tools said, too'
complete -c agntz -n "__fish_agntz_using_subcommand search" -l include-system -d 'What systems said, too'
complete -c agntz -n "__fish_agntz_using_subcommand search" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand search" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand search" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand schedule" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand schedule" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand schedule" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand schedule" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand schedule" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand schedule" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand ask" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand ask" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand ask" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand ask" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand ask" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand ask" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand init" -l file -d 'The file, if not AGENTS.md at the root of the workspace' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand init" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand init" -l no-issues -d 'Make no store of issues'
complete -c agntz -n "__fish_agntz_using_subcommand init" -l remove -d 'Take the section out again; issues stay'
complete -c agntz -n "__fish_agntz_using_subcommand init" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand init" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand init" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -l as -d 'Act under this name instead of one\'s own' -r
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -l fix -d 'Move lines of issues and memories that no program can read into files beside'
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -l only -d 'Offer only these groups of tools: memory, issues, mail, reserve, …' -r
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -l as -d 'Act under this name where a call does not say another one' -r
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand mcp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c agntz -n "__fish_agntz_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c agntz -n "__fish_agntz_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c agntz -n "__fish_agntz_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c agntz -n "__fish_agntz_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c agntz -n "__fish_agntz_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "context" -d 'Say what you should know now: mail, reservations, issues, memories'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "memory" -d 'Remember things, and find them again'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "ready" -d 'List the issues that can be begun now'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "issues" -d 'Keep issues in the repository, as trx does'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "mail" -d 'Write to and hear from agents and people of this machine'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "reserve" -d 'Reserve paths, so that nobody else changes them meanwhile'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "release" -d 'Give reservations back'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "renew" -d 'Prolong reservations'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "reservations" -d 'See what is reserved'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "search" -d 'Find what was said in conversations with agents'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "schedule" -d 'Run something later or again and again; not configured here'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "ask" -d 'Ask a running agent and wait for its answer; not configured here'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "init" -d 'Begin: tell the agents of this repository about agntz, in AGENTS.md, and make its store of issues'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "doctor" -d 'See whether everything that agntz uses is there and whole'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "mcp" -d 'Offer all of this as tools to a client of the Model Context Protocol'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c agntz -n "__fish_agntz_using_subcommand help; and not __fish_seen_subcommand_from context memory ready issues mail reserve release renew reservations search schedule ask init doctor mcp completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "add" -d 'Remember something'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "search" -d 'Find what answers a question'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "list" -d 'List memories, what changed last first'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "show" -d 'Show a memory and what happened to it'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "edit" -d 'Correct a memory: what is said replaces what it said'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "remove" -d 'Remove memories; the history stays'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "export" -d 'Write memories as JSON, JSON lines or Markdown'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "import" -d 'Take in memories of such a file'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "stats" -d 'Count memories, and tell what is wrong with the store'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "preview" -d 'The best of the stores within a budget, for prompts'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from memory" -f -a "stores" -d 'List the stores of this machine'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "init" -d 'Make a store here'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "create" -d 'Make an issue'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "create-many" -d 'Make many issues at once, all or none'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "list" -d 'List issues'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "show" -d 'Show issues'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "update" -d 'Change fields of an issue'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "close" -d 'Close issues'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "reopen" -d 'Open closed or deleted issues again'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "delete" -d 'Delete issues; `reopen` brings them back'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "ready" -d 'List what can be begun now'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "claim" -d 'Take an issue for some time, so that nobody else begins it'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "release" -d 'Give claims up'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "dep" -d 'Say what waits for what'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "search" -d 'Find issues by text'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "label" -d 'Add and remove labels'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "assign" -d 'Say who is to do it'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "comment" -d 'Add a remark'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "sync" -d 'Commit the store, and only the store'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "import" -d 'Take in issues of beads or of another store'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "export" -d 'Write all issues as Markdown, JSON, or lines'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "history" -d 'Show what happened to an issue'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "log" -d 'Show what happened'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "stats" -d 'Count issues'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "config" -d 'Show and change settings'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "merge-driver" -d 'Join two versions of a file of the store, for git'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from issues" -f -a "doctor" -d 'Look for damage'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "inbox" -d 'List what waits for you, the oldest first'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "send" -d 'Send a mail to agents or people, or to everybody in this workspace'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "read" -d 'Show mails and mark them as read'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "reply" -d 'Answer a mail in its thread'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "ack" -d 'Say that you are done with mails'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "search" -d 'Find mails by their words'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "thread" -d 'Show all mails of a thread, the oldest first'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "sent" -d 'List what you sent and what became of it, the newest first'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "dead" -d 'List mail that nobody read: expired, or its recipient left'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "who" -d 'List who can be written to'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "leave" -d 'Close your mailbox and give your reservations back'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from reservations" -f -a "list" -d 'List what is reserved now'
complete -c agntz -n "__fish_agntz_using_subcommand help; and __fish_seen_subcommand_from reservations" -f -a "check" -d 'Ask whether somebody else\'s reservation is in the way, without changing anything'
