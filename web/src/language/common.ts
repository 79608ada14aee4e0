/** The words that every workspace uses. */
export const common = {
  zh: {
    product: '联办',
    subtitle: '行政服务中心',
    action: {
      save: '保存', cancel: '取消', confirm: '确定', close: '关闭', search: '查询', reset: '重置', refresh: '刷新', more: '更多',
      export: '导出', retry: '重试', back: '返回', open: '打开', print: '打印', submit: '提交', details: '详情', next: '下一页',
      previous: '上一页', first: '第一页',
    },
    state: {
      loading: '正在加载…', empty: '暂无数据', done: '办理成功', yes: '是', no: '否',
    },
    light: { green: '正常', yellow: '临期', red: '超期', blue: '暂停', grey: '不计时', none: '不计时' },
    field: { reason: '理由', required: '必填', optional: '选填', actions: '操作' },
    problem: {
      connection: '网络连接中断，尚不知道是否已办理。内容都还在，请检查网络后再点一次，不会重复办理。',
      unreadable: '服务器暂时无法应答，内容都还在，请稍后重试。',
      incident: '故障编号：{id}，请告知管理员。',
      heading: '未能办理',
      crashed: '页面出现意外错误，请刷新后重试；已保存的草稿不会丢失。',
    },
    login: {
      title: '登录', account: '账号', password: '密码', submit: '登录', again: '登录已过期',
      againHint: '请重新登录，页面上填写的内容都还在，登录后自动继续。', out: '退出', required: '请填写账号和密码。',
      wrongUser: '请用原账号（{account}）重新登录。',
    },
    shell: {
      skip: '跳到主要内容', workspaces: '工作区', pages: '页面', language: 'English', account: '账号', inbox: '消息',
      nothing: '您的账号没有可用的工作区，请联系管理员。', missing: '没有这个页面', inboxEmpty: '没有新消息', unread: '{count}条未读',
    },
    page: { asTable: '以表格显示', turn: '翻页', count: '本页{count}条', csv: 'CSV表格', xlsx: 'Excel表格', json: 'JSON文件' },
  },
  en: {
    product: 'Lianban',
    subtitle: 'Administrative service centre',
    action: {
      save: 'Save', cancel: 'Cancel', confirm: 'Confirm', close: 'Close', search: 'Search', reset: 'Reset', refresh: 'Refresh',
      more: 'More', export: 'Export', retry: 'Try again', back: 'Back', open: 'Open', print: 'Print', submit: 'Submit',
      details: 'Details', next: 'Next page', previous: 'Previous page', first: 'First page',
    },
    state: {
      loading: 'Loading…', empty: 'Nothing here', done: 'Done', yes: 'Yes', no: 'No',
    },
    light: { green: 'In time', yellow: 'Due soon', red: 'Overdue', blue: 'Paused', grey: 'No clock', none: 'No clock' },
    field: { reason: 'Reason', required: 'Required', optional: 'Optional', actions: 'Actions' },
    problem: {
      connection:
        'The connection was lost, and it is not known whether this was done. Nothing you entered is gone: check the network and press again, it will not be done twice.',
      unreadable: 'The server cannot answer at the moment. Nothing you entered is gone: please try again later.',
      incident: 'Incident {id}; please tell the administrator.',
      heading: 'Not done',
      crashed: 'Something unexpected happened on this page. Please reload it; saved drafts are not lost.',
    },
    login: {
      title: 'Log in', account: 'Account', password: 'Password', submit: 'Log in', again: 'Your login has expired',
      againHint: 'Please log in again. What you entered is still here and goes on by itself.', out: 'Log out',
      required: 'Please enter account and password.', wrongUser: 'Please log in as {account} again.',
    },
    shell: {
      skip: 'Skip to content', workspaces: 'Workspaces', pages: 'Pages', language: '中文', account: 'Account', inbox: 'Inbox',
      nothing: 'Your account has no workspace. Please ask the administrator.', missing: 'There is no such page',
      inboxEmpty: 'No new notices', unread: '{count} unread',
    },
    page: { asTable: 'Show as a table', turn: 'Paging', count: '{count} on this page', csv: 'CSV', xlsx: 'Excel', json: 'JSON' },
  },
}
