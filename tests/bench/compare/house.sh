# What is compared: a config, keys, and credentials of each kind. Sourced by compare.sh, which sets
# $out, $dir and $here.
# shellcheck shell=sh disable=SC2034,SC2154
conf=$dir/etc/pam_jwt.conf
state=$dir/state
facts=$dir/facts
service=pam_jwt-compare
shape=$here/../../pam/shapes/keycloak.json
# The columns of the table: a short token, one as an identity provider makes it, a ticket, and a ticket
# that such a token was exchanged for. KIND_once is a credential of that kind that is good for one login.
kinds='short idp ticket both'

pamjwt() { "$out/pamjwt" --config "$conf" "$@" 2>>"$dir/log"; }

issuers() {
    # The identity provider is Keycloak, as conf/issuers/ has it.
    sed 's/^\[issuer keycloak\]/[issuer idp]/; s/keycloak\.jwks/idp.jwks/' "$here/../../../conf/issuers/keycloak.conf"
    printf '[issuer short]\niss = https://idp.example.com\nkeys = short.jwks\naudience = pam:web1.example.com\n'
}

house_build() {
    mkdir "$dir/etc" "$dir/pam.d" "$dir/credential"
    {
        printf '[paths]\nstate = %s\nrun = %s/run\n' "$state" "$dir"
        issuers
        issuers | sed 's/^\[issuer \(.*\)\]/[issuer \1_once]\none_time = yes/; s/^\(iss .*\)/\1-once/; s/\.jwks/_once.jwks/'
        printf '[service %s]\n[root]\nsystem_users = root\n' "$service"
    } >"$conf"
    pamjwt init >>"$dir/log"
    for issuer in short:Ed25519 short_once:Ed25519 idp:RS256 idp_once:RS256; do
        pamjwt key new --issuer "${issuer%:*}" --alg "${issuer#*:}" >>"$dir/log"
    done
    for phase in auth account session; do
        echo "$phase required $out/pam_jwt.so config=$conf verify=$out/pamjwt-verify"
        echo "$phase required pam_deny.so" >>"$dir/pam.d/other"
    done >"$dir/pam.d/$service"
    jq -r '.claims | del(.iss, .sub, .aud, .exp, .iat, .jti, .auth_time) | .preferred_username = "root"
        | to_entries[] | "--claim", "\(.key)=\(.value | tojson)"' "$shape" >"$dir/claims"
}

uuid() { cat /proc/sys/kernel/random/uuid; }

# mint ISSUER JTI: a token. The identity provider's have the claims and the life that its documentation
# shows; libpam's user is root.
mint() {
    case $1 in
    short*)
        pamjwt token mint --issuer "$1" --sub root --aud pam:web1.example.com --claim "jti=\"$2\""
        return
        ;;
    esac
    set -- --issuer "$1" --claim "jti=\"$2\"" --claim "auth_time=$(($(date +%s) - 60))"
    while read -r line; do set -- "$@" "$line"; done <"$dir/claims"
    pamjwt token mint --sub "$(jq -r .claims.sub "$shape")" --lifetime "$(jq .claims.exp "$shape")" \
        --aud pam:web1.example.com --aud account "$@"
}

# credential KIND JTI: what is typed at a login.
credential() {
    case $1 in
    short* | idp*) mint "$1" "$2" ;;
    ticket) pamjwt ticket issue --user root --service "$service" ;;
    ticket_once) pamjwt ticket issue --user root --service "$service" --one-time ;;
    # The place for another way from a token to a ticket, too.
    both) mint idp "$2" | pamjwt ticket exchange --service "$service" ;;
    esac
}

# fresh KIND [COUNT]: new ones in $dir/credential/KIND, one a line; the last one's jti in $jti.
fresh() {
    : >"$dir/credential/$1"
    for _ in $(seq "${2:-1}"); do
        jti=$(uuid)
        credential "$1" "$jti" >>"$dir/credential/$1"
    done
    [ "$(wc -l <"$dir/credential/$1")" -eq "${2:-1}" ]
}

# How an administrator takes back what `fresh KIND` made: the operands of `pamjwt revoke`.
revocation() {
    case $1 in
    short) echo "jti short $jti" ;;
    idp | both) echo "jti idp $jti" ;;
    ticket) echo "ticket $(cut -c 6-17 "$dir/credential/ticket")" ;;
    esac
}

# run PROGRAM KIND…: one of compare's programs with the credential of that kind.
run() {
    program=$1
    file=$dir/credential/$2
    shift 2
    "$out/tests/bench/compare/$program" "$dir/pam.d" "$service" root "$file" "$@"
}

# fact NAME KIND VALUE: one figure.
fact() { printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$facts"; }
