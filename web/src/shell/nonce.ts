/** Editors write style sheets of their own when they start; the content security policy lets those pass that carry the nonce. */
export function nonceForStyles(): void {
  const nonce = document.querySelector('meta[name="style-nonce"]')?.getAttribute('content')
  if (!nonce) return
  const create = Document.prototype.createElement
  Document.prototype.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
    const element = create.call(this, name, options)
    if (name.toLowerCase() === 'style') element.setAttribute('nonce', nonce)
    return element
  } as typeof create
}
