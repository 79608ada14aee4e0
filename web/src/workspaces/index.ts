/** All workspaces, in the order of the bar. */
import type { Workspace } from './workspace'
import { administration } from './administration'
import { applicant } from './applicant'
import { auditor } from './auditor'
import { clerk } from './clerk'
import { designer } from './designer'
import { money } from './money'
import { supervisor } from './supervisor'

export const workspaces: readonly Workspace[] = [clerk, money, supervisor, designer, auditor, administration, applicant]
