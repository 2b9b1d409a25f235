# What is typed, how long does it take, what is kept, how soon does a revocation count? Sourced by
# compare.sh; each writes facts.
# shellcheck shell=sh disable=SC2154

# The longest answers that these clients send whole: README.md, "Logging in".
ssh_fits=1023
sudo_fits=511

measure_typing() {
    for kind in $kinds; do
        fresh "$kind"
        fact characters "$kind" "$(awk '{ print length($0) }' "$dir/credential/$kind")"
        for client in ssh=$ssh_fits sudo=$sudo_fits; do
            run hold "$kind" try "${client#*=}" >"$dir/said"
            fact "prompts.${client%=*}" "$kind" "$(cut -d' ' -f 2 "$dir/said")"
        done
    done
}

# How many minutes a token is good, by its own word: all that ends it where no revocation is known.
measure_life() {
    for kind in short idp; do
        fresh "$kind"
        fact life "$kind" "$(jq -R 'split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | @base64d | fromjson
            | (.exp - .iat) / 60' "$dir/credential/$kind")"
    done
}

# Logins, and the exchange that comes before those of the last kind, once.
measure_time() {
    for kind in $kinds; do fresh "$kind"; done
    files=
    for kind in $kinds; do files="$files $dir/credential/$kind"; done
    # shellcheck disable=SC2086 # a list of files
    "$out/tests/bench/compare/pace" "$rounds" "$dir/pam.d" "$service" root $files \
        = "$dir/credential/idp" "$out/pamjwt" --config "$conf" ticket exchange --service "$service" \
        2>>"$dir/log" >"$dir/pace"
    for kind in $kinds exchange; do
        read -r ratio median p99
        fact time.ratio "$kind" "$ratio"
        fact time.median "$kind" "$median"
        fact time.p99 "$kind" "$p99"
    done <"$dir/pace"
}

used_bytes() {
    "$out/tests/cli/session_sql" "$state" "SELECT ((SELECT page_count FROM pragma_page_count)
        - (SELECT freelist_count FROM pragma_freelist_count)) * (SELECT page_size FROM pragma_page_size)"
}

# grown NAME KIND FROM: by how much, for each of them.
grown() { fact "$1" "$2" $((($(used_bytes) - $3 + count / 2) / count)); }

# Logins that are open at once, and then over.
measure_logins() { # KIND NAME-WHEN-OPEN NAME-WHEN-OVER
    mkfifo "$dir/hang-up"
    base=$(used_bytes)
    run hold "$1" hold "$count" <"$dir/hang-up" >"$dir/held" &
    pid=$!
    exec 8>"$dir/hang-up"
    until grep -q open "$dir/held"; do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    [ -z "$2" ] || grown "$2" "$1" "$base"
    exec 8>&-
    wait "$pid"
    grown "$3" "${1%_once}" "$base"
    rm "$dir/hang-up"
}

# What others left is forgotten little by little, and would count as less than nothing.
start_anew() {
    rm -rf "$state"
    pamjwt init >>"$dir/log"
}

measure_stored() {
    for kind in $kinds; do
        start_anew
        base=$(used_bytes)
        fresh "$kind" "$count"
        grown bytes.credential "$kind" "$base"
        fresh "$kind"
        measure_logins "$kind" bytes.open bytes.over
    done
    for kind in short idp ticket; do
        start_anew
        fresh "${kind}_once" "$count"
        measure_logins "${kind}_once" '' bytes.once
    done
}

# numbers FILE NAME KIND: median and greatest of the numbers in FILE.
numbers() {
    sort -n "$1" >"$dir/sorted"
    fact "$2" "$3" "$(awk '{ n[NR] = $1 } END { printf "%.0f", n[int((NR + 1) / 2)] }' "$dir/sorted")"
    fact "$2.worst" "$3" "$(awk 'END { printf "%.0f", $1 }' "$dir/sorted")"
}

measure_revocation() {
    for _ in $(seq "$trials"); do
        for kind in $kinds; do
            for phase in auth account open; do
                fresh "$kind"
                # shellcheck disable=SC2046 # operands
                run bite "$kind" "$phase" "$out/pamjwt" --config "$conf" revoke $(revocation "$kind") \
                    2>>"$dir/log" >"$dir/bitten"
                cut -d' ' -f 2 "$dir/bitten" >>"$dir/bite.$phase.$kind"
            done
        done
    done
    for kind in $kinds; do
        for phase in auth account open; do
            numbers "$dir/bite.$phase.$kind" "bite.$phase" "$kind"
        done
    done
}
