#!/bin/sh
# Is a command that writes all or nothing, at whichever system call a signal reaches it? (TAP)
#
#     tests/interrupt/test_interrupt.sh BUILD [STRIDE [STORY]...]
#
# Each story is one command, run again and again from the same state, with a signal at every
# STRIDE-th of its calls. What asks it to end is kept until it has come to one; KILL cannot be.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/../cli/support.sh"
nth=$(dirname "$pamjwt")/tests/interrupt/nth_call
sql=$(dirname "$pamjwt")/tests/cli/session_sql
stride=${2:-1}
shift $(($# < 2 ? $# : 2))
stories=$*
state=$box/etc/state
export ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0" # it would trace us too

set_up
once_issuer
cat >>"$conf" <<END

[logins]
end = expired
END
try key new --issuer lab --kid old
try key new --issuer once
try key new --issuer corp --alg ES256
run 0 'control: the store to begin with is whole' status --verify
try token mint --issuer once --sub "$me" --aud pam:box
cp "$box/out" "$box/token"
try ticket issue --user "$me" --service sshd
cp "$box/out" "$box/ticket"
id=$(cut -c 6-17 "$box/ticket")
try backup "$box/older"
try block carol
blocked=$("$pamjwt" --config "$conf" revoke list --json 2>"$box/err" |
    sed -n 's/^\[*{"id":"\([^"]*\)".*/\1/p' | head -n 1)
sed 's/"old"/"other"/' "$box/etc/keys/lab.jwks" >"$box/other.jwks"
i=0
while [ $((i += 1)) -le 300 ]; do
    printf '{"kind":"jti","iss":"https://lab.example","value":"j%s","before":null,' "$i"
    echo '"created":"2026-01-01T00:00:00Z","until":"2099-01-01T00:00:00Z","by":"root","reason":null}'
done >"$box/lines"
cp -a "$box/etc" "$box/sound"

# All that may have changed, on one line; the audit is its last field.
state() {
    "$pamjwt" --config "$conf" status --verify >"$box/verify" 2>&1
    set -- "$?" "$(grep -c '^ok ' "$box/verify")"
    "$sql" "$state" "SELECT (SELECT count(*) FROM tickets),(SELECT count(*) FROM tickets WHERE
        revoked_at>0),(SELECT count(*) FROM revocations),(SELECT count(*) FROM blocks),(SELECT
        count(*) FROM logins),(SELECT count(*) FROM replay),(SELECT count(*) FROM audit)" \
        >"$box/rows" 2>&1
    for file in "$box"/etc/keys/* "$box"/etc/private/* "$box/copy"; do
        [ ! -f "$file" ] || set -- "$@" "${file##*/}" "$(grep -ao '"kid"' "$file" | wc -l)"
    done
    echo "$* $(cat "$box/rows")"
}
unaudited() { echo "${1%[| ]*}"; }

# What is there once must be gone after the next command of the same kind.
left_over() {
    find "$box/etc" "$box/copy.new" "$box/copy.new-journal" -name '.new-*' -o -name '*.new*' \
        2>/dev/null
}

fresh() {
    rm -rf "${box:?}/etc" "$box/copy" "$box/copy.new" "$box/copy.new-journal"
    [ "$story" = init ] || cp -a "$box/$from" "$box/etc"
    ! command -v "before_$story" >/dev/null || "before_$story"
}

# An open login, by the ticket that ended an hour ago.
started() { sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20; }
open_login() {
    setsid sleep 600 </dev/null >/dev/null 2>&1 &
    login=$!
    until [ "$(cut -d ' ' -f 6 "/proc/$login/stat")" = "$login" ]; do :; done
    "$sql" "$state" "INSERT INTO logins (id,ours,target,tty,rhost,pid,started,boot,opened,user,
        service,ticket,iss,sub,jti,kid,iat,issued,expires,leeway) VALUES ('aaaaaaaaaaa',1,'$me','','',
        $login,$(started "$login"),'$(cat /proc/sys/kernel/random/boot_id)',1,'$me','sshd','$id',
        '','','','',0,1,2,0)" >"$box/rows" 2>&1
}
lives() { [ -d "/proc/$login" ] && [ "$(sed 's/.*) //;s/ .*//' "/proc/$login/stat")" != Z ]; }
before_login() { open_login; }
before_reap() { open_login; }
# One thing to forget: of more than a batch, some may go and some not.
before_prune() {
    "$sql" "$state" "UPDATE tickets SET created=1699990000,expires=1700000000,renewable_until=0
        WHERE id='$id'" >"$box/rows" 2>&1
}
after_trial() {
    if [ -n "$login" ]; then
        kill -KILL "$login" 2>/dev/null
        wait "$login" 2>/dev/null
        login=
    fi
}

# trouble WORD...: what is wrong with this trial.
trouble() { echo "# $story: signal $signal at call $n: $*" >>"$box/err"; bad=$((bad + 1)); }

# A signal that asks: all, said, or nothing; and nothing stays behind.
look_asked() {
    now=$(state)
    case $now in
    "$before") [ "$status" -ne 0 ] || trouble 'status 0, and nothing done' ;;
    "$after")
        [ "$secret" = no ] || [ "$(wc -c <"$box/out")" -eq 68 ] || trouble 'a ticket that nobody has' ;;
    *) trouble "half done: $now" ;;
    esac
    [ -z "$(left_over)" ] || trouble "left over: $(left_over)"
}

# KILL: the store is sound, and the same command once more mends the rest.
look_killed() {
    now=$(state)
    again=
    if [ "$now" != "$after" ]; then
        [ "$now" = "$before" ] || [ "$steps" = yes ] || trouble "half done: $now"
        if ! "mend_$mend" "$@" >"$box/again" 2>&1; then
            trouble "not mended: $(cat "$box/again")"
        fi
        again=$(state)
        [ "$(unaudited "$again")" = "$(unaudited "$after")" ] || trouble "then: $again, not $after"
        [ -z "$(left_over)" ] || trouble "left over: $(left_over)"
    fi
}
mend_same() { "$pamjwt" --config "$conf" "$@" <"$input"; }
# Its process is gone, and its row goes when anybody looks.
mend_login() { mend_same "$@" || ! lives; }
# The public half was there, and is of no use.
mend_key() {
    mend_same "$@" || { mend_same key remove new --issuer lab && mend_same "$@"; }
}

trial() { # SIGNAL N WORD...
    signal=$1 n=$2
    shift 2
    fresh
    before=${clean_before-}
    timeout -s KILL 60 "$nth" "$n" "$signal" "$box/count" "$pamjwt" --config "$conf" "$@" \
        <"$input" >"$box/out" 2>"$box/said"
    status=$?
    calls=$(cat "$box/count")
    if [ "$calls" -ge "$n" ] && [ "$signal" -eq 9 ]; then
        look_killed "$@"
    elif [ "$calls" -ge "$n" ]; then
        look_asked
    fi
    if [ -n "$login" ] && [ "$now" = "$after" ] && lives; then trouble 'the login goes on'; fi
    after_trial
}

# tell NAME WORD...: the whole story.
tell() {
    story=$1
    shift
    case " $stories " in '  ' | *" $story "*) ;; *) return ;; esac
    bad=0 trials=0
    : >"$box/err"
    fresh
    clean_before=$(state)
    signal=0 n=0
    timeout 60 "$nth" 1000000 2 "$box/count" "$pamjwt" --config "$conf" "$@" <"$input" \
        >"$box/out" 2>"$box/said" || trouble "untouched: $(cat "$box/said")"
    after=$(state)
    [ "$after" != "$clean_before" ] || [ "$story" = renew ] || trouble 'it does nothing'
    after_trial
    total=$(cat "$box/count")
    # The signals do not share their calls, so that a long stride sees more of them.
    for signal in 2 15 1 9; do
        n=$((1 + (signal * 7) % stride))
        while [ "$n" -le "$total" ] && [ "$bad" -lt 5 ]; do
            trial "$signal" "$n" "$@"
            trials=$((trials + 1))
            n=$((n + stride))
        done
    done
    [ "$bad" -eq 0 ]
    result "$story: $trials trials at $total calls" $?
}

input=/dev/null from=sound mend=same steps=no secret=no login='' story=''
secret=yes
tell issue ticket issue --user "$me" --service sshd
input=$box/token
tell exchange ticket exchange --service sshd
input=$box/ticket
tell renew ticket renew
input=/dev/null secret=no
tell revoke revoke ticket "$id"
tell user revoke user "$me"
tell undo revoke undo "$blocked"
tell block block dave
tell unblock unblock carol
tell clock repair --clock
mend=login
tell login login end aaaaaaaaaaa
mend=same
tell reap reap
tell prune prune
tell backup backup "$box/copy"
tell restore restore "$box/older"
try restore "$box/older"
cp -a "$box/etc" "$box/behind"
from=behind steps=yes # in between it is refused as before, for another reason
tell accept repair --accept-restore
from=sound
tell import revoke import "$box/lines"
tell add key add "$box/other.jwks" --issuer lab
mend=key
tell new key new --issuer lab --kid new
mend=same
tell remove key remove old --issuer lab --revoke
tell init init

finish
