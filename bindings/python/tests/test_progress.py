"""What long work tells while it goes on, and what stops it."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import crmkit
from crmkit import Crm, Progress
from crmkit._progress import Bar, Screen, telling

ROWS = 200_000


class Terminal(io.StringIO):
    """A standard error that somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def many() -> bytes:
    """A file whose import takes a while."""
    rows = (f"Customer {number},organization,c{number}@acme.example" for number in range(ROWS))
    return "\n".join(["name,kind,email", *rows]).encode()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Crm]:
    """A CRM in a file."""
    with crmkit.open(tmp_path / "sales.db", durability="normal") as crm:
        yield crm


class Clock:
    """A clock that goes on by three seconds each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 3
        return self.now


def seconds_to_stop(work: Callable[[], object], after: float = 0.4) -> float:
    """How long work goes on after Ctrl-C, which comes when it has gone on for so long."""
    pressed: list[float] = []

    def press() -> None:
        time.sleep(after)
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=press)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        work()
    stopped = time.monotonic()
    thread.join()
    return stopped - pressed[0]


def test_a_terminal_gets_a_bar_that_is_drawn_over_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with telling(True, "importing leads.csv", "rows") as tell:
        assert tell is not None
        tell(0, 2_000)
        tell(500, 2_000)
        tell(2_000, 2_000)
    assert terminal.getvalue().split("\r") == [
        "",
        "importing leads.csv [------------------------]   0%  0 of 2,000 rows",
        "importing leads.csv [######------------------]  25%  500 of 2,000 rows",
        "importing leads.csv [########################] 100%  2,000 of 2,000 rows\n",
    ]


def test_a_bar_tells_how_long_it_will_take() -> None:
    shown: list[str] = []
    screen = Screen()
    screen.draw = lambda what, share, text: shown.append(text)  # type: ignore[method-assign]
    bar = Bar("importing", "rows", screen, Clock())
    bar(0, 1_000)
    bar(10, 1_000)
    bar(500, 1_000)
    bar(1_000, 1_000)
    assert shown == [
        "  0%  0 of 1,000 rows",
        "  1%  10 of 1,000 rows, 9:54 left",
        " 50%  500 of 1,000 rows, 0:09 left",
        "100%  1,000 of 1,000 rows",
    ]


def test_nothing_is_drawn_where_nobody_watches(crm: Crm, capfd: pytest.CaptureFixture[str]) -> None:
    crm.imports.plan(b"name,kind\nAcme,organization\n", entity="customer").run(progress=True)
    assert capfd.readouterr() == ("", "")


def test_a_notebook_gets_one_output_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def display(html: str, *, display_id: bool) -> SimpleNamespace:
        shown.append(html)
        return SimpleNamespace(update=shown.append)

    ipython, screen = ModuleType("IPython"), ModuleType("IPython.display")
    ipython.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    screen.HTML, screen.display = str, display  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", screen)
    with telling(True, "importing a&b.csv", "rows") as tell:
        assert tell is not None
        tell(1, 2)
        tell(2, 2)
    assert shown == [
        'importing a&amp;b.csv <progress value="0.500" max="1"></progress>  50%  1 of 2 rows',
        'importing a&amp;b.csv <progress value="1.000" max="1"></progress> 100%  2 of 2 rows',
    ]


def test_an_import_in_a_terminal_draws_at_most_ten_times_a_second(
    file: Crm, many: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    plan = file.imports.plan(many[:600_000].rpartition(b"\n")[0], entity="customer")
    begun = time.monotonic()
    plan.run(progress=True)
    drawn = terminal.getvalue().count("\r")
    assert 2 <= drawn <= 2 + 10 * (time.monotonic() - begun)
    shown = terminal.getvalue().rstrip()
    assert shown.endswith(f"100%  {plan.rows:,} of {plan.rows:,} rows")


def test_a_callable_is_told_how_far_it_is_to_the_end(crm: Crm, tmp_path: Path) -> None:
    told: list[Progress] = []
    plan = crm.imports.plan(b"name,kind\nAcme,organization\n", entity="customer")
    plan.run(progress=told.append)
    assert told == [Progress(done=0, total=1), Progress(done=1, total=1)]
    told.clear()
    crm.customers.to_csv(tmp_path / "out.csv", progress=told.append)
    assert told == [(1, 1)]
    told.clear()
    crm.backup(tmp_path / "copy.db", progress=told.append)
    assert told[-1].done == told[-1].total > 0


def test_what_is_neither_a_bool_nor_a_callable_is_refused(crm: Crm) -> None:
    plan = crm.imports.plan(b"name,kind\nAcme,organization\n", entity="customer")
    with pytest.raises(TypeError, match="progress is True"):
        plan.run(progress="yes")  # type: ignore[arg-type]
    assert crm.customers.count() == 0


def test_what_a_callable_raises_stops_the_import_and_is_raised(file: Crm) -> None:
    class StopItError(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.done == progress.total:
            raise StopItError

    plan = file.imports.plan(b"name,kind\nAcme,organization\n", entity="customer")
    with pytest.raises(StopItError):
        plan.run(progress=stop)
    assert file.customers.count() == 0
    plan.run()
    with pytest.raises(StopItError):
        file.customers.to_csv(io.BytesIO(), progress=stop)


def test_a_callable_may_read_the_crm_and_not_write_to_it(file: Crm) -> None:
    counts: list[int] = []
    rules: list[str] = []

    def use(progress: Progress) -> None:
        counts.append(file.customers.count())
        try:
            file.customers.create(kind="organization", name="Globex")
        except crmkit.RefusedError as error:
            rules.append(error.rule)

    plan = file.imports.plan(b"name,kind\nAcme,organization\n", entity="customer")
    plan.run(progress=use)
    assert (counts, rules) == ([0, 0], ["transaction.nested"] * 2)
    with file.transaction():
        plan.run(progress=use)
    assert (counts[2:], rules[2:]) == ([1, 1], ["transaction.nested"] * 2)
    assert file.customers.count() == 2


@pytest.mark.parametrize("progress", [False, lambda progress: None])
def test_ctrl_c_stops_an_import_with_nothing_kept(
    file: Crm, many: bytes, progress: bool | Callable[[Progress], None]
) -> None:
    plan = file.imports.plan(many, entity="customer")
    assert plan.rows == ROWS
    assert seconds_to_stop(lambda: plan.run(progress=progress)) < 0.5
    assert file.customers.count() == 0
    file.customers.create(kind="organization", name="Acme")


def test_ctrl_c_stops_an_import_in_a_transaction(file: Crm, many: bytes) -> None:
    plan = file.imports.plan(many, entity="customer")

    def work() -> None:
        with file.transaction():
            plan.run()

    assert seconds_to_stop(work) < 0.5
    assert file.customers.count() == 0
    file.customers.create(kind="organization", name="Acme")


def test_ctrl_c_stops_a_preview_and_a_plan(file: Crm, many: bytes) -> None:
    plan = file.imports.plan(many, entity="customer")
    assert seconds_to_stop(plan.preview) < 0.5
    large = many * 20
    assert seconds_to_stop(lambda: file.imports.plan(large, entity="customer"), 0.2) < 0.5


def test_ctrl_c_stops_a_backup_an_export_a_report_and_an_undo(
    file: Crm, many: bytes, tmp_path: Path
) -> None:
    result = file.imports.plan(many[:2_000_000].rpartition(b"\n")[0], entity="customer").run()
    copies = tmp_path / "copies"
    copies.mkdir()

    def backups() -> None:
        while True:
            file.backup(copies / "copy.db", replace=True)

    assert seconds_to_stop(backups) < 0.5
    assert {path.name for path in copies.iterdir()} <= {"copy.db"}

    def exports() -> None:
        while True:
            file.customers.to_csv(copies / "customers.csv")

    assert seconds_to_stop(exports) < 0.5
    assert not list(copies.glob("*.part"))

    def reports() -> None:
        while True:
            file.report()

    assert seconds_to_stop(reports) < 0.5
    assert seconds_to_stop(lambda: file.undo(result), 0.1) < 0.5
    assert file.customers.count() == result.counts.created
    assert file.verify().is_sound
