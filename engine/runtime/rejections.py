"""The sentences of what the runtime refuses, beside those of :mod:`engine.core.rejection`."""

from engine.core.rejection import declare

declare(
    {
        "command-id-reused": (
            "请求编号{command_id}已用于另一个操作，请换用新的编号。",
            "Expected command id {command_id} to repeat the same command, but it was used for another one.",
        ),
        "command-id-reserved": (
            "请求编号{command_id}为系统保留。",
            "Expected a command id that does not begin with “system:”, but it was {command_id}.",
        ),
        "command-id-invalid": (
            "请求编号{command_id}无效：应为1至200个可见ASCII字符。",
            "Expected a command id of 1 to 200 visible ASCII characters, but it was {command_id}.",
        ),
        "operator-not-registered": (
            "没有名为{operator}的服务操作。",
            "Expected operator {operator} to be registered, but it is not.",
        ),
        "message-not-correlated": (
            "没有办件在等待消息{message}（关联值{correlation_key}）。",
            "Expected an open subscription to message {message} with key {correlation_key}, but there is none.",
        ),
        "message-ambiguous": (
            "有{count}个办件在等待消息{message}（关联值{correlation_key}），无法确定收件方。",
            "Expected one subscription to message {message} with key {correlation_key}, but there are {count}.",
        ),
        "user-task-without-form": (
            "任务{task}没有表单，不能提交数据。",
            "Expected no data for user task {task}, which has no form, but there was some.",
        ),
        "form-not-found": ("没有已部署的表单{key}。", "Expected a deployed form {key}, but there is none."),
        "deployment-refused": (
            "部署被拒绝：发现{count}个错误。{first}",
            "Expected files without errors, but {count} were found. {first}",
        ),
        "warnings-not-overridden": (
            "部署被拒绝：有{count}个警告须说明理由后才能部署。{first}",
            "Expected a reason to deploy in spite of {count} warnings, but none was given. {first}",
        ),
        "cursor-invalid": (
            "翻页标记无效或与排序方式不符，请从第一页重新查询。",
            "Expected a cursor of this query, but it is not one; start again from the first page.",
        ),
        "sort-unknown": ("不能按“{sort}”排序。", "Expected to sort by one of {known}, but it was {sort}."),
        "decision-not-found": ("没有已部署的决策{key}。", "Expected a deployed decision {key}, but there is none."),
        "account-not-found": ("没有账号{account}。", "Expected account {account}, but there is none."),
        "account-already-exists": ("账号{account}已经存在。", "Expected a new account, but {account} already exists."),
        "account-id-invalid": (
            "账号{account}无效：只能用2至64位小写字母、数字、点、横线和下划线，以字母开头。",
            "Expected an account id of 2 to 64 lower-case letters, digits, dots, dashes and underscores beginning "
            "with a letter, but it was {account}.",
        ),
        "account-role-unknown": ("没有角色{role}。", "Expected one of the fixed roles, but it was {role}."),
        "password-too-weak": (
            "密码至少{length}个字符。",
            "Expected a password of at least {length} characters, but it is shorter.",
        ),
        "credentials-wrong": ("账号或密码不正确。", "Expected a known account and its password, but they do not match."),
        "token-not-found": ("没有访问令牌{token}。", "Expected access token {token}, but there is none."),
        "sequence-not-found": (
            "办件{instance}没有第{sequence}步。",
            "Expected process instance {instance} to have step {sequence}, but it has not.",
        ),
        "history-erased": (
            "办件{instance}第{sequence}步的内容已按保存期限删除，无法重演。",
            "Expected the payload of step {sequence} of {instance}, but it was erased when its retention ended.",
        ),
    }
)
