/** What an installation has that a model may name. */
import { ask } from '@/api/client'
import { definitions } from './publishing'

export interface Known {
  forms: string[]
  decisions: string[]
  processes: string[]
  operators: { id: string; parameters: string[] | null }[]
}

export const NOTHING_KNOWN: Known = { forms: [], decisions: [], processes: [], operators: [] }

export async function whatIsKnown(): Promise<Known> {
  const keys = async (kind: 'form' | 'decision' | 'process'): Promise<string[]> =>
    (await definitions(kind)).map(({ key }) => key ?? '').sort()
  const [forms, decisions, processes, operators] = await Promise.all([
    keys('form'),
    keys('decision'),
    keys('process'),
    ask<{ items: Known['operators'] }>('GET', '/api/operators'),
  ])
  return { forms, decisions, processes, operators: operators.items }
}
