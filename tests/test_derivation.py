"""Does the student's notebook keep all that is given, and nothing of an answer?"""

from __future__ import annotations

import ast
import copy
import html
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.authoring.course import Unit, read_source
from helpers.authoring.derivation import derive
from helpers.authoring.leaks import find_leaks, scan_folder
from helpers.authoring.markers import DerivationError

FILE = "solutions/00_tiny.py"
ANSWER = "    return math.sqrt(x + 1)  # SOLUTION"
EXERCISE = f'import numpy as np\n\n\ndef tiny(x):\n    """Return it."""\n{ANSWER}'


KNOWN_BUGS = {}


@pytest.fixture(autouse=True)
def known_bug(request):
    """Expect a test to fail as long as the bug that it shows is listed."""
    if request.node.name in KNOWN_BUGS:
        request.applymarker(pytest.mark.xfail(strict=True, reason="see KNOWN_BUGS"))


def code(source, *tags, outputs=(), **metadata):
    return new_code_cell(
        source,
        execution_count=7,
        outputs=list(outputs),
        metadata={"tags": list(tags)} | metadata if tags else metadata,
    )


def text(words):
    return new_output("stream", text=words)


def notebook(*cells, **metadata):
    made = new_notebook(cells=[new_markdown_cell("# Tiny"), code("import math\nimport os"), *cells])
    made.metadata.update(metadata)
    return made


def exercise(source=EXERCISE, **metadata):
    return code(source, "exercise", outputs=[text("said")], exercise={"id": "tiny"}, **metadata)


def student(*cells, **metadata):
    return derive(notebook(*cells, **metadata), FILE).student


def test_the_solution_itself_is_not_changed():
    solution = notebook(exercise())
    before = copy.deepcopy(solution)
    derive(solution, FILE)
    assert solution == before


@pytest.mark.parametrize("cell", [code("tiny(2)", "solution"), new_markdown_cell("Add one to it.")])
def test_a_cell_tagged_solution_goes_away(cell):
    cell.metadata["tags"] = ["solution"]
    kept = student(exercise(), cell, code("x = 1")).cells
    assert [c.source for c in kept][3:] == ["x = 1"]


@pytest.mark.parametrize(
    "prose",
    ["It's the root (of x + 1", "```python\nx = (\n```", "- a\n    b\n  c"],
    ids=["bracket", "fence", "list"],
)
def test_prose_tagged_solution_need_not_be_python(prose):
    cell = new_markdown_cell(prose, metadata={"tags": ["solution"]})
    assert len(student(exercise(), cell).cells) == 3


def test_folds_of_a_solution_in_prose_may_stand_elsewhere():
    fold = "<details><summary>Answer</summary>\n\n{}\n\n</details>"
    cell = new_markdown_cell(fold.format("One more, then the root of it all."))
    cell.metadata["tags"] = ["solution"]
    assert len(student(exercise(), cell, new_markdown_cell(fold.format("Yes."))).cells) == 4


def test_outputs_of_exercises_and_checks_are_cleared_and_others_kept():
    shown = new_output("execute_result", {"text/plain": "3"}, execution_count=7)
    cells = student(
        exercise(),
        code("check(tiny)", "check", outputs=[text("passed")]),
        code("guess = 5  # SOLUTION\npredict(guess)", "guess", outputs=[text("Noted")]),
        code("1 + 2", outputs=[shown]),
    ).cells[2:]
    assert [len(cell.outputs) for cell in cells] == [0, 0, 0, 1]
    assert cells[3].outputs[0].data == {"text/plain": "3"}


def test_no_execution_count_is_left():
    shown = new_output("execute_result", {"text/plain": "3"}, execution_count=7)
    made = nbformat.writes(student(exercise(), code("1 + 2", outputs=[shown])))
    assert '"execution_count": 7' not in made
    assert '"execution_count": null' in made


def test_a_students_notebook_is_not_paired():
    made = student(
        exercise(), jupytext={"formats": "ipynb,py:percent"}, first_layers={"title": "T"}
    )
    assert "jupytext" not in made.metadata
    assert made.metadata["first_layers"] == {"title": "T"}


def test_what_the_full_run_measures_is_not_the_students():
    asked = {"title": "T", "real": "mnist", "results": [{"value": "math.sqrt(x + 1)"}]}
    drawn = code("print(3)", real_figure={"name": "curve", "alt": "It is math.sqrt(x + 1)."})
    made = student(exercise(), drawn, first_layers=asked)
    assert made.metadata["first_layers"] == {"title": "T"}
    assert "real_figure" not in made.cells[-1].metadata
    assert asked["results"] and "real_figure" in drawn.metadata  # the solution keeps them


def test_deriving_again_removes_nothing_more():
    from helpers.authoring.markers import Place, blank_out

    guess = code("guess = 5  # SOLUTION\nsee(guess)", "guess")
    for cell in student(exercise(), guess).cells:
        assert blank_out(cell.source, Place(FILE, 1)) == (cell.source, [])


# The module of the book's own answers


def reference(*cells):
    return derive(notebook(*cells), FILE).reference


def names(source):
    module = {}
    exec(compile(source, "reference", "exec"), module)
    return module


def test_the_reference_module_holds_the_answers_without_markers():
    made = reference(exercise())
    assert "SOLUTION" not in made
    assert names(made)["tiny"](3) == 2


def test_the_reference_module_imports_only_what_it_uses():
    imported = [n for n in ast.walk(ast.parse(reference(exercise()))) if isinstance(n, ast.Import)]
    assert [alias.name for node in imported for alias in node.names] == ["math"]


def test_an_answer_in_keras_imports_it_only_when_it_is_called():
    first = "from keras import layers\nimport numpy as np"
    source = 'def tiny(x):\n    """Do it."""\n    return layers.Dense(np.abs(x))  # SOLUTION'
    made = reference(code(first), exercise(source))
    assert [n.names[0].name for n in ast.parse(made).body if hasattr(n, "names")] == ["numpy"]
    assert '"""Do it."""\n    from keras import layers\n    return' in made


def test_a_class_in_keras_finds_its_base():
    source = "class tiny(keras.Model):\n    size = 3  # SOLUTION"
    assert "\nimport keras\n" in reference(code("import keras"), exercise(source))


def test_the_reference_module_keeps_classes_values_and_regions():
    source = (
        "SIZE: int = 3  # SOLUTION\nW = [\n    1,\n]\n\n\nclass Box:\n    def size(self):\n"
        "        # BEGIN SOLUTION\n        double = 2 * SIZE\n        return double\n"
        "        # END SOLUTION"
    )
    module = names(reference(exercise(), code(source, "reference")))
    assert module["Box"]().size() == 6
    assert module["W"] == [1]


def test_an_exercise_may_be_an_async_function():
    source = "async def tiny(x):\n    return await x  # SOLUTION"
    assert "async def tiny" in reference(exercise(source))


def test_a_name_on_a_line_that_starts_with_percent_is_imported():
    source = "def tiny(x):\n    return (\n        x\n        % math.pi\n    )  # SOLUTION"
    assert names(reference(exercise(source)))["tiny"](1) == 1


@pytest.mark.parametrize("cell", ["%%bash\nls -l", "%%html\n<b>bold</b>"], ids=["bash", "html"])
def test_a_cell_in_another_language_is_let_alone(cell):
    assert student(exercise(), code(cell)).cells[3].source == cell


# Errors of a whole notebook, with the line in the real file

TOP = """# %% [markdown]
# # Tiny

# %%
import math

# %% tags=["exercise"] exercise={"id": "t"}
"""
GOOD = "def tiny(x):\n    return x + math.pi  # SOLUTION\n"
WRONG = {
    "nothing removed": (TOP + ">>def tiny(x):\n    return x\n", 3, "leaves nothing to do"),
    "blank lines above": (TOP + "\n\n>>def tiny(x):\n    return x\n", 3, "leaves nothing to do"),
    "statement": (TOP + GOOD + "\n\n>>tiny(3)\n", 3, "functions, classes and named values"),
    "statement after a region": (
        TOP + "def f():\n    # BEGIN SOLUTION\n    x = 1\n    # END SOLUTION\n\n\n>>f()\n",
        3,
        "functions, classes and named values",
    ),
    "marker in prose": (
        TOP + GOOD + "\n# %% [markdown]\n# One\n>># h = 1 # SOLUTION\n",
        4,
        "a marker in prose",
    ),
    "invalid Python without marker": (
        TOP + GOOD + "\n# %%\nx = 1\n>>x = = 2\n",
        4,
        "not valid Python",
    ),
}


def error_of(file_text, tmp_path):
    unit = Unit("00_tiny", tmp_path)
    unit.source.parent.mkdir()
    unit.source.write_text(file_text, encoding="utf-8")
    cells, offsets = read_source(unit)
    with pytest.raises(DerivationError) as caught:
        derive(cells, unit.file, offsets)
    return str(caught.value)


@pytest.mark.parametrize("name", WRONG)
def test_an_error_names_file_cell_and_line(name, tmp_path):
    source, cell, word = WRONG[name]
    line = 1 + [line.startswith(">>") for line in source.splitlines()].index(True)
    error = error_of(source.replace(">>", ""), tmp_path)
    assert error.startswith(f"{FILE}, cell {cell}, line {line}: ")
    assert word in error


def test_a_notebook_without_exercise_is_refused(tmp_path):
    error = error_of("# %%\nx = 1\n\n# %%\ny = 2  # SOLUTION\n", tmp_path)
    assert error.startswith(f"{FILE}, cell 2, line ")
    assert "no cell is an exercise" in error


# The leak scan: where an answer may hide

LONG = "learned = np.all((o > 0.5) == target)"
SHORT = "return 2 * x"


def places(line):
    """Return notebooks, as they lie on disk, each with the line in another place."""
    html_output = new_output("display_data", {"text/html": f"<pre>{html.escape(line)}</pre>"})
    coloured = new_output(
        "display_data", {"text/html": f"<b>{html.escape(line[:4])}</b>{html.escape(line[4:])}"}
    )
    failed = new_output("error", ename="E", evalue="e", traceback=["----> 1", f"    {line}", ""])
    cells = {
        "the middle of a cell": code(f"def f(x):\n    {line}\n\ny = 1"),
        "the last line of a cell": code(f"def f(x):\n    {line}"),
        "a line with a comment": code(f"    {line}  # at last\ny = 1"),
        "a comment": code(f"# {line}\ny = 1"),
        "an output": code("f", outputs=[text(f"def f(x):\n    {line}\n")]),
        "an HTML output": code("f", outputs=[html_output]),
        "a coloured HTML output": code("f", outputs=[coloured]),
        "a traceback": code("f", outputs=[failed]),
        "the metadata of a cell": code("f", answer=line),
        "a list in the metadata": code("f", answers=["x", line]),
        "a key of the metadata": code("f", answers={line: 1}),
        "prose": new_markdown_cell(f"Write\n\n    {line}\n\nthere."),
        "a list in prose": new_markdown_cell(f"- `{line}`"),
        "the name of an attachment": new_markdown_cell("f", attachments={line: {"image/png": "a"}}),
    }
    files = {name: nbformat.writes(new_notebook(cells=[cell])) for name, cell in cells.items()}
    files["the metadata of the notebook"] = nbformat.writes(notebook(answer=line))
    files["the twin"] = f"# %%\ndef f(x):\n    {line}\n"
    files["prose of the twin"] = f"# %% [markdown]\n# Write\n#\n#     {line}\n"
    whole = {"cells": [{"source": f"def f(x):\n    {line}\ny = 1"}]}
    files["a source of one string"] = json.dumps(whole, indent=2)
    return files


@pytest.mark.parametrize("line", [LONG, SHORT])
@pytest.mark.parametrize("place", places(LONG))
def test_an_answer_is_found_in(place, line):
    assert find_leaks(places(line)[place], [line]) == [line]


@pytest.mark.parametrize("place", places(LONG))
def test_no_answer_is_found_where_none_is_in(place):
    assert find_leaks(places("total = total + 1")[place], [LONG, SHORT]) == []


@pytest.mark.parametrize(
    "line",
    [
        'guess = "it jumps over the valley"',
        'guess = "OR"',
        'print("no end\\n")',
        'pattern = re.compile(r"(\\d+)\\n")',
        "größe = σ(z) + ½",
        'print(f"{loss:.2f} after {epoch!r}")',
        "path = 'C:\\\\data'",
        "mark = '\"'",
    ],
    ids=["long", "short", "newline", "regex", "letters", "f-string", "backslash", "quote"],
)
def test_quotes_escapes_and_letters_hide_nothing(line):
    cell = code(f"def f(x):\n    {line}")
    written = nbformat.writes(new_notebook(cells=[cell]))
    for file in [written, json.dumps(json.loads(written)), f"def f(x):\n    {line}\n"]:
        assert find_leaks(file, [line]) == [line]


@pytest.mark.parametrize(
    "spelled",
    [
        "h=np.exp( -z )+'a'",
        'h = np.exp(-z) + "a"',
        'h\t= np.exp(\n    -z\n) + "a"',
        'if x: h = np.exp(-z) + "a"',
        repr('def f():\n    h = np.exp(-z) + "a"\n'),
    ],
    ids=["single quotes", "as it is", "wrapped", "after a colon", "repr"],
)
def test_spaces_and_kinds_of_quotes_make_no_difference(spelled):
    cell = code("f", outputs=[text(spelled)])
    assert find_leaks(nbformat.writes(new_notebook(cells=[cell])), ['h = np.exp(-z) + "a"'])


def answers(answer):
    source = f"def tiny(x):\n    # BEGIN SOLUTION\n    {answer}\n    # END SOLUTION"
    return derive(notebook(exercise(source)), FILE).answers


@pytest.mark.parametrize("joined", [False, True])
def test_a_wrapped_answer_of_short_pieces_is_found(joined):
    wrapped = "h = (\n        first\n        + second\n        + third\n    )"
    leaked = "h = first + second + third" if joined else wrapped
    assert find_leaks(nbformat.writes(notebook(code(leaked))), answers(wrapped))


def test_an_answer_is_known_without_its_comment():
    for answer in ["h = x + 1  # up", "h = x + 1 # up", "h = x + 1  # up  # and up"]:
        assert find_leaks("h = x + 1\n", answers(answer))


def test_a_hash_in_a_string_does_not_cut_an_answer_short():
    assert find_leaks('print("a  # b")\n', answers('print("a  # b")'))
    assert not find_leaks('print("a")\n', answers('print("a  # b")'))


@pytest.mark.parametrize(
    "given",
    [
        "return h",
        "return h, o",
        "return",
        "for i in range(n):\n        pass",
        "while True:\n        break",
        "try:\n        pass\n    except ValueError:\n        pass",
        "with x:\n        pass",
        "use(\n        h,\n        rng,\n    )",
        "both = (\n        h\n        + o\n    )",
    ],
    ids=["return", "return two", "bare return", "for", "while", "try", "with", "call", "sum"],
)
def test_trivial_lines_are_no_leak(given):
    plain = [line.strip() for line in given.splitlines()]
    cells = "\n".join(["h", "h,", "rng,", ")", "+ o", *plain[:1], *plain[-1:]])
    if len(plain) > 2 and "(" in given.splitlines()[0]:
        cells = "\n".join(["see(", *plain[1:]])
    assert find_leaks(cells, answers(given)) == []


def test_a_marker_is_a_leak():
    for marker in ["# SOLUTION", "# BEGIN SOLUTION", "#END SOLUTION"]:
        assert find_leaks(f"x = 1  {marker}\n", [])


@pytest.mark.parametrize("hidden", ["output", "metadata", "prose", "notebook"])
def test_deriving_refuses_an_answer_that_is_left(hidden):
    bare = ANSWER.replace("# SOLUTION", "").strip()
    cells = {
        "output": code("show(tiny)", outputs=[text(f"...\n    {bare}\n")]),
        "metadata": code("x = 1", answer=bare),
        "prose": new_markdown_cell(f"Think of `{bare}`."),
        "notebook": code("x = 1"),
    }
    metadata = {"answer": bare} if hidden == "notebook" else {}
    with pytest.raises(DerivationError, match="an answer is left"):
        student(exercise(), cells[hidden], **metadata)


def test_the_scan_of_a_folder_looks_into_checkpoints_and_twins(tmp_path):
    kept = tmp_path / ".ipynb_checkpoints" / "00_tiny-checkpoint.ipynb"
    kept.parent.mkdir()
    kept.write_text(nbformat.writes(notebook(code(LONG))), encoding="utf-8")
    twin = tmp_path / "00_tiny.py"
    twin.write_text(f"{LONG}\n", encoding="utf-8")
    (tmp_path / "other.py").write_text("x = 1\n", encoding="utf-8")
    assert scan_folder(tmp_path, [LONG]) == {kept: [LONG], twin: [LONG]}
