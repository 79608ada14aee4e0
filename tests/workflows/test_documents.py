"""Documents: numbered without gaps, complete or not issued at all, never changed, and printable in Chinese."""

import io
from datetime import date
from importlib import import_module
from typing import Any

import pypdf
import pytest
import sqlalchemy
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.core.rejection import Rejection
from engine.runtime.operators import OperatorRegistry
from engine.runtime.tables import number_series
from tests.runtime.halls import Hall
from workflows.documents import register
from workflows.documents.content import content_of
from workflows.documents.kind import KINDS, DocumentKind, kinds
from workflows.documents.printing import print_pdf
from workflows.documents.register_of_documents import RegisterOfDocuments

ISSUING = """
    start s
    service issue operator=documents.issue into=document {parameters}
    user after groups=g
    end e
    s -> issue -> after -> e
""".format(parameters='param_kind="=kind" param_case="=number" param_department=县工商局 param_data="=data"')
REFUSAL = {
    "applicant": "某某贸易有限公司",
    "item": "户外广告登记",
    "facts": "拟设置地点位于道路转角三十米以内。",
    "legal_basis": "《广告管理条例》第十三条",
    "reason": "设置地点影响行车视线。",
    "reconsideration_organ": "县人民政府",
    "court": "县人民法院",
}
SAMPLES: dict[str, Any] = {"missing": ["场地使用协议", "广告样件"], "days": 10, "amount": "20.00"}


def sample(kind: DocumentKind) -> dict[str, Any]:
    lists = {listing.field for listing in kind.lists}
    return {name: SAMPLES.get(name, ["一", "二"] if name in lists else f"某{name}") for name in kind.required}


@pytest.fixture
def hall(database_url: str) -> Any:
    registry = OperatorRegistry()
    register(registry)
    made = Hall(database_url, registry)
    made.deploy(ISSUING)
    yield made
    made.close()


def issue(hall: Hall, kind: str = "refusal_decision", data: Any = REFUSAL, case: str = "C-1") -> dict[str, Any]:
    made = hall.start({"kind": kind, "number": case, "data": data})
    found: dict[str, Any] = hall.variables(made.instance_id)["document"]
    return found


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_every_kind_says_all_that_it_must_and_is_not_issued_without(kind: DocumentKind) -> None:
    data = sample(kind)
    given: dict[str, Any] = {"number": "N", "department": "县工商局", "case_number": "C", "issued_on": date(2026, 3, 2)}
    content = content_of(kind, data, **given)
    everything = " ".join(
        [content.addressee, *content.paragraphs, *content.closing, *(entry for _, listed in content.lists for entry in listed)]
    )
    assert "{" not in everything
    for field in kind.required:
        for nothing in (None, "", "  ", []):
            with pytest.raises(Rejection) as refused:
                content_of(kind, {**data, field: nothing}, **given)
            assert (refused.value.code, refused.value.field) == ("document-incomplete", field)


def test_every_document_of_the_centre_has_a_kind() -> None:
    named = {
        "受理通知书", "不予受理决定书", "补正告知书", "特别程序告知书", "延长期限告知书", "准予行政许可决定书",
        "不予行政许可决定书", "缴款通知书", "联审会议纪要", "督办函", "投诉答复书",
    }  # fmt: skip
    assert named <= {kind.title for kind in kinds().values()}
    assert len(kinds()) == len(list(KINDS.glob("*.yaml")))


def test_numbers_run_by_department_kind_and_year_and_a_step_undone_takes_none(hall: Hall) -> None:
    assert issue(hall)["number"] == "县工商局否〔2026〕1号"
    with pytest.raises(Rejection) as refused:
        issue(hall, data={**REFUSAL, "reason": ""})
    assert refused.value.code == "document-incomplete"
    assert issue(hall)["number"] == "县工商局否〔2026〕2号"
    assert (
        issue(hall, "withdrawal_confirmation", {**REFUSAL, "withdrawn_on": "2026-03-02"})["number"] == "县工商局撤〔2026〕1号"
    )
    with pytest.raises(Rejection) as refused:
        issue(hall, "made-up")
    assert refused.value.code == "document-kind-unknown"


def test_a_document_is_found_by_its_number_its_case_and_the_code_on_the_paper(hall: Hall) -> None:
    issued = issue(hall)
    documents = RegisterOfDocuments(hall.runtime.registers)
    found = documents.by_code(issued["verification_code"].lower().replace("-", " "))
    assert found == documents.by_number(issued["number"])
    assert [found] == documents.of_case("C-1")
    assert (found.digest, found.issued_by, found.is_intact) == (issued["digest"], "clerk", True)
    assert "设置地点影响行车视线。" in found.content.paragraphs[2]
    for look in (lambda: documents.by_code("AAAA-BBBB-CCCC"), lambda: documents.by_number("无")):
        with pytest.raises(Rejection):
            look()


@pytest.mark.parametrize("statement", ["UPDATE issued_document SET number = 'x'", "DELETE FROM issued_document"])
def test_what_was_issued_is_not_changed(hall: Hall, statement: str) -> None:
    issue(hall)
    with pytest.raises(DBAPIError, match="append-only"), hall.runtime.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_print_says_what_the_document_says_and_takes_nothing_for_markup(hall: Hall) -> None:
    issued = issue(hall, data={**REFUSAL, "facts": '#panic("x") *粗* $x$ #image("/etc/passwd")'})
    document = RegisterOfDocuments(hall.runtime.registers).by_number(issued["number"])
    printed = print_pdf(document, f"http://hall.test/verify?code={document.verification_code}")
    assert printed == print_pdf(document, f"http://hall.test/verify?code={document.verification_code}")
    said = "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages).split())
    for part in (
        "不予行政许可决定书",
        issued["number"],
        '#panic("x")*粗*$x$#image("/etc/passwd")',
        issued["verification_code"],
    ):
        assert "".join(part.split()) in said


def test_documents_that_share_a_word_share_their_numbers(hall: Hall) -> None:
    """受〔2026〕1号 is one document, whether the acceptance was said or deemed."""
    kinds_of_one_word = ["acceptance_notice", "deemed_acceptance_notice", "acceptance_notice"]
    numbers = [issue(hall, kind, sample(kinds()[kind]))["number"] for kind in kinds_of_one_word]
    assert [number.split("〕")[1] for number in numbers] == ["1号", "2号", "3号"]


def test_series_by_kind_go_on_as_series_by_word() -> None:
    """An installation that numbered each kind by itself never gives a number a second time."""
    engine = sqlalchemy.create_engine("sqlite://", poolclass=sqlalchemy.pool.StaticPool)
    number_series.create(engine)
    old = {"acceptance_notice/2026": 7, "deemed_acceptance_notice/2026": 2, "refusal_decision/2025": 3}
    migration = import_module("workflows.documents.migrations.0002_series_by_word")
    with engine.begin() as connection:
        connection.execute(
            number_series.insert(), [{"name": f"document/县工商局/{kind}", "value": v} for kind, v in old.items()]
        )
        connection.execute(number_series.insert(), {"name": "case/500225", "value": 9})
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()
        found = {row.name: row.value for row in connection.execute(number_series.select())}
    assert found == {"document/县工商局/受/2026": 7, "document/县工商局/否/2025": 3, "case/500225": 9}
