"""What a publication never shows: identity numbers, telephone numbers, addresses. Pure.

Rather too much is masked than too little.
"""

import re
import unicodedata

MASK = "＊＊＊"
_RUN = re.compile(r"\d(?:[ \-·.]?\d){6,}[ \-]?[Xx]?")
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])")
_PLACE = r"[㐀-鿿0-9A-Za-z\-]"
_END = r"(?:号|栋|幢|单元|室|户|组|社|楼)"
_ADDRESS = re.compile(rf"{_PLACE}{{1,30}}?(?:路|街|道|巷|弄|村|镇|乡|社区|小区){_PLACE}{{0,20}}?\d+ ?{_END}(?:\d+ ?{_END})*")


def masked(text: str) -> str:
    """The text without them, in the usual width of letters and digits. Seven digits and more are a number; days stay."""
    plain = unicodedata.normalize("NFKC", text)
    return _RUN.sub(_number, _ADDRESS.sub(MASK, plain))


def is_clean(text: str) -> bool:
    """Whether there is nothing to mask."""
    return masked(text) == unicodedata.normalize("NFKC", text) or masked(text) == text


def _number(found: re.Match[str]) -> str:
    return found[0] if _DAY.fullmatch(found[0]) else MASK
