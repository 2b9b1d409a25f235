#!/bin/bash
# Are open logins listed, and ended with all that is in them and nothing else?
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 63
made=$box/made_logins
marks=$box/marks_logins # where what runs behind a login writes its pid
mkdir -p "$made"
install -d -m 0777 "$marks"
machine_users dana # whom nobody else needs: her everything is revoked below
for user in alice bob; do
    install -d -o "$user" -g "$user" -m 0700 "$box/home/$user/.ssh"
    install -o "$user" -g "$user" -m 0600 "$box/root_key.pub" "$box/home/$user/.ssh/authorized_keys"
done

helper() {
    pamjwt "$@" >"$box/said" 2>&1
}

# start NAME USER FILE|key [SSH-OPTION]... -- COMMAND: a login that stays open. Its client's pid is in
# ${client[NAME]}; COMMAND must write its pid to $marks/NAME.
declare -A client
start() {
    local name=$1 user=$2 file=$3 options=()
    shift 3
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    shift
    rm -f "$marks/$name"*
    if [ "$file" = key ]; then
        ssh "${ssh_options[@]}" -o "IdentityFile=$box/root_key" -o PreferredAuthentications=publickey \
            "${options[@]}" -p "$port" "$user@127.0.0.1" "$*" >"$made/$name.out" 2>&1 </dev/null &
    else
        PAMJWT_TOKEN_FILE=$file pamjwt-askpass -- ssh "${ssh_options[@]}" "${options[@]}" -p "$port" \
            -o PreferredAuthentications=keyboard-interactive "$user@127.0.0.1" "$*" \
            >"$made/$name.out" 2>&1 </dev/null &
    fi
    client[$name]=$!
    eventually test -s "$marks/$name"
}

behind() { # NAME: a process that says where it is and waits
    printf 'echo $$ >%s/%s; exec sleep 600' "$marks" "$1"
}

alive() { # NAME
    grep -qs '^State:[[:blank:]]*[^ZX]' "/proc/$(cat "$marks/$1")/status"
}

gone() {
    ! alive "$1"
}

disconnected() { # NAME: the client has ended by itself
    eventually client_gone "$1" && ! wait "${client[$1]}"
}

client_gone() {
    ! kill -0 "${client[$1]}" 2>/dev/null
}

finish() { # NAME: as a person hangs up
    kill "${client[$1]}" 2>/dev/null
    wait "${client[$1]}" 2>/dev/null
    true
}

listed() { # JQ-FILTER
    pamjwt login list --json >"$box/said" 2>&1 && jq -e "$1" "$box/said" >/dev/null
}

told() { # USER: one line of the log says whose login was ended, and who did it
    [ "$(new_log | grep -c "login end on=\"[0-9A-Za-z]\{11\} $1\" by=\"root\"")" -eq 1 ]
}

rows() { # of logins, stale ones too
    pamjwt status --json | jq .store.logins
}

# --- The list

mint "$made/token" ed25519 alice --claim 'jti="open-one"'
ticket "$made/ticket" alice sshd,sudo
ok 'nobody is logged in' listed '. == []'
ok 'a login by token' start token alice "$made/token" -- "$(behind token)"
ok 'it is listed with what it rests on' \
    listed 'length == 1 and .[0].user == "alice" and .[0].service == "sshd" and .[0].jti == "open-one"
        and .[0].ours and .[0].rhost == "127.0.0.1" and .[0].expires != null'
ok 'a login by ticket, with a terminal' start ticket alice "$made/ticket" -tt -- "$(behind ticket)"
ok 'it is listed with its ticket and terminal' \
    listed "length == 2 and any(.[]; .ticket == \"$(ticket_id "$made/ticket")\" and (.tty | startswith(\"pts/\")))"
ok 'a login by public key' start key bob key -- "$(behind key)"
ok 'it is listed as not ours' \
    listed 'length == 3 and any(.[]; .user == "bob" and (.ours | not) and .expires == null)'
ok 'as a table' helper login list --user bob
ok '... with bob alone' grep -q '^[0-9A-Za-z]\{11\}  bob ' "$box/said"

# --- A session that ends by itself

finish key
ok 'a client that is killed leaves no login' eventually listed 'length == 2'

# --- Revocation ends logins, and each only its own

mark_log
before=$(date +%s%N)
ok 'revoke jti' helper revoke jti ed25519 open-one
after=$(date +%s%N)
ok '... says whose login it ended' grep -q 'of alice (sshd, 127.0.0.1) ended' "$box/said"
ok '... in the log too' told alice
ok '... the client is disconnected' disconnected token
ok '... what ran behind it is gone' eventually gone token
printf '# revoke, until it returned with the login ended: %d ms\n' "$(((after - before) / 1000000))"
ok '... the other login is there' alive ticket
ok '... and listed alone' listed "length == 1 and .[0].ticket == \"$(ticket_id "$made/ticket")\""
ok 'revoke ticket' helper revoke ticket "$(ticket_id "$made/ticket")"
ok '... the client with the terminal is disconnected' disconnected ticket
ok '... and its processes are gone' eventually gone ticket
ok '... nobody is listed' listed '. == []'

# --- Children that want to stay

ticket "$made/stay" dana sshd,sudo
ok 'a login whose children leave terminal and session' start stay dana "$made/stay" -tt -- \
    "setsid sh -c '$(behind stay_setsid)' & nohup sh -c '$(behind stay_nohup)' >/dev/null 2>&1 &
     sh -c 'trap \"\" HUP TERM; $(behind stay_deaf)' & $(behind stay)"
ok '... are all running' eventually test -s "$marks/stay_deaf" -a -s "$marks/stay_nohup" -a -s "$marks/stay_setsid"
ok 'a login of bob beside it' start beside bob key -- "$(behind beside)"
ok 'revoke user ends it' helper revoke user dana
ok '... the one in a kernel session of its own' gone stay_setsid
ok '... the one that ignores HUP' gone stay_nohup
ok '... the one that ignores HUP and TERM' gone stay_deaf
ok '... and the shell' gone stay
ok 'the login of bob is untouched' alive beside
finish beside

# What has left the tree and its kernel session before is found by the marks of logind or audit alone:
# without either it is out of reach, as pamjwt-login(1) says.
marked() { # NAME
    local pid
    pid=$(cat "$marks/$1")
    grep -q 'session-.*\.scope' "/proc/$pid/cgroup" || [ "$(cat "/proc/$pid/sessionid")" != 4294967295 ]
}

orphaned() { # NAME: no process of the login is its parent
    [ "$(ps -o ppid= -p "$(cat "$marks/$1")")" -eq 1 ]
}

as_far_as_it_goes() { # NAME
    if [ "$was_marked" = yes ]; then gone "$1"; else alive "$1"; fi
}

ticket "$made/away" alice sshd
ok 'a login with a daemon' start away alice "$made/away" -- \
    "setsid sh -c '$(behind away_daemon)' >/dev/null 2>&1 </dev/null & $(behind away)"
ok '... in a kernel session of its own, left by its parent' eventually test -s "$marks/away_daemon"
ok 'another whose daemon was left by its parent' start left alice "$made/away" -- \
    "(setsid sh -c '$(behind left_daemon)' >/dev/null 2>&1 </dev/null &); $(behind left)"
ok '... is away from the tree' eventually orphaned left_daemon
was_marked=no
! marked left_daemon || was_marked=yes
ok 'revoke ticket ends both logins' helper revoke ticket "$(ticket_id "$made/away")"
ok '... with the daemon that still hung on one' gone away_daemon
ok '... but what left both before, as far as marks go' as_far_as_it_goes left_daemon
kill "$(cat "$marks/left_daemon")" 2>/dev/null

# --- One connection, several channels

ticket "$made/shared" alice sshd
socket=$made/control
ok 'a connection that is shared' start shared alice "$made/shared" -o ControlMaster=yes \
    -o "ControlPath=$socket" -- "$(behind shared)"
ssh -F none -o "ControlPath=$socket" -p "$port" alice@127.0.0.1 "$(behind second)" >/dev/null 2>&1 </dev/null &
ok '... with a second channel' eventually test -s "$marks/second"
ok '... is one login' listed 'length == 1'
helper revoke ticket "$(ticket_id "$made/shared")"
ok '... ends with its first' eventually gone shared
ok '... and with its second' eventually gone second

# --- A root shell under sudo

ticket "$made/sudo" bob sshd
ticket "$made/root" alice sudo
printf '%s\n' 'bob ALL=(ALL:ALL) NOPASSWD: ALL' >>/etc/sudoers
as alice PAMJWT_TOKEN_FILE="$made/root" pamjwt-askpass -- sudo -A sh -c "$(behind sudo)" >"$made/sudo.out" 2>&1 </dev/null &
shell=$!
ok 'a root shell by sudo' eventually test -s "$marks/sudo"
ok '... is listed for both users' \
    listed 'map(select(.service == "sudo" and .user == "alice" and .target == "root")) | length == 1'
mark_log
ok 'login end' helper login end "$(jq -r '.[] | select(.service == "sudo") | .id' "$box/said")"
ok '... is told in the log' told alice
ok '... ends the root shell' eventually gone sudo
wait "$shell" 2>/dev/null
ok 'an id that is not there' bash -c '! pamjwt login end abcdefghijk 2>/dev/null'

# --- What no close_session cleans up

ticket "$made/stale" bob sshd
ok 'a login whose monitor is killed' start stale bob "$made/stale" -- "$(behind stale)"
kill -KILL "$(pamjwt login list --json | jq '.[] | select(.user == "bob") | .pid')"
ok '... is listed no longer' eventually listed '. == []'
ok '... though its row is there' test "$(rows)" -ge 1
ok '... until it is reaped' helper reap
ok '... then it is not' test "$(rows)" -eq 0
kill "$(cat "$marks/stale")" 2>/dev/null
finish stale

# --- The choice

mkdir -p /etc/pam_jwt/conf.d
printf '[logins]\nend = no\n' >/etc/pam_jwt/conf.d/logins.conf
ticket "$made/kept" bob sshd
start kept bob "$made/kept" -- "$(behind kept)"
helper revoke ticket "$(ticket_id "$made/kept")"
ok 'end = no leaves a login open, and says so' bash -c "grep -q 'end = no' '$box/said' && kill -0 $(cat "$marks/kept")"
rm -f /etc/pam_jwt/conf.d/logins.conf
mark_log
helper reap
ok 'with the default again, reap ends it' gone kept
ok '... and the log says so' told bob
finish kept

# --- A key that leaked, and is gone already

# A key of its own: the others are for the tests that follow.
cp -a /etc/pam_jwt/keys /etc/pam_jwt/private "$made"
pamjwt key new --issuer ed25519 --alg Ed25519 --kid leaked >"$box/said" 2>&1
mint "$made/leaked" ed25519 bob --kid leaked
ok 'a login by token' start leaked bob "$made/leaked" -- "$(behind leaked)"
ok '... is listed with its key' listed 'length == 1 and .[0].kid == "leaked"'
ok 'key remove leaves it open' helper key remove leaked --issuer ed25519
ok '... as ever' alive leaked
ok '--revoke, afterwards, has no key to remove' bash -c "! pamjwt key remove leaked --issuer ed25519 --revoke 2>'$box/said'"
ok '... and ends the login' disconnected leaked
ok '... with what ran in it' eventually gone leaked
for folder in keys private; do
    cp -a "$made/$folder/." "/etc/pam_jwt/$folder/"
done
