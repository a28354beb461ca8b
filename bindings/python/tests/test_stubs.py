"""The stubs say what the engine's list of records says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import crmkit

PACKAGE = Path(crmkit.__file__).parent
SCRIPT = Path(__file__).parent.parent / "scripts" / "write_stubs.py"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_stubs", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


STUBS: dict[str, str] = _script().stubs()


@pytest.mark.parametrize("name", STUBS)
def test_a_stub_is_what_would_be_written_now(name: str) -> None:
    assert (PACKAGE / name).read_text(encoding="utf-8") == STUBS[name], "run: make stubs"


def test_every_module_that_is_made_at_import_has_a_stub() -> None:
    made = {
        path.stem for path in PACKAGE.glob("*.py") if "globals().update" in path.read_text("utf-8")
    }
    assert made == {"_tables", "choices", "records"}
    assert {f"{stem}.pyi" for stem in made} <= STUBS.keys()
