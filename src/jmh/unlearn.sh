#!/bin/sh
# Times unlearning methods here and in torch, in turns, and prints a table in Markdown. Needs Debian's python3-torch.
# Usage: [TURNS="1 2 3"] src/jmh/unlearn.sh [FOLDER]
set -eu
cd "$(dirname "$0")/../.."
out=$(mkdir -p "${1:-src/target/bench-unlearn}" && cd "${1:-src/target/bench-unlearn}" && pwd)
python=${PYTHON:-/usr/bin/python3}

./mvnw -q -Dquick -DskipTests -Pbench -pl src -am test-compile
ours=src/target/classes:src/target/test-classes:$(cat src/target/bench.classpath)

cut -d' ' -f1 /proc/loadavg >"$out/load.txt"
for turn in ${TURNS:-1 2 3}; do
    "$python" src/jmh/peers/bench_unlearn.py 1 >"$out/torch-$turn.txt" # two threads are slower on models this small
    java -XX:ActiveProcessorCount=1 -Xmx2g -cp "$ours" touchstone.bench.UnlearnSpeed >"$out/here-$turn.txt"
    cut -d' ' -f1 /proc/loadavg >>"$out/load.txt"
done
"$python" src/jmh/table_unlearn.py "$out"
