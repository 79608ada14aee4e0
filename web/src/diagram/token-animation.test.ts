import { expect, it } from 'vitest'
import { along } from './token-animation'

it('a token is where the share of the whole way says', () => {
  const way = [{ x: 0, y: 0 }, { x: 30, y: 0 }, { x: 30, y: 10 }]
  expect([0, 0.5, 0.75, 1, 2].map((share) => along(way, share))).toEqual([
    { x: 0, y: 0 },
    { x: 20, y: 0 },
    { x: 30, y: 0 },
    { x: 30, y: 10 },
    { x: 30, y: 10 },
  ])
})
