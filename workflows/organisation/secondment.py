"""The steps of P19 (人员派驻与更换): judging a nomination, appointing with the account, ending and renewing a tenure."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.clock import hall_day
from workflows.organisation import provisioning, storage, tables, tenure
from workflows.organisation.items_kept import groups_of
from workflows.organisation.nomination import Nomination, nomination_of, require_nominator, require_room
from workflows.organisation.staff import StaffMember, require_fit, year_after
from workflows.organisation.workload import MONTHS, head_count, received


def register(registry: OperatorRegistry) -> None:
    """Add the steps of P19 to the operators models may name."""
    registry.local("organisation.judge_nomination", parameters=("nomination",))(judge_nomination)
    registry.local("organisation.second", parameters=("nomination",))(second)
    registry.local("organisation.end_tenure", parameters=("appointment", "reason"))(end_tenure)
    registry.local("organisation.tenure", parameters=("appointment",))(tenure_of)
    registry.local("organisation.renew_tenure", parameters=("appointment",))(renew_tenure)


def judge_nomination(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The window's workload and head-count, and whom the person replaces: what is checked next.

    :raises Rejection: ``nomination-not-readable``, ``nomination-foreign``, ``nomination-of-oneself``, ``window-unknown``,
        ``nomination-not-of-window``, ``nomination-above-head-count``, ``nomination-replaces-nobody``,
        ``staff-already-appointed``, ``staff-early-change``, ``staff-head-not-of-main-section``, ``staff-not-qualified``.
    """
    said, today = nomination_of(context_of(parameters.get("nomination"))), hall_day(call.now)
    require_nominator(said, call.actor.id, call.actor.groups, groups_of(session, said.home_department, today))
    _require_fit(session, said)
    there = [member for member in _at(session, said.window) if member.is_there(today)]
    cases = received(session, said.window, today)
    require_room(said, len(there), head_count(cases))
    leaving = _leaving(there, said)
    if leaving is not None and today < leaving.until_on and not said.reason:
        raise Rejection("staff-early-change", field="reason", until=leaving.until_on.isoformat())
    return {
        "cases_a_month": round(cases / MONTHS, 1),
        "head_count": head_count(cases),
        "there": len(there),
        "leaving": None if leaving is None else leaving.id,
        "before_its_year": leaving is not None and today < leaving.until_on,
    }


def second(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Appoint the person for a year and open the account: the only way one of a window comes about (R-10).

    :raises Rejection: as :func:`judge_nomination` of the person, which may have changed since.
    """
    said = nomination_of(context_of(parameters.get("nomination")))
    _require_fit(session, said)
    begin = max(said.from_on, hall_day(call.now))
    columns = ("window", "account_id", "home_department", "home_post", "heads_main_section", "qualification")
    values = {name: value for name, value in asdict(said).items() if name in columns}
    values |= {"post": said.post.value, "from_on": begin, "until_on": year_after(begin)}
    added = tables.staff_member.insert().values(**values).returning(tables.staff_member.c.id)
    appointment = int(session.execute(added).scalar_one())
    is_new = provisioning.open_account(session, said.account_id, said.name, said.window, call.actor, call.now)
    return {**_view(storage.appointment(session, appointment)), "account_is_new": is_new}


def end_tenure(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """End an appointment once its holder has handed over tasks and seals.

    :raises Rejection: as :func:`workflows.organisation.tenure.end`.
    """
    number, reason = _number(parameters), parameters.get("reason")
    return _view(tenure.end(session, number, reason if isinstance(reason, str) else "", call.actor, call.now))


def tenure_of(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Until when somebody stays, and whether he still does.

    :raises Rejection: ``staff-not-found``.
    """
    return _view(storage.appointment(session, _number(parameters)))


def renew_tenure(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Another year.

    :raises Rejection: as :func:`workflows.organisation.tenure.renew`.
    """
    return _view(tenure.renew(session, _number(parameters), hall_day(call.now)))


def _require_fit(session: Session, said: Nomination) -> None:
    """:raises Rejection: as :func:`judge_nomination`, of the person and the window."""
    window = tables.service_window.c.group_name
    if session.execute(select(window).where(window == said.window)).first() is None:
        raise Rejection("window-unknown", field="window", window=said.window[:60])
    if said.window not in storage.windows_of(session, said.home_department):
        raise Rejection("nomination-not-of-window", department=said.home_department[:60], window=said.window)
    require_fit(said.post, said.account_id, heads_main_section=said.heads_main_section, qualification=said.qualification)
    for member in storage.appointments(session, said.account_id):
        if member.ended_on is None:
            raise Rejection("staff-already-appointed", account=said.account_id, window=member.window)


def _at(session: Session, window: str) -> list[StaffMember]:
    return storage.staff_of(session, select(tables.staff_member).where(tables.staff_member.c.window == window))


def _leaving(there: list[StaffMember], said: Nomination) -> StaffMember | None:
    """:raises Rejection: ``nomination-replaces-nobody``."""
    if not said.replaces:
        return None
    found = next((member for member in there if member.account_id == said.replaces), None)
    if found is None:
        raise Rejection("nomination-replaces-nobody", field="replaces", account=said.replaces[:60], window=said.window)
    return found


def _view(member: StaffMember) -> dict[str, Value]:
    return {
        "appointment": member.id,
        "account": member.account_id,
        "window": member.window,
        "until": member.until_on.isoformat(),
        "remind_at": tenure.remind_at(member).isoformat(),
        "goes_on": member.ended_on is None,
    }


def _number(parameters: Variables) -> int:
    value = parameters.get("appointment")
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0
