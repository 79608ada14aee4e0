/** Tokens that run along the sequence flows they took. */
import type NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'

interface Point {
  x: number
  y: number
}
interface Canvas {
  getLayer: (name: string, index?: number) => SVGGElement
}
interface Registry {
  get: (id: string) => { waypoints?: Point[] } | undefined
}

const DURATION = 600
const SVG = 'http://www.w3.org/2000/svg'

/** The place on a line of points after a share of its length. */
export function along(points: readonly Point[], share: number): Point {
  const lengths = points.slice(1).map((point, index) => Math.hypot(point.x - (points[index] as Point).x, point.y - (points[index] as Point).y))
  let left = lengths.reduce((sum, length) => sum + length, 0) * Math.min(Math.max(share, 0), 1)
  for (const [index, length] of lengths.entries()) {
    const from = points[index] as Point
    const to = points[index + 1] as Point
    if (left <= length && length > 0) return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length }
    left -= length
  }
  return points.at(-1) as Point
}

/** Let a token run along each flow; whoever asked for less motion sees none of it. */
export function runTokens(viewer: NavigatedViewer, flows: readonly string[]): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const registry = viewer.get<Registry>('elementRegistry')
  const layer = viewer.get<Canvas>('canvas').getLayer('tokens', 1)
  for (const flow of flows) {
    const points = registry.get(flow)?.waypoints
    if (points && points.length > 1) run(layer, points)
  }
}

function run(layer: SVGGElement, points: readonly Point[]): void {
  const token = document.createElementNS(SVG, 'circle')
  token.setAttribute('r', '9')
  token.setAttribute('class', 'running-token')
  layer.appendChild(token)
  const begun = performance.now()
  const draw = (now: number): void => {
    const share = (now - begun) / DURATION
    const place = along(points, share)
    token.setAttribute('cx', String(place.x))
    token.setAttribute('cy', String(place.y))
    if (share < 1 && token.isConnected) requestAnimationFrame(draw)
    else token.remove()
  }
  requestAnimationFrame(draw)
}
