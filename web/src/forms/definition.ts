/** A form definition as form-js takes it, in the language that is spoken. */
import type { Language } from '@/language/language'

export interface Component {
  id?: string
  type: string
  key?: string
  path?: string
  label?: string
  text?: string
  properties?: Record<string, string>
  values?: { label: string; labelEn?: string; value: unknown }[]
  components?: Component[]
  [more: string]: unknown
}

export interface Definition {
  id?: string
  title?: string
  properties?: Record<string, string>
  components?: Component[]
  [more: string]: unknown
}

/** The definition with its labels in that language; what has no English keeps its Chinese. */
export function spoken(definition: Definition, language: Language): Definition {
  return language === 'zh' ? definition : { ...definition, components: (definition.components ?? []).map(inEnglish) }
}

function inEnglish(component: Component): Component {
  const { labelEn, textEn } = component.properties ?? {}
  return {
    ...component,
    ...(labelEn && { label: labelEn }),
    ...(textEn && { text: textEn }),
    ...(component.values && { values: component.values.map((one) => ({ ...one, label: one.labelEn ?? one.label })) }),
    ...(component.components && { components: component.components.map(inEnglish) }),
  }
}

/** What the form is called. */
export function titleOf(definition: Definition, language: Language): string {
  return (language === 'en' && definition.properties?.['titleEn']) || definition.title || ''
}
