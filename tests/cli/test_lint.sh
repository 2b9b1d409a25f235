#!/bin/sh
# Does `pamjwt lint` find what is wrong with config, files, keys, issuers, clock and session file,
# and nothing in a tree of the shipped examples? (TAP)
# Patterns for sed and grep, a backslash at the end of a line, and a function with and without
# words; support.sh gives and takes the variables.
# shellcheck disable=SC1091,SC2016,SC2034,SC2119,SC2154
. "$(dirname "$0")/support.sh"
. "$(dirname "$0")/lint_tree.sh"
plant
c=${built_config#/}
e=${c%/*}
s=${state#/}

# Every finding below is found in a copy of this tree with one change.
fresh
lint
[ "$status" -eq 0 ] && [ ! -s "$box/out" ]
result 'control: the shipped examples, installed: nothing is found' $?
says 'and that is said' '0 errors, 0 warnings, 0 notes'

# --- The config
finds error config-missing pam_jwt.conf: 'no config' rm "$tree/$c"
finds error config-empty pam_jwt.conf: 'a sample' sh -c "sed -i '/^\\[/,\$d' '$clean/$c.x' 2>/dev/null; grep '^#' '$clean/$c' >'$tree/$c'"
finds error config 'pam_jwt.conf:[0-9]*' 'an unknown option' edit "$c" 's/^audience/audienze/'
shows 'with a guess' 'did you mean audience?'
fresh
edit "$c" -e 's/^max_lifetime = 10m/max_lifetime = 10x/' -e 's/^accept = ticket/acept = ticket/' \
    -e 's/^algorithms = ES256/algorithms = ES257/'
put "$e/conf.d/a.conf" '[tickets]' 'lifetime = 1h' '' '[tickets]' 'idle'
lint
same 'every error is found, not the first alone' 4 "$(grep -c '\[config\]$' "$box/out")"
grep -n '\[config\]$' "$box/out" | cut -d: -f3 | grep -qvx '[0-9]*'
[ $? -eq 1 ]
result 'each with its line' $?
shows 'also in conf.d' 'a.conf:4: error'
fresh
edit "$c" -e '/^keys = corp/d'
lint
same 'a section that is not whole is one error' 1 "$(grep -c '\[config\]$' "$box/out")"
shows 'that names the option' '[issuer corp] needs the option keys'
finds error config 'pam_jwt.conf:[0-9]*' 'an issuer that is not there' edit "$c" 's/^issuers = lab/issuers = lob/'
finds error config a.conf:1 'a section twice, over two files' put "$e/conf.d/a.conf" '[root]' 'system_users ='
finds warning dropin-ignored a.cnf: 'a name that is not read' put "$e/conf.d/a.cnf" '[tickets]'
spares dropin-ignored 'of a name that is read' put "$e/conf.d/a.conf" '[tickets]'
finds note dropin-empty a.conf: 'a file of comments' put "$e/conf.d/a.conf" '# [tickets]'
spares dropin-empty 'of one that says something' put "$e/conf.d/a.conf" '[tickets]'
finds warning service-none pam_jwt.conf: 'no service' edit "$c" '/^\[service/,/^issuers/d'
finds note service-unused 'pam_jwt.conf:[0-9]*' 'a service without a pam.d file' edit "$c" 's/^\[service web\]/[service web wab]/'

# --- Files and their owners
finds error file-unsafe pam_jwt.conf: 'a config that others may write' chmod 0666 "$tree/$c"
finds error file-unsafe "keys:" 'a key directory that others may write' chmod 0777 "$tree/$e/keys"
finds error file-unsafe "private:" 'a private directory that others may read' chmod 0755 "$tree/$e/private"
finds error file-unsafe pam_jwt.conf: 'a conf.d that others may write' chmod 0777 "$tree/$e/conf.d"
finds error file-unsafe 'lab.jwks:' 'a private key that others may read' chmod 0644 "$tree/$e/private/lab.jwks"
finds error file-unsafe 'sessions.db:' 'a session file that others may read' chmod 0644 "$tree/$s/sessions.db"
finds error file-unsafe 'queue.lock:' 'a queue that others may open' chmod 0644 "$tree/$s/queue.lock"
finds error file-unsafe 'sessions.guard:' 'a guard that others may read' chmod 0644 "$tree/$s/sessions.guard"
finds error file-unsafe 'sessions.reserve:' 'a reserve that others may open' chmod 0644 "$tree/$s/sessions.reserve"
finds error file-unsafe "pam_jwt:" 'a state directory that others may list' chmod 0755 "$tree/$s"
finds error file-unsafe 'pam_jwt.so:' 'a module that others may write' chmod 0666 "$tree/lib/any/security/pam_jwt.so"
finds error file-unsafe pam.d/sshd: 'a pam.d file that others may write' chmod 0666 "$tree/etc/pam.d/sshd"
finds error file-unsafe pam_jwt.conf: 'a directory above that others may write' chmod 0777 "$tree/etc"
shows 'the component is named' "$tree/etc has mode 0777"
link_config() { mv "$tree/$c" "$tree/$c.real" && ln -s "${c##*/}.real" "$tree/$c"; }
finds error file-unsafe pam_jwt.conf: 'a link in the place of the config' link_config
finds error file-missing keys: 'no key directory' rm -r "$tree/$e/keys"
finds error file-missing private: 'no private directory' rm -r "$tree/$e/private"
finds error judge pamjwt-verify: 'no judge' rm "$tree$judge"
finds error judge pamjwt-verify: 'a judge that cannot be run' chmod 0644 "$tree$judge"
finds error judge pamjwt-verify: 'a judge that others may write' chmod 0777 "$tree$judge"

# --- Keys. The clean sets hold one good key each.
set_of() { printf '{"keys":[%s]}\n' "$1"; }
lab=$(sed -n '1h;1!H;${x;s/\n//g;p;}' "$clean/$e/keys/lab.jwks" | sed 's/^.*"keys": *\[//; s/\] *}$//')
private=$(sed -n '1h;1!H;${x;s/\n//g;p;}' "$clean/$e/private/lab.jwks" | sed 's/^.*"keys": *\[//; s/\] *}$//')
corp=$(sed -n '1h;1!H;${x;s/\n//g;p;}' "$clean/$e/keys/corp.jwks" | sed 's/^.*"keys": *\[//; s/\] *}$//')
keys() { set_of "$1" >"$tree/$e/keys/lab.jwks"; }
n=$(printf '%0400d' 0 | tr 0 A)
spares keys 'of the same set on one line' keys "$lab"
finds error keys lab.jwks: 'a set that is no JSON' put "$e/keys/lab.jwks" '{'
finds error keys lab.jwks: 'a set that others may write' chmod 0666 "$tree/$e/keys/lab.jwks"
finds error keys-none lab.jwks: 'no set' rm "$tree/$e/keys/lab.jwks"
finds error keys-none lab.jwks: 'an empty set' keys ''
finds error key-weak lab.jwks: 'RSA of 512 bits' keys "$lab,{\"kty\":\"RSA\",\"kid\":\"w\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"n\":\"w$(printf '%084d' 0 | tr 0 A)Q\"}"
finds error key-malformed lab.jwks: 'no x' keys "$lab,{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"m\"}"
finds error keys lab.jwks: 'a key that is no object' keys "$lab,7"
finds error key-private lab.jwks: 'a private key among the public ones' keys "$private"
finds error key-private lab.jwks: 'a shared secret among the public keys' keys "$lab,{\"kty\":\"oct\",\"kid\":\"o\",\"k\":\"${n}\"}"
finds error kid-duplicate lab.jwks: 'a kid twice' keys "$lab,$lab"
two=$(printf '%s' "$lab" | sed 's/"one"/"other"/')
spares kid-duplicate 'two kids' keys "$lab,$two"
unreachable() { edit "$c" 's/^keys = lab.jwks/&\nalgorithms = Ed25519/'; keys "$lab,$corp"; }
finds warning key-unreachable lab.jwks: 'an EC key for Ed25519 alone' unreachable
listed() { edit "$c" 's/^keys = lab.jwks/&\nalgorithms = Ed25519, ES256/'; keys "$lab,$corp"; }
spares key-unreachable 'when ES256 is listed' listed
rsa="{\"kty\":\"RSA\",\"kid\":\"r\",\"e\":\"AQAB\",\"n\":\"w$(printf '%0340d' 0 | tr 0 A)Q\"}"
unpinned() { edit "$c" 's/^keys = lab.jwks/&\nalgorithms = Ed25519, RS256, PS256/'; keys "$lab,$rsa"; }
finds warning key-unpinned lab.jwks: 'an RSA key for two algorithms' unpinned
spares key-unpinned 'for one' keys "$lab,$rsa"
finds note key-skipped lab.jwks: 'a key for encryption' keys "$lab,$(printf '%s' "$two" | sed 's/"sig"/"enc"/')"
finds note keys-old lab.jwks: 'two years' touch -d '2 years ago' "$tree/$e/keys/lab.jwks"
spares keys-old 'a month' touch -d '1 month ago' "$tree/$e/keys/lab.jwks"
finds note keys-unnamed old.jwks: 'a file that nobody names' cp "$clean/$e/keys/lab.jwks" "$tree/$e/keys/old.jwks"
finds note keys-unnamed old.jwks: 'a private file that nobody names' cp -p "$clean/$e/private/lab.jwks" "$tree/$e/private/old.jwks"
decrypt() { edit "$c" 's/^keys = lab.jwks/&\ndecrypt = lab-dec.jwks/'; }
finds error decrypt-none 'pam_jwt.conf:[0-9]*' 'no decryption set' decrypt
broken_decrypt() { decrypt; (umask 077; set_of '{"kty":"oct"}' >"$tree/$e/private/lab-dec.jwks"); }
finds error decrypt-none 'pam_jwt.conf:[0-9]*' 'a decryption key that opens nothing' broken_decrypt
good_decrypt() {
    decrypt
    (umask 077
    set_of '{"kty":"oct","kid":"d","alg":"A128KW","k":"AAECAwQFBgcICQoLDA0ODw"}' >"$tree/$e/private/lab-dec.jwks")
}
spares decrypt-none 'with a good one' good_decrypt
hmac() {
    edit "$c" 's/^keys = lab.jwks/&\nhmac = yes\nalgorithms = HS256/'
    (umask 077
    rm "$tree/$e/keys/lab.jwks"
    keys "{\"kty\":\"oct\",\"kid\":\"h\",\"alg\":\"HS256\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"}$1")
}
finds note issuer-hmac 'pam_jwt.conf:[0-9]*' 'shared secrets' hmac ''
finds error key-mixed lab.jwks: 'a public key among shared secrets' hmac ",$lab"
open_hmac() { hmac ''; chmod 0644 "$tree/$e/keys/lab.jwks"; }
finds error keys lab.jwks: 'shared secrets that others may read' open_hmac

# --- Issuers
iss() { edit "$c" "s|^iss = https://lab.example|iss = $1|"; }
github=https://token.actions.githubusercontent.com
for shared in "$github" https://gitlab.com https://accounts.google.com https://appleid.apple.com \
    https://login.microsoftonline.com/common/v2.0 https://agent.buildkite.com; do
    finds error issuer-shared 'pam_jwt.conf:[0-9]*' "$shared" iss "$shared"
done
finds error issuer-shared 'pam_jwt.conf:[0-9]*' 'with a slash at the end' iss "$github/"
spares issuer-shared 'an issuer of one organisation' iss https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0
github_with() { edit "$c" "s|^iss = https://lab.example|iss = $github\\n$1|"; }
finds error issuer-shared 'pam_jwt.conf:[0-9]*' 'a requirement that names no tenant' github_with 'require = environment=prod'
spares issuer-shared 'with a tenant' github_with 'require = environment=prod, repository_owner=example'
mapped() { github_with 'user_map = lab.users'; echo 'alice repo:example/app:ref:refs/heads/main' >"$tree/$e/lab.users"; }
spares issuer-shared 'with a user_map' mapped
by_service() { iss "$github"; edit "$c" -e 's/^accept = .*/&\nrequire = repository_owner=example/'; }
spares issuer-shared 'with a tenant in every service' by_service
one_service() { iss "$github"; edit "$c" -e '/^\[service web/,$s/^accept = .*/&\nrequire = repository_owner=example/'; }
finds error issuer-shared 'pam_jwt.conf:[0-9]*' 'with a tenant in one service of two' one_service
finds error user-map 'pam_jwt.conf:[0-9]*' 'a user_map that is not there' github_with 'user_map = lab.users'
bad_map() { mapped; echo alice >>"$tree/$e/lab.users"; }
finds error user-map 'pam_jwt.conf:[0-9]*' 'a line without a value' bad_map
shows 'with its line' 'lab.users:2'
open_map() { mapped; chmod 0666 "$tree/$e/lab.users"; }
finds error file-unsafe lab.users: 'a user_map that others may write' open_map
audience() { edit "$c" "s|^audience = pam:box|audience = $1|"; }
for shared in 32555940559.apps.googleusercontent.com https://kubernetes.default.svc.cluster.local \
    https://github.com/example sts.amazonaws.com account; do
    finds error audience-shared 'pam_jwt.conf:[0-9]*' "$shared" audience "$shared"
done
spares audience-shared 'one of our own' audience pam:accounts
type() { edit "$c" "s|^keys = lab.jwks|&\\n$1|"; }
finds warning type-open 'pam_jwt.conf:[0-9]*' JWT type 'type = at+jwt, jwt'
finds warning type-open 'pam_jwt.conf:[0-9]*' 'application/jwt' type 'type = application/jwt'
finds warning type-open 'pam_jwt.conf:[0-9]*' none type 'type = none'
spares type-open 'at+jwt' type 'type = at+jwt'
spares type-open 'JWT with a requirement' type 'type = JWT\nrequire = azp=pam'
finds note lifetime-long 'pam_jwt.conf:[0-9]*' '28 hours' type 'max_lifetime = 28h'
spares lifetime-long 'an hour' type 'max_lifetime = 1h'
finds note issuer-unused 'pam_jwt.conf:[0-9]*' 'an issuer that no service takes' edit "$c" 's/^accept = jwt, ticket/&\nissuers = lab/'
group() { edit "$c" "s/^issuers = lab/&\\nrequire_group = $1/"; put etc/group 'admins:x:100:'; }
finds warning group-unknown 'pam_jwt.conf:[0-9]*' 'a group that is not there' group admin
spares group-unknown 'one that is' group admins
own() { edit "$c" "s/^issuers = lab/&\\nlogin_ticket = 8h\\nlogin_ticket_for = $1/"; }
finds warning login-ticket-for 'pam_jwt.conf:[0-9]*' 'a service without a section' own 'su, sudoo'
spares login-ticket-for 'one that has a section' own 'su'
closed() { own su && edit "$c" 's/^accept = jwt, ticket/accept = jwt/'; }
finds warning login-ticket-for 'pam_jwt.conf:[0-9]*' 'a service without tickets' closed
spares login-ticket-none 'one with a time' own 'su'
timeless() { edit "$c" 's/^issuers = lab/&\nlogin_ticket_for = su/'; }
finds warning login-ticket-none 'pam_jwt.conf:[0-9]*' 'services, and no time' timeless
tokenless() { own su && edit "$c" 's/^accept = .*/accept = ticket/'; }
finds warning login-ticket-none 'pam_jwt.conf:[0-9]*' 'a service without tokens' tokenless
# With their commas as many bytes as a ticket keeps, and one more.
long=$(for i in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do printf '%s%062d,' "$i" 0; done)
spares login-ticket-none 'a list that just fits' own "${long%,}x"
finds warning login-ticket-none 'pam_jwt.conf:[0-9]*' 'a list that does not' own "${long}x"

# --- The clock and the session file
finds error clock-behind sessions.db: 'a session file of the future' touch -d '1 day' "$tree/$s/sessions.db"
spares clock-behind 'one of a minute from now' touch -d '1 minute' "$tree/$s/sessions.db"
finds error store pam_jwt: 'no session file' rm "$tree/$s/sessions.db"
finds error store pam_jwt: 'a damaged session file' put "$s/sessions.db" 'no database'
finds error file-missing pam_jwt: 'no state directory' rm -r "${tree:?}/$s"

# --- How it is told
fresh
edit "$c" 's/^audience/audienze/'
lint --json
same 'an error is 1, as JSON too' 1 "$status"
json 'counts and findings' '.ok == false and .errors == 2 and (.findings | length) == .errors + .warnings + .notes'
json 'each with all its words' 'all(.findings[]; .file and .severity and .code and .text and .cure)'
json 'a line where there is one' '.findings[0].line > 0'
fresh
lint --json
same 'control: nothing found is 0' 0 "$status"
json 'an empty list' '.ok and .complete and .findings == []'
finds error file-unsafe pam_jwt.conf: 'one more to look at' chmod 0666 "$tree/$c"
same 'the cure stands below' 1 "$(grep -c '^    make it and the directories' "$box/out")"
fresh
chmod 0666 "$tree/etc/pam.d/su" "$tree/etc/pam.d/sshd"
put "$e/conf.d/a.cnf"
lint
grep '^/' "$box/out" | cut -d: -f1 >"$box/order"
sort -c "$box/order" 2>/dev/null
result 'sorted by file' $?
run 2 'an operand' lint there
run 2 'an unknown flag' lint --rot "$tree"
run 3 'a root that is not there' lint --root "$box/nowhere"
unreadable() { rm "$tree/etc/ssh/sshd_config"; mkdir "$tree/etc/ssh/sshd_config"; }
fresh
unreadable
lint
same 'what cannot be examined is 3' 3 "$status"
shows 'and said' '[unexamined]'
unreadable_and_error() { unreadable; chmod 0666 "$tree/$c"; }
fresh
unreadable_and_error
lint
same 'an error beside it is 1' 1 "$status"
lint --json
json 'and says that it is not complete' '.complete == false'

# --- The machine itself: as an ordinary command, without another root
conf=$box/etc/pam_jwt.conf
run 1 'no config' lint
shows 'its place' "$conf: error"
set_up
try key new --issuer lab
run 1 'an issuer without a key' lint
shows 'its set' "$box/etc/keys/corp.jwks: error"
try key new --issuer corp --alg ES256
try lint
[ "$status" -ne 1 ]
result 'control: with one there is no error' $?

# The kernel's word on its clock, in the place of which ours is put.
cat >"$box/clock.c" <<'END'
#include <stdlib.h>
#include <sys/timex.h>
int adjtimex(struct timex *t)
{
    int unsure = getenv("CLOCK_IS_FREE") != NULL;

    t->status = unsure ? STA_UNSYNC : 0;
    return unsure ? TIME_ERROR : TIME_OK;
}
END
# try_clock [NAME=VALUE]: a run with that kernel.
try_clock() {
    env "$@" LD_PRELOAD="$box/clock.so" ASAN_OPTIONS=verify_asan_link_order=0 \
        "$pamjwt" --config "$conf" lint >"$box/out" 2>"$box/err" </dev/null
    status=$?
}
if cc -shared -fPIC -o "$box/clock.so" "$box/clock.c" 2>"$box/err"; then
    try_clock CLOCK_IS_FREE=yes
    grep -qE '^clock: warning: .*\[clock-unsynchronised\]$' "$box/out"
    result 'clock-unsynchronised: the kernel says so' $?
    try_clock
    ! grep -qF '[clock-' "$box/out" && [ "$status" -eq 0 ]
    result 'clock-unsynchronised: not when it says otherwise' $?
fi
finish
