#!/bin/sh
# Does `pamjwt lint` see what settings of sshd and sudo do to the module? (TAP)
# Patterns for sed and grep, a backslash at the end of a line, and a function with and without
# words; support.sh gives and takes the variables.
# shellcheck disable=SC1003,SC1091,SC2034,SC2119,SC2154
. "$(dirname "$0")/support.sh"
. "$(dirname "$0")/lint_tree.sh"
plant
fresh
lint
[ "$status" -eq 0 ] && [ ! -s "$box/out" ]
result 'control: nothing is found' $?

# --- sshd. The snippet of ours stands first, and the first value counts.
ours=etc/ssh/sshd_config.d/pam_jwt.conf
main=etc/ssh/sshd_config
finds error sshd-usepam 'pam_jwt.conf:[0-9]*' 'UsePAM no' edit $ours 's/^UsePAM yes/UsePAM no/'
spares sshd-usepam 'a later no' edit $main 's/^UsePAM yes/UsePAM no/'
no_pam() { edit $main -e 1d -e '/UsePAM/d'; }
finds error sshd-usepam sshd_config 'UsePAM not set: its default is no' no_pam
finds error sshd-no-prompt 'pam_jwt.conf:[0-9]*' 'neither prompt' edit $ours 's/^Kbd.*/KbdInteractiveAuthentication no/'
both() { edit $ours 's/^Kbd.*/KbdInteractiveAuthentication no/; s/^PasswordAuth.*/PasswordAuthentication yes/'; }
finds warning sshd-kbdint 'pam_jwt.conf:[0-9]*' 'the password method alone' both
older() { edit $ours 's/^Kbd.*/ChallengeResponseAuthentication no/'; }
finds error sshd-no-prompt 'pam_jwt.conf:[0-9]*' 'by its older name' older
spares sshd-no-prompt 'an = between' edit $ours 's/^Kbd.*/kbdinteractiveauthentication=YES/'
finds warning sshd-password 'pam_jwt.conf:[0-9]*' 'PasswordAuthentication yes' edit $ours 's/^PasswordAuth.*/PasswordAuthentication yes/'
finds warning sshd-password sshd_config 'its default' edit $ours '/^PasswordAuth/d'
methods() { edit $ours "0,/^AuthenticationMethods/s/^AuthenticationMethods.*/AuthenticationMethods $1/"; }
finds error sshd-methods 'pam_jwt.conf:[0-9]*' 'a key alone' methods publickey
finds error sshd-methods 'pam_jwt.conf:[0-9]*' 'another device' methods publickey,keyboard-interactive:bsdauth
spares sshd-methods 'any' methods any
spares sshd-methods 'key and token' methods publickey,keyboard-interactive:pam
matched() { add $main 'Match Group staff' 'AuthenticationMethods publickey' 'UsePAM no'; edit $ours '/^AuthenticationMethods/d'; }
spares sshd-methods 'in a Match that may not hold' matched
finds warning sshd-tries 'sshd_config:[0-9]*' 'two' add $main 'MaxAuthTries 2'
spares sshd-tries 'three' add $main 'MaxAuthTries 3'
finds warning sshd-grace 'sshd_config:[0-9]*' '20 seconds' add $main 'LoginGraceTime 20'
finds warning sshd-grace 'sshd_config:[0-9]*' 'with a unit' add $main 'LoginGraceTime 20s'
spares sshd-grace 'two minutes' add $main 'LoginGraceTime 2m'
spares sshd-grace 'without end' add $main 'LoginGraceTime 0'
not_called() { rm "$tree/etc/pam.d/sshd"; edit $ours 's/^UsePAM yes/UsePAM no/'; }
spares sshd-usepam 'when pam.d/sshd does not call us' not_called
deep() { put etc/ssh/deep.conf 'Include /etc/ssh/deep.conf'; edit $main '1i Include deep.conf'; }
fresh
deep
lint
same 'an include of itself ends, and is 3' 3 "$status"

# --- sudo
sudoers() { put etc/sudoers "$@" 'root ALL=(ALL:ALL) ALL'; }
finds note sudo-remembers sudoers 'its default' sudoers ''
finds note sudo-remembers sudoers:1 'five minutes' sudoers 'Defaults timestamp_timeout=5'
finds warning sudo-forever sudoers:1 'without end' sudoers 'Defaults timestamp_timeout=-1'
finds note sudo-remembers sudoers:1 'in a list, over two lines' sudoers 'Defaults env_reset, secure_path="/a,b", \' '  timestamp_timeout = 5'
spares sudo-remembers 'a 0 in a list' sudoers 'Defaults env_reset, secure_path="/a,b", \' '  timestamp_timeout = 0'
more() { put etc/sudoers.d/more "$@"; }
finds warning sudo-asks-nobody more:1 NOPASSWD more 'bob ALL=(ALL) NOPASSWD: ALL'
finds warning sudo-asks-nobody more:1 '!authenticate' more 'Defaults:bob !authenticate'
spares sudo-asks-nobody 'authenticate' more 'Defaults:bob authenticate'
spares sudo-asks-nobody 'a comment' more '# NOPASSWD'
dotted() { put etc/sudoers.d/more.bak 'bob ALL=(ALL) NOPASSWD: ALL'; }
spares sudo-asks-nobody 'a file that sudo passes over' dotted
finds warning sudo-service more:1 'another service' more 'Defaults pam_service=common'
spares sudo-service 'one of ours' more 'Defaults pam_service=web'
finds warning sudo-prompt more:1 'passprompt_override' more 'Defaults passprompt_override, passprompt="Token: "'
spares sudo-prompt 'switched off' more 'Defaults !passprompt_override'
finds error sudo-account more:1 '!pam_acct_mgmt' more 'Defaults !pam_acct_mgmt'
finds warning sudo-session more:1 '!pam_session' more 'Defaults !pam_session'
finds warning sudo-askpass sudo.conf:3 'no such program' rm "$tree/usr/local/bin/pamjwt-askpass"
finds warning sudo-askpass sudo.conf:3 'that others may write' chmod 0777 "$tree/usr/local/bin/pamjwt-askpass"
finds warning sudo-askpass sudo.conf:3 'that cannot be run' chmod 0644 "$tree/usr/local/bin/pamjwt-askpass"
quiet() { rm "$tree/etc/pam.d/sudo" "$tree/etc/pam.d/sudo-i"; sudoers 'Defaults !pam_acct_mgmt'; }
spares sudo-account 'when sudo does not call us' quiet
finish
