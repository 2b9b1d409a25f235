#!/bin/sh
# Does `pamjwt init` make what is missing, keep what is there, and tell what is wrong? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
etc=$box/etc

mode() { stat -c %a "$1"; }

run 0 'init makes everything'  init
same 'six things are made' 6 "$(grep -c '^made ' "$box/out")"
says 'and it says what comes next' 'pamjwt status'
same 'the directory' 755 "$(mode "$etc")"
same 'keys/' 755 "$(mode "$etc/keys")"
same 'private/' 700 "$(mode "$etc/private")"
same 'the config' 644 "$(mode "$conf")"
same 'state/' 700 "$(mode "$etc/state")"
same 'the session file' 600 "$(mode "$etc/state/sessions.db")"
same 'the queue' 600 "$(mode "$etc/state/queue.lock")"
same 'run/' 711 "$(mode "$etc/run")"
grep -q "^state = $etc/state\$" "$conf"
result 'a config of one'\''s own keeps its state beside it' $?

before=$(cat "$conf" && stat -c %Y "$conf")
run 0 'init again' init
same 'six things are kept' 6 "$(grep -c '^kept ' "$box/out")"
same 'the config is untouched' "$before" "$(cat "$conf" && stat -c %Y "$conf")"

rm -r "$etc/keys" "$etc/run"
run 0 'init with two things missing' init
same 'two are made' 2 "$(grep -c '^made ' "$box/out")"
same 'four are kept' 4 "$(grep -c '^kept ' "$box/out")"

chmod 0750 "$etc/private"
run 3 'private/ that others may read is told' init
says 'with its name and mode' 'private has mode 0750'
says 'and what to do' 'by hand'
same 'and left alone' 750 "$(mode "$etc/private")"
shows 'the rest is still looked at' "kept $etc/run"
chmod 0700 "$etc/private"
run 0 'control: the mode set right' init

chmod 0777 "$etc/keys"
run 3 'keys/ that others may write is told' init
chmod 0755 "$etc/keys"

chmod 0666 "$conf"
run 3 'a config that others may write is told' init
chmod 0644 "$conf"

chmod 0755 "$etc/state"
run 3 'state/ that others may read is told' init
chmod 0700 "$etc/state"
run 0 'control: all is well again' init

chmod 0777 "$etc"
run 3 'nothing is made in a directory that others may write' init
silent 'not even looked at'
chmod 0755 "$etc"

mv "$etc/run" "$etc/away"
ln -s away "$etc/run"
run 3 'a link in the place of a directory is told' init
rm "$etc/run"
mv "$etc/away" "$etc/run"

mv "$etc/keys" "$etc/away"
: >"$etc/keys"
run 3 'a file in the place of a directory is told' init
rm "$etc/keys"
mv "$etc/away" "$etc/keys"

mv "$etc/state/sessions.db" "$etc/away"
head -c 8192 /dev/urandom >"$etc/state/sessions.db"
chmod 0600 "$etc/state/sessions.db"
mv "$etc/state/sessions.db-wal" "$etc/away-wal"
rm -f "$etc/state/sessions.db-shm"
run 3 'a session file that is none of ours is told' init
same 'and not replaced' 8192 "$(stat -c %s "$etc/state/sessions.db")"
rm -f "$etc/state/sessions.db-wal" "$etc/state/sessions.db-shm"
mv "$etc/away" "$etc/state/sessions.db"
run 3 'ours, without the log that it goes with, is told' init
says 'as older than its guard' 'and 9 was acknowledged'
mv "$etc/away-wal" "$etc/state/sessions.db-wal"
rm -f "$etc/state/sessions.db-shm"
run 0 'control: ours is kept' init

sed -i '/^\[paths\]/,$d' "$conf"
run 3 'a config of one'\''s own without any section' init
says 'its words' 'the config has no section'
echo '[paths' >>"$conf"
run 3 'a config with an error' init
says 'with file and line' "$conf:$(wc -l <"$conf")"

if [ "$(id -u)" -eq 0 ]; then
    try init
    rm -r "$etc"
    mkdir "$etc"
    chown 65534 "$etc"
    run 3 'a directory of another user is told' init
    says 'with the uid' 'belongs to uid 65534'
    chown 0 "$etc"
    run 0 'control: a directory of root' init
else
    count=$((count + 1))
    echo "ok $count - a directory of another user # SKIP needs root"
fi

conf=$box/fresh/a/b/pam_jwt.conf
run 0 'missing parents are made' init
same 'with mode 0755' 755 "$(mode "$box/fresh/a")"
cd "$box" || exit 1
conf=relative/pam_jwt.conf
run 0 'a relative --config' init
shows 'is shown absolute' "made $box/relative/pam_jwt.conf"
finish
