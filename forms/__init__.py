"""Form definitions (form-js JSON) and their compilation to marshmallow schemas. Pure.

>>> form = compile_form(source)
>>> form.clean({"name": "张三"}, variables={}, now=now)
{'name': '张三'}
"""

from forms.errors import FieldError, FormErrors
from forms.findings import Finding, FormDefinitionError
from forms.form import Form, compile_form

__all__ = ["FieldError", "Finding", "Form", "FormDefinitionError", "FormErrors", "compile_form"]
