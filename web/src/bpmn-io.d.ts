/** What we use of bpmn.io's libraries that come without types. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: object)
    create(type: string, attributes?: object): unknown
    fromXML(xml: string): Promise<{ rootElement: unknown; elementsById: Record<string, unknown> }>
    toXML(element: unknown): Promise<{ xml: string }>
  }
}

declare module 'bpmn-js-differ' {
  type Found = Record<string, unknown>
  export function diff(before: unknown, after: unknown): { _added: Found; _removed: Found; _changed: Found; _layoutChanged: Found }
}

declare module 'diagram-js-minimap' {
  const module: object
  export default module
}

declare module 'dmn-js/lib/Modeler' {
  export default class DmnModeler {
    constructor(options: { container?: HTMLElement | undefined; [view: string]: unknown })
    importXML(xml: string): Promise<unknown>
    getViews(): { type: string }[]
    open(view: { type: string }): Promise<unknown>
    on(event: string, listener: () => void): void
    getActiveViewer(): unknown
    saveXML(options: { format: boolean }): Promise<{ xml?: string }>
    destroy(): void
  }
}

declare module '@bpmn-io/feel-editor' {
  export default class FeelEditor {
    constructor(options: {
      container: HTMLElement
      value: string
      dialect: 'expression' | 'unaryTests'
      contentAttributes: Record<string, string>
      onChange: (value: string) => void
    })
    setValue(value: string): void
  }
}
