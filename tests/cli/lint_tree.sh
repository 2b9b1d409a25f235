# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154
# What do the tests of `pamjwt lint` share? A tree like a machine's in which nothing is found, and
# checks that change one thing in a copy of it. To be sourced behind support.sh.
clean=$box/clean
tree=$box/tree
etc=$tree/etc/pam_jwt
conf_of_lint=$etc/pam_jwt.conf
here=$(cd "$(dirname "$0")/../.." && pwd)

# The paths that are built into the program.
built_config=$("$pamjwt" --help 2>&1 | sed -n 's/^Config file: //p')
judge=$(grep -a -o -m 1 '/[[:graph:]]*/pamjwt-verify' "$pamjwt" | head -n 1)
state=$(grep -a -o -x '/[[:graph:]]*/lib/pam_jwt' "$pamjwt" | head -n 1)
: "${state:=/var/lib/pam_jwt}"

# The shipped examples, installed as their words say, and what a machine has around them.
plant() {
    mkdir -p "$clean/etc/pam.d" "$clean/etc/ssh/sshd_config.d" "$clean/etc/sudoers.d" \
        "$clean/root/.ssh" "$clean/lib/any/security" "$clean${judge%/*}" \
        "$clean/usr/local/bin" "$clean${state%/*}" "$clean${built_config%/*}/conf.d"
    chmod -R go-w "$clean"
    cp "$here"/conf/pam.d/* "$clean/etc/pam.d/"
    mv "$clean/etc/pam.d/generic" "$clean/etc/pam.d/web"
    printf '%s\n' 'auth required pam_unix.so' 'account required pam_unix.so' \
        'session required pam_unix.so' >"$clean/etc/pam.d/login"
    cp "$here/conf/sshd_config.d/pam_jwt.conf" "$clean/etc/ssh/sshd_config.d/"
    printf '%s\n' 'Include /etc/ssh/sshd_config.d/*.conf' \
        'KbdInteractiveAuthentication no' 'UsePAM yes' >"$clean/etc/ssh/sshd_config"
    printf '%s\n' 'Defaults timestamp_timeout=0' 'root ALL=(ALL:ALL) ALL' \
        '@includedir /etc/sudoers.d' >"$clean/etc/sudoers"
    cp "$here/conf/sudo.conf" "$clean/etc/sudo.conf"
    # shellcheck disable=SC2016 # a hash, not a variable
    printf '%s\n' 'root:*:19000:0:99999:7:::' 'alice:$y$j9T$abc$def:19000:0:99999:7:::' \
        >"$clean/etc/shadow"
    echo 'ssh-ed25519 AAAA root' >"$clean/root/.ssh/authorized_keys"
    cp "${pamjwt%/*}/pam_jwt.so" "$clean/lib/any/security/pam_jwt.so" 2>/dev/null ||
        : >"$clean/lib/any/security/pam_jwt.so"
    printf '#!/bin/sh\n' >"$clean$judge"
    cp "$clean$judge" "$clean/usr/local/bin/pamjwt-askpass"
    chmod 0755 "$clean$judge" "$clean/usr/local/bin/pamjwt-askpass"
    plant_config
}

# `init` makes what it makes for a config elsewhere; then the config says what one on a machine
# would.
plant_config() {
    conf=$clean$built_config
    set_up
    mv "$clean${built_config%/*}/state" "$clean$state"
    sed -i '/^\[paths\]/d; /^state *=/d; /^run *=/d' "$conf"
    sed -i 's/^\[service sshd\]/[service sshd su su-l]/' "$conf"
    try key new --issuer lab --kid one
    try key new --issuer corp --alg ES256 --kid two
}

# fresh: the tree as it is when nothing is wrong.
fresh() {
    rm -rf "$tree"
    cp -a "$clean" "$tree"
}

# lint WORD...: one run over the tree, its two outputs and its status kept.
lint() {
    "$pamjwt" lint --root "$tree" "$@" >"$box/out" 2>"$box/err" </dev/null
    status=$?
    cat "$box/err" >>"$box/all.err"
    return "$status"
}

status_of() {
    case $1 in
    error) echo 1 ;;
    *) echo 0 ;;
    esac
}

# reported SEVERITY CODE PLACE: the last run found it there, and ended as the severity says.
reported() {
    [ "$status" -eq "$(status_of "$1")" ] &&
        grep -E "^[^ ]*${3%:}: $1: .*\[$2\]\$" "$box/out" >/dev/null &&
        { [ "$1" = error ] || ! grep -qE '^[^ ].*: error: ' "$box/out"; }
}

# finds SEVERITY CODE PLACE NAME COMMAND...: after the command (in a fresh tree) it is there, at
# that place; without the command nothing is, which the first test shows.
finds() {
    severity=$1 code=$2 place=$3 name=$4
    shift 4
    fresh
    "$@"
    lint
    reported "$severity" "$code" "$place"
    result "$code: $name" $?
}

# spares CODE NAME COMMAND...: after the command it is not there.
spares() {
    code=$1 name=$2
    shift 2
    fresh
    "$@"
    lint
    ! grep -qF "[$code]" "$box/out"
    result "$code: not $name" $?
}

# Changes of the tree. edit FILE SED..., add FILE LINE...
edit() {
    file=$1
    shift
    sed -i "$@" "$tree/$file"
}
add() {
    file=$1
    shift
    printf '%s\n' "$@" >>"$tree/$file"
}
put() {
    file=$1
    shift
    printf '%s\n' "$@" >"$tree/$file"
}
