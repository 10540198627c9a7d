#!/bin/sh
# Assembles the committed PTX for every card from Turing to Blackwell, demands that nothing spills, and writes down of which PTX
# that holds, with the most registers that a thread takes: the tests then assemble for the oldest and the newest card alone.
# Needs ptxas of CUDA 13; to be run after build.sh.
#   sh src/main/cuda/assemble.sh
set -eu
cd "$(dirname "$0")/../resources/touchstone/nn/cuda"
list=../../../../../test/cuda/assembled.txt
log=$(mktemp -d)
trap 'rm -r "$log"' EXIT
"${PTXAS:-ptxas}" --version | sed -n 's/^Cuda compilation tools, release .*, /ptxas /p' > "$log/list"
for ptx in *.ptx; do
    line="$(sha256sum "$ptx" | cut -d ' ' -f 1) ${ptx%.ptx}"
    for card in 75 80 86 89 90 100 120; do
        "${PTXAS:-ptxas}" -v -arch=sm_$card "$ptx" -o "$log/cubin" > "$log/said" 2>&1
        if grep 'bytes stack frame' "$log/said" | grep -v ' 0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads'; then
            echo "$ptx spills on sm_$card" >&2
            exit 1
        fi
        most=$(sed -n 's/.*Used \([0-9]*\) registers.*/\1/p' "$log/said" | sort -n | tail -1)
        line="$line sm_$card:$most"
    done
    echo "$line" >> "$log/list"
done
cp "$log/list" "$list"
