#!/bin/sh
# Runs each named target for some seconds and prints TAP with the figures. What libFuzzer finds
# worth keeping goes to OUT/corpus/NAME, what breaks to OUT/found/NAME-….
# usage: tests/fuzz/run.sh OUT SECONDS NAME…
set -u
out=$1 seconds=$2
shift 2
number=0 failed=0
mkdir -p "$out/found" "$out/log"
echo "1..$#"
for name in "$@"; do
    number=$((number + 1))
    log=$out/log/$name
    mkdir -p "$out/corpus/$name"
    dict=
    [ ! -f "tests/fuzz/dict/$name.dict" ] || dict=-dict=tests/fuzz/dict/$name.dict
    # shellcheck disable=SC2086 # an option or nothing
    "$out/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -max_len=8192 -timeout=10 \
        -rss_limit_mb=2048 $dict -print_final_stats=1 -verbosity=1 \
        -artifact_prefix="$out/found/$name-" \
        "$out/corpus/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    cover=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
    # A target that never ran is no proof of anything.
    if [ "$status" -eq 0 ] && [ "${runs:-0}" -gt 0 ]; then
        echo "ok $number - $name: $runs runs in ${seconds} s, $cover"
    else
        failed=$((failed + 1))
        echo "not ok $number - $name (all of it: $log)"
        grep -vE '^#[0-9]|^stat::' "$log" | tail -n 40 | sed 's/^/# /'
    fi
done
[ "$failed" -eq 0 ]
