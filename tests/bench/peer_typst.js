// The four-page report by typst: peer_typst.js TEXTS.json COUNT [FILE], as peer_reportlab.py.
const fs = require('fs');
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');

const FONTS = '/usr/share/fonts/truetype/wqy';
const text = (words) => '#' + JSON.stringify(words);
const cells = (rows) => rows.map((row) => row.map((cell) => `[${text(cell)}]`).join(',')).join(',');

function radar(axes) {
  const points = (distances) => distances.map((d, at) => {
    const angle = 2 * Math.PI * at / axes.length - Math.PI / 2;
    return `(${(100 + d * Math.cos(angle)).toFixed(2)}pt,${(100 + d * Math.sin(angle)).toFixed(2)}pt)`;
  }).join(',');
  const rings = [1, 2, 3, 4].map((ring) => axes.map(() => 22.5 * ring));
  rings.push(axes.map((axis) => 90 * axis.value));
  const shapes = rings.map((ring) => `#place(polygon(stroke: 0.5pt, ${points(ring)}))`).join('\n');
  const rows = axes.map((axis) => [axis.title, `${(100 * axis.value).toFixed(1)}%`]);
  return `${shapes}\n#v(220pt)\n#table(columns: 2, ${cells(rows)})`;
}

function source(texts, number) {
  const lines = texts.lines.concat(texts.lines).map(text).join('\n\n');
  return `#set document(title: ${JSON.stringify(texts.title)})
#set page(paper: "a4", margin: 45pt)
#set text(font: "WenQuanYi Micro Hei", size: 7.5pt, lang: "zh")
#set table(inset: 4pt, stroke: 0.4pt)
#text(size: 24pt)[${text(texts.title)}]

#text(size: 24pt)[${text(texts.company + number)}]

${lines}
#pagebreak()
= ${text(texts.heads[0])}
${radar(texts.axes)}
#pagebreak()
= ${text(texts.heads[1])}
#table(columns: 5, table.header(${cells([texts.columns])}), ${cells(texts.rows)})
#pagebreak()
= ${text(texts.heads[2])}
#table(columns: 3, table.header(${cells([texts.columns.slice(0, 3)])}), ${cells(texts.gaps)})
`;
}

const [, , file, count, out] = process.argv;
const texts = JSON.parse(fs.readFileSync(file, 'utf8'));
const compiler = NodeCompiler.create({ workspace: '/tmp', fontArgs: [{ fontPaths: [FONTS] }] });
const report = (number) => compiler.pdf({ mainFileContent: source(texts, number) });
let last = report(0);
const start = process.hrtime.bigint();
for (let number = 1; number <= Number(count); number++) {
  last = report(number);
  compiler.evictCache(0);
}
console.log((Number(process.hrtime.bigint() - start) / 1e9).toFixed(6));
if (out) fs.writeFileSync(out, last);
