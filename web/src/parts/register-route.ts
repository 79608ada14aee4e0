/** A page of a workspace that is nothing but a register: the page and the workspace's registers are loaded when it is opened. */
import { defineComponent, h, type Component } from 'vue'
import type { Register } from './register'

export type Registers = Record<string, Register>

export function registerRoute(load: () => Promise<{ registers: Registers }>, name: string): () => Promise<Component> {
  return async () => {
    const [{ default: RegisterPage }, { registers }] = await Promise.all([import('./RegisterPage.vue'), load()])
    const register = registers[name]
    if (!register) throw new Error(`There is no register ${name}`)
    return defineComponent({ name: `Register-${name}`, setup: () => () => h(RegisterPage, { register }) })
  }
}
