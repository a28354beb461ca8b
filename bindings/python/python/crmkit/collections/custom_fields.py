"""The definitions of the fields that users add to records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from crmkit import _native
from crmkit._tables import CustomFieldsTable
from crmkit.records import CustomField


class CustomFields(CustomFieldsTable):
    """The definitions of the fields that users add to records of one kind.

    Once it is defined, a field is a keyword of ``create`` and ``update``, and a name in filters.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> _ = crm.custom_fields.create(
        ...     entity="customer",
        ...     key="segment",
        ...     label="Segment",
        ...     kind="choice",
        ...     options={"gold": "Gold", "basic": "Basic"},
        ... )
        >>> acme = crm.customers.create(kind="organization", name="Acme GmbH", segment="gold")
        >>> acme.custom["segment"]
        'gold'
    """

    def _create(self, fields: dict[str, Any]) -> CustomField:
        return _native.create_custom_field(self._session, fields)

    def set_options(
        self, field: CustomField | UUID | str, options: Iterable[str] | Mapping[str, str]
    ) -> CustomField:
        """Gives a choice these options: codes, or codes with what people read.

        Those that it had and that are left out are retired: records that hold them keep them, and
        nobody chooses them any more.

        Raises:
            ValidationError: The field is no choice, or no option can be chosen.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> size = crm.custom_fields.create(
            ...     entity="customer", key="size", label="Size", kind="choice", options=["S", "L"]
            ... )
            >>> _ = crm.custom_fields.set_options(size, ["S", "M", "L"])
            >>> crm.customers.create(kind="organization", name="Acme GmbH", size="M").custom["size"]
            'M'
        """
        return _native.set_options(self._session, field, options)

    def retire(self, field: CustomField | UUID | str) -> CustomField:
        """Takes a field out of use: what records hold in it stays and can be read.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> size = crm.custom_fields.create(
            ...     entity="customer", key="size", label="Size", kind="text"
            ... )
            >>> crm.custom_fields.retire(size).retired_at is not None
            True
        """
        return _native.retire_custom_field(self._session, field)

    def reinstate(self, field: CustomField | UUID | str) -> CustomField:
        """Puts a retired field back to use.

        Raises:
            DuplicateError: Another field has its key by now.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> size = crm.custom_fields.create(
            ...     entity="customer", key="size", label="Size", kind="text"
            ... )
            >>> crm.custom_fields.reinstate(crm.custom_fields.retire(size)).retired_at
        """
        return _native.reinstate_custom_field(self._session, field)
