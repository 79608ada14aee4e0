"""Event subprocesses, signals, escalations, conditions, links, transactions, standard loops."""

import pytest

from engine.core import commands, events
from tests.core.cases import CLERK, Case

WITH_REACTION = """
    start s
    user a groups=g
    user b groups=g
    end e
    reaction react {
    start rs {START}
    user answer groups=g
    end re
    rs -> answer -> re
    }
    s -> a -> b -> e
"""


def reacting(start: str, **variables: object) -> Case:
    return Case(WITH_REACTION.replace("{START}", start), variables)


def test_an_event_subprocess_that_never_happens_keeps_nothing_alive() -> None:
    case = reacting("message=stop")
    case.complete("a")
    case.complete("b")
    assert case.status == "completed"
    assert case.of(events.MessageSubscriptionClosed)


def test_an_interrupting_event_subprocess_takes_over_with_what_was_known() -> None:
    case = reacting("message=stop")
    case.complete("a", said="yes")
    case.message("stop", reason="changed")
    assert case.open == ["answer"]
    assert case.task("answer").variables == {"said": "yes", "reason": "changed"}
    case.complete("answer", done=True)
    assert case.status == "completed"
    assert case.variables == {"said": "yes", "reason": "changed", "done": True}


def test_an_event_subprocess_beside_runs_as_often_as_it_is_asked_to() -> None:
    case = reacting("message=ask beside")
    case.message("ask", question=1)
    case.message("ask", question=1)
    assert case.open == ["a", "answer", "answer"]
    case.complete("answer")
    case.complete("a")
    case.complete("b")
    assert case.status == "active", "one answer is still awaited"
    case.complete("answer", answered=True)
    assert case.status == "completed"
    assert case.variables["answered"] is True


class TestOutputs:
    """What an event subprocess, or any subprocess, gives back when it says what."""

    @staticmethod
    def reacting(outputs: str) -> Case:
        text = WITH_REACTION.replace("reaction react", f"reaction react outputs={outputs}")
        return Case(text.replace("{START}", "message=ask beside"), {"known": 1})

    def test_several_at_once_contradict_nobody(self) -> None:
        case = self.reacting("''")
        case.message("ask", question="first")
        case.message("ask", question="second")
        first, second = case.instance.user_tasks()[1:]
        assert (first.variables, second.variables) == ({"known": 1, "question": "first"}, {"known": 1, "question": "second"})
        for view, answer in ((first, "yes"), (second, "no")):
            case.do(commands.CompleteUserTask, CLERK, task_id=view.task_id, variables={"answer": answer, "known": answer})
        case.message("ask", question="third")
        case.complete("answer", answer="perhaps")
        case.complete("a", known=2)
        case.complete("b")
        assert (case.status, case.incidents, case.variables) == ("completed", [], {"known": 2})
        case.replay()

    def test_what_is_named_comes_back(self) -> None:
        case = self.reacting("'said=question; answer'")
        case.message("ask", question="first")
        case.complete("answer", answer="yes", aside="nothing")
        case.complete("a")
        assert case.variables == {"known": 1, "said": "first", "answer": "yes"}

    def test_what_is_interrupted_gives_nothing_back(self) -> None:
        case = Case("""
            start s
            subprocess inner outputs=answer {
            start is
            user a groups=g
            user b groups=g
            end ie
            is -> a -> b -> ie
            }
            boundary late on=inner message=stop
            user after groups=g
            end e
            end f
            s -> inner -> e
            late -> after -> f
        """)
        case.complete("a", answer="yes", aside="nothing")
        case.message("stop")
        assert case.task("after").variables == {}


def test_a_timer_starts_an_event_subprocess() -> None:
    case = reacting("duration=P3D")
    case.wait(days=3)
    assert case.open == ["answer"]


def test_a_condition_starts_an_event_subprocess_when_it_becomes_true() -> None:
    case = reacting('condition="amount > 100" beside', amount=1)
    assert case.open == ["a"]
    case.complete("a", amount=200)
    assert case.open == ["answer", "b"]
    case.complete("b")
    assert case.open == ["answer"], "it was true before: it has not become true again"


def test_a_condition_about_something_nobody_has_said_yet_waits() -> None:
    case = reacting('condition="amount > 100"')
    assert case.open == ["a"]
    assert case.incidents == []


def test_a_condition_that_is_no_condition_is_an_incident() -> None:
    case = reacting('condition="amount"', amount=7)
    assert case.incidents == ["condition-not-boolean"]
    assert case.open == ["a"]


INNER = """
    start s
    subprocess inner {
    start is
    user a groups=g
    {THROW}
    end ie
    is -> a -> t -> ie
    }
    {CATCH}
    user mend groups=g
    user after groups=g
    end e
    end e2
    s -> inner -> after -> e
    c -> mend -> e2
"""


def escalating(throw: str, catch: str) -> Case:
    case = Case(INNER.replace("{THROW}", throw).replace("{CATCH}", catch))
    case.complete("a", said=1)
    return case


def test_an_escalation_beside_lets_the_thrower_go_on() -> None:
    case = escalating("throw t escalation=E", "boundary c on=inner escalation=E beside")
    assert case.open == ["after", "mend"]
    assert case.task("mend").variables == {"said": 1}


def test_an_escalation_that_interrupts_withdraws_the_thrower() -> None:
    assert escalating("throw t escalation=E", "boundary c on=inner escalation=E").open == ["mend"]


def test_an_escalation_need_not_be_caught() -> None:
    case = escalating("throw t escalation=OTHER", "boundary c on=inner escalation=E")
    assert case.open == ["after"]
    assert case.incidents == []


def test_a_signal_is_heard_by_everybody_who_waits() -> None:
    case = Case("""
        start s
        parallel split
        catch one signal=go
        user a groups=g
        user b groups=g
        boundary stopped on=b signal=go
        throw shout signal=go payload="={by: who}"
        user after groups=g
        end e1
        end e2
        end e3
        end e4
        user c groups=g
        s -> split -> one -> after -> e1
        split -> a -> shout -> e2
        split -> b -> e3
        stopped -> c -> e4
    """)
    assert {event.kind for event in case.of(events.MessageSubscriptionOpened)} == {"signal"}
    case.complete("a", who="anna")
    assert case.open == ["after", "c"]
    assert case.task("after").variables["by"] == "anna"
    (thrown,) = case.of(events.SignalThrown)
    assert (thrown.signal, thrown.variables) == ("go", {"by": "anna"})


def test_a_signal_from_elsewhere_comes_by_its_subscription() -> None:
    case = Case("start s\n catch one signal=go\n end e\n s -> one -> e")
    (subscription,) = case.of(events.MessageSubscriptionOpened)
    case.do(commands.DeliverMessage, subscription_id=subscription.subscription_id, variables={})
    assert case.status == "completed"


def test_an_intermediate_condition_waits_for_another_branch() -> None:
    case = Case("""
        start s
        parallel split
        catch paid condition="bill.paid"
        user pay groups=g
        user deliver groups=g
        end e
        end e2
        s -> split -> paid -> deliver -> e
        split -> pay -> e2
    """)
    assert case.open == ["pay"]
    case.complete("pay", bill={"paid": True})
    assert case.open == ["deliver"]


def test_a_link_is_an_arrow() -> None:
    case = Case("""
        start s
        throw near link=L
        catch far link=L
        user a groups=g
        end e
        s -> near
        far -> a -> e
    """)
    assert case.open == ["a"]
    case.complete("a")
    assert case.status == "completed"


TRANSACTION = """
    start s
    transaction book {
    start is
    parallel split
    user hotel groups=g
    user train groups=g
    exclusive ok
    end cancelled cancel
    end fine
    end fine2
    is -> split -> hotel -> ok
    ok -> cancelled if full
    ok -> fine default
    split -> train -> fine2
    }
    boundary undone on=book cancel
    user refund groups=g
    user travel groups=g
    end e
    s -> book -> travel -> e
    undone -> refund -> e
"""


def test_a_cancelled_transaction_is_withdrawn_as_a_whole() -> None:
    case = Case(TRANSACTION)
    case.complete("train", seat=7)
    case.complete("hotel", full=True)
    assert case.open == ["refund"]
    assert case.task("refund").variables == {"seat": 7, "full": True}


def test_a_transaction_nobody_cancels_is_a_subprocess() -> None:
    case = Case(TRANSACTION)
    case.complete("train")
    case.complete("hotel", full=False)
    assert case.open == ["travel"]


LOOP = "start s\n user a groups=g {LOOP}\n user b groups=g\n end e\n s -> a -> b -> e"


def test_a_loop_goes_on_while_its_condition_holds() -> None:
    case = Case(LOOP.replace("{LOOP}", 'while="more"'))
    for turn, more in ((1, True), (2, True), (3, False)):
        assert case.task("a").variables["loopCounter"] == turn
        case.complete("a", more=more, last=turn)
    assert case.open == ["b"]
    assert case.variables == {"more": False, "last": 3}


@pytest.mark.parametrize(("loop", "turns"), [("most=2", 2), ('while="true" most=3', 3), ('while="false" before', 0)])
def test_a_loop_ends(loop: str, turns: int) -> None:
    case = Case(LOOP.replace("{LOOP}", loop))
    for _ in range(turns):
        case.complete("a")
    assert case.open == ["b"]


def test_an_error_is_caught_by_the_event_subprocess_around_it_before_the_edge_of_the_activity() -> None:
    case = Case("""
        start s
        subprocess inner {
        start is
        user a groups=g
        end failed error=E
        is -> a -> failed
        reaction caught {
        start cs error=E
        user mend groups=g
        end ce
        cs -> mend -> ce
        }
        }
        boundary edge on=inner anyerror
        user outside groups=g
        user after groups=g
        end e
        s -> inner -> after -> e
        edge -> outside -> e
    """)
    case.complete("a", said=1)
    assert case.open == ["mend"]
    case.complete("mend")
    assert case.open == ["after"]


def test_an_error_inside_the_event_subprocess_goes_outwards() -> None:
    case = Case("""
        start s
        subprocess inner {
        start is
        user a groups=g
        end failed error=E
        is -> a -> failed
        reaction caught {
        start cs error=E
        user mend groups=g
        end again error=E
        cs -> mend -> again
        }
        }
        boundary edge on=inner error=E
        user outside groups=g
        end e
        s -> inner -> e
        edge -> outside -> e
    """)
    case.complete("a")
    case.complete("mend")
    assert case.open == ["outside"]


def test_what_a_message_brings_may_go_under_one_name() -> None:
    case = Case("start s\n catch c message=m result=answer\n user a groups=g\n end e\n s -> c -> a -> e", {"x": 1})
    case.message("m", x=2)
    assert case.task("a").variables == {"x": 1, "answer": {"x": 2}}


def test_every_reaction_replays() -> None:
    for case in (reacting("message=ask beside"), Case(TRANSACTION), Case(LOOP.replace("{LOOP}", 'while="more"'))):
        case.complete(case.open[0], more=False, full=True)
        case.replay()
