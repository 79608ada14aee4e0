"""The catalogue on real databases: versions only grow, nobody publishes their own draft, cases keep their version."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from api.installation import operators
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.runtime.halls import Hall
from tests.workflows.some_models import files_of
from workflows.catalogue.in_force import in_force
from workflows.catalogue.item_register import ItemFilter, ItemRegister
from workflows.catalogue.loading import PLANNED, load_directory, shipped_contents
from workflows.catalogue.storage import deployed_processes
from workflows.catalogue.version import State

DESIGNER, LEGAL, COMMITTEE = Actor("designer"), Actor("legal-office"), Actor("committee")
LETTER = "县府法审〔2026〕1号"
PINNING = """
    start s
    service pin operator=catalogue.item into=item param_code="=code"
    user work groups=g
    user after groups=g
    end e
    s -> pin -> work -> after -> e
"""


class Catalogue:
    """The register with the shipped catalogue in it and the shipped models deployed."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.register = ItemRegister(hall.runtime.registers)
        hall.runtime.deployments.deploy(files_of(*(item.process for item in load_directory().values())), DESIGNER)
        self.register.install(DESIGNER)

    def changed(self, code: str = "GS-002", **changes: Any) -> int:
        latest = self.register.version(code)
        return self.register.draft(
            {**latest.content, **changes}, DESIGNER, reason="缩短承诺期限", based_on=latest.version
        ).version

    def publish(self, code: str, number: int, from_on: date | None = None) -> None:
        self.register.move(code, number, State.LEGAL_CHECK, DESIGNER)
        self.register.move(code, number, State.QUEUED, LEGAL, document=LETTER)
        self.register.move(code, number, State.IN_FORCE, COMMITTEE, from_on=from_on)

    def in_force(self, code: str = "GS-002", now: datetime | None = None) -> int:
        with self.hall.runtime.registers.read() as session:
            return in_force(session, code, now or self.hall.now).version

    def refused(self, code: str, action: str, change: Any) -> None:
        with pytest.raises(Rejection) as rejection:
            change()
        assert rejection.value.code == code
        with self.hall.runtime.database.read() as connection:
            columns = audit.c.action, audit.c.outcome, audit.c.code
            last = connection.execute(select(*columns).order_by(audit.c.id.desc()).limit(1)).one()
        assert tuple(last) == (action, "refused", code)


@pytest.fixture
def catalogue(database_url: str) -> Iterator[Catalogue]:
    made = Hall(database_url, operators())
    yield Catalogue(made)
    made.close()


SHORTER = {"promised_days": 5, "steps": [{"name": "受理、审查、决定", "post": "承办人", "days": 5}]}


def test_installing_twice_changes_nothing(catalogue: Catalogue) -> None:
    before = {code: len(catalogue.register.versions(code)) for code in load_directory()}
    assert set(before.values()) == {1}
    assert catalogue.register.install(DESIGNER) == []
    assert {code: len(catalogue.register.versions(code)) for code in load_directory()} == before
    assert [catalogue.in_force(code) for code in load_directory()] == [1] * len(before)
    assert [catalogue.register.findings(code, 1, catalogue.hall.now) for code in load_directory()] == [[]] * len(before)


def test_a_changed_file_is_a_draft_and_nothing_more(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = {code: {**content, **SHORTER} for code, content in shipped_contents().items() if code == "GS-002"}
    monkeypatch.setattr("workflows.catalogue.installation.shipped_contents", lambda folder: contents)
    assert catalogue.register.install(DESIGNER) == []
    assert catalogue.register.version("GS-002").state is State.DRAFT
    assert (catalogue.register.version("GS-002").version, catalogue.in_force()) == (2, 1)
    catalogue.register.install(DESIGNER)
    assert len(catalogue.register.versions("GS-002")) == 2


def test_a_file_that_is_no_longer_planned_goes_in_force(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hall, only = Hall(database_url, operators()), {"GS-002": shipped_contents()["GS-002"]}
    register = ItemRegister(hall.runtime.registers)
    monkeypatch.setattr("workflows.catalogue.installation.shipped_contents", lambda folder: only if folder == PLANNED else {})
    assert register.install(DESIGNER) == []
    monkeypatch.setattr("workflows.catalogue.installation.shipped_contents", lambda folder: {} if folder == PLANNED else only)
    assert register.install(DESIGNER) == []
    hall.runtime.deployments.deploy(files_of("outdoor_advertising_registration"), DESIGNER)
    assert register.install(DESIGNER) == ["GS-002"]
    assert register.install(DESIGNER) == []
    hall.close()


def test_a_version_comes_into_force_on_its_day(catalogue: Catalogue) -> None:
    number = catalogue.changed(**SHORTER)
    catalogue.publish("GS-002", number, date(2026, 4, 1))
    assert catalogue.in_force(now=datetime(2026, 3, 31, 15, 59, tzinfo=UTC)) == 1
    assert catalogue.in_force(now=datetime(2026, 3, 31, 16, 0, tzinfo=UTC)) == number
    [found] = catalogue.register.differences("GS-002", 1, number)[:1]
    assert (found.field, found.before, found.after) == ("promised_days", 7, 5)


def test_a_running_case_keeps_the_version_it_was_accepted_under(catalogue: Catalogue) -> None:
    hall = catalogue.hall
    hall.deploy(PINNING)
    case = hall.start({"code": "GS-002"}).instance_id
    catalogue.publish("GS-002", catalogue.changed(**SHORTER))
    hall.complete("work")
    later = hall.start({"code": "GS-002"}).instance_id
    pinned = [(hall.variables(one)["item"]["version"], hall.variables(one)["item"]["promised_days"]) for one in (case, later)]
    assert pinned == [(1, 7), (2, 5)]
    hall.check(case, later)


def test_nobody_checks_or_publishes_their_own_draft(catalogue: Catalogue) -> None:
    register, number = catalogue.register, catalogue.changed(**SHORTER)
    register.move("GS-002", number, State.LEGAL_CHECK, DESIGNER)

    def own(to: State) -> Any:
        return lambda: register.move("GS-002", number, to, DESIGNER, document=LETTER)

    catalogue.refused("item-needs-second-person", "MoveItem", own(State.QUEUED))
    register.move("GS-002", number, State.QUEUED, LEGAL, document=LETTER)
    catalogue.refused("item-needs-second-person", "MoveItem", own(State.IN_FORCE))
    assert catalogue.in_force() == 1


def test_what_may_not_be_published_is_refused_at_the_door_of_the_legal_check(catalogue: Catalogue) -> None:
    law = {"days": 20, "unit": "working-days", "source": "licensing-law", "basis": "《行政许可法》", "from_on": "2004-07-01"}
    looser = {**law, "source": "local", "days": 30, "basis": "县里的规定"}
    for code, changes in (
        ("item-local-limit-looser", {"limits": [law, looser]}),
        ("item-steps-too-long", {"promised_days": 6}),
        ("item-publication-incomplete", {"quantity": ""}),
        ("item-model-not-deployed", {"process": "not_drawn_yet"}),
        ("item-field-unknown", {"other_fields": [{"field": "details.religion", "because": "想知道"}]}),
    ):
        number = catalogue.changed(**changes)
        catalogue.refused(code, "MoveItem", lambda number=number: catalogue.publish("GS-002", number))
        catalogue.changed(**{name: shipped_contents()["GS-002"][name] for name in changes})


def test_a_move_that_the_life_does_not_know_is_refused(catalogue: Catalogue) -> None:
    register, number = catalogue.register, catalogue.changed(**SHORTER)
    move = register.move
    catalogue.refused("item-transition-not-allowed", "MoveItem", lambda: move("GS-002", number, State.IN_FORCE, COMMITTEE))
    move("GS-002", number, State.LEGAL_CHECK, DESIGNER)
    catalogue.refused("item-reason-missing", "MoveItem", lambda: move("GS-002", number, State.DRAFT, LEGAL))
    catalogue.refused("item-document-missing", "MoveItem", lambda: move("GS-002", number, State.QUEUED, LEGAL))
    move("GS-002", number, State.QUEUED, LEGAL, document=LETTER)
    past = date(2026, 3, 1)
    refused = lambda: move("GS-002", number, State.IN_FORCE, COMMITTEE, from_on=past)  # noqa: E731
    catalogue.refused("item-in-force-in-the-past", "MoveItem", refused)
    catalogue.refused("item-version-not-found", "MoveItem", lambda: move("GS-002", 9, State.LEGAL_CHECK, DESIGNER))
    catalogue.refused("item-not-in-catalogue", "MoveItem", lambda: move("XX-999", 1, State.LEGAL_CHECK, DESIGNER))


def test_a_draft_has_a_shape_a_reason_and_the_latest_version_under_it(catalogue: Catalogue) -> None:
    register, good = catalogue.register, shipped_contents()["GS-002"]

    def drafted(content: dict[str, Any], reason: str = "修改", based_on: int | None = 1) -> Any:
        return lambda: register.draft(content, DESIGNER, reason=reason, based_on=based_on)

    catalogue.refused("item-content-invalid", "DraftItem", drafted({**good, "colour": "red"}))
    catalogue.refused("item-reason-missing", "DraftItem", drafted({**good, **SHORTER}, reason=" "))
    catalogue.refused("item-exists", "DraftItem", drafted({**good, **SHORTER}, based_on=None))
    catalogue.refused("item-unchanged", "DraftItem", drafted(good))
    catalogue.changed(**SHORTER)
    catalogue.refused("item-stale-base", "DraftItem", drafted({**good, "promised_days": 6}))
    assert register.draft({**good, "code": "GS-900"}, DESIGNER, reason="新增事项").version == 1
    later = catalogue.changed(promised_days=6)
    stale = lambda: register.move("GS-002", later - 1, State.LEGAL_CHECK, DESIGNER)  # noqa: E731
    catalogue.refused("item-stale-base", "MoveItem", stale)


def test_a_suspended_item_takes_no_application_and_an_ended_one_never_again(catalogue: Catalogue) -> None:
    hall, register = catalogue.hall, catalogue.register
    hall.deploy(PINNING)
    running = hall.start({"code": "GS-002"}).instance_id
    register.move("GS-002", 1, State.SUSPENDED, COMMITTEE, reason="系统切换")
    for code, to, said in (
        ("item-suspended", State.IN_FORCE, {}),
        (None, State.ENDED, {"reason": "国务院取消", "document": "国发〔2026〕1号", "from_on": date(2026, 3, 4)}),
    ):
        if code is not None:
            with pytest.raises(Rejection) as refused:
                hall.start({"code": "GS-002"})
            assert refused.value.code == code
        register.move("GS-002", 1, to, COMMITTEE, **said)
    assert catalogue.in_force() == 1
    with pytest.raises(Rejection) as refused:
        catalogue.in_force(now=hall.now + timedelta(days=2))
    assert refused.value.code == "item-ended"
    hall.complete("work")
    assert hall.variables(running)["item"]["version"] == 1


def test_an_item_that_is_only_a_draft_takes_no_application(catalogue: Catalogue) -> None:
    catalogue.register.draft({**shipped_contents()["GS-002"], "code": "GS-900"}, DESIGNER, reason="新增事项")
    with pytest.raises(Rejection) as refused:
        catalogue.in_force("GS-900")
    assert refused.value.code == "item-not-in-force"


def test_the_register_takes_no_change_of_a_version_or_an_event(catalogue: Catalogue) -> None:
    for statement in ("UPDATE item_version SET reason = ''", "DELETE FROM item_event"):
        with pytest.raises(DBAPIError, match="append-only"), catalogue.hall.runtime.registers.read() as session:
            session.execute(text(statement))


def test_the_list_is_paged_and_the_public_sees_what_is_in_force(catalogue: Catalogue) -> None:
    register, now = catalogue.register, catalogue.hall.now
    register.move("GS-001", 1, State.SUSPENDED, COMMITTEE, reason="系统切换")
    first = register.page(ItemFilter(), now, None, 2)
    assert [line.code for line in first.items] == sorted(load_directory())[:2]
    assert "GT-001" in [line.code for line in register.page(ItemFilter(), now, first.next_cursor, 200).items]
    public = register.page(ItemFilter(department="县工商局", text="广告"), now, None, 50, public=True)
    assert [line.code for line in public.items] == ["GS-002"]
    assert register.page(ItemFilter(text="个体工商户名称"), now, None, 50, public=True).items == []


def test_a_planned_item_goes_in_force_when_its_model_is_deployed_and_nobody_worked_on_it(catalogue: Catalogue) -> None:
    planned, deployed = load_directory(PLANNED), deployed_keys(catalogue)
    for code, item in planned.items():
        version = catalogue.register.version(code)
        assert (version.state is State.IN_FORCE) == (item.process in deployed), code
        if item.process not in deployed:
            wrong = [finding.code for finding in catalogue.register.findings(code, 1, catalogue.hall.now)]
            assert wrong == ["item-model-not-deployed"], code


def deployed_keys(catalogue: Catalogue) -> frozenset[str]:
    with catalogue.hall.runtime.registers.read() as session:
        return deployed_processes(session)


@pytest.mark.parametrize("code", ["GS-001", "XX-999"])
def test_a_file_that_nobody_entered_is_no_item(database_url: str, code: str) -> None:
    hall = Hall(database_url)
    with hall.runtime.registers.read() as session, pytest.raises(Rejection) as refusal:
        in_force(session, code, hall.now)
    assert refusal.value.code == "item-not-in-catalogue"
    hall.close()
