"""What models ask of the clock. Every change tells the case when its moments come now (:mod:`workflows.clock.binding`)."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.calendar.entry import working_days
from workflows.calendar.working_days import WorkingDays
from workflows.clock import arguments, storage
from workflows.clock.backwards import latest_day, require_hearing_notice
from workflows.clock.binding import bound_moments
from workflows.clock.clock import Clock
from workflows.clock.counting import limit
from workflows.clock.extending import ExtensionRequest, extend
from workflows.clock.hall_time import hall_day
from workflows.clock.light import Moment, moments
from workflows.clock.pausing import PauseRequest, is_on_last_day, pause, resume
from workflows.clock.posts import offices
from workflows.clock.starting import start
from workflows.clock.step_limit import fitting_days
from workflows.clock.stopping import stop
from workflows.clock.view import view

STEP = "C3"
MAIN = "C1"

declare(
    {
        "clock-moment-unknown": (
            "没有“{moment}”这种时点。",
            "Expected yellow, red, promised or statutory, but got {moment}.",
        )
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``clock.*`` to the operators models may name."""
    registry.local("clock.today", parameters=())(today)
    registry.local("clock.add_working_days", parameters=("start", "days"))(add_working_days)
    registry.local("clock.limits", parameters=("start", "promised_days", "statutory_days"))(limits)
    registry.local("clock.latest_day", parameters=("kind", "variant", "end", "days", "basis"))(latest)
    registry.local("clock.check_hearing_notice", parameters=("hearing", "noticed"))(check_hearing_notice)
    started = ("kind", "variant", "name", "start", "days", "promised_days", "basis", "last_day")
    registry.local("clock.start", parameters=started)(start_clock)
    paused = ("clocks", "ground", "planned_days", "notice", "evidence", "start")
    registry.local("clock.pause", parameters=paused)(pause_clocks)
    registry.local("clock.resume", parameters=("clocks", "ground", "result"))(resume_clocks)
    registry.local("clock.extend", parameters=("clock", "days", "reason", "organ_group", "promise_follows"))(extend_clock)
    registry.local("clock.stop", parameters=("clocks", "reason"))(stop_clocks)
    registry.local("clock.state", parameters=("clock",))(state)
    registry.local("clock.moment", parameters=("clock", "moment"))(moment)
    registry.local("clock.fitting_days", parameters=("clock", "wanted", "own_days"))(days_that_fit)


def today(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The date in the hall, ISO 8601."""
    return hall_day(call.now).isoformat()


def add_working_days(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The end of a limit, as :func:`limit` says it. ``start``: a date or date-time (default: now). ``days``: working days.

    :raises Rejection: ``limit-not-countable``, ``date-not-readable``.
    """
    begin = arguments.day(parameters, "start", hall_day(call.now))
    return limit(begin, arguments.days(parameters, "days"), working_days(session))


def limits(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The promised and the statutory limit of a case, side by side.

    :raises Rejection: ``limit-not-countable``, ``date-not-readable``.
    """
    begin, calendar = arguments.day(parameters, "start", hall_day(call.now)), working_days(session)
    return {
        "promised": limit(begin, arguments.days(parameters, "promised_days"), calendar),
        "statutory": limit(begin, arguments.days(parameters, "statutory_days"), calendar),
    }


def latest(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The last day of a limit counted back from ``end``; see :func:`workflows.clock.backwards.latest_day`."""
    return latest_day(
        arguments.text(parameters, "kind"),
        arguments.day(parameters, "end", hall_day(call.now)),
        working_days(session),
        variant=arguments.text(parameters, "variant"),
        days=arguments.optional_days(parameters, "days"),
        basis=arguments.text(parameters, "basis") or None,
    ).isoformat()


def check_hearing_notice(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """True, or refused: ``hearing-notice-too-late``. ``noticed``: default today."""
    now = hall_day(call.now)
    require_hearing_notice(
        arguments.day(parameters, "noticed", now), arguments.day(parameters, "hearing", now), working_days(session)
    )
    return True


def start_clock(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Start a clock of the case; see :func:`workflows.clock.starting.start`. Answers with its view.

    :raises Rejection: as there, and ``clock-already-started``.
    """
    calendar = working_days(session)
    clock = start(
        arguments.text(parameters, "kind"),
        at=call.now,
        on=arguments.optional_day(parameters, "start"),
        variant=arguments.text(parameters, "variant"),
        name=arguments.text(parameters, "name") or None,
        days=arguments.optional_days(parameters, "days"),
        promised_days=arguments.optional_days(parameters, "promised_days"),
        basis=arguments.text(parameters, "basis") or None,
        last_day=arguments.optional_day(parameters, "last_day"),
    )
    storage.add(session, _place(call), clock, calendar)
    return _told(call, clock, calendar)


def pause_clocks(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Stop the count of the named clocks, or of all of the case that may pause. Answers with the view of the first.

    A step's own clock whose limit is already over stays as it is; it must not keep the case from pausing.

    :raises Rejection: as :func:`workflows.clock.pausing.pause`, and ``clock-not-found``.
    """
    calendar, request = working_days(session), _pause_request(parameters, call)
    given = arguments.names(parameters.get("clocks"))
    paused: list[Clock] = []
    for clock in _clocks(session, call, given or None, pausable=True):
        detail = {
            "ground": request.ground,
            "notice": request.notice,
            "planned_days": request.planned_days,
            "on_last_day": is_on_last_day(clock, call.now, calendar),
        }
        try:
            paused.append(
                storage.change(
                    session,
                    _place(call),
                    clock.name,
                    "paused",
                    detail,
                    lambda found: pause(found, request, call.now, calendar),
                    calendar,
                )
            )
        except Rejection as rejection:
            if given or clock.kind != STEP or rejection.code != "pause-after-deadline":
                raise
    return _all_told(call, paused, calendar)


def _pause_request(parameters: Variables, call: OperatorCall) -> PauseRequest:
    return PauseRequest(
        ground=arguments.text(parameters, "ground"),
        planned_days=arguments.optional_days(parameters, "planned_days"),
        notice=arguments.text(parameters, "notice"),
        evidence=arguments.text(parameters, "evidence"),
        by=call.actor.id,
        on=arguments.optional_day(parameters, "start"),
    )


def resume_clocks(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Let the named clocks go on, or all of the case that stand still for this ground. Answers with the view of the first.

    :raises Rejection: as :func:`workflows.clock.pausing.resume`, and ``clock-not-found``.
    """
    calendar = working_days(session)
    ground, result = arguments.text(parameters, "ground"), arguments.text(parameters, "result")
    given = arguments.names(parameters.get("clocks"))
    standing = [clock for clock in _clocks(session, call, given or None, pausable=True) if given or clock.paused]
    if not standing:
        raise Rejection("pause-not-open", field="ground", ground=ground[:40])
    resumed = [
        storage.change(
            session,
            _place(call),
            clock.name,
            "resumed",
            {"ground": ground, "result": result},
            lambda found: resume(found, ground, result, call.now),
            calendar,
        )
        for clock in standing
    ]
    return _all_told(call, resumed, calendar)


def extend_clock(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Extend a clock (``C1`` unless said). Who approves is whoever gave the command that led here; the offices of that person
    are read from their groups (:mod:`workflows.clock.posts`), ``organ_group`` being the leaders of the deciding organ.

    :raises Rejection: as :func:`workflows.clock.extending.extend`, and ``clock-not-found``.
    """
    calendar = working_days(session)
    request = ExtensionRequest(
        days=arguments.days(parameters, "days"),
        reason=arguments.text(parameters, "reason"),
        approved_by=call.actor.id,
        offices=offices(call.actor, arguments.text(parameters, "organ_group")),
        promise_follows=parameters.get("promise_follows") is True,
    )
    name = arguments.text(parameters, "clock") or MAIN
    detail = {"days": request.days, "reason": request.reason, "promise_follows": request.promise_follows}
    changed = storage.change(
        session, _place(call), name, "extended", detail, lambda found: extend(found, request, call.now, calendar), calendar
    )
    return _told(call, changed, calendar)


def stop_clocks(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Stop the named clocks, or all of the case that run. Answers with the view of the first; null if none ran.

    :raises Rejection: ``stop-without-reason``, ``clock-not-found``, ``clock-stopped``.
    """
    calendar, reason = working_days(session), arguments.text(parameters, "reason")
    given = arguments.names(parameters.get("clocks"))
    stopped = [
        storage.change(
            session,
            _place(call),
            clock.name,
            "stopped",
            {"reason": reason},
            lambda found: stop(found, reason, call.now),
            calendar,
        )
        for clock in _clocks(session, call, given or None, pausable=False)
    ]
    return _all_told(call, stopped, calendar) if stopped else None


def state(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The view of a clock now.

    :raises Rejection: ``clock-not-found``.
    """
    return view(_named(session, parameters, call), call.now, working_days(session))


def moment(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """When a moment of a clock comes, UTC; null while it stands still. For a ``timeDate`` or ``dueDate``.

    :raises Rejection: ``clock-not-found``, ``clock-moment-unknown``.
    """
    wanted = arguments.text(parameters, "moment")
    if wanted not in [known.value for known in Moment]:
        raise Rejection("clock-moment-unknown", field="moment", moment=wanted[:40])
    clock, calendar = _named(session, parameters, call), working_days(session)
    found: datetime | None = moments(clock, calendar)[Moment(wanted)]
    return None if found is None else found.isoformat().replace("+00:00", "Z")


def days_that_fit(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """See :func:`workflows.clock.step_limit.fitting_days`; ``own_days`` default 1."""
    own = arguments.optional_days(parameters, "own_days") or 1
    wanted = arguments.days(parameters, "wanted")
    return fitting_days(_named(session, parameters, call), wanted, own, call.now, working_days(session))


def _named(session: Session, parameters: Variables, call: OperatorCall) -> Clock:
    return storage.find(session, call.instance_id, arguments.text(parameters, "clock") or MAIN)


def _clocks(session: Session, call: OperatorCall, given: list[str] | None, *, pausable: bool) -> list[Clock]:
    """The named clocks; otherwise those of the case that have not stopped (and may pause).

    :raises Rejection: ``clock-not-found``: a named one is not there, or none that may pause is.
    """
    if given is not None:
        return [storage.find(session, call.instance_id, name) for name in given]
    running = [clock for clock in storage.of_case(session, call.instance_id) if clock.stopped_at is None]
    found = [clock for clock in running if clock.pausable or not pausable]
    if pausable and not found:
        raise Rejection("clock-not-found", field="clocks", clock=MAIN)
    return found


def _place(call: OperatorCall) -> storage.Place:
    return storage.Place(call.instance_id, call.business_key, call.actor.id, call.now)


def _told(call: OperatorCall, clock: Clock, calendar: WorkingDays) -> dict[str, Value]:
    call.deadlines.update(bound_moments(clock, calendar))
    return view(clock, call.now, calendar)


def _all_told(call: OperatorCall, clocks: list[Clock], calendar: WorkingDays) -> Value:
    views = [_told(call, clock, calendar) for clock in clocks]
    return views[0] if views else None
