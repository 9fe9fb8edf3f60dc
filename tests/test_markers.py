"""Is every answer that an author marks taken out, and every marker that does not fit refused?"""

from __future__ import annotations

import ast
import random
import textwrap

import pytest

from helpers.authoring.course import Unit, read_source
from helpers.authoring.derivation import derive
from helpers.authoring.markers import DerivationError, Place, blank_out, strip_markers

HERE = Place("solutions/00_tiny.py", 3)

compound = pytest.mark.xfail(
    strict=True,
    raises=SyntaxError,
    reason="a compound statement in a region: its inner block is filled with dots as well",
)
tabs = pytest.mark.xfail(strict=True, raises=SyntaxError, reason="dots are indented by spaces")
shared = pytest.mark.xfail(strict=True, reason="what shares a line with an answer goes with it")
almost = pytest.mark.xfail(strict=True, reason="not seen as an almost-marker")


def blanked(source: str) -> str:
    return blank_out(textwrap.dedent(source).strip("\n"), HERE)[0]


def removed(source: str) -> list[str]:
    return blank_out(textwrap.dedent(source).strip("\n"), HERE)[1]


def clean(source: str) -> str:
    return textwrap.dedent(source).strip("\n")


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        ("h = f(x)  # SOLUTION", "h = ..."),
        ("h: float = f(x)  # SOLUTION", "h: float = ..."),
        ("self.h = f(x)  # SOLUTION", "self.h = ..."),
        ("h[0, 1:] = f(x)  # SOLUTION", "h[0, 1:] = ..."),
        ("a = b = f(x)  # SOLUTION", "a = b = ..."),
        ("a = h[0] = f(x)  # SOLUTION", "a = h[0] = ..."),
        ("fill(x)  # SOLUTION", "..."),
        ("h = lambda x: x + 1  # SOLUTION", "h = ..."),
        ('h = f"{x!r:>{width}} is # {y}"  # SOLUTION', "h = ..."),
        ("größe = 'é' + x  # SOLUTION", "größe = ..."),
        ("h = (y := f(x))  # SOLUTION", "h = ..."),
        ("h = 1 + \\\n    f(x)  # SOLUTION", "h = ..."),
    ],
)
def test_what_a_marked_statement_becomes(line, blank):
    assert blanked(line) == blank


@pytest.mark.parametrize("value", [" f(x)", "", " a, b", " (\n        f(x)\n    )"])
def test_a_marked_return_stays_a_return(value):
    source = f"def g(x):\n    return{value}  # SOLUTION"
    assert blank_out(source, HERE)[0] == "def g(x):\n    return ..."


@pytest.mark.parametrize(
    "source",
    [
        "h = f(  # SOLUTION\n    x,\n    y,\n)\nz = 1",
        "h = f(\n    x,  # SOLUTION\n    y,\n)\nz = 1",
        "h = f(\n    x,\n    # SOLUTION\n    y,\n)\nz = 1",
        "h = f(\n    x,\n    y,\n)  # SOLUTION\nz = 1",
        'h = """\n# SOLUTION\n"""  # SOLUTION\nz = 1',
        "h = (\n    x\n    % y\n)  # SOLUTION\nz = 1",
        "h = [\n    # of the two, the first\n    x,\n    y,\n]  # SOLUTION\nz = 1",
    ],
)
def test_a_marker_covers_its_whole_statement_however_wrapped(source):
    assert blanked(source) == "h = ...\nz = 1"


def test_no_prompt_leaves_nothing():
    assert blanked("a = 1\nb = (\n    2\n)  # SOLUTION NO PROMPT\nc = 3") == "a = 1\nc = 3"


def test_begin_and_end_take_all_between_them():
    assert blanked("a = 1\n# BEGIN SOLUTION\nb = 2\n\n# why\nc = 3\n# END SOLUTION\nd = 4") == (
        "a = 1\nd = 4"
    )


def test_two_regions_in_one_cell():
    source = (
        "# BEGIN SOLUTION\na = 1\n# END SOLUTION\nb = 2\n# BEGIN SOLUTION\nc = 3\n# END SOLUTION"
    )
    assert blanked(source) == "b = 2"


def test_the_author_learns_what_was_removed():
    assert removed("a = 1\nb = (\n    2\n)  # SOLUTION") == ["b = (", "    2", ")  # SOLUTION"]


BLOCKS = {
    "function": "def f(x):\n    {}",
    "function with docstring": 'def f(x):\n    """Return."""\n    {}',
    "async function": "async def f(x):\n    {}",
    "decorated function": "@cache\ndef f(x):\n    {}",
    "method": "class A:\n    def f(self):\n        {}",
    "class body": "class A:\n    {}",
    "for": "for x in y:\n    {}",
    "while": "while x:\n    {}",
    "if": "if x:\n    {}\ny = 1",
    "else of if": "if x:\n    y = 1\nelse:\n    {}",
    "elif": "if x:\n    y = 1\nelif z:\n    {}\nelse:\n    y = 2",
    "else of for": "for x in y:\n    z = 1\nelse:\n    {}",
    "with": "with x:\n    {}",
    "try": "try:\n    {}\nexcept ValueError:\n    y = 1",
    "except": "try:\n    y = 1\nexcept ValueError:\n    {}",
    "else of try": "try:\n    y = 1\nexcept ValueError:\n    y = 2\nelse:\n    {}",
    "finally": "try:\n    y = 1\nfinally:\n    {}",
    "case": "match x:\n    case 1:\n        {}\n    case _:\n        y = 1",
    "function in a loop": "for x in y:\n    def f(z):\n        {}",
}


def put(block: str, *lines: str) -> str:
    indent = block.splitlines()[[line.strip() for line in block.splitlines()].index("{}")]
    return block.replace("{}", ("\n" + indent[: -len("{}")]).join(lines))


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize(
    "lines",
    [
        ["z = 3  # SOLUTION NO PROMPT"],
        ["z = (  # SOLUTION NO PROMPT", "    3", ")"],
        ["# BEGIN SOLUTION", "z = 3", "w = z", "# END SOLUTION"],
        ["z = 3  # SOLUTION NO PROMPT", "w = 4  # SOLUTION NO PROMPT"],
    ],
)
def test_dots_stand_where_a_block_would_be_empty(name, lines):
    assert blanked(put(BLOCKS[name], *lines)) == put(BLOCKS[name], "...")


@pytest.mark.parametrize("name", BLOCKS)
def test_no_dots_stand_where_something_is_left(name):
    source = put(BLOCKS[name], "# BEGIN SOLUTION", "z = 3", "# END SOLUTION", "w = 4")
    assert blanked(source) == put(BLOCKS[name], "w = 4")


COMPOUND = {
    "for": ["for i in x:", "    use(i)"],
    "if and else": ["if x:", "    y = 1", "else:", "    y = 2"],
    "function": ["def g(i):", "    return i"],
    "decorated function": ["@cache", "def g(i):", "    return i"],
    "class": ["class B:", "    def g(self):", "        return 1"],
    "try": ["try:", "    y = 1", "except ValueError:", "    y = 2", "finally:", "    y = 3"],
    "nested loops": ["for i in x:", "    for j in i:", "        use(j)", "    use(i)"],
    "match": ["match x:", "    case 1:", "        y = 1"],
    "with": ["with x as y:", "    y.z = 1"],
}


@pytest.mark.parametrize("name", COMPOUND)
def test_a_region_may_hold_a_compound_statement(name):
    region = ["# BEGIN SOLUTION", *COMPOUND[name], "# END SOLUTION"]
    assert blanked("\n".join([*region, "last = 1"])) == "last = 1"
    block = BLOCKS["function"]
    assert blanked(put(block, *region)) == put(block, "...")
    assert blanked(put(block, *region, "return y")) == put(block, "return y")


def test_a_region_may_hold_the_only_loop_of_a_loop():
    source = put(BLOCKS["for"], "# BEGIN SOLUTION", *COMPOUND["for"], "# END SOLUTION")
    assert blanked(source) == put(BLOCKS["for"], "...")


def test_inner_and_outer_blocks_that_lose_all_keep_one_line_each():
    source = """
    def f(x):
        if x:
            # BEGIN SOLUTION
            y = 1
            # END SOLUTION
        else:
            y = 2  # SOLUTION NO PROMPT
    """
    assert blanked(source) == "def f(x):\n    if x:\n        ...\n    else:\n        ..."


@pytest.mark.parametrize(
    "magic", ["%matplotlib inline", "!pip install x", "%%time", "%timeit f(x)"]
)
def test_magics_pass_unchanged(magic):
    assert blanked(f"{magic}\nh = f(x)  # SOLUTION\ny = 2") == f"{magic}\nh = ...\ny = 2"


def test_an_indented_magic_passes_unchanged():
    source = "for x in y:\n    %timeit f(x)\n    h = f(x)  # SOLUTION"
    assert blanked(source) == "for x in y:\n    %timeit f(x)\n    h = ..."


@pytest.mark.parametrize(
    "source",
    [
        'print("h = 1  # SOLUTION")',
        'x = """\n# BEGIN SOLUTION\n"""',
        'x = f"{y} # SOLUTION"',
        "x = 'a # SOLUTION NO PROMPT'",
        "# The SOLUTION is below.",
        "x = 1  # solution of the equation",
        "# solutions to XOR: there are many",
    ],
)
def test_what_only_looks_like_a_marker_in_a_string_or_sentence_is_none(source):
    assert blank_out(source, HERE) == (source, [])


def test_a_cell_without_marker_comes_back_as_it_is():
    source = "x = 1   # oddly    spaced\n\n\n\ny=2\n\n"
    assert blank_out(source, HERE) == (source, [])


def test_windows_line_endings_make_no_difference():
    source = "if x:\n    h = 1  # SOLUTION\n# BEGIN SOLUTION\ny = 2\n# END SOLUTION\nz = 3\n"
    expected = "if x:\n    h = ...\nz = 3"
    assert blank_out(source.replace("\n", "\r\n"), HERE)[0] == expected


def test_tabs_indent_as_well_as_spaces():
    source = "def f():\n\tif x:\n\t\th = 1  # SOLUTION NO PROMPT\n\treturn 1  # SOLUTION"
    assert blank_out(source, HERE)[0] == "def f():\n\tif x:\n\t\t...\n\treturn ..."


def test_an_elif_may_go_away_whole():
    source = "if a:\n    x = 1\n# BEGIN SOLUTION\nelif b:\n    x = 2\n# END SOLUTION\ny = 1"
    assert blanked(source) == "if a:\n    x = 1\ny = 1"


def test_comments_beside_an_answer_stay_unless_they_stand_in_it():
    source = "# above\nh = [\n    # within\n    1,\n]  # SOLUTION\n# below"
    assert blanked(source) == "# above\nh = ...\n# below"


def test_a_match_statement_keeps_its_cases():
    source = "match x:\n    case [a, b]:\n        y = a + b  # SOLUTION\n    case _:\n        y = 0"
    assert blanked(source) == source.replace("a + b  # SOLUTION", "...")


SMALL = [
    "h = f(x)",
    "y = (\n    1\n)",
    "use(x)",
    "z.w = 2",
    "for i in x:\n    use(i)",
    "if x:\n    y = 2",
]


def random_cell(rng):
    """Return a cell of small statements, some of them in a region, and what must be left of it."""
    given, cell = [], []
    for number in range(rng.randint(2, 7)):
        statement = rng.choice(SMALL) + f"\nlast{number} = {number}"
        if rng.random() < 0.5:
            cell += ["# BEGIN SOLUTION", *statement.splitlines(), "# END SOLUTION"]
        else:
            cell += statement.splitlines()
            given += statement.splitlines()
    if rng.random() < 0.5:
        cell = ["def g(x):", *("    " + line for line in cell)]
        given = ["def g(x):", *("    " + line for line in given or ["..."])]
    return cell, given


def test_random_cells_keep_what_is_given_and_lose_what_is_marked():
    rng = random.Random(0)
    for _ in range(200):
        cell, given = random_cell(rng)
        student, lost = blank_out("\n".join(cell), HERE)
        assert student.splitlines() == given
        assert len(lost) + len(given) == len(cell) + ("    ..." in given)
        assert blank_out(student, HERE) == (student, [])


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("h = 1  # SOLUTION", "h = 1"),
        ("h = 1  # SOLUTION NO PROMPT", "h = 1"),
        ("# BEGIN SOLUTION\nh = 1\n# END SOLUTION", "h = 1"),
        ("h = (\n    1,\n    # SOLUTION\n)", "h = (\n    1,\n)"),
        ("h = 1  # why", "h = 1  # why"),
        ('h = "# SOLUTION"', 'h = "# SOLUTION"'),
        ("h = 'é'  # SOLUTION", "h = 'é'"),
    ],
)
def test_the_solution_without_markers_keeps_its_answers(source, plain):
    assert strip_markers(source) == plain
    ast.parse(strip_markers(source))


# Each cell with the line that the error must name (it starts with >>) and a word of the message.
WRONG = {
    "unclosed": (">># BEGIN SOLUTION\nx = 1", "never closed"),
    "nested": (
        "# BEGIN SOLUTION\nx = 1\n>># BEGIN SOLUTION\ny = 1\n# END SOLUTION\n# END SOLUTION",
        "nested",
    ),
    "stray END": ("x = 1\n>># END SOLUTION", "no `# BEGIN SOLUTION` before"),
    "BEGIN too far left": (
        "def f():\n>># BEGIN SOLUTION\n    x = 1\n    # END SOLUTION",
        "indented by 0",
    ),
    "END too far left": (
        "def f():\n    # BEGIN SOLUTION\n    x = 1\n>># END SOLUTION",
        "indented by 0",
    ),
    "END too far right": ("# BEGIN SOLUTION\nx = 1\n>>    # END SOLUTION", "indented by 4"),
    "END in the next function": (
        "def f():\n>>    # BEGIN SOLUTION\n    x = 1\ndef g():\n    y = 1\n    # END SOLUTION",
        "",
    ),
    "END in the else branch": (
        "if a:\n    # BEGIN SOLUTION\n    x = 1\n>>else:\n    # END SOLUTION\n    y = 1",
        "whole statements",
    ),
    "END after an elif and more": (
        "if a:\n    x = 1\n# BEGIN SOLUTION\nelif b:\n    y = 1\nz = 2\n>># END SOLUTION",
        "another block",
    ),
    "half a statement": (
        "# BEGIN SOLUTION\nx = 1\n>>y = [\n    1,\n# END SOLUTION\n]",
        "whole statements",
    ),
    "inside a list": ("x = [\n>>    # BEGIN SOLUTION\n    1,\n    # END SOLUTION\n]", "nothing"),
    "empty region": ("x = 1\n>># BEGIN SOLUTION\n# END SOLUTION", "nothing"),
    "region of comments": (">># BEGIN SOLUTION\n# think\n# END SOLUTION", "nothing"),
    "BEGIN beside code": (">>x = 1  # BEGIN SOLUTION\n# END SOLUTION", "line of its own"),
    "augmented": (">>x += 1  # SOLUTION", "augmented"),
    "wrapped augmented": ("x += (\n    1\n>>)  # SOLUTION", "augmented"),
    "tuple": (">>a, b = f(x)  # SOLUTION", "tuple assignment"),
    "tuple in brackets": (">>(a, b) = f(x)  # SOLUTION", "tuple assignment"),
    "list target": (">>[a, b] = f(x)  # SOLUTION", "tuple assignment"),
    "starred": (">>a, *b = f(x)  # SOLUTION", "tuple assignment"),
    "chain with tuple": (">>c = a, b = f(x)  # SOLUTION", "tuple assignment"),
    "if head": (">>if x:  # SOLUTION\n    y = 1", "head of a compound"),
    "for head": (">>for i in x:  # SOLUTION\n    y = 1", "head of a compound"),
    "def head": (">>def f(x):  # SOLUTION\n    y = 1", "head of a compound"),
    "wrapped def head": ("def f(\n>>    x,  # SOLUTION\n):\n    y = 1", "head of a compound"),
    "class head": (">>class A:  # SOLUTION\n    y = 1", "head of a compound"),
    "with head": (">>with x:  # SOLUTION\n    y = 1", "head of a compound"),
    "while head": (">>while x:  # SOLUTION\n    y = 1", "head of a compound"),
    "match head": (">>match x:  # SOLUTION\n    case 1:\n        y = 1", "head of a compound"),
    "case head": ("match x:\n>>    case 1:  # SOLUTION\n        y = 1", ""),
    "try head": (">>try:  # SOLUTION\n    y = 1\nfinally:\n    z = 1", "head of a compound"),
    "else head": ("if x:\n    y = 1\n>>else:  # SOLUTION\n    y = 2", ""),
    "decorator": (">>@cache  # SOLUTION\ndef f(x):\n    return x", "head of a compound"),
    "NO PROMPT on a head": (">>if x:  # SOLUTION NO PROMPT\n    y = 1", "head of a compound"),
    "one-line if": (">>if x: y = 1  # SOLUTION", "of its own"),
    "one-line if, NO PROMPT": (">>if x: y = 1  # SOLUTION NO PROMPT", "of its own"),
    "two markers": ("x = f(  # SOLUTION\n    1,\n>>)  # SOLUTION", "two markers"),
    "two statements": (">>x = 1; y = 2  # SOLUTION", "two statements"),
    "two statements, the first wrapped": (">>x = (  # SOLUTION\n    1); y = 2", "of its own"),
    "two statements, the last wrapped": ("x = 1; y = (\n>>    2)  # SOLUTION", "of its own"),
    "assert": (">>assert x  # SOLUTION", "fits an assignment"),
    "raise": (">>raise x  # SOLUTION", "fits an assignment"),
    "import": (">>import x  # SOLUTION", "fits an assignment"),
    "del": (">>del x  # SOLUTION", "fits an assignment"),
    "pass": (">>pass  # SOLUTION", "fits an assignment"),
    "annotation alone": (">>x: int  # SOLUTION", "fits an assignment"),
    "alone on a line": ("x = 1\n>># SOLUTION\ny = 2", "no statement"),
    "alone in a function": ("def f():\n    x = 1\n>>    # SOLUTION\n    return x", "no statement"),
    "inside a region": (
        "# BEGIN SOLUTION\n>>x = 1  # SOLUTION\n# END SOLUTION",
        "where all goes away",
    ),
    "lower case": (">>x = 1  # solution", "looks like a marker"),
    "no space": (">>x = 1  #SOLUTION", "looks like a marker"),
    "colon": (">>x = 1  # SOLUTION:", "looks like a marker"),
    "with words": (">>x = 1  # SOLUTION of the first part", "looks like a marker"),
    "no prompt in lower case": (">>x = 1  # SOLUTION no prompt", "looks like a marker"),
    "two hashes": (">>x = 1  ## SOLUTION", "looks like a marker"),
    "plural": ("y = 1  # SOLUTION\n>>x = 1  # SOLUTIONS", "looks like a marker"),
    "plural BEGIN": (">># BEGIN SOLUTIONS\nx = 1\n# END SOLUTIONS", "looks like a marker"),
    "lower-case begin": (">># begin solution\nx = 1\n# end solution", "looks like a marker"),
    "two spaces": (">># BEGIN  SOLUTION\nx = 1\n# END  SOLUTION", "looks like a marker"),
    "BEGIN with words": (
        "y = 1  # SOLUTION\n>># BEGIN SOLUTION of a\nx = 1\n# END SOLUTION of a",
        "looks like a marker",
    ),
    "after another comment": (
        "y = 1  # SOLUTION\n>>x = 1  # noqa  # SOLUTION",
        "looks like a marker",
    ),
    "invalid Python": ("x = 1\n>>y = = 2  # SOLUTION", "not valid Python"),
}
TINY = """# %% [markdown]
# # Tiny
#
# Two lines.

# %%
import math

z = math.pi

# %% tags=["exercise"] exercise={"id": "tiny"}
"""
AFTER = '\n\n# %% [markdown]\n# The end.\n\n# %% tags=["solution"]\nprint(z)\n'


MARKS = {}


@pytest.mark.parametrize("name", [pytest.param(n, marks=MARKS.get(n, ())) for n in WRONG])
def test_an_error_names_file_cell_and_line(name, tmp_path):
    cell, word = WRONG[name]
    text = TINY + cell + AFTER
    line = 1 + [line.startswith(">>") for line in text.splitlines()].index(True)
    unit = Unit("00_tiny", tmp_path)
    unit.source.parent.mkdir()
    unit.source.write_text(text.replace(">>", ""), encoding="utf-8")
    notebook, offsets = read_source(unit)
    with pytest.raises(DerivationError) as caught:
        derive(notebook, unit.file, offsets)
    assert str(caught.value).startswith(f"solutions/00_tiny.py, cell 3, line {line}: ")
    assert word in str(caught.value)
