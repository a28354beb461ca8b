"""What is to be done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from crmkit import _native
from crmkit._tables import TasksTable
from crmkit.collections._known import Known
from crmkit.records import Task, User


class Tasks(TasksTable, Known[Task]):
    """What is to be done, by somebody, by a day or an instant, about a record or several.

    Examples:
        >>> import crmkit
        >>> from datetime import date
        >>> crm = crmkit.in_memory()
        >>> deal = crm.opportunities.create(name="Twelve looms")
        >>> task = crm.tasks.create(subject="Send offer", about=deal, due_on=date(2028, 2, 29))
        >>> task.opportunity_id == deal.id
        True
    """

    def _create(self, fields: dict[str, Any]) -> Task:
        return _native.create_task(self._session, fields)

    def complete(self, task: Task | UUID | str) -> Task:
        """Notes that a task is done, now; one that is done already stays as it is.

        Raises:
            RefusedError: It was called off (``task.not_open``).

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> task = crm.tasks.create(subject="Call Li back")
            >>> crm.tasks.complete(task).status
            <TaskStatus.DONE: 'done'>
        """
        return _native.complete_task(self._session, task)

    def cancel(self, task: Task | UUID | str) -> Task:
        """Notes that a task need not be done any more.

        Raises:
            RefusedError: It is done (``task.not_open``).

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> task = crm.tasks.create(subject="Call Li back")
            >>> crm.tasks.cancel(task).status
            <TaskStatus.CANCELLED: 'cancelled'>
        """
        return _native.cancel_task(self._session, task)

    def reopen(self, task: Task | UUID | str) -> Task:
        """Opens a task again that was done or called off.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> task = crm.tasks.complete(crm.tasks.create(subject="Call Li back"))
            >>> crm.tasks.reopen(task).completed_at
        """
        return _native.reopen_task(self._session, task)

    def due(
        self, *, until: date | None = None, assignee: User | UUID | str | None = None
    ) -> list[Task]:
        """The open tasks that are due by the end of a day, the most overdue first.

        Args:
            until: The day; today in the zone of the CRM where none is given.
            assignee: Only what this user is to do.

        Examples:
            >>> import crmkit
            >>> from datetime import date
            >>> crm = crmkit.in_memory()
            >>> _ = crm.tasks.create(subject="Call Li back", due_on=date(2024, 2, 29))
            >>> [task.subject for task in crm.tasks.due()]
            ['Call Li back']
        """
        return _native.tasks_due(self._session, until, assignee)

    def reminders(self, *, after: datetime, until: datetime | None = None) -> list[Task]:
        """The open tasks of which somebody is to be reminded, the earliest first.

        Ask from the time up to which was asked before, and remind once of each.

        Args:
            after: Up to when reminders were given before.
            until: Up to when they are given now; now where nothing is given.

        Examples:
            >>> import crmkit
            >>> from datetime import datetime, timedelta, timezone
            >>> crm = crmkit.in_memory()
            >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
            >>> _ = crm.tasks.create(subject="Call Li back", remind_at=noon)
            >>> [task.subject for task in crm.tasks.reminders(after=noon - timedelta(hours=1))]
            ['Call Li back']
        """
        return _native.reminders(self._session, after, until)
