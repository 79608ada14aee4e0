import { describe, expect, it } from 'vitest'
import { useCommand } from './command'
import { Problem } from './problem'

describe('useCommand', () => {
  it('acts once when it is pressed twice', async () => {
    let acted = 0
    let finish = (): void => undefined
    const command = useCommand(async () => {
      acted += 1
      await new Promise<void>((resolve) => (finish = resolve))
      return acted
    })
    const first = command.run()
    const second = command.run()
    finish()
    expect(await second).toBeUndefined()
    expect(await first).toBe(1)
  })

  it('keeps its key while nobody knows whether it was done, and takes a new one afterwards', async () => {
    const keys: string[] = []
    const failures = [new Problem('connection-lost', 0, ''), new Problem('form-invalid', 422, ''), null]
    const command = useCommand(async (headers) => {
      keys.push(headers['Idempotency-Key'])
      const failure = failures.shift()
      if (failure) throw failure
    })
    for (let press = 0; press < 4; press += 1) await command.run()
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[1])
    expect(keys[3]).not.toBe(keys[2])
  })

  it('takes a new key for other content, even after a lost connection', async () => {
    const keys: string[] = []
    const command = useCommand(async (headers, given: string) => {
      keys.push(headers['Idempotency-Key'])
      throw new Problem('connection-lost', 0, given)
    })
    await command.run('one')
    await command.run('two')
    expect(keys[1]).not.toBe(keys[0])
    expect(command.problem.value?.message).toBe('two')
  })
})
