# shellcheck shell=bash
# How does the demo tell its story? Words, the commands it runs, what came out, PASS or FAIL.
passed=0 failed=0 status=0
said=$(mktemp)
trap 'rm -f "$said"' EXIT
bold='' green='' red='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
    bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
fi

chapter() {
    printf '\n%s%s%s\n' "$bold" "$1" "$plain"
}

words() {
    printf '%s\n' "$1"
}

# run PROMPT COMMAND: what is printed is what is run, in a shell of its own. `runner` may hold
# what makes it another user's.
runner=()
run() {
    printf '\n    %s %s%s%s\n' "$1" "$bold" "${2//$'\n'/$'\n    '}" "$plain"
    status=0
    "${runner[@]}" bash -c "$2" >"$said" 2>&1 </dev/null || status=$?
    sed 's/^/    /' "$said"
    [ "$status" -eq 0 ] || printf '    [exit status %d]\n' "$status"
}

verdict() { # HOLDS WHAT
    if [ "$1" = yes ]; then
        passed=$((passed + 1))
        printf '  %sPASS%s  %s\n' "$green" "$plain" "$2"
    else
        failed=$((failed + 1))
        printf '  %sFAIL%s  %s\n' "$red" "$plain" "$2"
    fi
}

# Both look at the last command: did it do what it should, and say what it should?
should_work() { # WHAT PATTERN
    local holds=no
    [ "$status" -ne 0 ] || ! grep -Eq -- "$2" "$said" || holds=yes
    verdict "$holds" "$1"
}

should_fail() { # WHAT PATTERN
    local holds=no
    [ "$status" -eq 0 ] || ! grep -Eq -- "$2" "$said" || holds=yes
    verdict "$holds" "$1"
}

# Setting up: nothing to judge unless it fails, and then there is no story.
must() { # PROMPT COMMAND
    run "$@"
    [ "$status" -eq 0 ] || {
        printf '\nThe demo cannot go on: that command should have worked.\n'
        exit 1
    }
}

summary() {
    printf '\n%s%d steps did what they should, %d did not.%s\n' "$bold" "$passed" "$failed" "$plain"
}
