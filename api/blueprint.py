"""flask-smorest's blueprint and API object, typed, and bent to our rules.

Bodies are read by :mod:`api.json_body`; errors of shape are our rejections; every operation's documentation says which
permission it needs, taken from the table that the gate uses.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, Protocol, TypeVar

import flask_smorest  # type: ignore[import-untyped]
import marshmallow as ma
from flask import Flask, Request
from webargs import core
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import UnsupportedMediaType

from api.invalid_input import InvalidInput
from api.json_body import read_json
from api.permissions import ENDPOINTS, Permission
from api.problems import MEDIA_TYPE
from api.schemas.problem import ProblemSchema

View = TypeVar("View", bound=Callable[..., Any])
UNKNOWN: dict[str, str | None] = {
    **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
    **dict.fromkeys(("json", "query", "querystring"), ma.RAISE),
}
"""A misspelt filter is refused; it would otherwise find everything."""


class Decorator(Protocol):
    """What is put over a view and leaves its type as it is."""

    def __call__(self, view: View, /) -> View: ...


class InputParser(FlaskParser):
    """Reads what a view asks for."""

    DEFAULT_UNKNOWN_BY_LOCATION = UNKNOWN

    def _raw_load_json(self, req: Request) -> Any:
        body = req.get_data(cache=True)
        if not body and not req.mimetype:
            return core.missing
        if not is_json_request(req):
            raise UnsupportedMediaType
        return read_json(body) if body else core.missing

    def handle_error(
        self,
        error: ma.ValidationError,
        req: Request,
        schema: ma.Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        messages = error.messages
        if isinstance(messages, dict) and len(messages) == 1:
            messages = next(iter(messages.values()))  # webargs puts the location around them
        raise InvalidInput(messages) from error


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """The routes of one resource."""

    ARGUMENTS_PARSER = InputParser()

    def __init__(self, name: str, path: str, description: str) -> None:
        super().__init__(name, __name__, url_prefix=path, description=description)

    def route(self, rule: str, **options: Any) -> Decorator:
        """Register a view function; its documentation names its permission."""

        def register(view: View) -> View:
            endpoint = f"{self.name}.{view.__name__}"
            documented = self.doc(operationId=endpoint, **_permission_doc(ENDPOINTS.get(endpoint)))(view)
            registered: View = flask_smorest.Blueprint.route(self, rule, **options)(documented)
            return registered

        return register

    def get(self, rule: str, **options: Any) -> Decorator:
        return self.route(rule, methods=["GET"], **options)

    def post(self, rule: str, **options: Any) -> Decorator:
        return self.route(rule, methods=["POST"], **options)

    def put(self, rule: str, **options: Any) -> Decorator:
        return self.route(rule, methods=["PUT"], **options)

    def delete(self, rule: str, **options: Any) -> Decorator:
        return self.route(rule, methods=["DELETE"], **options)

    def takes(self, schema: type[ma.Schema], location: str = "json", *, required: bool = True) -> Decorator:
        """Read the body (or query string, or headers) by a schema and give it to the view, innermost decorator first.

        The schema is made here, once: to make it costs more than to read by it, and reading leaves it as it is.
        """
        decorator: Decorator = self.arguments(schema(), location=location, required=required)
        return decorator

    def answers(
        self, status: int, schema: type[ma.Schema] | ma.Schema | None = None, *, description: str | None = None
    ) -> Decorator:
        """Write what the view returns by a schema, with this status unless the view says otherwise."""
        decorator: Decorator = self.response(status, schema, description=description)
        return decorator

    def describes(self, **described: Any) -> Decorator:
        """Add to the documentation by hand."""
        decorator: Decorator = self.doc(**described)
        return decorator

    def also_answers(self, status: int, description: str, *, schema: Any = None, content_type: str | None = None) -> Decorator:
        """Document another answer."""
        decorator: Decorator = self.alt_response(
            status, schema=schema, description=description, content_type=content_type, success=status < 400
        )
        return decorator


def _permission_doc(permission: Permission | None) -> dict[str, Any]:
    documented: dict[str, Any] = {"x-permission": None if permission is None else permission.value}
    if permission is Permission.PUBLIC:
        documented["security"] = []
    return documented


class Api(flask_smorest.Api):  # type: ignore[misc]
    """The documentation of all blueprints. Errors are handled by :mod:`api.errors`, not here.

    It is written when somebody asks for it: a server begins without it, and most processes never need it.
    """

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask) -> None:
        self._undescribed: list[Blueprint] = []
        self._lock = threading.Lock()
        super().__init__(app)

    def register_blueprint(self, blp: Blueprint, *, parameters: None = None, **options: Any) -> None:
        """Register the routes; :meth:`document` describes them."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._undescribed.append(blp)

    def document(self) -> dict[str, Any]:
        """The whole OpenAPI document."""
        with self._lock:
            while self._undescribed:
                resource = self._undescribed.pop(0)
                resource.register_views_in_doc(self, self._app, self.spec, name=resource.name, parameters=None)
                self.spec.tag({"name": resource.name, "description": resource.description})
            found: dict[str, Any] = self.spec.to_dict()
            return found

    def _openapi_json(self) -> Any:
        self.document()
        return super()._openapi_json()

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_error_handlers(self) -> None:
        """None of flask-smorest's own."""
