"""What a caller reads when something was refused: RFC 9457 problem details, and the status of every rejection code.

:data:`STATUS_OF` is the only place that turns a rejection into an HTTP status. A test holds that no declared code is missing.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import orjson
from flask import Response

from engine.core.rejection import Language, Rejection

MEDIA_TYPE = "application/problem+json"
DOCUMENTATION = "/api/docs#problem-"
"""Where the ``type`` of a problem leads: the list of codes in the readable documentation."""

STATUS_OF: dict[str, int] = {
    # who is asking
    "not-authenticated": 401,
    "credentials-wrong": 401,
    "permission-denied": 403,
    "route-closed": 403,
    "scope-not-allowed": 403,
    "csrf-token-wrong": 403,
    "session-required": 403,
    "user-task-not-candidate": 403,
    "user-task-not-assignee": 403,
    "separation-of-duties": 403,
    "too-many-attempts": 429,
    # what is not there
    "instance-not-found": 404,
    "user-task-not-found": 404,
    "incident-not-found": 404,
    "definition-not-found": 404,
    "form-not-found": 404,
    "decision-not-found": 404,
    "account-not-found": 404,
    "token-not-found": 404,
    "token-not-live": 404,
    "element-not-enterable": 422,
    "draft-not-found": 404,
    "sequence-not-found": 404,
    "timer-not-found": 404,
    "job-not-found": 404,
    "subscription-not-found": 404,
    "message-not-correlated": 404,
    "history-erased": 410,
    # what is not in a state for it
    "instance-not-active": 409,
    "instance-not-suspended": 409,
    "repair-strands-token": 409,
    "branches-contradict": 409,
    "migration-not-possible": 409,
    "instance-already-exists": 409,
    "start-not-found": 409,
    "user-task-state": 409,
    "user-task-without-candidates": 409,
    "timer-not-due": 409,
    "message-ambiguous": 409,
    "account-already-exists": 409,
    "version-conflict": 412,
    # what is not as it should be
    "body-not-json": 400,
    "body-too-deep": 400,
    "if-match-invalid": 400,
    "idempotency-key-invalid": 400,
    "command-id-invalid": 400,
    "command-id-reserved": 400,
    "cursor-invalid": 400,
    "sort-unknown": 400,
    "headers-too-large": 431,
    "command-id-reused": 422,
    "input-invalid": 422,
    "form-invalid": 422,
    "files-missing": 422,
    "deployment-refused": 422,
    "warnings-not-overridden": 422,
    "case-not-found": 404,
    "case-already-received": 409,
    "case-applicant-missing": 422,
    "case-channel-unknown": 422,
    "case-detail-missing": 422,
    "case-flag-unknown": 422,
    "case-number-foreign": 422,
    "case-query-refused": 403,
    "case-second-list": 409,
    "case-status": 409,
    "case-status-not-in-force": 409,
    "case-status-unknown": 422,
    "case-void-not-committee": 403,
    "case-void-not-requested": 409,
    "case-void-one-person": 403,
    "licence-not-found": 404,
    "licence-not-valid": 409,
    "licence-of-other-holder": 403,
    "licence-not-renewable": 409,
    "licence-renewal-late": 409,
    "licence-matter-open": 409,
    "licence-matter-unknown": 422,
    "licence-change-empty": 422,
    "licence-finding-missing": 422,
    "licence-not-of-department": 403,
    "licence-ending-unknown": 422,
    "licence-ending-not-now": 409,
    "applicant-banned": 403,
    "case-of-other-item": 422,
    "case-not-returned": 409,
    "document-kind-unknown": 422,
    "arrangement-contradicts-itself": 422,
    "arrangement-incomplete": 422,
    "arrangement-outside-year": 422,
    "arrangement-too-long": 422,
    "arrangement-without-notice": 422,
    "clock-backwards": 422,
    "clock-days-invalid": 422,
    "clock-days-missing": 422,
    "clock-end-missing": 422,
    "clock-kind-not-in-force": 422,
    "clock-kind-unknown": 422,
    "clock-moment-unknown": 422,
    "clock-not-backwards": 422,
    "clock-start-in-future": 422,
    "extension-too-long": 422,
    "extension-without-reason": 422,
    "hearing-notice-too-late": 422,
    "limit-loosened": 422,
    "moment-not-readable": 422,
    "pause-ground-not-for-clock": 422,
    "pause-ground-not-in-law": 422,
    "pause-not-today": 422,
    "pause-without-evidence": 422,
    "pause-without-length": 422,
    "pause-without-notice": 422,
    "promise-longer-than-law": 422,
    "promise-without-statute": 422,
    "resume-without-result": 422,
    "steps-longer-than-promise": 422,
    "stop-without-reason": 422,
    "arrangement-already-confirmed": 409,
    "arrangement-not-confirmed": 409,
    "clock-already-started": 409,
    "clock-not-extendable": 409,
    "clock-not-pausable": 409,
    "clock-stopped": 409,
    "clock-time-runs-backwards": 409,
    "extension-already-given": 409,
    "extension-too-late": 409,
    "pause-after-deadline": 409,
    "pause-already-open": 409,
    "pause-not-open": 409,
    "timer-stands-still": 409,
    "calendar-needs-second-person": 403,
    "extension-wrong-approver": 403,
    "arrangement-not-found": 404,
    "clock-not-found": 404,
    "notice-kind-unknown": 422,
    "notice-not-found": 404,
    "notice-incomplete": 422,
    "document-incomplete": 422,
    "document-not-found": 404,
    "verification-failed": 404,
    "reason-required": 422,
    "variable-not-storable": 422,
    "user-task-without-form": 422,
    "account-id-invalid": 422,
    "account-role-unknown": 422,
    "password-too-weak": 422,
    "budget-exceeded": 422,
    "case-too-large": 422,
    "hearing-pending": 409,
    # joint review
    "joint-dependency-circle": 422,
    "joint-dependency-unknown": 422,
    "joint-industry-prohibited": 422,
    "joint-not-eligible": 422,
    "joint-lead-wrong": 403,
    "joint-list-empty": 422,
    "joint-meeting-notice-too-late": 422,
    "joint-opinion-not-given": 409,
    "joint-opinion-opposed": 409,
    "joint-opinion-outstanding": 409,
    "joint-predecessor-open": 409,
    "joint-predecessor-refused": 409,
    "joint-promise-too-long": 422,
    "joint-stage-unknown": 422,
    "joint-task-concluded": 409,
    "joint-task-needed": 409,
    "joint-task-not-found": 404,
    "joint-task-twice": 422,
    "joint-task-without-owner": 422,
    # agents
    "agency-not-agent": 403,
    "agency-officer": 403,
    "agency-redelegation": 403,
    "agency-mandate-missing": 403,
    "agency-mandate-scope": 403,
    "agency-mandate-ended": 403,
    "agency-mandate-foreign": 403,
    "agency-mandate-not-found": 404,
    "agency-hand-over-not-found": 404,
    "agency-mandate-revoked": 409,
    "agency-not-filed": 409,
    "agency-result-not-ready": 409,
    "agency-step-order": 409,
    "agency-mandate-unsigned": 422,
    "agency-mandate-dates": 422,
    "agency-mandate-without-scope": 422,
    "agency-cash": 422,
    "agency-nothing-handed-over": 422,
    "agency-delivery-unsigned": 422,
    "stage-predecessor-missing": 422,
    "stage-predecessor-foreign": 422,
    # the organisation
    "authority-missing": 403,
    "authority-expired": 403,
    "authority-scope": 403,
    "authority-person": 403,
    "not-on-duty": 403,
    "seal-not-kept": 403,
    "leave-own-approval": 403,
    "assessment-one-person": 403,
    "attendance-committee-signs": 403,
    "score-of-somebody-else": 403,
    "staff-not-found": 404,
    "letter-not-found": 404,
    "leave-not-found": 404,
    "assessment-entry-not-found": 404,
    "staff-already-appointed": 409,
    "staff-ended": 409,
    "staff-early-change": 409,
    "staff-open-tasks": 409,
    "staff-keeps-seal": 409,
    "staff-tenure-running": 409,
    "account-of-a-window": 403,
    "nomination-foreign": 403,
    "nomination-of-oneself": 403,
    "nomination-replaces-nobody": 409,
    "nomination-above-head-count": 422,
    "nomination-not-of-window": 422,
    "nomination-not-readable": 422,
    "hand-over-not-of-window": 422,
    "hand-over-to-oneself": 422,
    "letter-exists": 409,
    "seal-exists": 409,
    "seal-not-in-use": 409,
    "seal-handed-to-itself": 409,
    "leave-decided": 409,
    "attendance-already-signed": 409,
    "attendance-out-of-turn": 409,
    "assessment-points": 422,
    "assessment-rule-unknown": 422,
    "assessment-without-source": 422,
    "attendance-swipe-unknown": 422,
    "authority-power-unknown": 422,
    "department-unknown": 422,
    "leave-dates": 422,
    "leave-substitute-away": 422,
    "leave-substitute-self": 422,
    "letter-dates": 422,
    "letter-foreign-item": 422,
    "letter-without-scope": 422,
    "seal-not-registered": 422,
    "seal-of-other-department": 422,
    "seal-without-decision": 422,
    "staff-head-not-of-main-section": 422,
    "staff-not-qualified": 422,
    "window-unknown": 422,
    "decision-without-hearing-record": 422,
    "hearing-chair-involved": 403,
    "operator-not-registered": 422,
    # what the centre's own operators refuse
    "item-not-in-catalogue": 404,
    # what the catalogue of items refuses
    "item-publication-incomplete": 422,
    "item-limit-missing": 422,
    "item-limit-vintage": 422,
    "item-limit-beyond-law": 422,
    "item-local-limit-looser": 422,
    "item-promise-too-long": 422,
    "item-steps-too-long": 422,
    "item-immediate-promise": 422,
    "item-notice-limit-looser": 422,
    "item-delivery-limit-looser": 422,
    "item-material-unrelated": 422,
    "item-material-condition": 422,
    "item-material-form-unsaid": 422,
    "item-material-twice": 422,
    "item-material-held": 422,
    "item-free-text-only": 422,
    "item-material-unmapped": 422,
    "item-field-unrelated": 422,
    "item-field-unknown": 422,
    "item-free-with-fee": 422,
    "item-fee-statement-missing": 422,
    "item-fee-not-for-item": 422,
    "item-direct-not-immediate": 422,
    "item-kind-not-by-route": 422,
    "item-immediate-with-visit": 422,
    "item-issue-first-not-allowed": 422,
    "item-issue-first-without-leader": 422,
    "item-renewal-without-end": 422,
    "item-renewal-too-early": 422,
    "item-consulted-wrong": 422,
    "item-model-not-deployed": 422,
    "item-not-in-force": 409,
    "item-suspended": 409,
    "item-ended": 409,
    "item-version-not-found": 404,
    "item-content-invalid": 422,
    "item-exists": 409,
    "item-unchanged": 409,
    "item-stale-base": 409,
    "item-transition-not-allowed": 409,
    "item-reason-missing": 422,
    "item-document-missing": 422,
    "item-needs-second-person": 403,
    "item-in-force-in-the-past": 422,
    "item-proposal-foreign": 403,
    "date-not-readable": 422,
    "case-number-invalid": 422,
    "case-numbers-exhausted": 409,
    "limit-not-countable": 422,
}
DEFAULT_STATUS = 422

TITLES: dict[int, tuple[str, str]] = {
    400: ("请求无法理解", "Bad request"),
    401: ("未登录", "Not authenticated"),
    403: ("没有权限", "Not permitted"),
    404: ("没有找到", "Not found"),
    405: ("不支持此操作", "Method not allowed"),
    406: ("无法按要求的格式提供", "Not acceptable"),
    408: ("请求超时", "Request timeout"),
    409: ("当前状态不允许", "Conflict with the present state"),
    410: ("已按期限删除", "Gone"),
    411: ("缺少正文长度", "Length required"),
    412: ("已被他人更新", "Changed in between"),
    413: ("内容过大", "Content too large"),
    414: ("地址过长", "Address too long"),
    415: ("内容类型不支持", "Unsupported media type"),
    422: ("内容不符合要求", "Content not acceptable"),
    429: ("操作过于频繁", "Too many requests"),
    431: ("请求头过大", "Headers too large"),
    500: ("系统内部错误", "Internal error"),
    503: ("暂时无法服务", "Not available now"),
}

HTTP_DETAILS: dict[int, tuple[str, str, str]] = {
    400: ("request-malformed", "请求格式有误。", "Expected a well-formed request, but it is not."),
    404: ("route-not-found", "没有此地址。", "Expected an address of this service, but this is none."),
    405: ("method-not-allowed", "此地址不支持该方法。", "Expected a method this address knows, but it is another."),
    411: ("length-required", "请求须注明正文长度。", "Expected header Content-Length with the body, but it is missing."),
    413: ("body-too-large", "提交的内容超过大小限制。", "Expected a body within the size limit, but it is larger."),
    415: (
        "media-type-unsupported",
        "请求的内容类型不支持。",
        "Expected the documented media type, but it is another.",
    ),
    503: ("database-unavailable", "数据库暂时不可用。", "Expected the database to answer, but it does not."),
}
"""Refusals of the HTTP machinery itself: code, Chinese, English."""

Entry: TypeAlias = Mapping[str, object]


def status_of(code: str) -> int:
    """The HTTP status of a rejection code."""
    return STATUS_OF.get(code, DEFAULT_STATUS)


def title(status: int, language: Language) -> str:
    """The short, unchanging name of a kind of problem."""
    chinese, english = TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400])
    return chinese if language == "zh" else english


def problem(
    status: int,
    code: str,
    detail: str,
    language: Language,
    *,
    errors: Sequence[Entry] = (),
    **extensions: object,
) -> Response:
    """The answer. ``errors`` are those of single fields: ``field``, ``code``, ``detail``."""
    body: dict[str, object] = {
        "type": DOCUMENTATION + code,
        "title": title(status, language),
        "status": status,
        "detail": detail,
        "code": code,
        **extensions,
    }
    if errors:
        body["errors"] = list(errors)
    response = Response(_written(body), status=status, mimetype=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(body: dict[str, object]) -> bytes:
    try:
        return orjson.dumps(body)
    except TypeError:  # it quotes something of the caller's that is no Unicode text; escapes can carry it
        return json.dumps(body).encode()


def rejection_problem(rejection: Rejection, language: Language) -> Response:
    """A refused command, or a refused request."""
    detail = rejection.sentence(language)
    errors = [] if rejection.field is None else [{"field": rejection.field, "code": rejection.code, "detail": detail}]
    response = problem(status_of(rejection.code), rejection.code, detail, language, errors=errors)
    seconds = rejection.parameters.get("seconds")
    if response.status_code == 429 and seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="lianban"'
    return response


def http_problem(status: int, language: Language) -> Response:
    """What Flask or Werkzeug refused before a view saw it."""
    code, chinese, english = HTTP_DETAILS.get(status, (f"http-{status}", *TITLES.get(status, TITLES[400])))
    return problem(status, code, chinese if language == "zh" else english, language)
