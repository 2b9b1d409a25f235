#!/bin/sh
# Which libraries are built into the judge, and which come from the system?
# usage: tests/cli/test_built_in.sh BUILDDIR
# shellcheck source=tests/cli/support.sh
. "$(dirname "$0")/support.sh"
built=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 1
unset BUILT_IN MAKEFLAGS

# linked NAME EXPECTED [VARIABLE]…: the libraries of the link that make would do, in order.
linked() {
    name=$1
    expected=$2
    shift 2
    make -n --no-print-directory "$@" OUT="$box/none" "$box/none/pamjwt-verify" >"$box/out" 2>"$box/err"
    line=$(grep -e '-pie .* -o .*/pamjwt-verify ' "$box/out" | tr ' ' '\n' |
        sed -n 's|.*/\(lib[a-z0-9]*\.a\)$|\1|p; /^-[lL]/p' | grep -v '^libpjwt.a$' | tr '\n' ' ')
    same "$name" "$expected" "${line% }"
}

linked 'SQLite alone is built in' '-lcrypto -ljansson libsqlite3.a -lm'
linked 'nothing, on demand' '-lcrypto -ljansson -lsqlite3 -lm' BUILT_IN=
linked 'all three, on demand' 'libcrypto.a libjansson.a libsqlite3.a -lm' BUILT_IN='jansson sqlite3 crypto'
mkdir "$box/pc"
printf 'Name: s\nDescription: s\nVersion: 3.40\nLibs: -L/elsewhere -lsqlite3\n' >"$box/pc/sqlite3.pc"
export PKG_CONFIG_PATH="$box/pc"
linked 'nothing where a library stands elsewhere' '-lcrypto -ljansson -L/elsewhere -lsqlite3 -lm'
unset PKG_CONFIG_PATH
ldd "$built/pamjwt-verify" >"$box/out"
same 'and so it was built' '0 1' "$(grep -c libsqlite3 "$box/out") $(grep -c libcrypto "$box/out")"
printf '1..%d\n' "$count"
