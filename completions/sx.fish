# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_sx_global_optspecs
    string join \n json q/quiet v/verbose color= C/directory= config= n/num= top w/site= r/time-range= l/language= categories= F/files M/music N/news S/social V/videos e/engines= engine= safe-search= unsafe c/clean md L/links-only T/text H/html j/first lucky i/interactive o/output= x/expand searxng-url= searxng-urls= searxng-strategy= http-method= timeout= no-verify-ssl private-pages noua nocolor debug p/np version h/help
end

function __fish_sx_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_sx_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_sx_using_subcommand
    set -l cmd (__fish_sx_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c sx -n "__fish_sx_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_needs_command" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_needs_command" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_needs_command" -s n -l num -d 'At most this many results; 0 is one page as it comes' -r
complete -c sx -n "__fish_sx_needs_command" -s w -l site -d 'Only this site' -r
complete -c sx -n "__fish_sx_needs_command" -s r -l time-range -d 'Only as old as this' -r -f -a "day\t''
week\t''
month\t''
year\t''"
complete -c sx -n "__fish_sx_needs_command" -s l -l language -d 'In this language, such as en or de-CH' -r
complete -c sx -n "__fish_sx_needs_command" -l categories -d 'Only these groups of engines' -r -f -a "general\t''
news\t''
videos\t''
images\t''
music\t''
map\t''
science\t''
it\t''
files\t''
social media\t''"
complete -c sx -n "__fish_sx_needs_command" -s e -l engines -d 'Only these engines of the instance' -r
complete -c sx -n "__fish_sx_needs_command" -l engine -d 'The service that is asked' -r
complete -c sx -n "__fish_sx_needs_command" -l safe-search -d 'How much is filtered out' -r -f -a "none\t''
moderate\t''
strict\t''"
complete -c sx -n "__fish_sx_needs_command" -s o -l output -d 'Write to this file instead of stdout' -r -F
complete -c sx -n "__fish_sx_needs_command" -l searxng-url -d 'The instance that is asked first' -r
complete -c sx -n "__fish_sx_needs_command" -l searxng-urls -d 'Further instances, for when the first fails or finds nothing' -r
complete -c sx -n "__fish_sx_needs_command" -l searxng-strategy -d 'Ask one after the other, or all at once' -r -f -a "ordered\t'One after the other, until one has results'
parallel-fastest\t'All at once; the first that has results wins'"
complete -c sx -n "__fish_sx_needs_command" -l http-method -d 'How the question is sent' -r -f -a "GET\t''
POST\t''"
complete -c sx -n "__fish_sx_needs_command" -l timeout -d 'Seconds for one request in all' -r
complete -c sx -n "__fish_sx_needs_command" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_needs_command" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_needs_command" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_needs_command" -l top -d 'Only the first result'
complete -c sx -n "__fish_sx_needs_command" -s F -l files -d 'Only files'
complete -c sx -n "__fish_sx_needs_command" -s M -l music -d 'Only music'
complete -c sx -n "__fish_sx_needs_command" -s N -l news -d 'Only news'
complete -c sx -n "__fish_sx_needs_command" -s S -l social -d 'Only social media'
complete -c sx -n "__fish_sx_needs_command" -s V -l videos -d 'Only videos'
complete -c sx -n "__fish_sx_needs_command" -l unsafe -d 'Filter nothing out'
complete -c sx -n "__fish_sx_needs_command" -s c -l clean -d 'Leave empty values out of the JSON'
complete -c sx -n "__fish_sx_needs_command" -l md -d 'Print the results as Markdown'
complete -c sx -n "__fish_sx_needs_command" -s L -l links-only -d 'Print addresses only, one a line'
complete -c sx -n "__fish_sx_needs_command" -s T -l text -d 'Read the pages that were found, and print them as Markdown'
complete -c sx -n "__fish_sx_needs_command" -s H -l html -d 'Read the pages that were found, and print their HTML'
complete -c sx -n "__fish_sx_needs_command" -s j -l first -d 'Open the first result in the browser'
complete -c sx -n "__fish_sx_needs_command" -l lucky -d 'Open any one of the results in the browser'
complete -c sx -n "__fish_sx_needs_command" -s i -l interactive -d 'Ask what to do with the results: open, read, go on, search again'
complete -c sx -n "__fish_sx_needs_command" -s x -l expand -d 'Show whole addresses in a terminal'
complete -c sx -n "__fish_sx_needs_command" -l no-verify-ssl -d 'Take any certificate: for tests'
complete -c sx -n "__fish_sx_needs_command" -l private-pages -d 'Read pages of this machine and of its own network too (with --text and --html)'
complete -c sx -n "__fish_sx_needs_command" -l noua -d 'Do not say that it is sx that asks'
complete -c sx -n "__fish_sx_needs_command" -l nocolor -d 'No colour'
complete -c sx -n "__fish_sx_needs_command" -l debug -d 'Say on stderr what is asked of which instance, never the question'
complete -c sx -n "__fish_sx_needs_command" -s p -l np -d 'Accepted for older scripts: nothing is asked back anyway'
complete -c sx -n "__fish_sx_needs_command" -l version -d 'Print the version'
complete -c sx -n "__fish_sx_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_needs_command" -a "history" -d 'Show or forget the questions that were typed in a terminal'
complete -c sx -n "__fish_sx_needs_command" -a "config" -d 'Show the configuration, or take over that of an earlier sx'
complete -c sx -n "__fish_sx_needs_command" -a "init" -d 'Write a configuration file in which everything is explained and nothing is changed'
complete -c sx -n "__fish_sx_needs_command" -a "completions" -d 'Print a completion script for a shell'
complete -c sx -n "__fish_sx_needs_command" -a "man" -d 'Write the man pages into a folder'
complete -c sx -n "__fish_sx_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sx -n "__fish_sx_using_subcommand history" -s n -l limit -d 'At most this many, the newest' -r
complete -c sx -n "__fish_sx_using_subcommand history" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand history" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand history" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand history" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand history" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand history" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -f -a "show" -d 'Every value in force, and where it comes from'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -f -a "path" -d 'The files that are read, the later winning'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -f -a "import" -d 'Take over the configuration of an earlier sx'
complete -c sx -n "__fish_sx_using_subcommand config; and not __fish_seen_subcommand_from show path import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from path" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -l replace -d 'Replace our own file if there is one'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Every value in force, and where it comes from'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'The files that are read, the later winning'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over the configuration of an earlier sx'
complete -c sx -n "__fish_sx_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sx -n "__fish_sx_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand init" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand init" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand init" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand init" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand init" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand completions" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand completions" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand completions" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand completions" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Also into a pipe'
never\t'Nowhere'"
complete -c sx -n "__fish_sx_using_subcommand man" -s C -l directory -d 'Work as if started in this directory; other paths are read from there' -r -F
complete -c sx -n "__fish_sx_using_subcommand man" -l config -d 'Read this configuration file instead of the usual ones' -r -F
complete -c sx -n "__fish_sx_using_subcommand man" -l json -d 'Print JSON on stdout, errors included'
complete -c sx -n "__fish_sx_using_subcommand man" -s q -l quiet -d 'Print results and errors only'
complete -c sx -n "__fish_sx_using_subcommand man" -s v -l verbose -d 'Log more on stderr (repeat for more)'
complete -c sx -n "__fish_sx_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sx -n "__fish_sx_using_subcommand help; and not __fish_seen_subcommand_from history config init completions man help" -f -a "history" -d 'Show or forget the questions that were typed in a terminal'
complete -c sx -n "__fish_sx_using_subcommand help; and not __fish_seen_subcommand_from history config init completions man help" -f -a "config" -d 'Show the configuration, or take over that of an earlier sx'
complete -c sx -n "__fish_sx_using_subcommand help; and not __fish_seen_subcommand_from history config init completions man help" -f -a "init" -d 'Write a configuration file in which everything is explained and nothing is changed'
complete -c sx -n "__fish_sx_using_subcommand help; and not __fish_seen_subcommand_from history config init completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c sx -n "__fish_sx_using_subcommand help; and not __fish_seen_subcommand_from history config init completions man help" -f -a "man" -d 'Write the man pages into a folder'
complete -c sx -n "__fish_sx_using_subcommand help; and not __fish_seen_subcommand_from history config init completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sx -n "__fish_sx_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Every value in force, and where it comes from'
complete -c sx -n "__fish_sx_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'The files that are read, the later winning'
complete -c sx -n "__fish_sx_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "import" -d 'Take over the configuration of an earlier sx'
