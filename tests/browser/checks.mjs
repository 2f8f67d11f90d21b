// What every HTML report must do in a browser. Each check gets { open, path }, where open() gives a page that
// has the report loaded, and throws if something is wrong.
import assert from "node:assert/strict";
import axe from "axe-core";

const MOST_SHEETS = 45; // of A4, on which a report of the largest rubric prints
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 400, height: 800 };

const shown = (page, selector) => page.locator(selector).filter({ visible: true });
const rows = (page, rest = "") => shown(page, `tr[data-s]${rest}`).count();

async function opensAlone({ open, path }) {
  const said = [];
  const asked = [];
  const page = await open(WIDE, (fresh) => {
    fresh.on("console", (message) => said.push(message.text()));
    fresh.on("pageerror", (error) => said.push(String(error)));
    fresh.on("dialog", (dialog) => said.push(dialog.message()));
    fresh.on("request", (request) => asked.push(request.url()));
  });

  await page.mouse.wheel(0, 20000);
  assert.deepEqual(said, [], "the console says something");
  assert.deepEqual(asked.map((url) => decodeURIComponent(url)), [`file://${path}`],
                   "something else is loaded");
  assert.equal(await page.locator("script, iframe, object, embed, link").count(), 0);
  assert.ok((await page.title()).length > 0, "there is no title");
}

async function everySetOfBoxes(page, kind, attribute) {
  const all = await rows(page);
  const values = await shown(page, `.${kind}`).evaluateAll((boxes) => boxes.map((box) => box.value));

  assert.ok(values.length > 0, `there are no boxes ${kind}`);
  for (const value of values) {
    const box = shown(page, `.${kind}[value="${value}"]`);
    const some = await rows(page, `[${attribute}="${value}"]`);

    assert.ok(some > 0, `no row has ${attribute} ${value}`);
    await box.focus();
    await page.keyboard.press("Space");
    assert.equal(await rows(page, `[${attribute}="${value}"]`), 0, `${value} stays`);
    assert.equal(await rows(page), all - some, `more than ${value} goes`);
    await shown(page, "button[type=reset]").press("Enter");
    assert.equal(await rows(page), all, "not everything comes back");
  }
}

async function filters({ open }) {
  const page = await open(WIDE);

  if ((await page.locator("tr[data-s]").count()) === 0)
    return;
  await everySetOfBoxes(page, "by-s", "data-s");
  await everySetOfBoxes(page, "by-l", "data-l");
  for (const box of await shown(page, ".by-s").all())
    await box.uncheck();
  assert.equal(await shown(page, "table.any").count(), 0, "an empty table stays");
  assert.ok((await shown(page, ".none").count()) > 0, "nothing says why nothing is shown");
  await shown(page, "button[type=reset]").click();
  assert.equal(await shown(page, ".none").count(), 0);
}

async function keyboard({ open }) {
  const page = await open(WIDE);
  const skip = page.locator(".skip");

  await page.keyboard.press("Tab");
  assert.ok(await skip.evaluate((link) => link === document.activeElement), "Tab skips the link");
  assert.ok((await skip.boundingBox()).y >= 0, "the link that skips is not seen");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
  const fold = shown(page, "details").first();
  if ((await fold.count()) === 0)
    return;
  await fold.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await fold.evaluate((details) => details.open), "Enter does not unfold");
  assert.ok(await fold.locator("li").first().isVisible(), "what is unfolded is not seen");
  await page.keyboard.press("Space");
  assert.ok(!(await fold.evaluate((details) => details.open)), "Space does not fold");
  const ring = await fold.locator("summary").evaluate((it) => getComputedStyle(it).outlineStyle);
  assert.equal(ring, "solid", "the focus is not seen");
}

async function languages({ open }) {
  const page = await open(WIDE);
  const articles = await page.locator("article").count();
  const choices = page.locator(".languages input");

  assert.equal(await shown(page, "article").count(), 1, "not one language is shown");
  assert.equal(await choices.count(), articles > 1 ? articles : 0);
  for (let i = 1; i < articles; i++) {
    await choices.nth(i - 1).focus();
    await page.keyboard.press("ArrowRight");
    assert.ok(await page.locator("article").nth(i).isVisible(), `language ${i} is not shown`);
    assert.equal(await shown(page, "article").count(), 1);
  }
}

const accessible = (scheme, size) => async ({ open }) => {
  const page = await open({ ...size, colorScheme: scheme });

  await page.evaluate(() => document.querySelectorAll("details").forEach((it, i) => {
    it.open = i % 7 === 0;
  }));
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((it) => `${it.id}: ${it.nodes[0].html.slice(0, 200)} `
                                          + `(${it.nodes[0].failureSummary}), ${it.nodes.length}`), []);
};

const fits = (size) => async ({ open }) => {
  const page = await open(size);
  const width = await page.evaluate(() => {
    document.querySelectorAll("details").forEach((it) => { it.open = true; });
    return document.documentElement.scrollWidth;
  });

  assert.ok(width <= size.width, `${width} pixels wide`);
};

const figures = (size, kind) => async ({ open }) => {
  const page = await open(size);
  const found = await shown(page, "article").evaluate((article) => ({
    figures: article.querySelectorAll("figure").length,
    seen: [...article.querySelectorAll("figure svg")].filter((it) => it.getBoundingClientRect().width > 0)
      .map((it) => it.getAttribute("class")),
    outside: [...article.querySelectorAll("figure svg text")].filter((text) => {
      const own = text.getBoundingClientRect();
      const all = text.ownerSVGElement.getBoundingClientRect();

      return own.width > 0 && (own.left < all.left - 2 || own.right > all.right + 2
                               || own.top < all.top - 4 || own.bottom > all.bottom + 4);
    }).map((text) => text.textContent),
    silent: [...article.querySelectorAll("figure svg")].filter((it) => !it.querySelector("title")?.textContent
      || !it.querySelector("desc")?.textContent).length,
  }));

  assert.deepEqual(found.seen, Array(found.figures).fill(kind), "each figure is drawn once");
  assert.deepEqual(found.outside, [], "text leaves its figure");
  assert.equal(found.silent, 0, "a figure has no words");
};

async function prints({ open }) {
  const page = await open({ ...WIDE, colorScheme: "dark" });
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  const sheets = pdf.match(/\/Type\s*\/Page\b/g).length;

  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.ok(sheets >= 2 && sheets <= MOST_SHEETS, `${sheets} sheets`);
  assert.equal(await shown(page, ".contents, .filters, .skip, svg.narrow").count(), 0);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
               "rgb(255, 255, 255)", "paper is dark");
}

export default {
  "opens from a file, without a word on the console and without the network": opensAlone,
  "filters by status and level, from the keyboard": filters,
  "reaches, folds and unfolds with the keyboard": keyboard,
  "shows one language at a time": languages,
  "axe-core finds nothing, light": accessible("light", WIDE),
  "axe-core finds nothing, dark": accessible("dark", WIDE),
  "axe-core finds nothing, narrow": accessible("light", NARROW),
  "needs no sideways scrolling at 400 pixels": fits(NARROW),
  "needs no sideways scrolling at 700 pixels": fits({ width: 700, height: 900 }),
  "draws its figures for wide screens": figures(WIDE, "wide"),
  "draws its figures for narrow screens": figures(NARROW, "narrow"),
  "prints, light, on a sensible number of sheets": prints,
};
