import { BpmnModdle } from 'bpmn-moddle'
import { describe, expect, it } from 'vitest'
import { changesOf, EXTENSIONS, meant, operator, setting, settingsOf, withOperator, withSetting, type Factory, type Node } from './dialect'

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" xmlns:other="urn:other" id="d" targetNamespace="urn:d">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:userTask id="draft">
      <bpmn:extensionElements>
        <spiffworkflow:properties>
          <spiffworkflow:property name="formKey" value="draft" />
          <spiffworkflow:property name="unheardOf" value="kept" />
        </spiffworkflow:properties>
        <other:thing says="kept too" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:serviceTask id="read">
      <bpmn:extensionElements>
        <spiffworkflow:serviceTaskOperator id="catalogue.item" resultVariable="item">
          <spiffworkflow:parameters><spiffworkflow:parameter id="code" type="string" value="GA-001" /></spiffworkflow:parameters>
        </spiffworkflow:serviceTaskOperator>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
  </bpmn:process>
</bpmn:definitions>`

async function read(): Promise<{ moddle: Factory; write: () => Promise<string>; node: (id: string) => Node }> {
  const moddle = new BpmnModdle(EXTENSIONS)
  const { rootElement, elementsById } = await moddle.fromXML(XML)
  return {
    moddle: moddle as unknown as Factory,
    write: async () => (await moddle.toXML(rootElement)).xml,
    node: (id) => elementsById[id] as unknown as Node,
  }
}

describe('the dialect', () => {
  it('reads settings and operators', async () => {
    const { node } = await read()
    expect(setting(node('draft'), 'formKey')).toBe('draft')
    expect(operator(node('read'))).toEqual({ id: 'catalogue.item', resultVariable: 'item', parameters: [{ id: 'code', value: 'GA-001' }] })
  })

  it('changes one setting and keeps all it does not know', async () => {
    const { node, moddle, write } = await read()
    const task = node('draft')
    task.extensionElements = withSetting(task, 'limit', 'P3D', moddle)
    task.extensionElements = withSetting(task, 'formKey', '', moddle)
    const xml = await write()
    expect(xml).toContain('<spiffworkflow:property name="limit" value="P3D" />')
    expect(xml).toContain('name="unheardOf" value="kept"')
    expect(xml).toContain('says="kept too"')
    expect(xml).not.toContain('formKey')
  })

  it('writes an operator as the engine reads it', async () => {
    const { node, moddle, write } = await read()
    const task = node('read')
    task.extensionElements = withOperator(task, { id: 'cases.state', resultVariable: 'state', parameters: [{ id: 'case', value: '=receipt.number' }] }, moddle)
    const xml = await write()
    expect(xml).toContain('<spiffworkflow:serviceTaskOperator id="cases.state" resultVariable="state">')
    expect(xml).toContain('<spiffworkflow:parameter id="case" type="string" value="=receipt.number" />')
    expect(xml).not.toContain('catalogue.item')
  })

  it('knows what may be set once for each', () => {
    const names = (node: Node): string[] => settingsOf(node).map(({ name }) => name)
    expect(names({ $type: 'bpmn:ServiceTask' })).toEqual([])
    expect(names({ $type: 'bpmn:ServiceTask', loopCharacteristics: { $type: 'bpmn:MultiInstanceLoopCharacteristics' } })).toContain('outputElement')
  })

  it('takes a pool for its process', () => {
    const process: Node = { $type: 'bpmn:Process', id: 'p' }
    const pool: Node = { $type: 'bpmn:Participant', processRef: process }
    expect(meant(pool)).toBe(process)
    expect(meant({ $type: 'bpmn:Collaboration', participants: [pool] })).toBe(process)
    expect(meant(process)).toBe(process)
  })

  it('says what an element said before and says now', async () => {
    const before = await read()
    const after = await read()
    const task = after.node('draft')
    task.name = '拟稿'
    task.extensionElements = withSetting(task, 'formKey', 'other', after.moddle)
    expect(changesOf(before.node('draft'), task, (key) => key)).toEqual([
      { label: 'name', before: '', after: '拟稿' },
      { label: '表单', before: 'draft', after: 'other' },
    ])
    expect(changesOf(before.node('read'), after.node('read'), (key) => key)).toEqual([])
  })
})
