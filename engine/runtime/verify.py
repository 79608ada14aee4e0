"""Every chain and every digest of the history computed again (law b): what `lianban verify` does.

Rows are streamed, so memory does not grow with the history. A chain that was cut short at its end is noticed by the
instance's row, which says how long it is and what its last hash is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, func, select, true

from engine.runtime.columns import AnyRow
from engine.runtime.database import Database
from engine.runtime.history import ChainEnd, chain_hash, decompress
from engine.runtime.tables import history, history_erasure, history_payload, process_instance

CHUNK = 500
MAX_PROBLEMS = 100
"""Problems that are told; all are counted."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written."""

    instance_id: str
    sequence: int
    code: str
    sentence: str


@dataclass(slots=True)
class VerifyReport:
    """Figures of a verification."""

    rows: int = 0
    instances: int = 0
    erased: int = 0
    problem_count: int = 0
    bad_instances: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return self.problem_count == 0

    def add(self, problem: Problem) -> None:
        self.problem_count += 1
        self.bad_instances.add(problem.instance_id)
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)


class Verification:
    """Reads the whole history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, progress: Progress = lambda done, total: None, instance_id: str | None = None) -> VerifyReport:
        """Verify everything, or one instance; ``progress`` is told rows done and rows in all."""
        report = VerifyReport()
        for done, total in self.walk(report, instance_id):
            progress(done, total)
        return report

    def walk(self, report: VerifyReport, instance_id: str | None = None) -> Iterator[tuple[int, int]]:
        """Verify into ``report``, and say every :data:`CHUNK` rows, and at the end, how many of how many are done."""
        with self._database.read_consistently() as connection:
            counted = _of(select(func.count()).select_from(history), instance_id)
            total: int = connection.execute(counted).scalar_one()
            chain = _Chain(report)
            for row in _stream(connection, instance_id):
                chain.follow(row)
                if report.rows % CHUNK == 0:
                    yield report.rows, total
            chain.close()
            for problem in _without_history(connection, instance_id):
                report.add(problem)
        yield report.rows, total


class _Chain:
    """Follows the rows, instance by instance."""

    def __init__(self, report: VerifyReport) -> None:
        self._report = report
        self._instance_id: str | None = None
        self._end = ChainEnd(0, b"")
        self._expected: tuple[int, bytes] | None = None

    def follow(self, row: AnyRow) -> None:
        if row.instance_id != self._instance_id:
            self.close()
            self._instance_id = row.instance_id
            self._end = ChainEnd.before_first(row.instance_id)
            self._expected = None if row.history_length is None else (row.history_length, row.history_hash)
            self._report.instances += 1
        self._report.rows += 1
        for code, sentence in _row_problems(row, self._end):
            self._report.add(Problem(row.instance_id, row.sequence, code, sentence))
        self._report.erased += row.payload is None and row.erased_sequence is not None
        self._end = ChainEnd(row.sequence, row.hash)

    def close(self) -> None:
        """The instance at hand has no more rows."""
        if self._instance_id is not None and self._expected != (self._end.length, self._end.hash):
            self._report.add(
                Problem(
                    self._instance_id,
                    self._end.length,
                    "chain-end",
                    f"Expected the history to end as the instance's row says, but it ends at {self._end.length}.",
                )
            )


def _row_problems(row: AnyRow, end: ChainEnd) -> Iterator[tuple[str, str]]:
    if row.sequence != end.length + 1:
        yield "row-missing", f"Expected row {end.length + 1}, but found {row.sequence}."
    if row.previous_hash != end.hash:
        yield "chain-broken", "Expected the previous row's hash, but found another."
    if chain_hash(row._mapping) != row.hash:
        yield "head-altered", "Expected the hash of the row's head, but it differs."
    if row.payload is None:
        if row.erased_sequence is None:
            yield "payload-missing", "Expected a payload or the record of its erasure, but there is neither."
    elif not _digest_matches(row):
        yield "payload-altered", "Expected the payload's digest, but it differs."


def _digest_matches(row: AnyRow) -> bool:
    try:
        return bool(sha256(decompress(row.payload)).digest() == row.payload_digest)
    except Exception:  # whatever zstandard makes of damaged bytes, they are not the ones that were digested
        return False


def _of(statement: Select[Any], instance_id: str | None) -> Select[Any]:
    return statement if instance_id is None else statement.where(history.c.instance_id == instance_id)


def _stream(connection: Connection, instance_id: str | None) -> Iterator[AnyRow]:
    same = (history_payload.c.instance_id == history.c.instance_id) & (history_payload.c.sequence == history.c.sequence)
    erased = (history_erasure.c.instance_id == history.c.instance_id) & (history_erasure.c.sequence == history.c.sequence)
    statement = (
        select(
            *history.c,
            history_payload.c.payload,
            history_erasure.c.sequence.label("erased_sequence"),
            process_instance.c.history_length,
            process_instance.c.history_hash,
        )
        .select_from(history)
        .outerjoin(history_payload, same)
        .outerjoin(history_erasure, erased)
        .outerjoin(process_instance, process_instance.c.id == history.c.instance_id)
        .order_by(history.c.instance_id, history.c.sequence)
        .execution_options(yield_per=CHUNK)
    )
    yield from connection.execute(_of(statement, instance_id))


def _without_history(connection: Connection, instance_id: str | None) -> Iterator[Problem]:
    statement = (
        select(process_instance.c.id)
        .outerjoin(history, (history.c.instance_id == process_instance.c.id) & (history.c.sequence == 1))
        .where(history.c.sequence.is_(None), true() if instance_id is None else process_instance.c.id == instance_id)
    )
    for instance_id in connection.execute(statement).scalars():
        yield Problem(instance_id, 0, "history-missing", "Expected a history of the instance, but its first row is gone.")
