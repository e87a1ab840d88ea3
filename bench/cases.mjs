// What is measured: each case makes its data when it is run, and says what it must reach and what it aims at.
// A case answers { ours, theirs?, compare?, bytes?, budget? }, or { skipped: the reason }.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bags, counts, findings, lines, sortedLines } from './compare.mjs';
import { indicators, eventNames, merged, rules } from './rules.mjs';

// The search of a rule file: the block below `search: |-`, without its indentation.
function searchOf(text) {
  const all = text.split('\n');
  const start = all.findIndex(line => line.startsWith('search: |-')) + 1;
  const end = all.findIndex((line, index) => index >= start && /^\S/.test(line));
  return all.slice(start, end).map(line => line.slice(4)).join('\n');
}

const unselective = 'sourcetype=aws:cloudtrail | stats count by eventSource eventName userIdentity.type';
const addOn = 'sourcetype=aws:cloudtrail | stats count by user src dest action';

export function cases({ root, data, core, both, escu, native }) {
  const bench = join(root, 'bench');
  const karst = process.env.BENCH_KARST ?? './karst';
  const one = argv => ({ argv, cores: core });
  const search = (text, paths, { threads = 1, options = [] } = {}) => ({
    argv: [karst, 'search', ...options, '--sourcetype', 'aws:cloudtrail', '--format', 'jsonl', '--threads', String(threads), text, ...[paths].flat()], cores: threads === 1 ? core : both,
  });
  const hunt = (folder, path, { threads = 1, options = ['--sourcetype', 'aws:cloudtrail'], code = 0 } = {}) => ({
    argv: [karst, 'hunt', '--rules', folder, ...options, '--format', 'jsonl', '--threads', String(threads), path], cores: threads === 1 ? core : both, code,
  });
  const rows = (text, paths) => one([karst, 'search', '--rows', '--format', 'jsonl', '--threads', '1', '--limit', 'memory=256M', '--limit', 'join=1000000000', text, ...paths]);
  const duckdb = (query, ...logs) => one(['node', join(bench, 'duckdb.mjs'), query.startsWith('/') ? query : join(bench, 'queries', query), ...logs]);
  const ripgrep = (option, log) => one(['rg', ...option, '-c', 'DescribeImageScanFindings', log]);
  const seed = () => searchOf(data.text('content/rules/aws/aws_ecr_container_scanning_findings_low_informational_unknown.yml'));
  const generated = count => rules(count, eventNames(data.text('bench/Generator/Shapes/actions.tsv')));
  const indicatorFolder = count => data.folderOf(`indicators-${count}`, indicators(count, eventNames(data.text('bench/Generator/Shapes/actions.tsv'))).map(rule => [rule.file, rule.text]));
  const ruleFolder = count => data.folderOf(`rules-${count}`, generated(count).map(rule => [rule.file, rule.text]));
  const mergedSql = count => join(data.folderOf(`merged-${count}`, [['merged.sql', merged(generated(count))]]), 'merged.sql');
  const ours = kind => kind === 'native' ? native : karst;
  const start = (kind, words, code = 0) => kind === 'native' && !native ? { skipped: 'no native executable: `make release`, then BENCH_NATIVE=its path' } : { ours: { ...one([ours(kind), ...words]), code }, theirs: one(['true']) };
  const collection = run => existsSync(escu) ? run() : { skipped: `no rule collection at ${escu}; BENCH_ESCU names one` };
  const against = (peer, value) => ({ peer, ...value });

  const list = {
    'seed-duckdb': against('DuckDB', { metric: 'faster', must: 4, aim: 8, title: "the seed's rule",
      make: () => ({ ours: search(seed(), data.trail()), theirs: duckdb('seed.sql', data.trail()), compare: bags }) }),
    'seed-app-duckdb': against('DuckDB', { metric: 'faster', must: 4, aim: 8, title: "the seed's rule, `--app` of the public collection",
      make: () => collection(() => ({ ours: search(seed(), data.trail(), { options: ['--app', escu] }), theirs: duckdb('seed.sql', data.trail()), compare: bags })) }),
    'seed-rg': against('rg -i -c', { metric: 'faster', must: 1, title: "the seed's rule",
      make: () => ({ ours: search(seed(), data.trail()), theirs: ripgrep(['-i'], data.trail()) }) }),
    'seed-rg-read': against('rg --no-mmap -c', { metric: 'faster', aim: 1, title: "the seed's rule",
      make: () => ({ ours: search(seed(), data.trail()), theirs: ripgrep(['--no-mmap'], data.trail()) }) }),
    'unselective-duckdb': against('DuckDB', { metric: 'faster', must: 2, aim: 3, title: '`stats count by eventSource eventName userIdentity.type`',
      make: () => ({ ours: search(unselective, data.trail()), theirs: duckdb('unselective.sql', data.trail()), compare: bags }) }),
    'unselective-jq': against('jq', { metric: 'faster', title: 'the same',
      make: () => ({ ours: search(unselective, data.trail()), theirs: one(['jq', '-n', '-c', '-f', join(bench, 'queries/unselective.jq'), data.trail()]), compare: bags }) }),
    'unselective-json': against('System.Text.Json, a document a line', { metric: 'faster', title: 'the same',
      make: () => ({ ours: search(unselective, data.trail()), theirs: one(['dotnet', process.env.BENCH_GENERATOR, 'count', data.trail()]), compare: bags }) }),
    'add-on-duckdb': against('DuckDB, raw columns', { metric: 'faster', must: 1, aim: 2, title: '`stats count by user src dest action`: rows not compared, the columns of the peer are raw',
      make: () => ({ ours: search(addOn, data.trail()), theirs: duckdb('add-on.sql', data.trail()) }) }),
    'rules-150-duckdb': against('DuckDB, one merged query', { metric: 'faster', must: 5, aim: 8, title: '150 rules in one pass',
      make: () => ({ ours: hunt(ruleFolder(150), data.trail()), theirs: duckdb(mergedSql(150), data.trail()), compare: counts }) }),
    'rules-150-rg': against('rg -i -c', { metric: 'slower', must: 3, aim: 2, title: '150 rules in one pass',
      make: () => ({ ours: hunt(ruleFolder(150), data.trail()), theirs: ripgrep(['-i'], data.trail()) }) }),
    mixed: { metric: 'rate', must: 0.3, aim: 1, title: 'all rules of the public collection over mixed logs',
      make: () => collection(() => ({ ours: hunt(escu, data.mixed(), { options: [] }), bytes: data.bytes })) },
    'mixed-cores': against('karst on one core', { metric: 'faster', must: 1.6, aim: 1.75, title: 'the same on two cores',
      make: () => collection(() => ({ ours: hunt(escu, data.mixed(), { options: [], threads: 2 }), theirs: hunt(escu, data.mixed(), { options: [] }), compare: findings })) }),
    'rules-800-1600': against('karst with 800 rules', { metric: 'slower', must: 1.3, aim: 1.1, title: '1,600 rules',
      make: () => ({ ours: hunt(ruleFolder(1600), data.trail()), theirs: hunt(ruleFolder(800), data.trail()) }) }),
    'rules-1000-10000': against('karst with 1,000 rules', { metric: 'slower', must: 2, aim: 1.3, title: '10,000 rules, each with its own literal',
      make: () => ({ ours: hunt(indicatorFolder(10000), data.trail()), theirs: hunt(indicatorFolder(1000), data.trail()) }) }),
    gz: against('plain inflate (GZipStream)', { metric: 'faster', must: 0.9, aim: 1, title: "the seed's rule over one `.gz`",
      make: () => ({ ours: search(seed(), data.trailGz()), theirs: one(['dotnet', process.env.BENCH_GENERATOR, 'inflate', data.trailGz()]) }) }),
    'cores-unselective': against('karst on one core', { metric: 'faster', must: 1.6, aim: 1.75, title: 'unselective `stats` on two cores',
      make: () => ({ ours: search(unselective, data.trail(), { threads: 2 }), theirs: search(unselective, data.trail()), compare: bags }) }),
    'cores-rules': against('karst on one core', { metric: 'faster', must: 1.6, aim: 1.75, title: '150 rules on two cores',
      make: () => ({ ours: hunt(ruleFolder(150), data.trail(), { threads: 2 }), theirs: hunt(ruleFolder(150), data.trail()), compare: findings }) }),
    'cores-gz': against('karst on one core', { metric: 'faster', must: 1.8, aim: 1.9, title: 'a folder of 40 `.gz` on two cores',
      make: () => ({ ours: search(seed(), data.trailFolder(), { threads: 2 }), theirs: search(seed(), data.trailFolder()), compare: bags }) }),
    'memory-search': { metric: 'peak', must: 96, aim: 64, title: 'peak memory of a search', make: () => ({ ours: search(seed(), data.trail()) }) },
    'memory-hunt': { metric: 'peak', must: 96, aim: 64, title: 'peak memory of a hunt with 150 rules', make: () => ({ ours: hunt(ruleFolder(150), data.trail()) }) },
    groups: against('DuckDB (rows)', { metric: 'budget', must: 1.3, title: '`stats count by k`, each row a group, `--limit memory=256M`', budget: 256,
      make: () => ({ ours: rows('| stats count by k', [data.rows('left', data.bytes, 'n')]), theirs: duckdb('groups.sql', data.rows('left', data.bytes, 'n')), compare: sortedLines }) }),
    sort: against('DuckDB (rows)', { metric: 'budget', must: 1.3, title: '`sort 0 k`, `--limit memory=256M`', budget: 256,
      make: () => ({ ours: rows('| sort 0 k | table k n note', [data.rows('left', data.bytes, 'n')]), theirs: duckdb('sort.sql', data.rows('left', data.bytes, 'n')), compare: lines }) }),
    join: against('DuckDB (rows)', { metric: 'budget', must: 1.3, title: '`join` of two sides, each half the size, `--limit memory=256M`', budget: 256,
      make: () => {
        const sides = [data.rows('left', data.bytes / 2, 'n'), data.rows('right', data.bytes / 2, 'm')];
        return { ours: rows('n=* | fields k n | join k [search m=* | fields k m] | table k n m', sides), theirs: duckdb('join.sql', ...sides), compare: sortedLines };
      } }),
    'start-jit': { metric: 'milliseconds', title: '`./karst --version`, the comparison of sources included', make: () => start('jit', ['--version']) },
    'start-native': { metric: 'milliseconds', must: 15, aim: 10, title: '`karst --version`, native', make: () => start('native', ['--version']) },
    'line-jit': { metric: 'milliseconds', title: '`search` of one line, by `./karst`', make: () => start('jit', ['search', 'eventName=*', data.oneLine()]) },
    'line-native': { metric: 'milliseconds', must: 15, aim: 10, title: '`search` of one line, native', make: () => start('native', ['search', 'eventName=*', data.oneLine()]) },
    'lint-native': { metric: 'seconds', must: 3, aim: 1.5, title: '`lint` of the public collection, native', make: () => collection(() => start('native', ['lint', '--json', join(escu, 'detections')], 1)) },
    'test-native': { metric: 'milliseconds', must: 60, aim: 30, title: '`test` of one rule on its data, native',
      make: () => start('native', ['test', 'content/rules/aws/aws_ecr_container_scanning_findings_low_informational_unknown.yml']) },
    catalogue: { metric: 'seconds', must: 5, aim: 3, title: '`catalog build` of the public collection into a new folder, two cores',
      make: () => collection(() => {
        const sites = join(data.folder, 'sites');
        rmSync(sites, { recursive: true, force: true });
        mkdirSync(sites);
        return { ours: { argv: ['sh', '-c', 'exec "$0" catalog build "$1" --out "$(mktemp -d -p "$2")"', karst, join(escu, 'detections'), sites], cores: both } };
      }) },
    'catalogue-again': { metric: 'seconds', title: 'the same over an earlier build',
      make: () => collection(() => ({ ours: { argv: [karst, 'catalog', 'build', join(escu, 'detections'), '--out', join(data.folder, 'site')], cores: both } })) },
  };
  return Object.entries(list).map(([name, value]) => ({ name, ...value }));
}
