import { describe, expect, it } from 'vitest'
import { overviewOf } from './overview'

const light = (window: string, red: number, green: number) => ({ window, red, yellow: 0, green, grey: 0 })

describe('the overview', () => {
  const overview = overviewOf(
    [{ window: 'a', received: 3, decided: 1, open: 9 }, { window: 'b', received: 2, decided: 0, open: 1 }],
    [light('a', 0, 4), light('empty', 0, 0), light('b', 2, 1)],
    [{ item: 'X-1', name: 'few', received: 1 }, { item: 'X-2', name: 'many', received: 8 }, { item: 'X-3', name: 'none', received: 0 }],
    { total: 9, by_light: { red: 5, yellow: 2 }, by_group: {} },
    100,
    true,
  )

  it('adds up windows and says when there is more than was counted', () => {
    expect(overview.figures.map((figure) => figure.value)).toEqual(['7', '5', '1', '2', '5', '100+'])
  })

  it('puts the reddest window and the most wanted item first and leaves out what is empty', () => {
    expect(overview.windows).toEqual(['b', 'a'])
    expect(overview.lights[0]?.values).toEqual([2, 0])
    expect(overview.items).toEqual(['many', 'few'])
  })
})
