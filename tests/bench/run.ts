import { reaches } from "./benchmark";
import { keepResults } from "./keep-results";
import { printTable } from "./print-table";
import { BENCHMARKS } from "./registry";

const words = process.argv.slice(2);
const quick = words.includes("--quick");
const names = words.filter((word) => !word.startsWith("--"));
const unknown = names.filter((name) => !BENCHMARKS.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(", ")}. There are: ${BENCHMARKS.map(({ name }) => name).join(", ")}`,
  );
  process.exit(2);
}
const results = [];
for (const benchmark of BENCHMARKS) {
  if (names.length > 0 && !names.includes(benchmark.name)) continue;
  console.log(`\n${benchmark.title}`);
  const rows = await benchmark.run({ quick, say: (text) => console.log(`  … ${text}`) });
  printTable(rows);
  results.push({ name: benchmark.name, title: benchmark.title, rows });
}
const short = results.flatMap(({ rows }) => rows).filter((row) => reaches(row) === false);
console.log(`\nKept in ${keepResults(results, quick)}. Goals not reached: ${short.length}.`);
process.exit(0);
