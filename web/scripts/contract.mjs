/** Writes src/api/contract.json: of the OpenAPI document, what tables and forms need to know when they run. */
import { readFileSync, writeFileSync } from 'node:fs'

const document = JSON.parse(readFileSync('openapi.json', 'utf8'))
const bare = (reference) => reference?.split('/').pop()
const pair = (text) => (text ?? '').split(' · ')

/** Amounts are sent in fen and shown in yuan. */
const isMoney = (given) => [given.type].flat().includes('integer') && /（分/.test(given['x-zh'] ?? '')
const inYuan = (label) => label.replace('（分', '（元').replace(/\bfen\b/, 'yuan')

function property(given) {
  const money = isMoney(given)
  const types = [given.type ?? []].flat().filter((type) => type !== 'null')
  return {
    label: [given['x-zh'] ?? '', given['x-en'] ?? ''].map((label) => (money ? inYuan(label) : label)),
    ...(money && { money }),
    type: bare(given.$ref) ?? types[0] ?? 'object',
    ...(given.format && { format: given.format }),
    ...((given.enum ?? given.items?.enum) && { options: (given.enum ?? given.items.enum).filter((value) => value !== null) }),
    ...(given.items && { items: bare(given.items.$ref) ?? given.items.type }),
    ...(given.minimum !== undefined && { minimum: given.minimum }),
    ...(given.maximum !== undefined && { maximum: given.maximum }),
    ...(given.maxLength !== undefined && { maxLength: given.maxLength }),
  }
}

const schemas = {}
for (const [name, schema] of Object.entries(document.components.schemas)) {
  const fields = Object.entries(schema.properties ?? {}).map(([key, value]) => [key, property(value)])
  schemas[name] = { required: schema.required ?? [], fields: Object.fromEntries(fields) }
}

const operations = {}
for (const [path, methods] of Object.entries(document.paths)) {
  for (const method of ['get', 'post', 'put', 'delete']) {
    const found = methods[method]
    if (!found) continue
    const answer = Object.entries(found.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1]
    const body = Object.values(found.requestBody?.content ?? {})[0]?.schema
    const [chinese, english] = pair(found.summary)
    operations[`${method.toUpperCase()} ${path}`] = {
      label: [chinese, english ?? chinese],
      permission: found['x-permission'],
      body: bare(body?.$ref),
      answer: answered(Object.values(answer?.content ?? {})[0]?.schema),
      query: (found.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => ({
          name: parameter.name,
          ...(parameter.required && { required: true }),
          ...property({ ...parameter.schema, ...labels(parameter) }),
        })),
    }
  }
}

function answered(schema) {
  return bare(schema?.$ref) ?? bare(schema?.items?.$ref)
}

function labels(parameter) {
  const [chinese, english] = pair(parameter.description)
  return { 'x-zh': parameter.schema?.['x-zh'] ?? chinese, 'x-en': parameter.schema?.['x-en'] ?? english ?? chinese }
}

writeFileSync('src/api/contract.json', JSON.stringify({ schemas, operations }))
