/** What a workspace tells the shell about itself. Its pages are loaded when they are opened. */
import type { RouteRecordRaw } from 'vue-router'
import type { Pair } from '@/language/language'

export interface Page {
  /** Below the workspace's path; '' is its first page. A page with a parameter is not in the navigation. */
  path: string
  /** Unique among all workspaces. */
  name: string
  title: Pair
  /** The heading it stands under in the navigation; pages of one section stand together. */
  section?: Pair
  /** Who does not have it does not see the page; the server refuses him as well. */
  permission?: string
  component: NonNullable<RouteRecordRaw['component']>
  /** Given to the component. */
  props?: Record<string, unknown>
}

export interface Workspace {
  name: string
  path: string
  title: Pair
  /** Roles that work here; others do not see it. */
  roles: readonly string[]
  /** Groups that work here whatever their roles are. */
  groups?: readonly string[]
  pages: readonly Page[]
}
