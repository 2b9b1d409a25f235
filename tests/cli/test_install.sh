#!/bin/sh
# Does `make uninstall` leave no login behind that names a module which is gone?
# usage: tests/cli/test_install.sh BUILDDIR
# shellcheck source=tests/cli/support.sh
. "$(dirname "$0")/support.sh"
built=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 1
root=$box/root
module=$root/module/pam_jwt.so

# making NAME STATUS TARGET: what make says of it, as 0 or 1.
making() {
    status=1
    make --no-print-directory "$3" OUT="$built" DESTDIR="$root" PAMDIR=/module \
        >"$box/out" 2>"$box/err" && status=0
    same "$1" "$2" "$status"
}

# left NAME: a refused uninstall takes nothing away.
left() { [ -e "$module" ]; result "$1" $?; }

making 'install' 0 install
left 'the module is there'
"$pamjwt" --help | sed -n 's/^  \([a-z]*\)  *.*/\1/p' | sort -u | while read -r verb; do
    [ -e "$root/usr/local/share/man/man1/pamjwt-$verb.1" ] || echo "$verb"
done >"$box/out"
same 'every verb has a page under its name' '' "$(cat "$box/out")"
mkdir -p "$root/etc/pam.d"
echo 'auth required pam_jwt.so' >"$root/etc/pam.d/sshd"
making 'a pam.d file that names the module, and no pam.conf' 1 uninstall
grep -q "$root/etc/pam.d/sshd" "$box/err"
result 'and says which' $?
left 'the module stays'
: >"$root/etc/pam.conf"
mkdir "$root/etc/pam.d/kept"
making 'with a directory beside it' 1 uninstall
left 'the module still stays'
echo '# auth required pam_jwt.so' >"$root/etc/pam.d/sshd"
echo 'sshd auth required pam_jwt.so' >"$root/etc/pam.conf"
making 'pam.conf names it' 1 uninstall
: >"$root/etc/pam.conf"
making 'only a comment names it' 0 uninstall
[ "$(find "$root" ! -type d | sort | tr '\n' ' ')" = "$root/etc/pam.conf $root/etc/pam.d/sshd " ]
result 'nothing of ours is left' $?
printf '1..%d\n' "$count"
