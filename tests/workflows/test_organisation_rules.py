"""The organisation's rules by themselves: letters, appointments, seals, leave, attendance, the monthly score."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.moments import HALL
from engine.core.rejection import Rejection
from workflows.organisation import Letter, Post, Power, StaffMember, require_authority
from workflows.organisation.absence import Leave, require_askable, require_decidable
from workflows.organisation.assessment import BASE, CEILING, FLOOR, RULES, Points, require_entry, score
from workflows.organisation.attendance import SWIPES, Day, deductions, next_swipe
from workflows.organisation.authorisation import Exercise
from workflows.organisation.seal import Seal, SealState, require_usable
from workflows.organisation.staff import require_change, require_fit, year_after

TODAY = date(2026, 3, 2)
LETTER = Letter(
    number="县工商局授〔2026〕1号",
    department="县工商局",
    grantee="window-commerce:head",
    grants=frozenset({("GS-001", Power.ACCEPT), ("GS-001", Power.DECIDE), ("GS-002", Power.ACCEPT)}),
    from_on=date(2026, 1, 1),
    until_on=date(2026, 12, 31),
    signed_by="局长",
)


def use(**changes: Any) -> Exercise:
    given: dict[str, Any] = {
        "actor": "window-commerce-1",
        "posts": {"window-commerce:head"},
        "department": "县工商局",
        "item": "GS-001",
        "power": Power.DECIDE,
        "on": TODAY,
    }
    return Exercise(**{**given, **changes})


class TestLetters:
    def test_a_letter_covers_its_items_powers_and_days_for_its_grantee(self) -> None:
        assert require_authority([LETTER], use()) is LETTER

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"department": "县国土局"}, "authority-missing"),
            ({"item": "GS-003"}, "authority-scope"),
            ({"item": "GS-002"}, "authority-scope"),
            ({"power": Power.SEAL}, "authority-scope"),
            ({"on": date(2025, 12, 31)}, "authority-expired"),
            ({"on": date(2027, 1, 1)}, "authority-expired"),
            ({"actor": "window-commerce-2", "posts": {"window-commerce:clerk"}}, "authority-person"),
            ({"actor": "stranger", "posts": set()}, "authority-person"),
        ],
    )
    def test_nothing_else_is_covered(self, changes: dict[str, Any], code: str) -> None:
        with pytest.raises(Rejection) as refused:
            require_authority([LETTER], use(**changes))
        assert refused.value.code == code

    def test_a_revoked_letter_gives_nothing_from_that_day_on(self) -> None:
        revoked = Letter(**{name: getattr(LETTER, name) for name in Letter.__slots__} | {"revoked_on": TODAY})
        assert require_authority([revoked], use(on=TODAY - timedelta(days=1))) is revoked
        with pytest.raises(Rejection, match="in force"):
            require_authority([revoked], use())

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["a", "b", "post"]),
                st.frozensets(st.tuples(st.sampled_from(["I-1", "I-2"]), st.sampled_from(list(Power)))),
                st.integers(-5, 5),
                st.integers(-5, 5),
                st.booleans(),
            ),
            max_size=5,
        ),
        st.sampled_from(["I-1", "I-2"]),
        st.sampled_from(list(Power)),
    )
    def test_it_is_granted_exactly_where_one_letter_grants_all_of_it(
        self, given: list[tuple[str, frozenset[tuple[str, Power]], int, int, bool]], item: str, power: Power
    ) -> None:
        """Powers of several letters do not add up to one that none of them gives."""
        letters = [
            Letter(
                number=str(number),
                department="d" if own else "other",
                grantee=grantee,
                grants=grants,
                from_on=TODAY + timedelta(days=begin),
                until_on=TODAY + timedelta(days=end),
                signed_by="s",
            )
            for number, (grantee, grants, begin, end, own) in enumerate(given)
        ]
        wanted = Exercise("a", {"post"}, "d", item, power, TODAY)
        covered = any(
            own and grantee in {"a", "post"} and begin <= 0 <= end and (item, power) in grants
            for grantee, grants, begin, end, own in given
        )
        if covered:
            require_authority(letters, wanted)
        else:
            with pytest.raises(Rejection, match="Expected"):
                require_authority(letters, wanted)


class TestStaff:
    MEMBER = StaffMember(1, "a", "window-commerce", Post.CLERK, "县工商局", "科员", False, "合格", TODAY, date(2027, 3, 2))

    def test_the_head_of_a_window_heads_a_main_section(self) -> None:
        require_fit(Post.HEAD, "a", heads_main_section=True, qualification="合格")
        with pytest.raises(Rejection, match="main business section"):
            require_fit(Post.HEAD, "a", heads_main_section=False, qualification="合格")

    def test_nobody_untrained_is_appointed(self) -> None:
        with pytest.raises(Rejection, match="qualification"):
            require_fit(Post.CLERK, "a", heads_main_section=False, qualification=" ")

    @pytest.mark.parametrize(
        ("day", "reason", "groups", "allowed"),
        [
            (date(2027, 3, 2), "", (), True),
            (date(2027, 3, 1), "", (), False),
            (date(2027, 3, 1), "调动", (), False),
            (date(2027, 3, 1), "", ("committee",), False),
            (date(2027, 3, 1), "调动", ("committee",), True),
        ],
    )
    def test_a_year_unless_there_is_a_reason_and_the_committee(
        self, day: date, reason: str, groups: tuple[str, ...], *, allowed: bool
    ) -> None:
        if allowed:
            require_change(self.MEMBER, day, reason, groups)
        else:
            with pytest.raises(Rejection, match="committee"):
                require_change(self.MEMBER, day, reason, groups)

    @pytest.mark.parametrize(("day", "after"), [("2026-03-02", "2027-03-02"), ("2028-02-29", "2029-03-01")])
    def test_a_year(self, day: str, after: str) -> None:
        assert year_after(date.fromisoformat(day)).isoformat() == after


class TestSeal:
    SEAL = Seal("工商审批01", "县工商局", "0" * 64, SealState.IN_USE, "window-commerce-1")

    @pytest.mark.parametrize(
        ("state", "department", "actor", "code"),
        [
            (SealState.RETURNED, "县工商局", "window-commerce-1", "seal-not-in-use"),
            (SealState.DESTROYED, "县工商局", "window-commerce-1", "seal-not-in-use"),
            (SealState.IN_USE, "县国土局", "window-commerce-1", "seal-of-other-department"),
            (SealState.IN_USE, "县工商局", "window-commerce-2", "seal-not-kept"),
        ],
    )
    def test_what_it_is_not_used_for(self, state: SealState, department: str, actor: str, code: str) -> None:
        seal = Seal(self.SEAL.number, self.SEAL.department, self.SEAL.impression, state, self.SEAL.keeper)
        with pytest.raises(Rejection) as refused:
            require_usable(seal, department, actor)
        assert refused.value.code == code


class TestLeave:
    ASKED = Leave(1, "a", "b", TODAY, TODAY + timedelta(days=2), "探亲")

    def test_nobody_approves_his_own(self) -> None:
        require_decidable(self.ASKED, "c")
        with pytest.raises(Rejection, match="nobody approves his own"):
            require_decidable(self.ASKED, "a")

    @pytest.mark.parametrize(
        ("begin", "end", "approved", "free"),
        [(0, 0, True, False), (2, 9, None, False), (3, 9, True, True), (0, 9, False, True)],
    )
    def test_the_substitute_is_there(self, begin: int, end: int, *, approved: bool | None, free: bool) -> None:
        other = Leave(2, "b", "c", TODAY + timedelta(days=begin), TODAY + timedelta(days=end), "", approved)
        if free:
            require_askable(self.ASKED, [other])
        else:
            with pytest.raises(Rejection, match="substitute"):
                require_askable(self.ASKED, [other])


def swiped(**minutes: int) -> Day:
    """Swipes by number (``s1=5``: five minutes after the hour)."""
    moments = {}
    for name, after in minutes.items():
        number = int(name[1:])
        moments[number] = (datetime.combine(TODAY, SWIPES[number], HALL) + timedelta(minutes=after)).astimezone(UTC)
    return Day(TODAY, moments)


class TestAttendance:
    @pytest.mark.parametrize(
        ("day", "costs"),
        [
            (swiped(s1=0, s2=0, s3=0, s4=0), []),
            (swiped(s1=-30, s2=20, s3=-5, s4=90), []),
            (swiped(s1=10, s2=0, s3=0, s4=0), [("late", -100)]),
            (swiped(s1=0, s2=-1, s3=0, s4=0), [("late", -100)]),
            (swiped(s1=11, s2=0, s3=0, s4=0), [("missing-swipe", -200)]),
            (swiped(s1=0, s3=0, s4=0), [("missing-swipe", -200)]),
            (swiped(s3=0, s4=0), [("absent-half-day", -500)]),
            (swiped(), [("absent-half-day", -500), ("absent-half-day", -500)]),
        ],
    )
    def test_what_a_day_costs(self, day: Day, costs: list[tuple[str, int]]) -> None:
        assert deductions(day) == costs

    def test_there_are_four_swipes_and_no_fifth(self) -> None:
        assert [next_swipe(swiped(**{f"s{n}": 0 for n in range(1, count + 1)})) for count in range(4)] == [1, 2, 3, 4]
        with pytest.raises(Rejection, match="four"):
            next_swipe(swiped(s1=0, s2=0, s3=0, s4=0))

    @given(st.dictionaries(st.sampled_from(sorted(SWIPES)), st.times(), max_size=4))
    def test_a_day_never_costs_more_than_to_be_away(self, times: dict[int, time]) -> None:
        day = Day(TODAY, {number: datetime.combine(TODAY, at, HALL).astimezone(UTC) for number, at in times.items()})
        assert -1_000 <= sum(points for _, points in deductions(day)) <= 0


class TestScore:
    def test_the_formula_is_shown(self) -> None:
        lines = [
            Points("late", -100, "考勤 2026-03-02"),
            Points("late", -100, "考勤 2026-03-03"),
            Points("overdue-case", -500, "办件"),
            Points("praise", 300, "锦旗"),
        ]
        made = score(lines)
        assert made.total == 9_600
        assert made.formula == "100 - 2（迟到、早退十分钟以内2次） - 5（办件超过承诺期限1次） + 3（表扬1次） = 96"

    def test_what_nobody_has_confirmed_does_not_count(self) -> None:
        assert score([Points("praise", 300, "锦旗", counts=False)]).total == BASE

    @given(
        st.lists(st.sampled_from(sorted(RULES)).flatmap(lambda rule: st.tuples(st.just(rule), st.integers(*RULES[rule][2:]))))
    )
    def test_it_lies_between_floor_and_ceiling(self, given: list[tuple[str, int]]) -> None:
        made = score(Points(rule, points, "来源") for rule, points in given)
        assert FLOOR <= made.total <= CEILING

    def test_no_rule_looks_at_fees_or_fines(self) -> None:
        """R-15: whoever is paid by what he collects will collect."""
        words = [word for chinese, english, *_ in RULES.values() for word in (chinese, english)]
        assert not [word for word in words if any(root in word for root in ("费", "罚", "fee", "fine"))]

    @pytest.mark.parametrize(
        ("rule", "points", "source", "code"),
        [
            ("bribe", 1, "x", "assessment-rule-unknown"),
            ("late", -101, "x", "assessment-points"),
            ("praise", 501, "x", "assessment-points"),
            ("praise", 100, " ", "assessment-without-source"),
        ],
    )
    def test_what_is_not_entered(self, rule: str, points: int, source: str, code: str) -> None:
        with pytest.raises(Rejection) as refused:
            require_entry(rule, points, source)
        assert refused.value.code == code
