"""What the models of a joint review ask and say, each right behind the task it guards."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of, list_of
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.joint_review import storage
from workflows.joint_review.agreement import Agreement, agreements, require_agreement
from workflows.joint_review.paths import Facts, path_tasks
from workflows.joint_review.responsibility import Responsibility, require_responsibilities
from workflows.joint_review.storage import AGREED, DISAGREED, NOT_PROCESSED, OPEN, REMOVED
from workflows.joint_review.tables import joint_project

SPLIT_WITHIN = timedelta(days=365)
PATH_PARAMETERS = ("path", "stage", "skipped", "added", "triggers", "assessment", "authority")
SINGLE = "single"

declare(
    {
        "joint-superior-undecided": (
            "事项{task}须由{superior}决定，登记其批准文号后才能办结。",
            "Expected the document by which {superior} decided on {task}, but there is none.",
        ),
        "joint-lead-wrong": (
            "本项目的受理责任单位是{lead}，应由其窗口提出联审申请。",
            "Expected the window of {lead} to apply for the joint review; another cannot.",
        ),
        "joint-not-eligible": (
            "本项目只涉及一个部门，不符合联合审批条件，请按单个事项受理。",
            "Expected a project for joint review; one that concerns a single department is filed as an item of its own.",
        ),
        "joint-meeting-notice-too-late": (
            "联审会应至少提前一个工作日通知。",
            "Expected a meeting to be announced at least one working day before, but it is too soon.",
        ),
        "joint-predecessor-open": (
            "前置事项{predecessor}尚未办结，{task}不能作出结论。",
            "Expected {predecessor} to be concluded before {task}, but it is open.",
        ),
        "joint-predecessor-refused": (
            "前置事项{predecessor}未获同意，{task}只能登记为不再办理。",
            "Since {predecessor} was refused, {task} can only be recorded as not processed.",
        ),
        "joint-opinion-outstanding": (
            "{departments}尚未提出意见，不能汇总。",
            "Expected every department's opinion before the conclusion, but {departments} have given none.",
        ),
        "joint-task-needed": (
            "事项{task}是{successor}的前置，不能减签。",
            "Expected a responsibility nobody waits for, but {successor} waits for {task}.",
        ),
        "joint-task-concluded": (
            "事项{task}已有结论，不能减签；可以由该部门撤回意见。",
            "Expected an open responsibility, but {task} is concluded; its department may recall the opinion.",
        ),
        "joint-opinion-not-given": (
            "事项{task}没有可撤回的意见。",
            "Expected an opinion to recall on {task}, but there is none.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``joint_review.*`` to the operators models may name."""
    registry.local("joint_review.require_lead", parameters=("item", "lead"))(require_lead)
    registry.local("joint_review.project", parameters=("case", "owner", "site", "investment_fen"))(project)
    registry.local("joint_review.path", parameters=PATH_PARAMETERS)(path)
    registry.local("joint_review.require_eligible", parameters=("route",))(require_eligible)
    registry.local("joint_review.check_meeting", parameters=("held_on",))(check_meeting)
    registry.local("joint_review.assign", parameters=("case", "responsibilities", "promised_days"))(assign)
    registry.local("joint_review.add", parameters=("case", "responsibility"))(add)
    registry.local("joint_review.remove", parameters=("case", "code"))(remove)
    registry.local("joint_review.recall", parameters=("case", "code"))(recall)
    opinion = ("case", "code", "state", "statement", "legal_basis", "superior_document")
    registry.local("joint_review.record", parameters=opinion)(record)
    registry.local("joint_review.require_all", parameters=("case", "granted", "path"))(require_all)


def require_lead(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """True, or refused: ``joint-lead-wrong``. ``lead``: the answer of the decision ``joint_review_lead`` (D4, A-23)."""
    item, lead = context_of(parameters.get("item")), context_of(parameters.get("lead"))
    if item.get("window_group") != lead.get("lead_group"):
        raise Rejection("joint-lead-wrong", lead=str(lead.get("lead")))
    return True


def project(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Keep the project, and say whether it looks like a piece of a larger one (A-07): ``{"split", "total_fen", "cases"}``.

    Same owner and site within twelve months. Only a warning: the committee decides, with a reason.
    """
    owner, site = str(parameters.get("owner")).strip(), str(parameters.get("site")).strip()
    amount = parameters.get("investment_fen")
    fen = amount if isinstance(amount, int) and not isinstance(amount, bool) else 0
    near = (joint_project.c.owner == owner) & (joint_project.c.site == site)
    recent = joint_project.c.received_at >= call.now - SPLIT_WITHIN
    before = session.execute(select(joint_project).where(near, recent).order_by(joint_project.c.case_number)).all()
    row = {"owner": owner, "site": site, "investment_fen": fen, "received_at": call.now}
    session.execute(joint_project.insert().values(case_number=str(parameters.get("case")), **row))
    total = fen + sum(found.investment_fen for found in before)
    return {"split": bool(before), "total_fen": total, "cases": [found.case_number for found in before]}


def path(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """``proposed``, the responsibilities of a path's stage as decision tables shape it, and how many ``departments`` they are.

    :raises Rejection: as :func:`workflows.joint_review.paths.path_tasks`.
    """
    facts = Facts(
        skipped={str(code) for code in list_of(parameters.get("skipped"))},
        added={str(code) for code in list_of(parameters.get("added"))},
        triggers=list_of(parameters.get("triggers")),
        assessment=_text(parameters.get("assessment")),
        authority=_text(parameters.get("authority")),
    )
    tasks = path_tasks(str(parameters.get("path")), str(parameters.get("stage")), facts)
    return {"proposed": [task.to_dict() for task in tasks], "departments": len({task.department for task in tasks})}


def require_eligible(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """True, or refused: a project of one department is an item of its own (D2, R-30)."""
    if parameters.get("route") == SINGLE:
        raise Rejection("joint-not-eligible", field="details")
    return True


def _text(given: object) -> str | None:
    return None if given is None else str(given)


def check_meeting(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """True, or refused: ``joint-meeting-notice-too-late``."""
    earliest = working_days(session).after(hall_day(call.now), 1).day
    if str(parameters.get("held_on")) < earliest.isoformat():
        raise Rejection("joint-meeting-notice-too-late", field="held_on")
    return True


def assign(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Hand the responsibilities out. Answers with the list.

    :raises Rejection: as :meth:`Responsibility.of` and :func:`require_responsibilities`.
    """
    tasks = [Responsibility.of(context_of(given)) for given in list_of(parameters.get("responsibilities"))]
    promised = parameters.get("promised_days")
    require_responsibilities(tasks, promised if isinstance(promised, int) else 0)
    for task in tasks:
        storage.add(session, str(parameters.get("case")), task)
    return [{**task.to_dict(), "turn": 1} for task in tasks]


def add(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """加签: one department more. Answers with the responsibility.

    :raises Rejection: ``joint-task-without-owner``, ``joint-task-twice``, ``joint-dependency-unknown``.
    """
    case, task = str(parameters.get("case")), Responsibility.of(context_of(parameters.get("responsibility")))
    there = {found.responsibility.code for found in storage.tasks_of(session, case)}
    if task.code in there:
        raise Rejection("joint-task-twice", field="code", task=task.code)
    for predecessor in task.depends_on:
        if predecessor not in there:
            raise Rejection("joint-dependency-unknown", field="depends_on", task=task.code, predecessor=predecessor)
    storage.add(session, case, task)
    return {**task.to_dict(), "turn": 1}


def remove(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """减签: a department need not answer after all. True.

    :raises Rejection: ``joint-task-not-found``, ``joint-task-concluded``, ``joint-task-needed``.
    """
    case, code = str(parameters.get("case")), str(parameters.get("code"))
    if storage.task_of(session, case, code).state != OPEN:
        raise Rejection("joint-task-concluded", field="code", task=code)
    for found in storage.tasks_of(session, case):
        if found.state == OPEN and code in found.responsibility.depends_on:
            raise Rejection("joint-task-needed", field="code", task=code, successor=found.responsibility.code)
    storage.set_state(session, case, code, REMOVED)
    return True


def recall(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """撤回: a department takes its opinion back before the conclusion and gives another. Answers with the responsibility.

    What it said stays on record.

    :raises Rejection: ``joint-task-not-found``, ``joint-opinion-not-given``.
    """
    case, code = str(parameters.get("case")), str(parameters.get("code"))
    found = storage.task_of(session, case, code)
    if found.state not in (AGREED, DISAGREED):
        raise Rejection("joint-opinion-not-given", field="code", task=code)
    storage.set_state(session, case, code, OPEN)
    return {**found.responsibility.to_dict(), "turn": storage.turns(session, case, code) + 1}


def record(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A department's conclusion. True.

    ``superior_document``: by which the organ above decided, where the department reports up.

    :raises Rejection: ``joint-task-not-found``, ``joint-predecessor-open``, ``joint-predecessor-refused``,
        ``joint-superior-undecided``.
    """
    case, code, state = (str(parameters.get(name)) for name in ("case", "code", "state"))
    tasks = {found.responsibility.code: found for found in storage.tasks_of(session, case)}
    found = storage.task_of(session, case, code)
    for predecessor in found.responsibility.depends_on:
        _require_predecessor(code, predecessor, tasks[predecessor].state, state)
    basis = _superior_document(found.responsibility, state, parameters) or parameters.get("legal_basis")
    opinion = {"state": state, "statement": str(parameters.get("statement") or ""), "legal_basis": basis or None}
    storage.set_state(session, case, code, state)
    storage.keep_opinion(session, case, code, opinion, call.actor.id, call.now)
    return True


def _superior_document(task: Responsibility, state: str, parameters: Variables) -> str | None:
    """The superior's document, which stands for the county's agreement. :raises Rejection: ``joint-superior-undecided``."""
    if task.superior is None or state != AGREED:
        return None
    document = str(parameters.get("superior_document") or "").strip()
    if not document:
        raise Rejection("joint-superior-undecided", field="superior_document", task=task.code, superior=task.superior)
    return document


def _require_predecessor(code: str, predecessor: str, its_state: str, state: str) -> None:
    if its_state == OPEN:
        raise Rejection("joint-predecessor-open", task=code, predecessor=predecessor)
    if its_state in (DISAGREED, NOT_PROCESSED) and state != NOT_PROCESSED:
        raise Rejection("joint-predecessor-refused", task=code, predecessor=predecessor)


def require_all(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The states by code, or refused: nobody concludes without every opinion (R-33, A-18), or grants where the rule of the
    path (``agreement.yaml``) is not met.

    :raises Rejection: ``joint-opinion-outstanding``, and as :func:`workflows.joint_review.agreement.require_agreement`.
    """
    tasks = storage.tasks_of(session, str(parameters.get("case")))
    outstanding = [found.responsibility.department for found in tasks if found.state == OPEN]
    if outstanding:
        raise Rejection("joint-opinion-outstanding", departments="、".join(outstanding))
    asked = [found for found in tasks if found.state != REMOVED]
    opinions = {f"{one.responsibility.department}：{one.responsibility.permit}": one.state == AGREED for one in asked}
    if parameters.get("granted") is True:
        require_agreement(agreements().get(str(parameters.get("path")), Agreement()), opinions)
    return {found.responsibility.code: found.state for found in tasks}
