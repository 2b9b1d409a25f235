#!/bin/sh
# Has every reason a cause and a cure, and every check the option that it enforces? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
if ! command -v jq >/dev/null; then
    printf 'ok 1 - reasons # SKIP jq is not installed\n1..1\n'
    exit 0
fi
root=$(cd "$(dirname "$0")/../.." && pwd)

# lacks NAME WORDS FILE: passes when FILE, a list of what is missing, is empty.
lacks() {
    : >"$box/out"
    sed "s|\$|: $2|" "$3" >"$box/err"
    [ ! -s "$3" ]
    result "$1" $?
}

sed -n 's/^ *X(\([A-Z_0-9]*\), *[A-Z]*, *"\([^"]*\)", *".*/\2 \1/p' "$root/lib/base/verdict.h" \
    >"$box/reasons"
[ "$(wc -l <"$box/reasons")" -ge 80 ]
result 'the header has reasons' $?

run 0 'the list of reasons' explain --reason
cut -d' ' -f1 "$box/out" >"$box/listed"
cut -d' ' -f1 "$box/reasons" | cmp -s - "$box/listed"
result 'has each of them, in order' $?
run 0 'as JSON' explain --reason --json
json 'it has the same' "map(.code) == $(jq -R . <"$box/listed" | jq -sc .)"
json 'each with text, cause and cure' 'all(.[]; [.text, .cause, .cure | type == "string" and length > 3] | all)'
jq -r '.[] | select(.cause == "this program has no words for it") | .code' "$box/out" >"$box/lacking"
cp "$box/out" "$box/all.json"
lacks 'every reason has its row' 'add a row to helper/cmd/advice_rows.h: name, cause, cure' "$box/lacking"
sed -n 's/^ *X(\([A-Z_0-9]*\), ".*/\1/p' "$root/helper/cmd/advice_rows.h" | sort | uniq -d >"$box/lacking"
lacks 'no reason has two' 'has two rows in helper/cmd/advice_rows.h' "$box/lacking"
jq -r '.[] | select((.cause + .cure) | test("\\.$|\n")) | .code' "$box/all.json" >"$box/lacking"
lacks 'causes and cures end without a full stop' 'take the full stop off' "$box/lacking"

# A login that ends so, and one that passes and differs in one line; what no case can bring about
# is asserted in C.
while read -r code reason; do
    grep -lE "^\[log\] .*reason=$code( |\$)" "$root"/tests/pam/cases/*.case 2>/dev/null |
        xargs -r grep -l '^\[control\]' | grep -q . ||
        grep -rqE "[ ,(]$reason\)|PJWT_$reason\\b" "$root/tests/unit" ||
        grep -rq "reason=$code" "$root/tests/pam/host" || echo "$code"
done <"$box/reasons" >"$box/lacking"
lacks 'every reason has a test' 'add a case to tests/pam/cases, with a [control]' "$box/lacking"

run 0 'one reason' explain --reason audience
same 'exactly' "audience: the token is not for this machine
cause: aud holds none of the issuer's audience, byte for byte
cure:  ask for a token for this machine, or add its audience to audience" "$(cat "$box/out")"
run 0 'one as JSON' explain --json --reason=audience
json 'has four members' 'keys == ["cause", "code", "cure", "text"] and .code == "audience"'
run 0 'the reason that nothing else names' explain --reason unset
run 1 'a reason that there is not' explain --reason expird
says 'what was meant' 'there is no reason expird; did you mean expired?'
silent 'nothing on stdout'
run 2 'a reason and a file' explain --reason expired "$conf"

# The names of the checks: as they are written behind PJWT_CHECK, and in the table of kinds.
{
    cat "$root"/lib/*.c "$root"/lib/*/*.c | tr -s '\n ' ' ' | grep -oE 'PJWT_CHECK\( ?[a-z>-]+, "[^"]+"' |
        sed 's/.*"\(.*\)"/\1/'
    grep -o '"[a-z]* revoked",' "$root/lib/store/revocation_kind.c" | tr -d '",'
} | sort -u >"$box/checks"
[ "$(wc -l <"$box/checks")" -ge 30 ]
result 'lib/ has checks' $?
while read -r check; do
    grep -qF "{\"$check\"," "$root/helper/cmd/deciding.c" || echo "$check"
done <"$box/checks" >"$box/lacking"
lacks 'every check has its row' \
    'add a row to helper/cmd/deciding.c: the check, ANY, section and option, or NULL twice' "$box/lacking"
sed -n 's/^    {"\([^"]*\)", .*/\1/p' "$root/helper/cmd/deciding.c" | sort -u |
    grep -vxE 'config|service|store' | comm -23 - "$box/checks" >"$box/lacking"
lacks 'every row is of a check' 'no check of lib/ has that name: take the row out' "$box/lacking"
sed -n 's/^    {"[^"]*", *[A-Z_]*, *"\([a-z]*\)", *"\([a-z_]*\)"}.*/\1 \2/p' "$root/helper/cmd/deciding.c" |
    sort -u >"$box/named"
while read -r section option; do
    grep -qE "(CONFIG\\(\"$section\", *|$(echo "$section" | tr '[:lower:]' '[:upper:]')\\()$option," "$root/lib/policy/options.c" ||
        echo "$section $option"
done <"$box/named" >"$box/lacking"
lacks 'every option of a row exists' 'is no option of lib/policy/options.c' "$box/lacking"
finish
