"""What the pages and the notebook show is what happens."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

REPOSITORY = Path(__file__).resolve().parents[3]
PAGES = [
    REPOSITORY / "README.md",
    REPOSITORY / "bindings" / "python" / "README.md",
    *sorted((REPOSITORY / "docs" / "cookbook").glob("*.md")),
]
NOTEBOOK = REPOSITORY / "docs" / "quickstart.ipynb"


def _code(page: Path) -> str:
    """The Python of a page, at the lines on which it stands there."""
    kept: list[str] = []
    language = None
    for line in page.read_text(encoding="utf-8").splitlines():
        fence = re.match(r"```(\w*)", line)
        if fence:
            language = fence[1] if language is None else None
        kept.append(line if language == "python" and not fence else "")
    return "\n".join(kept)


@pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.stem if page.stem != "README" else page.parent.name
)
def test_the_python_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(_code(page), page, "exec"), {"__name__": "page"})


def test_every_job_of_the_cookbook_is_shown_in_python() -> None:
    jobs = [page for page in PAGES if page.parent.name == "cookbook" and page.stem != "README"]
    assert len(jobs) > 10
    assert [page.name for page in jobs if not _code(page).strip()] == []


def test_the_notebook_runs_and_shows_board_report_and_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "jupyter"))
    notebook: Any = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    shown = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert sum("<table" in html for html in shown) >= 3
    assert (tmp_path / "report.html").stat().st_size > 10_000


def test_the_notebook_is_kept_without_what_it_printed() -> None:
    cells: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []
