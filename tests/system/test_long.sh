#!/bin/bash
# Where do answers end? Each channel at its last good length, and one character further.
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 19
made=$box/made_long
mkdir -p "$made"
for length in 511 512 1023 1024 4095 4096 16000; do
    mint_exact "$made/$length" ed25519 alice "$length"
done
# Nothing repeats in it, so its length alone is wrong.
{ printf eyJ && seq -s . 10000 99999 | head -c 17000; } >"$made/17000"

hinted() {
    new_log | grep -q ' hint=the-client-probably-cut-the-token'
}

ok 'sudo: 511 characters in one answer' accepted by_sudo_stdin_whole alice "$made/511"
ok 'sudo: 512 never reach the module' refused conversation by_sudo_stdin_whole alice "$made/512"
ok '... and go in parts' accepted by_sudo_stdin alice "$made/512"
for way in by_ssh_whole by_ssh_terminal_whole by_password; do
    ok "$way: 1023 characters" accepted "$way" alice "$made/1023"
    ok "$way: 1024 are cut" refused base64url "$way" alice "$made/1024"
    ok '... and the log says so' hinted
done
ok 'ssh: 1024 go in parts' accepted by_ssh alice "$made/1024"
ok 'su: 4095 characters typed' accepted by_su_terminal_whole alice "$made/4095"
ok 'su: 4096 are cut' refused base64url by_su_terminal_whole alice "$made/4096"
ok '... and the log says so' hinted
ok 'ssh: 16,000 characters, 32 parts and an empty one' accepted by_ssh alice "$made/16000"
ok 'ssh: more than 16 KiB' refused too-long by_ssh alice "$made/17000"
ok '... and a good login works after it' accepted by_ssh alice "$made/511"
