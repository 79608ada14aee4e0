"""Headers that tell a browser how little these answers need: no script from elsewhere, no frame, no guessing of types."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
VARIES = ("Accept", "Accept-Language", "Cookie", "Authorization")
STRICT_TRANSPORT = "max-age=31536000"


def add_security_headers(app: Flask) -> None:
    """Put them on every answer. Data is not kept by caches unless a view says otherwise."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    present = {name.lower() for name, _ in headers}
    for name, value in HEADERS.items():
        if name.lower() not in present:
            headers.add(name, value)
    if "cache-control" not in present:
        headers.add("Cache-Control", "no-store")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    if "vary" in present:
        response.vary.update(VARIES)
    else:
        headers.add("Vary", ", ".join(VARIES))
    return response
