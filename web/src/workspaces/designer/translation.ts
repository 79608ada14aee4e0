/** The drawing tools of bpmn.io in the reader's language. A sentence that is not in our table stays English. */
import { language } from '@/language/language'
import { CHINESE, TYPES } from './drawing-words'

/** What BPMN calls an element of that type. */
export function typeName(type: string): string {
  const bare = type.replace('bpmn:', '')
  return language.value === 'zh' ? (TYPES[bare] ?? bare) : bare
}

/** The module bpmn-js and dmn-js ask for every sentence. */
export function translation(): object {
  const translate = (text: string, parts: Record<string, string> = {}): string => {
    const said = language.value === 'zh' ? (CHINESE[text] ?? text) : text
    return said.replace(/{([^}]+)}/g, (whole, name: string) => parts[name] ?? whole)
  }
  return { translate: ['value', translate] }
}
