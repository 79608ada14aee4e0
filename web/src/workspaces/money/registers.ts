/** The registers of money and tickets. */
import { today } from '@/language/language'
import type { Registers } from '@/parts/register-route'

const KIND_OF_TICKET = { type: 'string', label: ['票据种类', 'Kind of ticket'] as const, initial: 'special-receipt' }

export const registers: Registers = {
  notices: {
    title: ['缴款通知书', 'Payment notices'],
    list: 'GET /api/payment-notices',
    columns: ['code', 'case_number', 'payer', 'department', 'amount_fen', 'state', 'issued_at', 'valid_until', 'paid_at', 'channel'],
    rowKey: 'code',
    actions: [{ operation: 'GET /api/payment-notices/{code}', label: ['查看', 'Read'] }],
    creates: [{ operation: 'POST /api/payment-notices/returns' }],
  },
  suspense: {
    title: ['待查款项', 'Suspense'],
    list: 'GET /api/payment-notices/suspense',
    columns: ['bank', 'reference', 'amount_fen', 'payer', 'code', 'reason', 'paid_on', 'due_on'],
    rowKey: 'reference',
    creates: [{ operation: 'POST /api/payment-notices/suspense/match' }],
    actions: [
      {
        operation: 'POST /api/payment-notices/suspense/return',
        fixed: (row) => ({ bank: row['bank'], reference: row['reference'] }),
        danger: true,
      },
    ],
  },
  days: {
    title: ['账务日', 'Days of the ledger'],
    list: 'GET /api/ledger/days',
    columns: ['day', 'opened_at', 'opened_by', 'slip_fen', 'closed_at', 'closed_by'],
    rowKey: 'day',
  },
  entries: {
    title: ['记账凭证', 'Entries'],
    list: 'GET /api/ledger/entries',
    columns: ['number', 'line', 'day', 'event', 'account', 'amount_fen', 'case_number', 'payer', 'fee', 'ticket_number', 'actor_id', 'reason'],
    rowKey: 'number',
    actions: [
      { operation: 'POST /api/ledger/entries/{number}/reverse', danger: true, shown: (row) => row['line'] === 1 && !row['reverses'] },
      {
        operation: 'POST /api/ledger/entries/{number}/correction',
        shown: (row) => row['line'] === 1 && String(row['event']).includes('assess'),
      },
    ],
  },
  balance: {
    title: ['试算平衡', 'Trial balance'],
    list: 'GET /api/ledger/trial-balance',
    columns: ['account', 'name', 'balance_fen'],
    rowKey: 'account',
  },
  debts: {
    title: ['应收未收', 'Owed and not paid'],
    list: 'GET /api/ledger/debts',
    columns: ['case_number', 'payer', 'department', 'fee', 'owed_fen'],
    rowKey: 'case_number',
  },
  transfers: {
    title: ['划缴凭证', 'Transfer orders'],
    list: 'GET /api/ledger/transfers',
    columns: ['number', 'day', 'account', 'fund_nature', 'amount_fen', 'confirmed_at', 'bank_reference'],
    rowKey: 'number',
  },
  month: {
    title: ['月结表', 'A month'],
    list: 'GET /api/ledger/months/{month}',
    place: { month: { type: 'string', label: ['月份', 'Month'], initial: today().slice(0, 7) } },
    columns: ['department', 'fee', 'fund_nature', 'assessed', 'waived', 'paid', 'refunded', 'remitted', 'arrears', 'tickets'],
    rowKey: 'fee',
  },
  fees: {
    title: ['收费目录', 'Fees in force'],
    list: 'GET /api/fees',
    columns: ['code', 'name', 'department', 'fund_nature', 'items', 'standard', 'version'],
    rowKey: 'code',
    initial: () => ({ day: today() }),
  },
  versions: {
    title: ['收费项目版本', 'Versions of fees'],
    list: 'GET /api/fee-versions',
    columns: ['code', 'version', 'name', 'department', 'fund_nature', 'state', 'off'],
    rowKey: 'code',
    events: {
      operation: 'GET /api/fee-versions/{code}/{version}/events',
      parameters: (row) => ({ code: row['code'], version: row['version'] }),
      columns: ['at', 'state', 'from_on', 'actor_id', 'reason', 'document'],
    },
  },
  attempts: {
    title: ['违规收费企图', 'What may not be charged'],
    list: 'GET /api/fees/attempts',
    columns: ['number', 'at', 'case_number', 'item_code', 'fee', 'reason', 'actor_id'],
    rowKey: 'number',
  },
  waivers: {
    title: ['减免缓登记', 'Waivers and deferrals'],
    list: 'GET /api/waivers',
    columns: ['number', 'case_number', 'payer', 'fee', 'kind', 'amount_fen', 'payable_fen', 'state', 'applied_at', 'decide_by', 'decided_by'],
    rowKey: 'number',
    actions: [{ operation: 'GET /api/waivers/{number}', label: ['查看', 'Read'] }],
  },
  arrears: {
    title: ['欠缴名单', 'Arrears'],
    list: 'GET /api/waiver-arrears',
    columns: ['number', 'case_number', 'payer', 'fee', 'owed_fen', 'since_on'],
    rowKey: 'number',
  },
  refunds: {
    title: ['退付登记', 'Refunds'],
    list: 'GET /api/refunds',
    columns: ['number', 'case_number', 'payer', 'fee', 'ground', 'amount_fen', 'paid_fen', 'state', 'applied_at', 'paid_at'],
    rowKey: 'number',
    actions: [{ operation: 'GET /api/refunds/{number}', label: ['查看', 'Read'] }],
  },
  tickets: {
    title: ['票据登记', 'Tickets'],
    list: 'GET /api/tickets',
    columns: ['kind', 'first_number', 'last_number', 'state', 'department', 'holder'],
    rowKey: 'first_number',
    creates: [
      { operation: 'POST /api/tickets/hand' },
      { operation: 'POST /api/tickets/give-back' },
      { operation: 'POST /api/tickets/stubs' },
      { operation: 'POST /api/tickets/write-offs' },
      { operation: 'POST /api/tickets/archive' },
      { operation: 'POST /api/tickets/lost', danger: true },
      { operation: 'POST /api/tickets/certificates' },
    ],
  },
  life: {
    title: ['一个号码的全过程', 'The life of one number'],
    list: 'GET /api/tickets/{kind}/{number}',
    place: { kind: KIND_OF_TICKET, number: { type: 'integer', label: ['号码', 'Number'], initial: 1 } },
    columns: ['sequence', 'at', 'step', 'state', 'actor_id', 'second_id', 'holder', 'department', 'amount_fen', 'payment', 'reason', 'reference'],
    rowKey: 'sequence',
  },
  proposals: {
    title: ['作废、销毁申请', 'Voiding and destruction'],
    list: 'GET /api/tickets/proposals',
    columns: ['id', 'step', 'kind', 'first_number', 'last_number', 'reason', 'proposed_by', 'proposed_at', 'confirmed_by'],
    rowKey: 'id',
    creates: [{ operation: 'POST /api/tickets/proposals' }],
    actions: [
      {
        operation: 'POST /api/tickets/proposals/{proposal}/confirmation',
        parameters: (row) => ({ proposal: row['id'] }),
        shown: (row) => !row['confirmed_at'],
        danger: true,
      },
    ],
  },
  gaps: {
    title: ['断号、重号、作废率', 'Gaps, doubles and alarms'],
    list: 'GET /api/tickets/findings',
    columns: ['what', 'kind', 'first', 'last', 'department', 'percent'],
    rowKey: 'first',
  },
}
