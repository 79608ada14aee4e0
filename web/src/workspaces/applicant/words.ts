export const words = {
  zh: {
    title: '我的办件', todo: '需要您办理', nothingToDo: '目前没有需要您办理的事项。', cases: '我提交的办件', noCases: '还没有提交过申请。',
    file: '提交申请', due: '{at}前', filed: '申请已提交', number: '办件编号', progress: '查看进度', another: '再提交一件',
    steps: '办理过程', documents: '文书', noDocuments: '还没有文书。', download: '下载PDF', taskDone: '已提交，谢谢。', limits: '办理期限',
    receipt: '收件凭证上有查询密码，凭编号和密码也可以不登录查询。', back: '返回我的办件',
  },
  en: {
    title: 'My cases', todo: 'Waiting for you', nothingToDo: 'Nothing waits for you at the moment.', cases: 'Cases I filed',
    noCases: 'No application was filed yet.', file: 'File an application', due: 'by {at}', filed: 'The application was filed',
    number: 'Case number', progress: 'See its progress', another: 'File another', steps: 'What happened', documents: 'Documents',
    noDocuments: 'No documents yet.', download: 'PDF', taskDone: 'Received, thank you.', limits: 'Limits',
    receipt: 'The receipt has a pass code; with number and code the case can be asked for without logging in.', back: 'Back to my cases',
  },
}
