"""Activities: people, programs, formulas, loops."""

import pytest

from engine.core import commands, events
from engine.core.actor import WORKER, Actor
from engine.core.rejection import Rejection
from tests.core.cases import Case

ONE = """
    start s
    user review groups=g,h due="=deadline" form=opinion limit=P3D name="审查"
    end e
    s -> review -> e
"""


def test_a_user_task_comes_up_with_everything_a_work_list_shows() -> None:
    case = Case(ONE, {"deadline": "2026-03-30T18:00:00"})
    (created,) = case.of(events.UserTaskCreated)
    assert created.title == "审查"
    assert created.candidate_groups == ["g", "h"]
    assert created.form_key == "opinion"
    assert created.limit == "P3D"
    assert created.due == "2026-03-30T10:00:00Z", "a time without a zone is the hall's"


def test_groups_may_be_computed() -> None:
    case = Case('start s\n user a groups="=\\"window-\\" + department"\n end e\n s -> a -> e', {"department": "health"})
    assert case.task("a").candidate_groups == ("window-health",)


def test_an_assignee_that_is_nobody_is_an_incident_and_can_be_tried_again() -> None:
    case = Case("start s\n user first groups=g\n user a assignee==officer\n end e\n s -> first -> a -> e")
    case.complete("first")
    assert case.incidents == ["assignment-failed"]
    (incident,) = case.of(events.IncidentRaised)
    with pytest.raises(Rejection, match="reason"):
        case.do(commands.ResolveIncident, incident_id=incident.incident_id, reason=" ")
    case.do(commands.ResolveIncident, incident_id=incident.incident_id, reason="try again")
    assert case.incidents == ["assignment-failed"], "the cause is still there"
    assert len(case.of(events.ElementEntered)) == 3, "the task was entered once, however often it was tried"


def test_only_candidates_claim_and_only_the_assignee_completes() -> None:
    case = Case(ONE, {"deadline": "2026-03-30"})
    task = case.task("review").task_id
    with pytest.raises(Rejection) as refused:
        case.do(commands.ClaimUserTask, Actor("stranger", ("x",)), task_id=task)
    assert refused.value.code == "user-task-not-candidate"
    case.do(commands.ClaimUserTask, Actor("anna", ("h",)), task_id=task)
    with pytest.raises(Rejection) as refused:
        case.complete("review", Actor("bert", ("g",)))
    assert refused.value.code == "user-task-not-assignee"
    with pytest.raises(Rejection) as refused:
        case.do(commands.ClaimUserTask, Actor("bert", ("g",)), task_id=task)
    assert refused.value.code == "user-task-state"
    case.complete("review", Actor("anna", ()))
    assert case.status == "completed"


def test_a_released_task_is_everybody_s_again() -> None:
    case = Case(ONE, {"deadline": "2026-03-30"})
    task = case.task("review").task_id
    case.do(commands.ClaimUserTask, task_id=task)
    case.do(commands.ReleaseUserTask, task_id=task)
    case.complete("review", Actor("bert", ("g",)))
    assert case.status == "completed"


def test_a_delegate_may_act_and_the_owner_stays_on_record() -> None:
    case = Case(ONE, {"deadline": "2026-03-30"})
    task = case.task("review").task_id
    case.do(commands.ClaimUserTask, task_id=task)
    case.do(commands.DelegateUserTask, task_id=task, delegate="bert")
    assert case.task("review").owner == "clerk"
    with pytest.raises(Rejection):
        case.complete("review")
    case.complete("review", Actor("bert"))


def test_a_refused_command_changes_nothing() -> None:
    case = Case(ONE, {"deadline": "2026-03-30"})
    version = case.instance.version
    with pytest.raises(Rejection):
        case.complete("review", Actor("stranger"))
    with pytest.raises(Rejection) as refused:
        case.do(commands.ClaimUserTask, task_id=case.task("review").task_id, expected_version=version - 1)
    assert refused.value.code == "version-conflict"
    assert case.instance.version == version
    assert case.replay()


SEPARATE = """
    start s
    user first groups=g
    user second groups=g separate=first
    end e
    s -> first -> second -> e
"""


def test_the_second_pair_of_eyes_is_somebody_else_s() -> None:
    case = Case(SEPARATE)
    case.complete("first")
    for attempt in (
        lambda: case.complete("second"),
        lambda: case.do(commands.ClaimUserTask, task_id=case.task("second").task_id),
        lambda: case.do(commands.AssignUserTask, task_id=case.task("second").task_id, assignee="clerk"),
    ):
        with pytest.raises(Rejection) as refused:
            attempt()
        assert refused.value.code == "separation-of-duties"
    case.complete("second", Actor("bert", ("g",)))


def test_separation_is_not_got_round_by_delegation() -> None:
    case = Case(SEPARATE)
    task = case.task("first").task_id
    case.do(commands.ClaimUserTask, task_id=task)
    case.do(commands.DelegateUserTask, task_id=task, delegate="bert")
    case.complete("first", Actor("bert"))
    for person in ("clerk", "bert"):
        with pytest.raises(Rejection):
            case.complete("second", Actor(person, ("g",)))
    anna = Actor("anna", ("g",))
    case.do(commands.ClaimUserTask, anna, task_id=case.task("second").task_id)
    with pytest.raises(Rejection):
        case.do(commands.DelegateUserTask, anna, task_id=case.task("second").task_id, delegate="bert")


def test_a_script_computes_and_nothing_else() -> None:
    case = Case('start s\n script t code="a = 1 + 2; b = a * 10"\n end e\n s -> t -> e')
    assert case.variables == {"a": 3, "b": 30}


SERVICE = """
    start s
    service fee operator=fees.assess param_area==area param_kind=hall into=bill
    user pay groups=g
    end e
    s -> fee -> pay -> e
"""


def test_a_service_task_asks_and_waits() -> None:
    case = Case(SERVICE, {"area": 12.5})
    (asked,) = case.of(events.ServiceTaskRequested)
    assert (asked.operator, asked.parameters) == ("fees.assess", {"area": 12.5, "kind": "hall"})
    assert case.open == []
    case.answer({"fen": 12000})
    assert case.task("pay").variables["bill"] == {"fen": 12000}
    with pytest.raises(Rejection) as refused:
        case.do(commands.CompleteServiceTask, WORKER, job_id=asked.job_id, result=None)
    assert refused.value.code == "job-not-found"


def test_a_job_that_fails_for_good_is_an_incident_and_resolving_asks_again() -> None:
    case = Case(SERVICE, {"area": 1})
    (asked,) = case.of(events.ServiceTaskRequested)
    case.do(commands.FailServiceTask, WORKER, job_id=asked.job_id, message="bank closed")
    assert case.incidents == ["job-failed"]
    (incident,) = case.of(events.IncidentRaised)
    case.do(commands.ResolveIncident, incident_id=incident.incident_id, reason="bank open again")
    assert len(case.of(events.ServiceTaskRequested)) == 2
    case.answer({"fen": 1})
    assert case.open == ["pay"]


def test_an_error_of_a_job_is_caught_by_its_boundary_event() -> None:
    case = Case(
        SERVICE.replace(
            "s -> fee", "boundary closed on=fee error=CLOSED\n user phone groups=g\n closed -> phone -> e\n s -> fee"
        ),
        {"area": 1},
    )
    (asked,) = case.of(events.ServiceTaskRequested)
    case.do(commands.FailServiceTask, WORKER, job_id=asked.job_id, message="no", error_code="CLOSED")
    assert case.open == ["phone"]
    assert case.incidents == []


EACH = """
    start s
    user opinion groups="=\\"department-\\" + department" {LOOP}
    user decide groups=g
    end e
    s -> opinion -> decide -> e
"""


def each(loop: str, **variables: object) -> Case:
    return Case(EACH.replace("{LOOP}", loop), variables)


def test_parallel_instances_collect_in_the_order_of_the_items() -> None:
    case = each(
        "collection==departments item=department collect=opinions output==view",
        departments=["health", "fire"],
    )
    health, fire = case.instance.user_tasks()
    assert health.candidate_groups == ("department-health",)
    for task, view in ((fire, "no"), (health, "yes")):
        actor = Actor("x", task.candidate_groups)
        case.do(commands.CompleteUserTask, actor, task_id=task.task_id, variables={"view": view})
    variables = case.task("decide").variables
    assert variables["opinions"] == ["yes", "no"]
    assert not {"view", "department", "loopCounter"} & variables.keys()


def test_instances_without_a_collection_may_not_overwrite_each_other() -> None:
    case = each("collection==departments item=department", departments=["a", "b"])
    one, two = case.instance.user_tasks()
    case.do(commands.CompleteUserTask, Actor("x", one.candidate_groups), task_id=one.task_id, variables={"view": "yes"})
    case.do(commands.CompleteUserTask, Actor("x", two.candidate_groups), task_id=two.task_id, variables={"view": "no"})
    assert case.incidents == ["merge-conflict"]


def test_sequential_instances_come_one_after_the_other() -> None:
    case = each("collection==departments item=department collect=o output==view sequential", departments=["a", "b"])
    for name in ("a", "b"):
        (task,) = case.instance.user_tasks()
        assert task.variables["department"] == name
        case.do(commands.CompleteUserTask, Actor("x", task.candidate_groups), task_id=task.task_id, variables={"view": name})
    assert case.task("decide").variables["o"] == ["a", "b"]


def test_a_completion_condition_withdraws_the_rest() -> None:
    case = each(
        'collection==departments item=department collect=o output==view until="nrOfCompletedInstances >= 1"',
        departments=["a", "b", "c"],
    )
    task = case.instance.user_tasks()[1]
    case.do(commands.CompleteUserTask, Actor("x", task.candidate_groups), task_id=task.task_id, variables={"view": 1})
    assert case.open == ["decide"]
    assert len(case.of(events.UserTaskCanceled)) == 2


def test_no_items_no_instances() -> None:
    case = each("collection==departments item=department collect=o output==view", departments=[])
    assert case.open == ["decide"]
    assert case.variables["o"] == []


@pytest.mark.parametrize("departments", [None, "health", 3, {"a": 1}])
def test_a_collection_that_is_no_list_is_an_incident(departments: object) -> None:
    assert each("collection==departments item=department", departments=departments).incidents == ["collection-invalid"]


def test_a_collection_too_large_is_an_incident() -> None:
    case = Case("start s\n task t times=1000000\n end e\n s -> t -> e")
    assert case.incidents == ["budget-exceeded"]
