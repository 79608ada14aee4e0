"""Who applies in tests. Nobody in it exists."""

from typing import Any

PERSON: dict[str, Any] = {
    "kind": "individual",
    "name": "样例申请人",
    "resident_id": "11010519491231002X",
    "telephone": "023-43722222",
    "mobile": "13800000000",
    "address": "样例街道一号",
    "postcode": "402360",
    "has_agent": False,
}
FIRM: dict[str, Any] = {
    "kind": "organisation",
    "name": "样例有限公司",
    "credit_code": "91350100M000100Y43",
    "representative": "样例代表人",
    "telephone": "023-43722222",
    "address": "样例街道二号",
    "has_agent": False,
}
