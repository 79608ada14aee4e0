"""Every way a request can end badly, turned into a problem the caller can read (:mod:`api.problems`)."""

import logging
import secrets

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from api.invalid_input import InvalidInput
from api.language import choose, language
from api.problems import http_problem, problem, rejection_problem, status_of
from engine.core.rejection import Rejection
from engine.runtime.deployment_check import DeploymentFinding
from engine.runtime.deployments import DeploymentRefused
from engine.runtime.lost_races import is_lost_race
from forms import FormErrors

log = logging.getLogger(__name__)


def handle_errors(app: Flask) -> None:
    """Register the handlers. Flask picks the most specific one."""
    app.register_error_handler(Rejection, _rejected)
    app.register_error_handler(InvalidInput, _invalid_input)
    app.register_error_handler(DeploymentRefused, _deployment_refused)
    app.register_error_handler(FormErrors, _form_errors)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _rejected(rejection: Rejection) -> Response:
    return rejection_problem(rejection, language())


def _invalid_input(refused: InvalidInput) -> Response:
    spoken = language()
    return problem(status_of(refused.code), refused.code, refused.sentence(spoken), spoken, errors=refused.errors(spoken))


def _deployment_refused(refused: DeploymentRefused) -> Response:
    spoken = language()
    errors = [finding_entry(finding) for finding in refused.findings]
    return problem(status_of(refused.code), refused.code, refused.sentence(spoken), spoken, errors=errors)


def finding_entry(finding: DeploymentFinding) -> dict[str, object]:
    """A finding as an entry of ``errors``: the field is the file and the element in it."""
    return {
        "field": f"{finding.resource}#{finding.element_id}" if finding.element_id else finding.resource,
        "code": finding.code,
        "detail": choose(finding.zh, finding.en),
        "severity": finding.severity,
        "element_name": finding.element_name,
        "suggestion": choose(finding.suggestion_zh, finding.suggestion_en),
        "process_key": finding.process_key,
        "trace": finding.trace,
        "flows": finding.flows,
        "waiting": finding.waiting,
        "needs_reason": finding.needs_reason,
    }


def _form_errors(refused: FormErrors) -> Response:
    spoken = language()
    errors = [{"field": error.field, "code": error.code, "detail": choose(error.zh, error.en)} for error in refused.errors]
    sentence = Rejection("form-invalid").sentence(spoken)
    return problem(status_of("form-invalid"), "form-invalid", sentence, spoken, errors=errors)


def _http(error: HTTPException) -> Response:
    if isinstance(error, RequestRedirect):  # an address that is spelled a little differently
        return Response(status=error.code, headers={"Location": error.new_url})
    answer = http_problem(error.code or 500, language())
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    """A mistake of ours, or the database's trouble. The caller gets a number to name, and nothing of the inside."""
    if is_lost_race(error):
        answer = http_problem(503, language())
        answer.headers["Retry-After"] = "1"
        return answer
    incident_id = secrets.token_hex(8)
    described = orjson.dumps(request.path).decode()  # as JSON, so that a path can not forge a line of the log
    log.error("incident %s: %s %s failed", incident_id, request.method, described, exc_info=error)
    detail = choose(
        f"系统内部错误，请将编号{incident_id}告知管理员。",
        f"Expected to answer, but something failed inside; tell the administrator number {incident_id}.",
    )
    return problem(500, "internal-error", detail, language(), incident_id=incident_id)
