"""A DMN file, read without trusting it.

No entities, no document type, no network, bounded in size and depth. What is in the DMN namespace and unknown here is refused:
nothing of a model is dropped silently.
"""

from collections.abc import Iterator

from lxml import etree

from decisions.findings import DecisionModelError, Finding, finding

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
"""Versions of the standard by the namespace of their files."""

MAX_BYTES = 2_000_000
MAX_DEPTH = 60
MAX_ELEMENTS = 100_000

EXPRESSIONS = frozenset(
    {
        "literalExpression",
        "context",
        "relation",
        "list",
        "invocation",
        "functionDefinition",
        "decisionTable",
        "conditional",
        "filter",
        "for",
        "some",
        "every",
    }
)
"""The elements that can be worked out."""

_GRAMMAR = """
definitions: import itemDefinition inputData decision businessKnowledgeModel decisionService knowledgeSource textAnnotation
definitions: association group elementCollection performanceIndicator organizationUnit
decision: * question allowedAnswers variable informationRequirement knowledgeRequirement authorityRequirement
decision: supportedObjective impactedPerformanceIndicator decisionMaker decisionOwner usingProcess usingTask
businessKnowledgeModel: variable encapsulatedLogic knowledgeRequirement authorityRequirement
decisionService: variable outputDecision encapsulatedDecision inputDecision inputData
inputData: variable
itemDefinition: typeRef allowedValues typeConstraint itemComponent functionItem
itemComponent: typeRef allowedValues typeConstraint itemComponent functionItem
functionItem: parameters
encapsulatedLogic: * formalParameter
functionDefinition: * formalParameter
literalExpression: text
context: contextEntry
contextEntry: * variable
relation: column row
row: *
list: *
invocation: * binding
binding: * parameter
conditional: if then else
filter: in match
for: in return
some: in satisfies
every: in satisfies
if: *
then: *
else: *
in: *
match: *
return: *
satisfies: *
decisionTable: input output annotation rule
input: inputExpression inputValues
output: outputValues defaultOutputEntry
rule: inputEntry outputEntry annotationEntry
inputExpression: text
inputValues: text
outputValues: text
inputEntry: text
outputEntry: text
defaultOutputEntry: text
allowedValues: text
typeConstraint: text
"""
"""What may stand in an element; the star is any expression. Elements that are not listed here are never looked into."""


def _children() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _GRAMMAR.strip().splitlines():
        element, _, listed = line.partition(": ")
        words = frozenset(listed.split())
        found[element] = found.get(element, frozenset()) | (words - {"*"}) | (EXPRESSIONS if "*" in words else frozenset())
    return found


_CHILDREN = _children()

_EVERYWHERE = frozenset({"description", "extensionElements"})


def kind(node: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(node).localname


def under(node: etree._Element, *kinds: str) -> list[etree._Element]:
    """The children of some kinds, in the order of the file."""
    return [child for child in node if kind(child) in kinds]


def first(node: etree._Element, *kinds: str) -> etree._Element | None:
    """The first child of some kinds."""
    return next((child for child in node if kind(child) in kinds), None)


def text_of(node: etree._Element | None) -> str:
    """The expression in an element; empty if there is none."""
    text = None if node is None else first(node, "text")
    return "" if text is None else (text.text or "").strip()


def expression_in(node: etree._Element) -> etree._Element | None:
    """The boxed expression in an element."""
    return first(node, *EXPRESSIONS)


def read(source: bytes) -> etree._Element:
    """Parse a file; comments are gone.

    :raises DecisionModelError: it is too large, not XML, declares a document type, or is no DMN of a known version.
    """
    if len(source) > MAX_BYTES:
        raise _refused("file-too-large", f"文件超过{MAX_BYTES}字节。", f"Expected at most {MAX_BYTES} bytes.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused("not-xml", f"文件不是有效的XML：{error}", f"Expected well-formed XML, but {error}.") from error
    if getattr(root.getroottree().docinfo, "doctype", None):
        raise _refused("document-type", "不允许使用DOCTYPE声明。", "Expected no document type declaration.")
    _bound(root)
    if etree.QName(root).namespace not in NAMESPACES or kind(root) != "definitions":
        raise _refused(
            "not-dmn",
            "文件不是DMN 1.2至1.5的决策模型。",
            f"Expected a DMN file of version 1.2 to 1.5, but the file begins with {root.tag}.",
        )
    return root


def _bound(root: etree._Element) -> None:
    depth, count, frontier = 0, 0, [root]
    while frontier:
        depth += 1
        count += len(frontier)
        frontier = [child for node in frontier for child in node]
        if depth > MAX_DEPTH:
            raise _refused("too-deep", f"元素嵌套超过{MAX_DEPTH}层。", f"Expected at most {MAX_DEPTH} levels of nesting.")
        if count > MAX_ELEMENTS:
            raise _refused("too-many-elements", f"元素超过{MAX_ELEMENTS}个。", f"Expected at most {MAX_ELEMENTS} elements.")


def unknown_elements(root: etree._Element) -> Iterator[Finding]:
    """Elements of the DMN namespace that stand where the standard has none, or that we can not run; and ids used twice."""
    namespace = etree.QName(root).namespace
    waiting = [root]
    while waiting:
        node = waiting.pop()
        allowed = _CHILDREN.get(kind(node))
        for child in node:
            if etree.QName(child).namespace != namespace or kind(child) in _EVERYWHERE:
                continue
            if allowed is not None and kind(child) not in allowed:
                yield finding(
                    child,
                    "unknown-element",
                    f"“{kind(node)}”中不支持元素“{kind(child)}”。",
                    f"Expected no <{kind(child)}> in <{kind(node)}>, but there is one.",
                )
            elif kind(child) in _CHILDREN:
                waiting.append(child)


def _refused(code: str, zh: str, en: str) -> DecisionModelError:
    return DecisionModelError([finding(None, code, zh, en)])
