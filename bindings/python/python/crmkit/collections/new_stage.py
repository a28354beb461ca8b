"""A stage that a pipeline is to get."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crmkit.choices import ForecastCategory, StageKind


@dataclass(frozen=True, slots=True)
class NewStage:
    """A stage that a pipeline is to get.

    Attributes:
        name: Its name, unique in the pipeline.
        kind: What it means for its opportunities.
        probability: The probability in percent that they get when they enter; that of an open one.
        category: The forecast category that they get; ``pipeline`` where an open one has none.
        rotten_after: After how many days here an opportunity counts as rotten.

    Examples:
        >>> from crmkit import NewStage
        >>> NewStage.open("Proposal", 40, category="best_case").probability
        40
        >>> [stage.kind.value for stage in (NewStage.won("Won"), NewStage.lost("Lost"))]
        ['won', 'lost']
    """

    name: str
    kind: StageKind
    probability: Decimal | int | str | None = None
    category: ForecastCategory | str | None = None
    rotten_after: int | None = None

    @classmethod
    def open(
        cls,
        name: str,
        probability: Decimal | int | str,
        *,
        category: ForecastCategory | str | None = None,
        rotten_after: int | None = None,
    ) -> NewStage:
        """A stage in which opportunities are worked on.

        Examples:
            >>> from crmkit import NewStage
            >>> NewStage.open("Proposal", 40, rotten_after=30).rotten_after
            30
        """
        return cls(name, StageKind("open"), probability, category, rotten_after)

    @classmethod
    def won(cls, name: str) -> NewStage:
        """A stage of opportunities that were won.

        Examples:
            >>> from crmkit import NewStage
            >>> NewStage.won("Won").name
            'Won'
        """
        return cls(name, StageKind("won"))

    @classmethod
    def lost(cls, name: str) -> NewStage:
        """A stage of opportunities that were lost.

        Examples:
            >>> from crmkit import NewStage
            >>> NewStage.lost("Lost").name
            'Lost'
        """
        return cls(name, StageKind("lost"))
