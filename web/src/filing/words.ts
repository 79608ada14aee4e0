export const words = {
  zh: {
    choose: '选择事项', search: '按事项名称或编码查找', conditions: '办理条件', materials: '申请材料', window: '办理窗口',
    promised: '承诺{days}个工作日', free: '不收费', charged: '收费事项', file: '提交申请', change: '换一个事项', original: '原件',
    copies: '复印件{count}份', none: '没有符合的事项', filed: '申请已提交', another: '再办一件', missing: '该事项暂不能网上提交。',
    filling: '填写申请表', found: '找到{count}个事项',
  },
  en: {
    choose: 'Choose an item', search: 'Find by name or code', conditions: 'Conditions', materials: 'Papers', window: 'Window',
    promised: '{days} working days promised', free: 'Free', charged: 'With a fee', file: 'File the application',
    change: 'Another item', original: 'original', copies: '{count} copies', none: 'No such item', filed: 'The application was filed',
    another: 'File another', missing: 'This item cannot be filed here.', filling: 'Fill in the application', found: '{count} items found',
  },
}
