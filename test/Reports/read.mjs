// Reads the reports of `karst test` and `karst lint` with what others wrote, and holds what comes of it against the same results as `--json` gives them:
// JUnit by the reader of a tool that shows test results, SARIF by the schema that was published for it.
// usage: node read.mjs FOLDER
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import assert from "node:assert/strict";

const require = createRequire(import.meta.url);
const Ajv = require("ajv");
const { parse } = require("test-results-parser");
const folder = process.argv[2];
const text = name => readFileSync(join(folder, name), "utf8");
const lines = name => text(name).trimEnd().split("\n").map(line => JSON.parse(line));
const tests = lines("test.jsonl");
const messages = lines("lint.jsonl").filter(line => !line.summary);
const count = state => tests.filter(test => test.state === state).length;
for (const state of ["PASS", "FAIL", "ERROR", "SKIP", "UNSUPPORTED"]) assert(count(state) > 0, `no test ended as ${state}: nothing would be seen of it`);

const junit = parse({ type: "junit", files: [join(folder, "test.xml")] });
assert.equal(junit.passed, count("PASS"));
assert.equal(junit.failed, count("FAIL"));
assert.equal(junit.errors, count("ERROR"));
assert.equal(junit.skipped, count("SKIP") + count("UNSUPPORTED"));
const cases = junit.suites.flatMap(suite => suite.cases);
const status = { PASS: "PASS", FAIL: "FAIL", ERROR: "FAIL", SKIP: "SKIP", UNSUPPORTED: "SKIP" };
// XML 1.0 has no place for these, escaped or not.
const written = text => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
const sorted = list => list.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
assert.deepEqual(sorted(cases.map(({ name, status }) => `${name} ${status}`)), sorted(tests.map(test => `${written(test.test)} ${status[test.state]}`)));
// XML makes spaces of an attribute's line ends: the message is the first line alone, the text is all of it.
const firstLine = reason => reason.split("\n")[0];
assert.deepEqual(
  sorted(cases.filter(({ status }) => status === "FAIL").map(({ failure }) => failure)),
  sorted(tests.filter(({ state }) => status[state] === "FAIL").map(({ reason }) => written(firstLine(reason)))));

const ajv = new Ajv({ schemaId: "auto", allErrors: true });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const isSarif = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
for (const [name, wanted] of [["test.sarif", count("FAIL") + count("ERROR") + count("UNSUPPORTED")], ["lint.sarif", messages.length]]) {
  const sarif = JSON.parse(text(name));
  assert(isSarif(sarif), `${name}: ${ajv.errorsText(isSarif.errors, { separator: "\n" })}`);
  const [run] = sarif.runs;
  assert.equal(run.results.length, wanted, name);
  assert(wanted > 0, name);
  // What the schema cannot say.
  for (const result of run.results) assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
  const marks = run.results.map(result => result.partialFingerprints.primaryLocationLineHash);
  assert.equal(new Set(marks).size, marks.length, `${name}: two results have one fingerprint`);
}
// A reader that takes everything would say nothing.
assert(!isSarif({ version: "2.1.0", runs: [{ tool: {} }] }));
console.log(`${cases.length} tests in JUnit, ${messages.length} messages in SARIF`);
