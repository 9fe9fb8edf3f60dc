"""Does every notebook run, blank or solved, at another seed and at full length?"""

from __future__ import annotations

import builtins
import dis
import inspect
import re

import nbformat
import papermill
import pytest

from helpers.authoring.course import units
from helpers.authoring.execution import execute

UNITS = units()
STEMS = [unit.stem for unit in UNITS]


def text_of(cell) -> str:
    """Return all text that a cell has put out."""
    parts = [
        out.get("text", "") + out.get("data", {}).get("text/plain", "") for out in cell.outputs
    ]
    return "\n".join(parts)


def code_cells(notebook, tag=None):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [cell for cell in cells if tag is None or tag in cell.metadata.get("tags", [])]


def run_with(unit, tmp_path, **parameters):
    """Run a solution with other parameters; return it with its outputs."""
    target = tmp_path / unit.solution.name
    papermill.execute_notebook(
        str(unit.solution),
        str(target),
        parameters=parameters,
        cwd=str(tmp_path),
        progress_bar=False,
        log_output=False,
        autosave_cell_every=0,  # saving after every cell would take as long as the cells
    )
    return nbformat.read(target, as_version=4)


def assert_bands_hold(notebook):
    """No statement about a band is printed as False, and every check passes.

    How long something takes is not a matter for a test: cells tagged `timing` stay out.
    """
    for cell in code_cells(notebook):
        if "timing" in cell.metadata.get("tags", []):
            continue
        assert ": False" not in text_of(cell), f"{cell.source}\n{text_of(cell)}"
        if "or_ours()" in cell.source:
            assert "passed" in text_of(cell), f"{cell.source}\n{text_of(cell)}"


@pytest.mark.parametrize("unit", UNITS, ids=STEMS)
def test_a_blank_notebook_runs_to_its_end_and_says_what_is_not_started(unit, tmp_path):
    notebook = nbformat.read(unit.student, as_version=4)
    execute(notebook, tmp_path)
    checks = [cell for cell in code_cells(notebook, "check") if "or_ours()" in cell.source]
    exercises = [cell for cell in notebook.cells if "exercise" in cell.metadata]
    assert len(checks) == len(exercises) > 0
    for cell in checks:
        assert "not started yet" in text_of(cell), f"{cell.source}\n{text_of(cell)}"
    guesses = code_cells(notebook, "guess")
    assert all("No guess yet" in text_of(cell) for cell in guesses)


@pytest.mark.parametrize("unit", UNITS, ids=STEMS)
def test_every_experiment_begins_with_a_guess(unit):
    cells = code_cells(nbformat.read(unit.student, as_version=4))
    sources = "\n".join(cell.source for cell in cells)
    guesses = re.findall(r"\bpredict\(", sources)  # cross_val_predict is none
    assert len(guesses) == sources.count(".compare(") > 0


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=STEMS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_solution_holds_its_bands_at_another_seed(unit, seed, tmp_path):
    assert_bands_hold(run_with(unit, tmp_path, seed=seed))


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=STEMS)
def test_a_solution_holds_its_bands_at_full_length(unit, tmp_path):
    assert_bands_hold(run_with(unit, tmp_path, fast=False))


LIVE = [unit for unit in UNITS if "PlotLossesKeras" in unit.source.read_text(encoding="utf-8")]


@pytest.mark.slow
@pytest.mark.parametrize("unit", LIVE, ids=[unit.stem for unit in LIVE])
def test_curves_are_drawn_live_where_progress_is_shown(unit, tmp_path, monkeypatch):
    """Stored runs show no progress; a student's does."""
    pytest.importorskip("livelossplot")
    monkeypatch.setenv("FIRST_LAYERS_PROGRESS", "1")
    notebook = run_with(unit, tmp_path)
    assert_bands_hold(notebook)
    fits = [cell for cell in code_cells(notebook) if "callbacks=live" in cell.source]
    assert fits
    for cell in fits:
        pictures = [out for out in cell.outputs if "image/png" in out.get("data", {})]
        assert len(pictures) == 1, "each epoch's picture takes the place of the one before"


def optional_sections(notebook):
    """Return the first lines of the sections whose heading says that they are an extension."""
    first = [cell.source.partition("\n")[0] for cell in notebook.cells]
    return [line for line in first if line.startswith("## ") and line.endswith("(extension)")]


def without_sections(notebook, left_out):
    """Return a notebook without the cells of some sections."""
    cells, inside = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and "## " in cell.source:
            inside = cell.source.partition("\n")[0] in left_out
        if not inside:
            cells.append(cell)
    notebook.cells = cells
    return notebook


OPTIONAL = {unit: optional_sections(nbformat.read(unit.solution, as_version=4)) for unit in UNITS}
WITH_OPTIONAL = [unit for unit in UNITS if OPTIONAL[unit]]
SECTIONS = [(unit, kept) for unit in WITH_OPTIONAL for kept in (None, *OPTIONAL[unit])]


def codes_in(code):
    """Yield the code of all functions, classes and comprehensions inside some code."""
    for inner in filter(inspect.iscode, code.co_consts):
        yield inner
        yield from codes_in(inner)


def names_of(cell):
    """Return the names that a cell binds, those it reads first, and those its functions read."""
    code = compile(cell.source, "cell", "exec")
    bound, read = set(), set()
    for step in dis.get_instructions(code):
        if step.opname == "STORE_NAME":
            bound.add(step.argval)
        elif step.opname == "LOAD_NAME" and step.argval not in bound:
            read.add(step.argval)
    inside = [step for inner in codes_in(code) for step in dis.get_instructions(inner)]
    bound |= {step.argval for step in inside if step.opname == "STORE_GLOBAL"}
    return bound, read, {step.argval for step in inside if step.opname == "LOAD_GLOBAL"}


def names_without_a_source(notebook):
    """Return the names that are read though no cell binds them, or only a later one."""
    missing, later = set(), set()
    known = set(vars(builtins)) | {"__file__", "__name__"}
    for cell in code_cells(notebook):
        bound, read, read_inside = names_of(cell)
        missing |= read - known
        known |= bound
        later |= read_inside
    return missing | (later - known)


@pytest.mark.parametrize(
    ("unit", "kept"), SECTIONS, ids=[f"{unit.stem}-{kept or 'core'}" for unit, kept in SECTIONS]
)
def test_no_section_reads_a_name_of_an_optional_one(unit, kept):
    """Would the core find all its names alone, and with any one of the optional sections?

    To run each of them takes half a minute. This sees names alone: neither a value that another
    section changes, nor a name that is bound only under a condition.
    """
    notebook = nbformat.read(unit.solution, as_version=4)
    left_out = [section for section in optional_sections(notebook) if section != kept]
    assert names_without_a_source(without_sections(notebook, left_out)) == set()


@pytest.mark.parametrize(
    "planted",
    ["print(curve)", "def f():\n    return curve", "[a + curve for a in range(3)]", "curve += 1"],
)
def test_a_name_of_another_section_is_found(planted):
    """`curve` is bound in the section on the number of pictures alone."""
    unit = next(unit for unit in UNITS if unit.stem == "07_hasy_cnn")
    notebook = nbformat.read(unit.solution, as_version=4)
    reader, binder = "## When should it say nothing?", "## Would more pictures help?"
    place = [cell.source.startswith(reader) for cell in notebook.cells].index(True)
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(planted))
    left_out = [name for name in optional_sections(notebook) if name.startswith(binder)]
    assert len(left_out) == 1
    assert names_without_a_source(notebook) == set()
    assert names_without_a_source(without_sections(notebook, left_out)) == {"curve"}


@pytest.mark.slow
@pytest.mark.parametrize("unit", WITH_OPTIONAL, ids=[unit.stem for unit in WITH_OPTIONAL])
def test_the_core_runs_without_any_optional_section(unit, tmp_path):
    notebook = nbformat.read(unit.solution, as_version=4)
    execute(without_sections(notebook, optional_sections(notebook)), tmp_path)


@pytest.mark.parametrize("unit", UNITS, ids=STEMS)
def test_the_stored_outputs_hold_their_bands(unit):
    assert_bands_hold(nbformat.read(unit.solution, as_version=4))
