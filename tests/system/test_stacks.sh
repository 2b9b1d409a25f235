#!/bin/bash
# Do the examples in conf/pam.d fail closed, whatever the module returns? The module is replaced
# by one that answers with every code there is, and then by nothing.
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 33
examples=(sshd sudo sudo-i su su-l generic)
readonly CODES=32 SUCCESS=0 IGNORE=25
mark_log

# The example as service try-NAME, with `module` in the place of ours.
arrange() { # MODULE
    local name
    for name in "${examples[@]}"; do
        sed -e "s|pam_jwt\\.so|$1|" -e 's/^\([a-z]* *include *\)\(.*\)$/\1try-\2/' \
            "$tree/conf/pam.d/$name" >"/etc/pam.d/try-$name"
    done
}

# su asks root nothing, so for su somebody else runs it, with the rights of a set-user-id program.
run_stack() { # NAME USER OPERATION
    local runner=(pamtester)
    case $1 in
    su | su-l) runner=(setpriv --reuid bob --regid bob --init-groups "$box/pamtester") ;;
    esac
    "${runner[@]}" -I ruser=bob "try-$1" "$2" "$3" </dev/null >"$box/said" 2>&1
}

stack_fails() {
    ! run_stack "$@"
}

# The codes, of all that there are and two that are none, with which that phase passes.
passes_with() { # CODES NAME USER OPERATION
    local code pass=
    for ((code = -1; code <= CODES; code++)); do
        ! PAM_ANSWER=$code run_stack "${@:2}" || pass="$pass $code"
    done
    [ "${pass# }" = "$1" ] || { echo "# passes with:$pass" && false; }
}

cc -shared -fPIC -o "$box/pam_answer.so" "$tree/tests/system/pam_answer.c" ||
    machine_fail 'pam_answer does not compile'
install -m 4755 "$(command -v pamtester)" "$box/pamtester"
arrange "$box/pam_answer.so"
for name in "${examples[@]}"; do
    ok "$name: authentication passes with success alone" \
        passes_with "$SUCCESS" "$name" alice authenticate
    ok "$name: the account check passes with success, and when we abstain" \
        passes_with "$SUCCESS $IGNORE" "$name" alice acct_mgmt
    ok "$name: a session opens with success alone" \
        passes_with "$SUCCESS" "$name" alice open_session
done

arrange "$box/no_such_module.so"
for name in "${examples[@]}"; do
    for operation in authenticate acct_mgmt; do
        ok "$name: $operation fails when the module is missing" \
            stack_fails "$name" alice "$operation"
    done
done

# The ways back in do not depend on us, however broken we are.
ok 'sshd: root, who has a key, passes the account check' run_stack sshd root acct_mgmt
ok 'sshd: and gets a session' run_stack sshd root open_session
ok 'sudo: root passes the account check' run_stack sudo root acct_mgmt
rm -f /etc/pam.d/try-*
