import type { Pair } from '@/language/language'
import { registerRoute } from '@/parts/register-route'
import type { Page, Workspace } from '../workspace'

const COUNTER: Pair = ['收款', 'Counter']
const LEDGER: Pair = ['账务', 'Ledger']
const FEES: Pair = ['收费', 'Fees']
const TICKETS: Pair = ['票据', 'Tickets']

function register(section: Pair, name: string, title: Pair, permission: string): Page {
  return { path: name, name: `money-${name}`, title, section, permission, component: registerRoute(() => import('./registers'), name) }
}

/** 收款和票据: cashiers collect by the notice's code and close their day, finance sees the ledger, keepers the tickets. */
export const money: Workspace = {
  name: 'money',
  path: 'money',
  title: ['收款票据', 'Money'],
  roles: ['cashier', 'finance'],
  groups: ['fund-service', 'finance-office', 'ticket-centre'],
  pages: [
    { path: '', name: 'money-collect', title: ['按通知书收款', 'Collect'], section: COUNTER, permission: 'payment-read', component: () => import('./CollectPage.vue') },
    { path: 'day', name: 'money-day', title: ['日结', 'Close the day'], section: COUNTER, permission: 'ledger-read', component: () => import('./DayClose.vue') },
    register(COUNTER, 'notices', ['缴款通知书', 'Notices'], 'payment-read'),
    register(COUNTER, 'suspense', ['待查款项', 'Suspense'], 'ledger-read'),
    register(LEDGER, 'days', ['账务日', 'Days'], 'ledger-read'),
    register(LEDGER, 'entries', ['记账凭证', 'Entries'], 'ledger-read'),
    register(LEDGER, 'balance', ['试算平衡', 'Trial balance'], 'ledger-read'),
    register(LEDGER, 'debts', ['应收未收', 'Owed'], 'ledger-read'),
    register(LEDGER, 'transfers', ['划缴凭证', 'Transfers'], 'ledger-read'),
    register(LEDGER, 'month', ['月结表', 'Month'], 'ledger-read'),
    register(FEES, 'fees', ['收费目录', 'In force'], 'fee-read'),
    register(FEES, 'versions', ['项目版本', 'Versions'], 'fee-read'),
    register(FEES, 'attempts', ['违规收费企图', 'Not allowed'], 'payment-read'),
    register(FEES, 'waivers', ['减免缓', 'Waivers'], 'waiver-read'),
    register(FEES, 'arrears', ['欠缴名单', 'Arrears'], 'waiver-read'),
    register(FEES, 'refunds', ['退付', 'Refunds'], 'waiver-read'),
    register(TICKETS, 'tickets', ['票据登记', 'Stock'], 'ticket-read'),
    register(TICKETS, 'life', ['号码全过程', 'One number'], 'ticket-read'),
    register(TICKETS, 'proposals', ['作废、销毁', 'Void, destroy'], 'ticket-read'),
    register(TICKETS, 'gaps', ['断号、重号', 'Findings'], 'ticket-read'),
  ],
}
