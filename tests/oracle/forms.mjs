// What form-js does with a form: it is shown in a page (of jsdom), filled and submitted, as a person in a browser would.
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><div id="page"></div>', { pretendToBeVisual: true });
const browser = [
  'window', 'document', 'navigator', 'Node', 'Element', 'HTMLElement', 'SVGElement', 'Event', 'CustomEvent', 'MouseEvent', 'KeyboardEvent',
  'DOMParser', 'MutationObserver', 'getComputedStyle', 'DocumentFragment', 'FormData', 'File', 'NodeList',
];
for (const name of browser) Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
class NoObserver { observe() {} unobserve() {} disconnect() {} }
globalThis.ResizeObserver = globalThis.IntersectionObserver = NoObserver;
const noFiles = Object.assign(window.document.createElement('input'), { type: 'file' }).files;
globalThis.DataTransfer = class { items = { add() {} }; files = noFiles; };
globalThis.requestAnimationFrame = window.requestAnimationFrame = (paint) => setTimeout(paint, 0);
globalThis.cancelAnimationFrame = window.cancelAnimationFrame = clearTimeout;

const { Form } = createRequire(import.meta.url)('@bpmn-io/form-js-viewer');
const QUIET = 4;   // turns of the event loop without a change: the page has come to rest
const MOST = 400;

/**
 * Show a form with the data of the process, type into it what is typed (pairs of path and value; what is not shown cannot be
 * typed into) and submit it: what is sent, which paths are shown, which of them are wrong.
 */
export async function fill({ schema, data, typed = [] }) {
  const form = new Form({ container: window.document.querySelector('#page'), debounce: false });
  const troubles = [];
  form.on('error', ({ error }) => troubles.push(error.message));
  try {
    await form.importSchema(schema, data);
    let settled = await rest(form);
    for (const [ path, value ] of typed) {
      if (type(form, path, value)) settled = (await rest(form)) && settled;
    }
    const { data: sent, errors } = form.submit();
    return { sent, settled, troubles, ...places(form, errors) };
  } finally {
    form.destroy();
  }
}

function type(form, path, value) {
  const wanted = JSON.stringify(path);
  const fieldInstance = form.get('formFieldInstanceRegistry').getAllKeyed().find(({ valuePath }) => JSON.stringify(valuePath) === wanted);
  if (fieldInstance === undefined) return false;
  form._update({ fieldInstance, value });
  return true;
}

async function rest(form) {
  let quiet = 0;
  form.on('changed', () => { quiet = 0; });
  for (let turn = 0; turn < MOST; turn += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    quiet += 1;
    if (quiet > QUIET) return true;
  }
  return false;
}

function places(form, errors) {
  const shown = form.get('formFieldInstanceRegistry').getAllKeyed();
  const paths = (instances) => instances.map(({ valuePath }) => valuePath);
  const isWrong = ({ id, indexes }) => [ id, ...Object.values(indexes ?? {}) ].reduce((part, key) => part?.[key], errors)?.length > 0;
  return { shown: paths(shown), wrong: paths(shown.filter(isWrong)) };
}
