import type { Workspace } from '../workspace'

/** 我的办件: what an applicant, or a town's agent, files and has to do. */
export const applicant: Workspace = {
  name: 'applicant',
  path: 'my',
  title: ['我的办件', 'My cases'],
  roles: ['applicant', 'agent'],
  pages: [
    { path: '', name: 'my-cases', title: ['办件与待办', 'Cases and tasks'], permission: 'case-read', component: () => import('./MyCases.vue') },
    { path: 'file', name: 'my-filing', title: ['提交申请', 'File an application'], permission: 'case-start', component: () => import('./FileApplication.vue') },
    { path: 'cases/:number', name: 'my-case', title: ['办件进度', 'Progress'], permission: 'case-read', component: () => import('./MyCase.vue') },
    { path: 'tasks/:task', name: 'my-task', title: ['待办', 'Task'], permission: 'task-work', component: () => import('./MyTask.vue') },
  ],
}
