import type { Pair } from '@/language/language'
import { registerRoute } from '@/parts/register-route'
import type { Page, Workspace } from '../workspace'

const CATALOGUE: Pair = ['目录', 'Catalogue']
const HALL: Pair = ['大厅', 'Hall']
const PEOPLE: Pair = ['人员', 'People']
const POWERS: Pair = ['授权', 'Powers']
const RULES: Pair = ['制度', 'Rules']
const SYSTEM: Pair = ['系统', 'System']

function register(section: Pair, name: string, title: Pair, permission: string): Page {
  return { path: name, name: `administration-${name}`, title, section, permission, component: registerRoute(() => import('./registers'), name) }
}

/** 管委会: items, windows, people, powers, rules and accounts. */
export const administration: Workspace = {
  name: 'administration',
  path: 'administration',
  title: ['管委会', 'Committee'],
  roles: ['administrator', 'supervisor'],
  pages: [
    register(CATALOGUE, 'items', ['事项', 'Items'], 'item-read'),
    register(CATALOGUE, 'licences', ['证照', 'Licences'], 'licence-read'),
    register(HALL, 'departments', ['部门', 'Departments'], 'organisation-read'),
    register(HALL, 'gaps', ['未进驻', 'Not in the hall'], 'organisation-read'),
    register(HALL, 'windows', ['窗口', 'Windows'], 'organisation-read'),
    register(HALL, 'duty', ['值班', 'Duty'], 'organisation-read'),
    register(HALL, 'visits', ['领导走访', 'Visits'], 'organisation-read'),
    register(PEOPLE, 'staff', ['派驻人员', 'Staff'], 'organisation-read'),
    register(PEOPLE, 'leave', ['请假', 'Leave'], 'organisation-read'),
    register(PEOPLE, 'presence', ['账户使用异常', 'Presence'], 'hall-manage'),
    register(PEOPLE, 'allowances', ['补贴', 'Allowances'], 'organisation-read'),
    register(PEOPLE, 'skills', ['培训、资格', 'Training'], 'organisation-read'),
    register(PEOPLE, 'matrix', ['技能矩阵', 'Skill matrix'], 'organisation-read'),
    register(POWERS, 'letters', ['授权书', 'Letters'], 'organisation-read'),
    register(POWERS, 'ending', ['将到期', 'About to end'], 'organisation-read'),
    register(POWERS, 'authority', ['权限', 'Powers'], 'organisation-read'),
    register(POWERS, 'seals', ['印章', 'Seals'], 'organisation-read'),
    register(RULES, 'rules', ['规章制度', 'Rule documents'], 'organisation-read'),
    register(RULES, 'calendar', ['放假安排', 'Holidays'], 'calendar-read'),
    register(RULES, 'inner', ['内部环节', 'Inner steps'], 'organisation-read'),
    register(RULES, 'external', ['外部办件', 'Other systems'], 'organisation-read'),
    register(RULES, 'meetings', ['联席会议', 'Joint meetings'], 'meeting-read'),
    register(SYSTEM, 'accounts', ['账号', 'Accounts'], 'account-manage'),
  ],
}
