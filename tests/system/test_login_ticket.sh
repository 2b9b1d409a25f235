#!/bin/bash
# Does a login by token get a ticket of its own, so that sudo asks nothing in it, and is that ticket
# worth nothing to anybody else, anywhere else and afterwards?
# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 43
made=$box/made_login_ticket
marks=$box/marks_login_ticket # where what runs behind a login leaves word
config=/etc/pam_jwt/pam_jwt.conf
mkdir -p "$made"
install -d -m 0777 "$marks"
cp -p "$config" "$made/config"
sed -i -e '/^\[service sshd\]$/a login_ticket = 8h\nlogin_ticket_for = sudo' \
    -e '/^\[service sudo\]$/,/^$/s/^accept.*/accept = ticket\nrequire = groups=admins\nmax_auth_age = 12h/' "$config"
install -m 0644 "$tree/conf/sudo.conf" /etc/sudo.conf
install -d -o bob -g bob -m 0700 "$box/home/bob/.ssh"
install -o bob -g bob -m 0600 "$box/root_key.pub" "$box/home/bob/.ssh/authorized_keys"

# One ssh login of USER by the credential in FILE; COMMAND runs in it.
in_login() { # USER FILE COMMAND
    mark_log
    PAMJWT_TOKEN_FILE=$2 pamjwt-askpass -- ssh "${ssh_options[@]}" -p "$port" \
        -o PreferredAuthentications=keyboard-interactive "$1@127.0.0.1" "$3" >"$box/said" 2>&1 </dev/null
}

# The same, and it stays open until told: its monitor's pid is then in $monitor.
stay() { # FILE
    rm -f "$marks"/*
    in_login alice "$1" "cp \"\$PAMJWT_TICKET_FILE\" $marks/copy
        chmod 0644 $marks/copy; echo \$\$ >$marks/pid
        echo \"\$PAMJWT_TICKET_FILE\" >$marks/file; exec sleep 600" &
    eventually test -s "$marks/file" || return 1
    file=$(cat "$marks/file")
    monitor=$(pamjwt login list --json | jq '.[] | select(.user == "alice" and .service == "sshd") | .pid')
    [[ $monitor =~ ^[0-9]+$ ]]
}

# What ran in it ends, and with that the login.
leave() {
    kill "$(cat "$marks/pid")" 2>/dev/null
    wait
}

by_sudo_own() { # USER FILE: sudo in no login at all
    as "$1" PAMJWT_TICKET_FILE="$2" sudo -A id -un
}

# As an unprivileged user; it must fail.
cannot() { # USER COMMAND...
    ! as "$@" >"$box/said" 2>&1
}

in_log() { # PATTERN
    new_log | grep -Eq -- "$1"
}

no_file() {
    [ ! -e "$file" ]
}

none_left() {
    [ -z "$(ls -A /run/pam_jwt/t)" ]
}

said_nothing_of_it() {
    [ "$(cat "$box/said")" = '' ]
}

listed_as_own() {
    pamjwt ticket list --user alice --json >"$box/said" 2>&1 &&
        jq -e --arg note "login $(basename "$file") by sshd" 'any(.[]; .note == $note)' "$box/said" >/dev/null
}

explained() { # PATTERN
    pamjwt explain --service sudo --user alice <"$copy" >"$box/said" 2>&1
    grep -q "$1" "$box/said"
}

not_renewed() {
    ! pamjwt ticket renew <"$copy" >"$made/none" 2>"$box/said" && grep -q 'cannot be renewed' "$box/said"
}

mint "$made/token" ed25519 alice --claim 'groups=["admins"]' --claim 'jti="own"' --claim "auth_time=$(date +%s)"
mint "$made/plain" ed25519 alice
ticket "$made/admin" alice sshd,sudo

# --- A token at the edge, a session behind it

inside='printenv PAMJWT_TICKET_FILE >/dev/null && exec sudo -A id -un'
ok 'sudo asks nothing in a login by token' in_login alice "$made/token" "$inside"
ok '... and root it is' ran_as root
ok '... by a ticket' in_log \
    'pam_jwt\(sudo:auth\): accepted user=alice .* id=[0-9A-Za-z]{12} reason=ok '
ok '... that the login was given' in_log \
    'pam_jwt\(sshd:session\): accepted .* why="login ticket [0-9A-Za-z]{12} for sudo"'
ok '... and whose file is gone' eventually none_left
# shellcheck disable=SC2016
show='stat -c "%a %U %s" "$PAMJWT_TICKET_FILE"'
ok 'the file is the own one of the user' in_login alice "$made/token" "$show"
ok '... and only to be read' grep -qx '400 alice 68' "$box/said"
ok 'what sudo requires, it requires of the ticket' bash -c \
    "! PAMJWT_TOKEN_FILE=$made/plain pamjwt-askpass -- ssh ${ssh_options[*]} -p $port \
    -o PreferredAuthentications=keyboard-interactive alice@127.0.0.1 'sudo -A id -un' >$box/said 2>&1"
ok '... by its claims' in_log 'sudo:auth\): refused user=alice .* reason=require '
ok 'a login by ticket has none' in_login alice "$made/admin" 'printenv PAMJWT_TICKET_FILE || true'
ok '... at all' said_nothing_of_it
ok 'a login by public key has none' bash -c \
    "ssh ${ssh_options[*]} -o IdentityFile=$box/root_key -o PreferredAuthentications=publickey -p $port \
    bob@127.0.0.1 'printenv PAMJWT_TICKET_FILE || true' >$box/said 2>&1 </dev/null"
ok '... at all' said_nothing_of_it

# --- In the hands of others

ok 'a login that stays' stay "$made/token"
copy=$marks/copy
ok 'its ticket is listed as its own' listed_as_own
ok 'another user cannot read it' cannot bob cat "$file"
ok '... or see which there are' cannot bob ls /run/pam_jwt/t
ok '... or plant one' cannot bob touch /run/pam_jwt/t/0123456789A
ok '... nor can its owner' cannot alice touch /run/pam_jwt/t/0123456789A
ok '... who cannot take it away' cannot alice rm -f "$file"
ok 'its text is of no use to another user' refused user-mismatch by_sudo_own bob "$copy"
ok '... nor for another service' refused ticket-service by_ssh alice "$copy"
ok '... nor can it be renewed' not_renewed
ok 'while the login lasts it is good' accepted by_sudo_own alice "$copy"
ok '... as explain says' explained '^accepted: ok'

# --- Afterwards

leave
ok 'at logout the file goes' eventually no_file
ok '... and who kept a copy kept nothing' refused ticket-expired by_sudo_own alice "$copy"
ok 'a login whose monitor is killed' stay "$made/token"
kill -KILL "$monitor"
eventually bash -c "! kill -0 $monitor 2>/dev/null"
ok '... has no ticket from then on' refused ticket-login by_sudo_own alice "$copy"
ok '... as explain says' explained '^refused: ticket-login'
leave
ok '... and the next login finds no file of it' in_login alice "$made/token" true
ok '... any more' no_file
ok 'a killed one again' stay "$made/token"
kill -KILL "$monitor"
leave
touch /run/pam_jwt/t/0123456789A # as a login that came to its file and not to its end
pamjwt reap >"$box/said" 2>&1
ok '... is forgotten by reap' no_file
ok '... with the file of a login that nobody knows' test ! -e /run/pam_jwt/t/0123456789A
ok 'a login that is ended' stay "$made/token"
pamjwt login end "$(basename "$file")" >"$box/said" 2>&1
ok '... has no ticket' refused ticket-expired by_sudo_own alice "$copy"
ok '... and no file' eventually no_file
leave
ok 'a login whose token is revoked' stay "$made/token"
mkdir -p /etc/pam_jwt/conf.d
printf '[logins]\nend = no\n' >/etc/pam_jwt/conf.d/logins.conf
pamjwt revoke jti ed25519 own >"$box/said" 2>&1
ok '... has no ticket, though it stays open' refused ticket-revoked by_sudo_own alice "$copy"
rm -f /etc/pam_jwt/conf.d/logins.conf
leave
eventually no_file

# --- Where it cannot be made

mint "$made/again" ed25519 alice --claim 'groups=["admins"]' --claim 'jti="again"'
chmod 0777 /run/pam_jwt/t
ok 'where others may write it is not put, and the login goes on' \
    in_login alice "$made/again" 'printenv PAMJWT_TICKET_FILE || true'
ok '... without one' said_nothing_of_it
ok '... as the log says' in_log \
    'sshd:session\): accepted .* why="no login ticket: /run/pam_jwt/t '
chmod 0711 /run/pam_jwt/t
rm -f /etc/sudo.conf
cp -p "$made/config" "$config"
