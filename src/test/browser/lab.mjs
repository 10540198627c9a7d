// What a user sees and does in JupyterLab 4's notebook: chart, table, progress, error, Tab and the stop button.
// usage: node lab.mjs BASE_URL NOTEBOOK FOLDER_FOR_PICTURES
import { check, failures, withPage } from './page.mjs';

const [, , base, path, pictures] = process.argv;
const [CHART, TABLE, RECORD, PROGRESS, ERROR, COMPLETION, ENDLESS, AFTER] = [1, 2, 3, 4, 5, 6, 7, 8];

const cell = (page, index) => page.locator('.jp-Notebook .jp-Cell').nth(index);
const output = (page, index) => cell(page, index).locator('.jp-OutputArea').first();

async function edit(page, index) {
  await cell(page, index).locator('.cm-content').click();
  await page.keyboard.press('Control+End');
}

async function start(page, index) {
  await edit(page, index);
  await page.keyboard.press('Control+Enter');
}

async function run(page, index, timeout = 60_000) {
  await start(page, index);
  await page.waitForFunction(i => lab.done(i), index, { timeout });
  await page.waitForTimeout(100);
  return output(page, index).innerText();
}

async function outputs(page) {
  await run(page, CHART);
  const picture = await output(page, CHART).locator('svg, img').first().boundingBox();
  check(picture && picture.width > 300 && picture.height > 150, 'the chart is seen', JSON.stringify(picture));
  const table = await run(page, TABLE);
  check(/4 rows × 65 columns/.test(table), 'the table tells its shape', table);
  check(await output(page, TABLE).locator('tbody tr').count() === 4, 'the table has its rows', table);
  const record = await run(page, RECORD);
  check(/Point[^]*x[^]*0.25[^]*labels/.test(record), 'a record shows its parts', record);
  const wide = await page.locator('.jp-OutputArea-output').evaluateAll(all => all.filter(each =>
    each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === 'visible').map(each => each.innerText));
  check(wide.length === 0, 'no output runs out of its cell', wide);
}

async function progress(page) {
  await page.evaluate(i => {
    globalThis.seen = [];
    const area = document.querySelectorAll('.jp-Notebook .jp-Cell')[i];
    new MutationObserver(() => seen.push(...[...area.querySelectorAll('progress')].map(bar => bar.value)))
      .observe(area, { childList: true, subtree: true });
  }, PROGRESS);
  const text = await run(page, PROGRESS);
  const seen = await page.evaluate(() => globalThis.seen);
  check(new Set(seen.filter(value => value > 0 && value < 1)).size >= 5, 'the bar is seen moving', seen);
  const bars = await output(page, PROGRESS).locator('progress').evaluateAll(all => all.map(bar => bar.value / bar.max));
  check(bars.length === 1 && bars[0] === 1, 'one bar ends at 100 %', bars);
  check(/30\/30/.test(text), 'progress ends with its count', text);
}

async function traceback(page) {
  const text = await run(page, ERROR);
  check(/ArrayIndexOutOfBoundsException/.test(text), 'an error is named', text);
  check(/Cell In\[\d+\], line 2/.test(text), 'an error names cell and line', text);
  check(!/touchstone\.kernel/.test(text), 'a traceback is free of the kernel', text);
}

async function completion(page) {
  await edit(page, COMPLETION);
  await page.keyboard.press('Tab');
  const items = page.locator('.jp-Completer-item');
  await items.first().waitFor({ state: 'visible' });
  const found = await items.allInnerTexts();
  check(['print', 'printf', 'println'].every(name => found.some(each => each.includes(name))),
    'Tab offers print, printf and println', found);
  await page.screenshot({ path: `${pictures}/lab-completion.png` });
  await page.keyboard.type('intl');
  await page.keyboard.press('Enter');
  await page.waitForFunction(i => /System\.out\.println/
    .test(document.querySelectorAll('.jp-Notebook .jp-Cell')[i].querySelector('.cm-content').innerText), COMPLETION);
}

async function interruption(page) {
  await start(page, ENDLESS);
  await output(page, ENDLESS).getByText('running').waitFor();
  const began = Date.now();
  await page.locator('[data-jp-item-name=interrupt] jp-button').click();
  await page.waitForFunction(i => lab.done(i), ENDLESS, { timeout: 10_000 });
  check(Date.now() - began < 3_000, 'a loop stops at once', `${Date.now() - began} ms`);
  await output(page, ENDLESS).getByText('Interrupted').waitFor();
  const text = await output(page, ENDLESS).innerText();
  check(/Cell In\[\d+\], line 3/.test(text), 'an interrupt names cell and line', text);
  const after = await run(page, AFTER);
  check(/kept 7/.test(after) && /\b2\b/.test(after), 'the kernel goes on with its variables', after);
}

/** A picture of all cells: the window grows first, because the notebook scrolls inside of it. */
async function photograph(page) {
  const cells = page.locator('.jp-Notebook .jp-Cell');
  const first = await cells.first().boundingBox();
  const last = await cells.last().boundingBox();
  await page.setViewportSize({ width: 1200, height: Math.ceil(last.y + last.height - first.y) + 150 });
  await cells.first().evaluate(node => node.scrollIntoView());
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${pictures}/lab.png` });
}

const url = `${base}/static/index.html?path=${encodeURIComponent(path)}&token=${process.env.JUPYTER_TOKEN}`;
await withPage(url, `${pictures}/lab-failed.png`, async page => {
  await page.waitForFunction(() => globalThis.lab?.ready || globalThis.lab?.failures.length);
  await outputs(page);
  await progress(page);
  await traceback(page);
  await completion(page);
  await interruption(page);
  await photograph(page);
  failures.push(...await page.evaluate(() => lab.failures));
}, () => lab.end());
