/** How hot an element is: from nothing to the most of its process, in five steps. */
export interface Load {
  element_id: string
  open: number
  overdue: number
  incidents: number
  waiting_since: string | null
  done: number
  mean_minutes: number | null
}

export type Measure = 'open' | 'overdueTasks' | 'waiting' | 'mean'
export const MEASURES: readonly Measure[] = ['open', 'overdueTasks', 'waiting', 'mean']
export const STEPS = 5
const HOUR = 3_600_000

/** In hours where it is a time. */
export function valueOf(load: Load, measure: Measure, now: number): number {
  if (measure === 'open') return load.open
  if (measure === 'overdueTasks') return load.overdue
  if (measure === 'waiting') return load.waiting_since ? Math.round((now - Date.parse(load.waiting_since)) / HOUR) : 0
  return load.mean_minutes === null ? 0 : Math.round(load.mean_minutes / 6) / 10
}

/** 1 to STEPS by element; what is zero is not hot at all. */
export function heatOf(loads: readonly Load[], measure: Measure, now: number): Record<string, number> {
  const most = Math.max(0, ...loads.map((load) => valueOf(load, measure, now)))
  const hot = loads.filter((load) => valueOf(load, measure, now) > 0)
  return Object.fromEntries(hot.map((load) => [load.element_id, Math.ceil((valueOf(load, measure, now) / most) * STEPS)]))
}
