"""FEEL, the expression language of the DMN standard: text in, value out. Pure; knows nothing of the floors above.

>>> expression = compile_expression("if amount >= 10000000 then 'joint' else 'single'")
>>> expression.evaluate({"amount": 12000000}, now=...)
'joint'
"""
