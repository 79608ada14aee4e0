import { expect, it } from 'vitest'
import { loadNewerVersion } from './newer-version'

it('reloads once when files are gone, and not in a circle', () => {
  let reloads = 0
  let clock = 1_000_000
  sessionStorage.clear()
  loadNewerVersion(() => (reloads += 1), () => clock)
  const gone = (): boolean => window.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
  expect(gone()).toBe(false)
  clock += 1_000
  expect(gone()).toBe(true)
  expect(reloads).toBe(1)
  clock += 60_000
  gone()
  expect(reloads).toBe(2)
})
