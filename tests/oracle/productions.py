"""What an expression of each type may be made of, one way a line. ``{number}`` is a gap for an expression of that type,
``{number!}`` for one that surely has it; the other gaps are methods of :class:`tests.oracle.expressions.Writer`.

What feelin does otherwise than the standard is left out here and stands, with its reason, in test_oracle_departures.py.
"""

from collections.abc import Mapping

_NUMBER = """
{number} + {number}
{number} - {number}
{number} * {number}
{number} / {power of two}
-{number}
{number} ** {exponent}
{number} + {number} * {number} - {number}
({number} + {number}) * {number}
count({list})
sum({numbers})
min({numbers})
max({numbers})
max({number}, {number})
product({numbers})
abs({number})
floor({number})
ceiling({number})
decimal({number}, {digit})
modulo({number}, {number})
round half up({number}, {digit})
round up({number}, {digit})
round down({number}, {digit})
string length({string})
{row}.copies
{date!}.year
{date!}.month
{date and time!}.day
{date!}.weekday
{days!}.days
{days!}.hours
{months!}.years
{months!}.months
{time!}.hour
{numbers!}[{index}]
median({numbers})
{rows!}[{index}].copies
day of year({date})
mean([{number}, {number}])
number("1{digit}")
sum({rows}.copies)
get value({row}, "copies")
week of year({date})
(function(x) x + {number})({number})
"""
_STRING = """
{string} + {string}
upper case({string})
lower case({string})
substring("abc" + {string}, {start})
substring("abc" + {string}, {start}, {count})
substring before({string}, {string})
substring after({string}, {string})
string join({strings}, {string})
string join({strings})
string({number})
string({boolean})
{row}.name
{strings!}[{index}]
day of week({date})
month of year({date})
replace({string}, "a", {string})
string({date})
string({days})
string({months})
string({date and time})
get value({row}, "name")
substring(string: "甲乙丙" + {string}, start position: {start})
string({numbers!})
"""
_BOOLEAN = """
{boolean} and {boolean}
{boolean} or {boolean}
not({boolean})
{boolean} and {boolean} or {boolean}
{comparison}
{membership}
contains({string}, {string})
starts with({string}, {string})
ends with({string}, {string})
list contains({numbers}, {number})
list contains({strings}, {string})
even(count({list}))
odd({small})
all([{boolean}, {boolean}])
any([{boolean}, {boolean}])
{row}.received
{anything} = null
{anything} != null
matches({string}, "^[a-c]+$")
some {quantified}
every {quantified}
{anything} instance of {type}
{rows!}[{index}].received
{boolean} = {boolean}
({relation}) = true
"""
_DATE = """
{date!} + {whole days}
{date!} - {months!}
{date!} + {months!}
date({date and time!})
{dates!}[{index}]
date({year}, {small}, {small})
{months!} + {date!}
date({maybe date})
"""
_TIME = """
time({date and time!})
{time!} + {days!}
{time!} - {days!}
time({small}, {small}, {small})
"""
_DATE_AND_TIME = """
{date and time!} + {days!}
{date and time!} - {months!}
date and time({date!}, {time!})
{date and time!} + {months!}
date and time({string!})
"""
_ZONED = """
{zoned!} + {days!}
{zoned!} - {months!}
"""
_DAYS = """
{date!} - {date!}
{date and time!} - {date and time!}
{days!} + {days!}
{days!} - {days!}
{time!} - {time!}
abs({days!})
duration({string})
"""
_MONTHS = """
{months!} + {months!}
{months!} - {months!}
abs({months!})
years and months duration({whole months})
"""
_NUMBERS = """
[{number}, {number}]
[{number}]
[]
{numbers!}[item > {number!}]
{rows}.copies
sort({numbers}, function(x, y) x < y)
reverse({numbers})
append({numbers!}, {number})
append({numbers!}, {numbers})[{index}]
concatenate({numbers!}, {numbers!})
distinct values({numbers})
union({numbers!}, {numbers!})
sublist([{number}, {number}, {number}], {start})
sublist([{number}, {number}, {number}], {start}, 1)
remove([{number}, {number}, {number}], {digit from one})
insert before([{number}, {number}, {number}], {digit from one}, {number})
index of({numbers}, {number})
flatten([{numbers}, {numbers}])
for i in {small}..{small} return i
{for number}
sort(mode({numbers!}), function(x, y) x < y)
sort({numbers}, function(x, y) x > y)
{numbers!}[{boolean}]
"""
_STRINGS = """
["a", {string}]
[{string}, {string}]
{rows}.name
{for string}
split({string}, ",")
{strings!}[item != {string!}]
sort({strings}, function(x, y) x < y)
distinct values({strings})
reverse({strings})
"""
_DATES = """
[{date}, {date}]
{for date}
sort({dates}, function(x, y) x > y)
"""
_ROWS = """
{rows!}[copies > {number!}]
{rows!}[received = true]
{rows!}[received and copies > {number!}]
{rows!}[name = {string!}]
[{row}, {row}]
reverse({rows})
sort({rows!}, function(x, y) x.copies < y.copies)
{rows!}[item.copies >= {number!}]
append({rows!}, {row})
"""
_ROW = """
{rows!}[{index}]
{{name: {string}, copies: {number}, received: {boolean} }}
context put({row}, "name", {string})
{{copies: {number!}, name: string(copies), received: copies > {number!} }}
context merge([{row}, {row}])
"""
_NOTHING = """
nothing
missing
{row}.missing
{number} / 0
"""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


PRODUCTIONS: Mapping[str, tuple[str, ...]] = {
    "number": _lines(_NUMBER),
    "string": _lines(_STRING),
    "boolean": _lines(_BOOLEAN),
    "date": _lines(_DATE),
    "time": _lines(_TIME),
    "date and time": _lines(_DATE_AND_TIME),
    "zoned": _lines(_ZONED),
    "days": _lines(_DAYS),
    "months": _lines(_MONTHS),
    "numbers": _lines(_NUMBERS),
    "strings": _lines(_STRINGS),
    "dates": _lines(_DATES),
    "rows": _lines(_ROWS),
    "row": _lines(_ROW),
    "nothing": _lines(_NOTHING),
}
