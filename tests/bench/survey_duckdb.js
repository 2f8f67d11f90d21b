// survey_duckdb.js QUERY.sql THREADS: runs the query of survey_sql.py; prints the seconds it took.
const fs = require("fs");
const { DuckDBInstance } = require("@duckdb/node-api");

async function main() {
  const instance = await DuckDBInstance.create(":memory:", { threads: process.argv[3] });
  const connection = await instance.connect();
  const query = fs.readFileSync(process.argv[2], "utf8");
  const start = process.hrtime.bigint();
  await connection.run(query);
  console.log((Number(process.hrtime.bigint() - start) / 1e9).toFixed(6));
}

main();
