"""Known control flows with known verdicts, and the shortest way to what is wrong with them."""

from pathlib import Path

import pytest

from decisions import compile_decisions
from engine.core.findings import Severity
from engine.core.model import ProcessModel, compile_definition, link
from engine.core.soundness import Kind, Limits, Verdict, examine
from tests.core.cases import model
from tests.core.sketch import bpmn

USER = "groups=g"


def verdict(text: str, **called: str) -> Verdict:
    return examine(model(text, **called))


def kinds(found: Verdict) -> list[tuple[str, str]]:
    assert found.decided
    return [(finding.kind.value, finding.element_id) for finding in found.findings]


SOUND = {
    "sequence": "start s\n user a groups=g\n end e\n s -> a -> e",
    "exclusive": """
        start s\n exclusive x\n user a groups=g\n exclusive m\n end e
        s -> x\n x -> a if yes\n x -> m default\n a -> m -> e
    """,
    "parallel": """
        start s\n parallel f\n user a groups=g\n user b groups=g\n parallel j\n end e
        s -> f -> a -> j -> e\n f -> b -> j
    """,
    "parallel branches that end by themselves": """
        start s\n parallel f\n user a groups=g\n user b groups=g\n end e
        s -> f -> a -> e\n f -> b -> e
    """,
    "rework of two opinions": """
        start s\n exclusive m\n parallel f\n user a groups=g\n user b groups=g\n parallel j\n exclusive x\n end e
        s -> m -> f -> a -> j -> x\n f -> b -> j\n x -> m if again\n x -> e default
    """,
    "inclusive": """
        start s\n inclusive f\n user a groups=g\n user b groups=g\n user c groups=g\n inclusive j\n end e
        s -> f\n f -> a if x\n f -> b if y\n f -> c default\n a -> j\n b -> j\n c -> j -> e
    """,
    "inclusive join of a branch that may leave": """
        start s\n parallel f\n user a groups=g\n user b groups=g\n exclusive x\n inclusive j\n end e\n end e2
        s -> f -> a -> j -> e\n f -> b -> x\n x -> j if stay\n x -> e2 default
    """,
    "terminate": """
        start s\n parallel f\n user a groups=g\n user b groups=g\n end stop terminate\n end e
        s -> f -> a -> stop\n f -> b -> e
    """,
    "deadline that interrupts": """
        start s\n user a groups=g\n boundary late on=a duration=P1D\n user press groups=g\n exclusive m\n end e
        s -> a -> m -> e\n late -> press -> m
    """,
    "reminder beside, again and again": """
        start s\n user a groups=g\n boundary remind on=a cycle=R/P1D beside\n user press groups=g\n end e\n end e2
        s -> a -> e\n remind -> press -> e2
    """,
    "reminder in a rework loop": """
        start s\n exclusive m\n user a groups=g\n boundary remind on=a duration=P1D beside\n user press groups=g
        exclusive x\n end e\n end e2
        s -> m -> a -> x\n x -> m if again\n x -> e default\n remind -> press -> e2
    """,
    "whatever happens first": """
        start s\n events g\n catch yes message=m\n catch late duration=P1D\n exclusive m\n end e
        s -> g -> yes -> m -> e\n g -> late -> m
    """,
    "error of a subprocess": """
        start s\n subprocess in {\n start is\n exclusive x\n end bad error=E\n end ie
        is -> x\n x -> bad if wrong\n x -> ie default\n }\n boundary caught on=in error=E\n user mend groups=g\n end e\n end e2
        s -> in -> e\n caught -> mend -> e2
    """,
    "operator that may fail": """
        start s\n service pay operator=o\n boundary failed on=pay error=E\n user mend groups=g\n end e\n end e2
        s -> pay -> e\n failed -> mend -> e2
    """,
    "many instances": """
        start s\n subprocess each times=3 {\n start is\n user a groups=g\n end ie\n is -> a -> ie\n }\n end e\n s -> each -> e
    """,
    "event subprocess that interrupts": """
        start s\n user a groups=g\n end e\n s -> a -> e
        reaction stop {\n start rs message=withdraw\n user b groups=g\n end re\n rs -> b -> re\n }
    """,
    "event subprocess beside": """
        start s\n user a groups=g\n end e\n s -> a -> e
        reaction ask {\n start rs message=ask beside\n user b groups=g\n end re\n rs -> b -> re\n }
    """,
    "escalation beside": """
        start s\n subprocess in {\n start is\n throw up escalation=E\n user a groups=g\n end ie\n is -> up -> a -> ie\n }
        boundary told on=in escalation=E beside\n user b groups=g\n end e\n end e2
        s -> in -> e\n told -> b -> e2
    """,
    "link": "start s\n throw near link=L\n catch far link=L\n end e\n s -> near\n far -> e",
    "transaction": """
        start s\n transaction t {\n start is\n exclusive x\n end no cancel\n end ie\n is -> x
        x -> no if c\n x -> ie default\n }\n boundary undone on=t cancel\n end e\n end e2\n s -> t -> e\n undone -> e2
    """,
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_models_are_sound(name: str) -> None:
    assert verdict(SOUND[name]).is_sound, verdict(SOUND[name])


def test_an_exclusive_split_joined_as_a_parallel_one_waits_for_ever() -> None:
    found = verdict("""
        start s\n exclusive x\n user a groups=g\n user b groups=g\n parallel j\n end e
        s -> x\n x -> a if yes\n x -> b default\n a -> j -> e\n b -> j
    """)
    assert kinds(found) == [("deadlock", "j")]
    assert found.findings[0].trace == ("s", "x", "a")
    assert found.findings[0].flows == ("s_x", "x_a", "a_j")
    assert found.findings[0].waiting == ("j",)
    assert found.findings[0].severity is Severity.ERROR
    assert "s → x → a" in found.findings[0].zh


def test_a_parallel_split_merged_as_an_exclusive_one_is_done_twice() -> None:
    found = verdict("""
        start s\n parallel f\n user a groups=g\n user b groups=g\n exclusive m\n user t groups=g\n end e
        s -> f -> a -> m -> t -> e\n f -> b -> m
    """)
    assert kinds(found) == [("lack-of-synchronisation", "m")]
    assert found.findings[0].trace == ("s", "f", "a", "b")


def test_two_tokens_on_a_task_are_seen_also_when_nothing_merges_them_but_the_task() -> None:
    found = verdict("""
        start s\n parallel f\n user a groups=g\n user b groups=g\n user t groups=g\n end e
        s -> f -> a -> t -> e\n f -> b -> t
    """)
    assert kinds(found) == [("lack-of-synchronisation", "t")]


def test_a_loop_into_a_parallel_join_never_finds_its_other_branch() -> None:
    found = verdict("""
        start s\n parallel f\n user a groups=g\n user b groups=g\n parallel j\n exclusive x\n end e
        s -> f -> a -> j -> x\n f -> b -> j\n x -> a if again\n x -> e default
    """)
    assert kinds(found) == [("deadlock", "j")]
    assert sorted(found.findings[0].trace) == sorted(("s", "f", "a", "b", "j", "x", "a"))


def test_a_boundary_path_into_a_join_leaves_the_join_waiting() -> None:
    found = verdict("""
        start s\n user a groups=g\n boundary late on=a duration=P1D\n user press groups=g\n parallel j\n end e
        s -> a -> j -> e\n late -> press -> j
    """)
    assert kinds(found) == [("deadlock", "j")]
    assert found.findings[0].trace == ("s", "a")


def test_a_reminder_beside_that_joins_may_never_come() -> None:
    found = verdict("""
        start s\n user a groups=g\n boundary late on=a duration=P1D beside\n user press groups=g\n parallel j\n end e
        s -> a -> j -> e\n late -> press -> j
    """)
    assert ("deadlock", "j") in kinds(found)


def test_a_reminder_that_runs_into_the_main_flow_does_it_twice() -> None:
    found = verdict("""
        start s\n user a groups=g\n boundary late on=a duration=P1D beside\n exclusive m\n user t groups=g\n end e
        s -> a -> m -> t -> e\n late -> m
    """)
    assert ("lack-of-synchronisation", "m") in kinds(found)
    assert found.findings[0].trace == ("s", "late", "a")


def test_a_message_that_comes_twice_mixes_up_what_is_joined_behind_it() -> None:
    found = verdict("""
        start s\n user a groups=g\n boundary again on=a message=m beside\n parallel f\n user b groups=g\n user c groups=g
        parallel j\n end e\n end e2
        s -> a -> e\n again -> f -> b -> j -> e2\n f -> c -> j
    """)
    assert kinds(found) == [("lack-of-synchronisation", "j")]
    assert found.findings[0].severity is Severity.WARNING
    assert found.findings[0].trace == ("s", "again", "again", "f", "b", "f", "b")


def test_an_end_that_leaves_a_token_at_a_join() -> None:
    found = verdict("""
        start s\n parallel f\n user a groups=g\n exclusive x\n end e\n parallel j\n user b groups=g\n end e2
        s -> f -> a -> x\n x -> e if enough\n x -> j default\n f -> b -> j -> e2
    """)
    assert kinds(found) == [("improper-completion", "j")]
    assert found.findings[0].trace[-1] in ("e", "b")
    assert len(found.findings[0].trace) == 6


def test_an_excess_token_stays_at_the_join() -> None:
    found = verdict("""
        start s\n parallel f\n exclusive m\n task a\n task b\n user c groups=g\n parallel j\n end e
        s -> f -> a -> m -> j -> e\n f -> b -> m\n f -> c -> j
    """)
    assert ("lack-of-synchronisation", "m") in kinds(found)


def test_an_inclusive_join_after_an_exclusive_split_with_a_parallel_one_before_it() -> None:
    found = verdict("""
        start s\n inclusive f\n user a groups=g\n user b groups=g\n parallel j\n end e
        s -> f\n f -> a if x\n f -> b default\n a -> j -> e\n b -> j
    """)
    assert kinds(found) == [("deadlock", "j")]


def test_two_inclusive_joins_that_wait_for_each_other() -> None:
    found = verdict("""
        start s\n parallel f\n user a groups=g\n user b groups=g\n inclusive j\n inclusive k\n exclusive x\n exclusive y\n end e
        s -> f -> a -> j -> x\n f -> b -> k -> y\n x -> k if p\n x -> e default\n y -> j if q\n y -> e default
    """)
    assert ("deadlock", "j") in kinds(found) or ("deadlock", "k") in kinds(found)
    assert found.findings[0].waiting == ("j", "k")


def test_a_loop_without_a_way_out() -> None:
    found = verdict("""
        start s\n parallel f\n user a groups=g\n exclusive m\n user b groups=g\n end e
        s -> f -> a -> e\n f -> m -> b -> m
    """)
    assert kinds(found) == [("no-way-to-end", "m")]


def test_an_error_that_nobody_throws_is_dead() -> None:
    found = verdict("""
        start s\n subprocess in {\n start is\n user a groups=g\n end ie\n is -> a -> ie\n }
        boundary never on=in error=E\n user b groups=g\n end e\n end e2\n s -> in -> e\n never -> b -> e2
    """)
    assert kinds(found) == [("dead-element", "never")]
    assert found.findings[0].severity is Severity.WARNING


def test_an_error_that_nobody_catches_leaves_the_process() -> None:
    text = "start s\n exclusive x\n end bad error=E\n end e\n s -> x\n x -> bad if wrong\n x -> e default"
    assert kinds(verdict(text)) == [("error-not-caught", "bad")]
    assert examine(compile_definition(bpmn(text))).is_sound, "whoever calls it may catch it"


CALLER = """
    start s\n call visit process=visit\n boundary caught on=visit error=E\n user mend groups=g\n end e\n end e2
    s -> visit -> e\n caught -> mend -> e2
"""


def test_a_called_process_is_looked_into() -> None:
    fails = "start s\n exclusive x\n end bad error=E\n end e\n s -> x\n x -> bad if wrong\n x -> e default"
    assert verdict(CALLER, visit=fails).is_sound
    assert kinds(verdict(CALLER, visit="start s\n user a groups=g\n end e\n s -> a -> e")) == [("dead-element", "caught")]
    assert examine(compile_definition(bpmn(CALLER))).is_sound, "not given: it may end, it may throw"


def test_what_is_wrong_in_a_called_process_is_blamed_on_its_own_diagram_with_the_way_into_it() -> None:
    wrong = "start vs\n exclusive x\n parallel j\n end ve\n vs -> x\n x -> j if yes\n x -> k default\n task k\n k -> j -> ve"
    found = verdict("start s\n user a groups=g\n call visit process=visit\n end e\n s -> a -> visit -> e", visit=wrong)
    assert kinds(found) == [("deadlock", "j")]
    assert found.findings[0].process_key == "visit"
    assert found.findings[0].trace == ("s", "a", "visit", "vs", "x")


def test_a_process_that_calls_itself() -> None:
    text = """
        start s\n exclusive x\n call again process=p\n exclusive m\n end e
        s -> x\n x -> again if more\n x -> m default\n again -> m -> e
    """
    assert verdict(text).is_sound
    assert kinds(verdict("start s\n call again process=p\n end e\n s -> again -> e")) == [("deadlock", "again")]


def test_a_deadlock_that_a_deadline_ends_is_only_a_warning() -> None:
    inner = """
        subprocess in {\n start is\n exclusive x\n task a\n parallel j\n end ie
        is -> x\n x -> a if y\n x -> j default\n a -> j -> ie\n }
    """
    found = verdict(f"start s\n {inner}\n boundary late on=in duration=P9D\n end e\n end e2\n s -> in -> e\n late -> e2")
    assert [finding.severity for finding in found.findings] == [Severity.WARNING]
    found = verdict(f"start s\n {inner}\n end e\n s -> in -> e")
    assert [finding.severity for finding in found.findings] == [Severity.ERROR]


def test_polling_until_somebody_ends_the_process_is_only_a_warning() -> None:
    polling = """
        subprocess poll {\n start is\n exclusive m\n user look groups=g\n parallel again\n end ie
        is -> m -> look -> again -> m\n again -> ie\n }
    """
    stopping = "parallel f\n user stop groups=g\n end all terminate\n end e\n s -> f -> poll -> e\n f -> stop -> all"
    found = verdict(f"start s\n {polling}\n {stopping}")
    assert [(one.kind, one.severity) for one in found.findings] == [(Kind.NO_WAY_TO_END, Severity.WARNING)]
    found = verdict(f"start s\n {polling}\n end e\n s -> poll -> e")
    assert [(one.kind, one.severity) for one in found.findings] == [(Kind.NO_WAY_TO_END, Severity.ERROR)]


def test_a_wide_parallel_block_costs_the_sum_of_its_branches() -> None:
    names = [f"u{number}" for number in range(30)]
    users = "\n".join(f"user {name} groups=g\n user {name}b groups=g" for name in names)
    flows = "\n".join(f"f -> {name} -> {name}b -> j" for name in names)
    found = verdict(f"start s\n parallel f\n {users}\n parallel j\n end e\n s -> f\n {flows}\n j -> e")
    assert found.is_sound
    assert found.states < 100


def test_wide_parallel_rework_loops_cost_the_sum_of_their_branches() -> None:
    lines = ["start s", "parallel f", "parallel j", "end e", "s -> f", "j -> e"]
    for n in range(12):
        lines += [f"exclusive m{n}", f"user u{n} groups=g", f"exclusive x{n}", f"f -> m{n} -> u{n} -> x{n}"]
        lines += [f"x{n} -> m{n} if again", f"x{n} -> j default"]
    found = verdict("\n".join(lines))
    assert found.is_sound
    assert found.states < 100


def test_what_is_too_large_is_not_decided_and_says_how_far_it_got() -> None:
    names = [f"u{number}" for number in range(9)]
    users = "\n".join(f"user {name} groups=g" for name in names)
    flows = "\n".join(f"f -> {name} if c{name}\n {name} -> j" for name in names[:-1]) + "\nf -> u8 default\n u8 -> j"
    text = f"start s\n inclusive f\n {users}\n inclusive j\n end e\n s -> f\n {flows}\n j -> e"
    found = examine(model(text), limits=Limits(states=50))
    assert not found.decided
    assert [finding.kind for finding in found.findings] == [Kind.NOT_DECIDED]
    assert found.states == 50
    assert "50" in found.findings[0].en


def library() -> dict[str, ProcessModel]:
    definitions = {path.stem: compile_definition(path.read_bytes()) for path in Path("bpmn_models").glob("*/*.bpmn")}
    compiled = [compile_decisions(path.read_bytes()) for path in Path("bpmn_models").glob("*/*.dmn")]
    decisions = {key: model for model in compiled for key in model.decisions}
    return {key: link(key, definitions, decisions) for key in definitions}


@pytest.mark.parametrize("key", sorted(path.stem for path in Path("bpmn_models").glob("*/*.bpmn")))
def test_the_centres_own_models_are_sound(key: str) -> None:
    found = examine(library()[key])
    assert found.is_sound, [finding.en for finding in found.findings]
