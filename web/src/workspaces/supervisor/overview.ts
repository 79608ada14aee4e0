/** The figures of the overview, from reports and counts. */
import type { UserTaskCounts } from '@/api/schema'

export interface WindowRow {
  window: string
  received: number
  decided: number
  open: number
}
export interface LightRow {
  window: string
  green: number
  yellow: number
  red: number
  grey: number
}
export interface ItemRow {
  item: string
  name: string
  received: number
}

export type FigureName = 'openCases' | 'received' | 'decided' | 'dueSoon' | 'overdue' | 'stuck'

export interface Overview {
  figures: { name: FigureName; value: string }[]
  windows: string[]
  lights: { name: 'green' | 'yellow' | 'red' | 'grey'; colour: string; values: number[] }[]
  items: string[]
  received: number[]
}

const MOST = 10
const COLOURS = { red: '#d33a2c', yellow: '#f0b429', green: '#2e9e5b', grey: '#9aa7b0' } as const

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Windows with the most red first, items with the most applications first; what is empty is left out. */
export function overviewOf(
  windows: readonly WindowRow[],
  lights: readonly LightRow[],
  items: readonly ItemRow[],
  counts: UserTaskCounts,
  stuck: number,
  more: boolean,
): Overview {
  const lit = lights.filter((row) => row.red + row.yellow + row.green + row.grey > 0).sort((a, b) => b.red - a.red || b.yellow - a.yellow)
  const asked = items.filter((row) => row.received > 0).sort((a, b) => b.received - a.received).slice(0, MOST)
  const tasks = (counts.by_light ?? {}) as Record<string, number>
  const figures: [FigureName, number][] = [
    ['openCases', sum(lights.map((row) => row.red + row.yellow + row.green + row.grey))],
    ['received', sum(windows.map((row) => row.received))],
    ['decided', sum(windows.map((row) => row.decided))],
    ['dueSoon', tasks['yellow'] ?? 0],
    ['overdue', tasks['red'] ?? 0],
  ]
  return {
    figures: [...figures.map(([name, value]) => ({ name, value: String(value) })), { name: 'stuck', value: `${stuck}${more ? '+' : ''}` }],
    windows: lit.map((row) => row.window),
    lights: (['red', 'yellow', 'green', 'grey'] as const).map((name) => ({ name, colour: COLOURS[name], values: lit.map((row) => row[name]) })),
    items: asked.map((row) => row.name),
    received: asked.map((row) => row.received),
  }
}
