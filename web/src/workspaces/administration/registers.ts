/** The registers of the committee and of the administration. */
import { today } from '@/language/language'
import type { Registers } from '@/parts/register-route'

export const registers: Registers = {
  items: {
    title: ['事项目录', 'Items'],
    list: 'GET /api/items',
    columns: ['code', 'name', 'department', 'window', 'kind', 'promised_days', 'statutory_days', 'state', 'version', 'latest_version'],
    rowKey: 'code',
    events: {
      operation: 'GET /api/items/{code}/events',
      parameters: (row) => ({ code: row['code'] }),
      columns: ['version', 'state', 'from_on', 'at', 'actor_id', 'reason', 'document'],
    },
    actions: [
      { operation: 'GET /api/items/{code}', label: ['查看', 'Read'] },
      {
        operation: 'POST /api/items/{code}/versions/{version}/state',
        parameters: (row) => ({ version: row['latest_version'] }),
        label: ['审查、公布、暂停、取消', 'Check, publish, suspend or end'],
      },
    ],
  },
  licences: {
    title: ['证照', 'Licences'],
    list: 'GET /api/licences',
    columns: ['number', 'item_name', 'holder_name', 'masked_identity', 'department', 'state', 'issued_on', 'valid_until'],
    rowKey: 'number',
    events: {
      operation: 'GET /api/licences/{number}/events',
      parameters: (row) => ({ number: row['number'] }),
      columns: ['sequence', 'event', 'at', 'case_number', 'actor_id', 'document', 'valid_until'],
    },
  },
  departments: {
    title: ['部门', 'Departments'],
    list: 'GET /api/departments',
    columns: ['code', 'name', 'is_vertical', 'has_approval_power', 'entered_on', 'exemption'],
    rowKey: 'code',
    creates: [{ operation: 'POST /api/departments' }],
    actions: [
      { operation: 'GET /api/departments/{department}/entry', parameters: (row) => ({ department: row['code'] }), label: ['进驻条件', 'Conditions'] },
      {
        operation: 'POST /api/departments/{department}/entry',
        parameters: (row) => ({ department: row['code'] }),
        shown: (row) => !row['entered_on'],
      },
      {
        operation: 'POST /api/departments/{department}/entry-file',
        parameters: (row) => ({ department: row['code'] }),
        label: ['拒不进驻', 'Does not enter'],
        shown: (row) => !row['entered_on'],
      },
    ],
  },
  gaps: {
    title: ['应进驻而未进驻', 'Not in the hall'],
    list: 'GET /api/departments/gaps',
    columns: ['department', 'reason_name', 'items', 'document'],
    rowKey: 'department',
  },
  windows: {
    title: ['窗口', 'Windows'],
    list: 'GET /api/windows',
    columns: ['group_name', 'name'],
    rowKey: 'group_name',
    creates: [{ operation: 'POST /api/windows' }],
    actions: [{ operation: 'POST /api/windows/{window}/departments', parameters: (row) => ({ window: row['group_name'] }) }],
  },
  staff: {
    title: ['派驻人员', 'Staff'],
    list: 'GET /api/staff',
    columns: ['account_id', 'window', 'post', 'qualification', 'home_department', 'from_on', 'until_on', 'ended_on', 'end_reason'],
    rowKey: 'id',
    actions: [
      { operation: 'POST /api/staff/{appointment}/hand-over', parameters: (row) => ({ appointment: row['id'] }), shown: (row) => !row['ended_on'] },
      {
        operation: 'POST /api/staff/{appointment}/end',
        parameters: (row) => ({ appointment: row['id'] }),
        shown: (row) => !row['ended_on'],
        danger: true,
      },
    ],
  },
  leave: {
    title: ['请假', 'Leave'],
    list: 'GET /api/leave',
    columns: ['account_id', 'from_on', 'until_on', 'reason', 'substitute', 'approved', 'decided_by'],
    rowKey: 'id',
    creates: [{ operation: 'POST /api/leave' }],
    actions: [
      { operation: 'POST /api/leave/{leave}/decision', parameters: (row) => ({ leave: row['id'] }), shown: (row) => row['decided_by'] === null },
    ],
  },
  duty: {
    title: ['值班表', 'Duty'],
    list: 'GET /api/duty',
    columns: ['day', 'leader', 'floor_manager'],
    rowKey: 'day',
    actions: [{ operation: 'PUT /api/duty/{day}' }],
  },
  presence: {
    title: ['账户使用异常', 'Accounts in use where nobody is'],
    list: 'GET /api/attendance/findings',
    columns: ['account_id', 'at', 'kind_name'],
    rowKey: 'account_id',
    initial: () => ({ day: today() }),
  },
  allowances: {
    title: ['补贴名单', 'Allowances'],
    list: 'GET /api/allowances',
    columns: ['month', 'base_fen', 'computed_by', 'committee_by', 'finance_by'],
    rowKey: 'month',
    creates: [{ operation: 'POST /api/allowances' }],
    events: {
      operation: 'GET /api/allowances/{month}',
      parameters: (row) => ({ month: row['month'] }),
      columns: ['account_id', 'working_days', 'attended_days', 'score', 'amount_fen'],
    },
    actions: [{ operation: 'POST /api/allowances/{month}/approval' }],
  },
  skills: {
    title: ['培训、考试、资格', 'Training and examinations'],
    list: 'GET /api/skills',
    columns: ['account_id', 'item', 'kind', 'proof', 'from_on', 'until_on', 'withdrawn_on'],
    rowKey: 'id',
    creates: [{ operation: 'POST /api/skills' }],
    actions: [
      { operation: 'POST /api/skills/{skill_id}/withdraw', parameters: (row) => ({ skill_id: row['id'] }), shown: (row) => !row['withdrawn_on'], danger: true },
    ],
  },
  matrix: {
    title: ['技能矩阵', 'Skill matrix'],
    list: 'GET /api/skills/matrix',
    columns: ['window', 'account', 'post', 'items', 'missing'],
    rowKey: 'account',
  },
  letters: {
    title: ['授权书', 'Letters of authorisation'],
    list: 'GET /api/authorisation-letters',
    columns: ['number', 'department', 'grantee', 'from_on', 'until_on', 'signed_by', 'accept_only_reason', 'revoked_on'],
    rowKey: 'number',
    creates: [{ operation: 'POST /api/authorisation-letters' }],
    actions: [{ operation: 'POST /api/authorisation-letters/{number}/revocation', shown: (row) => !row['revoked_on'], danger: true }],
  },
  ending: {
    title: ['将到期的授权书', 'Letters about to end'],
    list: 'GET /api/authorisation-letters/ending',
    columns: ['number', 'department', 'grantee', 'from_on', 'until_on'],
    rowKey: 'number',
  },
  authority: {
    title: ['权限', 'Powers'],
    list: 'GET /api/authority',
    columns: ['item', 'department', 'grantee', 'powers', 'letter', 'from_on', 'until_on'],
    rowKey: 'letter',
  },
  seals: {
    title: ['审批专用章', 'Seals'],
    list: 'GET /api/seals',
    columns: ['number', 'impression', 'department', 'keeper', 'state', 'uses'],
    rowKey: 'number',
    creates: [{ operation: 'POST /api/seals' }],
    events: {
      operation: 'GET /api/seals/{number}/uses',
      parameters: (row) => ({ number: row['number'] }),
      columns: ['sequence', 'at', 'case_number', 'document', 'used_by'],
    },
    actions: [
      { operation: 'POST /api/seals/{number}/hand-over' },
      { operation: 'POST /api/seals/{number}/retirement', danger: true },
    ],
  },
  calendar: {
    title: ['放假安排', 'Holidays'],
    list: 'GET /api/holiday-arrangements',
    columns: ['id', 'year', 'notices', 'proposed_by', 'proposed_at', 'confirmed_by', 'confirmed_at'],
    rowKey: 'id',
    creates: [
      { operation: 'POST /api/holiday-arrangements/preview', reads: true },
      { operation: 'POST /api/holiday-arrangements' },
    ],
    actions: [
      {
        operation: 'POST /api/holiday-arrangements/{arrangement}/confirmation',
        parameters: (row) => ({ arrangement: row['id'] }),
        shown: (row) => !row['confirmed_at'],
      },
    ],
  },
  rules: {
    title: ['规章制度', 'Rule documents'],
    list: 'GET /api/rule-documents',
    columns: ['number', 'title', 'drafted_by', 'drafted_at'],
    rowKey: 'number',
    events: {
      operation: 'GET /api/rule-documents/{number}/events',
      parameters: (row) => ({ number: row['number'] }),
      columns: ['state', 'from_on', 'by'],
    },
    actions: [
      { operation: 'POST /api/rule-documents/{number}/citations' },
      { operation: 'POST /api/rule-documents/{number}/repeal', danger: true },
    ],
  },
  visits: {
    title: ['领导走访', 'Leaders\u2019 visits'],
    list: 'GET /api/hall-visits',
    columns: ['day', 'leader', 'department', 'people', 'problem', 'solution', 'owner', 'due_on', 'result', 'closed_on'],
    rowKey: 'id',
    creates: [{ operation: 'POST /api/hall-visits' }],
    actions: [{ operation: 'POST /api/hall-visits/{visit}/result', parameters: (row) => ({ visit: row['id'] }), shown: (row) => !row['closed_on'] }],
  },
  inner: {
    title: ['部门内部环节', 'Inner steps'],
    list: 'GET /api/inner-processes',
    columns: ['department', 'item', 'days', 'promised_days', 'doubled', 'entered_by', 'at'],
    rowKey: 'item',
    creates: [{ operation: 'POST /api/inner-processes' }],
  },
  external: {
    title: ['外部办件', 'Cases of other systems'],
    list: 'GET /api/external-cases',
    columns: ['number', 'system', 'department', 'item_code', 'applicant', 'received_at', 'decided_at', 'outcome', 'entered_by', 'entered_at'],
    rowKey: 'number',
    creates: [{ operation: 'POST /api/external-cases/permits' }, { operation: 'POST /api/external-cases' }],
  },
  meetings: {
    title: ['联席会议', 'Joint meetings'],
    list: 'GET /api/meetings',
    columns: ['number', 'quarter', 'place', 'held_on', 'status', 'convened_by', 'signed_by', 'closed_at'],
    rowKey: 'number',
    actions: [{ operation: 'GET /api/meetings/{number}', label: ['查看', 'Read'] }],
  },
  accounts: {
    title: ['账号', 'Accounts'],
    list: 'GET /api/accounts',
    columns: ['id', 'name', 'roles', 'groups', 'disabled'],
    rowKey: 'id',
    creates: [{ operation: 'POST /api/accounts' }],
    actions: [
      {
        operation: 'POST /api/accounts/{account}/powers',
        parameters: (row) => ({ account: row['id'] }),
        initial: (row) => ({ roles: row['roles'], groups: row['groups'] }),
      },
      { operation: 'POST /api/accounts/{account}/password', parameters: (row) => ({ account: row['id'] }) },
      { operation: 'POST /api/accounts/{account}/disabling', parameters: (row) => ({ account: row['id'] }), shown: (row) => !row['disabled'], danger: true },
      { operation: 'POST /api/accounts/{account}/enabling', parameters: (row) => ({ account: row['id'] }), shown: (row) => row['disabled'] === true },
    ],
  },
}
