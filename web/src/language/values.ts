/** What codes are called on the screen. A code that is not here is shown as it is. */
import { CODES } from './codes'
import { say, type Pair } from './language'

const WORDS: Record<string, Pair> = {
  ...CODES,
  running: ['办理中', 'Running'],
  completed: ['已办结', 'Completed'],
  canceled: ['已取消', 'Canceled'],
  suspended: ['已挂起', 'Suspended'],
  created: ['待签收', 'Unclaimed'],
  claimed: ['已签收', 'Claimed'],
  delegated: ['已委托', 'Delegated'],
  open: ['未结', 'Open'],
  closed: ['已结', 'Closed'],
  received: ['已收件', 'Received'],
  accepted: ['已受理', 'Accepted'],
  'not-accepted': ['不予受理', 'Not accepted'],
  granted: ['准予许可', 'Granted'],
  refused: ['不予许可', 'Refused'],
  delivered: ['已送达', 'Delivered'],
  withdrawn: ['已撤回', 'Withdrawn'],
  terminated: ['已终止', 'Terminated'],
  void: ['已作废', 'Void'],
  'in-force': ['现行有效', 'In force'],
  draft: ['草稿', 'Draft'],
  published: ['已公布', 'Published'],
  pending: ['待处理', 'Pending'],
  confirmed: ['已确认', 'Confirmed'],
  rejected: ['已退回', 'Rejected'],
  applied: ['已执行', 'Applied'],
  resolved: ['已解决', 'Resolved'],
  paid: ['已缴清', 'Paid'],
  unpaid: ['未缴', 'Unpaid'],
  expired: ['已过期', 'Expired'],
  green: ['正常', 'In time'],
  yellow: ['临期', 'Due soon'],
  red: ['超期', 'Overdue'],
  blue: ['暂停', 'Paused'],
  clerk: ['窗口人员', 'Clerk'],
  supervisor: ['督查人员', 'Supervisor'],
  auditor: ['审计人员', 'Auditor'],
  designer: ['流程设计人员', 'Designer'],
  administrator: ['管理员', 'Administrator'],
  applicant: ['申请人', 'Applicant'],
  cashier: ['出纳', 'Cashier'],
  finance: ['财务', 'Finance'],
  process: ['流程', 'Process'],
  decision: ['决策', 'Decision'],
  form: ['表单', 'Form'],
}

/** The word for a code, in a field where that makes a difference. */
export function word(code: string, field = ''): string {
  const found = WORDS[`${field}:${code}`] ?? WORDS[code]
  return found ? say(found) : code
}

/** Add the words of a workspace. */
export function addWords(words: Record<string, Pair>): void {
  Object.assign(WORDS, words)
}
