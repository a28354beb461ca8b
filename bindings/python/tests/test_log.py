"""The change log, observers and logging."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

import crmkit
from crmkit import Commit, Crm


def test_history_tells_each_field_that_changed_from_what_to_what(crm: Crm) -> None:
    acme = crm.with_actor("li.wei").customers.create(kind="organization", name="Acme")
    crm.with_actor("chen.yu").customers.update(acme, country="DE", name="Acme GmbH")
    entries = crm.history(acme)
    last = {entry.field: entry for entry in entries if entry.kind == "update"}
    assert set(last) == {"country", "name", "sort_name"}
    assert (last["name"].before, last["name"].after) == ("Acme", "Acme GmbH")
    assert (last["country"].before, last["country"].after) == (None, "DE")
    assert {entry.actor for entry in entries if entry.kind == "create"} == {"li.wei"}
    assert last["name"].actor == "chen.yu"
    assert last["name"].at.utcoffset() is not None


def test_the_history_of_a_deleted_record_is_found_by_its_id(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    crm.customers.delete(acme)
    assert crm.customers.history(acme.id)[-1].kind == "delete"
    assert crm.customers.history(str(acme.id)) == crm.history(acme)


def test_custom_fields_have_a_history_each(crm: Crm) -> None:
    crm.custom_fields.create(entity="customer", key="colour", label="Colour", kind="text")
    acme = crm.customers.create(kind="organization", name="Acme", colour="red")
    crm.customers.update(acme, colour="blue")
    entry = crm.history(acme)[-1]
    assert (entry.field, entry.before, entry.after) == ("custom.colour", "red", "blue")


def test_a_transaction_is_one_batch_with_its_note_and_one_notification(crm: Crm) -> None:
    told: list[Commit] = []
    with crm.observe(told.append):
        with crm.transaction("call with Li"):
            acme = crm.customers.create(kind="organization", name="Acme")
            crm.customers.create(kind="person", name="李明")
            assert told == []
    crm.customers.update(acme, country="DE")
    assert len(told) == 1
    assert (told[0].note, told[0].tables) == ("call with Li", frozenset({"customers"}))
    assert {entry.batch for entry in crm.history(acme)[:-1]} == {told[0].batch}
    assert told[0].last == 2


def test_a_transaction_that_raises_tells_nobody_and_keeps_nothing(crm: Crm) -> None:
    told: list[Commit] = []
    with crm.observe(told.append), pytest.raises(KeyError), crm.transaction():
        crm.customers.create(kind="organization", name="Acme")
        raise KeyError
    assert (told, crm.customers.count()) == ([], 0)


def test_a_call_that_fails_within_a_transaction_takes_back_itself_alone(crm: Crm) -> None:
    with crm.transaction():
        crm.customers.create(kind="organization", name="Acme")
        with pytest.raises(crmkit.ValidationError):
            crm.customers.create(kind="organization", name="")
        assert crm.customers.count() == 1
    assert crm.customers.count() == 1


def test_a_transaction_belongs_to_the_thread_that_began_it(crm: Crm) -> None:
    seen: list[int] = []
    with crm.transaction():
        crm.customers.create(kind="organization", name="Acme")
        other = threading.Thread(target=lambda: seen.append(crm.tasks.count()))
        other.start()
        assert crm.customers.count() == 1
    other.join()
    assert seen == [0]


def test_a_transaction_within_a_transaction_is_refused(crm: Crm) -> None:
    with crm.transaction(), pytest.raises(crmkit.RefusedError) as refused, crm.transaction():
        pass
    assert refused.value.rule == "transaction.nested"


def test_another_handle_of_the_thread_that_has_a_transaction_open_is_refused(crm: Crm) -> None:
    other = crm.with_actor("chen.yu")
    with crm.transaction():
        crm.customers.create(kind="organization", name="Acme")
        for write in (
            lambda: other.customers.create(kind="organization", name="Globex"),
            lambda: other.transaction().__enter__(),
            lambda: crm.with_actor("wang.fang"),
        ):
            with pytest.raises(crmkit.RefusedError) as refused:
                write()
            assert refused.value.rule == "transaction.nested"
    assert other.customers.create(kind="organization", name="Globex").name == "Globex"


def test_a_transaction_can_be_observed_from_within(crm: Crm) -> None:
    told: list[Commit] = []
    with crm.transaction():
        observer = crm.observe(told.append)
        crm.customers.create(kind="organization", name="Acme")
    observer.close()
    assert len(told) == 1


def test_an_observer_may_use_the_crm(crm: Crm) -> None:
    names: list[str] = []

    def copy(commit: Commit) -> None:
        if commit.actor != "observer":
            names.extend(customer.name for customer in crm.customers.find())
            crm.with_actor("observer").customers.create(kind="organization", name="Copy")

    with crm.observe(copy):
        crm.customers.create(kind="organization", name="Acme")
    assert names == ["Acme"]
    assert crm.customers.count() == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_observer_that_raises_does_not_undo_what_it_was_told_of(crm: Crm) -> None:
    def broken(commit: Commit) -> None:
        raise RuntimeError

    with crm.observe(broken):
        crm.customers.create(kind="organization", name="Acme")
    assert crm.customers.count() == 1


def test_commits_can_be_iterated_until_they_are_closed(crm: Crm) -> None:
    seen: list[str] = []
    with crm.observe() as commits:

        def listen() -> None:
            seen.extend(commit.actor for commit in commits)

        listener = threading.Thread(target=listen)
        listener.start()
        for actor in ["li.wei", "chen.yu"]:
            crm.with_actor(actor).customers.create(kind="organization", name="Acme")
    listener.join(timeout=5)
    assert not listener.is_alive()
    assert seen == ["li.wei", "chen.yu"]


def test_the_feed_goes_on_where_it_ended(crm: Crm) -> None:
    for name in ["Acme", "Globex"]:
        crm.customers.create(kind="organization", name=name)
    first, second = crm.feed()
    assert (first.sequence, second.sequence) == (1, 2)
    crm.customers.delete(second.record_id)
    [third] = crm.feed(after=second.sequence)
    assert (third.kind, third.table) == ("delete", "customers")
    assert [field.field for field in third.fields] == ["deleted_at"]


def test_logging_gets_what_the_engine_tells_and_no_customer_is_in_it(
    crm: Crm, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="crmkit"):
        crm.with_actor("li.wei").customers.create(kind="person", name="李明")
        with crm.transaction("call with Li"):
            crm.customers.create(kind="person", name="王芳")
    committed = [record for record in caplog.records if "committed" in record.getMessage()]
    assert len(committed) == 2
    assert all(record.name.startswith("crmkit.crm_core") for record in committed)
    assert not any("李明" in record.getMessage() for record in caplog.records)


def test_a_handler_of_logging_may_use_the_crm(tmp_path: Path) -> None:
    counts: list[int] = []

    class Counting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logger.removeHandler(self)
            counts.append(crm.customers.count())

    logger = logging.getLogger("crmkit")
    logger.setLevel(logging.DEBUG)
    with crmkit.open(tmp_path / "sales.db") as crm:
        logger.addHandler(Counting())
        crm.customers.create(kind="organization", name="Acme")
    logger.setLevel(logging.NOTSET)
    assert counts == [1]
