/** A process with one lane, one task and its ends, to begin a new model with. */
export function emptyModel(key: string): string {
  const flow = (id: string, from: string, to: string): string => `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`
  const edge = (id: string, left: number, right: number): string =>
    `<bpmndi:BPMNEdge id="${id}_edge" bpmnElement="${id}"><di:waypoint x="${left}" y="140" /><di:waypoint x="${right}" y="140" /></bpmndi:BPMNEdge>`
  const shape = (id: string, x: number, y: number, width: number, height: number): string =>
    `<bpmndi:BPMNShape id="${id}_shape" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="${key}_definitions" targetNamespace="urn:lianban:${key}">
  <bpmn:process id="${key}" name="新流程" isExecutable="true">
    <bpmn:startEvent id="start" name="提出申请"><bpmn:outgoing>start_to_task</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="task" name="办理"><bpmn:incoming>start_to_task</bpmn:incoming><bpmn:outgoing>task_to_end</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="end" name="办结"><bpmn:incoming>task_to_end</bpmn:incoming></bpmn:endEvent>
    ${flow('start_to_task', 'start', 'task')}
    ${flow('task_to_end', 'task', 'end')}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="${key}">
    ${shape('start', 120, 122, 36, 36)}${shape('task', 220, 100, 100, 80)}${shape('end', 390, 122, 36, 36)}
    ${edge('start_to_task', 156, 220)}${edge('task_to_end', 320, 390)}
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`
}
