"""What ``python -m crmkit`` does."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from crmkit import _native
from crmkit._crm import open
from crmkit._demo import demo
from crmkit.errors import CrmError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command, and returns how it ended: 0 well, 1 with an error, 2 with wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return _demo(parser, options)
    except CrmError as error:
        print(f"crmkit: {error}", file=sys.stderr)
        return 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m crmkit", description="The CRM that an app links in.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser(
        "demo", help="makes a file with a company and its report, and shows its board"
    )
    command.add_argument("--file", type=Path, default=Path("demo.db"), help="the file (demo.db)")
    command.add_argument(
        "--report",
        type=Path,
        default=Path("report.html"),
        help="where its report goes (report.html)",
    )
    command.add_argument(
        "--seed",
        type=int,
        default=1,
        help="by which the company is made up: the same number, the same one",
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help="replaces a file that holds nothing but a demo company",
    )
    return parser


def _demo(parser: ArgumentParser, options: Namespace) -> int:
    file: Path = options.file
    if file.exists():
        _remove(parser, file, replace=options.replace)
    with demo(file, seed=options.seed) as crm:
        crm.report(options.report)
        print(crm.insight.board())
    print(
        f"\nThe company is in {file}, its report in {options.report}. Look around:\n\n"
        f'  python -i -c "import crmkit; crm = crmkit.open({str(file)!r})"\n'
        f'  >>> print(crm.search("liming"))'
    )
    return 0


def _remove(parser: ArgumentParser, file: Path, *, replace: bool) -> None:
    if not replace:
        parser.error(
            f"{file} is there already. Name another file with --file, or replace it with --replace."
        )
    with open(file) as crm:
        alone = _native.holds_demo_alone(crm._session)
    if not alone:
        parser.error(
            f"{file} holds more than a demo company, and is left as it is. "
            "Name another file with --file."
        )
    file.unlink()


if __name__ == "__main__":
    sys.exit(main())
