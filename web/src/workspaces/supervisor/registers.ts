/** The supervisor's registers: what was found, what was complained about, how the hall stands. */
import { today } from '@/language/language'
import type { Register } from '@/parts/register'
import type { Registers } from '@/parts/register-route'

const REASON = 'POST /api/complaints/{number}/reading'

function thisYear(): { from_on: string; until_on: string } {
  return { from_on: `${today().slice(0, 4)}-01-01`, until_on: today() }
}

function report(name: string, title: Register['title'], rowKey: string, columns: readonly string[]): Register {
  return { title, list: `GET /api/reports/${name}`, columns, rowKey, initial: thisYear }
}

export const registers: Registers = {
  cards: {
    title: ['监察牌', 'Supervision cards'],
    list: 'GET /api/supervision/cards',
    columns: ['number', 'colour', 'rule', 'case_number', 'department', 'owner', 'state', 'issued_at', 'explain_due', 'outcome'],
    rowKey: 'number',
    events: {
      operation: 'GET /api/supervision/cards/{number}/events',
      parameters: (row) => ({ number: row['number'] }),
      columns: ['at', 'event', 'actor_id', 'detail'],
    },
    creates: [{ operation: 'POST /api/supervision/round', label: ['立即巡查', 'Make a round now'] }],
  },
  findings: {
    title: ['监察发现', 'What the rules find now'],
    list: 'GET /api/supervision/findings',
    columns: ['rule', 'cause', 'case', 'department', 'group', 'account', 'evidence'],
    rowKey: 'cause',
  },
  rules: {
    title: ['监察规则', 'Supervision rules'],
    list: 'GET /api/supervision/rules',
    columns: ['id', 'colour', 'name', 'to', 'blocked'],
    rowKey: 'id',
  },
  letters: {
    title: ['督办函', 'Press letters'],
    list: 'GET /api/supervision/press-letters',
    columns: ['number', 'case_number', 'to_group', 'matter', 'issued_at', 'due_at', 'answered_at', 'answer', 'settled_at'],
    rowKey: 'number',
  },
  complaints: {
    title: ['投诉', 'Complaints'],
    list: 'GET /api/complaints',
    columns: ['number', 'category', 'subject', 'channel', 'status', 'handler', 'filed_at', 'accept_due', 'answer_due', 'escalated'],
    rowKey: 'number',
    creates: [{ operation: 'POST /api/complaints' }],
    actions: [
      { operation: REASON, reads: true },
      { operation: 'POST /api/complaints/{number}/complainant', reads: true, shown: (row) => row['anonymous'] !== true },
    ],
  },
  ratings: {
    title: ['评价', 'Ratings'],
    list: 'GET /api/ratings',
    columns: ['number', 'grade', 'item_name', 'window_group', 'said', 'status', 'given_at', 'answer_due', 'outcome', 'counts'],
    rowKey: 'number',
    actions: [{ operation: 'POST /api/ratings/{number}/reading', reads: true }],
  },
  ranking: {
    title: ['月度排名', 'Monthly ranking'],
    list: 'GET /api/ranking',
    columns: ['place', 'subject', 'points'],
    rowKey: 'subject',
    initial: () => ({ month: today(), list: 'windows' }),
    creates: [{ operation: 'POST /api/ranking/compute' }, { operation: 'POST /api/ranking/freeze', danger: true }],
  },
  points: {
    title: ['计分和来源', 'Points and their sources'],
    list: 'GET /api/ranking/points',
    columns: ['window', 'points', 'rule', 'source', 'status', 'entered_at', 'appeal', 'appeal_reason'],
    rowKey: 'id',
    initial: () => ({ month: today() }),
    creates: [{ operation: 'POST /api/ranking/points' }],
    actions: [
      { operation: 'POST /api/ranking/points/{key}/confirm', parameters: (row) => ({ key: row['id'] }), shown: (row) => row['status'] === 'proposed' },
      { operation: 'POST /api/ranking/points/{key}/appeal', parameters: (row) => ({ key: row['id'] }) },
      {
        operation: 'POST /api/ranking/points/{key}/decide-appeal',
        parameters: (row) => ({ key: row['id'] }),
        shown: (row) => row['appeal'] === 'open',
      },
    ],
  },
  windows: report('windows', ['窗口办件统计', 'By window'], 'window', [
    'window', 'received', 'accepted', 'decided', 'delivered', 'open', 'on_time', 'over_promise', 'over_law',
  ]),
  items: report('items', ['事项办理统计', 'By item'], 'item', [
    'item', 'name', 'department', 'promised_days', 'received', 'decided', 'mean_days', 'longest_days', 'over_promise', 'over_law',
  ]),
  times: report('times', ['用时统计', 'Time used'], 'item', ['item', 'name', 'half', 'within', 'over_promise', 'over_law']),
  lights: report('lights', ['亮灯统计', 'Lights'], 'window', ['window', 'green', 'yellow', 'red', 'grey']),
  fees: report('fees', ['收费去向统计', 'Where fees went'], 'fee', [
    'department', 'fee', 'fund_nature', 'assessed', 'waived', 'received', 'refunded', 'remitted',
  ]),
  referrals: {
    title: ['移送件', 'Referrals'],
    list: 'GET /api/referrals',
    columns: ['number', 'source_kind', 'status', 'opened_at'],
    rowKey: 'number',
    creates: [{ operation: 'POST /api/referrals' }],
    actions: [{ operation: 'POST /api/referrals/{number}/reading', reads: true }],
  },
  publications: {
    title: ['公开件', 'Publications'],
    list: 'GET /api/publications',
    columns: ['number', 'kind', 'title', 'status', 'drafted_by', 'checked_by', 'published_at', 'withdrawal_reason'],
    rowKey: 'number',
    creates: [{ operation: 'POST /api/publications' }],
    actions: [
      { operation: 'POST /api/publications/{number}/withdraw', danger: true, shown: (row) => row['status'] === 'published' },
    ],
  },
  visits: {
    title: ['联办件回访', 'Visits after joint cases'],
    list: 'GET /api/visits',
    columns: ['number', 'case_number', 'item_name', 'applicant_name', 'status', 'due_at', 'visited_on', 'satisfaction'],
    rowKey: 'number',
    actions: [{ operation: 'GET /api/visits/{number}', label: ['查看', 'Read'] }],
  },
  meetings: {
    title: ['联席会议', 'Joint meetings'],
    list: 'GET /api/meetings',
    columns: ['number', 'quarter', 'place', 'held_on', 'status', 'convened_by', 'signed_by', 'closed_at'],
    rowKey: 'number',
    actions: [{ operation: 'GET /api/meetings/{number}', label: ['查看', 'Read'] }],
  },
}
