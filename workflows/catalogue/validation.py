"""What an item must be before anybody can apply for it: a flat list of small rules that collect findings and never raise.

Every finding has the code under which publication is refused.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.rejection import Rejection
from workflows.catalogue import refusals  # noqa: F401  (declares its sentences)
from workflows.catalogue.direct_approval import Route
from workflows.catalogue.item import Item, Kind
from workflows.catalogue.limit import GENERAL_DAYS, JOINT_DAYS, LICENSING_LAW, Source, limit_on, national_days

NOTICE_DAYS, DELIVERY_DAYS, RENEWAL_DAYS = 5, 10, 30
"""Art. 32, 44 and 50."""
SHARED_DATA = date(2019, 4, 26)
"""Since then nobody is asked for what a government already holds (国务院令第716号, Art. 7)."""
APPLICATION_BLOCKS = ("applicant", "materials", "declaration")
"""What every application form has; the rest must have to do with the item."""
KINDS_OF = {
    Route.DIRECT: Kind.IMMEDIATE,
    Route.REPORT_UP: Kind.REPORTED,
    Route.JOINT: Kind.JOINT,
    Route.PROMISED: Kind.PROMISED,
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rule must know beside the item. Nothing known of a kind: the rule about it says nothing.

    ``day``: the first day in force. ``processes``: keys of deployed processes. ``form_fields``: the fields of its form.
    ``results``: document name to code, of what other items of this hall give. ``fees``: codes of the fee catalogue.
    """

    day: date
    processes: Collection[str] | None = None
    form_fields: Collection[str] | None = None
    results: Mapping[str, str] = field(default_factory=dict)
    fees: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, and the figures the sentence mentions."""

    code: str
    field: str
    parameters: tuple[tuple[str, object], ...] = ()

    def rejection(self) -> Rejection:
        """The same as a refusal."""
        return Rejection(self.code, field=self.field, **dict(self.parameters))


Rule = Callable[[Item, Surroundings], Iterator[Finding]]


def findings(item: Item, around: Surroundings) -> list[Finding]:
    """Everything that keeps it from being published, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(item, around)]


def require_publishable(item: Item, around: Surroundings) -> None:
    """:raises Rejection: the first finding."""
    for finding in findings(item, around):
        raise finding.rejection()


def _found(code: str, name: str, **parameters: object) -> Finding:
    return Finding(code, name, tuple(parameters.items()))


def complete(item: Item, around: Surroundings) -> Iterator[Finding]:
    """Art. 30 and R-03: matter, basis, conditions, quantity, procedure, limit, materials, sample; the eight publications."""
    for name in ("legal_basis", "conditions", "quantity", "procedure", "materials", "steps", "contact", "appeal_channels"):
        if not getattr(item, name):
            yield _found("item-publication-incomplete", name)
    for name in ("sample_text", "telephone", "hours"):
        if not getattr(item.publication, name).strip():
            yield _found("item-publication-incomplete", f"publication.{name}")
    if item.result is None:
        yield _found("item-publication-incomplete", "result")
    if not item.form_version:
        yield _found("item-publication-incomplete", "form_version")


def limits_lawful(item: Item, around: Surroundings) -> Iterator[Finding]:
    """Art. 42 and rules.md 2.2: nothing looser than the nation's limit; one that is in force on the day."""
    joint = item.kind is Kind.JOINT
    general = JOINT_DAYS if joint else GENERAL_DAYS
    for place, limit in enumerate(item.limits):
        where = f"limits[{place}]"
        if limit.source is Source.LICENSING_LAW and (limit.from_on is None or limit.from_on < LICENSING_LAW):
            yield _found("item-limit-vintage", f"{where}.from_on")
        if limit.source is Source.LICENSING_LAW and limit.working_days > general:
            yield _found("item-limit-beyond-law", f"{where}.days", days=limit.days, law=general)
        if limit.source is Source.LOCAL and limit.working_days > national_days(item.limits, limit, joint=joint):
            national = national_days(item.limits, limit, joint=joint)
            yield _found("item-local-limit-looser", f"{where}.days", days=limit.days, national=national)
        if limit.from_on and limit.to_on and limit.to_on < limit.from_on:
            yield _found("item-limit-vintage", f"{where}.to_on")
    if limit_on(item.limits, around.day) is None:
        yield _found("item-limit-missing", "limits", day=around.day.isoformat())


def promise_within_law(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-59: steps within the promise, the promise within the law, under whichever vintage the item is published."""
    statutory = item.statutory_on(around.day)
    if statutory and item.promised_days > statutory:
        yield _found("item-promise-too-long", "promised_days", promised=item.promised_days, statutory=statutory)
    total = sum(step.days for step in item.steps)
    if total > item.promised_days:
        yield _found("item-steps-too-long", "steps", total=total, promised=item.promised_days)
    if item.kind is Kind.IMMEDIATE and item.promised_days > 1:
        yield _found("item-immediate-promise", "promised_days", promised=item.promised_days)


def other_limits_lawful(item: Item, around: Surroundings) -> Iterator[Finding]:
    """Art. 32 and 44: a county may promise less, never take more."""
    if item.notice_days > NOTICE_DAYS:
        yield _found("item-notice-limit-looser", "notice_days", days=item.notice_days, law=NOTICE_DAYS)
    if item.delivery_days > DELIVERY_DAYS:
        yield _found("item-delivery-limit-looser", "delivery_days", days=item.delivery_days, law=DELIVERY_DAYS)


def materials_whitelisted(item: Item, around: Surroundings) -> Iterator[Finding]:
    """Art. 31: a material that no text of the item's basis asks for has nothing to do with it. Each stands once."""
    names = [material.name for material in item.materials]
    for place, material in enumerate(item.materials):
        where = f"materials[{place}]"
        if material.basis is None or material.basis not in item.legal_basis:
            yield _found("item-material-unrelated", f"{where}.basis", material=material.name)
        if (material.need == "conditional") != (material.condition is not None):
            yield _found("item-material-condition", f"{where}.condition", material=material.name)
        if not material.original and material.copies == 0:
            yield _found("item-material-form-unsaid", f"{where}.copies", material=material.name)
        if names.index(material.name) < place:
            yield _found("item-material-twice", f"{where}.name", material=material.name)


def nothing_asked_twice(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-29: what this hall issued itself is not asked for again without a condition."""
    if around.day < SHARED_DATA:
        return
    for place, material in enumerate(item.materials):
        code = around.results.get(material.name)
        if material.need == "required" and code is not None and code != item.code:
            yield _found("item-material-held", f"materials[{place}].need", material=material.name, item=code)


def tabular(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-27, R-28: applied for on a form, whose fields every required material is evidence of."""
    if len(item.materials) == 1 and not item.materials[0].elements:
        yield _found("item-free-text-only", "materials")
    for place, material in enumerate(item.materials):
        if material.need == "required" and not material.elements:
            yield _found("item-material-unmapped", f"materials[{place}].elements", material=material.name)


def fields_related(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-27, Art. 29: every field of the form is either an element of a material or has a reason; and each named one exists."""
    if around.form_fields is None:
        return
    elements = {element for material in item.materials for element in material.elements}
    named = elements | {other.field for other in item.other_fields}
    for name in sorted(set(around.form_fields)):
        if name.split(".")[0] not in APPLICATION_BLOCKS and name not in named:
            yield _found("item-field-unrelated", name, form=item.form)
    for name in sorted(named - set(around.form_fields)):
        yield _found("item-field-unknown", name, form=item.form)


def charges_lawful(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-03, R-42, R-47, R-47b, Art. 58: a fee statement, fees of the fee catalogue; nothing for a free item or for forms."""
    if item.free and item.fees:
        yield _found("item-free-with-fee", "fees")
    if not item.free and not item.fees:
        yield _found("item-fee-statement-missing", "free")
    for place, fee in enumerate(item.fees):
        if fee.charged_for != "item":
            yield _found("item-fee-not-for-item", f"fees[{place}].charged_for", fee=fee.code, purpose=fee.charged_for)
        if around.fees is not None and fee.code not in around.fees:
            yield _found("item-fee-unknown", f"fees[{place}].code", fee=fee.code)


def route_followed(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-23, D1: what the window can decide is not sent to the department, unless it is said why (R-20)."""
    wanted = KINDS_OF[item.route]
    if item.kind is wanted:
        return
    if item.route is Route.DIRECT and item.kind is Kind.PROMISED:
        if not item.route_reason.strip():
            yield _found("item-direct-not-immediate", "kind")
        return
    yield _found("item-kind-not-by-route", "kind", kind=item.kind.value, route=item.route.value)


def visit_only_where_needed(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-23: nothing decided on the spot has a site visit, an investigation, or departments to ask."""
    behind = item.needs_site_visit or item.needs_investigation or bool(item.consulted)
    if item.kind is Kind.IMMEDIATE and behind:
        yield _found("item-immediate-with-visit", "needs_site_visit")


def issue_first_allowed(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-26: issuing before the leader signs needs a leader who signs, and no law that wants the head first."""
    if item.issue_first and item.head_must_approve:
        yield _found("item-issue-first-not-allowed", "issue_first")
    if item.issue_first and not item.leader_signature:
        yield _found("item-issue-first-without-leader", "issue_first")


def renewal_lawful(item: Item, around: Surroundings) -> Iterator[Finding]:
    """Art. 50: what expires can be renewed; earlier than 30 days before only where another law says so; silence renews."""
    if item.result is None or item.result.renewal is None:
        return
    renewal = item.result.renewal
    if item.result.validity_months is None:
        yield _found("item-renewal-without-end", "result.renewal")
    if renewal.apply_days_before > RENEWAL_DAYS and "许可法" in renewal.basis:
        yield _found("item-renewal-too-early", "result.renewal.apply_days_before", days=renewal.apply_days_before)


def consults_others_only(item: Item, around: Surroundings) -> Iterator[Finding]:
    """R-24: one's own department is consulted without a letter; a letter goes to each other one once."""
    groups = [department.group for department in item.consulted]
    for place, group in enumerate(groups):
        if group == item.department_group or group in groups[:place]:
            yield _found("item-consulted-wrong", f"consulted[{place}].group", group=group)


def model_deployed(item: Item, around: Surroundings) -> Iterator[Finding]:
    """Nobody can apply for what no model handles."""
    if around.processes is not None and item.process not in around.processes:
        yield _found("item-model-not-deployed", "process", process=item.process)


RULES: tuple[Rule, ...] = (
    complete,
    limits_lawful,
    promise_within_law,
    other_limits_lawful,
    materials_whitelisted,
    nothing_asked_twice,
    tabular,
    fields_related,
    charges_lawful,
    route_followed,
    visit_only_where_needed,
    issue_first_allowed,
    renewal_lawful,
    consults_others_only,
    model_deployed,
)
