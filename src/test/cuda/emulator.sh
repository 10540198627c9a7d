#!/bin/sh
# Builds the emulator of the kernels with g++ (or $CXX): sh src/test/cuda/emulator.sh <folder> gives <folder>/libtsemulator.so
# -ffp-contract=off: no fused multiply-adds, as on the card; _FORTIFY_SOURCE would take the jumps between fibres for errors.
# Further sources, such as a test's own kernels, may follow the folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernels=$(cd "$here/../../main/cuda" && pwd)
out=$1
shift
: > "$out/sources.inc"
: > "$out/names.inc"
for source in "$kernels"/*.cu "$@"; do
    echo "#include \"$source\"" >> "$out/sources.inc"
    sed -n 's/^extern "C" __global__ void \(ts_[a-z0-9_]*\)(.*/KERNEL(\1)/p' "$source" >> "$out/names.inc"
done
"${CXX:-g++}" -std=c++14 -O2 -ffp-contract=off -fPIC -shared -w -U_FORTIFY_SOURCE -I "$out" -I "$here" -I "$kernels" \
    -o "$out/libtsemulator.so" "$here/emulator.cpp"
