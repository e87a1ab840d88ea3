// usage: node duckdb.mjs QUERY.sql LOG [OTHER]; one thread; $file and $other are the logs; prints the rows as one JSON object a line (a COPY prints its own).
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [query, log, other = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
const sql = readFileSync(query, 'utf8').replaceAll('$file', log.replaceAll("'", "''")).replaceAll('$other', other.replaceAll("'", "''"));
const copies = /^COPY\b/m.test(sql);
const result = await connection.runAndReadAll(sql);
const lines = copies ? [] : result.getRowObjects().map(row => JSON.stringify(row));
process.stdout.write(lines.length > 0 ? lines.join('\n') + '\n' : '');
