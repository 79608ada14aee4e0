"""However many commands it takes: a case has so many tokens and no more, and can be repaired when it comes to that."""

from engine.core import commands
from engine.core.budget import MAX_ELEMENTS, MAX_TOKENS_OF_INSTANCE
from engine.core.events import IncidentRaised
from tests.core.cases import Case


def live(case: Case) -> int:
    return sum(len(scope.tasks) for scope in case.instance.root.all_scopes())


def resolve(case: Case) -> None:
    """Try again whatever is stopped, once."""
    for incident_id in list(case.instance.root.incidents):
        case.do(commands.ResolveIncident, incident_id=incident_id, reason="once more")


def test_trying_again_does_not_multiply_tokens_beyond_the_limit() -> None:
    case = Case("""
        start s
        subprocess each times=18 {
        start is
        user a groups=g times=300
        end ie
        is -> a -> ie
        }
        end e
        s -> each -> e
    """)
    resolve(case)
    assert MAX_ELEMENTS < live(case) <= MAX_TOKENS_OF_INSTANCE
    held = len(case.incidents)
    assert held > 0
    resolve(case)
    assert len(case.incidents) == held, "each says the same again"
    case.do(commands.CancelProcessInstance, reason="too many")
    assert (case.status, case.incidents) == ("canceled", [])


def test_a_reminder_that_comes_again_and_again_stops_at_the_limit() -> None:
    case = Case("""
        start s
        user u groups=g
        boundary t on=u beside cycle="R/PT1H"
        user b groups=g times=997
        end e
        end f
        s -> u -> e
        t -> b -> f
    """)
    hours = 0
    while "t" not in {event.element_id for event in case.of(IncidentRaised)}:
        case.wait(hours=1)
        hours += 1
        assert hours < 100
    assert live(case) <= MAX_TOKENS_OF_INSTANCE
    case.wait(hours=3)
    assert live(case) <= MAX_TOKENS_OF_INSTANCE, "what comes meanwhile waits for the repair"
    case.complete("u")
    assert "t" not in {token.element.bpmn_id for token in case.instance.tokens()}, "and falls away with what it watches"
