/** One thing a user does: never twice by a double click, and safe to try again when the answer did not arrive. */
import { ref, type Ref } from 'vue'
import { commandKey } from './client'
import { Problem } from './problem'

export interface Command<Arguments extends unknown[], Result> {
  /** Do it; undefined when it was refused or is still under way. What was refused is in `problem`. */
  run: (...given: Arguments) => Promise<Result | undefined>
  busy: Ref<boolean>
  problem: Ref<Problem | null>
}

/**
 * The action gets a key that stays the same until the server has answered: pressing again after a lost connection repeats the
 * command and does not give a second one.
 */
export function useCommand<Arguments extends unknown[], Result>(
  action: (headers: { 'Idempotency-Key': string }, ...given: Arguments) => Promise<Result>,
): Command<Arguments, Result> {
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  let key = commandKey()
  let last = ''

  async function run(...given: Arguments): Promise<Result | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = null
    const content = JSON.stringify(given)
    if (content !== last) key = commandKey()
    last = content
    try {
      const result = await action({ 'Idempotency-Key': key }, ...given)
      key = commandKey()
      return result
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
      if (!error.passing) key = commandKey()
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { run, busy, problem }
}
