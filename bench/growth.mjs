// Time per row of each command at 10,000 and 1,000,000 rows, as `karst search --stats` tells it; usage: node bench/growth.mjs [--record] [COMMAND...]
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sizes = [10_000, 1_000_000];

// What stands behind the rows: c counts them, g has 1,000 values, k nearly one a row, w has words.
const rows = count => `| makeresults count=${count} | streamstats count as c | eval g=c%1000, k=(c*7919)%1000003, w="a=".c." b=x,y,z", m=split("p,q,r", ","), _time=1700000000-c`;
const other = '[| makeresults count=50000 | streamstats count as c | eval d=c]';

const cases = {
  accum: 'accum c', addcoltotals: 'addcoltotals c g', addinfo: 'addinfo', addtotals: 'addtotals', append: `append ${other}`,
  appendcols: `appendcols ${other}`, appendpipe: 'appendpipe [stats count]', autoregress: 'autoregress c p=1-3', bin: 'bin span=100 c', chart: 'chart count over g',
  concurrency: 'concurrency duration=g', contingency: 'contingency g m', convert: 'convert num(k)', dedup: 'dedup k', delta: 'delta c', eval: 'eval x=c+1', eventstats: 'eventstats count by g',
  extract: 'eval _raw=w | extract', fields: 'fields c g', fieldsummary: 'fieldsummary maxvals=10 g', filldown: 'filldown g', fillnull: 'fillnull x', foreach: 'foreach c g [eval <<FIELD>>=<<FIELD>>+1]',
  format: 'fields c | format', fromjson: 'eval j="{\\"x\\":1}" | fromjson j', head: 'head 1000000', join: `join c ${other}`, lookup: null, makecontinuous: 'makecontinuous c span=1000',
  makemv: 'makemv delim="," w', mvcombine: 'fields g m | mvcombine m', mvexpand: 'mvexpand m', nomv: 'nomv m', outlier: 'outlier c', rangemap: 'rangemap field=c low=0-100', rare: 'rare g', regex: 'regex w="b=x"',
  reltime: 'reltime', rename: 'rename c as d', replace: 'replace 5 with five in g', reverse: 'reverse', rex: 'rex field=w "b=(?<b>\\S+)"', search: 'search g=5', selfjoin: 'selfjoin g', setfields: 'setfields x=1', sort: 'sort 0 k',
  spath: 'eval j="{\\"x\\":1}" | spath input=j', stats: 'stats count by k', strcat: 'strcat c g x', streamstats: 'streamstats window=100 avg(c) by g', table: 'table c g', tail: 'tail 100', tags: 'tags g', timechart: 'timechart span=1h count',
  timewrap: 'table _time c | timewrap 1d', tojson: 'tojson', top: 'top g', transaction: 'transaction g maxspan=1h', transpose: 'fields c | transpose 100', trendline: 'trendline sma5(c)', union: `union ${other}`, uniq: 'uniq', untable: 'table c g k | untable c name value', where: 'where g>500',
  xmlkv: 'eval _raw="<a>1</a>" | xmlkv', xmlunescape: 'eval _raw="&lt;" | xmlunescape', xpath: 'eval _raw="<a>1</a>" | xpath "//a"', xyseries: 'xyseries k g c',
};

const record = process.argv.includes('--record');
const wanted = process.argv.slice(2).filter(word => !word.startsWith('--'));
const lines = ['| command | search | ns a row at 10,000 | at 1,000,000 | growth |', '|---|---|---|---|---|'];
for (const [name, search] of Object.entries(cases)) {
  if (!search || (wanted.length > 0 && !wanted.includes(name))) continue;
  const times = sizes.map(size => nanoseconds(name, `${rows(size)} | ${search} | stats count`, size));
  const [small, large] = times;
  const line = `| ${name} | \`${search.replaceAll('|', '\\|')}\` | ${show(small)} | ${show(large)} | ${typeof small === 'number' && typeof large === 'number' ? (large / small).toFixed(2) : ''} |`;
  console.error(line);
  lines.push(line);
}
console.log(lines.join('\n'));
if (record) appendFileSync(join(root, 'bench', 'history.md'), `\n## Growth of each command, ${new Date().toISOString().slice(0, 10)}\n\n${lines.join('\n')}\n`);

function show(time) {
  return typeof time === 'number' ? Math.round(time).toLocaleString('en') : time;
}

// The time of the stage itself: what comes before and behind it has lines of its own.
function nanoseconds(name, search, size) {
  const run = spawnSync(join(root, 'karst'), ['search', search, '--stats', '--limit', 'memory=4G'], { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300_000 });
  if (run.error) return run.error.code === 'ETIMEDOUT' ? 'over 300 s' : run.error.code;
  const stages = run.stderr.split('\n').map(line => /^\s*([\d,]+)\s+([\d,]+)\s+([\d.]+)\s{2}(.*)$/.exec(line)).filter(Boolean);
  const first = stages.findIndex(stage => stage[4].startsWith('eval g=')) + 1;
  const stage = stages.slice(first).find(stage => stage[4].split(' ')[0] === name) ?? stages[first];
  if (run.status !== 0 || !stage) return run.stderr.split('\n').find(line => line.startsWith('error'))?.slice(0, 60) ?? 'failed';
  return Number(stage[3].replaceAll(',', '')) * 1e6 / size;
}
