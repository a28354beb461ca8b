"""Positions in pipelines."""

from __future__ import annotations

from crmkit import _native
from crmkit._tables import StagesTable
from crmkit._values import AnyId


class Stages(StagesTable):
    """Positions in pipelines; ``crm.pipelines`` adds and orders them.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> _ = crm.pipelines.standard()
        >>> crm.stages.count(where='kind == "open"')
        4
    """

    def delete(self, stage: AnyId, /, *, move_to: AnyId | None = None) -> None:
        """Deletes a stage.

        Args:
            stage: The stage.
            move_to: Where its opportunities go, in the same transaction and with history: another
                stage of the same pipeline and kind. None is needed where it has none.

        Raises:
            InUseError: Opportunities are in the stage, and it is not said where they go.
            RefusedError: The other stage is of another pipeline (``stage.same_pipeline``) or kind
                (``stage.same_kind``), or the pipeline would have no stage of the kind.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> first, second = crm.pipelines.stages("Sales")[:2]
            >>> crm.stages.delete(first, move_to=second)
            >>> crm.opportunities.get(deal).stage_id == second.id
            True
        """
        if move_to is None:
            super().delete(stage)
        else:
            _native.delete_stage(self._session, stage, move_to)
