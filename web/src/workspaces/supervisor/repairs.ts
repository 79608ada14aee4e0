/** What a supervisor can do about a stuck case, and what is sent for it. */
import type { Row } from '@/parts/register'

export interface Repair {
  code: string
  name: string
  /** Where it is posted; null for what is not done here. */
  address: string | null
}

export interface Stuck {
  id: string
  subject: string
  instance_id: string
  instance_version: number
  business_key: string | null
  /** Of the case file, where there is one. */
  case_number: string | null
  item_name: string | null
  applicant_name: string | null
  process_name: string
  process_key: string | null
  root_process_key: string
  element_id: string | null
  element_name: string | null
  reason: string
  code: string
  sentence: string
  since: string
  repairs: Repair[]
}

export const ASKED: Record<string, readonly string[]> = {
  reassign: ['assignee'],
  'move-token': ['token_id', 'element_id'],
  'set-variables': ['variables'],
  'send-message': ['message', 'correlation_key'],
}
const WITHOUT_REASON = new Set(['send-message'])

/** Repairs that need nothing but a reason, or the same for all: those can be done for many. */
const FOR_MANY = new Set(['retry', 'acknowledge', 'resume', 'cancel', 'reassign'])

/** What can be done for all of the chosen. */
export function sharedRepairs(chosen: readonly Stuck[]): Repair[] {
  const [first, ...others] = chosen
  return (first?.repairs ?? []).filter(
    ({ code, address }) => address !== null && FOR_MANY.has(code) && others.every((one) => one.repairs.some((repair) => repair.code === code)),
  )
}

export function bodyOf(code: string, reason: string, asked: Row): Row {
  const given = Object.fromEntries((ASKED[code] ?? []).map((name) => [name, asked[name]]))
  return WITHOUT_REASON.has(code) ? given : { ...given, reason }
}

/** The names of variables that differ between what a case knows and what was written. */
export function changedNames(before: Row, after: Row): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

/** Only what differs is sent. */
export function changedOnly(before: Row, after: Row): Row {
  return Object.fromEntries(changedNames(before, after).map((name) => [name, after[name] ?? null]))
}
