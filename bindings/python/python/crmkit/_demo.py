"""A company to look at."""

from __future__ import annotations

import os
from typing import NamedTuple
from uuid import UUID

from crmkit._crm import Crm, in_memory, open


class DemoCompany(NamedTuple):
    """What was made up.

    Attributes:
        batch: The batch, by which all of it can be undone.
        organizations: How many organizations there are.
        people: How many people there are, those that were typed twice counted twice.
        opportunities: How many opportunities there are.
        interactions: How many interactions there are.
        tasks: How many tasks there are.
        duplicates: People that were typed twice, by mistake: the first record and the second.
    """

    batch: UUID
    organizations: int
    people: int
    opportunities: int
    interactions: int
    tasks: int
    duplicates: tuple[tuple[UUID, UUID], ...]


def demo(
    path: str | os.PathLike[str] | None = None, *, seed: int = 1, timezone: str = "UTC"
) -> Crm:
    """A CRM with a company to look at: customers in Chinese, German and English, a year of selling.

    The same seed at the same time makes the same company up.

    Args:
        path: The file, which must be new or empty; else it is in memory.
        seed: By which the company is made up.
        timezone: The zone in which days begin and end.

    Raises:
        RefusedError: There are records in the file already; it is left as it is.

    Examples:
        >>> import crmkit
        >>> with crmkit.demo() as crm:
        ...     [hit.name for hit in crm.search("liming", limit=1)]
        ['李明']
    """
    if path is None:
        crm = in_memory(timezone=timezone, actor="demo")
    else:
        crm = open(path, timezone=timezone, actor="demo")
    try:
        crm.load_demo(seed=seed)
    except BaseException:
        crm.close()
        raise
    return crm
