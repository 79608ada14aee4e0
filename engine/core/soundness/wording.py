"""The sentences of the findings, for designers: Chinese and English, with the way there in words."""

from typing import NamedTuple

from engine.core.soundness.verdict import Kind

FIRST, LAST = 4, 10
"""How many elements of a long trace are named at its beginning and its end."""


class Sentence(NamedTuple):
    """What is wrong and what to do about it. ``{element}``, ``{waiting}`` and ``{trace}`` are filled in."""

    zh: str
    en: str
    suggestion_zh: str
    suggestion_en: str


SENTENCES: dict[Kind, Sentence] = {
    Kind.DEADLOCK: Sentence(
        "令牌在{waiting}永远等待，办件不能结束。路径：{trace}。",
        "Expected every run to end, but a token waits for ever at {waiting}. Trace: {trace}.",
        "汇合方式应与分支方式一致：排他分支用排他网关汇合，并行分支用并行网关汇合。",
        "Join as you split: exclusive branches with an exclusive gateway, parallel ones with a parallel gateway.",
    ),
    Kind.IMPROPER_COMPLETION: Sentence(
        "到达结束事件之后，仍有令牌留在{waiting}，永远不能前进。路径：{trace}。",
        "Expected nothing to be left at the end, but a token stays at {waiting} for ever. Trace: {trace}.",
        "让每个并行分支都汇合一次，或用终止结束事件收回其余令牌。",
        "Join every parallel branch once, or withdraw what is left with a terminate end event.",
    ),
    Kind.NO_WAY_TO_END: Sentence(
        "流程会一直运行，却再也到达不了结束。路径：{trace}。",
        "Expected a way to the end from everywhere, but after this there is none. Trace: {trace}.",
        "给循环加一条出路。",
        "Give the loop a way out.",
    ),
    Kind.LACK_OF_SYNCHRONISATION: Sentence(
        "两个令牌会同时到达“{element}”，其后的步骤会重复办理。路径：{trace}。",
        "Expected one token at a time, but two meet at {element!r} and what follows is done twice. Trace: {trace}.",
        "并行分支应先用并行网关（或包容网关）汇合，再继续。",
        "Join parallel branches with a parallel (or inclusive) gateway before going on.",
    ),
    Kind.ERROR_NOT_CAUGHT: Sentence(
        "“{element}”抛出的错误没有人捕获；此流程单独启动时，办件会停在这里。路径：{trace}。",
        "Expected somebody to catch the error thrown at {element!r}; started by itself, it stops here. Trace: {trace}.",
        "如果此流程只供其他流程调用并由它们捕获错误，可说明理由后忽略。",
        "If this process is only ever called by others that catch the error, override this with that reason.",
    ),
    Kind.DEAD_ELEMENT: Sentence(
        "“{element}”在任何情况下都不会完成。最近走到：{trace}。",
        "Expected every element to be completed in some run, but {element!r} never is. The nearest a run comes: {trace}.",
        "检查它等待的事件或错误是否真的会发生，否则将它删除。",
        "See whether what it waits for can happen at all, or remove it.",
    ),
    Kind.WITHOUT_PLACE: Sentence(
        "令牌所在的元素“{element}”在模型中不存在。",
        "Expected the element {element!r} a token stands on to be in the model, but it is not.",
        "迁移时为它指定对应的元素。",
        "Say which element takes its place.",
    ),
    Kind.NOT_DECIDED: Sentence(
        "控制流没有检查完：{why_zh}。",
        "The control flow was not examined to its end: {why_en}.",
        "把流程拆成几个被调用的流程，或说明理由后继续。",
        "Split the process into called processes, or go on and say why.",
    ),
}

MIXED = Sentence(
    "事件多次发生时，各次的令牌会在“{element}”互相混淆。路径：{trace}。",
    "Expected each happening of an event to go its own way, but tokens of two of them are mixed up at {element!r}. "
    "Trace: {trace}.",
    "将事件之后的并行步骤放进一个子流程。",
    "Put the parallel steps behind the event into a subprocess.",
)

RESCUED_ZH = "（外层的事件可以中断它，但它自己走不出来。）"
RESCUED_EN = " (An event around it can interrupt it; by itself it never gets out.)"


def trace_in_words(names: list[str]) -> str:
    """``a → b → c``, the middle left out if it is long."""
    if len(names) > FIRST + LAST + 1:
        names = [*names[:FIRST], "…", *names[-LAST:]]
    return " → ".join(names)
