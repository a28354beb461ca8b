"""What ``create`` takes beside the fields of a record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """A keyword of ``create`` that is no field of the record.

    Attributes:
        keyword: The keyword.
        takes: The type of what it takes, as an annotation.
        doc: What it says.
        instead_of: The keyword of a field that it stands for.
        is_required: Whether it must be given.
    """

    keyword: str
    takes: str
    doc: str
    instead_of: str | None = None
    is_required: bool = False


_ABOUT = "Customer | Opportunity | Product | Campaign"
_TASK_ABOUT = "Customer | Opportunity | Campaign | Interaction"

BESIDE: dict[str, tuple[Beside, ...]] = {
    "campaigns": (
        Beside(
            "statuses",
            "Iterable[NewMemberStatus] | None",
            "Its own member statuses, in their order, instead of ``Sent`` and ``Responded``.",
        ),
    ),
    "custom_fields": (
        Beside(
            "entity",
            "str",
            "The kind of the records that have the field: ``customer``.",
            instead_of="record_table",
            is_required=True,
        ),
        Beside(
            "options",
            "Iterable[str] | Mapping[str, str] | None",
            "The options of a choice: codes, or codes with what people read.",
            instead_of="options",
        ),
    ),
    "customers": (
        Beside("email", "str | Iterable[str] | None", "E-mail addresses, the primary one first."),
        Beside("phone", "str | Iterable[str] | None", "Telephone numbers, the primary one first."),
        Beside("web", "str | Iterable[str] | None", "Pages on the web."),
        Beside("messenger", "str | Iterable[str] | None", "Names in messengers."),
        Beside(
            "address",
            "dict[str, str] | Iterable[dict[str, str]] | None",
            "Addresses, each of some of street, locality, region, postal_code and country.",
        ),
        Beside("tags", "str | Iterable[str] | None", "The names of tags."),
    ),
    "interactions": (
        Beside(
            "about",
            f"{_ABOUT} | Iterable[{_ABOUT}] | None",
            "The records that it is about.",
        ),
        Beside(
            "participants",
            "Iterable[Customer | User | str | dict[str, Any]] | None",
            "Who took part: customers, users, addresses, or the fields of a participant.",
        ),
        Beside("summary", "str | None", "The subject, in the word that calendars use."),
    ),
    "opportunities": (
        Beside(
            "lines",
            "Iterable[dict[str, Any]] | None",
            "The fields of its lines; the amount is their sum.",
        ),
        Beside(
            "visits",
            "Iterable[tuple[Stage | UUID | str, datetime]] | None",
            "The stages that it went through and when it entered each, the last one the current.",
        ),
    ),
    "pipelines": (
        Beside(
            "stages",
            "Iterable[NewStage]",
            "Its stages in their order, at least one of each kind.",
            is_required=True,
        ),
    ),
    "tasks": (
        Beside(
            "about",
            f"{_TASK_ABOUT} | Iterable[{_TASK_ABOUT}] | None",
            "The record that it is about; of several, one of each kind.",
        ),
    ),
}
"""The keywords by the tables of the records."""
