#!/bin/bash
# The demo without root: the real module, judge and helper under the caller's own uid, in a
# folder of their own. libpam is told where to look by pam_wrapper; pamtester plays sshd and sudo.
#
#   folder_story.sh BUILD-DIR WHY-NOT-ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
why=$2
# shellcheck source=tests/demo/tell.sh
. "$here/tell.sh"
user=$(id -un 2>/dev/null) || user=
folder=$(mktemp -d "${TMPDIR:-/tmp}/pam_jwt-demo.XXXXXX")
trap 'rm -rf "$said" "$folder"' EXIT

wrapper() {
    local found
    found=$(find /usr/lib /usr/lib64 /usr/local/lib -name 'libpam_wrapper.so*' -print -quit \
        2>/dev/null)
    [ -n "$found" ] && command -v pamtester >/dev/null && printf '%s\n' "$found"
}

# As root these two libraries may be installed: they bring no service.
need_packages() {
    wrapper >/dev/null && return
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install \
            libpam-wrapper pamtester >"$said" 2>&1 </dev/null || tail -n 5 "$said"
        wrapper >/dev/null && return
    fi
    printf 'The demo without root (%s) needs two packages. Please install them:\n\n' "$why"
    printf '    sudo apt-get install libpam-wrapper pamtester\n\n'
    exit 2
}

need_name() {
    [[ $user =~ ^[a-z_][a-z0-9_.-]{0,31}$ ]] && return
    printf 'The demo logs in as you, and your user name (%s) is none that the module accepts.\n' \
        "${user:-unknown}"
    exit 2
}

# The stacks in small, with the module by its full path and a config of our own.
stack() { # SERVICE
    local ours="$build/pam_jwt.so config=$folder/pam_jwt.conf verify=$build/pamjwt-verify"
    printf '%s\n' "auth [success=done default=die] $ours" \
        "account [success=ok ignore=ignore default=die] $ours" 'account required pam_permit.so' \
        "session [success=ok default=die] $ours" >"$folder/pam.d/$1"
}

config() {
    printf '%s\n' '[issuer local]' 'iss = https://here.example.com' 'keys = local.jwks' \
        'algorithms = Ed25519' 'audience = pam:demo' 'type = at+jwt, JWT' 'user = sub' '' \
        '[service sshd]' 'accept = jwt, ticket' '' '[service sudo]' 'accept = ticket' '' \
        '[paths]' "state = $folder/state" "run = $folder/run"
    if [ "$(id -u)" -lt 1000 ] || [ "$(id -u)" -eq 65534 ]; then
        printf '%s\n' '' '[root]' "system_users = $user"
    fi
}

# pamtester asks at the prompt as sshd would; askpass gives the first part, which is all of it.
login() { # SERVICE FILE
    run '$' "PAMJWT_TOKEN_FILE=$2 pamjwt-askpass 'Token: ' |
    pamtester $1 $user authenticate acct_mgmt open_session"
}

setting_up() {
    mkdir "$folder/pam.d" "$folder/bin"
    ln -s "$build/pamjwt" "$here/../../helper/pamjwt-askpass" "$folder/bin"
    PATH=$folder/bin:$PATH
    cd "$folder"
    stack sshd
    stack sudo
    printf '%s required pam_deny.so\n' auth account password session >"$folder/pam.d/other"
    (umask 022 && config >"$folder/pam_jwt.conf")
    chapter '1. Setting up, in a folder of its own'
    words "The config file says whose tokens are good here, and for which service. You, $user, are the
user who logs in."
    must '$' 'cat pam_jwt.conf'
    must '$' "pamjwt --config $folder/pam_jwt.conf init"
    must '$' "pamjwt --config $folder/pam_jwt.conf key new --issuer local"
    words '
What sshd would find in its file in /etc/pam.d:'
    must '$' 'cat pam.d/sshd'
}

# From here on libpam looks for services in our folder. Our programs start without it.
listen() {
    pamtester() {
        LD_PRELOAD=$wrapper PAM_WRAPPER=1 PAM_WRAPPER_SERVICE_DIR=$folder/pam.d \
            command pamtester "$@"
    }
    pamjwt() {
        command pamjwt --config "$folder/pam_jwt.conf" "$@"
    }
    export -f pamtester pamjwt
    export wrapper folder
}

story() {
    local now
    now=$(date +%s)
    chapter '2. Log in with a token'
    words 'A token (a JWT) is a signed note: "this is you, for pam:demo, until then". pamtester asks
libpam for service sshd as sshd itself would, and answers the prompt "Token: ".'
    must '$' "umask 077; pamjwt token mint --issuer local --sub $user --aud pam:demo >token"
    login sshd token
    should_work 'the token is accepted' 'successfully authenticated'

    chapter '3. A token does not last'
    must '$' "umask 077; pamjwt token mint --issuer local --sub $user --aud pam:demo \\
        --claim iat=$((now - 1200)) --claim exp=$((now - 300)) >old-token"
    login sshd old-token
    should_fail 'the expired token is refused, and you learn why' 'expired'

    chapter '4. A ticket instead of a token'
    must '$' "umask 077; pamjwt ticket issue --user $user --service sshd,sudo >ticket"
    login sshd ticket
    should_work 'service sshd accepts the ticket' 'successfully authenticated'
    login sudo ticket
    should_work 'service sudo accepts the ticket' 'successfully authenticated'
    login sudo token
    should_fail 'service sudo wants a ticket, no token' 'pamtester: Authentication failure'

    chapter '5. Take it back'
    must '$' "pamjwt revoke ticket $(cut -c 6-17 ticket) --reason 'laptop lost'"
    login sshd ticket
    should_fail 'service sshd refuses the revoked ticket' 'revoked'
    login sudo ticket
    should_fail 'service sudo refuses the revoked ticket' 'revoked'

    chapter '6. Why?'
    run '$' "pamjwt explain --service sshd --user $user <ticket"
    should_fail 'explain names the reason' 'ticket-revoked'
}

need_name
need_packages
wrapper=$(wrapper)
words "This is pam_jwt: log in with a token or a ticket, wherever PAM asks. Real sshd and sudo on a
copy of this machine are not possible here ($why), so the real module is asked
through pamtester, in $folder, and nothing else is touched."
setting_up
listen
story
summary
words '
What root would add: a real sshd and sudo on an overlay of the machine, long tokens typed in
parts, the judge as root beyond the reach of the one who logs in, and the log lines of both.

    sudo make demo

What to do next
  README.md                 set up ssh, sudo or any service, and how not to lock yourself out
  make check                the test suite; the system tests need root as well'
[ "$failed" -eq 0 ]
