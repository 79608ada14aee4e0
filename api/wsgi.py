"""The application for any WSGI server: ``api.wsgi:application``.

Importing this module sets up a whole node: the runtime's own threads (timers, jobs) run from then on, and are stopped when the
process ends. Each worker process of a server does that for itself; the database keeps them from each other's work.
"""

import atexit
import logging
import os
from datetime import timedelta
from multiprocessing import util

from api.application import create_app
from api.installation import open_runtime
from api.settings import DoorSettings
from workflows.collection.out_of_turn import begin_out_of_turn
from workflows.complaints.beginning import begin_forgotten
from workflows.meetings.quarter import convene_in_quarter
from workflows.publication.feeding import feed_publications
from workflows.supervision.scan import SupervisionScan
from workflows.visits.beginning import begin_visits

ROUND = timedelta(hours=1)
"""Of electronic supervision, and of what is begun by itself: complaints, joint meetings, visits, publications, payments."""

logging.basicConfig(
    format="%(asctime)s %(levelname)s %(name)s %(message)s", level=os.environ.get("LIANBAN_LOG_LEVEL") or "WARNING"
)
runtime = open_runtime()
application = create_app(runtime, DoorSettings.from_environment())
runtime.scheduler.every(ROUND, SupervisionScan(runtime).run)
runtime.scheduler.every(ROUND, lambda: begin_forgotten(runtime))
runtime.scheduler.every(ROUND, lambda: convene_in_quarter(runtime))
runtime.scheduler.every(ROUND, lambda: begin_visits(runtime))
runtime.scheduler.every(ROUND, lambda: feed_publications(runtime))
runtime.scheduler.every(ROUND, lambda: begin_out_of_turn(runtime))
runtime.start_workers()
atexit.register(runtime.stop)
util.Finalize(None, runtime.stop, exitpriority=1)  # a forked worker of a server ends without running atexit
