"""What is refused about clocks, each with its code and both sentences (rules.md 2.4, and abuses A-31 and the pause rules)."""

from engine.core.rejection import declare

declare(
    {
        "clock-kind-unknown": (
            "没有“{kind}”这种时限。",
            "Expected a kind of clock, but {kind} is none.",
        ),
        "clock-kind-not-in-force": (
            "{day}时“{kind}”尚未施行或已废止。",
            "Expected the limit {kind} to be in force on {day}, but it was not.",
        ),
        "clock-days-missing": (
            "“{kind}”须写明期限天数。",
            "Expected the length of the limit {kind}, but it was not given.",
        ),
        "clock-days-invalid": (
            "期限应为1至{most}天的整数，现为{days}。",
            "Expected a limit of 1 to {most} days, but it is {days}.",
        ),
        "clock-end-missing": (
            "“{kind}”须写明截止日期，且不得早于开始日期。",
            "Expected the limit {kind} to be given its last day, on or after its first, but it was not.",
        ),
        "limit-loosened": (
            "期限{days}天长于规定的{legal}天，放宽法定期限的规定无效。",
            "Expected a limit of at most {legal} days, but {days} would loosen the law's.",
        ),
        "promise-longer-than-law": (
            "承诺期限{promised}个工作日长于法定期限{statutory}个工作日。",
            "Expected a promise within the statutory {statutory} days, but it is {promised}.",
        ),
        "promise-without-statute": (
            "“{kind}”没有承诺期限。",
            "Expected {kind} to carry no promise, but one was given.",
        ),
        "clock-start-in-future": (
            "计时起点{day}晚于今天。",
            "Expected a clock to start today or earlier, but {day} is later.",
        ),
        "clock-backwards": (
            "“{kind}”是倒算期限，不能计时。",
            "Expected a clock that runs forwards, but {kind} is counted back from a date.",
        ),
        "clock-not-backwards": (
            "“{kind}”不是倒算期限。",
            "Expected a limit that is counted back from a date, but {kind} runs forwards.",
        ),
        "clock-stopped": (
            "时钟“{clock}”已停止，不能再{action}。",
            "Expected clock {clock} to be running, but it has stopped; it cannot {action}.",
        ),
        "clock-not-pausable": (
            "“{kind}”不得暂停计时。",
            "Expected a clock that may pause, but {kind} may not.",
        ),
        "pause-ground-not-in-law": (
            "“{ground}”不是行政许可法第四十五条规定的不计时事由，时钟不得暂停。",
            "Expected a ground of the closed list of Art. 45, but {ground} is none; the clock runs on.",
        ),
        "pause-ground-not-for-clock": (
            "“{ground}”只能暂停承诺期限，该时钟没有承诺期限。",
            "Expected a ground that stops this clock, but {ground} stops a promise only and there is none.",
        ),
        "pause-without-notice": (
            "暂停计时须书面告知申请人所需时间，请填写告知书文号。",
            "Expected the number of the written notice to the applicant, but none was given (Art. 45).",
        ),
        "pause-without-length": (
            "暂停计时须告知所需时间（工作日数，1至{most}）。",
            "Expected the time needed, 1 to {most} working days, but it was not given (Art. 45).",
        ),
        "pause-without-evidence": (
            "暂停计时须附依据材料。",
            "Expected evidence for the pause, but none was given.",
        ),
        "pause-already-open": (
            "“{ground}”正在暂停中，不能重复暂停。",
            "Expected no open pause for {ground}, but there is one.",
        ),
        "pause-not-today": (
            "暂停只能从当天开始，不能从{day}开始。",
            "Expected a pause to begin today, but it was to begin on {day}.",
        ),
        "pause-after-deadline": (
            "法定期限已于{day}届满，不能再暂停计时。",
            "Expected a pause within the limit, but it ended on {day}.",
        ),
        "pause-not-open": (
            "时钟没有因“{ground}”暂停。",
            "Expected an open pause for {ground}, but there is none.",
        ),
        "resume-without-result": (
            "恢复计时须填写结果文书（如鉴定、评审结论）。",
            "Expected the document that the pause was for, but none was given.",
        ),
        "clock-time-runs-backwards": (
            "操作时间早于该时钟的上一次操作。",
            "Expected a moment after the clock's last event, but it is before it.",
        ),
        "clock-not-extendable": (
            "“{kind}”不得延长。",
            "Expected a limit that may be extended, but {kind} may not.",
        ),
        "extension-already-given": (
            "期限已延长过一次，不得再次延长。",
            "Expected the first extension, but the limit has been extended before.",
        ),
        "extension-too-late": (
            "期限已于{day}届满，不能再延长。",
            "Expected an extension before the limit's end, but it ended on {day}.",
        ),
        "extension-too-long": (
            "延长不得超过{most}天，现为{days}。",
            "Expected an extension of 1 to {most} days, but it is {days}.",
        ),
        "extension-wrong-approver": (
            "延长须经{approver}批准。",
            "Expected the approval of {approver_en}, but somebody else approved.",
        ),
        "extension-without-reason": (
            "延长期限须写明理由并告知申请人。",
            "Expected the reason of the extension, which the applicant is told, but none was given.",
        ),
        "steps-longer-than-promise": (
            "各环节时限合计{total}个工作日，超过承诺的{promised}个工作日。",
            "Expected the steps to fit into the promised {promised} days, but they come to {total}.",
        ),
        "hearing-notice-too-late": (
            "应于{latest}前（含当日）通知，现为{day}，听证日期无效。",
            "Expected the notice by {latest}, but it is {day}; the date of the hearing is invalid.",
        ),
        "stop-without-reason": (
            "停止计时须写明事由。",
            "Expected what stops the clock, but it was not given.",
        ),
    }
)
