"""Ways of selling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from crmkit import _native
from crmkit._tables import PipelinesTable
from crmkit.collections._known import Known
from crmkit.collections.new_stage import NewStage
from crmkit.records import Pipeline, Stage


class Pipelines(PipelinesTable, Known[Pipeline]):
    """Ways of selling, each an ordered list of stages, at least one of each kind.

    A pipeline is given as the record, its id, or its name.

    Examples:
        >>> import crmkit
        >>> from crmkit import NewStage
        >>> crm = crmkit.in_memory()
        >>> stages = [NewStage.open("Proposal", 40), NewStage.won("Won"), NewStage.lost("Lost")]
        >>> _ = crm.pipelines.create(name="Direct sales", stages=stages)
        >>> [stage.name for stage in crm.pipelines.stages("direct sales")]
        ['Proposal', 'Won', 'Lost']
    """

    def _create(self, fields: dict[str, Any]) -> Pipeline:
        return _native.create_pipeline(self._session, fields)

    def named(self, name: str) -> Pipeline:
        """The pipeline of this name, in capitals or not.

        Raises:
            ValidationError: There is none; the hint lists those that there are.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.opportunities.create(name="Twelve looms")
            >>> crm.pipelines.named("sales").is_default
            True
        """
        return _native.pipeline_named(self._session, name)

    def default(self) -> Pipeline | None:
        """The pipeline of opportunities that name none, where there is any.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> crm.pipelines.default()
            >>> _ = crm.opportunities.create(name="Twelve looms")
            >>> crm.pipelines.default().name
            'Sales'
        """
        return _native.default_pipeline(self._session)

    def standard(self) -> Pipeline:
        """Creates the standard pipeline, ``Sales``; the first opportunity makes it by itself.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> [stage.name for stage in crm.pipelines.stages(crm.pipelines.standard())]
            ['Qualification', 'Needs analysis', 'Proposal', 'Negotiation', 'Won', 'Lost']
        """
        return _native.create_standard_pipeline(self._session)

    def stages(self, pipeline: Pipeline | UUID | str) -> list[Stage]:
        """The stages of a pipeline, in their order.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.pipelines.standard()
            >>> crm.pipelines.stages("Sales")[0].name
            'Qualification'
        """
        return _native.stages_of(self._session, pipeline)

    def stage(self, pipeline: Pipeline | UUID | str, name: str) -> Stage:
        """The stage of a pipeline that has this name, in capitals or not.

        Raises:
            ValidationError: There is none; the hint lists those that there are.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.pipelines.standard()
            >>> crm.pipelines.stage("Sales", "proposal").probability
            Decimal('50')
        """
        return _native.stage_named(self._session, pipeline, name)

    def add_stage(
        self, pipeline: Pipeline | UUID | str, stage: NewStage, *, position: int
    ) -> Stage:
        """Adds a stage at a position, counted from 0; those from there on move back by one.

        Raises:
            ValidationError: The position is behind the end.
            DuplicateError: A stage of the pipeline has the name.

        Examples:
            >>> import crmkit
            >>> from crmkit import NewStage
            >>> crm = crmkit.in_memory()
            >>> _ = crm.pipelines.standard()
            >>> call = NewStage.open("First call", 5)
            >>> crm.pipelines.add_stage("Sales", call, position=0).position
            0
        """
        return _native.add_stage(self._session, pipeline, stage, position)

    def reorder(
        self, pipeline: Pipeline | UUID | str, order: Iterable[Stage | UUID | str]
    ) -> list[Stage]:
        """Puts the stages of a pipeline into this order, all at once.

        Args:
            pipeline: The pipeline.
            order: Every stage of it once: as records or ids.

        Raises:
            RefusedError: It is not every stage, each once (``pipeline.whole_order``).

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.pipelines.standard()
            >>> backwards = crm.pipelines.stages("Sales")[::-1]
            >>> crm.pipelines.reorder("Sales", backwards)[0].name
            'Lost'
        """
        return _native.reorder_stages(self._session, pipeline, order)
