"""Is the record of the full run what the solutions ask for, and the page what the record says?"""

from __future__ import annotations

import copy
import dataclasses
import json
import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from helpers.authoring import results
from helpers.authoring.course import Unit, units
from helpers.authoring.execution import ROOT
from helpers.authoring.plans import Picture, Plan, Result, read_plan
from helpers.authoring.results_page import page
from helpers.data.registry import dataset

# A valid PNG: one grey point.
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200817743cd520000000049454e44ae426082"
)


# The project's own


def test_the_record_has_what_every_solution_asks_for():
    assert results.problems(results.read(ROOT), map(read_plan, units())) == []


def test_record_and_page_on_disk_are_what_a_new_writing_gives():
    record = results.read(ROOT)
    assert results.file(ROOT).read_bytes() == results.text(record).encode()
    assert results.page_file(ROOT).read_bytes() == page(record).encode()


def test_the_pictures_on_disk_are_those_that_the_record_names():
    folder = results.pictures_folder(ROOT)
    assert {path.name for path in folder.glob("*")} == results.picture_names(results.read(ROOT))


# Any


def a_plan(tmp_path, **changes):
    fields = {
        "unit": Unit("05_letters", tmp_path),
        "title": "Letters | of all kinds",
        "real": ("notmnist",),
        "results": (
            Result(
                "pairs",
                "len(pairs)",
                "pairs",
                "equal | images",
                5,
                "106 [1](../index.md)",
            ),
            Result("share", "share", "share", "right answers", 0.02),
            Result("took", "seconds", "s", "time of one search"),
        ),
        "pictures": (
            Picture("curve", "A curve:\nover $n$ images.", "It rises,\n  then stays."),
            Picture("bars", "Ten bars.", "All of one height."),
        ),
    }
    return Plan(**fields | changes)


def an_entry(plan):
    values = [
        {"pairs": 1100, "share": 0.91, "took": 1.25},
        {"pairs": 1104, "share": 0.92123456789, "took": 1.5},
        {"pairs": 1103, "share": 0.93, "took": 2.25},
    ]
    return results.entry(plan, values, {"python": "3.11.7", "numpy": "2.4.6"}, 61.7, "2025-11-24")


@pytest.fixture
def plan(tmp_path):
    return a_plan(tmp_path)


@pytest.fixture
def record(plan):
    return {"05_letters": an_entry(plan)}


def test_means_and_values_are_kept_to_sensible_digits(record):
    figures = record["05_letters"]["figures"]
    assert figures["pairs"]["values"] == [1100, 1104, 1103]
    assert figures["pairs"]["mean"] == 1102.33
    assert figures["share"]["values"] == [0.91, 0.921235, 0.93]
    assert figures["share"]["mean"] == 0.920412
    assert record["05_letters"]["seconds"] == 62


def test_a_mean_of_equal_counts_is_a_count(tmp_path):
    plan = a_plan(tmp_path, results=(Result("n", "n", "images", "all", 0),))
    figure = results.entry(plan, [{"n": 3}] * 3, {}, 1, "2025-11-24")["figures"]["n"]
    assert results.text({"x": {"mean": figure["mean"]}}).count("3\n") == 1


def test_a_rerun_with_the_same_figures_changes_only_date_and_seconds(plan, record):
    again = an_entry(plan) | {"date": "2026-01-01", "seconds": 99}
    old = results.text(record).splitlines()
    new = results.text({"05_letters": again}).splitlines()
    changed = [a for a, b in zip(old, new, strict=True) if a != b]
    assert [line.split('"')[1] for line in changed] == ["date", "seconds"]


def test_what_is_written_is_read_again_and_units_stand_by_number(record, tmp_path):
    both = record | {"04_first": record["05_letters"] | {"pictures": {}}}
    results.write(both, tmp_path)
    assert results.read(tmp_path) == both
    assert list(results.read(tmp_path)) == ["04_first", "05_letters"]
    assert not list(tmp_path.rglob("*.part"))


def test_there_may_be_no_record_yet(tmp_path):
    assert results.read(tmp_path) == {}
    assert page({}).splitlines()[-1] == (
        "No unit has been run on the real data yet: `make full` does that."
    )


@pytest.mark.parametrize("content", ["", "{", "[]", '{"05_x": 3}', '{"05_x": {"figures": 3}}'])
def test_a_broken_record_is_told_and_not_taken_for_an_empty_one(tmp_path, content):
    results.file(tmp_path).parent.mkdir()
    results.file(tmp_path).write_text(content)
    with pytest.raises(results.BrokenRecord, match=r"results\.json cannot be read: .*Restore it"):
        results.read(tmp_path)


def test_unchanged_files_are_not_written(record, tmp_path):
    pictures = dict.fromkeys(results.picture_names(record), POINT)
    results.write(record, tmp_path, pictures)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    assert len(before) == 4
    results.write(copy.deepcopy(record), tmp_path, pictures)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before


def test_pictures_that_nothing_names_any_more_go_and_others_stay(record, tmp_path):
    results.write(record, tmp_path, dict.fromkeys(results.picture_names(record), POINT))
    del record["05_letters"]["pictures"]["bars"]
    results.write(record, tmp_path)
    assert [p.name for p in results.pictures_folder(tmp_path).iterdir()] == ["letters_curve.png"]


@pytest.mark.parametrize(
    ("value", "mean", "tolerance", "same"),
    [
        (0.93, 0.92, 0.01, True),  # in floating point their distance is a little more than .01
        (0.9301, 0.92, 0.01, False),
        (0.9099, 0.92, 0.01, False),
        (1 / 3, 0.333333, 0, True),  # the record has six digits
        (5, 5, 0, True),
        (5, 6, 0, False),
        (1e9, 0.0, None, True),
    ],
)
def test_a_value_agrees_up_to_and_with_its_tolerance(value, mean, tolerance, same):
    assert results.agrees(value, mean, tolerance) is same


def test_a_fresh_run_outside_the_tolerance_is_told(record):
    entry = record["05_letters"]
    assert results.departures(entry, {"pairs": 1107, "share": 0.94, "took": 99}) == []
    (sentence,) = results.departures(entry, {"pairs": 1108, "share": 0.94, "took": 99})
    assert sentence == "`pairs` is 1108, and 1102.33 on record (tolerance 5)."


def test_only_means_that_moved_by_more_than_their_tolerance_are_told(record):
    old, new = record["05_letters"], copy.deepcopy(record["05_letters"])
    assert results.moved(None, new) == results.moved(old, new) == []
    new["figures"]["share"]["mean"], new["figures"]["took"]["mean"] = 0.95, 99
    assert results.moved(old, new) == [
        "`share` moved by more than its tolerance (0.02): 0.920412 before, 0.95 now."
    ]
    del old["figures"]["share"]
    assert results.moved(old, new) == []


def test_a_record_that_fits_has_no_problems(record, plan):
    assert results.problems(record, [plan]) == []


def changed(plan, name, **changes):
    made = [dataclasses.replace(r, **changes) if r.name == name else r for r in plan.results]
    return dataclasses.replace(plan, results=tuple(made))


def test_whatever_the_record_lacks_or_has_too_much_is_told(record, plan, tmp_path):
    run, renew = "run `make full UNIT=05_letters`.", "run `make results`."
    cases = [
        (plan, {}, run),
        (a_plan(tmp_path, results=(), pictures=()), record, renew),
        (changed(plan, "pairs", value="len(all_pairs)"), record, run),
        (a_plan(tmp_path, real=("mnist",)), record, run),
        (a_plan(tmp_path, pictures=(*plan.pictures, Picture("more", "c", "a"))), record, run),
        (a_plan(tmp_path, pictures=plan.pictures[::-1]), record, renew),
        (a_plan(tmp_path, title="Other"), record, renew),
        (changed(plan, "pairs", text="other words"), record, renew),
        (changed(plan, "pairs", source=None), record, renew),
        (changed(plan, "share", tolerance=0.03), record, renew),
    ]
    for asked, kept, what in cases:
        (problem,) = results.problems(kept, [asked])
        assert problem.startswith("05_letters") and problem.endswith(what), problem


def test_other_content_of_a_data_set_or_other_seeds_ask_for_a_run(record, plan):
    for changes in [{"data": {"notmnist": "sha256:0"}}, {"seeds": [1]}]:
        (problem,) = results.problems({"05_letters": record["05_letters"] | changes}, [plan])
        assert "run `make full UNIT=05_letters`" in problem


def test_seeds_farther_apart_than_the_tolerance_are_a_problem(record, plan):
    narrow = changed(plan, "share", tolerance=0.005)
    (problem,) = results.problems(results.renewed(record, [narrow]), [narrow])
    assert "`share` is 0.91, 0.921235, 0.93 with the seeds" in problem
    assert "Widen it" in problem


def test_renewing_keeps_what_was_measured_and_drops_what_is_gone(record, plan, tmp_path):
    fewer = changed(a_plan(tmp_path, results=plan.results[::-1][:2]), "share", text="new words")
    (entry,) = results.renewed(record, [fewer]).values()
    assert list(entry["figures"]) == ["took", "share"]
    old = record["05_letters"]["figures"]["share"]
    assert entry["figures"]["share"] == old | {"text": "new words"}
    assert results.renewed(record, []) == {}


def test_the_page_shows_each_figure_with_spread_tolerance_and_what_it_stands_beside(record):
    shown = page(record)
    assert "## 05 Letters | of all kinds" in shown
    rows = [line for line in shown.splitlines() if line.startswith("| ")][1:]
    assert rows == [
        "| equal \\| images | pairs | 1,102.3 | 1,100&nbsp;to&nbsp;1,104 | 5 "
        "| 106 [1](../index.md) |",
        "| right answers | share | 0.920 | 0.910&nbsp;to&nbsp;0.930 | 0.02 |  |",
        "| time of one search | s | 1.67 | 1.25&nbsp;to&nbsp;2.25 |  |  |",
    ]
    assert "2025-11-24 (UTC), seeds 1, 2, 3, 62 s in all." in shown
    assert "numpy 2.4.6, python 3.11.7." in shown
    digest = dataset("notmnist").content.removeprefix("sha256:")
    assert f"notMNIST_small (content {digest[:12]})" in shown


def test_without_published_figures_the_page_has_no_column_for_them(plan):
    bare = tuple(dataclasses.replace(result, source=None) for result in plan.results)
    shown = page({"05_letters": an_entry(dataclasses.replace(plan, results=bare))})
    assert "| equal \\| images | pairs | 1,102.3 | 1,100&nbsp;to&nbsp;1,104 | 5 |\n" in shown
    assert "beside it" not in shown


def test_the_page_shows_each_picture_with_caption_and_text_in_one_line(record):
    first, second = page(record).split("```{figure} ")[1:]
    assert first.splitlines() == [
        "_static/real/letters_curve.png",
        ":alt: It rises, then stays.",
        "",
        "A curve: over $n$ images.",
        "```",
        "",
    ]
    assert second.startswith("_static/real/letters_bars.png\n:alt: All of one height.\n")


def test_the_page_builds_without_a_warning(record, tmp_path):
    results.write(record, tmp_path, dict.fromkeys(results.picture_names(record), POINT))
    notebook = new_notebook(cells=[new_markdown_cell("# Letters")])
    (tmp_path / "solutions").mkdir()
    nbformat.write(notebook, tmp_path / "solutions" / "05_letters.ipynb")
    (tmp_path / "index.md").write_text(
        "# All\n```{toctree}\nbook/results\nsolutions/05_letters\n```"
    )
    (tmp_path / "conf.py").write_text(
        "extensions = ['myst_nb']\nnb_execution_mode = 'off'\n"
        "myst_enable_extensions = ['dollarmath']\n"
    )
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "-n", "--keep-going", "-b", "html"]
    done = subprocess.run(
        [*build, str(tmp_path), str(tmp_path / "_html")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "_html" / "book" / "results.html").read_text(encoding="utf-8")
    assert html.count("<img") == 2
    assert 'alt="It rises, then stays."' in html
    assert 'href="../solutions/05_letters.html"' in html
    assert '<td class="text-right"><p>1,102.3</p></td>' in html
    assert html.count("<li><p><strong>") == 4
    assert re.search(r'<table class="[^"]*\bmeasured\b', html)
    assert "1,100\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}1,104" in html


def test_the_record_is_plain_json(record):
    assert json.loads(results.text(record)) == record
