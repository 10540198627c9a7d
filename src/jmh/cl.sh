#!/bin/sh
# Times the reference protocol of continual learning here, in numpy and in torch, in turns, and prints a table in Markdown.
# Needs Debian's python3-sklearn, python3-numpy and python3-torch. Usage: src/jmh/cl.sh [FOLDER]
set -eu
cd "$(dirname "$0")/../.."
out=$(mkdir -p "${1:-src/target/bench-cl}" && cd "${1:-src/target/bench-cl}" && pwd)
python=${PYTHON:-/usr/bin/python3}

./mvnw -q -Dquick -DskipTests -Pbench -pl src -am test-compile
ours=src/target/classes:src/target/test-classes:$(cat src/target/bench.classpath)

cut -d' ' -f1 /proc/loadavg >"$out/load.txt"
for turn in 1 2 3; do
    java -XX:ActiveProcessorCount=2 -Xmx2g -cp "$ours" touchstone.bench.ContinualSpeed 3 >"$out/here-$turn.txt"
    for threads in 1 2; do # the faster of one and two threads counts
        for library in numpy torch; do
            "$python" src/jmh/peers/bench_cl.py $library $threads 1 >"$out/$library-$threads-$turn.txt"
        done
    done
    cut -d' ' -f1 /proc/loadavg >>"$out/load.txt"
done
"$python" src/jmh/table_cl.py "$out"
