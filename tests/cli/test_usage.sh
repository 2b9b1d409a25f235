#!/bin/sh
# Does the command line say what is wrong with it, and keep secrets out? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
man=$(cd "$(dirname "$0")/../../man" && pwd)

# bare WORD...: without --config in front.
bare() {
    "$pamjwt" "$@" </dev/null >"$box/out" 2>"$box/err"
    status=$?
    cat "$box/err" >>"$box/all.err"
}

bare
same 'nothing at all is usage' 2 "$status"
says 'and shows the verbs' 'key new'
silent 'on stderr'
bare --help
same '--help is no error' 0 "$status"
shows 'and shows the verbs on stdout' 'ticket issue'
bare --version
same '--version' 0 "$status"
shows 'is the version' 'pamjwt '
bare --config
same '--config without a path' 2 "$status"
bare "--config=$conf" version
same '--config=PATH' 0 "$status"
bare --confg x status
same 'an unknown word in front' 2 "$status"

# Every command of the table has its help with an example; the table is read from --help itself.
"$pamjwt" --help | sed -n 's/^  \([a-z]*\( [a-z]*\)\{0,1\}\)  .*/\1/p' >"$box/verbs"
same "the overview lists all commands" "$(grep -c ', pjwt_.*_run,\|, pjwt_block_lift,' helper/cmd/table.c)" "$(wc -l <"$box/verbs")"
while read -r verb; do
    # shellcheck disable=SC2086 # a verb may be two words
    run 0 "$verb --help" $verb --help
    shows '... with an example' 'example:'
    sed -n 's/^  \(--[a-z]*\).*/\1/p' "$box/out" >"$box/flags"
    case $verb in
    block | unblock) page=$man/pamjwt-revoke.1 ;;
    restore) page=$man/pamjwt-backup.1 ;;
    reap) page=$man/pamjwt-login.1 ;;
    version) page=$man/pamjwt.1 ;;
    *) page=$man/pamjwt-${verb%% *}.1 ;;
    esac
    missing=$(while read -r flag; do grep -q "Fl ${flag#-}" "$page" || echo "$flag"; done <"$box/flags")
    same '... and its page has every option' '' "$missing"
    # shellcheck disable=SC2086
    run 2 "$verb with an unknown option" $verb --frobnicate
    says '... named' 'unknown option --frobnicate'
    silent '... and no data'
done <"$box/verbs"

run 2 'an unknown verb' statsu
says 'its words' 'unknown word statsu; did you mean status?'
says 'and where to look' 'pamjwt --help'
run 0 'control: the verb' version
run 2 'a verb of later days' logout
run 2 'a group without its word' key
says 'shows the words' 'key remove'
run 0 'a group'\''s help' key --help
run 2 'an unknown word of a group' key neww --issuer lab
says 'its words' 'unknown word key neww; did you mean new?'
says 'and where to look' 'pamjwt key --help'
run 2 'two letters that changed places' key nwe --issuer lab
says 'its words' 'unknown word key nwe; did you mean new?'
run 2 'two verbs as near' lnit
says 'its words' 'unknown word lnit; did you mean lint?'
run 2 'two words that changed places' ticket revoke abc
says 'its words' 'unknown word ticket revoke; did you mean revoke ticket?'
run 2 'the second word alone' mint
says 'its words' 'unknown word mint; did you mean token mint?'
run 2 'a mistyped option' ticket list --usr alice
says 'its words' 'did you mean --user?'
run 2 'one dash' ticket list -user alice
says 'its words' 'did you mean --user?'
run 2 'an option given twice' ticket list --user alice --user bob
says 'its words' '--user is given twice'
run 2 'an option without its value' ticket list --user
says 'its words' '--user needs a value'
run 2 'an option whose value is another option' ticket list --user --json
run 2 'a switch with a value' ticket list --json=yes
run 2 'one word too many' ticket list alice
run 2 'an operand too few' ticket show
says 'its words' 'ID is missing'
run 2 'a required option' ticket issue --service sshd
says 'its words' '--user NAME is missing'
run 2 '--config behind the verb' status --config "$conf"
says 'its words' '--config stands before the verb'
run 0 'control: --flag VALUE' ticket list --user alice
run 0 'control: --flag=VALUE' ticket list --user=alice
run 1 'words behind -- are no options' ticket show -- --json
says 'but operands' 'ticket --json'

ticket=pjt1_abcdefghijkl_0123456789012345678901234567890123456789012000000
token=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2ln
for secret in "$ticket" "$token"; do
    run 2 'a secret on the command line' explain "$secret"
    says 'is refused' 'can be read by everybody'
    ! grep -qF "$secret" "$box/err"
    result 'and not repeated' $?
    run 2 'behind an equals sign too' ticket issue "--note=$secret"
    bare "$secret"
    same 'in the place of a verb too' 2 "$status"
done

printf 'esc\033[31m' >"$box/word"
run 2 'a word with an escape sequence' "$(cat "$box/word")"
! grep -q "$(printf '\033')" "$box/err"
result 'reaches no terminal' $?

run 0 'the overview' --help
shows 'has each exit status' '3 unavailable or not all done.'
run 0 'version --json' version --json
json 'is JSON' ".version and .schema == $schema and (.algorithms | index(\"Ed25519\"))"
"$pamjwt" version >/dev/full 2>"$box/err"
same 'a full disk behind stdout is status 3' 3 $?
says 'its words' 'standard output'
"$pamjwt" version >&- 2>"$box/err"
same 'a closed stdout too' 3 $?
LC_ALL=C.UTF-8 "$pamjwt" --config "$conf" status >"$box/out" 2>"$box/err"
shows 'UTF-8 marks in a UTF-8 locale' '✓'
run 3 'status in the C locale' status
shows 'has ASCII marks' 'ok config'
! grep -q "$(printf '\033')" "$box/out"
result 'no colour off a terminal' $?
finish
