import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { i18n, say } from './language/language'
import { useSession } from './session/session'
import { workspaces } from './workspaces'

const pages: RouteRecordRaw[] = workspaces.flatMap((workspace) =>
  workspace.pages.map((page) => ({
    path: `/${workspace.path}${page.path && `/${page.path}`}`,
    name: page.name,
    component: page.component,
    props: page.props ? (route) => ({ ...route.params, ...page.props }) : true,
    meta: { workspace, page },
  })),
)

export const router = createRouter({
  history: createWebHistory('/app/'),
  routes: [
    { path: '/', name: 'home', component: () => import('./shell/HomePage.vue') },
    { path: '/login', name: 'login', component: () => import('./session/LoginPage.vue') },
    ...pages,
    { path: '/:address(.*)*', name: 'missing', component: () => import('./shell/MissingPage.vue') },
  ],
})

router.beforeEach((to) => {
  const session = useSession()
  if (to.name !== 'login' && !session.current) return { name: 'login', query: { next: to.fullPath } }
  return true
})

router.afterEach((to) => {
  const title = to.meta.page ? `${say(to.meta.page.title)} · ` : ''
  document.title = `${title}${i18n.global.t('product')}`
})

declare module 'vue-router' {
  interface RouteMeta {
    workspace?: (typeof workspaces)[number]
    page?: (typeof workspaces)[number]['pages'][number]
  }
}
