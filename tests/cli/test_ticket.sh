#!/bin/sh
# Are tickets issued, listed and shown, and is the ticket itself seen only once? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up

# row ID FIELD: a column of `ticket list`, by the title's place.
id_of() { sed -n 's/^ticket \([0-9A-Za-z]*\) for .*/\1/p' "$box/err"; }

run 0 'no tickets yet' ticket list
says 'is said' 'No tickets.'
run 0 'as JSON' ticket list --json
json 'it is an empty array' '. == []'

run 0 'ticket issue' ticket issue --user "$me" --service sshd,sudo --note 'for the laptop'
same 'the ticket alone on stdout' 68 "$(wc -c <"$box/out")"
grep -qE '^pjt1_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$' "$box/out"
result 'in its form' $?
says 'what it is, on stderr' "for $me at sshd,sudo: good until"
says 'for the config'\''s lifetime' '(8h)'
id=$(id_of)
! grep -q warning "$box/err"
result 'no warning' $?
cp "$box/out" "$box/ticket"
grep -q "^pjt1_${id}_" "$box/ticket"
result 'the id is the ticket'\''s' $?
secret=$(cut -d_ -f3 "$box/ticket")
! grep -qF "$secret" "$box"/etc/state/*
result 'its secret is nowhere in the store' $?
input=$box/ticket
run 0 'a login would accept it at sudo' explain --service sudo
shows 'for as long as it said' 'it expires in 28'
run 1 'but not at another service' explain --service sudo-i
shows 'for that reason' 'refused: ticket-service'
input=/dev/null

run 0 'with a lifetime' ticket issue --user "$me" --service=sudo-i --lifetime 90m
says 'of its own' '(90m)'
run 0 'for a user that the machine does not know' \
    ticket issue --user no.such-user --service sshd
says 'with a warning' 'no.such-user is unknown to this machine'

run 0 'ticket list' ticket list
same 'three tickets and the titles' 4 "$(wc -l <"$box/out")"
shows 'with its note' 'for the laptop'
run 0 'ticket list --json' ticket list --json
json 'is JSON' 'length == 3 and all(.[]; .state == "good" and .revoked_at == null)'
json 'with its services' ".[] | select(.id == \"$id\") | .services == [\"sshd\", \"sudo\"]"
json 'times in RFC 3339' ".[] | select(.id == \"$id\") | (.expires | fromdate) - (.created | fromdate) == 28800"
run 0 'of one user' ticket list --user no.such-user --json
json 'one' 'length == 1'
run 0 'of a user without any' ticket list --user nobody-else
says 'is said, and not that there are none' 'No tickets that this asks for.'
run 2 'of a name that is none' ticket list --user 'A b'
! grep -qF "$secret" "$box/out" && ! grep -q pjt1_ "$box/out"
result 'no list shows a ticket' $?

run 0 'ticket show' ticket show "$id"
shows 'the user' "user            $me"
shows 'the services' 'services        sshd'
run 0 'ticket show --json' ticket show "$id" --json
json 'is JSON' ".id == \"$id\" and .note == \"for the laptop\""
run 1 'an id that is not there' ticket show abcdefghijkl
says 'its words' 'there is no ticket abcdefghijkl'
run 1 'an id of another length' ticket show abc

run 2 'a user name that is none' ticket issue --user 'Bad Name' --service sshd
run 1 'a service without a section' ticket issue --user "$me" --service shsd
says 'its words' 'no section names service shsd'
says 'where and what was meant' "$conf; did you mean sshd?"
silent 'no ticket'
run 1 'a service that takes no tickets' ticket issue --user "$me" --service web
says 'with file and line' "does not accept tickets: $conf:"
run 1 'one bad service refuses all' ticket issue --user "$me" --service sshd,web
run 2 'a service twice' ticket issue --user "$me" --service sshd,sshd
run 2 'an empty service' ticket issue --user "$me" --service sshd,
run 2 'no service' ticket issue --user "$me" --service ''
run 2 'a lifetime of nothing' ticket issue --user "$me" --service sshd --lifetime 0s
run 2 'a lifetime over a year' ticket issue --user "$me" --service sshd --lifetime 367d
run 0 'control: a lifetime of a year' ticket issue --user "$me" --service sshd --lifetime 366d
run 2 'a note of two lines' ticket issue --user "$me" --service sshd --note 'a
b'
run 2 'a note of 257 bytes' ticket issue --user "$me" --service sshd \
    --note "$(head -c 257 /dev/zero | tr '\0' n)"
run 0 'control: a note of 256 bytes' ticket issue --user "$me" --service sshd \
    --note "$(head -c 256 /dev/zero | tr '\0' n)"
run 2 'a note that is no UTF-8' ticket issue --user "$me" --service sshd \
    --note "$(printf '\377')"
run 0 'control: a note in UTF-8' ticket issue --user "$me" --service sshd --note 'für später'
run 0 'no refusal left a row' ticket list --json
json 'six' 'length == 6'

"$pamjwt" --config "$conf" ticket issue --user "$me" --service sshd >/dev/full 2>"$box/err"
same 'a full disk behind stdout is status 3' 3 $?
says 'and the ticket is named' 'was made and is revoked'
run 0 'in the list' ticket list --json
json 'it is' 'map(select(.state == "revoked" and .revoked_why == "it could not be handed over")) | length == 1'

for i in 1 2 3 4 5 6 7 8; do
    "$pamjwt" --config "$conf" ticket issue --user "$me" --service sshd --note many \
        >"$box/many.$i" 2>&1 &
done
wait
run 0 'eight at once' ticket list --json
json 'are all there' 'map(select(.note == "many")) | length == 8'

mv "$box/etc/state" "$box/etc/away"
run 3 'no store' ticket issue --user "$me" --service sshd
says 'what to do' 'pamjwt init'
run 3 'for the list too' ticket list
mv "$box/etc/away" "$box/etc/state"
chmod 0755 "$box/etc/state"
run 3 'a store that others may read' ticket list
chmod 0700 "$box/etc/state"
run 0 'control: the mode set right' ticket list
finish
