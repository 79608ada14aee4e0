/** What the elements of a diagram are marked with, from the state of a case. */
import type { ElementState } from '@/api/schema'

export type Marker = 'incident' | 'active' | 'done' | 'canceled'

/** The one that matters most; none for an element that was never reached. */
export function markerOf(state: ElementState): Marker | null {
  if (state.incident) return 'incident'
  if (state.active) return 'active'
  if (state.done) return 'done'
  return state.canceled ? 'canceled' : null
}

/** Elements with their markers, what matters most first. */
export function marked(elements: Record<string, ElementState>): { id: string; marker: Marker; state: ElementState }[] {
  const order: Marker[] = ['incident', 'active', 'done', 'canceled']
  return Object.entries(elements)
    .flatMap(([id, state]) => {
      const marker = markerOf(state)
      return marker ? [{ id, marker, state }] : []
    })
    .sort((left, right) => order.indexOf(left.marker) - order.indexOf(right.marker))
}
