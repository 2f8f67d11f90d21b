// survey_polars.js TREE.json SURVEY.csv OUT.csv: the levels of survey_tree.py by polars; prints the
// seconds it took, without those in which Node.js builds the expressions. Only the columns that are
// needed are read; POLARS_MAX_THREADS says how many threads.
const fs = require("fs");
const pl = require("nodejs-polars");

function both(parts, join) {
  return parts.map(worded).reduce((a, b) => a[join](b));
}

function sum(parts) {
  return parts.map((part) => part.fillNull(false).cast(pl.Int32)).reduce((a, b) => a.add(b));
}

function share([joint, known, blank], low, unit) {
  const least = known.add(blank).mul(low);
  const reached = known.gt(0).and(joint.mul(unit).gtEq(least));
  const missed = known.add(blank).eq(0).or(joint.add(blank).mul(unit).lt(least));
  return pl.when(reached).then(pl.lit(true)).when(missed).then(pl.lit(false)).otherwise(pl.lit(null));
}

// Null stands for unknown: and, or, not are Kleene's.
function worded([kind, ...parts]) {
  switch (kind) {
    case "name":
      return pl.col(parts[0]);
    case "atom": {
      const cell = pl.col(parts[0]);
      return pl.when(cell.isIn(parts[1])).then(pl.lit(true))
        .when(cell.isIn(parts[2])).then(pl.lit(false)).otherwise(pl.lit(null));
    }
    case "excused":
      return pl.col(parts[0]).str.contains("^n/a:").fillNull(false);
    case "and":
    case "or":
      return both(parts, kind);
    case "not":
      return worded(parts[0]).not();
    case "true":
      return sum(parts.map(worded));
    case "blank":
      return sum(parts.map(([truth, excuse]) => {
        const open = worded(truth).isNull();
        return excuse ? open.and(worded(excuse).not()) : open;
      }));
    default:
      return share(parts.slice(0, 3).map(worded), parts[3], parts[4]);
  }
}

// The highest level for which, and for all below it, the test says yes.
function highest(levels, truths, test) {
  let result = pl.lit("none");
  let held = pl.lit(true);
  truths.forEach((truth, at) => {
    held = held.and(test(truth));
    result = pl.when(held).then(pl.lit(levels[at])).otherwise(result);
  });
  return result;
}

function main() {
  const tree = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  const named = (trees) => Object.entries(trees).map(([name, t]) => worded(t).alias(name));
  const truths = {};
  const columns = [];
  for (const [prefix, levels] of Object.entries(tree.verdicts))
    levels.forEach((t, at) => (truths[`${prefix}${tree.levels[at]}`] = t));
  for (const prefix of Object.keys(tree.verdicts)) {
    const all = tree.levels.map((level) => pl.col(prefix + level));
    columns.push(highest(tree.levels, all, (t) => t.fillNull(false)).alias(`${prefix}level`));
    columns.push(highest(tree.levels, all, (t) => t.fillNull(true)).alias(`${prefix}level_possible`));
  }
  const stages = [named(tree.cells), named(tree.counts), named(truths), columns];
  const reading = { inferSchemaLength: 0, quoteChar: '"' };
  const start = process.hrtime.bigint();
  pl.scanCSV(process.argv[3], reading)
    .select("company", "uscc", ...stages[0])
    .withColumns(...stages[1])
    .select("company", "uscc", ...stages[2])
    .select("company", "uscc", ...stages[3])
    .sinkCSV(process.argv[4]);
  console.log((Number(process.hrtime.bigint() - start) / 1e9).toFixed(6));
}

main();
