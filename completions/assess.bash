# shellcheck shell=bash
# Completion of assess for bash.

# Ids that `assess list` knows, as ID@EDITION.
_assess_rubrics()
{
    assess list 2>/dev/null | sed -n 's/^\([a-z][a-z0-9_]*@[0-9.-]*\)$/\1/p'
}

# Words for the value of the option $1 of the command $2; status 1 if it takes a file.
_assess_values()
{
    case $1 in
    -f | --format)
        case $2 in
        form) echo csv ;;
        check) echo text json ;;
        *) echo pdf json csv ;;
        esac
        ;;
    --lang) echo en zh en,zh ;;
    --require) echo basic advanced excellent pilot ;;
    --date) date -u +%F ;;
    -r | --rubric) _assess_rubrics ;;
    *) return 1 ;;
    esac
}

_assess_options()
{
    case $1 in
    score)
        echo --rubric --profile --lang --format --output --force --date --strict --require \
            --quiet --verbose --help
        ;;
    explain) echo --rubric --profile --lang --date --strict --plan --quiet --verbose --help ;;
    form) echo --rubric --lang --format --output --force --help ;;
    check) echo --format --quiet --verbose --help ;;
    list) echo --lang --verbose --help ;;
    help) echo --help ;;
    *) echo --help --version ;;
    esac
}

_assess()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local commands='score explain form check list help' command='' word values

    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word != -* ]]; then
            command=$word
            break
        fi
    done
    [[ " $commands " == *" $command "* ]] || command=${command:+score}
    if values=$(_assess_values "$previous" "$command"); then
        mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_assess_options "$command")" -- "$current")
    elif [[ $command == help ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current"; compgen -f -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}

complete -o filenames -F _assess assess
