#!/bin/sh
# Do issuer, subject and key end what rests on them, and is that listed, undone and audited? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one
try key new --issuer lab --kid two

mint() { # FILE WORD...
    file=$box/$1
    shift
    try token mint --issuer lab --aud pam:box --claim "iat=$(($(date +%s) - 600))" "$@"
    cp "$box/out" "$file"
}
judged() { # CODE NAME FILE
    code=$1 name=$2 input=$box/$3
    if [ "$code" = ok ]; then expected=0; else expected=1; fi
    run "$expected" "$name" explain --service sshd
    shows "... because: $code" ": $code: "
    input=/dev/null
}
id_of() { # KIND
    try revoke list --kind "$1" --json
    id=$(sed -n 's/.*"id":"\([0-9A-Za-z]*\)".*/\1/p' "$box/out" | head -n 1)
}

mint mine --sub "$me" --kid one
mint other --sub "$me" --kid two
judged ok 'control: a token of the key one' mine
judged ok 'control: a token of the key two' other

run 0 'revoke key' revoke key lab one --reason 'laptop lost'
says 'what it means' 'that the key one signed is refused from now on'
! grep -q 'is the name right' "$box/err"
result 'and no doubt of its name' $?
judged key-revoked 'the token of that key' mine
judged ok 'control: the token of the other key' other
run 0 'it is listed' revoke list --kind key --json
json 'without an end, with its maker and reason' \
    'length == 1 and .[0].until == null and .[0].value == "one" and .[0].reason == "laptop lost" and .[0].by != null'
run 0 'a date does not spare what the key signs later' revoke key lab one --before 2h
says 'and it says so' 'whoever has the key can write any date'
judged key-revoked 'so the token is still refused' mine
id_of key
run 0 'undo' revoke undo "$id"
says 'what was taken back' 'Taken back: key https://lab.example one.'
judged ok 'the token is good again' mine
run 1 'undo it again' revoke undo "$id"
says 'its words' "nothing revoked has the id $id"

run 0 'revoke subject, before an hour ago' revoke subject lab "$me" --before 1h
judged ok 'a token of ten minutes ago stays good' mine
run 0 'revoke subject' revoke subject lab "$me"
judged subject-revoked 'now it is refused' mine
id_of subject
run 0 'undo' revoke undo "$id"
judged ok 'good again' mine
run 0 'another subject' revoke subject lab nobody-else
judged ok 'is not this one' mine

run 0 'revoke issuer, before an hour ago' revoke issuer lab --before 1h
judged ok 'a token of ten minutes ago stays good' mine
run 0 'revoke issuer' revoke issuer lab --until 48h
judged issuer-revoked 'now it is refused' mine
run 0 'the list as a table' revoke list
shows 'has the issuer' 'https://lab.example'
run 2 'by a kind that is none' revoke list --kind isuer
says 'which one' 'there is no kind isuer; did you mean issuer?'
run 0 'by a kind of which none stands' revoke list --kind block
says 'which is not to say that nothing is revoked' 'Nothing of that kind stands.'
run 0 'by kind' revoke list --kind issuer --json
json 'and the end that --until gave' '.[0].until != null and .[0].before != null'
run 1 'an issuer that is not there' revoke issuer labs
run 1 'its iss in the place of its name' revoke issuer https://lab.example
says 'names the section' 'https://lab.example is the iss of [issuer lab]'
run 2 'until the past' revoke issuer lab --until 2020-01-01T00:00:00Z
run 2 'before the future' revoke subject lab x --before 2999-01-01T00:00:00Z
run 2 'an empty subject' revoke subject lab ''
run 1 'undo what is not there' revoke undo nothing
id_of issuer
run 0 'undo' revoke undo "$id"
says 'what was taken back' 'Taken back: issuer https://lab.example.'

run 0 'a key can be removed and revoked at once' key remove one --issuer lab --revoke --reason breach
run 0 'then it is listed' revoke list --kind key --json
json 'with its reason' 'length == 1 and .[0].value == "one" and .[0].reason == "breach"'
run 0 'control: removed alone' key remove two --issuer lab
run 0 'is not listed' revoke list --kind key --json
json 'so there is still one' 'length == 1'

run 0 'a ticket' ticket issue --user "$me" --service sshd
ticket=$(sed -n 's/^ticket \([0-9A-Za-z]*\) for .*/\1/p' "$box/err")
cp "$box/out" "$box/ticket"
run 0 'revoked' revoke ticket "$ticket"
judged ticket-revoked 'is refused' ticket
run 0 'and good again' revoke undo "$ticket"
judged ok 'after undo' ticket

run 0 'the audit' audit --json
json 'has who, what and why' \
    'map(select(.act == "revoke key" and .on == "https://lab.example one" and .reason == "laptop lost" and .who != null)) | length == 1'
json 'and what was undone' 'map(select(.act == "revoke undo")) | length == 4'
json 'in its order' '[.[].number] == ([.[].number] | sort)'
run 0 'by act' audit --act revoke --json
json 'has revocations alone' 'length > 4 and all(.[]; .act | startswith("revoke "))'
run 0 'by a verb that is none' audit --act revok
says 'which one' 'there is no verb revok; did you mean revoke?'
run 0 'by one that nobody gave' audit --act 'ticket renew'
says 'is said' 'Nothing was done that this asks for.'
run 0 'by object' audit --on "$ticket" --json
json 'has what was done to the ticket' '[.[].act] == ["ticket issue", "revoke ticket", "revoke undo"]'
run 0 'as a table' audit --act 'revoke key'
shows 'with its titles' 'TIME'
run 0 'since tomorrow' audit --since 2999-01-01T00:00:00Z
says 'there is nothing' 'Nothing was done that this asks for.'
run 2 'since nonsense' audit --since yesterday

run 0 'who is logged in' login list
says 'nobody' 'Nobody is logged in'
run 0 'and who of one name' login list --user "$me"
says 'which is not to say that nobody is' 'No such user is logged in'

run 0 'a key that the set does not have' revoke key lab oen
says 'is revoked, and doubted' 'no key oen is in'
mv "$box/etc/keys/lab.jwks" "$box/lab.jwks"
echo rubbish >"$box/etc/keys/lab.jwks"
run 0 'with a set that cannot be read' revoke key lab one
! grep -q warning "$box/err"
result 'it is revoked all the same' $?
finish
