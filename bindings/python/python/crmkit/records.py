"""The classes of records: immutable, hashable, comparable and picklable."""

from __future__ import annotations

from crmkit import _native
from crmkit._schema import ENTITIES

__all__ = sorted(["Record", *(entity.class_name for entity in ENTITIES.values())])  # pyright: ignore[reportUnsupportedDunderAll]
globals().update({name: getattr(_native, name) for name in __all__})
