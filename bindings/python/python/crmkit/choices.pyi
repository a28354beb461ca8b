# Written by scripts/write_stubs.py.
"""The kinds and states of records: every one a real ``StrEnum``."""

from enum import StrEnum

__all__ = [
    "BuyingRole",
    "CampaignKind",
    "CampaignStatus",
    "ContactPointKind",
    "CustomFieldKind",
    "CustomerKind",
    "ForecastCategory",
    "InteractionDirection",
    "InteractionKind",
    "InteractionStatus",
    "Lifecycle",
    "OpportunityKind",
    "Outcome",
    "ParticipantResponse",
    "ParticipantRole",
    "ProductStatus",
    "StageKind",
    "TaskPriority",
    "TaskStatus",
    "UserStatus",
]

class BuyingRole(StrEnum):
    """What part a person has in a purchase."""

    DECISION_MAKER = "decision_maker"
    """Decides."""
    ECONOMIC_BUYER = "economic_buyer"
    """Pays, or holds the budget."""
    CHAMPION = "champion"
    """Speaks for us."""
    INFLUENCER = "influencer"
    """Is heard before the decision."""
    EVALUATOR = "evaluator"
    """Judges whether the product does what it must."""
    USER = "user"
    """Will use the product."""
    BLOCKER = "blocker"
    """Stands in the way."""

class CampaignKind(StrEnum):
    """By which way a campaign reaches people."""

    OTHER = "other"
    """None of these."""
    EMAIL = "email"
    """E-mail."""
    MAIL = "mail"
    """Letters."""
    TELEPHONE = "telephone"
    """Calls."""
    SOCIAL_MEDIA = "social_media"
    """Posts in social media."""
    ADVERTISING = "advertising"
    """Paid advertising."""
    EVENT = "event"
    """An event of our own."""
    TRADE_FAIR = "trade_fair"
    """A trade fair."""
    WEBINAR = "webinar"
    """An event on the net."""
    REFERRAL = "referral"
    """Customers who bring customers."""
    PARTNER = "partner"
    """Partners who sell with us."""

class CampaignStatus(StrEnum):
    """How far a campaign is."""

    PLANNED = "planned"
    """It is being prepared."""
    ACTIVE = "active"
    """It runs."""
    PAUSED = "paused"
    """It was stopped for a while."""
    COMPLETED = "completed"
    """It is over."""
    ABORTED = "aborted"
    """It was given up."""

class ContactPointKind(StrEnum):
    """By what means a contact point reaches somebody."""

    EMAIL = "email"
    """An e-mail address."""
    PHONE = "phone"
    """A telephone number, landline or mobile."""
    WEB = "web"
    """A page on the web: a site, a profile."""
    MESSENGER = "messenger"
    """A name in a messenger or social network."""

class CustomFieldKind(StrEnum):
    """What a custom field holds."""

    TEXT = "text"
    """Text."""
    NUMBER = "number"
    """An exact decimal number with up to six digits after its point."""
    MONEY = "money"
    """An amount of one currency."""
    DATE = "date"
    """A date."""
    INSTANT = "instant"
    """An instant."""
    BOOLEAN = "boolean"
    """Yes or no."""
    CHOICE = "choice"
    """One of the options of its definition."""
    REFERENCE = "reference"
    """The id of a record."""

class CustomerKind(StrEnum):
    """Whether a customer is a human being or not."""

    PERSON = "person"
    """A human being."""
    ORGANIZATION = "organization"
    """A company, an authority, a club."""

class ForecastCategory(StrEnum):
    """How an opportunity counts in the forecast: a judgement, apart from stage and probability."""

    OMITTED = "omitted"
    """Not in the forecast."""
    PIPELINE = "pipeline"
    """In the pipeline, no more."""
    BEST_CASE = "best_case"
    """May come if things go well."""
    MOST_LIKELY = "most_likely"
    """Will most likely come."""
    COMMIT = "commit"
    """Promised."""
    CLOSED = "closed"
    """Won."""

class InteractionDirection(StrEnum):
    """Who began an interaction."""

    INBOUND = "inbound"
    """The customer."""
    OUTBOUND = "outbound"
    """We."""

class InteractionKind(StrEnum):
    """What kind of interaction it is."""

    CALL = "call"
    """A telephone or video call."""
    EMAIL = "email"
    """An e-mail."""
    MEETING = "meeting"
    """A meeting."""
    VISIT = "visit"
    """A visit to the customer."""
    MESSAGE = "message"
    """A short message: SMS, messenger, chat."""
    NOTE = "note"
    """Something noted that nobody else took part in."""

class InteractionStatus(StrEnum):
    """Whether an interaction has happened."""

    HELD = "held"
    """It has happened."""
    PLANNED = "planned"
    """It is to happen."""
    CANCELLED = "cancelled"
    """It was called off."""
    MISSED = "missed"
    """It was planned, and the other side did not come or answer."""

class Lifecycle(StrEnum):
    """How far a customer's relation with the business has come."""

    LEAD = "lead"
    """Known by name, not yet qualified."""
    PROSPECT = "prospect"
    """May well buy."""
    CUSTOMER = "customer"
    """Has bought."""
    FORMER = "former"
    """Bought once, and does not any more."""
    PARTNER = "partner"
    """Sells with us or for us."""
    OTHER = "other"
    """None of these."""

class OpportunityKind(StrEnum):
    """What kind of business an opportunity is."""

    NEW_BUSINESS = "new_business"
    """With somebody who has not bought before."""
    EXISTING_BUSINESS = "existing_business"
    """More for somebody who has bought before."""
    RENEWAL = "renewal"
    """The same again."""

class Outcome(StrEnum):
    """How an opportunity stands; it follows from the kind of its stage."""

    OPEN = "open"
    """It is being worked on."""
    WON = "won"
    """It was won."""
    LOST = "lost"
    """It was lost."""

class ParticipantResponse(StrEnum):
    """What somebody answered to an invitation (RFC 5545, PARTSTAT)."""

    NEEDS_ACTION = "needs_action"
    """Nothing yet."""
    ACCEPTED = "accepted"
    """That they come."""
    TENTATIVE = "tentative"
    """That they may come."""
    DECLINED = "declined"
    """That they do not come."""

class ParticipantRole(StrEnum):
    """What part somebody had in an interaction."""

    ATTENDEE = "attendee"
    """Took part."""
    ORGANIZER = "organizer"
    """Called it or sent it."""
    RECIPIENT = "recipient"
    """It was sent to them."""
    COPIED = "copied"
    """They got a copy."""

class ProductStatus(StrEnum):
    """Whether a product is still sold."""

    ACTIVE = "active"
    """It is sold."""
    RETIRED = "retired"
    """It is not sold any more: no new line of an open opportunity takes it."""

class StageKind(StrEnum):
    """What a stage means for its opportunities; their outcome follows from this and from nothing
    else.
    """

    OPEN = "open"
    """They are being worked on."""
    WON = "won"
    """They were won."""
    LOST = "lost"
    """They were lost."""

class TaskPriority(StrEnum):
    """How urgent a task is."""

    NORMAL = "normal"
    """As others."""
    HIGH = "high"
    """Before others."""
    LOW = "low"
    """After others."""

class TaskStatus(StrEnum):
    """How a task stands."""

    OPEN = "open"
    """It is to be done."""
    DONE = "done"
    """It is done."""
    CANCELLED = "cancelled"
    """It need not be done any more."""

class UserStatus(StrEnum):
    """Whether a user still works here."""

    ACTIVE = "active"
    """Works here."""
    INACTIVE = "inactive"
    """Does not any more; what they own stays theirs until it is handed over."""
