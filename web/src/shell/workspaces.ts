/** Which workspaces and pages this account sees. What it may do is the server's to say; this only hides what would be refused. */
import { computed, type ComputedRef } from 'vue'
import { useSession } from '@/session/session'
import { workspaces } from '@/workspaces'
import type { Page, Workspace } from '@/workspaces/workspace'

export function useWorkspaces(): { mine: ComputedRef<Workspace[]>; navigation: (workspace: Workspace) => Page[] } {
  const session = useSession()
  const mine = computed(() =>
    workspaces
      .filter(({ roles, groups = [] }) => roles.some((role) => session.account?.roles?.includes(role)) || groups.some((group) => session.account?.groups?.includes(group)))
      .map((workspace) => ({ ...workspace, pages: workspace.pages.filter((page) => session.may(page.permission)) }))
      .filter((workspace) => workspace.pages.length > 0),
  )
  const navigation = (workspace: Workspace): Page[] => workspace.pages.filter((page) => !page.path.includes(':'))
  return { mine, navigation }
}
