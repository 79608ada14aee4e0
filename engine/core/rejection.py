"""Expected trouble: a command that is refused, with a stable code and one sentence in the asker's language.

Every code stands once in :data:`SENTENCES`; a code without a sentence cannot be raised. The floors above register theirs
with :func:`declare`. Sentences have the shape "Expected ..., but ..." and name what to do where it is not obvious.
"""

from typing import Literal

Language = Literal["zh", "en"]


class Rejection(Exception):
    """A command was refused; nothing changed.

    :param code: stable, kebab-case; programs may depend on it.
    :param field: the field of the input that is to blame, if one is.
    :param parameters: what the sentence mentions; plain JSON values.
    """

    def __init__(self, code: str, *, field: str | None = None, **parameters: object) -> None:
        if code not in SENTENCES:
            raise LookupError(f"no sentence is declared for rejection code {code!r}")
        super().__init__(code)
        self.code = code
        self.field = field
        self.parameters = parameters

    def sentence(self, language: Language = "en") -> str:
        """The one sentence a person reads."""
        chinese, english = SENTENCES[self.code]
        return (chinese if language == "zh" else english).format_map(_Lenient(self.parameters, field=self.field))

    def __str__(self) -> str:
        return self.sentence("en")


class _Lenient(dict[str, object]):
    """A sentence with a parameter missing is still better than a second error while reporting the first."""

    def __missing__(self, key: str) -> str:
        return "?"


def declare(sentences: dict[str, tuple[str, str]]) -> None:
    """Add codes with their Chinese and English sentence. A code is declared once in the whole program."""
    for code, pair in sentences.items():
        if SENTENCES.setdefault(code, pair) != pair:
            raise ValueError(f"rejection code {code!r} is declared twice")


SENTENCES: dict[str, tuple[str, str]] = {
    "variable-not-storable": (
        "变量{field}应为{expected}，无法保存。",
        "Expected variable {field} to be {expected}, but it is not.",
    ),
    "version-conflict": (
        "办件已被他人更新（应为第{expected}版，现为第{actual}版），请刷新后重试。",
        "Expected version {expected} of the case, but it is now at version {actual}; reload and try again.",
    ),
    "instance-not-found": ("没有找到办件{instance}。", "Expected process instance {instance}, but there is none."),
    "instance-not-active": (
        "办件{instance}当前状态为“{state}”，不能执行此操作。",
        "Expected process instance {instance} to be active, but it is {state}.",
    ),
    "instance-not-suspended": (
        "办件{instance}当前状态为“{state}”，并未挂起。",
        "Expected process instance {instance} to be suspended, but it is {state}.",
    ),
    "token-not-live": ("办件中没有令牌{token}。", "Expected token {token} in the case, but there is none."),
    "element-not-enterable": (
        "令牌不能移到“{element}”：同一流程中没有这个元素，或者它不能直接进入。",
        "Expected {element} to be an element of the same process that a token can be put on, but it is none.",
    ),
    "branches-contradict": (
        "令牌{token}内的并行分支互相矛盾，请先更正变量：{problem}",
        "Expected the branches inside token {token} to agree before it is moved; set the variables right first. {problem}",
    ),
    "repair-strands-token": (
        "此修复会使办件无法办结，未予执行。{zh}",
        "Expected the repair to leave a case that can come to its end, but it would not. {en}",
    ),
    "migration-not-possible": (
        "办件无法迁移到新版本：“{element}”{zh}。",
        "Expected every place of the case to be in the new version, but {element} {en}.",
    ),
    "instance-already-exists": (
        "流程实例{instance}已经存在。",
        "Expected a new process instance, but {instance} already exists.",
    ),
    "start-not-found": (
        "流程{process}没有可用的开始事件{element}：由时间、消息或信号启动的流程不能由人直接启动。",
        "Expected process {process} to have the start event {element} (none: one that anybody may start), but it has not.",
    ),
    "user-task-not-found": ("没有找到待办任务{task}。", "Expected user task {task}, but there is none."),
    "user-task-state": (
        "任务{task}当前状态为“{state}”，不能{command}。",
        "Expected to {command} user task {task}, but it is {state}.",
    ),
    "user-task-not-candidate": (
        "任务{task}不在您的办理范围内。",
        "Expected {actor} to be a candidate of user task {task}, but {actor} is not.",
    ),
    "user-task-not-assignee": (
        "任务{task}已由{assignee}签收，只能由签收人办理。",
        "Expected {assignee} to act on user task {task}, but {actor} tried.",
    ),
    "user-task-without-candidates": (
        "任务{task}没有候选办理组，不能退回待签收。",
        "Expected user task {task} to have candidate groups to go back to, but it has none.",
    ),
    "separation-of-duties": (
        "“{element}”已由{actor}办理，按职责分离要求，本任务须由他人办理。",
        "Expected somebody other than {actor}, who performed {element}, to act on user task {task}.",
    ),
    "timer-not-found": ("定时器{timer}不在等待中。", "Expected timer {timer} to be waiting, but it is not."),
    "timer-not-due": (
        "定时器{timer}应于{due}触发，现在尚未到期。",
        "Expected timer {timer} to be due, but it is due at {due}.",
    ),
    "timer-stands-still": (
        "定时器{timer}所依的时钟已暂停或停止，没有到期时间。",
        "Expected timer {timer} to be due, but the clock it is bound to stands still.",
    ),
    "moment-not-readable": ("时间{value}无法识别。", "Expected a date and time, but {value} is none."),
    "job-not-found": ("服务任务{job}不在等待中。", "Expected job {job} to be waiting for a result, but it is not."),
    "subscription-not-found": (
        "办件没有在等待消息{subscription}。",
        "Expected message subscription {subscription} to be open, but it is not.",
    ),
    "incident-not-found": ("没有找到未处理的异常{incident}。", "Expected open incident {incident}, but there is none."),
    "reason-required": ("此操作必须填写理由。", "Expected a reason, but none was given."),
    "definition-not-found": (
        "没有已部署的流程{key}。",
        "Expected a deployed process definition {key}, but there is none.",
    ),
    "case-too-large": (
        "办件资料已超过{limit}兆字节，不能再增加；请由监督员更正或者撤销。",
        "Expected a case of at most {limit} megabytes, but this one is larger; a supervisor can correct or cancel it.",
    ),
    "budget-exceeded": (
        "模型在一步之内超出了允许的{what}上限（{limit}）。",
        "Expected one step to stay within {limit} {what}, but the model exceeded it.",
    ),
}
