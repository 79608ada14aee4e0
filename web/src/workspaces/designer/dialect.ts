/** What of our dialect (docs/dialect.md) an element of a diagram says, read and written; everything else in it stays as it is. */
import type { Pair } from '@/language/language'
import descriptor from './dialect.json'

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

const FORM: Setting = { name: 'formKey', label: ['表单', 'Form'], hint: 'decision_draft' }
const RESULT: Setting = { name: 'resultVariable', label: ['结果变量', 'Result variable'], hint: 'draft' }
const CANDIDATES: Setting = { name: 'candidateGroups', label: ['候选组', 'Candidate groups'], hint: '=department.group' }
const SEPARATE: Setting = { name: 'separateFrom', label: ['不得与其同一人', 'Not by who did'], hint: 'record' }
const CLOCK: Setting = { name: 'clock', label: ['时钟', 'Clock'], hint: 'calendar' }
const CORRELATION: Setting = { name: 'correlationKey', label: ['关联值', 'Correlation key'], hint: '=receipt.number' }
const INPUTS: Setting = { name: 'inputs', label: ['传入', 'Inputs'], hint: 'item; receipt' }
const OUTPUTS: Setting = { name: 'outputs', label: ['传出', 'Outputs'], hint: 'decision' }

/** What the dialect knows of each kind of element. */
export const SETTINGS: Record<string, readonly Setting[]> = {
  'bpmn:UserTask': [
    FORM,
    { name: 'assignee', label: ['办理人', 'Assignee'], hint: '=visit.leader' },
    CANDIDATES,
    { name: 'dueDate', label: ['到期时间', 'Due date'], hint: '=limits.promised.due_at' },
    { name: 'limit', label: ['环节时限', 'Limit of the step'], hint: 'P3D' },
    CLOCK,
    SEPARATE,
    RESULT,
  ],
  'bpmn:ManualTask': [CANDIDATES, SEPARATE],
  'bpmn:BusinessRuleTask': [{ name: 'calledDecisionId', label: ['决策', 'Decision'], hint: 'route' }, RESULT],
  'bpmn:CallActivity': [INPUTS, OUTPUTS],
  'bpmn:SubProcess': [OUTPUTS],
  'bpmn:StartEvent': [FORM, CORRELATION, RESULT],
  'bpmn:BoundaryEvent': [CORRELATION, RESULT, CLOCK],
  'bpmn:IntermediateCatchEvent': [CORRELATION, RESULT, CLOCK],
  'bpmn:IntermediateThrowEvent': [CORRELATION, { name: 'payload', label: ['内容', 'Payload'], hint: 'decision' }],
  'bpmn:EndEvent': [CORRELATION, { name: 'payload', label: ['内容', 'Payload'], hint: 'decision' }],
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
