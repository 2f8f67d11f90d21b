# shellcheck shell=bash
# Completion of assess for bash.

# Ids that `assess list` knows, as ID@EDITION.
_assess_rubrics()
{
    assess list 2>/dev/null | sed -n 's/^\([a-z][a-z0-9_]*@[0-9.-]*\)$/\1/p'
}

# Levels of all rubrics, from lines such as "  levels: basic, advanced".
_assess_levels()
{
    assess list 2>/dev/null | sed -n 's/^  levels: //p' | tr -s ', ' '\n' | awk '!seen[$0]++'
}

# Profiles of all rubrics, from lines such as "  profile discrete: Discrete manufacturing".
_assess_profiles()
{
    assess list 2>/dev/null | sed -n 's/^  profile \([a-z0-9_]*\): .*/\1/p' | sort -u
}

# Templates of reports, from the list.
_assess_templates()
{
    assess list 2>/dev/null | sed -n '/^templates:/,/^survey tools:/ s/^\([A-Za-z0-9_-]*\)$/\1/p'
}

# Survey tools, from the end of the list.
_assess_layouts()
{
    assess list 2>/dev/null | sed -n '/^survey tools:/,$ s/^\([A-Za-z0-9_-]*\)$/\1/p'
}

# Words for the value of the option $1 of the command $2; status 1 if it takes a file.
_assess_values()
{
    case $1 in
    -f | --format)
        case $2 in
        form) echo csv xlsx ;;
        check | inspect) echo text json ;;
        *) echo pdf html json csv xlsx ;;
        esac
        ;;
    --lang) echo en zh en,zh ;;
    --encoding) echo UTF-8 UTF-16LE UTF-16BE GB18030 Big5 Windows-1252 ;;
    --delimiter) echo comma semicolon tab pipe ;;
    --require) _assess_levels ;;
    --duplicates) echo last first best worst median error ;;
    --reports) echo all && _assess_levels ;;
    --profile) _assess_profiles ;;
    --date) date -u +%F ;;
    --since) _assess_rubrics | sed 's/.*@//' | sort -u ;;
    -r | --rubric) _assess_rubrics ;;
    --template) _assess_templates ;;
    --layout) _assess_layouts ;;
    *) return 1 ;;
    esac
}

_assess_options()
{
    case $1 in
    score)
        echo --rubric --profile --lang --format --output --force --date --since --with --benchmark \
            --encoding --template --final --strict --require --quiet --verbose --help
        ;;
    batch)
        echo --rubric --profile --lang --output --force --date --strict --encoding --delimiter \
            --layout --map --duplicates --resume --shard --min-group --checkpoint --jobs --no-bom \
            --json --xlsx --reports --where --rank --sample --seed --template --quiet --verbose --help
        ;;
    merge)
        echo --rubric --lang --output --force --jobs --json --xlsx --reports --rank --sample --seed \
            --template --quiet --verbose --help
        ;;
    inspect)
        echo --rubric --lang --format --encoding --delimiter --layout --map --write-map --force \
            --quiet --verbose --help
        ;;
    explain)
        echo --rubric --profile --lang --date --since --with --encoding --strict --plan --quiet \
            --verbose --help
        ;;
    form) echo --rubric --lang --format --output --force --since --help ;;
    check)
        echo --rubric --lang --format --output --force --date --strict --no-proofs --seconds --mutate \
            --diff --quiet --verbose --help
        ;;
    verify) echo --rubric --template --quiet --help ;;
    list) echo --lang --verbose --help ;;
    help) echo --help ;;
    *) echo --help --version ;;
    esac
}

# Add folders and files with the ending $1 that begin with $2.
_assess_files()
{
    local -a found

    mapfile -t found < <(compgen -d -- "$2"; compgen -f -X "!*.$1" -- "$2")
    COMPREPLY+=("${found[@]}")
}

_assess()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local commands='score batch merge inspect explain form check verify list help' command='' word values before=''

    COMPREPLY=()
    # "--lang=zh" comes as three words.
    [[ $current == = ]] && current=''
    [[ $previous == = ]] && previous=${COMP_WORDS[COMP_CWORD - 2]}
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word != -* ]]; then
            command=$word
            break
        fi
    done
    [[ " $commands " == *" $command "* ]] || command=${command:+score}
    if values=$(_assess_values "$previous" "$command"); then
        # Formats of a report make a list: what stands before the last comma is kept.
        if [[ $previous == -f || $previous == --format ]] &&
            [[ $command == score && $current == *,* ]]; then
            before=${current%,*},
        fi
        mapfile -t COMPREPLY < <(compgen -P "$before" -W "$values" -- "${current#"$before"}")
        [[ $previous == -r || $previous == --rubric ]] && _assess_files ini "$current"
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_assess_options "$command")" -- "$current")
    elif [[ $command == help ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands format template survey" -- "$current")
    elif [[ $command == check ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_assess_rubrics)" -- "$current")
        _assess_files ini "$current"
        [[ " ${COMP_WORDS[*]} " == *' --diff '* ]] && _assess_files csv "$current"
    elif [[ $command == verify ]]; then
        _assess_files pdf "$current"
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current"; compgen -f -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}

complete -o filenames -F _assess assess
