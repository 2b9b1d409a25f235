#!/bin/sh
# How does the comparison look? usage: plot.sh FACTS >compare.svg, as table.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$(mktemp -d /tmp/pamjwt-plot.XXXXXX)
trap 'rm -rf "$data"' EXIT
value() { awk -F '\t' -v name="$1" -v kind="$2" '$1 == name && $2 == kind { print $3 }' "$facts"; }
facts=$1
row=0
for kind in short idp ticket both; do
    row=$((row + 1))
    echo "$row $(value time.median "$kind") $(value time.p99 "$kind")"
done >"$data/time"
echo "5 $(value time.median exchange) $(value time.p99 exchange)" >>"$data/time"
for phase in auth account open; do
    row=0
    for kind in short idp ticket both; do
        row=$((row + 1))
        echo "$row $(value "bite.$phase" "$kind") $(value "bite.$phase.worst" "$kind")"
    done >"$data/$phase"
done
row=0
for kind in short idp; do
    row=$((row + 1))
    value life "$kind" | awk -v row="$row" '{ print row, $1 * 60000 }'
done >"$data/life"
gnuplot -e "data='$data'" "$here/plot.gp"
