#!/bin/bash
# Do the pages say what the program does, and is the program what the pages promise? (TAP)
# usage: test_docs.sh BUILD-DIR
# Backticks below are those of Markdown.
# shellcheck disable=SC2016
set -eu
build=$(cd "${1:?usage: test_docs.sh BUILD-DIR}" && pwd)
cd "$(dirname "$0")/../.."
export LC_ALL=C
box=$(mktemp -d)
trap 'rm -rf -- "$box"' EXIT
page=man/pam_jwt.8
count=0

pass() { # NAME
    count=$((count + 1))
    printf 'ok %d - %s\n' "$count" "$1"
}

skip() { # NAME REASON
    count=$((count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$count" "$1" "$2"
}

# Passes when FILE, a list of faults, is empty.
none() { # NAME FILE
    if [ -s "$2" ]; then
        count=$((count + 1))
        printf 'not ok %d - %s\n' "$count" "$1"
        sed 's/^/# /' "$2"
    else
        pass "$1"
    fi
}

# A list that came out empty would make any comparison pass.
filled() { # NAME FILE LEAST
    local lines
    lines=$(wc -l <"$2")
    : >"$box/short"
    [ "$lines" -ge "$3" ] || echo "only $lines lines, expected $3 or more" >"$box/short"
    none "$1" "$box/short"
}

# --- The table of reasons

# "code<TAB>text" of each row of the header.
reasons_of_header() {
    sed -n 's/^ *X([A-Z_0-9]*, *[A-Z]*, *"\([^"]*\)", *"\([^"]*\)").*/\1\t\2/p' \
        lib/base/verdict.h
}

# The same of the page: what stands behind the code, up to the length of a sentence or more.
reasons_of_page() {
    awk '
        /^\.Sh / { inside = $2 == "REASONS" }
        !inside { next }
        /^\.It Li / { if (code != "") print code "\t" text; code = $3; text = ""; next }
        /^\./ { next }
        code != "" { text = text (text == "" ? "" : " ") $0 }
        END { if (code != "") print code "\t" text }' "$page"
}

check_reasons() {
    local code text said
    reasons_of_header >"$box/header"
    reasons_of_page >"$box/page"
    filled 'the header has reasons' "$box/header" 80
    cut -f 1 "$box/header" | sort >"$box/codes"
    cut -f 1 "$box/page" | sort >"$box/told"
    comm -23 "$box/codes" "$box/told" >"$box/faults"
    none "every reason stands in $page" "$box/faults"
    comm -13 "$box/codes" "$box/told" >"$box/faults"
    none "every reason of $page exists, once" "$box/faults"
    : >"$box/faults"
    while IFS=$'\t' read -r code text; do
        said=$(awk -F '\t' -v code="$code" '$1 == code { print $2; exit }' "$box/page")
        # The page may start the sentence with a capital, and goes on with what to do.
        case ${said,}. in
        "${text,}"*) [ "${#said}" -gt "${#text}" ] || echo "$code: no full stop" ;;
        *) echo "$code: the header says: $text" ;;
        esac
    done <"$box/header" >"$box/faults"
    none "$page says what the program says of each" "$box/faults"
}

# --- The pages as pages

check_man() {
    local file
    for file in man/*; do
        if ! command -v mandoc >/dev/null; then
            skip "$file passes mandoc" 'mandoc is not installed'
            continue
        fi
        mandoc -T lint -W warning "$file" >"$box/faults" 2>/dev/null || true
        none "$file passes mandoc" "$box/faults"
    done
}

# --- What README and HACKING name

# The code of a Markdown file: fenced blocks, and what stands in backticks, one piece a line.
code_of() {
    awk '
        /^```/ { fenced = !fenced; next }
        fenced { sub(/^(\$|#) /, ""); print; next }
        { n = split($0, piece, "`"); for (i = 2; i <= n; i += 2) print piece[i] }' "$1"
}

check_targets() { # FILE
    make --no-print-directory help | awk '{ print $1 }' | sort >"$box/targets"
    code_of "$1" | grep -v '^apt-get ' | grep -oE '(^|[ (])make( [A-Z]+=[^ ]*)* [a-z][a-z-]*' | awk '{ print $NF }' |
        sort -u >"$box/named"
    filled "$1 names targets" "$box/named" 2
    comm -23 "$box/named" "$box/targets" >"$box/faults"
    none "\`make help\` lists the targets that $1 names" "$box/faults"
}

# "verb" or "verb sub" of each command in the code of a file.
verbs_of() {
    code_of "$1" | grep -oE '(^|[ (|;])pamjwt (--config [^ ]+ )?[a-z].*' |
        sed -E 's/^.?pamjwt (--config [^ ]+ )?//; s/[|<>;)#].*//' |
        awk '{ print $1 ($2 ~ /^[a-z]+$/ && $1 ~ /^(key|token|ticket|revoke)$/ ? " " $2 : "") }' |
        sort -u
}

# Every long option behind a command must stand in that command's own help.
check_flags() { # FILE
    local verb line flag
    "$build/pamjwt" --help >"$box/overview" 2>&1 || echo 'pamjwt --help fails'
    while read -r verb; do
        grep -qE "^  $verb( |\$)" "$box/overview" || echo "pamjwt $verb does not exist"
        # shellcheck disable=SC2086 # one word or two
        if ! "$build/pamjwt" $verb --help >"$box/help" 2>&1; then
            echo "pamjwt $verb --help fails"
            continue
        fi
        code_of "$1" | sed -E ':a; /\\$/ { N; s/\\\n//; ba }' | grep -oE "pamjwt $verb( .*)?\$" |
            sed 's/[|<>;].*//' | while read -r line; do
            for flag in $(printf '%s\n' "$line" | grep -oE -- '--[a-z][a-z-]*'); do
                grep -q -- "$flag" "$box/help" || echo "pamjwt $verb has no $flag"
            done
        done
    done <"$box/verbs"
}

check_verbs() { # FILE LEAST
    verbs_of "$1" >"$box/verbs"
    filled "$1 names commands" "$box/verbs" "$2"
    if [ ! -x "$build/pamjwt" ]; then
        skip "the commands that $1 names exist" "$build/pamjwt is not built"
        return
    fi
    check_flags "$1" >"$box/faults"
    none "the commands and options that $1 names exist" "$box/faults"
}

# Names below our folders; an installed file (/etc/pam_jwt/keys) has a slash in front.
check_paths() { # FILE
    local path found
    grep -oE '(^|[^A-Za-z0-9_./-])(\.ci|lib|helper|pam_jwt|conf|man|tests)/[A-Za-z0-9_.*/{},-]*' \
        "$1" | sed -E 's/^[^A-Za-z.]//; s/[.,]$//' | sort -u >"$box/paths"
    code_of "$1" | grep -oxE '(Makefile|[A-Z]+\.md|LICENSE)' >>"$box/paths" || true
    filled "$1 names files" "$box/paths" 3
    while read -r path; do
        # shellcheck disable=SC2086 # a pattern
        found=$(compgen -G "${path%/}" | head -n 1 || true)
        case $path in
        *'{'*) found=$(eval "ls -d $path" 2>/dev/null | head -n 1 || true) ;;
        esac
        [ -n "$found" ] || echo "$path"
    done <"$box/paths" >"$box/faults"
    none "the files that $1 names exist" "$box/faults"
}

# --- What SECURITY promises of the module

check_module() {
    local module=$build/pam_jwt.so sanitized=
    if [ ! -f "$module" ]; then
        skip 'the module exports its entry points alone' "$module is not built"
        skip 'the module has all six' "$module is not built"
        skip 'the module needs libpam and the C library alone' "$module is not built"
        return
    fi
    nm -D --defined-only "$module" | awk '{ print $NF }' | sort >"$box/exports"
    grep -vE '^pam_sm_' "$box/exports" >"$box/faults" || true
    none 'the module exports its entry points alone' "$box/faults"
    printf 'pam_sm_%s\n' acct_mgmt authenticate chauthtok close_session open_session setcred |
        comm -23 - "$box/exports" >"$box/faults"
    none 'the module has all six' "$box/faults"
    # A build for tests brings its own run-time libraries.
    nm -D --undefined-only "$module" | grep -q '__[au]b\?san_' && sanitized='|libasan.*|libubsan.*'
    readelf -d "$module" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
        grep -vxE "libpam\.so\.0|libc\.so\.6$sanitized" >"$box/faults" || true
    none 'the module needs libpam and the C library alone' "$box/faults"
}

# --- The sections for well-known issuers

# The lines of the page's literal blocks, and those of the files; comments are for the files alone.
check_issuers() {
    awk '/^\.Bd/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' man/pam_jwt-issuers.7 |
        sed 's/\\&//; s/\\e/\\/g' | sort -u >"$box/shown"
    cat conf/issuers/* | grep -v '^#' | sort -u >"$box/shipped"
    filled 'sections for issuers are shipped' "$box/shipped" 40
    comm -13 "$box/shown" "$box/shipped" >"$box/faults"
    none 'pam_jwt-issuers(7) shows every line of conf/issuers' "$box/faults"
}

# --- The tree

all_files() {
    git ls-files --cached --others --exclude-standard 2>/dev/null ||
        find . -path ./build -prune -o -type f -print
}

# Places that exist on one author's machine and nowhere else. The brackets keep this line out.
check_places() {
    all_files | while read -r file; do
        [ -f "$file" ] || continue
        grep -nIHE '(^|[^A-Za-z0-9_.$}-])/(wor[k]/|User[s]/|roo[t]/[a-z])' "$file" || true
    done >"$box/faults"
    none 'no file names a place on one machine' "$box/faults"
}

check_first_screen() {
    head -n 40 README.md >"$box/screen"
    : >"$box/faults"
    grep -qx 'sudo make demo' "$box/screen" || echo 'no `sudo make demo`' >>"$box/faults"
    grep -qx 'sudo make check' "$box/screen" || echo 'no `sudo make check`' >>"$box/faults"
    none 'the first 40 lines of README.md have the two commands' "$box/faults"
}

# The checks of README's example, in the order of those of a real decision.
check_example() {
    local conf=$box/etc/pam_jwt.conf
    if [ ! -x "$build/pamjwt" ] || ! command -v jq >/dev/null; then
        skip 'README.md shows the checks that explain shows' 'pamjwt is not built, or no jq'
        return
    fi
    "$build/pamjwt" --config "$conf" init >"$box/out" 2>&1
    printf '[issuer i]\niss = https://i\nkeys = i.jwks\naudience = pam:i\n[service sshd]\n' >>"$conf"
    "$build/pamjwt" --config "$conf" key new --issuer i >"$box/out" 2>&1
    "$build/pamjwt" --config "$conf" token mint --issuer i --sub a --aud other 2>"$box/out" |
        "$build/pamjwt" --config "$conf" explain --service sshd --json - | jq -r '.checks[].check' \
        >"$box/checks" || true
    filled 'a real decision has checks' "$box/checks" 10
    sed -n "/^\\$ sudo pamjwt explain --service/,/^\`\`\`/s/^[^ -~][^ -~]* \([a-z' ]\{1,18\}\).*/\1/p" README.md |
        sed 's/ *$//' >"$box/shown"
    diff "$box/checks" "$box/shown" >"$box/faults" || true
    none 'README.md shows the checks that explain shows' "$box/faults"
}

check_reasons
check_example
check_man
check_issuers
check_first_screen
check_targets README.md
check_targets HACKING.md
check_verbs README.md 8
check_verbs HACKING.md 1
check_paths README.md
check_paths HACKING.md
check_module
check_places
printf '1..%d\n' "$count"
