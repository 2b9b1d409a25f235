#!/bin/bash
# May the person who starts su freeze the judge through a cgroup of their own? A frozen writer would
# block every revocation.
set -u
# The hierarchy is laid over /sys/fs/cgroup for this test alone.
[ "${CGROUP_TEST-}" = inside ] || CGROUP_TEST=inside exec unshare --mount "$0"
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 8
groups=/sys/fs/cgroup
group=$groups/pamjwt-test-$$
back_door=$box/cgroup
ticket=$tokens/ticket

if ! mount -t cgroup2 cgroup2 "$groups" 2>/dev/null; then
    for ((case_number = 1; case_number <= 8; case_number++)); do
        echo "ok $case_number - cgroups # SKIP this kernel lets nobody mount them here"
    done
    exit 0
fi

# Thaw, let everything in there end, take it away: outside of the mounts it is the machine's own.
leave_nothing() {
    echo 0 >"$back_door/${group##*/}/cgroup.freeze"
    until rmdir "$back_door/${group##*/}" 2>/dev/null; do wait; done
}

in_group() { # COMMAND...
    (echo "$BASHPID" >"$group/cgroup.procs" && "$@")
}

# As slow as bob can make it.
in_group_idle() {
    (echo "$BASHPID" >"$group/cgroup.procs" && renice -n 19 -p "$BASHPID" >/dev/null &&
        chrt --idle -p 0 "$BASHPID" && "$@")
}

# Nice value and scheduling policy: fields 19 and 41 of proc(5).
pace_of() {
    sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 17,39
}

# We enter by a way that the judge does not have.
in_group_read_only() {
    (echo "$BASHPID" >"$back_door/${group##*/}/cgroup.procs" && "$@")
}

delegate() { # USER
    chown "$1" "$group" "$group"/cgroup.{procs,freeze,threads,subtree_control}
}

judge() {
    local exe
    for exe in /proc/[0-9]*/exe; do
        case $(readlink "$exe") in
        */pamjwt-verify)
            exe=${exe#/proc/}
            echo "${exe%/exe}"
            return
            ;;
        esac
    done
    return 1
}

# bob's su asks; its judge waits in the writers' queue, which we hold.
su_with_waiting_judge() {
    exec 9</var/lib/pam_jwt/queue.lock
    flock 9
    in_group_idle by_su_terminal alice "$ticket" >/dev/null 2>&1 9<&- &
    su_pid=$!
    until judge_pid=$(judge); do kill -0 "$su_pid" || return 1; done
}

group_of() {
    sed -n 's/^0:://p' "/proc/$1/cgroup"
}

mkdir -p "$group" "$back_door"
mount -t cgroup2 cgroup2 "$back_door"
trap leave_nothing EXIT
mark_log
ok 'root controls the cgroup: bob su-s to alice' in_group accepted by_su_terminal alice "$ticket"

delegate bob
ok 'bob controls it: he still gets in' in_group accepted by_su_terminal alice "$ticket"
ok 'and his judge waits for a lock' su_with_waiting_judge
until [ "$(group_of "$judge_pid")" = / ] || ! kill -0 "$judge_pid"; do :; done
ok 'in the root cgroup, not in his' test "$(group_of "$judge_pid")" = /
ok 'nor at the pace that he gave it' test "$(pace_of "$judge_pid")" = '0 0'
echo 1 >"$group/cgroup.freeze"
exec 9<&-
ok 'he freezes his cgroup: a revocation is not held up' timeout 10 pamjwt block carol
pamjwt unblock carol >/dev/null
echo 0 >"$group/cgroup.freeze"
wait "$su_pid"

mount --bind "$groups" "$groups"
mount -o remount,bind,ro "$groups"
ok 'a judge that cannot leave his cgroup refuses' \
    in_group_read_only refused process by_su_terminal alice "$ticket"
chown root "$back_door/${group##*/}" "$back_door/${group##*/}"/cgroup.{procs,freeze,threads,subtree_control}
ok "but stays where only root could freeze it" \
    in_group_read_only accepted by_su_terminal alice "$ticket"
