"""What a run found, for a person and for a program."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table

from bench.receipt_log.audit import Audit
from bench.receipt_log.driver import Departure, Drive
from bench.receipt_log.fit import DISTURBANCES, Precision, precision, refused_share, walk
from bench.receipt_log.log import Case
from bench.receipt_log.net import Net


@dataclass(frozen=True, slots=True)
class Fit:
    """The drawing against the log, without the product. ``left`` is (case, index) of every event that can not happen."""

    cases: int
    left: frozenset[tuple[str, int]]
    precision: Precision
    refused: dict[str, float]

    @property
    def share(self) -> float:
        return 1 - len(self.left) / self.cases

    def to_dict(self) -> dict[str, Any]:
        return {"cases": self.cases, "share": self.share, **asdict(self.precision), "refused": self.refused}


def fit(net: Net, cases: Sequence[Case]) -> Fit:
    """Measure the drawing."""
    walks = {case.id: walk(net, case.activities).left_at for case in cases}
    left = frozenset((case, index) for case, index in walks.items() if index is not None)
    refused = {name: refused_share(net, cases, disturb) for name, disturb in DISTURBANCES.items()}
    return Fit(len(cases), left, precision(net, cases), refused)


@dataclass(frozen=True, slots=True)
class Report:
    """One run on one database. ``driven``: ids of the cases; ``fit`` is that of the whole log."""

    database: str
    clients: int
    driven: frozenset[str]
    drive: Drive
    audit: Audit
    bytes_per_case: float
    fit: Fit

    @property
    def agrees(self) -> bool:
        """Whether the engine let every case leave just where the plain token game does."""
        found = {(departure.case, departure.index) for departure in self.drive.departures}
        return found == {(case, index) for case, index in self.fit.left if case in self.driven}

    @property
    def passed(self) -> bool:
        return self.agrees and self.audit.passed and self.audit.cases == self.drive.cases

    @property
    def events_per_second(self) -> float:
        return self.drive.events / self.drive.seconds

    def to_dict(self) -> dict[str, Any]:
        drive = self.drive
        return {
            "benchmark": "receipt_log",
            "database": self.database,
            "clients": self.clients,
            "cases": drive.cases,
            "events": drive.events,
            "passed_over": drive.passed_over,
            "fit": drive.cases - len(drive.departures),
            "ended": len(drive.ended),
            "departures": [asdict(departure) for departure in drive.departures],
            "seconds": drive.seconds,
            "events_per_second": self.events_per_second,
            "latency": {act: latencies.summary() for act, latencies in drive.latencies.items()},
            "bytes_per_case": self.bytes_per_case,
            "model": self.fit.to_dict(),
            "agrees_with_token_game": self.agrees,
            "audit": asdict(self.audit),
            "passed": self.passed,
        }


def show(console: Console, report: Report) -> None:
    """Print it as tables."""
    console.rule(f"receipt_log, {report.database}, clients: {report.clients}")
    console.print(Group(_work(report), _departures(report.drive.departures), _latencies(report), _model(report.fit)))


def _work(report: Report) -> RenderableType:
    drive, audit = report.drive, report.audit
    still_open = drive.cases - len(drive.ended) - len(drive.departures)
    rows = {
        "cases driven": f"{drive.cases}: {len(drive.ended)} ended, {still_open} still open",
        "cases that fit": f"{drive.cases - len(drive.departures)} ({1 - len(drive.departures) / drive.cases:.1%})",
        "cases that leave the model": f"{len(drive.departures)}, with {drive.passed_over} events passed over",
        "the engine and the token game": "agree on every case" if report.agrees else "DIFFER",
        "events": f"{drive.events} in {drive.seconds:.1f} s: {report.events_per_second:.1f} a second",
        "database": f"{report.bytes_per_case / 1000:.1f} kB a case",
        "verify": f"{'intact' if audit.intact else 'DAMAGED'}, {audit.rows} rows in {audit.verify_seconds:.1f} s",
        "replay": f"{audit.cases} cases, {audit.steps} steps in {audit.replay_seconds:.1f} s: "
        + ("state and projections agree" if audit.differing == 0 else f"{audit.differing} DIFFER"),
    }
    table = Table(show_header=False)
    for name, value in rows.items():
        table.add_row(name, value)
    return table


def _departures(departures: Sequence[Departure]) -> RenderableType:
    if not departures:
        return ""
    table = Table("cases", "leave with", "while open were", "for example", title="Where cases leave the model")
    groups = Counter((departure.activity, departure.instead) for departure in departures)
    for (activity, instead), count in groups.most_common():
        example = next(each for each in departures if (each.activity, each.instead) == (activity, instead))
        table.add_row(str(count), activity, "\n".join(instead), f"{example.case}, event {example.index + 1}")
    return table


def _latencies(report: Report) -> RenderableType:
    table = Table("request", "count", "p50 ms", "p95 ms", "p99 ms", "max ms", title="Latency, seen by the client")
    for act, latencies in report.drive.latencies.items():
        figures = latencies.summary()
        if figures["count"]:
            rounded = [f"{figures[name]:.1f}" for name in ("p50_ms", "p95_ms", "p99_ms", "max_ms")]
            table.add_row(act, f"{figures['count']:.0f}", *rounded)
    return table


def _model(fit: Fit) -> RenderableType:
    table = Table(show_header=False, title="The drawing and the whole log, without the engine")
    table.add_row("cases that fit", f"{fit.cases - len(fit.left)} of {fit.cases} ({fit.share:.1%})")
    table.add_row("activities that may come next, on average", f"{fit.precision.next_activities:.1f} of 27")
    table.add_row("of these, taken by the log at the same place", f"{fit.precision.taken:.1%}")
    for name, share in fit.refused.items():
        table.add_row(f"refused when events are disturbed: {name}", f"{share:.1%}")
    return table
