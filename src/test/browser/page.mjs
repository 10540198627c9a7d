// A notebook in headless Chromium, and the classic page of Jupyter Notebook 6.
import { chromium } from 'playwright-core';

export const failures = [];

/** Notes a demand that was not met; the program goes on, so that one run tells all. */
export function check(met, demand, value = '') {
  if (!met) failures.push(`${demand}${value === '' ? '' : `; found: ${String(value).slice(0, 600)}`}`);
}

/** Opens a page in a browser, gives it to `steps`, and fails when a check failed or the page threw. */
export async function withPage(url, picture, steps, end) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', error => failures.push(`the page threw: ${error.message}`));
  try {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await steps(page);
  } catch (error) {
    failures.push(error.message);
    await page.screenshot({ path: picture });
  } finally {
    await page.evaluate(end).catch(() => {});
    await browser.close();
  }
  if (failures.length) {
    console.error(failures.join('\n'));
    process.exit(1);
  }
}

/** Opens a notebook in the classic page, waits for its kernel and gives it to `steps`. */
export function withNotebook(base, path, pictures, steps) {
  const url = `${base}/notebooks/${encodeURIComponent(path)}?token=${process.env.JUPYTER_TOKEN}`;
  return withPage(url, `${pictures}/${path}-failed.png`, async page => {
    await page.waitForFunction(() => globalThis.Jupyter?.notebook?._fully_loaded
        && Jupyter.notebook.kernel?.is_connected?.());
    await page.waitForFunction(() => Jupyter.notebook.get_cells().length > 0);
    await steps(page, name => photograph(page, `${pictures}/${name}.png`));
  }, () => Jupyter.notebook.session?.delete());
}

/** A picture of the whole notebook: the window grows first, because the page scrolls inside of it. */
async function photograph(page, path) {
  const notebook = page.locator('#notebook-container');
  const height = Math.ceil((await notebook.boundingBox()).height) + 300;
  await page.setViewportSize({ width: 1200, height: Math.max(900, height) });
  await page.waitForTimeout(100);
  await notebook.screenshot({ path });
  await page.setViewportSize({ width: 1200, height: 900 });
}

/** The jQuery-free handle of a cell's element. */
export const cell = (page, index) => page.locator('#notebook-container > .cell').nth(index);

/** Puts the cursor at the end of a cell's code, as a click and the End key would. */
export async function edit(page, index) {
  await cell(page, index).locator('.CodeMirror-code').click();
  await page.keyboard.press('Control+End');
}

/** Runs a cell with the keyboard, without waiting. */
export async function start(page, index) {
  await edit(page, index);
  await page.keyboard.press('Control+Enter');
}

/**
 * Waits until cells are done, all of them by default: each has its number, which comes with the reply, and all its
 * outputs, which come on another socket and may be later; the page notes the end of both.
 */
export async function done(page, index = null, timeout = 60_000) {
  await page.waitForFunction(i => {
    const { kernel } = Jupyter.notebook;
    const cells = i === null ? Jupyter.notebook.get_cells() : [Jupyter.notebook.get_cell(i)];
    return cells.filter(cell => cell.cell_type === 'code').every(cell => {
      const execution = kernel.get_callbacks_for_msg(cell.last_msg_id);
      return /^\d+$/.test(String(cell.input_prompt_number)) && execution?.shell_done && execution.iopub_done;
    });
  }, index, { timeout });
}

export async function run(page, index) {
  await start(page, index);
  await done(page, index);
  return cell(page, index).locator('.output_wrapper').innerText();
}

/** Clicks an entry of a menu. */
export async function menu(page, name, entry) {
  await page.locator(`#menus a.dropdown-toggle:text-is("${name}")`).click();
  await page.locator(`${entry} > a`).click();
}

/** Runs all cells through the menu and waits for the last one. */
export async function runAll(page, timeout) {
  await menu(page, 'Cell', '#run_all_cells');
  await done(page, null, timeout);
  await page.waitForTimeout(300); // pictures load
}
