#!/bin/sh
# Times the detectors here and those of torch, numpy, scipy and scikit-learn on the same numbers, one after the other, and prints a
# table in Markdown. Needs Debian's python3-torch, python3-sklearn and python3-numpy. Usage: src/jmh/ood.sh [FOLDER] [JMH OPTIONS]
set -eu
cd "$(dirname "$0")/../.."
out=$(mkdir -p "${1:-src/target/bench}" && cd "${1:-src/target/bench}" && pwd)
[ $# -gt 0 ] && shift
python=${PYTHON:-/usr/bin/python3}
threads=2
export OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads

./mvnw -q -Dquick -DskipTests -Pbench -pl src -am test-compile
ours=src/target/classes:src/target/test-classes:$(cat src/target/bench.classpath)
cpu="-XX:ActiveProcessorCount=$threads"

"$python" src/jmh/peers/bench_ood.py --threads $threads --dump "$out/dump" --out "$out/peers.json" >&2
java $cpu -Xmx3g -cp "$ours" org.openjdk.jmh.Main 'touchstone.bench.*' -p dump="$out/dump" \
    -jvmArgs "$cpu -Xmx3g" -rf json -rff "$out/ours.json" "$@" >&2
java $cpu -Xmx1200m -cp "$ours" touchstone.bench.Suite "$out/dump" >"$out/suite.txt"
for t in 1 2; do
    "$python" src/jmh/peers/bench_nn.py $t >"$out/nn-torch-$t.txt"
    OPENBLAS_NUM_THREADS=$t java -XX:ActiveProcessorCount=$t -cp "$ours" touchstone.bench.TrainingSpeed $t >"$out/nn-here-$t.txt"
done
"$python" src/jmh/table.py "$out"
