"""Why a case is stuck and what can be done about it, in words.

A reason has a sentence in Chinese and English and the repairs that may help, the most likely first. A repair's code says
which command it is (:mod:`engine.runtime.repairs`), or who else has to do something.
"""

from enum import StrEnum

from engine.core.lifecycle import InstanceStatus


class StuckReason(StrEnum):
    """What keeps a case from going on."""

    INCIDENT = "incident"
    """An element could not do its work, or a command failed unexpectedly."""
    JOB_FAILED = "job-failed"
    """A service task failed for good: it is out of tries, or its operator gave up."""
    STRANDED = "token-stranded"
    """A token can never move (:mod:`engine.runtime.stranded_tokens`)."""
    STANDSTILL = "standstill"
    """The case waits for nothing: no person, no clock, no operator, no message can move it."""
    TASK_WITHOUT_PERFORMER = "task-without-performer"
    """A user task that nobody who may log in may take."""
    TIMER_OVERDUE = "timer-overdue"
    """A timer that should have fired some time ago."""
    JOB_OVERDUE = "job-overdue"
    """A job nobody has taken, or whose worker's lease is over and nobody took it again."""
    MESSAGE_UNMATCHED = "message-unmatched"
    """A message of this case that has found nobody yet, or was given up."""


class Repair(StrEnum):
    """What can be done."""

    RESUME = "resume"
    RETRY = "retry"
    ACKNOWLEDGE = "acknowledge"
    SET_VARIABLES = "set-variables"
    MOVE = "move-token"
    MIGRATE = "migrate"
    REASSIGN = "reassign"
    CANCEL = "cancel"
    SEND_MESSAGE = "send-message"
    CHANGE_ACCOUNTS = "change-accounts"
    CHECK_WORKERS = "check-workers"


REPAIR_NAMES: dict[Repair, tuple[str, str]] = {
    Repair.RESUME: ("恢复办件", "Resume the case first"),
    Repair.RETRY: ("排除原因后重试", "Mend the cause, then try again"),
    Repair.ACKNOWLEDGE: ("查明后确认异常", "See to it, then acknowledge the incident"),
    Repair.SET_VARIABLES: ("更正数据", "Set variables right"),
    Repair.MOVE: ("移动令牌到其他环节", "Move the token to another element"),
    Repair.MIGRATE: ("迁移到改好的流程版本", "Migrate to a mended version of the process"),
    Repair.REASSIGN: ("改派他人办理", "Assign the task to somebody"),
    Repair.CANCEL: ("终止办件", "Cancel the case"),
    Repair.SEND_MESSAGE: ("补发消息", "Send the message again"),
    Repair.CHANGE_ACCOUNTS: ("启用账号或为候选组添加人员", "Enable an account, or add somebody to a candidate group"),
    Repair.CHECK_WORKERS: ("检查服务进程是否正常运行", "See whether the service's processes are running"),
}

REPAIRS: dict[StuckReason, tuple[Repair, ...]] = {
    StuckReason.INCIDENT: (Repair.RETRY, Repair.SET_VARIABLES, Repair.MOVE, Repair.MIGRATE, Repair.CANCEL),
    StuckReason.JOB_FAILED: (Repair.RETRY, Repair.SET_VARIABLES, Repair.MOVE, Repair.CANCEL),
    StuckReason.STRANDED: (Repair.MOVE, Repair.MIGRATE, Repair.CANCEL),
    StuckReason.STANDSTILL: (Repair.MOVE, Repair.MIGRATE, Repair.CANCEL),
    StuckReason.TASK_WITHOUT_PERFORMER: (Repair.REASSIGN, Repair.CHANGE_ACCOUNTS, Repair.MOVE, Repair.CANCEL),
    StuckReason.TIMER_OVERDUE: (Repair.CHECK_WORKERS, Repair.MOVE, Repair.CANCEL),
    StuckReason.JOB_OVERDUE: (Repair.CHECK_WORKERS, Repair.MOVE, Repair.CANCEL),
    StuckReason.MESSAGE_UNMATCHED: (Repair.SEND_MESSAGE, Repair.CANCEL),
}
BY_ENGINE: dict[StuckReason, tuple[Repair, ...]] = {
    StuckReason.INCIDENT: (Repair.ACKNOWLEDGE, Repair.CANCEL),
    StuckReason.MESSAGE_UNMATCHED: (Repair.SEND_MESSAGE, Repair.ACKNOWLEDGE, Repair.CANCEL),
}
AFTER_THE_END = frozenset({Repair.ACKNOWLEDGE, Repair.SEND_MESSAGE})
WHILE_SUSPENDED = AFTER_THE_END | {Repair.SET_VARIABLES, Repair.MOVE, Repair.MIGRATE, Repair.CANCEL}
"""Of these, what core lets a supervisor do to a suspended case."""


def repairs(reason: StuckReason, status: str, *, by_engine: bool) -> tuple[Repair, ...]:
    """What can be done, in this order. ``by_engine``: it is an open incident of the engine, which can only be acknowledged."""
    possible = BY_ENGINE.get(reason, REPAIRS[reason]) if by_engine else REPAIRS[reason]
    if status == InstanceStatus.ACTIVE.value:
        return possible
    if status == InstanceStatus.SUSPENDED.value:
        return (Repair.RESUME, *(repair for repair in possible if repair in WHILE_SUSPENDED))
    return tuple(repair for repair in possible if repair in AFTER_THE_END)


SENTENCES: dict[StuckReason, tuple[str, str]] = {
    StuckReason.INCIDENT: ("“{element}”因异常停下：{detail}", "“{element}” was stopped by an incident: {detail}"),
    StuckReason.JOB_FAILED: (
        "“{element}”的服务操作最终失败：{detail}",
        "The operator of “{element}” failed for good: {detail}",
    ),
    StuckReason.STRANDED: (
        "停在“{element}”的令牌再也不能前进：它等待的分支不会到达。",
        "The token at “{element}” can never go on: what it waits for will not come.",
    ),
    StuckReason.STANDSTILL: (
        "办件停滞：没有待办任务、定时器、服务任务或等待中的消息，任何事都不能使它继续。",
        "The case stands still: no task, timer, job or message is open, so nothing can make it go on.",
    ),
    StuckReason.TASK_WITHOUT_PERFORMER: (
        "没有启用的账号可以办理“{element}”：候选组（{detail}）中无人可用。",
        "No enabled account may take “{element}”: there is none in its candidate groups ({detail}).",
    ),
    StuckReason.TIMER_OVERDUE: (
        "定时器“{element}”到期已超过{minutes}分钟，仍未触发。",
        "Timer “{element}” has been due for more than {minutes} minutes and has not fired.",
    ),
    StuckReason.JOB_OVERDUE: (
        "“{element}”的作业到期已超过{minutes}分钟，没有进程执行它。",
        "The job of “{element}” has been due for more than {minutes} minutes, and no process has taken it.",
    ),
    StuckReason.MESSAGE_UNMATCHED: (
        "“{element}”发出的消息“{detail}”还没有找到唯一的接收办件：没有办件在等待它，或有多个。",
        "Message “{detail}”, thrown at “{element}”, has not found its one receiver: no case waits for it, or several do.",
    ),
}
SPECIAL: dict[str, tuple[str, str]] = {
    "assignee-gone": (
        "“{element}”的办理人{detail}没有启用的账号，别人不能办理。",
        "“{element}” is assigned to {detail}, who has no enabled account, and nobody else may act on it.",
    ),
    "lease-over": (
        "执行“{element}”的进程（{detail}）已超时{minutes}分钟以上，没有其他进程接手。",
        "The worker {detail} that ran “{element}” has been gone for more than {minutes} minutes, and no other took over.",
    ),
    "merge-conflict": (
        "并行分支对同一数据的修改互相矛盾，停在“{element}”：{detail}",
        "Parallel branches changed the same variable differently, so “{element}” stopped: {detail}",
    ),
    "expression-failed": (
        "“{element}”的表达式无法求值：{detail}",
        "An expression of “{element}” could not be evaluated: {detail}",
    ),
    "message-lost": ("消息多次投递失败，已放弃：{detail}", "A message could not be delivered and was given up: {detail}"),
    "engine-failure": (
        "一次操作意外失败，未产生任何结果：{detail}",
        "A command failed unexpectedly; nothing of it was stored: {detail}",
    ),
    "too-busy": ("办件不停地自己推进，已限制速度：{detail}", "The case keeps itself busy and has been slowed down: {detail}"),
}
"""By the code of the row, where that says more than the reason."""


def sentence(reason: StuckReason, code: str, *, element: str, detail: str, minutes: int) -> tuple[str, str]:
    """Chinese and English."""
    chinese, english = SPECIAL.get(code, SENTENCES[reason])
    told = {"element": element, "detail": detail, "minutes": minutes}
    return chinese.format_map(told), english.format_map(told)
