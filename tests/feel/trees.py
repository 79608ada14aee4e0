"""Random syntax trees and random data for them. Names come from a few, so that some of them mean something."""

from decimal import Decimal

from hypothesis import strategies as st

from feel import syntax
from feel.builtins import BUILT_INS
from feel.names import RESERVED

NAMES = ("a", "b", "金额", "item", "partial", "count")
SINGLE_WORD = sorted(name for name in BUILT_INS if name.isidentifier() and name not in RESERVED)

numbers = st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=None).map(
    lambda number: abs(Decimal(number)).normalize()
)
moments = st.sampled_from(
    ["2026-01-31", "-0044-03-15", "09:30:00", "2026-01-31T09:30:00@Asia/Shanghai", "23:59:60", "P1Y2M", "-PT36H", "P1Y1D", ""]
)
literals = st.one_of(
    st.sampled_from([None, True, False]),
    numbers,
    st.integers(0, 5).map(Decimal),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
).map(syntax.Literal)
names = st.sampled_from(NAMES).map(syntax.Name)
types = st.recursive(
    st.sampled_from(["number", "string", "date and time", "Any", "Null", "list", "context", "function"]).map(syntax.TypeNode),
    lambda inner: st.one_of(
        inner.map(lambda part: syntax.TypeNode("list", (part,))),
        inner.map(lambda part: syntax.TypeNode("context", (part,), ("a",))),
        st.tuples(inner, inner).map(lambda pair: syntax.TypeNode("function", pair[:1], (), pair[1])),
    ),
    max_leaves=3,
)


def _iterators(inner: st.SearchStrategy[syntax.Node]) -> st.SearchStrategy[tuple[syntax.Iterator, ...]]:
    one = st.builds(syntax.Iterator, st.sampled_from(["a", "b"]), inner, st.none() | inner)
    return st.lists(one, min_size=1, max_size=2).map(tuple)


def _several(inner: st.SearchStrategy[syntax.Node], least: int = 0) -> st.SearchStrategy[tuple[syntax.Node, ...]]:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


def _grown(inner: st.SearchStrategy[syntax.Node]) -> st.SearchStrategy[syntax.Node]:
    function = st.one_of(st.sampled_from(SINGLE_WORD).map(syntax.Name), inner)
    half = st.builds(syntax.HalfRange, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), inner)
    parameters = st.sampled_from([(), ("a",), ("a", "b")]).flatmap(
        lambda chosen: st.tuples(*(st.builds(syntax.Parameter, st.just(name), st.none() | types) for name in chosen))
    )
    entries = st.lists(st.tuples(st.sampled_from(["a", "b", "x y", ""]), inner), max_size=3).map(tuple)
    arguments = st.lists(st.tuples(st.sampled_from(["list", "n", "string", "from"]), inner), min_size=1, max_size=2)
    return st.one_of(
        st.builds(syntax.Negate, inner),
        st.builds(syntax.Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(syntax.Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(syntax.Conjunction, _several(inner, 2)),
        st.builds(syntax.Disjunction, _several(inner, 2)),
        st.builds(syntax.Between, inner, inner, inner),
        st.builds(syntax.In, inner, _several(inner | half, 1)),
        half,
        st.builds(syntax.InstanceOf, inner, types),
        st.builds(syntax.If, inner, inner, inner),
        st.builds(syntax.For, _iterators(inner), inner),
        st.builds(syntax.Quantified, st.sampled_from(["some", "every"]), _iterators(inner), inner),
        st.builds(syntax.ListLiteral, _several(inner)),
        st.builds(syntax.ContextLiteral, entries),
        st.builds(syntax.RangeLiteral, inner, inner, st.booleans(), st.booleans()),
        st.builds(syntax.Path, inner, st.sampled_from(["a", "year", "hour", "days", "start", "time offset"])),
        st.builds(syntax.Filter, inner, inner),
        st.builds(syntax.Call, function, _several(inner)),
        st.builds(syntax.NamedCall, function, arguments.map(tuple)),
        st.builds(syntax.FunctionLiteral, parameters, inner),
    )


trees: st.SearchStrategy[syntax.Node] = st.recursive(
    st.one_of(literals, names, moments.map(syntax.AtLiteral)), _grown, max_leaves=12
)
data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.datetimes()
    | st.timedeltas(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "item"]), inner, max_size=3),
    max_leaves=5,
)
contexts = st.dictionaries(st.sampled_from(NAMES), data)
