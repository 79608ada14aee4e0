"""The sentences people read when a form refuses a value: code -> (Chinese, English).

Every code stands once. English sentences have the shape "Expected ..., but ...". ``{label}`` is the label of the field.
"""

SENTENCES: dict[str, tuple[str, str]] = {
    "unknown-field": ("本表单没有“{field}”这一项。", "Expected only fields of this form, but “{field}” is not one of them."),
    "not-an-object": ("“{label}”应为一组字段。", "Expected “{label}” to be a group of fields, but it is not."),
    "too-many-values": (
        "提交的内容过多：最多{maximum}项。",
        "Expected at most {maximum} values in one submission, but there are more.",
    ),
    "too-costly": (
        "“{label}”中的表达式计算量过大，请联系流程设计人员。",
        "Expected the expressions of “{label}” to be quick to compute, but they are not; tell the process designer.",
    ),
    "required": ("“{label}”为必填项。", "Expected a value for “{label}”, but it is empty."),
    "not-text": ("“{label}”应为文字。", "Expected “{label}” to be text, but it is not."),
    "text-not-storable": (
        "“{label}”含有无法保存的字符。",
        "Expected “{label}” to be plain text, but it holds characters that cannot be stored.",
    ),
    "too-short": (
        "“{label}”至少{minimum}个字，现为{actual}个字。",
        "Expected “{label}” to have at least {minimum} characters, but it has {actual}.",
    ),
    "too-long": (
        "“{label}”最多{maximum}个字，现为{actual}个字。",
        "Expected “{label}” to have at most {maximum} characters, but it has {actual}.",
    ),
    "pattern-mismatch": ("“{label}”格式不正确。", "Expected “{label}” to have the prescribed form, but it has not."),
    "not-an-email": ("“{label}”应为电子邮箱地址。", "Expected “{label}” to be an e-mail address, but it is not."),
    "not-a-phone-number": (
        "“{label}”应为带国家代码的电话号码，例如+8613800000000。",
        "Expected “{label}” to be an international phone number such as +8613800000000, but it is not.",
    ),
    "not-a-number": ("“{label}”应为数字。", "Expected “{label}” to be a number, but it is not."),
    "number-out-of-range": (
        "“{label}”的数值超出系统可保存的范围。",
        "Expected “{label}” to be within ±9007199254740991, but it is not.",
    ),
    "too-small": (
        "“{label}”不得小于{minimum}，现为{actual}。",
        "Expected “{label}” to be at least {minimum}, but it is {actual}.",
    ),
    "too-large": (
        "“{label}”不得大于{maximum}，现为{actual}。",
        "Expected “{label}” to be at most {maximum}, but it is {actual}.",
    ),
    "not-an-integer": ("“{label}”应为整数，现为{actual}。", "Expected “{label}” to be an integer, but it is {actual}."),
    "too-many-decimals": (
        "“{label}”最多{maximum}位小数，现为{actual}位。",
        "Expected “{label}” to have at most {maximum} decimal digits, but it has {actual}.",
    ),
    "not-a-multiple": (
        "“{label}”应为{increment}的倍数，现为{actual}。",
        "Expected “{label}” to be a multiple of {increment}, but it is {actual}.",
    ),
    "not-a-date": (
        "“{label}”应为实际存在的日期，例如2026-01-31。",
        "Expected “{label}” to be a real date such as 2026-01-31, but it is not.",
    ),
    "not-a-time": ("“{label}”应为时间，例如09:30。", "Expected “{label}” to be a time such as 09:30, but it is not."),
    "not-a-date-time": (
        "“{label}”应为日期和时间，例如2026-01-31T09:30。",
        "Expected “{label}” to be a date and time such as 2026-01-31T09:30, but it is not.",
    ),
    "date-passed": ("“{label}”不得早于今天。", "Expected “{label}” to be today or later, but it is in the past."),
    "not-a-yes-or-no": ("“{label}”应为是或否。", "Expected “{label}” to be true or false, but it is neither."),
    "not-an-option": ("“{label}”不在可选范围内。", "Expected “{label}” to be one of its options, but it is not."),
    "not-a-list": ("“{label}”应为列表。", "Expected “{label}” to be a list, but it is not."),
    "too-many-entries": (
        "“{label}”最多{maximum}项，现为{actual}项。",
        "Expected “{label}” to have at most {maximum} entries, but it has {actual}.",
    ),
    "too-few-rows": (
        "“{label}”至少{minimum}行，现为{actual}行。",
        "Expected “{label}” to have at least {minimum} rows, but it has {actual}.",
    ),
    "too-many-rows": (
        "“{label}”最多{maximum}行，现为{actual}行。",
        "Expected “{label}” to have at most {maximum} rows, but it has {actual}.",
    ),
    "row-count": (
        "“{label}”应为{expected}行，不能增减，现为{actual}行。",
        "Expected “{label}” to have exactly {expected} rows, but it has {actual}.",
    ),
    "not-a-file": ("“{label}”应为已上传的文件。", "Expected “{label}” to be an uploaded file, but it is not."),
    "resident-id-form": (
        "“{label}”应为18位公民身份号码。",
        "Expected “{label}” to be a resident identity number of 18 characters, but it is not.",
    ),
    "resident-id-birth-date": (
        "“{label}”中的出生日期不存在或晚于今天。",
        "Expected the birth date inside “{label}” to be a real date in the past, but it is not.",
    ),
    "resident-id-checksum": (
        "“{label}”的校验码不正确，请核对号码。",
        "Expected the check character of “{label}” to agree with its digits, but it does not; compare it with the card.",
    ),
    "credit-code-form": (
        "“{label}”应为18位统一社会信用代码。",
        "Expected “{label}” to be a unified social credit code of 18 characters, but it is not.",
    ),
    "credit-code-checksum": (
        "“{label}”的校验码不正确，请核对代码。",
        "Expected the check character of “{label}” to agree with its code, but it does not; compare it with the licence.",
    ),
    "mobile-number-form": (
        "“{label}”应为11位手机号码。",
        "Expected “{label}” to be a mobile number of 11 digits, but it is not.",
    ),
    "telephone-form": (
        "“{label}”应为手机号码或带区号的固定电话，例如0571-88886666。",
        "Expected “{label}” to be a mobile number or a landline such as 0571-88886666, but it is not.",
    ),
    "postcode-form": ("“{label}”应为6位邮政编码。", "Expected “{label}” to be a postcode of 6 digits, but it is not."),
    "amount-in-yuan": (
        "“{label}”应为金额（元），不小于0，最多两位小数，例如12.30。",
        "Expected “{label}” to be an amount in yuan such as 12.30, zero or more, but it is not.",
    ),
    "amount-in-fen": (
        "“{label}”应为以分为单位的金额，不小于0的整数。",
        "Expected “{label}” to be an amount in whole fen, zero or more, but it is not.",
    ),
    "rule-violated": (
        "“{label}”与表单中的其他内容不符。",
        "Expected “{label}” to agree with the rest of the form, but it does not.",
    ),
    "not-computable": (
        "“{label}”无法计算，请联系流程设计人员。",
        "Expected “{label}” to be computable, but it is not; tell the process designer.",
    ),
    "conditions-unsettled": (
        "“{label}”的显示条件互相矛盾，请联系流程设计人员。",
        "Expected the conditions of “{label}” to come to rest, but they contradict each other; tell the process designer.",
    ),
}
