/** What of our dialect (docs/dialect.md) an element of a diagram says, read and written; everything else in it stays as it is. */
import { say, type Pair } from '@/language/language'
import descriptor from './dialect.json'
import table from './settings.json'

export const EXTENSIONS = { spiffworkflow: descriptor }

/** A node of the BPMN file as bpmn-moddle gives it. */
export interface Node {
  $type: string
  id?: string
  name?: string
  extensionElements?: Node
  values?: Node[]
  parameters?: Node[]
  parameterList?: Node
  value?: string
  type?: string
  resultVariable?: string
  body?: string
  conditionExpression?: Node
  eventDefinitions?: Node[]
  timeDate?: Node
  timeDuration?: Node
  timeCycle?: Node
  calledElement?: string
  loopCharacteristics?: Node
  completionCondition?: Node
  processRef?: Node
  participants?: Node[]
  documentation?: Node[]
  text?: string
  [name: string]: unknown
}

export interface Factory {
  create: (type: string, attributes?: object) => Node
}

export interface Parameter {
  id: string
  value: string
}

export interface Setting {
  name: string
  label: Pair
  hint: string
}

const TABLE: { settings: Record<string, { zh: string; en: string; hint: string }>; elements: Record<string, string[]>; each: string[] } = table

/** What the dialect knows of an element, with what it knows of one that is done once for each. */
export function settingsOf(node: Node): Setting[] {
  const names = [...(TABLE.elements[node.$type] ?? []), ...(repeats(node) ? TABLE.each : [])]
  return names.map((name) => {
    const { zh = name, en = name, hint = '' } = TABLE.settings[name] ?? {}
    return { name, label: [zh, en], hint }
  })
}

/** Whether an activity is done once for each of a collection. */
export function repeats(node: Node): boolean {
  return node.loopCharacteristics?.$type === 'bpmn:MultiInstanceLoopCharacteristics'
}

function extension(node: Node, type: string): Node | undefined {
  return node.extensionElements?.values?.find((one) => one.$type === type)
}

export function setting(node: Node, name: string): string {
  return extension(node, 'spiffworkflow:Properties')?.values?.find((one) => one.name === name)?.value ?? ''
}

/** The extension elements with a setting changed; an empty value takes it away. */
export function withSetting(node: Node, name: string, value: string, factory: Factory): Node {
  const before = extension(node, 'spiffworkflow:Properties')?.values ?? []
  const kept = before.filter((one) => one.name !== name)
  const changed = value ? [...kept, factory.create('spiffworkflow:Property', { name, value })] : kept
  return replaced(node, 'spiffworkflow:Properties', changed.length > 0 ? factory.create('spiffworkflow:Properties', { values: changed }) : null, factory)
}

export function operator(node: Node): { id: string; resultVariable: string; parameters: Parameter[] } {
  const found = extension(node, 'spiffworkflow:ServiceTaskOperator')
  const parameters = found?.parameterList?.parameters ?? []
  return {
    id: found?.id ?? '',
    resultVariable: found?.resultVariable ?? '',
    parameters: parameters.map((one) => ({ id: one.id ?? '', value: one.value ?? '' })),
  }
}

export function withOperator(node: Node, wanted: { id: string; resultVariable: string; parameters: Parameter[] }, factory: Factory): Node {
  const parameters = wanted.parameters.map(({ id, value }) => factory.create('spiffworkflow:Parameter', { id, type: 'string', value }))
  const made = factory.create('spiffworkflow:ServiceTaskOperator', {
    id: wanted.id,
    ...(wanted.resultVariable && { resultVariable: wanted.resultVariable }),
    parameterList: factory.create('spiffworkflow:Parameters', { parameters }),
  })
  return replaced(node, 'spiffworkflow:ServiceTaskOperator', wanted.id ? made : null, factory)
}

function replaced(node: Node, type: string, made: Node | null, factory: Factory): Node {
  const others = (node.extensionElements?.values ?? []).filter((one) => one.$type !== type)
  return factory.create('bpmn:ExtensionElements', { values: made ? [...others, made] : others })
}

export type TimerKind = 'timeDate' | 'timeDuration' | 'timeCycle'
export const TIMER_KINDS: readonly TimerKind[] = ['timeDate', 'timeDuration', 'timeCycle']

export function timer(node: Node): { definition: Node; kind: TimerKind; body: string } | null {
  const definition = node.eventDefinitions?.find((one) => one.$type === 'bpmn:TimerEventDefinition')
  if (!definition) return null
  const kind = TIMER_KINDS.find((one) => definition[one]) ?? 'timeDuration'
  return { definition, kind, body: definition[kind]?.body ?? '' }
}

/** The process that a pool or the whole drawing stands for; else the element itself. */
export function meant(node: Node): Node {
  return node.processRef ?? node.participants?.find((one) => one.processRef)?.processRef ?? node
}

/** All an element says, for people to read, in the order of the panel. ``word`` says what the panel calls a thing. */
export function facts(node: Node, word: (key: string) => string): [label: string, value: string][] {
  const service = node.$type === 'bpmn:ServiceTask' ? operator(node) : null
  const found: [string, string | undefined][] = [
    [word('name'), node.name],
    [word('documentation'), documentation(node)],
    [word('condition'), node.conditionExpression?.body],
    [word('calledElement'), node.calledElement],
    [word('timer'), timer(node)?.body],
    [word('operator'), service?.id],
    ...(service?.parameters ?? []).map(({ id, value }): [string, string] => [id, value]),
    [word('resultVariable'), service?.resultVariable],
    [word('completionCondition'), node.loopCharacteristics?.completionCondition?.body],
    ...settingsOf(node).map(({ name, label }): [string, string] => [say(label), setting(node, name)]),
  ]
  return found.map(([label, value]) => [label, value ?? ''])
}

export function documentation(node: Node): string {
  return node.documentation?.[0]?.text ?? ''
}

export interface Change {
  label: string
  before: string
  after: string
}

/** What an element said before and says now, where that is not the same. */
export function changesOf(before: Node, after: Node, word: (key: string) => string): Change[] {
  const was = new Map(facts(before, word))
  const is = new Map(facts(after, word))
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((label) => ({ label, before: was.get(label) ?? '', after: is.get(label) ?? '' }))
    .filter((one) => one.before !== one.after)
}
