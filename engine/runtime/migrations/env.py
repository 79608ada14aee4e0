"""How Alembic runs our migrations: on the connection the program hands over, all of them or none."""

from alembic import context
from sqlalchemy import text

UPGRADE_LOCK = 7_312_002
"""PostgreSQL advisory lock: several nodes that start at once upgrade one after the other."""

connection = context.config.attributes["connection"]
schema = context.config.attributes["schema"]
context.configure(
    connection=connection,
    target_metadata=schema.metadata,
    version_table=schema.version_table,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
    context.run_migrations()
