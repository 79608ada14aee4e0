"""The sentences of the catalogue's refusals: one code a rule, whatever door it is met at."""

from engine.core.rejection import declare

OF_CONTENT = {
    "item-publication-incomplete": (
        "事项公布内容不全：缺少“{field}”（《行政许可法》第三十条）。",
        "Expected {field} before an item is published (APPL Art. 30), but it is missing.",
    ),
    "item-limit-missing": (
        "没有{day}起适用的法定期限。",
        "Expected a statutory limit in force on {day}, but there is none.",
    ),
    "item-limit-vintage": (
        "期限{field}的起止日期不正确；《行政许可法》自2004年7月1日起施行。",
        "Expected the dates of a limit in order, and none by the Licensing Law before 2004-07-01, but {field} is otherwise.",
    ),
    "item-limit-beyond-law": (
        "依《行政许可法》第四十二条期限为{law}个工作日，不能是{days}日；其他法律另有规定的应注明该法律。",
        "Expected at most {law} working days by APPL Art. 42, but got {days}; name the other law if there is one.",
    ),
    "item-local-limit-looser": (
        "地方规定的期限{days}日比国家规定的{national}个工作日宽，不能公布。",
        "Expected a local rule no looser than the national {national} working days, but it has {days}.",
    ),
    "item-promise-too-long": (
        "承诺期限{promised}个工作日超过法定期限{statutory}个工作日。",
        "Expected a promise within the statutory {statutory} working days, but it is {promised}.",
    ),
    "item-steps-too-long": (
        "各环节期限合计{total}个工作日，超过承诺期限{promised}个工作日。",
        "Expected steps within the promised {promised} working days, but they sum to {total}.",
    ),
    "item-immediate-promise": (
        "即办件应当场或者当日办结，承诺期限不能是{promised}个工作日。",
        "Expected an immediate item to be decided the same day, but the promise is {promised} working days.",
    ),
    "item-notice-limit-looser": (
        "一次性告知期限{days}日超过法定的{law}个工作日。",
        "Expected notice of what is missing within {law} working days (APPL Art. 32), but got {days}.",
    ),
    "item-delivery-limit-looser": (
        "送达期限{days}日超过法定的{law}个工作日。",
        "Expected delivery within {law} working days (APPL Art. 44), but got {days}.",
    ),
    "item-material-unrelated": (
        "没有依据要求提交“{material}”，不得要求申请人提交与申请事项无关的材料（《行政许可法》第三十一条）。",
        "Expected a text of the item's basis that asks for {material} (APPL Art. 31), but there is none.",
    ),
    "item-material-condition": (
        "材料“{material}”：有条件提交的须写明条件，其余不写条件。",
        "Expected a condition exactly where a material is conditional, but {material} is otherwise.",
    ),
    "item-material-form-unsaid": (
        "材料“{material}”须写明提交原件还是复印件及份数。",
        "Expected an original or a number of copies of {material}, but neither is asked for.",
    ),
    "item-material-twice": ("材料“{material}”重复。", "Expected every material once, but {material} stands twice."),
    "item-material-held": (
        "“{material}”由本大厅核发（事项{item}），不得要求申请人重复提交。",
        "Expected not to ask for {material}, which this hall issues (item {item}), but it is required.",
    ),
    "item-free-text-only": (
        "不能只凭一份自由书写的申请书办理，应当使用表格。",
        "Expected an application on a form, but a letter is the only material.",
    ),
    "item-material-unmapped": (
        "材料“{material}”没有对应的表格要素。",
        "Expected the fields {material} is evidence of, but none is named.",
    ),
    "item-field-unrelated": (
        "表单{form}的字段“{field}”与事项无关：既不是材料要素，也没有说明理由。",
        "Expected every field of form {form} to have to do with the item, but {field} has neither material nor reason.",
    ),
    "item-field-unknown": (
        "表单{form}没有字段“{field}”。",
        "Expected a field of form {form}, but {field} is none.",
    ),
    "item-free-with-fee": ("公布为免费的事项不得收费。", "Expected no fee of an item published as free, but there is one."),
    "item-fee-statement-missing": (
        "须写明收费项目，或者注明免费。",
        "Expected a fee statement: fees, or that the item is free, but there is neither.",
    ),
    "item-fee-unknown": (
        "收费目录没有{fee}，不得列入事项（R-42）。",
        "Expected a fee of the fee catalogue, but {fee} is none.",
    ),
    "item-fee-not-for-item": (
        "收费{fee}是为“{purpose}”收的，只能收取事项本身的费用；申请书格式文本不收费。",
        "Expected fees for the item itself only, but {fee} is charged for {purpose}; forms are free (APPL Art. 58).",
    ),
    "item-direct-not-immediate": (
        "该事项依D1应由窗口直接办理；转由部门办理的须写明理由。",
        "Expected the window to handle the item directly (D1), but it goes to the department without a reason.",
    ),
    "item-kind-not-by-route": (
        "办件类型{kind}与办理方式{route}不符。",
        "Expected the kind of case that D1 gives ({route}), but it is {kind}.",
    ),
    "item-immediate-with-visit": (
        "即办件不得要求踏勘、调查或者征求部门意见。",
        "Expected no site visit, investigation or consultation of an immediate item, but there is one.",
    ),
    "item-issue-first-not-allowed": (
        "法律要求负责人批准的事项不能先核发后补签。",
        "Expected the head's approval first, as the law wants, but the item is issued first.",
    ),
    "item-issue-first-without-leader": (
        "先核发后补签的事项须由领导审签。",
        "Expected a leader's signature where an item is issued first, but none is asked for.",
    ),
    "item-renewal-without-end": (
        "没有有效期的结果不需要延续。",
        "Expected a validity where there is a renewal, but the result has no end.",
    ),
    "item-renewal-too-early": (
        "依《行政许可法》第五十条在届满三十日前申请延续，不能要求提前{days}日。",
        "Expected renewal to be asked for 30 days before expiry (APPL Art. 50), but {days} are wanted.",
    ),
    "item-consulted-wrong": (
        "征求意见的部门{group}重复，或者就是本部门。",
        "Expected other departments to be consulted once each, but {group} is not so.",
    ),
    "item-model-not-deployed": (
        "流程{process}尚未部署，事项只能保留为草稿。",
        "Expected process {process} to be deployed, but it is not; the item stays a draft.",
    ),
}
"""What keeps a content from being published."""

OF_LIFE = {
    "item-not-in-catalogue": ("事项目录中没有{item}。", "Expected an item of the catalogue, but {item} is none."),
    "item-not-in-force": (
        "事项{item}没有现行有效的版本。",
        "Expected item {item} to be in force, but no version of it is.",
    ),
    "item-suspended": ("事项{item}暂停办理。", "Expected item {item} to be in force, but it is suspended."),
    "item-ended": ("事项{item}已经取消。", "Expected item {item} to be in force, but it has ended."),
    "item-version-not-found": (
        "事项{item}没有第{version}版。",
        "Expected version {version} of item {item}, but there is none.",
    ),
    "item-content-invalid": (
        "事项内容不符合格式：{fields}。",
        "Expected an item's content, but these fields are wrong: {fields}.",
    ),
    "item-exists": ("事项{item}已经存在。", "Expected a new code, but item {item} exists."),
    "item-unchanged": (
        "与事项{item}的上一版完全相同。",
        "Expected a change of item {item}, but the content is the same.",
    ),
    "item-stale-base": (
        "事项{item}已有第{latest}版，请在其基础上修改。",
        "Expected a change to the latest version {latest} of item {item}, but it is to an older one.",
    ),
    "item-transition-not-allowed": (
        "事项版本当前为“{state}”，不能转为“{to}”。",
        "Expected a version whose state may become {to}, but it is {state}.",
    ),
    "item-reason-missing": ("须写明理由。", "Expected a reason, but there is none."),
    "item-document-missing": (
        "须写明所依据的文件。",
        "Expected the document it rests on (R-02), but none is named.",
    ),
    "item-needs-second-person": (
        "起草人{actor}不能审查或者公布自己起草的版本。",
        "Expected somebody other than {actor}, who drafted the version, to check and publish it.",
    ),
    "item-proposal-foreign": (
        "{actor}不是事项{item}的主管部门或者管委会的人员，不能提出调整。",
        "Expected somebody of the department of item {item} or of the committee to propose it, but {actor} is neither.",
    ),
    "item-in-force-in-the-past": (
        "生效日期{day}不能早于今天。",
        "Expected a first day in force that is not before today, but got {day}.",
    ),
}
"""What an item and its versions cannot do."""

declare({**OF_CONTENT, **OF_LIFE})
