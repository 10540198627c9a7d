"""Thirty submissions of a shipped assignment: graded two at a time, twice, and beside plain runs of the same notebooks.

Fails when a run crashes, when an honest submission does not earn what it should, or when the two runs differ by a byte.
"""
import copy
import filecmp
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOUCHSTONE = str(ROOT / "touchstone")
HOSTILE = {
    "exit": "System.exit(3);",
    "kill": 'new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start(); Thread.sleep(5000);',
    "loop": "while (true) { }",
    "threads": "while (true) { var t = new Thread(() -> { try { Thread.sleep(600_000); } catch (InterruptedException e) { } });"
    " t.start(); Thread.sleep(0, 5000); }",
    "fork": 'for (int i = 0; i < 100_000; i++) new ProcessBuilder("sleep", "600").start();',
    "string": 'String s = "x"; while (true) { s = s + s; }',
    "arrays": "var all = new java.util.ArrayList<byte[]>(); while (true) { all.add(new byte[1 << 20]); }",
    "delete": 'try (var files = java.nio.file.Files.walk(java.nio.file.Path.of(System.getProperty("user.dir")))) {'
    " files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete()); }"
    ' new ProcessBuilder("sh", "-c", "rm -rf ../* $HOME/*").start().waitFor();',
    "print": "while (true) { System.out.println(\"for ever\"); }",
    "disk": 'try (var out = new java.io.FileOutputStream("big")) { while (true) { out.write(new byte[1 << 20]); } }',
}


def notebook(path):
    return json.loads(path.read_text())


def source(cell):
    return "".join(cell["source"])


def marks(cell):
    return cell["metadata"].get("nbgrader", {})


def solution(cell):
    return bool(marks(cell).get("solution")) and cell["cell_type"] == "code"


def with_solutions(release, solved, without=()):
    """The release with the source's solutions, but for some that keep their stubs."""
    answers = {marks(c)["grade_id"]: c["source"] for c in solved["cells"] if solution(c)}
    made = copy.deepcopy(release)
    for cell in made["cells"]:
        if solution(cell) and marks(cell)["grade_id"] not in without:
            cell["source"] = answers[marks(cell)["grade_id"]]
    return made


def with_cell(made, name, code):
    """With a cell of the student's own before the last test."""
    made = copy.deepcopy(made)
    at = max(i for i, c in enumerate(made["cells"]) if marks(c).get("grade") and c["cell_type"] == "code")
    made["cells"].insert(
        at, {"cell_type": "code", "execution_count": None, "id": name, "metadata": {}, "outputs": [], "source": [code]}
    )
    return made


def course(step, name, folder, *options):
    started = time.monotonic()
    done = subprocess.run(
        [TOUCHSTONE, "course", step, name, "--course", str(folder), *options], capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(f"course {step} ended with {done.returncode}: {done.stderr}")
    return time.monotonic() - started, done.stderr


def same(first, second):
    """Names of files that differ between two folders."""
    files = {f.relative_to(first) for f in first.rglob("*") if f.is_file()}
    others = {f.relative_to(second) for f in second.rglob("*") if f.is_file()}
    return [f for f in files ^ others] + [f for f in files & others if not filecmp.cmp(first / f, second / f, False)]


def main(name, out):
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks/course/source" / name, out / "source" / name)
    (out / "course.properties").write_text("cell.seconds = 10\ntotal.seconds = 300\n")
    course("release", name, out)
    release = notebook(out / "release" / name / f"{name}.ipynb")
    solved = notebook(out / "source" / name / f"{name}.ipynb")
    full = with_solutions(release, solved)
    answers = [marks(c)["grade_id"] for c in solved["cells"] if solution(c)]
    students = {f"honest-{i:02}": full for i in range(13)}
    students.update({f"partial-{i}": with_solutions(release, solved, {answers[i % len(answers)]}) for i in range(6)})
    students["untouched"] = release
    students.update({f"hostile-{k}": with_cell(full, k, v) for k, v in HOSTILE.items()})
    for student, made in students.items():
        folder = out / "submitted" / student / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text(json.dumps(made, indent=1))
    print(f"{len(students)} submissions of {name}")

    wall, said = course("grade", name, out, "--jobs", "2")
    print(f"first run, two at a time: {wall:.1f} s")
    print("\n".join(line for line in said.splitlines() if not line.startswith("honest")))
    kept = out / "first"
    shutil.move(out / "autograded", kept)
    shutil.copy(out / "grades.csv", kept / "grades.csv")
    wall, said = course("grade", name, out, "--jobs", "2")
    shutil.copy(out / "grades.csv", out / "autograded" / "grades.csv")
    different = same(kept, out / "autograded")
    print(f"second run, from nothing: {wall:.1f} s; files that differ: {[str(f) for f in different]}")
    (out / "autograded" / "grades.csv").unlink()
    wall, again = course("grade", name, out, "--jobs", "2")
    print(f"third run, nothing to do: {wall:.1f} s")

    # In turns: a submission graded by itself and the same notebook, hidden tests and all, run by itself.
    graded, plain = [], []
    for turn in range(5):
        student = f"honest-{turn:02}"
        for other in (out / "autograded").iterdir():
            if other.name == student:
                shutil.rmtree(other)
        _, said = course("grade", name, out)
        graded.append(float(re.search(rf"{student}: .* ([0-9.]+) s", said).group(1)))
        started = time.monotonic()
        run = out / "autograded" / student / name / f"{name}.ipynb"
        subprocess.run([TOUCHSTONE, "run", str(run), "--out", str(out / "plain")], check=True, capture_output=True)
        plain.append(time.monotonic() - started)
    print("seconds a submission, graded:", graded, "plain run:", [round(s, 1) for s in plain])
    ratio = statistics.median(graded) / statistics.median(plain)
    print(f"graded / plain run, medians: {statistics.median(graded):.1f} / {statistics.median(plain):.1f} = {ratio:.2f}")
    if different:
        sys.exit("the second run differs")


main(sys.argv[1], pathlib.Path(sys.argv[2]).resolve())
