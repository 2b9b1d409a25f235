#!/bin/bash
# What does the person see, and where? The reason only behind an authentic credential; a word when
# it ends soon; and never a byte of ours on the standard output of a command under sudo.
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 28
made=$box/made_words
config=/etc/pam_jwt/pam_jwt.conf
good=$tokens/ed25519.600
mkdir -p "$made"
cp -p "$config" "$made/config"
now=$(date +%s)
mint "$made/expired" ed25519 alice --claim "iat=$((now - 3600))" --claim "exp=$((now - 300))"
sed 's/.\{9\}$/AAAAAAAAA/' "$good" >"$made/flipped"
generic='Not accepted\. The log says why under attempt [0-9a-f]{12}\.'

silent_about() { # PATTERN
    ! told "$1"
}

# The attempt that the person was told is the one in the log.
same_attempt() { # SERVICE
    local attempt
    attempt=$(grep -Eo 'attempt [0-9a-f]{12}' "$box/said" | tail -n 1 | cut -d ' ' -f 2)
    [ -n "$attempt" ] && new_log | grep -q "pam_jwt($1:auth): refused .* attempt=$attempt"
}

# What a program under sudo would write to a pipe.
sudo_output() { # FILE
    mark_log
    as alice PAMJWT_TOKEN_FILE="$1" pamjwt-askpass -- sudo -A id -un >"$box/out" 2>"$box/said"
}

sudo_writes() { # TEXT FILE
    sudo_output "$2"
    [ "$(cat "$box/out")" = "$1" ]
}

# sudo -S writes its prompts to stderr.
sudo_stdin_writes() { # TEXT FILE
    as alice sudo -S id -un <"$2" >"$box/out" 2>"$box/said"
    [ "$(cat "$box/out")" = "$1" ]
}

for way in by_ssh by_su_terminal; do
    attempt "$way" alice "$made/expired"
    ok "$way: an authentic token: the reason" told 'Refused: it expired [0-9]+ minutes ago'
    ok "$way: ... and the attempt of the log" same_attempt "$(service_of "$way")"
    attempt "$way" alice "$made/flipped"
    ok "$way: a forged token: one sentence" told "$generic"
    ok "$way: ... and the attempt of the log" same_attempt "$(service_of "$way")"
    ok "$way: ... and no reason" silent_about '[Ss]ignature|Refused|expired'
done

# What ends soon.
sed -i 's/^\[service .*/&\nwarn_before = 10m/' "$config"
mint "$made/soon" ed25519 alice --lifetime 5m
mint "$made/later" ed25519 alice --lifetime 15m
ticket "$made/ticket" alice sshd,sudo,su --lifetime 3m
notice='Your token ends in (4 minutes|5 minutes)\.'
for way in by_ssh by_ssh_terminal by_su_terminal; do
    ok "$way: a token that ends soon is accepted" accepted "$way" alice "$made/soon"
    ok "$way: ... with a word" told "$notice"
done
ok 'a ticket that ends soon is accepted' accepted by_ssh alice "$made/ticket"
ok '... with a word' told 'Your ticket ends in (2|3) minutes\.'
ok 'a token that lasts is accepted' accepted by_ssh alice "$made/later"
ok '... without a word' silent_about 'ends in'

ok 'sudo: a good token: stdout is what the command wrote' sudo_writes root "$good"
ok 'sudo: a token that ends soon: the same' sudo_writes root "$made/soon"
ok 'sudo: ... and was accepted' logged accepted alice sudo ok
ok 'sudo: an expired token: nothing on stdout' sudo_writes '' "$made/expired"
ok 'sudo: ... it was refused' logged refused alice sudo expired
ok 'sudo: a forged token: nothing on stdout' sudo_writes '' "$made/flipped"
ok 'sudo -S: a ticket that ends soon: what the command wrote' sudo_stdin_writes root \
    "$made/ticket"
cp -p "$made/config" "$config"
ok 'without warn_before: accepted' accepted by_ssh alice "$made/soon"
