"""Does the full run measure, keep and tell what it should, and go on after a failure?"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers import __version__, data
from helpers.authoring import full_run, measuring, notebook_run, results
from helpers.authoring.course import Unit, units
from helpers.authoring.execution import ROOT
from helpers.authoring.notebook_run import Progress, RunFailed, run
from helpers.authoring.plans import PlanError, read_plan
from helpers.data import folders
from helpers.data.real import NoRealData
from helpers.data.registry import dataset

HEAD = """# ---
# jupyter:
#   first_layers:
#     title: {title}
{lines}
# ---

# %% tags=["parameters"]
fast = True
seed = 0
source = "embedded"

{cells}
"""
RESULT = '{name: seeds, value: "seed * 10", tolerance: 10, unit: images, text: ten times the seed}'
REAL_FIGURE = (
    '# %% real_figure={"name": "line", "caption": "A line | from 0 to its seed.", '
    '"alt": "One straight line that rises."}\n'
)
PNG = b"\x89PNG\r\n\x1a\n"
GOOD = f"""# %%
from pathlib import Path

import numpy as np
measuring = "a name of the notebook's own"
here = Path.cwd().name

# %% tags=["raises-exception"]
1 / 0

{REAL_FIGURE}from IPython.display import Image
Image({PNG!r} + bytes([seed]))
"""
GOOD_RESULTS = f"""
#     real: [notmnist, hasy]
#     results:
#     - {RESULT}
#     - name: full
#       value: np.float32(0 if fast else 1)
#       tolerance: 0
#       unit: share
#       text: whether it ran at full size
#       source: "told to be 1 | [there](home.md)"
#     - {{name: real, value: "int(source == 'real')", tolerance: 0, unit: sets, text: real data}}
#     - {{name: place, value: "int(here == 'solutions')", tolerance: 0, unit: folders, text: place}}
#     - {{name: took, value: "seed / 7", unit: s, text: how long it took}}
""".strip()


def write_unit(root, stem, lines="", cells="", title="Tiny"):
    (root / "solutions").mkdir(parents=True, exist_ok=True)
    lines = "\n".join(line for line in lines.splitlines() if line)
    text = HEAD.format(title=title, lines=lines, cells=cells).replace("\n\n# ---", "\n# ---")
    (root / "solutions" / f"{stem}.py").write_text(text, encoding="utf-8")
    return Unit(stem, root)


def with_results(*entries):
    return "\n".join(["#     results:", *(f"#     - {entry}" for entry in entries)])


def full(*words, root):
    """Run the command; return its exit status and all that it said."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = full_run.full(list(words), root)
    return status, said.getvalue()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course that was run at full size: good units, and bad ones of several kinds.

    Its data sets are pretended to be at hand, but for MNIST.
    """
    root = tmp_path_factory.mktemp("{course}")  # papermill fills in braces, unless told otherwise
    write_unit(root, "00_plain", cells="# %%\nassert source == 'embedded' and not fast")
    write_unit(root, "01_raises", with_results(RESULT), "# %%\nx = 1\nraise ValueError('a\\nb\\n')")
    unknown = RESULT.replace("seed * 10", "len(lost)")
    write_unit(root, "02_unknown", with_results(unknown))
    write_unit(root, "03_far_away", "#     real: mnist\n" + with_results(RESULT))
    write_unit(root, "04_leaves", cells="# %%\nraise SystemExit")
    write_unit(root, "05_good", GOOD_RESULTS, GOOD, title="Good | better")
    write_unit(root, "06_half", "#     results: [{name: x}]")
    old = {"figures": {"kept": 1}, "pictures": {}, "data": {}, "seeds": [1], "seconds": 3}
    old |= {"title": "", "date": "2001-01-01", "versions": {}}
    # Without figures: that a unit that fails leaves its record alone is all that is asked.
    results.file(root).parent.mkdir()
    results.file(root).write_text(json.dumps({"01_raises": old | {"figures": {}}}))
    stray = results.pictures_folder(root) / "good_gone.png"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"")

    def archive(name, source):
        if name == "mnist":
            raise NoRealData("The real MNIST is not here.\nPut it there.")
        return root

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "archive", archive)
        patch.setattr(folders, "found", lambda known: [] if known.name == "mnist" else [root])
        status, said = full(root=root)
    return SimpleNamespace(root=root, status=status, said=said, record=results.read(root))


def test_a_failure_gives_a_status_and_the_other_units_run(course):
    assert course.status == 1
    assert "00_plain seed 1: done" in course.said
    assert "00_plain seed 2" not in course.said  # there is no number to average
    assert all(f"05_good seed {seed}: done" in course.said for seed in (1, 2, 3))
    assert "2 of 7 units ran as they should." in course.said
    failed = "01_raises, 02_unknown, 03_far_away, 04_leaves, 06_half"
    assert set(failed.split(", ")) == set(
        re.search(r"^Not so (.*): see above", course.said, re.M).group(1).split(", ")
    )


def test_a_failed_cell_is_named_with_unit_seed_error_and_notebook(course):
    assert "01_raises seed 1, cell 3 of 4 (`x = 1`): ValueError: b\n" in course.said
    path = re.search(r"_build/full/01_raises\S+", course.said).group()
    partial = nbformat.read(course.root / path, as_version=4)
    assert any(cell.source == "x = 1\nraise ValueError('a\\nb\\n')" for cell in partial.cells)
    assert "01_raises seed 2" not in course.said


def test_a_result_that_cannot_be_had_is_named(course):
    sentence = "02_unknown seed 1, the result `seeds` fails: NameError: name 'lost' is not defined"
    assert sentence in course.said


def test_a_notebook_that_ends_early_without_an_error_is_no_success(course):
    assert "04_leaves seed 1, it stopped without an error before its last cell." in course.said


def test_data_that_is_not_there_is_announced_first_and_told_of_the_unit(course):
    announced = course.said.index("03_far_away: the real MNIST is not here, and will be fetched")
    assert announced < course.said.index("00_plain seed 1")
    assert "train-images-idx3-ubyte.gz and train-labels" in course.said
    assert "03_far_away did not run. The real MNIST is not here.\nPut it there." in course.said
    assert "notMNIST" not in course.said


def test_a_wrong_plan_is_told_before_anything_runs(course):
    wrong = course.said.index("solutions/06_half.py: the result `x` lacks `value`")
    assert wrong < course.said.index("00_plain seed 1")


def test_the_record_has_good_units_and_leaves_failed_ones_as_they_were(course):
    assert list(course.record) == ["01_raises", "05_good"]
    assert course.record["01_raises"]["date"] == "2001-01-01"


def test_every_seed_ran_at_full_size_on_real_data_in_the_folder_of_solutions(course):
    figures = course.record["05_good"]["figures"]
    assert figures["seeds"]["values"] == [10, 20, 30]
    assert figures["seeds"]["mean"] == 20
    assert [figures[name]["values"] for name in ("full", "real", "place")] == [[1] * 3] * 3
    assert figures["took"]["mean"] == 0.285714
    assert figures["took"]["tolerance"] is None


def test_the_record_says_when_with_what_and_on_which_data(course):
    entry = course.record["05_good"]
    assert entry["data"] == {name: dataset(name).content for name in ("notmnist", "hasy")}
    assert entry["seeds"] == [1, 2, 3]
    assert abs(datetime.now(UTC) - datetime.fromisoformat(entry["date"] + "T12Z")).days <= 1
    assert entry["versions"]["numpy"] == np.__version__
    assert entry["versions"]["first-layers"] == __version__
    assert "scikit-learn" not in entry["versions"]
    assert entry["seconds"] > 0


def test_the_picture_of_the_first_seed_is_kept_and_a_stray_one_goes(course):
    (path,) = results.pictures_folder(course.root).iterdir()
    assert path.name == "good_line.png"
    assert path.read_bytes() == PNG + b"\1"


def test_the_record_fits_the_solution_that_was_run(course):
    plan = read_plan(Unit("05_good", course.root))
    assert results.problems({"05_good": course.record["05_good"]}, [plan]) == []


def test_an_interruption_stops_everything_and_keeps_what_was_done(tmp_path):
    drawn = f"{REAL_FIGURE}from IPython.display import Image\nImage({PNG!r})"
    write_unit(tmp_path, "00_done", cells=drawn)
    wait = "open('../waiting', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    write_unit(tmp_path, "01_waits", cells=f"# %%\nimport os, time\n{wait}")
    write_unit(tmp_path, "02_never")
    command = "import sys, pathlib; from helpers.authoring.full_run import full; "
    command += "sys.exit(full([], pathlib.Path(sys.argv[1])))"
    job = subprocess.Popen(
        [sys.executable, "-c", command, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    waiting = tmp_path / "waiting"
    while job.poll() is None and not (waiting.exists() and waiting.read_text()):
        time.sleep(0.1)
    job.send_signal(signal.SIGINT)
    said, _ = job.communicate()
    # A kernel that is stopped may still complain about its own closed sockets.
    assert (job.returncode, said.count("KeyboardInterrupt")) == (130, 0), said
    assert "Stopped. The units that had come to their end are on record." in said
    assert "02_never" not in said
    assert list(results.read(tmp_path)) == ["00_done"]
    with pytest.raises(ProcessLookupError):  # its kernel is gone as well
        os.kill(int(waiting.read_text()), 0)


# Without a kernel


def test_a_number_or_a_name_chooses_a_unit(course):
    for word in ("05", "5", "good", "05_good"):
        assert [unit.stem for unit in full_run.select([word], course.root)] == ["05_good"]
    both = full_run.select(["05", "raises"], course.root)
    assert [unit.stem for unit in both] == ["01_raises", "05_good"]


def test_an_unknown_unit_is_told_which_there_are(course):
    before = results.file(course.root).read_bytes()
    status, said = full("05", "7x", root=course.root)
    assert status == 2
    assert said.startswith("There is no unit '7x'. There are 00_plain, 01_raises, ")
    assert results.file(course.root).read_bytes() == before


def test_without_papermill_a_sentence_says_so(course, monkeypatch):
    monkeypatch.setattr(full_run, "find_spec", lambda name: None)
    status, said = full("00", root=course.root)
    assert (status, said.count("\n")) == (2, 1)
    assert "papermill" in said and "make setup" in said


def test_a_misspelt_folder_of_data_stops_everything(course, monkeypatch):
    monkeypatch.setenv("FIRST_LAYERS_DATA", str(course.root / "nowhere"))
    status, said = full("00", root=course.root)
    assert status == 2
    assert "nowhere" in said and "seed" not in said


def test_a_broken_record_stops_everything(tmp_path):
    write_unit(tmp_path, "00_plain")
    results.file(tmp_path).parent.mkdir()
    results.file(tmp_path).write_text("<<<<<<< HEAD")
    status, said = full(root=tmp_path)
    assert status == 2
    assert "results.json cannot be read" in said
    assert results.file(tmp_path).read_text() == "<<<<<<< HEAD"


def test_folders_of_data_are_found_from_the_notebooks_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    monkeypatch.setenv("FIRST_LAYERS_DATA", "mine")
    monkeypatch.setenv("FIRST_LAYERS_CACHE", "cache")
    full_run._fix_folders()
    assert os.environ["FIRST_LAYERS_DATA"] == str((tmp_path / "mine").resolve())
    assert os.environ["FIRST_LAYERS_CACHE"] == str((tmp_path / "cache").resolve())


def gave(monkeypatch, *values):
    """Let runs of a unit give these values of `seeds`, one for each seed, without a kernel."""
    made = iter(values)

    def pretend(plan, seed, root):
        return SimpleNamespace(
            values={"seeds": next(made)}, pictures={}, versions={"python": "3"}, seconds=1
        )

    monkeypatch.setattr(full_run, "run", pretend)


def test_a_figure_that_moved_is_told_loudly_and_written(tmp_path, monkeypatch):
    write_unit(tmp_path, "05_one", with_results(RESULT))
    gave(monkeypatch, 100, 102, 104, 108, 112, 116, 124, 123, 122)
    assert full(root=tmp_path)[0] == 0
    status, said = full(root=tmp_path)
    assert (status, "moved" in said) == (0, False)
    status, said = full(root=tmp_path)
    assert status == 0
    assert "05_one: `seeds` moved by more than its tolerance (10): 112 before, 123 now." in said
    assert results.read(tmp_path)["05_one"]["figures"]["seeds"]["mean"] == 123


def test_a_tolerance_narrower_than_the_seeds_is_told_and_the_status_says_so(tmp_path, monkeypatch):
    write_unit(tmp_path, "05_one", with_results(RESULT))
    gave(monkeypatch, 100, 100, 118)
    status, said = full(root=tmp_path)
    assert status == 1
    assert "05_one: `seeds` is 100, 100, 118 with the seeds; their mean is 106" in said
    assert results.read(tmp_path)["05_one"]["figures"]["seeds"]["mean"] == 106


def test_new_words_need_no_run_but_a_new_expression_does(tmp_path, monkeypatch):
    write_unit(tmp_path, "05_one", with_results(RESULT))
    gave(monkeypatch, 100, 102, 104)
    full(root=tmp_path)
    write_unit(tmp_path, "05_one", with_results(RESULT.replace("ten times", "10 x")), title="New")
    assert full_run.renew(tmp_path) == 0
    entry = results.read(tmp_path)["05_one"]
    assert entry["figures"]["seeds"]["text"] == "10 x the seed"
    assert entry["figures"]["seeds"]["mean"] == 102
    assert "## 05 New" in results.page_file(tmp_path).read_text()
    write_unit(tmp_path, "05_one", with_results(RESULT.replace("seed *", "seed +")))
    assert full_run.renew(tmp_path) == 1
    write_unit(tmp_path, "05_one")
    assert full_run.renew(tmp_path) == 0
    assert results.read(tmp_path) == {}


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (RESULT.replace("name: seeds, ", ""), "lacks `name`"),
        (RESULT.replace("tolerance: 10, ", ""), "needs a `tolerance`"),
        (RESULT.replace("images", "s"), "Only a time"),
        (RESULT.replace("10,", "1e-3,"), "reads 1e-3 as a word"),
        (RESULT.replace("10,", "-1,"), "the tolerance -1"),
        (RESULT.replace("10,", "true,"), "the tolerance True"),
        (RESULT.replace('"seed * 10"', '"seed * "'), "`seed * ` is no expression"),
        (RESULT.replace('"seed * 10"', "7"), "its `value` is 7, not a text"),
        (RESULT.replace("seeds", "a/b"), "lower-case letters"),
        (RESULT.replace("unit:", "units:"), "lacks `unit`"),
        (RESULT.replace("}", ", also: 1}"), "has `also`, which is none of name"),
        (RESULT.replace("}", ", source: 7}"), "its `source` is 7"),
        ("seeds", "not a list of entries"),
    ],
)
def test_a_wrong_result_is_told_with_its_file(tmp_path, entry, sentence):
    unit = write_unit(tmp_path, "05_one", with_results(entry))
    with pytest.raises(PlanError, match=re.escape(sentence)) as raised:
        read_plan(unit)
    assert str(raised.value).startswith("solutions/05_one.py: ")


@pytest.mark.parametrize(
    ("lines", "cells", "sentence"),
    [
        ("#     real: emnist", "", "`real` names 'emnist'. There are mnist, notmnist, hasy."),
        (with_results(RESULT, RESULT), "", "named `seeds`"),
        ("", REAL_FIGURE + "x = 1\n\n" + REAL_FIGURE + "y = 2", "named `line`"),
        ("", REAL_FIGURE.replace('"alt"', '"ald"') + "x = 1", "lacks `alt`"),
        ("", REAL_FIGURE.replace("# %%", "# %% [markdown]") + "# text", "cell of text"),
        ("#     bad: yaml: bad", "", "its head is not YAML"),
    ],
)
def test_a_wrong_plan_is_told_with_its_file(tmp_path, lines, cells, sentence):
    unit = write_unit(tmp_path, "05_one", lines, cells)
    with pytest.raises(PlanError, match=re.escape(sentence)) as raised:
        read_plan(unit)
    assert str(raised.value).startswith("solutions/05_one.py: ")


def test_a_notebook_whose_seed_cannot_be_set_is_refused(tmp_path):
    unit = write_unit(tmp_path, "05_one")
    unit.source.write_text(unit.source.read_text().replace("parameters", "other"))
    with pytest.raises(PlanError, match="no cell is tagged `parameters`"):
        read_plan(unit)


@pytest.mark.parametrize(
    ("value", "plain"),
    [(3, 3), (0.5, 0.5), (np.int64(3), 3), (np.float32(0.5), 0.5), (np.array(7), 7)],
)
def test_a_number_of_python_or_numpy_becomes_a_plain_one(value, plain):
    got = measuring.number(value)
    assert got == plain
    assert type(got) is type(plain)
    assert json.loads(json.dumps(got)) == plain


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("3", "of type str"),
        (True, "of type bool"),
        (np.bool_(True), "of type bool"),
        (np.ones(2), "of type ndarray"),
        (np.ones(1), "of type ndarray"),
        (None, "of type NoneType"),
        (float("nan"), "it is nan"),
        (np.inf, "it is inf"),
    ],
)
def test_what_is_no_number_is_told(value, why):
    measured = measuring.measure({"x": "value", "y": "1"}, {"value": value})
    assert why in measured["wrong"]["x"]
    assert measured["values"] == {"y": 1}


@pytest.mark.parametrize("drawn", [0, 2])
def test_a_cell_of_a_real_figure_draws_one_picture(drawn):
    outputs = [new_output("display_data", {"image/png": "AA=="})] * drawn
    cell = new_code_cell("plot()", outputs=outputs, metadata={"real_figure": {"name": "line"}})
    with pytest.raises(RunFailed, match=f"`line`: its cell drew {drawn} pictures"):
        notebook_run._pictures(new_notebook(cells=[cell]))


def test_a_terminal_sees_one_line_and_a_file_sees_lines_now_and_then(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for kind, shown in [
        (Terminal, "\r\033[K05 seed 1: cell 1 of 2\r\033[K05 seed 1: cell 2 of 2\r\033[K"),
        (io.StringIO, "05 seed 1: cell 1 of 2\n05 seed 1: cell 2 of 2\n"),
    ]:
        out = kind()
        monkeypatch.setattr("sys.stdout", out)
        progress = Progress("05 seed 1", pause=0)
        progress.cell(1, 2)
        progress.cell(2, 2)
        progress.end("done in 3 s")
        assert out.getvalue() == shown + "05 seed 1: done in 3 s\n"
    patient = io.StringIO()
    monkeypatch.setattr("sys.stdout", patient)
    Progress("05 seed 1", pause=1e9).cell(1, 2)
    assert patient.getvalue() == ""


# On the real data

MEASURING = [plan for plan in map(read_plan, units()) if plan.results]


@pytest.mark.slow
@pytest.mark.parametrize("plan", MEASURING, ids=lambda plan: plan.unit.stem)
def test_a_fresh_run_agrees_with_the_record(plan, tmp_path, monkeypatch):
    monkeypatch.setenv("FIRST_LAYERS_CACHE", str(tmp_path / "cache"))
    folder = folders.by_hand()
    for name in plan.real:
        places = folders.found(dataset(name)) if folder else []
        if not places:
            pytest.skip(f"FIRST_LAYERS_DATA names no folder that holds {dataset(name).title}.")
    if folder:  # the kernel runs in another folder
        monkeypatch.setenv("FIRST_LAYERS_DATA", str(folder.resolve()))
    kept = results.read(ROOT)[plan.unit.stem]
    fresh = run(plan, plan.seeds[0], tmp_path)
    assert results.departures(kept, fresh.values) == []
