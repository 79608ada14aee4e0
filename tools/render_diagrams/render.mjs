// Draws .bpmn files as PNG with bpmn-js in a headless Chromium, so that a diagram can be looked at (and printed) without
// opening an editor. Any warning of bpmn-js is an error here: what it cannot read, a designer would lose on saving.
//
//   npm ci --ignore-scripts
//   node render.mjs <output folder> <file.bpmn> [<file.bpmn> ...]
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import puppeteer from 'puppeteer-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SCALE = 1.5;
const MARGIN = 24;

const [folder, ...files] = process.argv.slice(2);
if (!folder || files.length === 0) {
  console.error('usage: node render.mjs <output folder> <file.bpmn> ...');
  process.exit(2);
}

const require = createRequire(import.meta.url);
const viewer = require.resolve('bpmn-js/dist/bpmn-viewer.production.min.js');
const style = require.resolve('bpmn-js/dist/assets/diagram-js.css');

/** Runs inside the page: imports the diagram and makes the canvas as large as it. */
async function draw(xml, margin) {
  const shown = new window.BpmnJS({ container: '#canvas' });
  const { warnings } = await shown.importXML(xml);
  const canvas = shown.get('canvas');
  const { inner } = canvas.viewbox();
  const box = {
    x: inner.x - margin,
    y: inner.y - margin,
    width: Math.ceil(inner.width + 2 * margin),
    height: Math.ceil(inner.height + 2 * margin),
  };
  Object.assign(document.getElementById('canvas').style, { width: `${box.width}px`, height: `${box.height}px` });
  canvas.resized();
  canvas.viewbox(box);
  return { warnings: warnings.map((warning) => warning.message), width: box.width, height: box.height };
}

async function render(browser, file) {
  const page = await browser.newPage();
  try {
    await page.setContent('<body style="margin:0;font-family:\'Noto Sans CJK SC\'"><div id="canvas" style="width:10px;height:10px"></div>');
    await page.addStyleTag({ path: style });
    await page.addScriptTag({ path: viewer });
    const drawn = await page.evaluate(draw, await readFile(file, 'utf8'), MARGIN);
    await page.setViewport({ width: drawn.width, height: drawn.height, deviceScaleFactor: SCALE });
    await page.screenshot({ path: join(folder, `${basename(file, '.bpmn')}.png`) });
    return drawn.warnings;
  } finally {
    await page.close();
  }
}

await mkdir(folder, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
let failed = false;
try {
  for (const file of files) {
    const warnings = await render(browser, file);
    failed ||= warnings.length > 0;
    console.log(`${file}: ${warnings.length === 0 ? 'drawn' : warnings.join('; ')}`);
  }
} finally {
  await browser.close();
}
process.exit(failed ? 1 : 0);
