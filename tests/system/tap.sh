# shellcheck shell=bash
# How does a system test log in, and how does it tell the result? Sourced by every test_*.sh.
# shellcheck source=tests/system/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"
# shellcheck source=tests/system/tokens.sh
. "$(dirname "${BASH_SOURCE[0]}")/tokens.sh"
case_number=0
port=$(cat "$box/port")
port_password=$(cat "$box/port_password")
ssh_options=(-F none -o StrictHostKeyChecking=yes -o "UserKnownHostsFile=$box/known_hosts"
    -o IdentityFile=none -o IdentitiesOnly=yes -o NumberOfPasswordPrompts=1
    -o ConnectTimeout=20)

plan() {
    printf '1..%d\n' "$1"
}

# ok NAME COMMAND...: the case passes when the command does.
ok() {
    local name=$1
    shift
    case_number=$((case_number + 1))
    if "$@"; then
        printf 'ok %d - %s\n' "$case_number" "$name"
    else
        printf 'not ok %d - %s\n' "$case_number" "$name"
        tail -n 5 "$box/said" 2>/dev/null | sed 's/^/# said: /' || true
        new_log 2>/dev/null | tail -n 5 | sed 's/^/# log: /' || true
    fi
}

# A condition that comes to hold within 20 seconds.
eventually() {
    local end=$((SECONDS + 20))
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        read -r -t 0.05 _ <> <(:) || true
    done
}

# From here on, new_log shows the lines that this attempt wrote.
mark_log() {
    "$box/logsink" --flush /dev/log
    log_mark=$(stat -c %s "$syslog_file")
}

new_log() {
    "$box/logsink" --flush /dev/log
    tail -c "+$((log_mark + 1))" "$syslog_file"
}

# One program, as that user, with nothing of our environment but what stands before it.
as() { # USER [NAME=VALUE]... COMMAND...
    local user=$1
    shift
    setpriv --reuid "$user" --regid "$user" --init-groups env -i -C "$box/home/$user" \
        HOME="$box/home/$user" USER="$user" PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin \
        TERM=dumb "$@"
}

# Each way in takes USER and the file of a credential, runs `id -un` behind the login, and
# leaves what was said in $box/said.
by_ssh() {
    PAMJWT_TOKEN_FILE=$2 pamjwt-askpass -- ssh "${ssh_options[@]}" -p "$port" \
        -o PreferredAuthentications=keyboard-interactive "$1@127.0.0.1" id -un
}

# The file whole in answer to any prompt, as sshpass and old clients do.
by_ssh_whole() {
    WHOLE=$2 SSH_ASKPASS=$box/whole SSH_ASKPASS_REQUIRE=force ssh "${ssh_options[@]}" -p "$port" \
        -o PreferredAuthentications=keyboard-interactive "$1@127.0.0.1" id -un
}

by_password() {
    WHOLE=$2 SSH_ASKPASS=$box/whole SSH_ASKPASS_REQUIRE=force ssh "${ssh_options[@]}" \
        -p "$port_password" -o PreferredAuthentications=password "$1@127.0.0.1" id -un
}

typed() { # parts|whole USER FILE COMMAND...
    "$tree/tests/system/type.exp" "$1" "$2" "${@:3}"
}

by_ssh_terminal() {
    typed parts "$2" ssh "${ssh_options[@]}" -p "$port" \
        -o PreferredAuthentications=keyboard-interactive "$1@127.0.0.1" id -un
}

by_ssh_terminal_whole() {
    typed whole "$2" ssh "${ssh_options[@]}" -p "$port" \
        -o PreferredAuthentications=keyboard-interactive "$1@127.0.0.1" id -un
}

# The invoker types; behind the login stands root.
by_sudo_askpass() {
    as "$1" PAMJWT_TOKEN_FILE="$2" pamjwt-askpass -- sudo -A id -un
}

# The same by conf/sudo.conf, without a variable.
by_sudo_conf() {
    install -m 0644 "$tree/conf/sudo.conf" /etc/sudo.conf
    as "$1" PAMJWT_TOKEN_FILE="$2" sudo -A id -un
}

by_sudo_stdin() {
    # The line ends that a person would type; sudo leaves what it does not need.
    { fold -w 500 "$2" && printf '\n\n'; } | as "$1" sudo -S id -un
}

by_sudo_stdin_whole() {
    as "$1" sudo -S id -un <"$2"
}

by_sudo_terminal() {
    typed parts "$2" setpriv --reuid "$1" --regid "$1" --init-groups sudo id -un
}

# Its service name is sudo-i.
by_sudo_i() {
    as "$1" PAMJWT_TOKEN_FILE="$2" pamjwt-askpass -- sudo -A -i id -un
}

# bob becomes the user, by that user's credential.
by_su_terminal() {
    typed parts "$2" setpriv --reuid bob --regid bob --init-groups su "$1" -c 'id -un'
}

by_su_terminal_whole() {
    typed whole "$2" setpriv --reuid bob --regid bob --init-groups su "$1" -c 'id -un'
}

by_su_l_terminal() {
    typed parts "$2" setpriv --reuid bob --regid bob --init-groups su - "$1" -c 'id -un'
}

attempt() { # WAY USER FILE: its exit status
    mark_log
    "$@" >"$box/said" 2>&1
}

service_of() {
    case $1 in
    by_ssh* | by_password) echo sshd ;;
    by_sudo_i) echo sudo-i ;;
    by_sudo*) echo sudo ;;
    by_su_l*) echo su-l ;;
    by_su*) echo su ;;
    esac
}

# One line of the auth phase, and it is this one.
logged() { # OUTCOME USER SERVICE REASON
    local lines
    lines=$(new_log | grep -E "pam_jwt\($3:auth\): (accepted|refused|passed) ")
    [ "$(wc -l <<<"$lines")" -eq 1 ] &&
        grep -Eq ": $1 user=$2 service=$3 .* reason=$4 attempt=[0-9a-f]{12}( |$)" <<<"$lines"
}

# What `id -un` printed; sudo -S leaves its prompts on the same line.
ran_as() { # PATTERN
    tr -d '\r' <"$box/said" | grep -Eqx "(Token( part [0-9]+)?: )*$1"
}

# The login succeeds: it runs as that user behind it, and the log has its one line.
accepted() { # WAY USER FILE
    local behind=$2
    case $1 in by_sudo*) behind=root ;; esac
    attempt "$@" && ran_as "$behind" && logged accepted "$2" "$(service_of "$1")" ok
}

# It fails, nothing ran behind it, and the log has the reason.
refused() { # REASON WAY USER FILE
    ! attempt "${@:2}" && ! ran_as '(alice|bob|root)' &&
        logged refused "$3" "$(service_of "$2")" "$1"
}

# What the person was told last.
told() { # PATTERN
    grep -Eq -- "$1" "$box/said"
}
