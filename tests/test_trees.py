"""Are the notebooks on disk what the solutions give, and fit to be read?"""

from __future__ import annotations

import ast
import functools
import json
import re

import nbformat
import pytest

from helpers.authoring import openings
from helpers.authoring.course import (
    as_student,
    cells_digest,
    digest,
    notebook_text,
    read_source,
    same_cells,
    seal,
    twin_text,
    units,
)
from helpers.authoring.derivation import derive
from helpers.authoring.execution import ROOT
from helpers.authoring.leaks import scan_folder

UNITS = units()
TREES = ["solutions", "notebooks"]
LINES_OF_A_CELL = 20
BYTES_OF_A_NOTEBOOK = 1_500_000
LETTERS_OF_AN_ALT_TEXT = 40

each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
each_tree = pytest.mark.parametrize("tree", TREES)


@functools.cache
def read(path):
    assert path.exists(), f"{path.relative_to(ROOT)} is missing: run `make notebooks`"
    return nbformat.read(path, as_version=4)


def notebook(unit, tree):
    return read(unit.solution if tree == "solutions" else unit.student)


def tags(cell):
    return cell.metadata.get("tags", [])


def tagged(unit, tree, tag):
    return [cell for cell in notebook(unit, tree).cells if tag in tags(cell)]


def code_cells(unit, tree="solutions"):
    return [cell for cell in notebook(unit, tree).cells if cell.cell_type == "code"]


def outputs(unit, tree):
    return [(cell, output) for cell in code_cells(unit, tree) for output in cell.outputs]


def images(unit, tree="solutions"):
    """Return the cells that show a picture."""
    shown = [cell for cell, output in outputs(unit, tree) if "image/png" in output.get("data", {})]
    return list({cell.id: cell for cell in shown}.values())


def named(cell):
    return f"cell {cell.id}, `{cell.source.splitlines()[0][:60]}`"


# In step


def test_every_notebook_has_its_source():
    stems = {unit.stem for unit in UNITS}
    for tree in TREES:
        for ending in ["ipynb", "py"]:
            assert {path.stem for path in (ROOT / tree).glob(f"*.{ending}")} == stems
    modules = {path.stem for path in (ROOT / "helpers" / "reference").glob("*.py")}
    assert modules - {"__init__"} == {unit.name for unit in UNITS}


@each_unit
def test_the_stored_outputs_are_not_stale(unit):
    stored = notebook(unit, "solutions").metadata.first_layers.digest
    assert stored == digest(unit), f"{unit.stem} is stale: run `make notebooks`"


@each_unit
def test_the_stored_solution_has_the_cells_of_its_source(unit):
    source, _ = read_source(unit)
    stored = notebook(unit, "solutions")
    assert same_cells(stored, source)
    assert [cell.id for cell in stored.cells] == [cell.id for cell in source.cells]
    assert stored.metadata.first_layers.cells == cells_digest(stored)


@each_unit
def test_the_students_notebook_is_what_the_stored_solution_gives(unit):
    student = as_student(unit, derive(notebook(unit, "solutions"), unit.file))
    assert unit.student.read_bytes() == notebook_text(student).encode()


@each_unit
def test_the_twin_and_the_reference_are_what_the_stored_solution_gives(unit):
    derived = derive(notebook(unit, "solutions"), unit.file)
    assert unit.twin.read_bytes() == twin_text(as_student(unit, derived)).encode()
    assert unit.reference.read_bytes() == derived.reference.encode()


@each_unit
def test_the_students_notebook_carries_its_seal_and_no_pairing(unit):
    student = notebook(unit, "notebooks")
    assert student.metadata.first_layers.seal == seal(student)
    assert "jupytext" not in student.metadata


def test_no_answer_is_left_anywhere_in_the_students_tree():
    answers = [
        answer
        for unit in UNITS
        for answer in derive(notebook(unit, "solutions"), unit.file).answers
    ]
    assert answers
    assert scan_folder(ROOT / "notebooks", answers) == {}


# The opening cells


@each_unit
@each_tree
def test_the_header_says_what_the_metadata_says(unit, tree):
    about = notebook(unit, tree).metadata.first_layers
    home = openings.Home.read(ROOT)
    (cell,) = tagged(unit, tree, "header")
    assert cell.source == openings.header(unit.stem, about, tree, home)


@each_unit
@each_tree
def test_the_bootstrap_cell_is_the_common_one(unit, tree):
    (cell,) = tagged(unit, tree, "bootstrap")
    assert cell.source == openings.bootstrap(unit.name, openings.Home.read(ROOT))


@each_unit
@each_tree
def test_the_badge_opens_the_students_notebook(unit, tree):
    home = openings.Home.read(ROOT)
    path = home.repository.removeprefix("https://github.com/")
    badge = f"https://colab.research.google.com/github/{path}/blob/{home.branch}/notebooks/"
    addresses = re.findall(
        r"https://colab\.research\.google\.com/[^)\s]+", notebook(unit, tree).cells[0].source
    )
    assert addresses == [f"{badge}{unit.stem}.ipynb"]


@each_unit
@each_tree
def test_the_parameters_can_be_set_from_outside(unit, tree):
    (cell,) = tagged(unit, tree, "parameters")
    names = re.findall(r"^(\w+) = ", cell.source, re.MULTILINE)
    assert names[:3] == ["fast", "seed", "source"]


# Outputs


@each_unit
@each_tree
def test_no_stored_output_is_an_error(unit, tree):
    failed = [
        named(cell)
        for cell, output in outputs(unit, tree)
        if output.output_type == "error" and "raises-exception" not in tags(cell)
    ]
    assert failed == []


@each_unit
@each_tree
def test_no_stored_output_is_on_stderr(unit, tree):
    noisy = [
        f"{named(cell)}: {output.text[:200]}"
        for cell, output in outputs(unit, tree)
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert noisy == []


@each_unit
def test_every_code_cell_of_a_solution_was_run_in_order(unit):
    counts = [cell.execution_count for cell in code_cells(unit)]
    assert counts == list(range(1, len(counts) + 1))


@each_unit
def test_the_student_gets_no_output_of_an_exercise_or_check(unit):
    cells = code_cells(unit, "notebooks")
    assert all(cell.execution_count is None for cell in cells)
    cleared = [cell for cell in cells if "exercise" in cell.metadata or "check" in tags(cell)]
    assert cleared
    assert all(cell.outputs == [] for cell in cleared)


@each_unit
@each_tree
def test_a_notebook_is_small(unit, tree):
    path = unit.solution if tree == "solutions" else unit.student
    assert path.stat().st_size <= BYTES_OF_A_NOTEBOOK


@each_unit
@each_tree
def test_no_stored_text_holds_a_path_of_a_machine(unit, tree):
    made = notebook(unit, tree)
    texts = [json.dumps(made.metadata), *(json.dumps(cell.metadata) for cell in made.cells)]
    texts += [
        json.dumps(
            {kind: data for kind, data in output.get("data", output).items() if "image" not in kind}
        )
        for _, output in outputs(unit, tree)
    ]
    found = [
        re.search(r"(/root|/work|/home|/tmp|/Users|[A-Z]:\\\\\\\\)[^\"]{0,40}", t) for t in texts
    ]
    assert [match.group() for match in found if match] == []


# Form


def lines_of_code(cell):
    """Count the lines of a cell, without the docstring of an exercise."""
    documented = sum(
        len(ast.get_docstring(node, clean=False).splitlines())
        for node in ast.parse(cell.source).body
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node)
    )
    return len(cell.source.splitlines()) - documented


@each_unit
def test_no_cell_is_long(unit):
    long = {
        named(cell): lines_of_code(cell)
        for cell in code_cells(unit)
        if lines_of_code(cell) > LINES_OF_A_CELL and "bootstrap" not in tags(cell)
    }
    assert long == {}


@each_unit
@each_tree
def test_no_line_of_text_would_be_taken_for_a_comment(unit, tree):
    cells = [cell for cell in notebook(unit, tree).cells if cell.cell_type == "markdown"]
    assert [line for cell in cells for line in cell.source.splitlines() if line[:1] == "%"] == []


@each_unit
@each_tree
def test_every_picture_has_a_caption_and_a_text_instead(unit, tree):
    for cell in images(unit, tree):
        about = cell.metadata.get("mystnb", {})
        assert len(about.get("image", {}).get("alt", "")) >= LETTERS_OF_AN_ALT_TEXT, named(cell)
        assert about.get("figure", {}).get("caption"), named(cell)


@each_unit
@each_tree
def test_no_cell_shows_two_pictures(unit, tree):
    for cell in images(unit, tree):
        assert sum("image/png" in output.get("data", {}) for output in cell.outputs) == 1, named(
            cell
        )


@each_unit
@each_tree
def test_what_describes_a_picture_stands_on_a_cell_with_a_picture(unit, tree):
    shown = {cell.id for cell in images(unit, tree)}
    described = [cell for cell in code_cells(unit, tree) if "mystnb" in cell.metadata]
    assert [named(cell) for cell in described if cell.id not in shown and cell.outputs] == []


@each_unit
@each_tree
def test_no_warning_is_stored(unit, tree):
    outputs = [(cell, output) for cell in code_cells(unit, tree) for output in cell.outputs]
    assert [named(cell) for cell, output in outputs if output.get("name") == "stderr"] == []


@each_unit
@each_tree
def test_prose_is_commonmark_without_directives(unit, tree):
    prose = [cell for cell in notebook(unit, tree).cells if cell.cell_type == "markdown"]
    found = [
        named(cell) for cell in prose if re.search(r"^(:::|```\{)|\{\w+\}`", cell.source, re.M)
    ]
    assert found == []


@each_unit
def test_every_exercise_says_its_tier_minutes_and_points(unit):
    found = [cell.metadata.exercise for cell in code_cells(unit) if "exercise" in cell.metadata]
    assert len({about.id for about in found}) == len(found) > 0
    for about in found:
        assert set(about) == {"id", "tier", "minutes", "points"}
        assert about.tier in {"core", "extension"}
        assert about.minutes > 0
        assert about.points > 0


@each_unit
def test_every_exercise_is_followed_by_its_check(unit):
    cells = [cell for cell in code_cells(unit) if "check" in tags(cell)]
    checks = {"".join(cell.source.split()) for cell in cells}  # a long one is wrapped
    for cell in code_cells(unit):
        if "exercise" in cell.metadata:
            name = cell.metadata.exercise.id
            assert f"{name}=check.{name}({name}).or_ours()" in checks
