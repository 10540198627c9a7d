#!/bin/sh
# Compiles the kernels to PTX for compute capability 7.5, which the driver of any later card compiles on. Needs nvcc of CUDA
# 13; users need none of this, the PTX lies in the jar.
#   sh src/main/cuda/build.sh [folder]
# --fmad=false: no fused multiply-adds, so that the emulator of the tests and the processor round as the card does.
# The version of the PTX is lowered from CUDA 13's to 7.0 (CUDA 11.0), for nothing here needs more: drivers from 450 on take it.
set -eu
cd "$(dirname "$0")"
out=${1:-../resources/touchstone/nn/cuda}
mkdir -p "$out"
for source in *.cu; do
    name=${source%.cu}
    "${NVCC:-nvcc}" -arch=compute_75 -ptx -O3 --fmad=false -o "$out/$name.tmp" "$source"
    digest=$(cat ./*.cuh "$source" | sha256sum | cut -d ' ' -f 1)
    {
        echo "// sha-256 of the headers and $source: $digest"
        grep -v '^//' "$out/$name.tmp" | sed -e '/./,$!d' -e 's/_INTERNAL_[0-9a-f]*_[0-9]*_\([a-z]*\)_cu_[0-9a-f]*/_\1_/g' -e 's/^\.version .*/.version 7.0/'
    } > "$out/$name.ptx"
    rm "$out/$name.tmp"
done
