"""What tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import crmkit


@pytest.fixture
def crm() -> Iterator[crmkit.Crm]:
    """A CRM in memory."""
    with crmkit.in_memory(region="CN", timezone="Asia/Shanghai", actor="li.wei") as crm:
        yield crm
