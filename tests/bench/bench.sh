#!/bin/sh
# What does a login cost, beside the modules that Debian ships? All in one run, taking turns.
# usage: tests/bench/bench.sh BUILDDIR [ROUNDS]; as root, because pam_unix must read a shadow file.
# The machine's own /etc stays as it is: the file with the test password is mounted over it in a namespace
# of our own.
set -eu
out=$(cd "$1" && pwd)
rounds=${2:-200}
if [ "$(id -u)" -ne 0 ]; then
    echo 'make bench needs root: pam_unix reads /etc/shadow.' >&2
    exit 1
fi
if [ "${PJWT_BENCH_NAMESPACE:-}" != yes ]; then
    PJWT_BENCH_NAMESPACE=yes exec unshare -m "$0" "$out" "$rounds"
fi
mount --make-rprivate /
dir=$(mktemp -d /tmp/pamjwt-bench.XXXXXX)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/etc" "$dir/pam.d"
# libpam makes service names lower case, so ours are from the start.
jose_name() { echo "$1" | sed 's/^[er]s/\U&/; s/^ed/Ed/'; }
pamjwt() { "$out/pamjwt" --config "$dir/etc/pam_jwt.conf" "$@"; }

cat >"$dir/etc/pam_jwt.conf" <<CONF
[paths]
state = $dir/state
run   = $dir/run
[issuer bench]
iss      = https://bench.example
keys     = bench.jwks
audience = pam:bench
[service pam_jwt-ticket pam_jwt-ed25519 pam_jwt-es256 pam_jwt-rs256]
[root]
system_users = root
CONF
pamjwt init >"$dir/log" 2>&1
services=
for algorithm in ed25519 es256 rs256; do
    pamjwt key new --issuer bench --alg "$(jose_name "$algorithm")" >>"$dir/log" 2>&1
    pamjwt token mint --issuer bench --sub root --aud pam:bench --lifetime 1h \
        >"$dir/$algorithm" 2>>"$dir/log"
    services="$services pam_jwt-$algorithm=root=$dir/$algorithm"
done
pamjwt ticket issue --user root --service pam_jwt-ticket >"$dir/ticket" 2>>"$dir/log"

ours="auth required $out/pam_jwt.so config=$dir/etc/pam_jwt.conf verify=$out/pamjwt-verify"
for name in ticket ed25519 es256 rs256; do
    echo "$ours" >"$dir/pam.d/pam_jwt-$name"
done
echo 'auth required pam_permit.so' >"$dir/pam.d/pam_permit"
echo 'auth required pam_unix.so nodelay' >"$dir/pam.d/pam_unix-yescrypt"
echo 'auth required pam_exec.so quiet /bin/true' >"$dir/pam.d/pam_exec-true"
echo 'auth required pam_deny.so' >"$dir/pam.d/other"

echo 'a password' >"$dir/password"
sed "s|^root:[^:]*:|root:$("$out/tests/bench/login" --hash 'a password'):|" /etc/shadow >"$dir/shadow"
chmod 0640 "$dir/shadow"
mount --bind "$dir/shadow" /etc/shadow

# shellcheck disable=SC2086 # a list of words
"$out/tests/bench/login" "$rounds" "$dir/pam.d" "pam_permit=root=$dir/password" \
    "pam_exec-true=root=$dir/password" "pam_unix-yescrypt=root=$dir/password" \
    "pam_jwt-ticket=root=$dir/ticket" $services
echo "($rounds rounds; store on $(stat -f -c %T "$dir"))"
