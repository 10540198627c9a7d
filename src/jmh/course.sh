#!/bin/sh
# Grades a class of thirty made-up submissions of a shipped assignment, hostile ones among them, twice, and times honest ones beside a
# plain run of the same notebook. Usage: src/jmh/course.sh [ASSIGNMENT] [FOLDER]
set -eu
cd "$(dirname "$0")/../.."
./mvnw -q -o -Dquick -DskipTests package
exec "${PYTHON:-python3}" src/jmh/course.py "${1:-ps1}" "${2:-src/target/bench-course}"
