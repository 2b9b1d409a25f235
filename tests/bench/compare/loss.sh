# What still works when the session file is lost? Tried: what was issued before, what is issued after.
# Sourced by compare.sh; writes facts.
# shellcheck shell=sh disable=SC2154

# "accepted", or the reason and the PAM code.
verdict_of() { # CREDENTIAL
    run hold "$1" try "$ssh_fits" >"$dir/said" || true
    code=$(cut -d' ' -f 1 "$dir/said")
    if [ "$code" = SUCCESS ]; then
        echo accepted
        return
    fi
    attempt=$(sed -n 's/.*attempt \([0-9a-f]*\).*/\1/p' "$dir/said")
    echo "\`$(pamjwt explain --attempt "$attempt" --json | jq -r .code)\`, $code"
}

try_all() { # NAME
    for kind in $kinds; do fact "$1" "$kind" "$(verdict_of "$kind")"; done
}

put_back() {
    rm -rf "$state"
    cp -a "$dir/kept" "$state"
}

# One byte of each page is another one.
damage() {
    at=1000
    while [ "$at" -lt "$(stat -c %s "$state/sessions.db")" ]; do
        printf X | dd of="$state/sessions.db" bs=1 seek="$at" conv=notrunc status=none
        at=$((at + 4096))
    done
}

# How many seconds until a credential that was made after the loss is good? A minute and a half at most.
new_ones() {
    from=$(date +%s)
    waiting=$kinds
    while [ -n "$waiting" ] && [ $(($(date +%s) - from)) -lt 90 ]; do
        still=
        for kind in $waiting; do
            if fresh "$kind" 2>/dev/null && [ "$(verdict_of "$kind")" = accepted ]; then
                fact back.new "$kind" $(($(date +%s) - from))
            else
                still="$still $kind"
            fi
        done
        waiting=$still
        [ -z "$waiting" ] || sleep 0.5
    done
}

measure_loss() {
    for kind in $kinds; do
        fresh "$kind"
        # shellcheck disable=SC2046 # operands
        pamjwt revoke $(revocation "$kind") >>"$dir/log"
        mv "$dir/credential/$kind" "$dir/credential/${kind}_revoked"
        fresh "$kind"
        [ "$(verdict_of "$kind")" = accepted ]
    done
    pamjwt backup "$dir/backup" >>"$dir/log"
    pamjwt block nobody >>"$dir/log"
    cp -a "$state" "$dir/kept"
    rm -f "$state"/sessions.db*
    try_all lost.missing
    put_back
    damage
    try_all lost.damaged
    put_back
    pamjwt restore "$dir/backup" >>"$dir/log"
    try_all lost.behind
    pamjwt repair --accept-restore >>"$dir/log"
    try_all back.before
    new_ones
    measure_loss_of_all
}

# With the directory goes all that knew of the file.
measure_loss_of_all() {
    for kind in $kinds; do fresh "$kind"; done
    start_anew
    try_all anew.before
    for kind in $kinds; do fact anew.revoked "$kind" "$(verdict_of "${kind}_revoked")"; done
}
