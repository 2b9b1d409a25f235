#!/bin/sh
# Do many who log in at once all get in, and all who log in beside a prune? Counts alone: `make load` has
# the times. (TAP)
# usage: tests/load/test_load.sh BUILDDIR
# shellcheck source=tests/load/house.sh
set -u
here=$(dirname "$0")
. "$here/house.sh"
tap=0
same() { # NAME WANTED GOT
    tap=$((tap + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $tap - $1"
    else
        echo "not ok $tap - $1"
        echo "# wanted $2, got $3"
    fi
}

make_house crowd
fill_tokens 12
same 'tokens that are good once: nobody is refused' '0 errors' "$(crowd 12 | sed 's/.*, //')"
same 'each of them is spent' 12 "$(count replay)"
same 'and good no more' '12 errors' "$(crowd 12 | sed 's/.*, //')"
fill_tickets 12
same 'tickets: nobody is refused' '0 errors' "$(crowd 12 | sed 's/.*, //')"
same 'of each it is noted when it was used' 12 "$(count 'tickets WHERE last_used>0')"

make_house prune
issue "$dir/ticket"
expired_tickets 1500
expired_revocations 3000
expired_spent 2000
"$out/tests/load/beside" 0.2 "$dir/$house/pam.d" load "$user" "$dir/ticket" \
    "$out/pamjwt" --config "$dir/$house/pam_jwt.conf" prune >"$dir/beside" 2>"$dir/err"
same 'a prune in turns' 0 $?
same 'beside it nobody is refused' '0' "$(awk '/^beside it/ { print $NF }' "$dir/beside")"
same 'the tickets are gone but for the one' 1 "$(count tickets)"
same 'the revocations' 0 "$(count revocations)"
same 'and what was spent' 0 "$(count replay)"
same 'what was told sums up' 4500 \
    "$(sed -n 's/^forgotten: \([0-9]*\) tickets*, \([0-9]*\) .*/\1 \2/p' "$dir/beside" | awk '{ sum += $1 + $2 } END { print sum }')"
same 'the store is whole' 1 "$(pamjwt status --verify | grep -c 'ok store whole')"
echo "1..$tap"
