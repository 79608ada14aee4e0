"""django-viewflow: the flow is code, each task a row; a step completes one and creates the next in one transaction."""
# mypy: ignore-errors

import json
import sys
import time

import django
import psycopg
from django.conf import settings

OPINION = "nothing stands against it, as far as this office can see"


def database(url):
    """Django's words for the database, with the durability that all peers have."""
    if url.startswith("sqlite"):
        options = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", "transaction_mode": "IMMEDIATE"}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///") + ".viewflow",
            "OPTIONS": options,
        }
    given = psycopg.conninfo.conninfo_to_dict(url)
    names = {"NAME": "dbname", "HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {"ENGINE": "django.db.backends.postgresql"} | {name: str(given.get(key, "")) for name, key in names.items()}


settings.configure(
    SECRET_KEY="bench",
    USE_TZ=True,
    DATABASES={"default": database(sys.argv[1])},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "viewflow", "viewflow.workflow", "approval"],
)
django.setup()

from approval.flows import TASKS, Approval  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402


def step(process_id):
    """Complete the open task; False when there is none."""
    with transaction.atomic(), Approval.lock(process_id):
        task = Approval.task_class.objects.filter(process_id=process_id, status="ASSIGNED").first()
        if task is None:
            return False
        activation = task.flow_task.activation_class(task)
        activation.start(None)
        activation.process.data = {**(activation.process.data or {}), task.flow_task.name: OPINION}
        activation.process.save()
        activation.execute()
    return True


def main():
    call_command("migrate", verbosity=0)
    User.objects.get_or_create(username="clerk")
    taken = []
    for _ in range(int(sys.argv[3])):
        process = Approval.start.run()
        for _ in range(TASKS):
            begin = time.perf_counter_ns()
            assert step(process.pk)
            taken.append(time.perf_counter_ns() - begin)
        assert not step(process.pk)
    print(json.dumps(taken))


main()
