"""A member status for a campaign that is about to be created."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewMemberStatus:
    """A member status for a campaign that is about to be created.

    Attributes:
        name: Its name, unique in the campaign.
        is_default: Whether new members begin with it; exactly one of a campaign is.
        has_responded: Whether it means that the member responded; at least one of a campaign does.

    Examples:
        >>> from crmkit import NewMemberStatus
        >>> NewMemberStatus("Attended", has_responded=True).is_default
        False
    """

    name: str
    is_default: bool = False
    has_responded: bool = False
