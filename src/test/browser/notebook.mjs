// What a user sees and does in the classic notebook: the tour, and the keyboard.
// usage: node notebook.mjs tour|keys BASE_URL NOTEBOOK FOLDER_FOR_PICTURES
import { cell, check, done, edit, menu, run, runAll, start, withNotebook } from './page.mjs';

const [, , what, base, path, pictures] = process.argv;

async function tour(page, photograph) {
  await runAll(page, 120_000);
  await photograph('tour');
  const shown = await page.evaluate(() => {
    const box = node => node.getBoundingClientRect();
    const within = selector => [...document.querySelectorAll(`.output_area ${selector}`)];
    return {
      errors: within('.output_error').map(node => node.innerText),
      charts: within('svg, .output_area img').map(box).filter(b => b.width > 300 && b.height > 80).length,
      broken: within('img').filter(image => !image.complete || image.naturalWidth === 0).length,
      tables: within('table').map(table => ({ rows: table.rows.length, text: table.innerText })),
      wide: within('.output_subarea').filter(a => a.scrollWidth > a.clientWidth + 1
        && getComputedStyle(a).overflowX === 'visible').map(a => a.innerText.slice(0, 80)),
      math: document.querySelectorAll('.text_cell_render .MathJax, .text_cell_render .MathJax_SVG').length,
    };
  });
  check(shown.errors.length === 0, 'no cell fails', shown.errors);
  check(shown.charts >= 5, 'five charts and image grids are visible', shown.charts);
  check(shown.broken === 0, 'every image loads', shown.broken);
  check(shown.tables.some(t => t.rows > 5), 'the table of digits has rows', JSON.stringify(shown.tables));
  check(shown.tables.some(t => /kNN tells unseen digits/.test(t.text) && /SHOWN|REFUTED|SUPPORTED/i.test(t.text)),
    'the claims stand in a table with their verdicts', JSON.stringify(shown.tables.map(t => t.text)));
  check(shown.wide.length === 0, 'no output runs out of its cell', shown.wide);
}

async function progress(page, photograph) {
  await page.evaluate(() => {
    globalThis.seen = [];
    const output = Jupyter.notebook.get_cell(0).element.find('.output_wrapper')[0];
    new MutationObserver(() => seen.push(...[...output.querySelectorAll('progress')].map(bar => bar.value)))
      .observe(output, { childList: true, subtree: true });
  });
  await start(page, 0);
  await page.waitForFunction(() => seen.some(value => value > 0.2 && value < 0.9));
  await photograph('progress');
  await done(page, 0);
  const seen = await page.evaluate(() => globalThis.seen);
  check(seen.filter(value => value > 0 && value < 1).length >= 5, 'the bar is seen moving', seen);
  check(seen.every((value, i) => i === 0 || value >= seen[i - 1]), 'the bar only grows', seen);
  const areas = await cell(page, 0).locator('.output_area').count();
  check(areas === 1, 'progress changes in place', `${areas} outputs`);
  const bars = await cell(page, 0).locator('progress').evaluateAll(all => all.map(bar => bar.value / bar.max));
  check(bars.length === 1 && bars[0] === 1, 'the bar ends at 100 %', bars);
  const text = await cell(page, 0).locator('.output_wrapper').innerText();
  check(/30\/30, .*\/s/.test(text) && !/left/.test(text), 'progress ends with count and rate', text);
}

async function traceback(page) {
  const text = await run(page, 1);
  check(/ArrayIndexOutOfBoundsException/.test(text), 'an error is named', text);
  check(/Cell In\[\d+\], line 2/.test(text), 'an error names cell and line', text);
  check(!/touchstone\.kernel/.test(text), 'a traceback is free of the kernel', text);
  check(await cell(page, 1).locator('.output_error [class*=ansi]').count() > 0, 'a traceback has colours');
}

async function completion(page, photograph) {
  await edit(page, 2);
  await page.keyboard.press('Tab');
  await page.waitForSelector('#complete');
  const found = await page.locator('#complete option').allInnerTexts();
  check(['print', 'printf', 'println'].every(name => found.some(f => f.includes(name))),
    'Tab offers print, printf and println', found);
  await page.screenshot({ path: `${pictures}/completion.png` });
  await page.keyboard.press('Escape');
  await page.keyboard.type('intl');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => /System\.out\.println/.test(Jupyter.notebook.get_cell(2).get_text()));
}

async function inspection(page) {
  await edit(page, 3);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+Tab');
  await page.waitForSelector('#tooltip', { state: 'visible' });
  await page.waitForFunction(() => /substring/.test(document.querySelector('#tooltip').innerText));
  const text = await page.locator('#tooltip').innerText();
  check(/String[. ]substring\(int/.test(text), 'Shift-Tab shows the signature', text);
  await page.waitForTimeout(500); // it fades in
  await page.screenshot({ path: `${pictures}/inspection.png` });
  await page.keyboard.press('Escape');
}

async function interruption(page) {
  await start(page, 4);
  await page.waitForFunction(() => Jupyter.notebook.get_cell(4).output_area.outputs.length > 0);
  const began = Date.now();
  await menu(page, 'Kernel', '#int_kernel');
  await done(page, 4, 10_000);
  check(Date.now() - began < 3_000, 'a loop stops at once', `${Date.now() - began} ms`);
  const text = await cell(page, 4).locator('.output_wrapper').innerText();
  check(/Interrupted/.test(text), 'an interrupted cell says so', text);
  check(/Cell In\[\d+\], line 3/.test(text), 'an interrupt names cell and line', text);
  const after = await run(page, 5);
  check(/\b2\b/.test(after) && /kept 7/.test(after), 'the kernel goes on with its variables', after);
}

async function keys(page, photograph) {
  await progress(page, photograph);
  await traceback(page);
  await completion(page, photograph);
  await inspection(page);
  await interruption(page);
  await photograph('keys');
}

await withNotebook(base, path, pictures, { tour, keys }[what]);
