/** What the OpenAPI document says of fields and operations, for tables and forms that are made from it. Loaded when first needed. */
import type { Pair } from '@/language/language'

export interface Field {
  label: Pair
  /** A JSON type, or the name of a schema. */
  type: string
  format?: string
  /** An amount: sent in fen, shown and typed in yuan. */
  money?: boolean
  options?: string[]
  /** Of an array: the JSON type or schema of its entries. */
  items?: string
  minimum?: number
  maximum?: number
  maxLength?: number
}

export interface Schema {
  required: string[]
  fields: Record<string, Field>
}

export interface Operation {
  label: Pair
  permission?: string
  /** The schema of what is sent. */
  body?: string
  /** The schema of what is answered. */
  answer?: string
  query: (Field & { name: string; required?: boolean })[]
}

export interface Contract {
  schemas: Record<string, Schema>
  operations: Record<string, Operation>
}

let loaded: Promise<Contract> | undefined

export function contract(): Promise<Contract> {
  loaded ??= import('./contract.json').then((module) => module.default as unknown as Contract)
  return loaded
}

/** One operation; a name that is not in the document is a mistake of the program. */
export function operationOf(known: Contract, name: string): Operation {
  const found = known.operations[name]
  if (!found) throw new Error(`The API has no operation ${name}`)
  return found
}

/** The schema of the rows of a list: of the `items` of its page. */
export function rowSchema(known: Contract, operation: Operation): Schema {
  const page = known.schemas[operation.answer ?? '']
  const rows = known.schemas[page?.fields['items']?.items ?? '']
  return rows ?? page ?? { required: [], fields: {} }
}

/** The address of an operation with its parameters put in. */
export function addressOf(name: string, parameters: Record<string, unknown>): string {
  const path = name.slice(name.indexOf(' ') + 1)
  return path.replace(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(String(parameters[parameter])))
}

export function methodOf(name: string): string {
  return name.slice(0, name.indexOf(' '))
}
