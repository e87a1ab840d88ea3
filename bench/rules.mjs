// Made-up rules in the proportions of the public collection: 93 of 100 name event names and a condition besides, 5 an error code, 2 a prefix.
// Each rule has its SQL beside it, so that one merged query of DuckDB counts the same.
const residuals = [
  ['userIdentity.type', 'AssumedRole'], ['userIdentity.type', 'IAMUser'], ['awsRegion', 'us-east-1'], ['awsRegion', 'eu-central-1'], ['userIdentity.type', 'Root'],
];
const prefixes = ['Put', 'Delete', 'Attach', 'Stop', 'Modify', 'Disable', 'Create', 'Update'];
const codes = ['AccessDenied', 'Client.UnauthorizedOperation', 'ThrottlingException', 'ResourceNotFoundException'];

export function rules(count, names) {
  return Array.from({ length: count }, (_, index) => {
    const [field, value] = residuals[index % residuals.length];
    const both = [`${field}="${value}"`, `${field} = '${value}'`];
    const kind = index % 100;
    if (kind >= 98) {
      const prefix = prefixes[index % prefixes.length];
      return made(index, `eventName=${prefix}* ${both[0]}`, `starts_with(lower(eventName), '${prefix.toLowerCase()}') AND ${both[1]}`);
    }
    if (kind >= 93) {
      const code = codes[index % codes.length];
      return made(index, `errorCode="${code}" ${both[0]}`, `errorCode = '${code}' AND ${both[1]}`);
    }
    const wanted = Array.from({ length: 1 + index % 3 }, (_, place) => names[(index * 7 + place * 31) % names.length]);
    return made(index, `eventName IN (${wanted.join(', ')}) ${both[0]}`, `eventName IN (${wanted.map(name => `'${name}'`).join(', ')}) AND ${both[1]}`);
  });
}

// Rules with a literal of their own each, as lists of indicators make them: addresses, buckets, users, agents; whole, as an end, within, as a beginning. Few events have one.
export function indicators(count, names) {
  const shown = 'table _time eventName sourceIPAddress userIdentity.arn';
  return Array.from({ length: count }, (_, index) => {
    const own = String(index).padStart(5, '0');
    const kind = index % 10;
    if (kind < 4) return made(index, `sourceIPAddress="${index === 0 ? '198.51.100.51' : `100.64.${index >> 8}.${index % 256}`}"`, null, shown);
    if (kind < 6) return made(index, `eventName=${names[index % names.length]} requestParameters.bucketName="stolen-${own}"`, null, shown);
    if (kind < 8) return made(index, `userIdentity.arn="*:user/intruder-${own}"`, null, shown);
    if (kind < 9) return made(index, `userAgent="*implant-${own}*"`, null, shown);
    return made(index, `requestParameters.bucketName="stash-${own}-*"`, null, shown);
  });
}

function made(index, condition, where, rest = 'stats count') {
  const name = `Bench ${String(index).padStart(5, '0')}`;
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return {
    name, where, file: `bench_${String(index).padStart(5, '0')}.yml`,
    text: `name: ${name}\nid: ${id}\nversion: 1\ndate: '2026-01-01'\nauthor: The Karst authors\nstatus: production\ntype: Hunting\ndescription: Made for bench.\ndata_source:\n- AWS CloudTrail\n`
      + `search: sourcetype=aws:cloudtrail ${condition.replaceAll(': ', ':')} | ${rest}\nhow_to_implement: None.\nknown_false_positives: None.\nreferences: []\n`
      + `tags:\n  analytic_story: []\n  asset_type: AWS Account\n  confidence: 50\n  impact: 50\n  message: Made for bench.\n  mitre_attack_id: []\n  observable: []\n`
      + `  product:\n  - Splunk Enterprise\n  risk_score: 25\n  required_fields: []\n  security_domain: cloud\n`,
  };
}

export function merged(rules) {
  return `SELECT ${rules.map(rule => `count(*) FILTER (WHERE ${rule.where})::VARCHAR AS "${rule.name}"`).join(',\n  ')}\n`
    + `FROM read_json('$file', format = 'newline_delimited', columns = {eventName: 'VARCHAR', awsRegion: 'VARCHAR', errorCode: 'VARCHAR', userIdentity: 'STRUCT("type" VARCHAR)'})\n`;
}

/** The event names that the generator writes. */
export function eventNames(table) {
  return table.split('\n').filter(line => line && !line.startsWith('#')).flatMap(line => line.split('\t')[2].split(' '));
}
