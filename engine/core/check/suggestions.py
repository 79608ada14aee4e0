"""What a designer can do about a finding, by its code, where the rule that found it says nothing nearer."""

GENERAL = ("见docs/dialect.md：流程方言有哪些元素和属性。", "See docs/dialect.md for the elements and words there are.")

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "file-too-large": ("将流程拆为几个，用调用活动连接。", "Split the process and call the parts."),
    "not-xml": ("用流程设计器重新保存文件。", "Save the file again with the process designer."),
    "document-type": ("删除DOCTYPE声明。", "Remove the document type declaration."),
    "too-many-elements": ("将流程拆为几个，用调用活动连接。", "Split the process and call the parts."),
    "too-large": ("删除多余的属性。", "Remove attributes that mean nothing here."),
    "too-deep": (
        "把内层子流程改为单独的流程，用调用活动连接。",
        "Move inner subprocesses to processes of their own and call them.",
    ),
    "not-bpmn": ("用流程设计器打开并重新保存。", "Open the file with the process designer and save it again."),
    "id-missing": ("为流程填写编号（id）。", "Give the process an id."),
    "unsupported-event": ("改用docs/dialect.md列出的事件。", "Use an event that docs/dialect.md lists."),
    "event-undefined": (
        "选择事件种类：定时、消息、信号、条件、错误或升级。",
        "Choose what it waits for: a timer, message, signal, condition, error or escalation.",
    ),
    "error-not-interrupting": ("把事件改为中断。", "Let the event interrupt."),
    "cycle-not-allowed": ("改为非中断事件，或改用timeDuration。", "Let the event not interrupt, or use a timeDuration."),
    "cancel-outside": (
        "改用终止或错误事件，或把子流程改为事务。",
        "Use a terminate or error event, or make the subprocess a transaction.",
    ),
    "cancel-not-caught": ("在事务边界上画一个取消事件。", "Draw a cancel event at the edge of the transaction."),
    "unsupported-attribute": ("删除该属性。", "Remove the attribute."),
    "one-start": ("保留一个开始事件，其他入口用网关合并。", "Keep one start event, and let a gateway join other ways in."),
    "start-twice": ("保留一个，之后用网关分支。", "Keep one of them, and split behind it."),
    "condition-start": (
        "改用定时、消息或信号开始，之后用网关或条件中间事件判断。",
        "Start with a timer, a message or a signal, and ask the condition behind it.",
    ),
    "word-unused": ("删除该属性。", "Remove the property."),
    "no-end": ("在最后一步之后画结束事件。", "Draw an end event behind the last step."),
    "flow-dangling": ("重新连接这条线，或删除它。", "Connect the flow again, or remove it."),
    "boundary-detached": ("把事件拖到活动的边上。", "Drag the event onto the edge of an activity."),
    "boundary-entered": ("删除入线；需要等待时用中间事件。", "Remove the flow; to wait on the way, use an intermediate event."),
    "end-left": ("删除出线，或改为中间事件。", "Remove the flow, or make it an intermediate event."),
    "dead-end": ("画出线，或用结束事件结束。", "Draw a flow out, or end with an end event."),
    "start-entered": (
        "删除入线；需要返回时连到开始之后的一步。",
        "Remove the flow; to go back, lead to the step behind the start.",
    ),
    "link-broken": ("两端用同一名称，到达点只留一个。", "Give both ends one name, and keep one far end."),
    "no-default": ("选一条出线为默认出线。", "Make one of the flows the default."),
    "no-condition": ("填写条件，或把它设为默认出线。", "Write a condition, or make it the default flow."),
    "condition-unused": ("删除条件，或在前面画排他网关。", "Remove the condition, or draw an exclusive gateway before it."),
    "event-gateway-target": (
        "在网关之后放中间捕获事件，或把边界事件移到之后的活动上。",
        "Put catching events behind the gateway, and boundary events on an activity further on.",
    ),
    "unreachable": ("画一条通向它的线，或删除它。", "Draw a flow that leads to it, or remove it."),
    "not-drawn": ("用流程设计器打开，补画图形。", "Open the file with the process designer and draw it."),
    "unknown-extension": ("删除它，或用方言的属性表示。", "Remove it, or say it with a property of the dialect."),
    "word-missing": ("在属性面板中填写。", "Fill it in on the properties panel."),
    "separation-unknown": (
        "改为本流程人工任务的编号，别的流程写“流程/任务”。",
        "Name a user task of this process, or process/task of another.",
    ),
    "loop-missing": ("把活动设为多实例，或删除该属性。", "Make the activity multi-instance, or remove the property."),
    "loop-source": ("填写其中一个。", "Give one of them."),
}
