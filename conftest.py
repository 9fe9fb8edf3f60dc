"""Settings of every test run: the surroundings of kernels, and what is not a test."""

from __future__ import annotations

from helpers.authoring.execution import prepare_environment

# The notebooks' paired scripts are not test modules, and --doctest-modules would run them.
collect_ignore_glob = ["solutions/*.py", "notebooks/*.py", "my/*", "_build/*", "bench/*"]

_CELL_SECONDS = 120


def pytest_configure(config):
    """Give every kernel the same surroundings, and every cell of a notebook a limit."""
    prepare_environment()
    # nbval waits 2000 seconds for a cell by default and has no setting in a configuration file.
    if getattr(config.option, "nbval_cell_timeout", None) == 2000:
        config.option.nbval_cell_timeout = _CELL_SECONDS
