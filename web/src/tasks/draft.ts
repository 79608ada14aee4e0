/** What is entered into a task's form is kept by itself, a moment after the last change, one save at a time. */
import { onBeforeUnmount, ref, type Ref } from 'vue'
import { client } from '@/api/client'
import { Problem } from '@/api/problem'

export const PAUSE = 1500
export type DraftState = 'none' | 'unsaved' | 'saving' | 'saved'

export interface Draft {
  state: Ref<DraftState>
  savedAt: Ref<string>
  /** Something was entered. */
  changed: (variables: Record<string, unknown>) => void
  /** Save at once what is not saved. */
  flush: () => Promise<void>
  /** The task was completed: nothing is to be kept any more. */
  drop: () => void
}

/** `save` may fail by a Problem; then the next change tries again. */
export function useDraft(save: (variables: Record<string, unknown>) => Promise<void>): Draft {
  const state = ref<DraftState>('none')
  const savedAt = ref('')
  let waiting: Record<string, unknown> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let under: Promise<void> | undefined

  function changed(variables: Record<string, unknown>): void {
    waiting = variables
    state.value = 'unsaved'
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), PAUSE)
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    await under
    if (!waiting) return
    const content = waiting
    waiting = null
    state.value = 'saving'
    under = save(content).then(
      () => {
        savedAt.value = new Date().toISOString()
        if (!waiting) state.value = 'saved'
      },
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error
        waiting ??= content
        state.value = 'unsaved'
      },
    )
    await under
  }

  function drop(): void {
    clearTimeout(timer)
    waiting = null
    state.value = 'none'
  }

  onBeforeUnmount(() => void flush())
  return { state, savedAt, changed, flush, drop }
}

/** Keep the draft of a task on the server. */
export async function saveDraft(taskId: string, variables: Record<string, unknown>): Promise<void> {
  await client.PUT('/api/user-tasks/{task_id}/draft', { params: { path: { task_id: taskId } }, body: { variables } })
}
