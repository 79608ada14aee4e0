"""Documents that share a word share a series: 受〔2026〕1号 is an acceptance or a deemed acceptance, never both."""

import sqlalchemy as sa
from alembic import op

revision = "documents_0002"
down_revision = "documents_0001"
branch_labels = None
depends_on = None

WORDS = {
    "acceptance_notice": "受",
    "agency_handover": "代",
    "change_notice": "变",
    "complaint_answer": "复",
    "conditional_licence_decision": "准",
    "correction_notice": "补",
    "deemed_acceptance_notice": "受",
    "extension_notice": "延",
    "false_materials_decision": "警",
    "filing_receipt": "收",
    "hearing_minutes": "笔",
    "hearing_notice": "听",
    "hearing_right_notice": "听告",
    "immediate_completion_slip": "办",
    "joint_handling_notice": "联",
    "joint_review_minutes": "纪",
    "licence": "证",
    "licence_decision": "准",
    "licence_ending_notice": "注",
    "licence_not_needed_notice": "告",
    "non_acceptance_decision": "拒",
    "payment_notice": "缴",
    "press_letter": "督",
    "refusal_decision": "否",
    "renewal_notice": "续",
    "report_up_letter": "报",
    "return_notice": "退",
    "revocation_decision": "销",
    "special_procedure_notice": "特",
    "withdrawal_confirmation": "撤",
}
"""Kind to word, as they were when the series went by kind."""
SERIES = sa.table("number_series", sa.column("name", sa.String), sa.column("value", sa.Integer))


def upgrade() -> None:
    connection = op.get_bind()
    if not sa.inspect(connection).has_table("number_series"):
        return
    highest: dict[str, int] = {}
    for name, value in connection.execute(sa.select(SERIES).where(SERIES.c.name.startswith("document/"))).all():
        department, kind, year = name.removeprefix("document/").rsplit("/", 2)
        if kind in WORDS:
            new = f"document/{department}/{WORDS[kind]}/{year}"
            highest[new] = max(value, highest.get(new, 0))
            connection.execute(SERIES.delete().where(SERIES.c.name == name))
    if highest:
        connection.execute(SERIES.insert(), [{"name": name, "value": value} for name, value in highest.items()])
