// Runs cases as interleaved pairs of whole processes and prints a table; `bench/run` prepares what this needs.
import { appendFileSync, mkdirSync } from 'node:fs';
import { cpus, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cases } from './cases.mjs';
import { Data } from './data.mjs';
import { measure, median } from './measure.mjs';
import { metrics, reached } from './metrics.mjs';

const root = resolve(import.meta.dirname, '..');
const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, record: { type: 'boolean' }, markdown: { type: 'boolean' }, size: { type: 'string', default: '1GB' }, pairs: { type: 'string', default: '5' } },
});
const size = /^(\d+)(MB|GB)$/.exec(options.size);
const pairs = Number(options.pairs);
if (!size || !(pairs >= 1)) fail('--size is 100MB, 1GB or 10GB, --pairs a number from 1 on');
const folder = process.env.BENCH_DATA ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'karst-bench');
const data = new Data(root, folder, Number(size[1]) * (size[2] === 'GB' ? 1e9 : 1e6));
const core = process.env.BENCH_CORE ?? '0';
const all = cases({
  root, data, core, both: process.env.BENCH_CORES ?? '0,1', native: process.env.BENCH_NATIVE,
  escu: process.env.BENCH_ESCU ?? resolve(root, '../shared/corpora/escu-2024-10'),
});
const unknown = wanted.filter(name => !all.some(one => one.name === name));
if (unknown.length > 0) fail(`no case is named ${unknown.join(', ')}; --list names them`);
if (options.list) {
  for (const one of all) console.log(`${one.name.padEnd(20)} ${one.title}${one.peer ? ` beside ${one.peer}` : ''}`);
  process.exit(0);
}

const results = join(folder, 'results');
mkdirSync(results, { recursive: true });
const lines = [];
let failed = 0;
for (const one of all.filter(one => wanted.length === 0 || wanted.includes(one.name))) {
  console.error(`bench: ${one.name}`);
  const line = run(one);
  lines.push(line);
  if (!options.markdown) console.error(line);
}

const table = [
  `${options.size}, ${cpus()[0]?.model ?? 'unknown processor'}, ${pairs} pairs of whole processes, start-up included`,
  '',
  '| case | peer | karst, s (cpu) | peer, s (cpu) | median | min to max | must / aim | reached | peak MB, karst / peer | rows |',
  '|---|---|---|---|---|---|---|---|---|---|',
  ...lines,
].join('\n');
console.log(table);
if (options.record) appendFileSync(join(root, 'bench/history.md'), `\n## ${new Date().toISOString().slice(0, 10)}\n\n${table}\n`);
process.exit(failed > 0 ? 1 : 0);

function run(one) {
  const start = `| ${one.title} (\`${one.name}\`) | ${one.peer ?? ''}`;
  const files = { ours: join(results, `${one.name}.karst`), theirs: join(results, `${one.name}.peer`) };
  const ours = [], theirs = [], numbers = [];
  try {
    const made = one.make();
    if (made.skipped) return `${start} | | | | | | skipped: ${made.skipped} | | |`;
    for (let pair = 0; pair < pairs; pair++) {
      ours.push(measure(made.ours, { output: files.ours, folder: root }));
      if (made.theirs) theirs.push(measure(made.theirs, { output: files.theirs, folder: root }));
      numbers.push(metrics[one.metric].of(ours.at(-1), theirs.at(-1), { ...one, ...made }));
    }
    const verdict = made.compare ? made.compare(files.ours, files.theirs) : 'not compared';
    if (made.compare && !verdict.startsWith('equal')) {
      failed++;
      console.error(`${one.name}: ${verdict}`);
    }
    const { show } = metrics[one.metric];
    const goals = [one.must, one.aim].map(goal => goal === undefined ? '' : show(goal)).join(' / ');
    return `${start} | ${time(ours)} | ${time(theirs)} | **${show(median(numbers))}** | ${show(Math.min(...numbers))} to ${show(Math.max(...numbers))} | ${goals} `
      + `| ${one.must ?? one.aim ? reached(one, median(numbers)) : ''} | ${peak(ours)} / ${peak(theirs)} | ${verdict.startsWith('equal') ? verdict : verdict === 'not compared' ? verdict : '**differ**'} |`;
  } catch (problem) {
    failed++;
    console.error(`${one.name}: ${problem.message}`);
    return `${start} | | | | | | **not measured** | | |`;
  }
}

function time(runs) {
  return runs.length === 0 ? '' : `${median(runs.map(run => run.seconds)).toFixed(2)} (${median(runs.map(run => run.cpu)).toFixed(2)})`;
}

function peak(runs) {
  return runs.length === 0 ? '' : Math.max(...runs.map(run => run.megabytes)).toFixed(0);
}

function fail(message) {
  console.error(`bench: ${message}`);
  process.exit(2);
}
