"""What there is to know of a customer."""

from __future__ import annotations

from crmkit import _native
from crmkit._collection import Collection
from crmkit._values import AnyId
from crmkit.pages import Profile, TimelinePage, View360
from crmkit.records import Customer


class Viewed(Collection[Customer]):
    """The pages about a customer."""

    def view360(self, customer: AnyId) -> View360:
        """What there is to know before talking to a customer.

        Raises:
            NotFoundError: There is no such customer.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     _ = crm.tasks.create(subject="Call back", customer=acme)
            ...     view = crm.customers.view360(acme)
            >>> view.customer.name, [task.subject for task in view.open_tasks]
            ('Acme GmbH', ['Call back'])
        """
        return _native.view360(self._session, customer)

    def profile(self, customer: AnyId) -> Profile:
        """What stands on file of a customer: addresses, company group, campaigns, other systems.

        Raises:
            NotFoundError: There is no such customer.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     group = crm.customers.create(kind="organization", name="Acme Group")
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH", parent=group)
            ...     crm.customers.profile(acme).parent_name
            'Acme Group'
        """
        return _native.profile(self._session, customer)

    def timeline(
        self, customer: AnyId, *, limit: int = 50, after: str | None = None
    ) -> TimelinePage:
        """What happened with a customer, the newest first, page by page.

        Interactions, tasks that were done, stages that their opportunities entered, campaigns to
        which they responded, and that they became known. A page goes on exactly where the one
        before ended, whatever was written meanwhile.

        Args:
            customer: The customer.
            limit: How many entries a page has at most.
            after: The ``cursor`` of the page before.

        Raises:
            NotFoundError: There is no such customer.

        Examples:
            >>> import crmkit
            >>> from crmkit.pages import BecameKnown
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     crm.customers.timeline(acme)[0].event
            BecameKnown()
        """
        entries, cursor = _native.timeline(self._session, customer, limit=limit, after=after)
        return TimelinePage(
            entries, cursor, lambda after: self.timeline(customer, limit=limit, after=after)
        )
