#!/bin/bash
# The demo with real sshd and sudo. Started by demo.sh, inside the overlay alone.
#
#   machine_story.sh BUILD-DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/system/machine.sh
. "$here/../system/machine.sh"
# shellcheck source=tests/demo/tell.sh
. "$here/tell.sh"
desk=/tmp/laptop

# The last line that the module wrote while somebody logged in.
last_log() {
    "$box/logsink" --flush /dev/log
    grep -E 'pam_jwt\([a-z-]+:auth\)' "$syslog_file" | tail -n 1 | sed 's/^<[0-9]*>//'
}

show_log() {
    printf '\n    In the log of web1:\n'
    last_log | fold -s -w 92 | sed 's/^/    /'
}

should_log() { # WHAT PATTERN
    last_log >"$said"
    status=0
    should_work "$@"
}

alice() {
    runner=(setpriv --reuid alice --regid alice --init-groups env -i -C "$box/home/alice"
        "HOME=$box/home/alice" USER=alice PATH=/usr/local/bin:/usr/bin:/bin TERM=dumb)
    run 'alice@web1$' "$1"
    runner=()
}

prepare() {
    mkdir -p "$box" "$desk"
    machine_install "$1"
    machine_users alice
    machine_pam
    machine_syslog
    machine_ssh_keys
    machine_sudoers
}

ssh_client() {
    printf '%s\n' 'Host web1' '  HostName 127.0.0.1' "  Port $port" \
        "  UserKnownHostsFile $box/known_hosts" '  StrictHostKeyChecking yes' \
        '  NumberOfPasswordPrompts 1' '  PreferredAuthentications keyboard-interactive' \
        '  IdentitiesOnly yes' >/root/.ssh/config
}

setting_up() {
    chapter '1. Setting up the machine web1'
    words 'The module, its judge and the helper are installed. The command init makes the folders, a
commented config file and the session file; we write a small config of our own.'
    must 'root@web1#' 'pamjwt init'
    must 'root@web1#' 'cat >/etc/pam_jwt/pam_jwt.conf <<END
[issuer local]
iss       = https://web1.example.com
keys      = local.jwks
algorithms = Ed25519
audience  = pam:demo
type      = at+jwt, JWT
user      = sub

[service sshd]
accept = jwt, ticket

[service sudo]
accept = ticket
END'
    words '
An issuer signs tokens. Yours is probably an identity provider or a build system; here we
make a key pair of our own.'
    must 'root@web1#' 'pamjwt key new --issuer local'
    words '
sshd and sudo ask our module because their files in /etc/pam.d say so (the examples of conf/):'
    must 'root@web1#' 'grep -h "^auth" /etc/pam.d/sshd /etc/pam.d/sudo'
    machine_sshd sshd 'LogLevel VERBOSE'
    ssh_client
    words "
sshd now listens on 127.0.0.1, port $port, inside a network of its own."
}

by_token() {
    chapter '2. Log in by ssh with a token'
    words 'A token (a JWT) is a signed note: "this is alice, for pam:demo, until then".'
    must 'root@web1#' "umask 077; pamjwt token mint --issuer local --sub alice --aud pam:demo >$desk/token"
    words '
pamjwt-askpass hands it to ssh at the prompt "Token: ".'
    run 'laptop$' "PAMJWT_TOKEN_FILE=$desk/token pamjwt-askpass -- \\
    ssh alice@web1 'echo hello from \$(id -un)'"
    should_work 'the token is accepted' '^hello from alice$'
    show_log
}

expired() {
    local now
    now=$(date +%s)
    chapter '3. A token does not last'
    words 'The same note, but it ended five minutes ago.'
    must 'root@web1#' "umask 077; pamjwt token mint --issuer local --sub alice --aud pam:demo \\
        --claim iat=$((now - 1200)) --claim exp=$((now - 300)) >$desk/old-token"
    run 'laptop$' "PAMJWT_TOKEN_FILE=$desk/old-token pamjwt-askpass -- ssh alice@web1 id -un"
    should_fail 'the expired token is refused, and alice learns why' 'expired'
    show_log
}

by_ticket() {
    chapter '4. A ticket instead of a token'
    words 'A ticket is short, is good on this machine alone, and can be taken back at
once. An administrator issues one.'
    must 'root@web1#' "umask 077; pamjwt ticket issue --user alice --service sshd,sudo >$desk/ticket"
    run 'laptop$' "PAMJWT_TICKET_FILE=$desk/ticket pamjwt-askpass -- \\
    ssh alice@web1 'echo hello from \$(id -un)'"
    should_work 'ssh accepts the ticket' '^hello from alice$'
    words '
Logged in, alice becomes root with the same ticket: sudo asks our module too.'
    install -o alice -g alice -m 0600 "$desk/ticket" "$box/home/alice/ticket"
    alice 'PAMJWT_TICKET_FILE=~/ticket pamjwt-askpass -- sudo -A id -un'
    should_work 'sudo accepts the ticket' '^root$'
    show_log
}

revoked() {
    local id
    id=$(cut -c 6-17 "$desk/ticket")
    chapter '5. Take it back'
    words 'The laptop is lost. From the next moment on the ticket is worth nothing.'
    must 'root@web1#' 'pamjwt ticket list'
    must 'root@web1#' "pamjwt revoke ticket $id --reason 'laptop lost'"
    run 'laptop$' "PAMJWT_TICKET_FILE=$desk/ticket pamjwt-askpass -- ssh alice@web1 id -un"
    should_fail 'ssh refuses the revoked ticket' 'revoked'
    alice 'PAMJWT_TICKET_FILE=~/ticket pamjwt-askpass -- sudo -A id -un'
    should_fail 'sudo refuses the revoked ticket' 'incorrect'
    words '
sudo tells modules to be silent, so for the reason look at the log.'
    show_log
    should_log 'the log has the reason' 'refused user=alice service=sudo .* reason=ticket-revoked '
}

explained() {
    chapter '6. Why?'
    words 'An administrator asks for the decision, check by check; nothing is written.'
    run 'root@web1#' "pamjwt explain --service sshd --user alice <$desk/ticket"
    should_fail 'explain names the reason' 'ticket-revoked'
    run 'root@web1#' "pamjwt explain --service sshd --user alice <$desk/token"
    should_work 'the token of chapter 2 is still good' 'ok|accepted'
}

way_back() {
    chapter '7. Not locked out'
    words 'Whatever happens to us, a way in remains that is not ours: a root key, and the
console. Here the config file is gone.'
    must 'root@web1#' 'mv /etc/pam_jwt/pam_jwt.conf /etc/pam_jwt/away'
    run 'laptop$' "PAMJWT_TOKEN_FILE=$desk/token pamjwt-askpass -- ssh alice@web1 id -un"
    should_fail 'without a config nobody gets in by token' '.'
    run 'laptop$' "ssh -i $box/root_key -o PreferredAuthentications=publickey root@web1 id -un"
    should_work "root's key still opens the door" '^root$'
}

prepare "$1"
words 'This is pam_jwt: log in with a token or a ticket, wherever PAM asks. What follows happens on
a copy of this machine that exists in memory only: its files, users and services stay as they
are. On the copy, a real sshd and a real sudo ask alice for a token.'
setting_up
by_token
expired
by_ticket
revoked
explained
way_back
summary
words '
What to do next
  README.md                 set up ssh, sudo or any service, and how not to lock yourself out
  make check                the whole test suite; this machine stays untouched there too
  make install              install it here; no service asks it before you edit /etc/pam.d
  conf/                     the files that you have just seen at work'
[ "$failed" -eq 0 ]
