# shellcheck shell=bash
# Which credentials do the system tests log in with? Sourced after machine.sh.
# shellcheck disable=SC2034,SC2154 # tokens is for those who source this; box is machine.sh's
tokens=$box/tokens
audience=pam:test

# mint FILE ISSUER USER [OPTION]...
mint() {
    local file=$1 issuer=$2 user=$3
    shift 3
    pamjwt token mint --issuer "$issuer" --sub "$user" --aud "$audience" "$@" >"$file"
}

# mint_exact FILE ISSUER USER LENGTH: padded with a claim to that many characters. The padding
# never repeats: two equal slices of 500 characters would look like the ssh password method.
mint_exact() {
    local pad=0 length=0 try padding
    padding=$(seq -s . 10000 13000)
    for ((try = 0; try < 12; try++)); do
        mint "$1" "$2" "$3" --claim "pad=\"${padding:0:pad}\""
        length=$(tr -d '\n' <"$1" | wc -c)
        [ "$length" -ne "$4" ] || return 0
        # Four characters hold three bytes; the last step goes byte by byte.
        if [ $((length - $4)) -gt 4 ] || [ $(($4 - length)) -gt 4 ]; then
            pad=$((pad + ($4 - length) * 3 / 4))
        elif [ "$length" -lt "$4" ]; then
            pad=$((pad + 1))
        else
            pad=$((pad - 1))
        fi
        [ "$pad" -ge 0 ] || break
    done
    machine_fail "no token of $4 characters under $2: the nearest has $length"
}

ticket() { # FILE USER SERVICES [OPTION]...
    pamjwt ticket issue --user "$2" --service "$3" "${@:4}" >"$1"
}

# The id stands in the ticket after its prefix: pjt1_<id: 12>...
ticket_id() {
    cut -c 6-17 "$1"
}
