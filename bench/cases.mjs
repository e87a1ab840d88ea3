// What is measured: the arguments of karst, and the peers beside it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// The search of a rule file: the block below `search: |-`, without its indentation.
function searchOf(rule) {
  const lines = readFileSync(rule, 'utf8').split('\n');
  const start = lines.findIndex(line => line.startsWith('search: |-')) + 1;
  const end = lines.findIndex((line, index) => index >= start && /^\S/.test(line));
  return lines.slice(start, end).map(line => line.slice(4)).join('\n');
}

export function cases(root, log, app) {
  const bench = join(root, 'bench');
  const seed = searchOf(join(root, 'content/rules/aws/aws_ecr_container_scanning_findings_low_informational_unknown.yml'));
  const apps = app ? ['--app', app] : [];
  const karst = search => ['./karst', 'search', ...apps, '--sourcetype', 'aws:cloudtrail', '--format', 'jsonl', '--threads', '1', search, log];
  const duckdb = name => ['node', join(bench, 'duckdb.mjs'), join(bench, 'queries', name), log];
  const ripgrep = ['rg', '-i', '-c', 'DescribeImageScanFindings', log];
  return [
    { name: "the seed's rule", ours: karst(seed), peer: 'DuckDB', theirs: duckdb('seed.sql'), compared: true },
    { name: "the seed's rule", ours: karst(seed), peer: 'rg -i -c', theirs: ripgrep, compared: false },
    { name: 'stats count by eventSource eventName userIdentity.type', ours: karst('sourcetype=aws:cloudtrail | stats count by eventSource eventName userIdentity.type'),
      peer: 'DuckDB', theirs: duckdb('unselective.sql'), compared: true },
  ];
}
