#!/bin/sh
# Times training of a small decoder here and in torch, in turns, and prints a table in Markdown. Needs Debian's python3-torch and the
# folder of downloaded data in TOUCHSTONE_DATA. Usage: [TURNS="1 2 3"] src/jmh/lm.sh [FOLDER]
set -eu
cd "$(dirname "$0")/../.."
out=$(mkdir -p "${1:-src/target/bench-lm}" && cd "${1:-src/target/bench-lm}" && pwd)
python=${PYTHON:-/usr/bin/python3}
text=${TOUCHSTONE_DATA:?names the folder of downloaded data}/tinyshakespeare/input.txt

./mvnw -q -Dquick -DskipTests -Pbench -pl src -am test-compile
ours=src/target/classes:src/target/test-classes:$(cat src/target/bench.classpath)

cut -d' ' -f1 /proc/loadavg >"$out/load.txt"
for turn in ${TURNS:-1 2 3}; do
    for t in 1 2; do # the faster of one and two threads counts on either side
        "$python" src/jmh/peers/bench_nn.py $t >"$out/step-torch-$t-$turn.txt"
        "$python" src/jmh/peers/bench_lm.py "$text" $t >"$out/text-torch-$t-$turn.txt"
        OPENBLAS_NUM_THREADS=$t java -XX:ActiveProcessorCount=$t -Xmx2g -cp "$ours" touchstone.bench.LanguageSpeed $t "$text" \
            >"$out/here-$t-$turn.txt"
    done
    cut -d' ' -f1 /proc/loadavg >>"$out/load.txt"
done
"$python" src/jmh/table_lm.py "$out"
