"""Does `make notebooks` write what is needed, only that, and nobody's work away?"""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.authoring import course, openings
from helpers.authoring.course import EditedByHand, Unit, make, read_source, units
from helpers.authoring.derivation import derive
from helpers.authoring.execution import ROOT, CellFailed, execute
from helpers.authoring.lab import copy_to_my
from helpers.authoring.markers import DerivationError

TINY = """# ---
# jupyter:
#   first_layers:
#     builds: You write one line.
#     data: none
#     minutes: {core: 5, extensions: 0}
#     objectives: [add one]
#     prerequisites: nothing
#     tensorflow: not needed
#     title: A tiny unit
#   jupytext:
#     notebook_metadata_filter: first_layers
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown] tags=["header"]
# # stale

# %% tags=["bootstrap"]
stale = True

# %% [markdown]
# Add one.

# %% tags=["exercise"] exercise={"id": "plus_one", "tier": "core", "minutes": 2, "points": 1}
def plus_one(x):
    return x + 1  # SOLUTION

# %% tags=["check"]
plus_one = check.plus_one(plus_one).or_ours()

# %%
print(plus_one(2))

# %%
print(plus_one(2))
"""


@pytest.fixture
def tiny(tmp_path):
    """A project with two tiny units; returns the first."""
    for name in ["_config.yml", "constraints.txt"]:
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "helpers" / "checks").mkdir(parents=True)
    for module in ["prediction.py", "checks/tiny.py", "checks/other.py", "checks/feedback.py"]:
        (tmp_path / "helpers" / module).write_text('"For tests."\n', encoding="utf-8")
    (tmp_path / "helpers" / "table.bin").write_bytes(b"\0\1\r\n")
    (tmp_path / "solutions").mkdir()
    for stem in ["00_tiny", "01_other"]:
        (tmp_path / "solutions" / f"{stem}.py").write_text(TINY, encoding="utf-8")
    return Unit("00_tiny", tmp_path)


@pytest.fixture
def runs(monkeypatch):
    """Run no kernel: every code cell prints its number. Returns the list of runs."""
    made = []

    def pretend(notebook, folder):
        made.append(folder)
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type == "code":
                cell.execution_count = number
                cell.outputs = [new_output("stream", text=f"cell {number} says 3\n")]
        return notebook

    monkeypatch.setattr(course, "execute", pretend)
    return made


def files(unit):
    return [unit.solution, unit.student, unit.twin, unit.reference]


def state(unit):
    """Return bytes and time of every file of the project."""
    paths = sorted(path for path in unit.root.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def change_cells(path, **changes):
    """Change the last cell of a notebook, as an editor would."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].update(changes)
    nbformat.write(notebook, path)


def test_units_come_in_reading_order(tiny):
    (tiny.root / "solutions" / "notes.py").write_text("")
    assert [unit.stem for unit in units(tiny.root)] == ["00_tiny", "01_other"]
    assert [unit.name for unit in units(tiny.root)] == ["tiny", "other"]


def test_making_writes_every_file(tiny, runs):
    written = make(tiny)
    assert set(written) == {tiny.source, *files(tiny)}
    assert all(path.is_file() for path in written)
    assert runs == [tiny.source.parent]
    assert not list(tiny.root.rglob("*.part"))


def test_making_again_writes_and_runs_nothing(tiny, runs):
    make(tiny)
    before = state(tiny)
    assert make(tiny) == []
    assert make(tiny, force=True) == []
    assert state(tiny) == before
    assert len(runs) == 1


def test_a_missing_file_is_made_again_without_a_run(tiny, runs):
    make(tiny)
    for path in [tiny.student, tiny.twin, tiny.reference]:
        before = path.read_bytes()
        path.unlink()
        assert path in make(tiny)
        assert path.read_bytes() == before
    assert len(runs) == 1


def test_what_was_made_is_what_the_source_gives(tiny, runs):
    make(tiny)
    stored = nbformat.read(tiny.solution, as_version=4)
    source, _ = read_source(tiny)
    assert course.same_cells(stored, source)
    assert stored.metadata.first_layers.digest == course.digest(tiny)
    assert stored.cells[-1].outputs[0].text == "cell 7 says 3\n"
    assert "SOLUTION" not in tiny.student.read_text() + tiny.twin.read_text()
    assert "return ..." in tiny.twin.read_text()
    assert "return x + 1" in tiny.reference.read_text()


@pytest.mark.parametrize(
    "path",
    [
        "helpers/prediction.py",
        "helpers/checks/tiny.py",
        "helpers/checks/feedback.py",
        "helpers/table.bin",
        "constraints.txt",
        "solutions/00_tiny.py",
    ],
)
def test_what_a_unit_depends_on_makes_it_stale(tiny, runs, path):
    make(tiny)
    file = tiny.root / path
    file.write_bytes(file.read_bytes() + b"# changed\n")
    make(tiny)
    assert len(runs) == 2


@pytest.mark.parametrize(
    "path",
    [
        "helpers/checks/other.py",
        "helpers/reference/other.py",
        "helpers/authoring/course.py",
        "helpers/__pycache__/prediction.cpython-311.pyc",
        "solutions/01_other.py",
        "README.md",
    ],
)
def test_what_it_does_not_depend_on_does_not(tiny, runs, path):
    make(tiny)
    file = tiny.root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("# changed\n")
    assert make(tiny) == []
    assert len(runs) == 1


def test_a_new_helper_makes_a_unit_stale(tiny):
    before = course.digest(tiny)
    (tiny.root / "helpers" / "figures.py").write_text("")
    assert course.digest(tiny) != before


def test_the_data_package_makes_only_those_units_stale_that_read_data(tiny):
    module = tiny.root / "helpers" / "data" / "hasy.py"
    module.parent.mkdir()
    without = course.digest(tiny)
    module.write_text("")
    assert course.digest(tiny) == without
    change(tiny.source, "stale = True", "from helpers.data import hasy")
    reading = course.digest(tiny)
    module.write_text("# changed\n")
    assert course.digest(tiny) != reading


def test_line_endings_make_no_difference(tiny, runs):
    make(tiny)
    digest = course.digest(tiny)
    for path in [tiny.source, *tiny.root.rglob("helpers/**/*.py"), tiny.root / "constraints.txt"]:
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert course.digest(tiny) == digest
    assert set(make(tiny)) <= {tiny.reference}
    assert len(runs) == 1


# What a hand may do, and to which of a unit's files.
EDITS = {
    "a cell of the solution": ("solution", lambda path: change_cells(path, source="print(4)")),
    "tags of the solution": ("solution", lambda path: change_cells(path, metadata={"tags": ["x"]})),
    "a cell of the student's": ("student", lambda path: change_cells(path, source="print(4)")),
    "outputs of the student's": ("student", lambda path: change_cells(path, outputs=[])),
    "the twin": ("twin", lambda path: change(path, "return ...", "return x + 2")),
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("stale", [False, True])
def test_what_a_hand_has_edited_is_not_overwritten(tiny, runs, name, stale):
    make(tiny)
    if stale:
        change(tiny.source, "Add one.", "Add just one.")
    file, edit = EDITS[name]
    path = getattr(tiny, file)
    edit(path)
    before = state(tiny)
    with pytest.raises(EditedByHand) as caught:
        make(tiny)
    assert path.relative_to(tiny.root).as_posix() in str(caught.value)
    assert "solutions/00_tiny.py" in str(caught.value)
    assert "FORCE=1" in str(caught.value)
    assert state(tiny) == before


@pytest.mark.parametrize("name", EDITS)
def test_it_is_overwritten_when_told_so(tiny, runs, name):
    make(tiny)
    expected = {path: path.read_bytes() for path in files(tiny)}
    file, edit = EDITS[name]
    edit(getattr(tiny, file))
    assert make(tiny, force=True)
    assert {path: path.read_bytes() for path in files(tiny)} == expected


def test_a_solution_saved_with_other_outputs_is_not_refused(tiny, runs):
    make(tiny)
    change_cells(tiny.solution, outputs=[new_output("stream", text="other\n")], execution_count=99)
    make(tiny)
    change(tiny.source, "Add one.", "Add just one.")
    assert tiny.solution in make(tiny)


def test_a_saved_solution_that_nobody_changed_is_not_refused(tiny, runs):
    make(tiny)
    nbformat.write(nbformat.read(tiny.solution, as_version=4), tiny.solution)
    assert make(tiny) in ([], [tiny.solution])


def test_a_wrong_marker_is_found_before_anything_runs_or_is_written(tiny, runs):
    make(tiny)
    change(tiny.source, "x + 1  # SOLUTION", "x + 1  #SOLUTION")
    before = state(tiny)
    with pytest.raises(DerivationError, match=r"^solutions/00_tiny.py, cell 4, line \d+: "):
        make(tiny)
    assert state(tiny) == before
    assert len(runs) == 1


def test_a_run_that_fails_names_the_file_and_leaves_the_notebooks(tiny, runs, monkeypatch):
    def fail(notebook, folder):
        raise CellFailed("ZeroDivisionError: division by zero")

    make(tiny)
    change(tiny.source, "Add one.", "Add just one.")
    before = state(tiny)
    monkeypatch.setattr(course, "execute", fail)
    with pytest.raises(CellFailed, match=r"^solutions/00_tiny.py: ZeroDivisionError"):
        make(tiny)
    assert state(tiny) == before


def test_an_answer_in_a_stored_output_is_refused(tiny, monkeypatch):
    def shows_answer(notebook, folder):
        notebook.cells[-1].outputs = [
            new_output("stream", text="def plus_one(x):\n    return x + 1\n")
        ]

    monkeypatch.setattr(course, "execute", shows_answer)
    with pytest.raises(DerivationError, match="an answer is left"):
        make(tiny)
    assert not tiny.student.exists()


def test_cell_ids_are_stable_unique_and_named_after_exercises(tiny):
    first = [cell.id for cell in read_source(tiny)[0].cells]
    assert first == [cell.id for cell in read_source(tiny)[0].cells]
    assert len(set(first)) == len(first)
    assert "plus_one" in first
    change(tiny.source, "Add one.", "Add just one.")
    second = [cell.id for cell in read_source(tiny)[0].cells]
    assert sum(a != b for a, b in zip(first, second, strict=True)) == 1
    new_notebook(cells=read_source(tiny)[0].cells)


def test_each_cell_starts_where_its_offset_says(tiny):
    notebook, offsets = read_source(tiny)
    lines = tiny.source.read_text(encoding="utf-8").splitlines()
    for cell, offset in zip(notebook.cells, offsets, strict=True):
        assert lines[offset].removeprefix("# ") == cell.source.splitlines()[0]


def test_a_cell_mark_in_a_string_moves_no_offset(tiny):
    change(tiny.source, "print(plus_one(2))\n", 'text = """\n# %% no cell\n"""\n')
    notebook, offsets = read_source(tiny)
    assert len(notebook.cells) == len(offsets)


def test_openings_follow_the_configuration(tiny, runs):
    make(tiny)
    config = tiny.root / "_config.yml"
    home = openings.Home.read(tiny.root)
    config.write_text("repository:\n  url: https://github.com/me/fork/\n  branch: next\n")
    assert set(make(tiny)) >= {tiny.source, tiny.solution, tiny.student, tiny.twin}
    badge = "https://colab.research.google.com/github/me/fork/blob/next/notebooks/00_tiny.ipynb"
    release = "https://github.com/me/fork/archive/refs/tags/v"
    for path in [tiny.source, tiny.solution, tiny.student, tiny.twin]:
        text = path.read_text(encoding="utf-8")
        assert badge in text
        assert release in text
        assert home.repository not in text
    assert make(tiny) == []


def test_both_trees_link_to_each_other(tiny, runs):
    make(tiny)
    header = {path: nbformat.read(path, 4).cells[0].source for path in files(tiny)[:2]}
    assert "(../notebooks/00_tiny.ipynb)" in header[tiny.solution]
    assert "(../solutions/00_tiny.ipynb)" in header[tiny.student]
    assert header[tiny.solution].startswith("# A tiny unit: solved\n")
    assert header[tiny.student].startswith("# A tiny unit\n")


def test_the_bootstrap_cell_is_python_and_names_the_units_checks(tiny):
    source = openings.bootstrap("tiny", openings.Home.read(tiny.root))
    compile(source, "bootstrap", "exec")
    assert "from helpers.checks import tiny as check" in source
    assert "tensorflow" not in source


def test_copies_to_work_in_never_overwrite(tiny, runs, capsys):
    make(tiny)
    copy = tiny.root / "my" / "00_tiny.ipynb"
    assert copy_to_my(tiny.root) == [copy]
    assert copy.read_bytes() == tiny.student.read_bytes()
    copy.write_text("my work")
    assert copy_to_my(tiny.root) == []
    assert copy.read_text() == "my work"
    assert "my/00_tiny.ipynb is kept" in capsys.readouterr().out


# With a real kernel


def code_cells(*sources):
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def test_a_cell_that_raises_stops_a_run(tmp_path):
    notebook = code_cells("print('a', flush=True)\nprint('b', flush=True)", "1 / 0", "print('c')")
    with pytest.raises(CellFailed, match="ZeroDivisionError"):
        execute(notebook, tmp_path)
    assert notebook.cells[2].outputs == []


def test_a_run_joins_pieces_of_output_and_keeps_no_times(tmp_path):
    loud = "import sys\nfor i in range(3):\n    print(i, flush=True)\nprint('e', file=sys.stderr)"
    notebook = execute(code_cells(loud, "import os\nprint(os.getcwd())"), tmp_path)
    assert [(o.name, o.text) for o in notebook.cells[0].outputs] == [
        ("stdout", "0\n1\n2\n"),
        ("stderr", "e\n"),
    ]
    assert Path(notebook.cells[1].outputs[0].text.strip()) == tmp_path
    assert all("execution" not in cell.metadata for cell in notebook.cells)


def test_a_missing_kernel_is_told_in_a_sentence(tmp_path):
    notebook = code_cells("1")
    notebook.metadata["kernelspec"] = {"name": "no-such-kernel", "display_name": "None"}
    with pytest.raises(CellFailed, match=r"no Jupyter kernel named 'no-such-kernel'.*ipykernel"):
        execute(notebook, tmp_path)


def test_deriving_a_stored_solution_gives_what_deriving_its_source_gives(tiny, runs):
    make(tiny)
    stored = nbformat.read(tiny.solution, as_version=4)
    source, offsets = read_source(tiny)
    assert derive(stored, tiny.file).reference == derive(source, tiny.file, offsets).reference


@pytest.mark.parametrize("field", ["title", "minutes", "tensorflow"])
def test_a_unit_that_does_not_say_what_it_is_is_told_what_is_missing(tiny, runs, field):
    change(tiny.source, f"#     {field}:", f"#     {field[::-1]}:")
    before = state(tiny)
    with pytest.raises(DerivationError, match=rf"00_tiny\.py.*lacks: {field}\."):
        make(tiny)
    assert state(tiny) == before
