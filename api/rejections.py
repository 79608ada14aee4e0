"""The sentences of what the door itself refuses, beside those of :mod:`engine.core.rejection`."""

from engine.core.rejection import declare

declare(
    {
        "not-authenticated": ("请先登录。", "Expected a login or a bearer token, but there is none that is valid."),
        "permission-denied": (
            "您没有“{permission}”权限。",
            "Expected a role with permission “{permission}”, but {actor} has none.",
        ),
        "route-closed": ("此地址未开放。", "Expected a route of the permission table, but this one is not in it."),
        "scope-not-allowed": (
            "您只能查看自己和本组的任务。",
            "Expected one of your own groups, but the whole list is for supervisors and auditors.",
        ),
        "csrf-token-wrong": (
            "页面已过期，请刷新后重试。",
            "Expected header X-CSRF-Token to hold the token of this session, but it does not.",
        ),
        "session-required": (
            "此操作须登录后办理，不能使用访问令牌。",
            "Expected a login of a person, but this request came with a bearer token.",
        ),
        "too-many-attempts": (
            "登录失败次数过多，请{seconds}秒后再试。",
            "Expected a pause after failed logins; try again in {seconds} seconds.",
        ),
        "body-not-json": ("请求正文不是有效的JSON：{reason}。", "Expected a JSON body, but it cannot be read: {reason}."),
        "body-too-deep": (
            "请求正文嵌套超过{limit}层。",
            "Expected at most {limit} levels of nesting in the body, but there are more.",
        ),
        "headers-too-large": (
            "请求头和地址过长。",
            "Expected at most {limit} bytes of headers and address, but there are more.",
        ),
        "input-invalid": ("提交的内容有误，请按提示修改。", "Expected input of the documented shape, but it has errors."),
        "form-invalid": ("表单填写有误，请按提示修改。", "Expected data that the form admits, but it has errors."),
        "idempotency-key-invalid": (
            "请求头Idempotency-Key无效：应为1至{length}个可见ASCII字符，不含斜线。",
            "Expected Idempotency-Key to be 1 to {length} visible ASCII characters without a slash, but it is not.",
        ),
        "if-match-invalid": (
            '请求头If-Match无效：应为版本号，如"7"。',
            'Expected If-Match to be one version such as "7", but it is not.',
        ),
        "draft-not-found": ("没有为任务{task}保存过草稿。", "Expected a draft of user task {task}, but there is none."),
        "demonstration-not-empty": (
            "数据库中已有办件，不能再生成演示数据。",
            "Expected a hall without cases, but this database has some; nothing made up is put beside them.",
        ),
        "demonstration-without-samples": (
            "未启用示例账号（LIANBAN_SAMPLE），不能生成演示数据。",
            "Expected sample accounts, but LIANBAN_SAMPLE turns them off; nobody could do the work of a made-up year.",
        ),
        "browser-application-missing": (
            "浏览器界面尚未构建，请管理员运行make run或make web。",
            "Expected the built browser application, but it is not there: run make run or make web.",
        ),
        "files-missing": ("没有选择要部署的文件。", "Expected files to deploy, but the request has none."),
    }
)
