"""The package as it is installed."""

from __future__ import annotations

import doctest
import inspect
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

import crmkit
from crmkit import _native

PACKAGE = Path(crmkit.__file__).parent


def test_the_package_under_test_is_the_one_of_the_environment() -> None:
    assert PACKAGE.parent == Path(sysconfig.get_path("purelib"))
    assert PACKAGE.is_relative_to(sys.prefix)


def test_the_wheel_holds_the_package_its_types_and_its_licences_alone() -> None:
    files = [str(file) for file in metadata.files("crmkit") or []]
    packaged = [file for file in files if file.startswith("crmkit/") and "__pycache__" not in file]
    others = {Path(file).suffix for file in packaged} - {".py", ".pyi", ".so"}
    assert others == {".typed"}
    assert sum(file.endswith(".so") for file in packaged) == 1
    licences = {Path(file).name for file in files if "licenses" in file}
    assert licences == {"LICENSE-APACHE", "LICENSE-MIT"}
    assert not [file for file in files if "test" in file.lower()]


def test_the_package_needs_no_other() -> None:
    assert not metadata.requires("crmkit")


def test_the_version_is_that_of_the_distribution() -> None:
    assert crmkit.__version__ == metadata.version("crmkit")


def test_all_that_is_exported_is_there() -> None:
    for module in [crmkit, crmkit.choices, crmkit.errors, crmkit.records]:
        assert list(module.__all__) == sorted(module.__all__)
        assert [name for name in module.__all__ if not hasattr(module, name)] == []


def _public() -> list[tuple[str, object]]:
    """What people call: the public functions and methods with code of their own."""
    found: dict[str, object] = {}

    def look(owner: ModuleType | type, path: str) -> None:
        for name, value in vars(owner).items():
            if name.startswith("_") or not str(getattr(value, "__module__", "")).startswith(
                "crmkit"
            ):
                continue
            if inspect.isfunction(value):
                found[f"{path}.{name}"] = value
            elif inspect.isclass(value) and isinstance(owner, ModuleType):
                for base in value.__mro__:
                    if base.__module__.startswith("crmkit"):
                        look(base, f"{path}.{value.__name__}")

    look(crmkit, "crmkit")
    return sorted(found.items())


@pytest.mark.parametrize(("name", "function"), _public())
def test_every_public_function_shows_how_it_is_used(name: str, function: object) -> None:
    assert ">>> " in (inspect.getdoc(function) or ""), f"{name} has no example"


NATIVE = [
    (f"{kind.__name__}.{name}", member.__doc__)
    for kind in vars(_native).values()
    if inspect.isclass(kind)
    for name, member in {**vars(kind), "__doc__": kind}.items()
    if ">>> " in (member.__doc__ or "")
]


@pytest.mark.parametrize(("name", "doc"), NATIVE)
def test_the_examples_of_native_code_run(name: str, doc: str) -> None:
    example = doctest.DocTestParser().get_doctest(inspect.cleandoc(doc), {}, name, None, None)
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0
