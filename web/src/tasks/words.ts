export const words = {
  zh: {
    task: '任务', light: '时限', since: '到达时间', taskState: '状态', assignee: '办理人',
    complete: '提交', saved: '草稿已保存 {at}', saving: '正在保存草稿…', unsaved: '草稿尚未保存', noForm: '此任务无须填表，确认后直接办理。',
    suspended: '办件已挂起，暂不能办理。', ended: '此任务已经办结，您填写的内容已留作草稿。',
  },
  en: {
    task: 'Task', light: 'Light', since: 'Since', taskState: 'State', assignee: 'Assignee',
    complete: 'Submit', saved: 'Draft saved {at}', saving: 'Saving the draft…', unsaved: 'Draft not saved yet',
    noForm: 'Nothing to fill in; confirm to go on.', suspended: 'The case is suspended; nothing can be done for now.',
    ended: 'This task has ended. What you entered is kept as a draft.',
  },
}
