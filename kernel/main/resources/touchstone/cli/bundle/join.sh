#!/bin/sh
# Checks the parts of a Touchstone bundle and unpacks them:  sh join.sh [FOLDER]   (here, unless a folder is given)
fail() {
    echo "join.sh: $1" >&2
    exit 4
}
case $0 in
    */*) here=${0%/*} ;;
    *) here=. ;;
esac
target=${1:-$here}
target=$(mkdir -p "$target" && CDPATH= cd -- "$target" && pwd -P) || fail "cannot make the folder $1"
cd "$here" || fail "cannot enter the folder of $0"
[ ! -e "$target/touchstone" ] || fail "$target/touchstone exists; remove it or name another folder"

while read -r sum part; do
    archive=$part
    [ -f "$part" ] || fail "$part is missing; fetch it again"
    if command -v sha256sum >/dev/null 2>&1; then
        found=$(sha256sum "$part")
    elif command -v shasum >/dev/null 2>&1; then
        found=$(shasum -a 256 "$part")
    elif command -v openssl >/dev/null 2>&1; then
        found=$(openssl dgst -sha256 -r "$part")
    else
        fail "none of sha256sum, shasum and openssl is on PATH, so the parts cannot be checked"
    fi
    [ "${found%% *}" = "$sum" ] || fail "$part is damaged (its SHA-256 is not the one in SHA256SUMS); fetch it again"
done <SHA256SUMS

case $archive in
    *.tar.gz.*) cat touchstone.tar.gz.[0-9]* | gzip -dc | tar -xf - -C "$target" ;;
    *)
        cat touchstone.zip.[0-9]* >"$target/touchstone.zip" && unzip -q "$target/touchstone.zip" -d "$target" \
            && rm "$target/touchstone.zip" && chmod +x "$target/touchstone/touchstone" \
            "$target"/touchstone/distribution/bin/* "$target"/touchstone/runtime/bin/* \
            "$target"/touchstone/runtime/lib/jspawnhelper
        ;;
esac || fail "unpacking to $target failed; is the disk full?"
echo "Unpacked. Try: $target/touchstone/touchstone run $target/touchstone/notebooks/00-start.ipynb --fast"
