/** The lines of JSON of an answer that comes bit by bit. */
export async function* linesOf(answer: Response): AsyncGenerator<unknown> {
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as never).getReader() as ReadableStreamDefaultReader<string>
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += value ?? ''
    const lines = rest.split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    for (const line of lines) if (line) yield JSON.parse(line)
    if (done) return
  }
}
