# shellcheck shell=sh disable=SC2034
# A config, a store and credentials for the load. To be sourced with the build directory in $1.
out=$(cd "${1:?the build directory}" && pwd)
# On a disk: a store in memory would be no load.
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/pamjwt-load.XXXXXX")
trap 'rm -rf -- "$dir"' EXIT
trap 'exit 1' INT TERM
user=$(id -un)
export LC_ALL=C
pamjwt() { "$out/pamjwt" --config "$dir/$house/pam_jwt.conf" "$@"; }
sql() { "$out/tests/cli/session_sql" "$dir/$house/state" "$1"; }
count() { sql "SELECT count(*) FROM $1"; }

# make_house NAME: from here on the commands above mean that one.
make_house() {
    house=$1
    mkdir -p "$dir/$house/pam.d"
    cat >"$dir/$house/pam_jwt.conf" <<CONF
[paths]
state = $dir/$house/state
run = $dir/$house/run
[issuer load]
iss = https://load.example
keys = load.jwks
audience = pam:load
one_time = yes
[service load]
[root]
system_users = $user
CONF
    echo "auth required $out/pam_jwt.so config=$dir/$house/pam_jwt.conf verify=$out/pamjwt-verify" \
        >"$dir/$house/pam.d/load"
    pamjwt init >"$dir/log" 2>&1
    pamjwt key new --issuer load >>"$dir/log" 2>&1
}

issue() { pamjwt ticket issue --user "$user" --service load --lifetime 24h >"$1" 2>>"$dir/log"; }

# fill_tokens COUNT, fill_tickets COUNT: one for each who logs in, in $dir/credentials. The tokens are good
# once, and the tickets were last used so long ago that their next use is written down.
fill_tokens() {
    mkdir -p "$dir/credentials"
    i=0
    while [ $i -lt "$1" ]; do
        pamjwt token mint --issuer load --sub "$user" --aud pam:load --lifetime 1h \
            >"$dir/credentials/$i" 2>>"$dir/log"
        i=$((i + 1))
    done
}
fill_tickets() {
    mkdir -p "$dir/credentials"
    i=0
    while [ $i -lt "$1" ]; do
        issue "$dir/credentials/$i"
        i=$((i + 1))
    done
    sql "UPDATE tickets SET created=created-3600"
}

crowd() { "$out/tests/load/crowd" "$dir/$house/pam.d" load "$user" "$dir/credentials" "$1"; }

# rows FIRST COUNT: numbers, for INSERT … SELECT … FROM n
rows() { echo "WITH RECURSIVE n(i) AS (SELECT $1 WHERE $2>0 UNION ALL SELECT i+1 FROM n WHERE i<$1+$2-1)"; }
big='PRAGMA cache_size=-400000;'

# expired_tickets COUNT, expired_revocations COUNT, expired_spent COUNT: of a year and a half ago. Ids and jti
# in no order, as real ones are.
expired_tickets() {
    sql "$big $(rows 1 "$1") INSERT INTO tickets (id,hash,user,services,created,expires,iss,sub,jti,kid,iat)
        SELECT printf('%06x%06x',(i*7919)%16777213,i),randomblob(32),'user'||(i%1000),'sshd,sudo',
        1700000000+i,1700028800+i,'https://idp.example.com','sub-'||(i%1000),
        printf('%08x-%08x',(i*48271)%2147483647,i),'k1',1700000000+i FROM n"
}
expired_revocations() {
    sql "$big $(rows 1 "$1") INSERT INTO revocations (kind,iss,value,created,expires,by,why)
        SELECT 'jti','https://idp.example.com',printf('%08x-%08x',(i*48271)%2147483647,i),1700000000+i,
        1700100000+i,'admin','' FROM n"
}
expired_spent() {
    sql "$big $(rows 1 "$1") INSERT INTO replay (iss,jti,expires,spent)
        SELECT 'https://idp.example.com',printf('%08x-%08x',(i*48271)%2147483647,i),1700000300+i,
        1700000000+i FROM n"
}
# lasting_tickets COUNT, lasting_revocations COUNT: good until 2100, in the order of their keys, so that
# millions take no hour.
lasting_tickets() {
    sql "$big $(rows 1 "$1") INSERT INTO tickets (id,hash,user,services,created,expires,iss,sub,jti,kid,iat)
        SELECT printf('%012x',i),zeroblob(32),printf('user%06d',i/1000),'sshd,sudo',1700000000+i,4102444800,
        'https://idp.example.com',printf('sub-%06d',i/1000),printf('%016x',i),'k1',1700000000+i FROM n"
}
lasting_revocations() {
    sql "$big $(rows 1 "$1") INSERT INTO revocations (kind,iss,value,created,expires,by)
        SELECT 'jti','https://idp.example.com',printf('%016x',i),1700000000+i,4102444800,'admin' FROM n"
}
