#!/bin/bash
# How can real services run as root without touching this machine? Runs a command on an overlay
# of the whole machine: everything reads as it is, everything written goes to memory and is gone
# afterwards. Mounts, processes and the network (loopback alone) are the command's own.
#
#   overlay.sh [--package NAME]... [--bind DIR]... -- COMMAND [ARG]...
#   overlay.sh --possible
#
# Missing packages are installed inside alone. DIRs are seen inside at their own place, read
# only. Exits as the command does; 77: not possible here, and why; 70: the machine has changed,
# which is a bug.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
readonly NOT_POSSIBLE=77 CHANGED=70 FAILED=71
packages=()
binds=("$(cd "$here/../.." && pwd)")

say() {
    printf 'overlay: %s\n' "$*" >&2
}

why_not() {
    if [ "$(id -u)" -ne 0 ]; then
        echo 'needs root'
    elif ! unshare --mount --propagation private --pid --fork true 2>/dev/null; then
        echo 'mount and process namespaces are denied here'
    elif ! unshare --mount --propagation private sh -c "$try_overlay" 2>/dev/null; then
        echo 'overlay mounts are denied here'
    fi
}

# In a namespace that ends with it.
try_overlay='set -e
    mount -t tmpfs tmpfs /tmp
    mkdir /tmp/upper /tmp/work /tmp/root
    mount -t overlay -o lowerdir=/,upperdir=/tmp/upper,workdir=/tmp/work overlay /tmp/root'

# What an installation, a new user or a setup would change.
fingerprint() {
    find /etc/passwd /etc/group /etc/shadow /etc/gshadow /etc/subuid /etc/subgid /etc/pam.d \
        /etc/security /etc/ssh /etc/sudoers /etc/sudoers.d /etc/pam_jwt /etc/hostname \
        /usr/lib/*/security /usr/local /usr/sbin/sshd /usr/bin/sudo /usr/sbin/policy-rc.d \
        /var/lib/dpkg/status /var/lib/pam_jwt /run/pam_jwt /run/sshd /dev/log \
        -xdev -printf '%p %y %m %U:%G %s %T@ %i\n' 2>/dev/null | sort || true
    cat /proc/self/mounts
}

end_with() {
    kill -KILL "$child"
    wait "$child" 2>/dev/null || true
    exit "$1"
}

# Stage 1, on the machine: watch over it, and start a namespace that dies with us.
outside() {
    local why base status=0
    why=$(why_not)
    if [ -n "$why" ]; then
        say "$why"
        exit "$NOT_POSSIBLE"
    fi
    base=$(mktemp -d "${TMPDIR:-/tmp}/pamjwt-overlay.XXXXXX")
    # shellcheck disable=SC2064 # that directory, whatever the variable holds later
    trap "rmdir '$base'" EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    before=$(fingerprint)
    # With <&0 the command keeps our stdin; --kill-child ends it if we are killed.
    unshare --mount --propagation private --pid --fork --kill-child=KILL --ipc --uts -- \
        "$here/overlay.sh" --stage-mounts "$base" "${options[@]}" -- "$@" <&0 &
    child=$!
    trap 'end_with 130' INT
    trap 'end_with 143' TERM HUP
    wait "$child" || status=$?
    if [ "$before" != "$(fingerprint)" ]; then
        say 'the machine itself has changed:'
        diff <(printf '%s\n' "$before") <(fingerprint) >&2 || true
        status=$CHANGED
    fi
    exit "$status"
}

# A /dev of its own: a /dev/log made inside must not appear outside.
make_dev() {
    local node
    mount -t tmpfs -o mode=0755 tmpfs "$1"
    for node in null zero full random urandom tty; do
        : >"$1/$node"
        mount --bind "/dev/$node" "$1/$node"
    done
    mkdir "$1/pts" "$1/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts "$1/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$1/shm"
    ln -s pts/ptmx "$1/ptmx"
    ln -s /proc/self/fd "$1/fd"
    ln -s fd/0 "$1/stdin"
    ln -s fd/1 "$1/stdout"
    ln -s fd/2 "$1/stderr"
}

make_root() { # BASE
    local root=$1/root
    mount -t tmpfs -o mode=0755 tmpfs "$1"
    mkdir "$1/upper" "$1/work" "$root"
    chmod --reference=/ "$1/upper"
    mount -t overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" overlay "$root"
    make_dev "$root/dev"
    mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
    mount -t tmpfs -o mode=0755 tmpfs "$root/run"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    mkdir -m 0755 "$root/run/sshd" "$root/run/lock" "$root/run/cgroup"
    [ ! -d /sys/fs/cgroup ] || mount --rbind /sys/fs/cgroup "$root/run/cgroup"
    # Often a link into /run, which is another one inside.
    cat /etc/resolv.conf >"$1/resolv.conf" 2>/dev/null || true
    rm -f "$root/etc/resolv.conf"
    cat "$1/resolv.conf" >"$root/etc/resolv.conf" 2>/dev/null || true
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 0755 "$root/usr/sbin/policy-rc.d"
}

# Stage 2, process 1 of the namespace: lay the mounts.
mounts() {
    local base=$1 dir status=0
    shift
    parse "$@"
    make_root "$base"
    for dir in "${binds[@]}"; do
        mkdir -p "$base/root$dir"
        mount --bind "$dir" "$base/root$dir"
        mount -o remount,bind,ro "$base/root$dir"
    done
    hostname localhost || true
    # Not exec: process 1 stays a shell, which reaps what others leave behind.
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        LANG=C.UTF-8 TERM="${TERM-dumb}" ${http_proxy+http_proxy="$http_proxy"} \
        ${https_proxy+https_proxy="$https_proxy"} ${no_proxy+no_proxy="$no_proxy"} \
        chroot "$base/root" "$here/overlay.sh" --stage-packages "${options[@]}" -- \
        "${command[@]}" || status=$?
    exit "$status"
}

# Stage 3, inside and still on the machine's network: packages.
install_missing() {
    local package missing=()
    for package in "${packages[@]}"; do
        dpkg-query -W -f '${db:Status-Abbrev}\n' "$package" 2>/dev/null | grep -q '^ii' ||
            missing+=("$package")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "installing inside the overlay: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # The machine's package lists may be absent or out of date.
    apt_get install "${missing[@]}" || { apt_get update && apt_get install "${missing[@]}"; } || {
        say "apt-get could not install ${missing[*]}:"
        tail -n 20 /tmp/apt.log >&2
        exit "$NOT_POSSIBLE"
    }
}

apt_get() {
    apt-get -q -y -o Dpkg::Use-Pty=0 "$1" ${2+--no-install-recommends "${@:2}"} \
        >>/tmp/apt.log 2>&1 </dev/null
}

packages_stage() {
    parse "$@"
    install_missing
    unset http_proxy https_proxy no_proxy
    if unshare --net true 2>/dev/null; then
        exec unshare --net -- "$here/overlay.sh" --stage-network -- "${command[@]}"
    fi
    say 'no network namespace of its own: the loopback of the machine is used'
    exec "${command[@]}"
}

# Stage 4, on a network of its own: raise its loopback, without needing the ip command.
network() {
    parse "$@"
    mount -t sysfs sysfs /sys
    echo 0x49 >/sys/class/net/lo/flags
    mount --rbind /run/cgroup /sys/fs/cgroup
    umount -l /run/cgroup
    exec "${command[@]}"
}

parse() {
    options=()
    while [ $# -gt 0 ]; do
        case $1 in
        --package) packages+=("$2") ;;
        --bind) binds+=("$2") ;;
        --)
            shift
            command=("$@")
            return
            ;;
        *) break ;;
        esac
        options+=("$1" "$2")
        shift 2
    done
    say 'usage: overlay.sh [--package NAME]... [--bind DIR]... -- COMMAND [ARG]...'
    exit 2
}

trap 'say "stopped at line $LINENO"; exit "$FAILED"' ERR
case ${1-} in
--possible)
    why=$(why_not)
    [ -z "$why" ] || { echo "$why" && exit "$NOT_POSSIBLE"; }
    ;;
--stage-mounts) mounts "${@:2}" ;;
--stage-packages) packages_stage "${@:2}" ;;
--stage-network) network "${@:2}" ;;
*)
    parse "$@"
    outside "${command[@]}"
    ;;
esac
