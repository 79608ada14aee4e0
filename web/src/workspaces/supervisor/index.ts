import { registerRoute } from '@/parts/register-route'
import type { Pair } from '@/language/language'
import type { Page, Workspace } from '../workspace'

const HALL: Pair = ['大厅', 'Hall']
const SUPERVISION: Pair = ['监察', 'Supervision']
const VOICES: Pair = ['群众反映', 'What people say']
const RANKING: Pair = ['考核', 'Ranking']
const REPORTS: Pair = ['统计', 'Reports']
const JOINT: Pair = ['协调', 'Coordination']

function register(section: Pair, name: string, title: Pair, permission: string): Page {
  return { path: name, name: `supervisor-${name}`, title, section, permission, component: registerRoute(() => import('./registers'), name) }
}

/** 督查: how the hall stands, what is stuck and how it is freed, cards, letters, complaints, ranking, reports. */
export const supervisor: Workspace = {
  name: 'supervisor',
  path: 'supervisor',
  title: ['督查', 'Supervision'],
  roles: ['supervisor'],
  pages: [
    { path: '', name: 'supervisor-hall', title: ['大厅概况', 'Overview'], section: HALL, permission: 'report-read', component: () => import('./HallOverview.vue') },
    { path: 'heat', name: 'supervisor-heat', title: ['流程热力图', 'Heat map'], section: HALL, permission: 'case-repair', component: () => import('./HeatMap.vue') },
    { path: 'stuck', name: 'supervisor-stuck', title: ['卡住的办件', 'Stuck cases'], section: HALL, permission: 'case-repair', component: () => import('./StuckCases.vue') },
    { path: 'migrate', name: 'supervisor-migrate', title: ['迁移', 'Migrate'], section: HALL, permission: 'case-repair', component: () => import('./MigrationPage.vue') },
    register(SUPERVISION, 'cards', ['监察牌', 'Cards'], 'supervision-read'),
    register(SUPERVISION, 'letters', ['督办函', 'Press letters'], 'supervision-read'),
    register(SUPERVISION, 'findings', ['监察发现', 'Findings'], 'supervise'),
    register(SUPERVISION, 'rules', ['监察规则', 'Rules'], 'supervision-read'),
    register(SUPERVISION, 'referrals', ['移送件', 'Referrals'], 'referral-work'),
    register(VOICES, 'complaints', ['投诉', 'Complaints'], 'complaint-read'),
    register(VOICES, 'ratings', ['评价', 'Ratings'], 'rating-read'),
    register(VOICES, 'visits', ['联办件回访', 'Visits'], 'visit-read'),
    register(VOICES, 'publications', ['公开件', 'Publications'], 'publication-read'),
    register(RANKING, 'ranking', ['月度排名', 'Ranking'], 'ranking-read'),
    register(RANKING, 'points', ['计分和来源', 'Points'], 'ranking-read'),
    register(REPORTS, 'windows', ['窗口', 'Windows'], 'report-read'),
    register(REPORTS, 'items', ['事项', 'Items'], 'report-read'),
    register(REPORTS, 'times', ['用时', 'Time used'], 'report-read'),
    register(REPORTS, 'lights', ['亮灯', 'Lights'], 'report-read'),
    register(REPORTS, 'fees', ['收费去向', 'Fees'], 'report-read'),
    register(JOINT, 'meetings', ['联席会议', 'Joint meetings'], 'meeting-read'),
  ],
}
