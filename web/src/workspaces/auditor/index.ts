import type { Workspace } from '../workspace'

/** 审计: any case replayed, the audit log, the chains computed again. */
export const auditor: Workspace = {
  name: 'auditor',
  path: 'auditor',
  title: ['审计', 'Audit'],
  roles: ['auditor'],
  pages: [
    { path: '', name: 'auditor-cases', title: ['办件', 'Cases'], permission: 'case-history', component: () => import('./CaseSearch.vue') },
    { path: 'instances', name: 'auditor-instances', title: ['流程实例', 'Instances'], permission: 'case-read', component: () => import('./InstanceSearch.vue') },
    { path: 'log', name: 'auditor-log', title: ['审计日志', 'Audit log'], permission: 'audit-read', component: () => import('./AuditLog.vue') },
    { path: 'verification', name: 'auditor-verification', title: ['核验', 'Verification'], permission: 'audit-read', component: () => import('./VerificationPage.vue') },
    { path: 'replay/:instance', name: 'auditor-replay', title: ['重演', 'Replay'], permission: 'case-history', component: () => import('./ReplayPage.vue') },
  ],
}
