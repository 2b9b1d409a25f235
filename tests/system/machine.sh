# shellcheck shell=bash
# What does the machine inside the overlay consist of? Sourced by the system tests and the demo;
# everything here writes to the overlay alone.
tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
box=/tmp/pam_jwt       # keys of ssh, tokens, logs; on the overlay's own /tmp
syslog_file=$box/syslog

machine_fail() {
    printf '# the test machine is not ready: %s\n' "$*" >&2
    exit 1
}

# As `make install` would place them. The judge's path is built into the module.
machine_install() { # BUILD
    local security judge
    security=$(dirname "$(find /usr/lib /lib -name pam_unix.so -print -quit)")
    judge=$(grep -a -o -m 1 '/[[:graph:]]*/pamjwt-verify' "$1/pam_jwt.so" | head -n 1)
    [ -n "$judge" ] || machine_fail "$1/pam_jwt.so names no judge"
    install -m 0644 "$1/pam_jwt.so" "$security/pam_jwt.so"
    install -D -m 0755 "$1/pamjwt-verify" "$judge"
    install -m 0755 "$1/pamjwt" "$tree/helper/pamjwt-askpass" /usr/local/bin
    rm -rf /etc/pam_jwt /var/lib/pam_jwt /run/pam_jwt
}

# Ordinary users without a password, whoever has those names on the machine itself.
machine_users() { # NAME...
    local user
    mkdir -p "$box/home"
    for user in "$@"; do
        ! id "$user" >/dev/null 2>&1 || userdel "$user" 2>/dev/null
        useradd --create-home --home-dir "$box/home/$user" --shell /bin/bash "$user"
    done
}

# The examples themselves, as an administrator would copy them.
machine_pam() {
    local name
    for name in sshd sudo sudo-i su su-l; do
        install -m 0644 "$tree/conf/pam.d/$name" "/etc/pam.d/$name"
    done
    install -D -m 0644 "$tree/conf/sshd_config.d/pam_jwt.conf" /etc/ssh/sshd_config.d/pam_jwt.conf
}

# Nobody else reads /dev/log here, so every line of every program comes to our file.
machine_syslog() {
    cc -D_GNU_SOURCE -o "$box/logsink" "$tree/tests/system/logsink.c" ||
        machine_fail 'logsink does not compile'
    coproc LOGSINK { exec "$box/logsink" /dev/log "$syslog_file"; }
    read -r _ <&"${LOGSINK[0]}" || machine_fail 'no syslog receiver'
}

# A user for both ends: an ssh key for root (the way back in) and the host key known.
machine_ssh_keys() {
    local key=/etc/ssh/ssh_host_ed25519_key
    [ -e "$key" ] || ssh-keygen -q -t ed25519 -N '' -f "$key"
    [ -e "$box/root_key" ] || ssh-keygen -q -t ed25519 -N '' -f "$box/root_key"
    install -d -m 0700 /root/.ssh
    cat "$box/root_key.pub" >/root/.ssh/authorized_keys
    : >"$box/known_hosts"
}

answers_on() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Starts an sshd on a free loopback port; its port is then in $port, its pid in $sshd_pid.
# Waits by connecting. Extra options of sshd_config stand first, because the first value wins.
machine_sshd() { # NAME [OPTION-LINE]...
    local name=$1
    shift
    for ((port = 2222; port < 2322; port++)); do
        answers_on "$port" || break
    done
    printf '%s\n' "$@" 'Include /etc/ssh/sshd_config.d/pam_jwt.conf' "Port $port" \
        'ListenAddress 127.0.0.1' 'HostKey /etc/ssh/ssh_host_ed25519_key' \
        "PidFile $box/$name.pid" 'PrintMotd no' 'PrintLastLog no' 'UseDNS no' \
        'MaxStartups 100' >"$box/$name.conf"
    /usr/sbin/sshd -t -f "$box/$name.conf" || machine_fail "$box/$name.conf"
    /usr/sbin/sshd -D -f "$box/$name.conf" -E "$box/$name.log" &
    sshd_pid=$!
    until answers_on "$port"; do
        kill -0 "$sshd_pid" 2>/dev/null || machine_fail "sshd ended: $(tail -n 5 "$box/$name.log")"
    done
    printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub)" \
        >>"$box/known_hosts"
}

machine_sudoers() {
    printf '%s\n' 'Defaults !lecture, timestamp_timeout=0, passwd_tries=1' 'root ALL=(ALL:ALL) ALL' \
        'alice ALL=(ALL:ALL) ALL' >/etc/sudoers
    chmod 0440 /etc/sudoers
    rm -rf /etc/sudoers.d/* /etc/sudo.conf
}
