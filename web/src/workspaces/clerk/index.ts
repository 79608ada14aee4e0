import type { Workspace } from '../workspace'

/** 办件工作台: the work list of a window, a task with its form and its case, and filing at the window. */
export const clerk: Workspace = {
  name: 'clerk',
  path: 'clerk',
  title: ['办件工作台', 'Cases'],
  roles: ['clerk', 'supervisor'],
  pages: [
    { path: '', name: 'clerk-tasks', title: ['待办', 'Work list'], permission: 'task-work', component: () => import('./WorkList.vue') },
    { path: 'file', name: 'clerk-file', title: ['窗口收件', 'File'], permission: 'prefill', component: () => import('./FileAtWindow.vue') },
    { path: 'cases', name: 'clerk-cases', title: ['办件', 'Cases'], permission: 'case-history', component: () => import('./CaseList.vue') },
    { path: 'tasks/:task', name: 'clerk-task', title: ['办理', 'Task'], permission: 'task-work', component: () => import('./TaskPage.vue') },
    { path: 'cases/:number', name: 'clerk-case', title: ['办件详情', 'Case'], permission: 'case-history', component: () => import('./CasePage.vue') },
  ],
}
