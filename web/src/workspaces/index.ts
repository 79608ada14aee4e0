/** All workspaces, in the order of the bar. */
import type { Workspace } from './workspace'
import { applicant } from './applicant'
import { auditor } from './auditor'
import { clerk } from './clerk'

export const workspaces: readonly Workspace[] = [clerk, auditor, applicant]
