"""Run a notebook in a fresh kernel whose surroundings are always the same."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.backend import TENSORFLOW_SETTINGS

ROOT = Path(__file__).resolve().parents[2]

# What every kernel gets that a build or a test starts. Two threads of linear algebra on two busy
# cores are far slower than one; a progress bar would differ in every stored output.
KERNEL_ENVIRONMENT = {
    "FIRST_LAYERS_PROGRESS": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    **TENSORFLOW_SETTINGS,
    "PYTHONPATH": str(ROOT),
}
_NOT_INHERITED = ("FIRST_LAYERS_SOURCE", "MPLBACKEND")


def prepare_environment() -> None:
    """Set this process's environment as its kernels need it; they inherit it."""
    for name in _NOT_INHERITED:
        os.environ.pop(name, None)
    os.environ.update(KERNEL_ENVIRONMENT)


class CellFailed(Exception):
    """A cell of a solution stopped with an error."""


def execute(notebook: NotebookNode, folder: Path, seconds: int = 600) -> NotebookNode:
    """Run all cells of a notebook in a fresh kernel.

    Parameters
    ----------
    notebook : NotebookNode
        Its cells get their outputs in place.
    folder : Path
        The kernel's working directory.
    seconds : int, optional
        Limit of one cell, in seconds.

    Returns
    -------
    NotebookNode
        The same notebook.

    Raises
    ------
    CellFailed
        When a cell raises or takes too long, or when there is no kernel to run it.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    prepare_environment()
    client = NotebookClient(
        notebook,
        timeout=seconds,
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute()
    except NoSuchKernel as error:
        raise CellFailed(
            f"there is no Jupyter kernel named {error.name!r}. Install one with "
            "`python -m pip install ipykernel` in the environment that runs this."
        ) from None
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise CellFailed(str(error)) from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
    return notebook


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of one stream, which a kernel cuts at random places."""
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and output.output_type == last.output_type == "stream"
            and output.name == last.name
        ):
            last.text += output.text
        else:
            joined.append(nbformat.from_dict(output))
    return joined
