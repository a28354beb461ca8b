"""How far long work has come: shown as a bar where somebody watches, or told to a callable."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from html import escape
from importlib import import_module
from time import monotonic
from typing import Any, NamedTuple

_WIDTH = 24


class Progress(NamedTuple):
    """How far long work has come.

    Attributes:
        done: How much is done: rows of an import, records of an export, pages of a backup.
        total: How much there is.
    """

    done: int
    total: int


Watcher = bool | Callable[[Progress], object]
"""Whether a bar is shown, or what is called instead."""

Tell = Callable[[int, int], object]


@contextmanager
def telling(progress: Watcher, what: str, unit: str) -> Generator[Tell | None]:
    """What the engine calls while it works; nothing where nobody watches."""
    if callable(progress):
        yield lambda done, total: progress(Progress(done, total))
        return
    bar = None
    if progress is True:
        bar = _bar(what, unit)
    elif progress is not False:
        raise TypeError("progress is True, False, or a callable that is told how far the work is")
    try:
        yield bar
    finally:
        if bar:
            bar.end()


def _bar(what: str, unit: str) -> Bar | None:
    if _in_notebook():
        return Bar(what, unit, _NotebookScreen())
    if sys.stderr is not None and sys.stderr.isatty():
        return Bar(what, unit, _TerminalScreen())
    return None


class Bar:
    """A bar, drawn again each time it is told how far the work is."""

    def __init__(
        self, what: str, unit: str, screen: Screen, clock: Callable[[], float] = monotonic
    ) -> None:
        """A bar for work that counts in these units."""
        self._what, self._unit = what, unit
        self._screen, self._clock = screen, clock
        self._begun = clock()

    def __call__(self, done: int, total: int) -> None:
        """Draws it."""
        share = done / total if total else 1.0
        text = f"{share:4.0%}  {done:,} of {total:,} {self._unit}"
        elapsed = self._clock() - self._begun
        if 0 < done < total and elapsed >= 1:
            text += f", {_span(elapsed * (total - done) / done)} left"
        self._screen.draw(self._what, share, text)

    def end(self) -> None:
        """Leaves the bar as it is; what is printed next begins below it."""
        self._screen.end()


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Screen:
    """Where a bar is drawn."""

    def draw(self, what: str, share: float, text: str) -> None:
        """Shows this instead of what was shown before."""
        raise NotImplementedError

    def end(self) -> None:
        """Leaves what is shown."""


class _TerminalScreen(Screen):
    def __init__(self) -> None:
        self._drawn = 0

    def draw(self, what: str, share: float, text: str) -> None:
        filled = int(share * _WIDTH)
        line = f"{what} [{'#' * filled}{'-' * (_WIDTH - filled)}] {text}"
        sys.stderr.write("\r" + line.ljust(self._drawn))
        sys.stderr.flush()
        self._drawn = len(line)

    def end(self) -> None:
        if self._drawn:
            sys.stderr.write("\n")


class _NotebookScreen(Screen):
    def __init__(self) -> None:
        self._handle: Any = None

    def draw(self, what: str, share: float, text: str) -> None:
        screen: Any = import_module("IPython.display")
        bar = f'<progress value="{share:.3f}" max="1"></progress>'
        shown = screen.HTML(f"{escape(what)} {bar} {text}")
        if self._handle is None:
            self._handle = screen.display(shown, display_id=True)
        else:
            self._handle.update(shown)


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return hasattr(shell, "kernel")
