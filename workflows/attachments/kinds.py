"""Which kinds of file are taken. A name alone proves nothing: the content must begin as files of its kind begin (A-30)."""

from pathlib import PurePosixPath

from engine.core.rejection import Rejection, declare

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    ".tiff": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    ".doc": ("application/msword", (OLE,)),
    ".docx": (f"{OFFICE}.wordprocessingml.document", (ZIP,)),
    ".xls": ("application/vnd.ms-excel", (OLE,)),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet", (ZIP,)),
    ".ofd": ("application/ofd", (ZIP,)),
    ".dwg": ("image/vnd.dwg", (b"AC10",)),
    ".zip": ("application/zip", (ZIP,)),
}
"""By ending: the media type, and how the content begins. OFD: GB/T 33190."""
MAX_NAME = 200

declare(
    {
        "attachment-kind-refused": (
            "不接收“{name}”这类文件，可上传：{kinds}。",
            "Expected a file of one of the kinds {kinds}, but “{name}” is none.",
        ),
        "attachment-content-differs": (
            "文件“{name}”的内容与其类型不符。",
            "Expected the content of “{name}” to be what its ending says, but it is not.",
        ),
        "attachment-empty": ("文件“{name}”是空的。", "Expected a file with content, but “{name}” is empty."),
    }
)


def plain_name(given: str) -> str:
    """The file's own name: whatever folders the sender's machine has are nobody's business here."""
    name = PurePosixPath(given.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[-MAX_NAME:]


def media_type(name: str, content: bytes) -> str:
    """What the file is.

    :raises Rejection: ``attachment-empty``, ``attachment-kind-refused``, ``attachment-content-differs``.
    """
    if not content:
        raise Rejection("attachment-empty", field="files", name=name)
    found = KINDS.get(PurePosixPath(name).suffix.lower())
    if found is None:
        kinds = " ".join(ending.removeprefix(".") for ending in KINDS)
        raise Rejection("attachment-kind-refused", field="files", name=name, kinds=kinds)
    kind, beginnings = found
    if not content.startswith(beginnings):
        raise Rejection("attachment-content-differs", field="files", name=name)
    return kind
