"""SpiffWorkflow as its documentation shows it: the workflow is kept in memory, and after every step the whole of it is written
by the library's own serializer."""
# mypy: ignore-errors

import json
import sqlite3
import sys
import time

import psycopg
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

OPINION = "nothing stands against it, as far as this office can see"
SERIALIZER = BpmnWorkflowSerializer()


def saver(url):
    """Something that stores a state under a number, durably."""
    if url.startswith("sqlite"):
        connection, mark = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None), "?"
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    else:
        connection, mark = psycopg.connect(url, autocommit=True), "%s"
    connection.execute("CREATE TABLE IF NOT EXISTS peer_spiff (id integer PRIMARY KEY, state text)")
    connection.execute("DELETE FROM peer_spiff")

    def insert(number, state):
        connection.execute(f"INSERT INTO peer_spiff VALUES ({mark}, {mark})", (number, state))

    def save(number, state):
        connection.execute(f"UPDATE peer_spiff SET state = {mark} WHERE id = {mark}", (state, number))

    return insert, save


def main():
    url, model, approvals = sys.argv[1], sys.argv[2], int(sys.argv[3])
    insert, save = saver(url)
    parser = BpmnParser()
    parser.add_bpmn_file(model)
    spec, subprocesses = parser.get_spec("bench_approval"), parser.get_subprocess_specs("bench_approval")
    taken = []
    for number in range(approvals):
        workflow = BpmnWorkflow(spec, subprocesses)
        workflow.do_engine_steps()
        insert(number, SERIALIZER.serialize_json(workflow))
        while not workflow.completed:
            begin = time.perf_counter_ns()
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.data["opinion"] = OPINION
            task.run()
            workflow.do_engine_steps()
            save(number, SERIALIZER.serialize_json(workflow))
            taken.append(time.perf_counter_ns() - begin)
    print(json.dumps(taken))


main()
