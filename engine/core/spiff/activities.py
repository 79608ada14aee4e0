"""Activities: the work of people, programs and formulas."""

from collections.abc import Mapping, Sequence
from typing import Any

import feel
from decisions import DecisionTrouble
from engine.core import events
from engine.core.lifecycle import UserTaskState
from engine.core.moments import to_text
from engine.core.script import Formula, Script, storable
from engine.core.spiff.catching import find_catcher
from engine.core.spiff.definitions import ErrorDefinition, bound_moment, bound_to
from engine.core.spiff.element import Element, SequenceFlow
from engine.core.spiff.multi_instance import MultiInstance
from engine.core.spiff.standard_loop import StandardLoop
from engine.core.spiff.timing import moment
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.trouble import Trouble
from engine.core.values import Value


class Activity(Element):
    """What all activities share: boundary events wait while they run, and they may run once for each item of a list."""

    multi_instance: MultiInstance | StandardLoop | None = None

    def is_body(self, token: Token) -> bool:
        """Does this token stand for all instances of a multi-instance activity?"""
        return self.multi_instance is not None and "loop" not in token.internal_data

    def _enter(self, token: Token) -> bool:
        if not self.is_body(token):
            return super()._enter(token)
        assert self.multi_instance is not None
        done = self.multi_instance.begin(token)
        if done:
            self.announce(token)
        self.arm(token)
        return done

    def enter(self, token: Token) -> bool:
        begins = self.begin(token)
        if "loop" not in token.internal_data:
            self.arm(token)
        return begins

    def begin(self, token: Token) -> bool:
        """Start one instance of the activity. May it run at once?"""
        return True

    def conclude(self, token: Token) -> None:
        """Take over what came of the work, before the token goes on.

        :raises Trouble: it can be tried again.
        """

    def knowledge_now(self, token: Token) -> Knowledge:
        """What is known if the activity is interrupted now."""
        if self.multi_instance is not None and self.is_body(token):
            return self.multi_instance.knowledge_now(token)
        return token.knowledge.copy()

    def _run(self, my_task: Token) -> bool | None:
        if self.is_body(my_task):
            return True  # its instances did the work
        return super()._run(my_task)

    def leave(self, token: Token) -> Sequence[SequenceFlow]:
        if not self.is_body(token):
            self.conclude(token)
        return super().leave(token)

    def _on_complete(self, my_task: Token) -> None:
        if "loop" not in my_task.internal_data or self.multi_instance is None:
            super()._on_complete(my_task)
        elif self.attempt(my_task, "leave", lambda: self._collect(my_task)):
            self.emit(my_task, events.ElementCompleted)
            self.multi_instance.instance_done(my_task)

    def _collect(self, token: Token) -> bool:
        assert self.multi_instance is not None
        self.conclude(token)
        return self.multi_instance.collect(token)


class NoneTask(Activity):
    """A task of no particular kind: it is done when it is reached."""


class ScriptTask(Activity):
    """Assignments in FEEL."""

    script: Script

    def work(self, token: Token) -> bool:
        for name, value in self.script.run(token.context(), self.root(token).now).items():
            token.write(name, value)
        return True


class BusinessRuleTask(Activity):
    """A decision by the DMN standard, in the version the case is bound to."""

    decision_key: str
    result_variable: str | None = None

    def work(self, token: Token) -> bool:
        root = self.root(token)
        decisions = root.model.decisions[self.decision_key]
        root.budget.spend_expression("")
        try:
            made = decisions.evaluate(self.decision_key, token.context(), now=root.moment, meter=root.budget.meter)
        except DecisionTrouble as trouble:
            raise Trouble(trouble.code, trouble.trouble.en, trouble.trouble.zh) from trouble
        result = storable(feel.to_json(made.value), self.decision_key)
        trace = [storable(table.to_dict(), self.decision_key) for table in made.trace]
        root.budget.spend_value([result, trace])
        self.emit(token, events.DecisionEvaluated, decision=self.decision_key, result=result, trace=trace)
        write_result(token, self.result_variable, result)
        return True


class UserTask(Activity):
    """Something a person does. READY until somebody completes it; who may is decided when it comes up."""

    form_key: str | None = None
    assignee: Formula | None = None
    candidate_groups: Formula | None = None
    due: Formula | None = None
    clock: Formula | None = None
    limit: str | None = None
    separate_from: tuple[str, ...] = ()
    result_variable: str | None = None

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.manual = True

    def begin(self, token: Token) -> bool:
        context, root = token.context(), self.root(token)
        assignee = self._name(self.assignee, context, root.now)
        groups = self._groups(context, root.now)
        binding = bound_to(self.clock, self, token) if self.clock is not None else None
        due = self._due(binding, token)
        token.internal_data["user_task"] = {
            "state": (UserTaskState.CLAIMED if assignee else UserTaskState.CREATED).value,
            "assignee": assignee,
            "owner": None,
            "groups": groups,
            "due": due,
        }
        loop = token.internal_data.get("loop", {})
        self.emit(
            token,
            events.UserTaskCreated,
            task_id=token.id,
            title=self.title,
            form_key=self.form_key,
            assignee=assignee,
            candidate_groups=groups,
            lane=self.lane,
            due=due,
            limit=self.limit,
            instance_index=loop.get("index"),
            instance_item=loop.get("item"),
        )
        if binding is not None:
            token.internal_data["user_task"] |= {"binding": binding, "since": to_text(root.moment)}
            self.emit_plain(token, events.UserTaskBound, binding=binding)
        return True

    def _due(self, binding: str | None, token: Token) -> str | None:
        if binding is not None:
            due = bound_moment(binding, self.due, self, token)
        else:
            due = moment(self.due, token.context(), self.root(token).now) if self.due is not None else None
        return None if due is None else to_text(due)

    def _on_ready(self, my_task: Token) -> None:
        """A user task does not stand on the agenda: it waits for its person. (A multi-instance body does.)"""
        if self.is_body(my_task):
            super()._on_ready(my_task)

    def _name(self, formula: Formula | None, context: Mapping[str, Value], now: Any) -> str | None:
        if formula is None:
            return None
        value = formula.value(context, now)
        if not isinstance(value, str) or not value:
            raise Trouble("assignment-failed", f"Expected {formula.text!r} to name an account, but it is {value!r}.")
        return value

    def _groups(self, context: Mapping[str, Value], now: Any) -> list[str]:
        formula = self.candidate_groups
        if formula is None:
            return []
        value = formula.value(context, now)
        names = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
            raise Trouble("assignment-failed", f"Expected {formula.text!r} to name groups, but it is {value!r}.")
        return [str(name) for name in names]

    def accept(self, token: Token, performer: str, variables: Mapping[str, Value]) -> None:
        """The task was done: take over what its form admitted and go on."""
        if self.result_variable is not None:
            token.write(self.result_variable, dict(variables))
        else:
            for name, value in variables.items():
                token.write(name, value)
        self.emit_plain(token, events.UserTaskCompleted, performer=performer, variables=dict(variables))
        token.internal_data["user_task"]["state"] = UserTaskState.COMPLETED.value
        token.run()

    def withdrawn(self, token: Token) -> None:
        note = token.internal_data.get("user_task")
        if note is not None and note["state"] != UserTaskState.COMPLETED.value:
            self.emit_plain(token, events.UserTaskCanceled)

    def emit_plain(self, token: Token, event: type[events.UserTaskEvent], **details: Any) -> None:
        self.root(token).emit(event(task_id=token.id, **details))


class ServiceTask(Activity):
    """A program's work. The core only asks for it; the result comes back as a command, so a replay calls nobody."""

    operator: str
    parameters: dict[str, Formula]
    result_variable: str | None = None

    def work(self, token: Token) -> bool | None:
        context, now = token.context(), self.root(token).now
        parameters = {name: formula.value(context, now) for name, formula in self.parameters.items()}
        job_id = self.root(token).next_id()
        token.internal_data["job"] = job_id
        self.emit(token, events.ServiceTaskRequested, job_id=job_id, operator=self.operator, parameters=parameters)
        return None

    def accept(self, token: Token, result: Value) -> None:
        """The operator answered."""
        job_id = token.internal_data.pop("job")
        self.root(token).emit(events.ServiceTaskCompleted(job_id=job_id, result=result))
        write_result(token, self.result_variable, result)
        token.complete()

    def fail(self, token: Token, message: str, error_code: str | None) -> None:
        """The operator failed for good: an error the model catches, or an incident."""
        job_id = token.internal_data.pop("job")
        self.root(token).emit(events.ServiceTaskFailed(job_id=job_id, message=message, error_code=error_code))
        caught = find_catcher(token, ErrorDefinition(error_code)) if error_code is not None else None
        if caught is None:
            self.stop(token, Trouble("job-failed", message), phase="run", job_id=job_id)
        else:
            catcher, place = caught
            self.attempt(token, "run", lambda: catcher.catch(place))

    def withdrawn(self, token: Token) -> None:
        job_id = token.internal_data.pop("job", None)
        if job_id is not None:
            self.root(token).emit(events.ServiceTaskCanceled(job_id=job_id))


def write_result(token: Token, result_variable: str | None, result: Value) -> None:
    """What a program or a decision answered: under its own name, or an object's entries one by one."""
    if result_variable is not None:
        token.write(result_variable, result)
    elif isinstance(result, dict):
        for name, value in result.items():
            token.write(name, value)
