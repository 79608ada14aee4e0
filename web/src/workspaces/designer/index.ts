import type { Workspace } from '../workspace'

/** 流程设计: models, decisions and forms are drawn, checked, compared and published. */
export const designer: Workspace = {
  name: 'designer',
  path: 'designer',
  title: ['流程设计', 'Design'],
  roles: ['designer'],
  pages: [
    { path: '', name: 'designer-models', title: ['模型', 'Models'], permission: 'deploy', component: () => import('./ModelList.vue') },
    { path: 'new', name: 'designer-new', title: ['新建流程', 'New process'], permission: 'deploy', component: () => import('./ModelEditor.vue') },
    { path: 'process/:id', name: 'designer-process', title: ['编辑流程', 'Edit a process'], permission: 'deploy', component: () => import('./ModelEditor.vue') },
    { path: 'decision/:id', name: 'designer-decision', title: ['编辑决策', 'Edit a decision'], permission: 'deploy', component: () => import('./DecisionEditor.vue') },
    { path: 'form/:id', name: 'designer-form', title: ['编辑表单', 'Edit a form'], permission: 'deploy', component: () => import('./FormEditor.vue') },
    { path: 'compare/:id', name: 'designer-compare', title: ['比较版本', 'Compare versions'], permission: 'deploy', component: () => import('./ComparePage.vue') },
  ],
}
