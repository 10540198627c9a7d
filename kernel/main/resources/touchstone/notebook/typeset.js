// Browsers know of mathvariant only "normal": letters of the other alphabets are put in by their own code points.
const alphabets = {
  "double-struck": [0x1d538, 0x1d552, {C: 0x2102, H: 0x210d, N: 0x2115, P: 0x2119, Q: 0x211a, R: 0x211d, Z: 0x2124}],
  "script": [0x1d49c, 0x1d4b6, {B: 0x212c, E: 0x2130, F: 0x2131, H: 0x210b, I: 0x2110, L: 0x2112, M: 0x2133,
    R: 0x211b, e: 0x212f, g: 0x210a, o: 0x2134}],
  "fraktur": [0x1d504, 0x1d51e, {C: 0x212d, H: 0x210c, I: 0x2111, R: 0x211c, Z: 0x2128}],
};
function letter(c, [upper, lower, others]) {
  if (others[c]) return String.fromCodePoint(others[c]);
  if (c >= "A" && c <= "Z") return String.fromCodePoint(upper + c.charCodeAt(0) - 65);
  if (c >= "a" && c <= "z") return String.fromCodePoint(lower + c.charCodeAt(0) - 97);
  return c;
}
// Nor do they all heed columnalign and columnspacing.
function align(table) {
  const sides = (table.getAttribute("columnalign") || "").split(" ");
  const gaps = (table.getAttribute("columnspacing") || "").split(" ");
  for (const row of table.children) {
    Array.from(row.children).forEach((cell, i) => {
      cell.style.textAlign = sides[Math.min(i, sides.length - 1)];
      cell.style.paddingLeft = i === 0 ? "0" : gaps[Math.min(i - 1, gaps.length - 1)];
      cell.style.paddingRight = "0";
    });
  }
}
for (const e of document.querySelectorAll(".math")) {
  const source = e.textContent;
  try {
    katex.render(e.dataset.tex, e, {output: "mathml", displayMode: e.classList.contains("display"), strict: "ignore"});
    for (const leaf of e.querySelectorAll("[mathvariant]")) {
      const alphabet = alphabets[leaf.getAttribute("mathvariant")];
      if (alphabet) leaf.textContent = Array.from(leaf.textContent, c => letter(c, alphabet)).join("");
    }
    e.querySelectorAll("mtable[columnalign]").forEach(align);
    e.title = source;
  } catch (fault) {
    e.textContent = source;
  }
}
