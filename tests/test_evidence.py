"""Is the page on how we know that the book works true today?"""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.authoring import evidence, results
from helpers.authoring.course import Unit, units
from helpers.authoring.execution import ROOT
from tests.banks import Entry


def test_the_page_on_disk_is_what_a_new_writing_gives():
    written = (ROOT / "book" / "how_we_know.md").read_text(encoding="utf-8")
    assert written == evidence.page(units(), results.read(ROOT))


def test_answers_are_counted_by_exercise_and_kind():
    entries = [
        Entry("add", None, int),
        Entry("add", "sign", int),
        Entry("divide", "by_zero", int),
        Entry("add", "sign", int),
        Entry("add", "carry", int),
    ]
    assert evidence.counts(entries) == {"add": (1, 3, 2), "divide": (0, 1, 1)}


def test_cells_are_counted_by_what_is_compared(tmp_path):
    (tmp_path / "solutions").mkdir()
    said = [new_output("stream", text="1")]
    cells = [
        new_code_cell("1", outputs=said),
        new_code_cell("2"),
        new_code_cell("3", outputs=said, metadata={"tags": ["nbval-ignore-output"]}),
        new_code_cell("4", metadata={"tags": ["nbval-ignore-output"]}),
    ]
    unit = Unit("09_sums", tmp_path)
    nbformat.write(new_notebook(cells=cells), unit.solution)
    assert "| 09 | 4 | 1 | 1 |\n| **all** | **4** | **1** | **1** |\n" in evidence._table_of_cells(
        [unit]
    )
