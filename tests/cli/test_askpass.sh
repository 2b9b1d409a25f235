#!/bin/bash
# Does pamjwt-askpass hand out the right slice, from the right source, and to nobody else? (TAP)
# Variables in the small programs below are theirs, and `shell` may be two words.
# shellcheck disable=SC2016,SC2086
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
askpass=${ASKPASS:-$here/helper/pamjwt-askpass}
box=$(mktemp -d)
trap 'rm -rf -- "$box"' EXIT
unset PAMJWT_TOKEN_FILE PAMJWT_TICKET_FILE PAMJWT_TOKEN_COMMAND
unset BEARER_TOKEN BEARER_TOKEN_FILE XDG_RUNTIME_DIR
export TMPDIR=$box
count=0
shell=

# A word of $1 characters in which no two slices are equal.
word() {
    local out='' i
    for ((i = 0; ${#out} < $1; i++)); do out+="w$i."; done
    printf '%s' "${out:0:$1}"
}

ok() { # NAME WANTED GOT
    count=$((count + 1))
    if [ "$2" = "$3" ]; then
        printf 'ok %d - %s: %s\n' "$count" "$shell" "$1"
    else
        printf 'not ok %d - %s: %s\n# wanted %q\n# got    %q\n' "$count" "$shell" "$1" "$2" "$3"
    fi
}

# What it answers, with a dot so that line ends count, and its exit status.
ask() {
    local out status=0
    out=$($shell "$askpass" "$@" 2>"$box/err" && printf .) || status=$?
    printf '%s%s' "$out" "$status"
}

slices() {
    local long
    long=$(word 1203)
    printf '%s' "$long" >"$box/token"
    export PAMJWT_TOKEN_FILE=$box/token
    ok 'part 1' "${long:0:500}"$'\n.0' "$(ask 'Token: ')"
    ok 'part 1, decorated by ssh' "${long:0:500}"$'\n.0' "$(ask '(alice@web1) Token: ')"
    ok 'part 2' "${long:500:500}"$'\n.0' "$(ask '(alice@web1) Token part 2: ')"
    ok 'part 3, shorter' "${long:1000}"$'\n.0' "$(ask 'Token part 3: ')"
    ok 'a part past the end is an empty line' $'\n.0' "$(ask 'Token part 4: ')"
    ok 'the last part there is' $'\n.0' "$(ask 'Token part 40: ')"
    ok 'a message on the line before' "${long:500:500}"$'\n.0' \
        "$(ask $'Token: of today is needed\nToken part 2: ')"
    word 1000 >"$box/token"
    ok 'a multiple of 500 ends with an empty part' $'\n.0' "$(ask 'Token part 3: ')"
    printf ' \n%s \r\n\n' "$(word 500)" >"$box/token"
    ok 'space around the token is trimmed' "$(word 500)"$'\n.0' "$(ask 'Token: ')"
}

refusals() {
    local prompt
    export PAMJWT_TOKEN_FILE=$box/token
    word 700 >"$box/token"
    for prompt in "alice@web1's password: " 'Password: ' 'Token part 1: ' 'Token part 02: ' \
        'Token part 41: ' 'Token part x: ' 'Token part 9999999999: ' 'Token part 2' 'token: ' '' \
        'Are you sure you want to continue connecting (yes/no/[fingerprint])? ' \
        $'Token: \nPassword: '; do
        ok "no answer to '${prompt//$'\n'/ }'" 1 "$(ask "$prompt")"
        ok '... and it says so' 1 "$(grep -c 'does not ask for a token' "$box/err")"
    done
    ask $'evil\e]0;\a: ' >/dev/null
    ok 'control characters of a prompt are not repeated' 0 "$(grep -c $'[\e\a]' "$box/err")"
    : >"$box/token"
    ok 'an empty file' 1 "$(ask 'Token: ')"
    printf 'two words\n' >"$box/token"
    ok 'a file with two words' 1 "$(ask 'Token: ')"
    PAMJWT_TOKEN_FILE=$box/none
    ok 'a file that is not there' 1 "$(BEARER_TOKEN=other ask 'Token: ')"
    PAMJWT_TOKEN_FILE=$box
    ok 'a directory' 1 "$(ask 'Token: ')"
    unset PAMJWT_TOKEN_FILE
    ok 'two arguments' 2 "$(ask 'Token: ' 'Token: ')"
    ok 'no argument' 2 "$(ask)"
    ok '-- without a command' 2 "$(ask --)"
    ok '--help' 0 "$($shell "$askpass" --help >"$box/out" && echo $?)"
    ok '... shows the usage' 1 "$(grep -c '^usage: pamjwt-askpass PROMPT' "$box/out")"
}

sources() {
    local name
    mkdir -p "$box/run"
    for name in token ticket env file; do printf 'from-%s\n' "$name" >"$box/$name"; done
    printf 'from-run\n' >"$box/run/bt_u$(id -u)"
    export PAMJWT_TOKEN_FILE=$box/token PAMJWT_TICKET_FILE=$box/ticket BEARER_TOKEN=' from-env '
    export BEARER_TOKEN_FILE=$box/file XDG_RUNTIME_DIR=$box/run
    ok 'PAMJWT_TOKEN_FILE first' $'from-token\n.0' "$(ask 'Token: ')"
    unset PAMJWT_TOKEN_FILE
    ok 'then PAMJWT_TICKET_FILE' $'from-ticket\n.0' "$(ask 'Token: ')"
    PAMJWT_TICKET_FILE=
    ok 'then BEARER_TOKEN' $'from-env\n.0' "$(ask 'Token: ')"
    unset BEARER_TOKEN
    ok 'then BEARER_TOKEN_FILE' $'from-file\n.0' "$(ask 'Token: ')"
    unset BEARER_TOKEN_FILE
    ok 'then the runtime directory' $'from-run\n.0' "$(ask 'Token: ')"
    mv "$box/run/bt_u$(id -u)" "$box/run/real"
    ln -s "$box/run/real" "$box/run/bt_u$(id -u)"
    ok 'not through a symbolic link' 1 "$(ask 'Token: ')"
    ln -f "$box/run/real" "$box/run/bt_u$(id -u)"
    ok 'not a file with a second name' 1 "$(ask 'Token: ')"
    rm -f "$box/run/real"
    ok 'and with one name again' $'from-run\n.0' "$(ask 'Token: ')"
    if [ "$(id -u)" -eq 0 ]; then
        chown 65534 "$box/run/bt_u0"
        ok "not another user's file" 1 "$(ask 'Token: ')"
    fi
    rm -f "$box/run/"*
    unset PAMJWT_TICKET_FILE XDG_RUNTIME_DIR
}

around() {
    local show="$box/show" long
    long=$(word 600)
    printf '%s\n' "$long" >"$box/issued"
    rm -f "$box/runs"
    printf '%s\n' '#!/bin/sh' 'echo "$SSH_ASKPASS_REQUIRE ${PAMJWT_TOKEN_COMMAND-gone} ${LC_ALL-}"' \
        'stat -c "%a %u" "$PAMJWT_TOKEN_FILE"; echo "$PAMJWT_TOKEN_FILE" >"$BOX/where"' \
        '"$SSH_ASKPASS" "Token: "; "$SUDO_ASKPASS" "Token part 2: "; exit "$1"' >"$show"
    chmod +x "$show"
    export BOX=$box PAMJWT_TOKEN_COMMAND="echo run >>'$box/runs'; cat '$box/issued'"
    ok 'around a command: once, 0600, both parts, its exit status' \
        "force gone "$'\n'"600 $(id -u)"$'\n'"${long:0:500}"$'\n'"${long:500}"$'\n.0' \
        "$(LC_ALL='' ask -- "$show" 0)"
    ok '... the token command ran once' 1 "$(wc -l <"$box/runs")"
    ok '... and its file is gone' no "$([ -e "$(cat "$box/where")" ] && echo yes || echo no)"
    ok 'the status of the command is ours' 7 "$(ask -- "$show" 7 | tail -c 1)"
    signals 2>/dev/null
    rm -f "$box/where"
    PAMJWT_TOKEN_COMMAND=false
    ok 'a failing token command runs nothing' 1-no \
        "$(ask -- "$show" 0)-$([ -e "$box/where" ] && echo yes || echo no)"
    PAMJWT_TOKEN_COMMAND=true
    ok 'a silent one neither' 1-no \
        "$(ask -- "$show" 0)-$([ -e "$box/where" ] && echo yes || echo no)"
    unset PAMJWT_TOKEN_COMMAND
    export PAMJWT_TOKEN_FILE=$box/issued
    ok 'without a token command the usual sources serve' "${long:0:500}"$'\n.0' \
        "$(ask -- sh -c '"$SSH_ASKPASS" "Token: "')"
    unset PAMJWT_TOKEN_FILE
    ok 'no temporary file is left' '' "$(find "$box" -name 'pamjwt.*')"
}

# The command waits on a fifo, so the signal surely meets it at work.
signals() {
    local signal pid status
    for signal in TERM HUP INT; do
        rm -f "$box/fifo" && mkfifo "$box/fifo"
        # A session of its own: the signal goes to all of its processes, as a terminal's does.
        # env: a background job of a script would otherwise start with INT ignored, and under nohup with HUP.
        setsid env --default-signal=HUP,INT,QUIT,TERM $shell "$askpass" -- sh -c \
            'echo "$PAMJWT_TOKEN_FILE" >"$BOX/where"; echo ready >"$BOX/fifo"; read x <"$BOX/fifo"' \
            2>/dev/null &
        pid=$!
        read -r _ <"$box/fifo"
        status=0
        kill "-$signal" -- "-$pid"
        wait "$pid" || status=$?
        ok "SIG$signal: it ends by it" $((128 + $(kill -l "$signal"))) "$status"
        ok "SIG$signal: the file is gone" no "$([ -e "$(cat "$box/where")" ] && echo yes || echo no)"
    done
}

# No argument list may ever hold the token: the tools it starts note theirs.
arguments() {
    local tool real
    mkdir -p "$box/bin"
    for tool in awk cut find id tr mktemp rm printf cat; do
        real=$(type -P "$tool")
        printf '#!/bin/sh\nfor a in "$@"; do echo "$a" >>"%s"; done\nexec %s "$@"\n' \
            "$box/arguments" "$real" >"$box/bin/$tool"
        chmod +x "$box/bin/$tool"
    done
    : >"$box/arguments"
    (
        export PATH="$box/bin:$PATH" BEARER_TOKEN=secret-of-mine
        $shell "$askpass" 'Token: ' >/dev/null
        unset BEARER_TOKEN
        export PAMJWT_TOKEN_COMMAND="cat '$box/issued'"
        $shell "$askpass" -- sh -c '"$SSH_ASKPASS" "Token: "' >/dev/null
    )
    ok 'programs were started with arguments' yes \
        "$([ -s "$box/arguments" ] && echo yes || echo no)"
    ok 'the token is in none of them' 0 "$(grep -c -e secret-of-mine -e 'w0\.w1' "$box/arguments")"
}

shells=(dash)
if busybox sh -c : 2>/dev/null; then shells+=('busybox sh'); fi
if bash --posix -c :; then shells+=('bash --posix'); fi
for shell in "${shells[@]}"; do
    command -v "${shell%% *}" >/dev/null || continue
    slices
    refusals
    sources
    around
    arguments
done
printf '1..%d\n' "$count"
