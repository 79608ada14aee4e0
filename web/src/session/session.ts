/** Who is logged in, and what he may do. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { answer, client } from '@/api/client'
import { Problem } from '@/api/problem'
import type { Session } from '@/api/schema'

export const useSession = defineStore('session', () => {
  const current = ref<Session | null>(null)
  const expired = ref(false)
  let waiting: (() => void)[] = []

  const account = computed(() => current.value?.account)
  const permissions = computed(() => new Set(current.value?.permissions ?? []))

  /** Take up the login that the browser already has, if there is one. */
  async function resume(): Promise<void> {
    try {
      current.value = await answer(client.GET('/api/session'))
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error
      current.value = null
    }
  }

  async function logIn(name: string, password: string): Promise<void> {
    current.value = await answer(client.POST('/api/session', { body: { account: name, password } }))
    expired.value = false
    const goOn = waiting
    waiting = []
    goOn.forEach((resolve) => resolve())
  }

  async function logOut(): Promise<void> {
    await client.DELETE('/api/session')
    current.value = null
  }

  /** Resolves when the user has logged in again; the login dialog is over the page until then. */
  function loginAgain(): Promise<void> {
    expired.value = true
    return new Promise((resolve) => waiting.push(resolve))
  }

  function may(permission: string | undefined): boolean {
    return permission === undefined || permission === 'public' || permissions.value.has(permission)
  }

  return { current, account, permissions, expired, resume, logIn, logOut, loginAgain, may }
})
