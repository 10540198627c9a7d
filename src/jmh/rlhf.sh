#!/bin/sh
# Times reward models on hh-rlhf and the losses of policies, here and in scikit-learn and torch, in turns, and prints a table in Markdown.
# Needs Debian's python3-sklearn, python3-numpy and python3-torch, and the file of pairs in TOUCHSTONE_DATA.
# Usage: src/jmh/rlhf.sh [FOLDER]
set -eu
cd "$(dirname "$0")/../.."
out=$(mkdir -p "${1:-src/target/bench-rlhf}" && cd "${1:-src/target/bench-rlhf}" && pwd)
python=${PYTHON:-/usr/bin/python3}
pairs=${TOUCHSTONE_DATA:?names the folder of downloaded data}/hh-rlhf/harmless-base-test.jsonl.gz
threads=2
export OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads

./mvnw -q -Dquick -DskipTests -Pbench -pl src -am test-compile
ours=src/target/classes:src/target/test-classes:$(cat src/target/bench.classpath)
cpu="-XX:ActiveProcessorCount=$threads -Xmx2g"

cut -d' ' -f1 /proc/loadavg >"$out/load.txt"
for turn in 1 2 3; do
    "$python" src/jmh/peers/bench_rlhf.py "$pairs" "$out/peers-$turn.json" 3
    java $cpu -cp "$ours" touchstone.bench.RewardSpeed "$pairs" "$out/peers-$turn.json" "$out/ours-$turn.json" 10 >&2
    for t in 1 2; do # the faster of one and two threads counts
        OMP_NUM_THREADS=$t "$python" src/jmh/peers/bench_policy.py $t
    done >"$out/policy-torch-$turn.txt"
    java $cpu -cp "$ours" touchstone.bench.PolicyLossSpeed >"$out/policy-here-$turn.txt"
    cut -d' ' -f1 /proc/loadavg >>"$out/load.txt"
done
"$python" src/jmh/table_rlhf.py "$out"
