#!/bin/sh
# Does `pamjwt lint` see which stacks of pam.d would let a refusal through, and whether a way in
# is left? (TAP)
# Patterns for sed and grep, a backslash at the end of a line, and a function with and without
# words; support.sh gives and takes the variables.
# shellcheck disable=SC1003,SC1091,SC2016,SC2034,SC2119,SC2154
. "$(dirname "$0")/support.sh"
. "$(dirname "$0")/lint_tree.sh"
plant
c=${built_config#/}
w=etc/pam.d/web
fresh
lint
[ "$status" -eq 0 ] && [ ! -s "$box/out" ]
result 'control: nothing is found' $?

# web LINE...: the stack of service web. Phases that a case is not about are in order.
account='account [success=ok ignore=ignore default=die] pam_jwt.so
account required pam_permit.so'
session='session [success=ok default=die] pam_jwt.so'
auth() { put "$w" "$@" "$account" "$session"; }
acct() { put "$w" 'auth [success=done default=die] pam_jwt.so' "$@" "$session"; }
sess() { put "$w" 'auth [success=done default=die] pam_jwt.so' "$account" "$@"; }
spares auth-passes 'the arrangement of the cases below' auth 'auth required pam_jwt.so'
same 'control: with nothing else' 0 "$(grep -c . "$box/out")"

# --- A refused credential gets in
passes() { # NAME LINE...
    name=$1
    shift
    finds error auth-passes 'web:[0-9]*' "$name" auth "$@"
}
holds() { # NAME LINE...
    name=$1
    shift
    spares auth-passes "$name" auth "$@"
    same "... nothing at all" 0 "$(grep -c . "$box/out")"
}
passes 'optional, then permit' 'auth optional pam_jwt.so' 'auth required pam_permit.so'
holds 'required, then permit' 'auth required pam_jwt.so' 'auth required pam_permit.so'
passes 'sufficient, then permit' 'auth sufficient pam_jwt.so' 'auth required pam_permit.so'
holds 'sufficient, then deny' 'auth sufficient pam_jwt.so' 'auth required pam_deny.so'
holds 'sufficient, then a password' 'auth sufficient pam_jwt.so' 'auth required pam_unix.so'
passes 'an optional password' 'auth sufficient pam_jwt.so' 'auth optional pam_unix.so' 'auth required pam_permit.so'
passes 'permit first' 'auth required pam_permit.so' 'auth optional pam_jwt.so'
passes 'a jump over deny' 'auth [success=1 default=1] pam_jwt.so' 'auth required pam_deny.so' 'auth required pam_permit.so'
holds 'a jump on success alone' 'auth [success=1 default=ignore] pam_jwt.so' 'auth required pam_deny.so' 'auth required pam_permit.so'
passes 'one code is let go' 'auth [success=ok service_err=ignore default=die] pam_jwt.so' 'auth required pam_permit.so'
shows 'which is named' 'passes with service_err'
passes 'a missing module is let go' '-auth required pam_jwt.so' 'auth required pam_permit.so'
shows 'which is said' 'a missing module'
passes 'reset' 'auth [success=ok default=reset] pam_jwt.so' 'auth required pam_permit.so'
holds 'reset at the end' 'auth required pam_permit.so' 'auth [success=ok default=reset] pam_jwt.so'
put_common() { put etc/pam.d/common-web "$@"; }
included() { put_common "$1"; auth "$2" 'auth required pam_permit.so'; }
finds error auth-passes 'common-web:1' 'in an included file' included 'auth optional pam_jwt.so' '@include common-web'
finds error auth-passes 'common-web:1' 'by include' included 'auth optional pam_jwt.so' 'auth include common-web'
finds error auth-passes 'common-web:1' 'in a substack' included 'auth [default=die success=ok auth_err=ignore] pam_jwt.so' 'auth substack common-web'
spares auth-passes 'in a substack that fails' included 'auth requisite pam_jwt.so' 'auth substack common-web'
finds error auth-passes 'web:1' 'over two lines' auth 'auth \' ' optional pam_jwt.so # here' 'auth required pam_permit.so'
finds error auth-passes 'web:1' 'capitals' auth 'AUTH OPTIONAL pam_jwt.so' 'auth required pam_permit.so'
finds error auth-passes 'web:1' 'a path' auth "auth optional /lib/any/security/pam_jwt.so" 'auth required pam_permit.so'
finds warning auth-unsure 'web:1' 'a module that nobody knows' auth 'auth sufficient pam_jwt.so' 'auth required pam_corp.so'
spares auth-unsure 'behind deny' auth 'auth requisite pam_jwt.so' 'auth required pam_corp.so'
finds warning auth-skipped 'web:2' 'a condition that lets in' auth 'auth sufficient pam_succeed_if.so user ingroup guests' 'auth required pam_jwt.so'
spares auth-skipped 'root alone' auth 'auth sufficient pam_rootok.so' 'auth required pam_jwt.so'
spares auth-skipped 'a condition that must hold' auth 'auth required pam_succeed_if.so user ingroup staff' 'auth required pam_jwt.so'

# --- Account and session
finds error account-passes 'web:2' 'optional' acct 'account optional pam_jwt.so' 'account required pam_permit.so'
finds error account-passes 'web:2' 'one code is let go' acct 'account [success=ok ignore=ignore acct_expired=ignore default=die] pam_jwt.so' 'account required pam_permit.so'
shows 'which is named' 'passes with acct_expired'
finds error account-passes 'web:3' 'sufficient in front' acct 'account required pam_permit.so' 'account sufficient pam_jwt.so'
spares account-passes 'when root skips it' acct 'account [success=1 default=ignore] pam_succeed_if.so uid = 0' 'account [success=ok ignore=ignore default=die] pam_jwt.so' 'account required pam_permit.so'
finds error account-missing 'web:1' 'no account line of ours' acct 'account required pam_unix.so'
finds error account-missing 'web:1' 'no account line at all' acct
finds warning account-alone 'web:2' 'alone' acct 'account required pam_jwt.so'
finds warning account-alone 'web:2' 'only with pam_nologin' acct 'account required pam_jwt.so' 'account required pam_nologin.so'
spares account-alone 'with pam_unix' acct 'account required pam_jwt.so' 'account required pam_unix.so'
token_only() { acct 'account required pam_jwt.so'; edit "$c" 's/^issuers = lab/&\ntoken_only = yes/'; }
spares account-alone 'when token_only says so' token_only
finds error session-passes 'web:4' 'optional' sess 'session optional pam_jwt.so' 'session required pam_permit.so'
finds warning session-missing 'web:1' 'none' sess 'session required pam_unix.so'
finds warning pam-env-first 'web:4' 'above us' sess 'session required pam_env.so user_readenv=1' "$session"
spares pam-env-first 'below us' sess "$session" 'session required pam_env.so user_readenv=1'
spares pam-env-first 'switched off' sess 'session required pam_env.so user_readenv=0' "$session"

# --- Lines
finds error pam-syntax 'web:1' 'no such phase' auth 'auht required pam_env.so' 'auth required pam_jwt.so'
finds error pam-syntax 'web:1' 'a malformed control' auth 'auth [success=okay-ish] pam_env.so' 'auth required pam_jwt.so'
finds error pam-syntax 'web:1' 'no module' auth 'auth required' 'auth required pam_jwt.so'
finds error pam-syntax 'web:1' 'an include of nothing' auth 'auth include common-nothing' 'auth required pam_jwt.so'
finds error pam-syntax 'web:1' 'an include of itself' auth 'auth include web' 'auth required pam_jwt.so'
finds error pam-argument 'web:1' 'unknown' auth 'auth required pam_jwt.so debugg'
finds error pam-argument 'web:1' 'no absolute path' auth 'auth required pam_jwt.so verify=judge'
spares pam-argument 'known ones' auth "auth required pam_jwt.so debug use_first_pass verify=$judge config=$built_config"
finds note pam-config 'web:1' 'another config' auth 'auth required pam_jwt.so config=/etc/other.conf'
spares pam-config 'this config' auth "auth required pam_jwt.so config=$built_config"
finds error pam-service 'wob:1' 'no section' put etc/pam.d/wob 'auth required pam_jwt.so' "$account" "$session"
spares pam-service 'a copy that an editor left' put etc/pam.d/wob~ 'auth required pam_jwt.so' "$account" "$session"
spares auth-passes 'a stack without us' put etc/pam.d/wob 'auth required pam_permit.so'
finds error module-missing 'sshd:[0-9]*' 'the module is gone' rm "$tree/lib/any/security/pam_jwt.so"
finds error module-missing 'sshd:[0-9]*' 'its name is misspelt' edit etc/pam.d/sshd 's/^\(auth.*\)pam_jwt/\1pam_jtw/'
spares module-missing 'another module' edit etc/pam.d/sshd 's/^account.*pam_unix.so/&\naccount required pam_corp.so/'
other() { rm "$tree/$w"; put etc/pam.d/other 'auth optional pam_jwt.so' 'auth required pam_permit.so' "$account" "$session"; edit "$c" 's/\[service web\]/[service web other]/'; }
finds error auth-passes 'other:1' 'the service of all that have none' other
known=$(sed -n 's/.*strcmp(arg, "\([a-z_]*\)").*/\1/p; s/.*value_of(arg, "\([a-z_]*=\)").*/\1/p' "$here/pam_jwt/args.c")
for argument in $known; do
    grep -q "\"$argument/\?\"" "$here/helper/lint/pam_rules.c"
    result "lint knows the module's argument $argument" $?
done

# --- A way in
no_key() { rm "$tree/root/.ssh/authorized_keys"; }
no_console() { put etc/pam.d/login 'auth required pam_jwt.so' "$account" "$session"; edit "$c" 's/\[service web\]/[service web login]/'; }
neither() { no_console; no_key; }
finds error no-way-in pam.d 'console by token, no root key' neither
shows 'both are told' 'root has no authorized_keys'
spares no-way-in 'a root key alone' no_console
spares no-way-in 'the console alone' no_key
locked() { put etc/shadow 'root:*:19000::::::' 'alice:!:19000::::::'; no_key; }
finds error no-way-in pam.d 'a console where nobody has a password' locked
shows 'which is told' 'nobody has a password'
key() { no_console; edit "$@"; }
finds error no-way-in pam.d 'no root by ssh' key etc/ssh/sshd_config.d/pam_jwt.conf 's/^PermitRootLogin.*/PermitRootLogin no/'
finds error no-way-in pam.d 'no keys by ssh' key etc/ssh/sshd_config '1i PubkeyAuthentication no'
methods() { key etc/ssh/sshd_config.d/pam_jwt.conf '/^Match User/,$d'; edit etc/ssh/sshd_config.d/pam_jwt.conf 's/^AuthenticationMethods.*/AuthenticationMethods publickey,keyboard-interactive:pam/'; }
finds error no-way-in pam.d 'a root that needs a token too' methods
for_root() { methods; add etc/ssh/sshd_config 'Match User root' 'AuthenticationMethods publickey'; }
spares no-way-in 'when a Match spares root' for_root
finds error no-way-in pam.d 'comments alone' key root/.ssh/authorized_keys 's/^/# /'
root_refused() { no_console; edit etc/pam.d/sshd '/pam_succeed_if/d'; }
finds error no-way-in pam.d 'a root that the account check refuses with us' root_refused
finish
