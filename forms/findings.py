"""What is wrong with a form definition: every finding at once, each saying where in the JSON it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One fault of a form definition.

    :param path: place in the JSON, such as ``components[3].validate.pattern``; empty for the whole form.
    :param code: stable, kebab-case.
    """

    path: str
    code: str
    message_zh: str
    message_en: str


class FormDefinitionError(ValueError):
    """The form can not be used; :attr:`findings` holds everything that is wrong with it."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f"{finding.path}: {finding.message_en}" for finding in findings[:10]))
        self.findings = findings


class Findings:
    """Collects findings while a definition is read, so that the designer sees all of them and not only the first."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, path: str, code: str, **parameters: object) -> None:
        chinese, english = MESSAGES[code]
        self._found.append(Finding(path, code, chinese.format(**parameters), english.format(**parameters)))

    def raise_if_any(self) -> None:
        """:raises FormDefinitionError: when something was found."""
        if self._found:
            raise FormDefinitionError(self._found)


MESSAGES: dict[str, tuple[str, str]] = {
    "not-json": ("表单不是有效的JSON：{reason}。", "Expected the form to be JSON, but it is not: {reason}."),
    "not-an-object": ("此处应为JSON对象。", "Expected a JSON object, but it is something else."),
    "not-a-list": ("此处应为列表。", "Expected a list, but it is something else."),
    "too-large": ("表单过大：{what}最多{maximum}。", "Expected at most {maximum} {what}, but the form has more."),
    "missing-id": ("表单缺少标识“id”。", "Expected the form to have an id, but it has none."),
    "bad-id": (
        "表单标识“{value}”只能由字母、数字、下划线、点和连字符组成。",
        "Expected the form id to consist of letters, digits, underscore, dot and hyphen, but it is “{value}”.",
    ),
    "unsupported-version": (
        "不支持schemaVersion“{value}”，应为1至{maximum}。",
        "Expected schemaVersion to be from 1 to {maximum}, but it is {value}.",
    ),
    "unknown-type": ("不认识的组件类型“{value}”。", "Expected a known component type, but it is “{value}”."),
    "missing-key": ("组件“{type}”缺少“{attribute}”。", "Expected {attribute} on this {type}, but it has none."),
    "bad-key": (
        "“{value}”不能作为字段名：应由字母、数字和下划线组成，以字母开头。",
        "Expected names of letters, digits and underscore that begin with a letter, but it is “{value}”.",
    ),
    "duplicate-key": (
        "字段“{value}”与另一组件重复。",
        "Expected every field to have a name of its own, but “{value}” is taken by another component.",
    ),
    "bad-attribute": (
        "“{attribute}”应为{expected_zh}。",
        "Expected {attribute} to be {expected_en}, but it is not.",
    ),
    "bad-feel": (
        "FEEL表达式有误：{reason}。",
        "Expected a valid FEEL expression, but it is not: {reason}.",
    ),
    "feel-needs-equals": (
        "表达式应以“=”开头。",
        "Expected an expression that begins with “=”, but it does not.",
    ),
    "depends-on-itself": (
        "字段“{value}”的表达式引用了它自己。",
        "Expected an expression over other fields, but that of “{value}” reads “{value}” itself.",
    ),
    "bad-pattern": ("正则表达式有误：{reason_zh}。", "Expected a usable pattern, but {reason_en}."),
    "unknown-validator": (
        "不认识的校验规则“{value}”，可用：{known}。",
        "Expected one of the validators {known}, but it is “{value}”.",
    ),
    "misplaced-validator": (
        "校验规则“{value}”不能用于“{type}”组件。",
        "Expected validator “{value}” on a text field, but it is on a {type}.",
    ),
    "missing-options": (
        "选择类组件没有选项来源（values、valuesKey或valuesExpression）。",
        "Expected options (values, valuesKey or valuesExpression), but there are none.",
    ),
    "empty-range": (
        "“{low}”大于“{high}”，没有任何值可以满足。",
        "Expected {low} to be no more than {high}, but it is more, so no value could satisfy both.",
    ),
    "locked-field-in-growing-list": (
        "可增减行的列表中不能有只读字段“{value}”：请将allowAddRemove设为false。",
        "Expected allowAddRemove to be false on a list with the read-only field “{value}”, but rows can be added.",
    ),
}
