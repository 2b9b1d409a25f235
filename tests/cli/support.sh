# shellcheck shell=sh disable=SC2034
# What do the tests of `pamjwt` share? A box of their own, and checks that print TAP. To be
# sourced with the build directory in $1.
set -u
pamjwt=$(cd "${1:?the build directory}" && pwd)/pamjwt
box=$(mktemp -d)
chmod 0755 "$box"
trap 'rm -rf -- "$box"' EXIT
(umask 077 && : >"$box/out") # tokens and tickets go there
conf=$box/etc/pam_jwt.conf
me=$(id -un)
schema=$(sed -n 's/^#define PJWT_SCHEMA_VERSION \([0-9]*\).*/\1/p' lib/store/store.h)
count=0
input=/dev/null
LC_ALL=C NO_COLOR=
export LC_ALL NO_COLOR
unset SUDO_USER

# result NAME STATUS: one line of TAP; what the last run said stands below a failure.
result() {
    count=$((count + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $count - $1"
    else
        echo "not ok $count - $1"
        sed 's/^/# out: /' "$box/out" | head -n 30
        sed 's/^/# err: /' "$box/err" | head -n 10
    fi
}

# In the config: an issuer each of whose tokens logs in once.
once_issuer() {
    printf '%s\n' '[issuer once]' 'iss = https://once.example' 'keys = once.jwks' 'audience = pam:box' \
        'one_time = yes' >>"$conf"
}

# try WORD...: one run, its two outputs and its status kept.
try() {
    "$pamjwt" --config "$conf" "$@" <"$input" >"$box/out" 2>"$box/err"
    status=$?
    cat "$box/err" >>"$box/all.err"
    return "$status"
}

# run STATUS NAME WORD...: the run must end with that status.
run() {
    wanted=$1 name=$2
    shift 2
    try "$@"
    [ "$status" -eq "$wanted" ] || echo "# status $status, wanted $wanted" >>"$box/err"
    [ "$status" -eq "$wanted" ]
    result "$name" $?
}

# Of the last run: stdout holds TEXT, stderr holds TEXT, stdout passes the jq FILTER.
shows() { grep -qF -e "$2" "$box/out"; result "$1" $?; }
says() { grep -qF -e "$2" "$box/err"; result "$1" $?; }
silent() { [ ! -s "$box/out" ]; result "$1" $?; }
json() {
    if ! command -v jq >/dev/null; then
        count=$((count + 1))
        echo "ok $count - $1 # SKIP jq is not installed"
        return
    fi
    jq -e "$2" "$box/out" >/dev/null 2>>"$box/err"
    result "$1" $?
}
same() { [ "$2" = "$3" ] || echo "# wanted $2, got $3" >>"$box/err"; [ "$2" = "$3" ]; result "$1" $?; }

# The sections that most tests need, behind what `init` wrote.
set_up() {
    try init
    cat >>"$conf" <<END
[issuer lab]
iss = https://lab.example
keys = lab.jwks
audience = pam:box

[issuer corp]
iss = https://corp.example
keys = corp.jwks
audience = pam:box
algorithms = ES256
user = preferred_username
max_lifetime = 10m

[service sshd]
accept = jwt, ticket

[service sudo sudo-i]
accept = ticket

[service web]
accept = jwt
issuers = lab

[root]
system_users = $me
END
}

# No token, ticket or private part ever stands in what we say.
finish() {
    ! grep -qE 'eyJ[A-Za-z0-9_-]+\.|pjt1_[0-9A-Za-z]|"d":' "$box/all.err"
    result 'no secret on stderr in any of these runs' $?
    echo "1..$count"
}
