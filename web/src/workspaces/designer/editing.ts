/** What the three editors have in common: check, publish, and work that is kept until it is published. */
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { onBeforeRouteLeave, useRouter } from 'vue-router'
import { Problem } from '@/api/problem'
import { useSession } from '@/session/session'
import { submit, type Finding, type Kind } from './publishing'
import { forgetUnpublished, keepUnpublished, unpublished, type Unpublished } from './unpublished'

export interface Written {
  file: string
  content: string
}

/** Milliseconds without a change before the work is kept, and before the check runs. */
const KEEP = 400
const QUIET = 1200

export type Editing = ReturnType<typeof useEditing>

/** ``written`` says what the editor holds; ``open`` shows what is published, or what was kept. */
export function useEditing(kind: Kind, id: () => string, written: () => Promise<Written>, open: (kept?: string) => Promise<void>, found?: () => void) {
  const account = useSession().account?.id ?? ''
  const router = useRouter()
  const place = (): string => `${kind}.${id() || 'new'}`
  const opened = ref(false)
  const changed = ref(false)
  const findings = ref<Finding[] | null>(null)
  const publishing = ref<Written | null>(null)
  const problem = ref<Problem | null>(null)
  const kept = ref<Unpublished | null>(null)
  let current = id()
  let soon: ReturnType<typeof setTimeout> | undefined
  let later: ReturnType<typeof setTimeout> | undefined

  async function attempt(action: () => Promise<void>): Promise<void> {
    problem.value = null
    try {
      await action()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
    }
  }

  async function keep(): Promise<void> {
    clearTimeout(soon)
    soon = undefined
    keepUnpublished(account, place(), { at: new Date().toISOString(), xml: (await written()).content })
  }

  /** Something was changed: it is kept soon and checked a little later. */
  function touched(): void {
    changed.value = true
    clearTimeout(soon)
    clearTimeout(later)
    soon = setTimeout(() => void keep(), KEEP)
    later = setTimeout(() => void check(), QUIET)
  }

  async function check(): Promise<void> {
    clearTimeout(later)
    await attempt(async () => {
      const { file, content } = await written()
      findings.value = (await submit(file, content, { check: true })).findings
      found?.()
    })
  }

  async function publish(): Promise<void> {
    publishing.value = await written()
  }

  /** ``made`` is the new version, empty where nothing was new. */
  async function published(made: string): Promise<void> {
    clearTimeout(soon)
    soon = undefined
    publishing.value = null
    changed.value = false
    forgetUnpublished(account, place())
    current = made || current
    if (made) await router.replace({ name: `designer-${kind}`, params: { id: made } })
  }

  async function takeUp(): Promise<void> {
    const work = kept.value
    kept.value = null
    if (!work) return
    await attempt(() => open(work.xml))
    touched()
  }

  function discard(): void {
    kept.value = null
    forgetUnpublished(account, place())
  }

  function beforeUnload(event: BeforeUnloadEvent): void {
    if (soon !== undefined) event.preventDefault()
  }

  async function begin(): Promise<void> {
    current = id()
    opened.value = false
    findings.value = null
    kept.value = unpublished(account, place())
    await attempt(async () => {
      await open()
      changed.value = false
      opened.value = true
    })
  }

  onMounted(() => {
    window.addEventListener('beforeunload', beforeUnload)
    return begin()
  })
  watch(id, (now) => now !== current && begin())
  onBeforeRouteLeave(async () => {
    if (soon !== undefined) await keep()
  })
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', beforeUnload)
    clearTimeout(soon)
    clearTimeout(later)
  })

  return { kind, id, opened, changed, findings, publishing, problem, kept, touched, check, publish, published, takeUp, discard }
}
