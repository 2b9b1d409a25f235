#!/bin/bash
# How does a login by token or ticket look? With root: real sshd and sudo on an overlay of this
# machine. Without: the same story through the same module, in a folder of its own.
#
#   demo.sh BUILD-DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:?usage: demo.sh BUILD-DIR}" && pwd)
overlay=$here/../system/overlay.sh

if why=$("$overlay" --possible); then
    status=0
    "$overlay" --package openssh-server --package openssh-client --package sudo \
        --bind "$build" -- "$here/machine_story.sh" "$build" || status=$?
    # 77: the packages could not be installed; the overlay said why.
    [ "$status" -eq 77 ] || exit "$status"
    why='sshd and sudo cannot be installed for it'
fi
exec "$here/folder_story.sh" "$build" "$why"
