"""The classes of records: immutable, hashable, comparable and picklable."""

from __future__ import annotations

from crmkit import _native
from crmkit._schema import ENTITIES

globals().update({e.class_name: getattr(_native, e.class_name) for e in ENTITIES.values()})
__all__ = sorted(["Record", *(entity.class_name for entity in ENTITIES.values())])  # pyright: ignore[reportUnsupportedDunderAll]
