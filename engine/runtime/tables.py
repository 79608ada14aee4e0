"""The tables, as SQLAlchemy Core declares them; migrations/ must build exactly these.

Three kinds: what people deployed, set up or tried (definitions and what starts them, accounts, audit); the truth about
instances (``history`` with its payloads, and the snapshot in ``process_instance``, which saves a replay); and projections,
which are written from events only and can be rebuilt from history at any time. Columns of a projection that are not from
events, because they serve the work itself (leases, attempts), are listed in :data:`OPERATIONAL_COLUMNS`.

State is kept as bytes and text we wrote ourselves, never as ``jsonb``.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from engine.runtime.columns import JsonText, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _instance_id(**options: Any) -> Column[str]:
    return Column("instance_id", String, ForeignKey("process_instance.id"), nullable=False, **options)


def _element() -> tuple[Column[str], Column[str], Column[str]]:
    return (
        Column("process_key", String, nullable=False),
        Column("element_id", String, nullable=False),
        Column("scope", String, nullable=False),
    )


def _source_columns() -> tuple[SchemaItem, ...]:
    return (
        Column("id", String, primary_key=True),
        Column("key", String, nullable=False),
        Column("version", Integer, nullable=False),
        Column("name", String, nullable=False),
        Column("resource", String, nullable=False),
        Column("content_hash", String(64), nullable=False),
        Column("source", LargeBinary, nullable=False),
        Column("deployed_at", Moment, nullable=False),
        Column("deployment_id", String, ForeignKey("deployment.id"), nullable=False),
        UniqueConstraint("key", "version"),
    )


deployment = Table(
    "deployment",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("resources", JsonText, nullable=False),
    Column("warnings", JsonText, nullable=False),
)

process_definition = Table(
    "process_definition", metadata, *_source_columns(), Column("version_tag", String), Column("uses", JsonText)
)

form_definition = Table("form_definition", metadata, *_source_columns())

decision_definition = Table("decision_definition", metadata, *_source_columns())
"""One row a decision; decisions of one file share its source."""

process_instance = Table(
    "process_instance",
    metadata,
    Column("id", String, primary_key=True),
    Column("process_key", String, nullable=False),
    Column("definition_id", String, ForeignKey("process_definition.id"), nullable=False),
    Column("business_key", String),
    Column("status", String, nullable=False),
    Column("bindings", JsonText, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("started_by", String, nullable=False),
    Column("ended_at", Moment),
    Column("end_reason", Text),
    # state, written at every accepted command
    Column("version", Integer, nullable=False),
    Column("snapshot", LargeBinary, nullable=False),
    Column("element_counts", LargeBinary, nullable=False),
    # where the history's chain ends, so that a missing end is noticed
    Column("history_length", Integer, nullable=False),
    Column("history_hash", LargeBinary(32), nullable=False),
    Index(None, "started_at", "id"),
    Index(None, "process_key", "status", "started_at", "id"),
    Index(None, "status", "started_at", "id"),
    Index(None, "business_key"),
)

history = Table(
    "history",
    metadata,
    _instance_id(primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("command", String, nullable=False),
    Column("command_id", String, nullable=False, unique=True),
    Column("actor_id", String, nullable=False),
    Column("at", String(27), nullable=False),
    Column("outcome", String, nullable=False),
    Column("code", String),
    Column("version", Integer, nullable=False),
    Column("payload_digest", LargeBinary(32), nullable=False),
    Column("previous_hash", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)

_HISTORY_KEY = (["instance_id", "sequence"], ["history.instance_id", "history.sequence"])

history_payload = Table(
    "history_payload",
    metadata,
    Column("instance_id", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
    ForeignKeyConstraint(*_HISTORY_KEY),
)

history_erasure = Table(
    "history_erasure",
    metadata,
    Column("instance_id", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(*_HISTORY_KEY),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String),
    Column("outcome", String, nullable=False),
    Column("code", String),
    Column("detail", JsonText),
    Index(None, "subject"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

user_task = Table(
    "user_task",
    metadata,
    Column("id", String, primary_key=True),
    _instance_id(),
    Column("business_key", String),
    Column("root_process_key", String, nullable=False),
    *_element(),
    Column("title", String, nullable=False),
    Column("form_key", String),
    Column("lane", String),
    Column("state", String, nullable=False),
    Column("assignee", String),
    Column("owner", String),
    Column("performer", String),
    Column("candidate_groups", JsonText, nullable=False),
    Column("instance_index", Integer),
    Column("instance_item", JsonText),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("due", Moment),
    Column("warn_at", Moment),
    Column("binding", String),
    Column("limit", String),
    Column("version", Integer, nullable=False),
    Index(None, "instance_id", "created_at"),
    Index("ix_user_task_open", "state", "created_at", "id"),
    Index("ix_user_task_assignee", "assignee", "state", "created_at", "id"),
)

user_task_candidate = Table(
    "user_task_candidate",
    metadata,
    Column("task_id", String, ForeignKey("user_task.id"), primary_key=True),
    Column("group_id", String, primary_key=True),
    Column("ended", Boolean, nullable=False),
    Column("assigned", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_user_task_candidate_list", "group_id", "ended", "assigned", "created_at", "task_id"),
)

user_task_draft = Table(
    "user_task_draft",
    metadata,
    Column("task_id", String, ForeignKey("user_task.id"), primary_key=True),
    Column("account_id", String, primary_key=True),
    Column("variables", JsonText, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

timer = Table(
    "timer",
    metadata,
    Column("id", String, primary_key=True),
    _instance_id(index=True),
    *_element(),
    Column("due", Moment),  # none: bound to a clock that stands still
    Column("binding", String),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", Moment, index=True),
    Index(None, "due", "id"),
)

job = Table(
    "job",
    metadata,
    Column("id", String, primary_key=True),
    _instance_id(index=True),
    Column("kind", String, nullable=False),
    *_element(),
    Column("operator", String, nullable=False),
    Column("parameters", JsonText, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", Moment, nullable=False, index=True),
    Column("worker", String),
    Column("last_error", Text),
    Index(None, "kind", "requested_at", "id"),
)

message_subscription = Table(
    "message_subscription",
    metadata,
    Column("id", String, primary_key=True),
    _instance_id(index=True),
    *_element(),
    Column("kind", String, nullable=False),
    Column("message", String, nullable=False),
    Column("correlation_key", String),
    Column("opened_at", Moment, nullable=False),
    Index(None, "message", "correlation_key"),
)

incident = Table(
    "incident",
    metadata,
    Column("id", String, primary_key=True),
    Column("instance_id", String, index=True),
    Column("kind", String, nullable=False),
    Column("process_key", String),
    Column("element_id", String),
    Column("scope", String),
    Column("job_id", String),
    Column("code", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("message_zh", Text),
    Column("state", String, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("resolved_by", String),
    Column("reason", Text),
    Index(None, "state", "raised_at", "id"),
)

account = Table(
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

account_role = Table(
    "account_role",
    metadata,
    Column("account_id", String, ForeignKey("account.id"), primary_key=True),
    Column("role", String, primary_key=True),
)

account_group = Table(
    "account_group",
    metadata,
    Column("account_id", String, ForeignKey("account.id"), primary_key=True),
    Column("group_id", String, primary_key=True, index=True),
)

access_token = Table(
    "access_token",
    metadata,
    Column("id", String, primary_key=True),
    Column("account_id", String, ForeignKey("account.id"), nullable=False, index=True),
    Column("purpose", String, nullable=False),
    Column("name", String, nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

number_series = Table(
    "number_series",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)


def _started_definition() -> tuple[SchemaItem, ...]:
    """The newest version of a process that begins by itself, and since when it does."""
    return (
        Column("definition_id", String, ForeignKey("process_definition.id"), nullable=False),
        Column("opened_at", Moment, nullable=False),
    )


start_message = Table(
    "start_message",
    metadata,
    Column("message", String, primary_key=True),  # a message starts one process
    Column("process_key", String, nullable=False),
    Column("element_id", String, nullable=False),
    *_started_definition(),
)

start_signal = Table(
    "start_signal",
    metadata,
    Column("signal", String, primary_key=True),
    Column("process_key", String, primary_key=True),
    Column("id", String, nullable=False),
    Column("element_id", String, nullable=False),
    *_started_definition(),
)

start_timer = Table(
    "start_timer",
    metadata,
    Column("process_key", String, primary_key=True),
    Column("element_id", String, primary_key=True),
    *_started_definition(),
    # the schedule: what the model said, and the moments that means
    Column("series", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("first", Moment, nullable=False),
    Column("interval", String),
    Column("times", Integer),
    # the next of them; no due: it is over
    Column("occurrence", BigInteger, nullable=False),
    Column("due", Moment),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", Moment, index=True),
)

OPERATIONAL_COLUMNS: dict[str, frozenset[str]] = {
    "timer": frozenset({"attempts", "next_attempt_at"}),
    "job": frozenset({"attempts", "next_attempt_at", "worker", "last_error"}),
}
"""Columns of projections that the scheduler and the workers keep for themselves; a rebuild does not restore them."""

APPEND_ONLY = (history, history_payload, history_erasure, audit)
"""Tables whose rows database triggers protect; of a payload, deletion is allowed once an erasure row says so."""
