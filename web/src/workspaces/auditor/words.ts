export const words = {
  zh: {
    replay: '重演', play: '播放', pause: '暂停', stepBack: '上一步', stepOn: '下一步', step: '第{number}步，共{total}步', timeline: '时间轴',
    who: '何人', when: '何时', command: '操作', outcome: '结果', accepted: '已执行', refused: '被拒绝', why: '原因', data: '数据', changed: '有变化',
    steps: '各步', loading: '正在读取历史…{count}步', version: '版本', verify: '核验本件', intact: '哈希链完整，重演与记录一致（{rows}行）。',
    broken: '核验不符', differs: '重演在第{step}步与记录不同（{where}）。', verifyAll: '核验全部哈希链', verifying: '已核验{done}行，共{total}行',
    allIntact: '全部完整：{instances}件，{rows}行，已抹除内容{erased}行。', someBroken: '有{count}处不符：', evidence: '调取证据', ledger: '账目', tickets: '票据',
    ledgerNone: '本件没有账目。', explain: '重新计算每一步的哈希值，并与相邻各步和办件记录比对。数据库中的任何改动都会被发现。', events: '事件', noDiagram: '此步没有改变图上位置',
    tasks: '表格', entry: '记录', search: '查找办件',
  },
  en: {
    replay: 'Replay', play: 'Play', pause: 'Pause', stepBack: 'Back', stepOn: 'Next', step: 'Step {number} of {total}', timeline: 'Time line',
    who: 'Who', when: 'When', command: 'Command', outcome: 'Outcome', accepted: 'Accepted', refused: 'Refused', why: 'Why', data: 'Data',
    changed: 'changed', steps: 'Steps', loading: 'Reading history… {count} steps', version: 'Version', verify: 'Verify this case',
    intact: 'The chain is intact and the replay agrees ({rows} rows).', broken: 'Not as it was written',
    differs: 'The replay differs at step {step} ({where}).', verifyAll: 'Verify every chain', verifying: '{done} of {total} rows',
    allIntact: 'All intact: {instances} cases, {rows} rows, {erased} erased.', someBroken: '{count} problems:', evidence: 'Evidence package',
    ledger: 'Ledger', tickets: 'Tickets', ledgerNone: 'No entries of this case.',
    explain: 'Every hash is computed again and compared with its neighbours and with the case. Whatever was changed in the database is found.',
    events: 'Events', noDiagram: 'Nothing moved on the diagram', tasks: 'Table', entry: 'Record', search: 'Find a case',
  },
}
