"""The Flask application: routes, the gate before them, and what every answer carries.

>>> app = create_app(runtime, DoorSettings.from_environment())
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

import api.rejections  # noqa: F401  (declares its sentences)
from api.blueprint import Api
from api.browser_application import browser_application
from api.compression import compress_answers
from api.documentation import EXTENSION as DOCUMENTATION
from api.documentation import documentation
from api.door import EXTENSION, Door
from api.errors import handle_errors
from api.gate import guard
from api.json_body import OrjsonProvider
from api.login_throttle import LoginThrottle
from api.metrics import RequestMetrics
from api.public import public, show_problems_as_pages
from api.rate_limits import limit_public_requests
from api.resources.accounts import accounts
from api.resources.agencies import agencies
from api.resources.attachments import attachments
from api.resources.attendance import attendance
from api.resources.audit_log import audit_log
from api.resources.case_files import case_files
from api.resources.case_progress import case_progress
from api.resources.collection import collection
from api.resources.complaints import complaints
from api.resources.decision_definitions import decision_definitions
from api.resources.deployments import deployments
from api.resources.documents import documents
from api.resources.drafts import drafts
from api.resources.external_cases import external_cases
from api.resources.fee_versions import fee_versions
from api.resources.forms import forms
from api.resources.hall_registers import hall_registers
from api.resources.health import health
from api.resources.holiday_arrangements import holiday_arrangements
from api.resources.incidents import incidents
from api.resources.inner_processes import inner_processes
from api.resources.items import items
from api.resources.jobs import jobs
from api.resources.leadership import leadership
from api.resources.ledger import ledger
from api.resources.licences import licences
from api.resources.meetings import meetings
from api.resources.messages import messages
from api.resources.my_cases import my_cases
from api.resources.notices import notices
from api.resources.operators import operators
from api.resources.organisation import organisation
from api.resources.prefill import prefill
from api.resources.process_definitions import process_definitions
from api.resources.process_instances import process_instances
from api.resources.publications import publications
from api.resources.queue import queue
from api.resources.rankings import rankings
from api.resources.ratings import ratings
from api.resources.referrals import referrals
from api.resources.repairs import repairs
from api.resources.reports import reports
from api.resources.rule_documents import rule_documents
from api.resources.session import session
from api.resources.skills import skills
from api.resources.stuck_cases import stuck_cases
from api.resources.supervision import supervision
from api.resources.tickets import tickets
from api.resources.tokens import tokens
from api.resources.user_tasks import user_tasks
from api.resources.verification import verification
from api.resources.visits import visits
from api.resources.waivers import waivers
from api.schemas.fields import Choice, Flag, Moment, Text, Whole
from api.security_headers import add_security_headers
from api.settings import DoorSettings
from engine.runtime.runtime import Runtime

VERSION = "0.1.0"
RESOURCES = (
    session,
    tokens,
    user_tasks,
    drafts,
    process_instances,
    stuck_cases,
    accounts,
    decision_definitions,
    operators,
    repairs,
    verification,
    messages,
    prefill,
    process_definitions,
    forms,
    deployments,
    incidents,
    inner_processes,
    items,
    jobs,
    case_files,
    case_progress,
    my_cases,
    holiday_arrangements,
    leadership,
    licences,
    audit_log,
    documents,
    attachments,
    notices,
    attendance,
    agencies,
    hall_registers,
    queue,
    reports,
    rule_documents,
    skills,
    supervision,
    organisation,
    tickets,
    waivers,
    external_cases,
    fee_versions,
    collection,
    ledger,
    complaints,
    publications,
    rankings,
    ratings,
    meetings,
    visits,
    referrals,
    health,
)
DESCRIPTION = (
    "行政服务中心办件接口。错误均为RFC 9457格式，语言随Accept-Language。 · "
    "The cases of an administrative service centre. Errors are RFC 9457 problems, in the language of Accept-Language."
)
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "程序的访问令牌 · A program's token (POST /api/tokens)"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "lianban_session",
        "description": "登录后的Cookie；写操作另须请求头X-CSRF-Token · The cookie of a login; writes need X-CSRF-Token too",
    },
}


class StorableWhole(IntegerConverter):
    """A whole number in an address. One that no column can hold is the address of nothing."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**31 - 1)


class Application(Flask):
    """Flask with views that are plain functions, so nobody has to ask at every step of every request whether one is not."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(runtime: Runtime, settings: DoorSettings) -> Flask:
    """The application on a runtime. Starting and stopping the runtime's own threads is the caller's business."""
    app = Application("api", static_folder=None)
    app.json = OrjsonProvider(app)
    app.url_map.converters["int"] = StorableWhole
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        API_TITLE="联办 Lianban",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        API_SPEC_OPTIONS={
            "info": {"description": DESCRIPTION},
            "security": [{"bearer": []}, {"session": []}],
            "components": {"securitySchemes": SECURITY},
        },
    )
    metrics = RequestMetrics()
    app.extensions[EXTENSION] = Door(runtime, settings, LoginThrottle(runtime.clock), metrics)
    guard(app)
    limit_public_requests(app, settings)
    handle_errors(app)
    add_security_headers(app)
    compress_answers(app)
    show_problems_as_pages(app)
    metrics.watch(app)
    _register(app)
    return app


def _register(app: Flask) -> None:
    specification = Api(app)
    for field, kind in ((Text, "string"), (Choice, "string"), (Whole, "integer"), (Flag, "boolean")):
        specification.register_field(field, kind, None)
    specification.register_field(Moment, "string", "date-time")
    for resource in RESOURCES:
        specification.register_blueprint(resource)
    app.register_blueprint(documentation)
    app.register_blueprint(browser_application)
    app.register_blueprint(public)
    app.extensions[DOCUMENTATION] = specification
