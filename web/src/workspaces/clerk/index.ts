import type { Workspace } from '../workspace'

/** 办件工作台: the work list of a window, and a task with its form and its case. */
export const clerk: Workspace = {
  name: 'clerk',
  path: 'clerk',
  title: ['办件工作台', 'Cases'],
  roles: ['clerk', 'supervisor'],
  pages: [
    { path: '', name: 'clerk-tasks', title: ['待办', 'Work list'], permission: 'task-read', component: () => import('./WorkList.vue') },
  ],
}
