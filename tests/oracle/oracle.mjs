// Answers questions about what the browser's parts say, one JSON line each, for as long as the tests ask.
//
//   {"ask": "evaluate" | "unary", "expression": "...", "context": {...}}   feelin; {"value": ...} or {"error": "..."}
//   {"ask": "form", "schema": {...}, "data": {...}, "typed": [...]}        form-js; see forms.mjs
import { createInterface } from 'node:readline';
import { evaluate, unaryTest } from 'feelin';
import { normal } from './normal.mjs';

const answers = {
  evaluate: async ({ expression, context }) => ({ value: normal(evaluate(expression, context).value) }),
  unary: async ({ expression, context }) => ({ value: normal(unaryTest(expression, context).value) }),
  form: async (question) => (await import('./forms.mjs')).fill(question),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = await answers[question.ask](question);
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
