#!/usr/bin/env node
// Checks an evidence pack, alone and offline: Node is all that it needs. `node verify.mjs [folder] [--manifest <sha256>]`
// It shares no code with the platform that made the pack, so that a mistake there is not repeated here.
import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const FORMAT = 'remit evidence 1';
const NOTHING = '0'.repeat(64);
/** Not listed in the manifest: the manifest itself. */
const MANIFEST = 'manifest.json';

const problems = [];
const args = process.argv.slice(2);
const at = args.indexOf('--manifest');
const wantedManifest = at < 0 ? null : args[at + 1];
const [given] = args.filter((_, n) => at < 0 || (n !== at && n !== at + 1));
const folder = given ?? dirname(fileURLToPath(import.meta.url));

const manifest = readManifest();
if (manifest !== null) {
  checkFiles(manifest);
  const stories = manifest.cases.map((one) => checkCase(one)).filter((story) => story !== null);
  if (problems.length === 0) checkFigures(stories);
}
report();

function readManifest() {
  try {
    const bytes = readFileSync(join(folder, MANIFEST));
    const digest = sha256(bytes);
    if (wantedManifest !== null && digest !== wantedManifest) {
      problems.push(`${MANIFEST}: its digest is ${digest}, not ${wantedManifest}`);
    }
    const read = JSON.parse(bytes.toString('utf8'));
    if (read.format !== FORMAT) throw new Error(`its format is not "${FORMAT}"`);
    return read;
  } catch (error) {
    problems.push(`${MANIFEST}: ${error.message}`);
    return null;
  }
}

/** Nothing was changed, left out or put in. */
function checkFiles({ files }) {
  const known = new Map(files.map(({ path, sha256: digest }) => [path, digest]));
  const found = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  for (const [path, digest] of known) {
    if (!found.has(path)) problems.push(`${path}: it is missing`);
    else if (sha256(readFileSync(join(folder, path))) !== digest) problems.push(`${path}: it was changed`);
  }
  for (const path of found) {
    if (path !== MANIFEST && !known.has(path)) problems.push(`${path}: it was put in later`);
  }
}

/** Each entry of the ledger is bound to the one before, up to where the case and the manifest say that it ends. */
function checkCase({ caseId, seq, hash }) {
  const path = `cases/${caseId}.json`;
  // Said already, among the files.
  if (!existsSync(join(folder, path))) return;
  try {
    const story = JSON.parse(readFileSync(join(folder, path), 'utf8'));
    if (story.caseId !== caseId) throw new Error('it is another case');
    let previous = { seq: 0, hash: NOTHING };
    for (const entry of story.ledger) {
      const { hash: stated, ...content } = entry;
      if (entry.caseId !== caseId) throw new Error(`entry ${entry.seq} belongs to another case`);
      if (entry.seq !== previous.seq + 1) throw new Error(`entry ${previous.seq + 1} is missing`);
      if (entry.previousHash !== previous.hash)
        throw new Error(`entry ${entry.seq} does not follow from the one before`);
      if (entryHash(content) !== stated) throw new Error(`entry ${entry.seq} was changed`);
      previous = { seq: entry.seq, hash: stated };
    }
    for (const end of [story.chain, { seq, hash }]) {
      if (end.seq !== previous.seq || end.hash !== previous.hash)
        throw new Error(`its ledger does not end at entry ${end.seq}`);
    }
    checkHead(story);
    return story;
  } catch (error) {
    problems.push(`${path}: ${error.message}`);
    return null;
  }
}

/** An event is in it by its salted digest, so that parts can be erased; in older ledgers as it is. */
function entryHash({ salts, ...content }) {
  const event = salts === undefined ? content.event : treeDigest(content.event, salts);
  return sha256(canonical({ ...content, event }));
}

function treeDigest(value, salts) {
  if (salts.erased !== undefined) return salts.erased;
  const below = (name) => {
    if (typeof salts === 'string') return createHmac('sha256', salts).update(name).digest('hex').slice(0, 32);
    if (!Object.hasOwn(salts.members, name)) throw new Error(`there is no salt for ${name}`);
    return salts.members[name];
  };
  if (Array.isArray(value)) return sha256(canonical(['items', value.map((one, n) => treeDigest(one, below(`${n}`)))]));
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([name, one]) => [name, treeDigest(one ?? null, below(name))]);
    return sha256(canonical(['members', Object.fromEntries(members)]));
  }
  if (typeof salts !== 'string') throw new Error('a part has no salt');
  return sha256(canonical(['value', salts, value]));
}

/** What the case says of itself is what its ledger says. */
function checkHead({ decision, decidedBy, input, ledger }) {
  const opened = ledger.find(({ event }) => event.type === 'case-opened')?.event;
  if (opened !== undefined && canonical(opened.input) !== canonical(input))
    throw new Error('its input is not the one on record');
  const made = ledger.filter(({ event }) => event.type === 'decision-made').map(({ event }) => event);
  const overturned = ledger.findLast(({ event }) => event.type === 'decision-overturned')?.event;
  const known = [...made.map((one) => one.decision), overturned?.after].filter(
    (one) => one !== null && one !== undefined,
  );
  const isKnown = decision === null || known.some((one) => canonical(one) === canonical(decision));
  if (made.length > 0 && !isKnown) throw new Error('its decision is not one that is on record');
  const deciders = [...made.map(({ by }) => by), overturned?.by];
  if (made.length > 0 && !deciders.includes(decidedBy)) throw new Error('another decided it than the ledger says');
}

/** The figures are counted again, from the ledgers alone. */
function checkFigures(stories) {
  const stated = JSON.parse(readFileSync(join(folder, 'figures.json'), 'utf8'));
  const counted = {
    cases: 0,
    entries: 0,
    modelUsd: 0,
    verdicts: {},
    answers: {},
    expired: 0,
    actionsDone: 0,
    overturned: 0,
  };
  for (const { ledger } of stories) {
    counted.cases += 1;
    counted.entries += ledger.length;
    for (const { event } of ledger) countEvent(counted, event);
  }
  for (const [name, value] of Object.entries(counted)) {
    const isSame =
      typeof value === 'number'
        ? Math.abs(value - stated[name]) < 1e-9
        : canonical(value) === canonical(stated[name] ?? null);
    if (!isSame) problems.push(`figures.json: ${name} is not what the ledgers say`);
  }
}

function countEvent(counted, event) {
  const add = (of, name) => (counted[of][name] = (counted[of][name] ?? 0) + 1);
  if (event.type === 'decision-made' && event.verdict.kind !== undefined) add('verdicts', event.verdict.kind);
  if (event.type === 'request-answered') add('answers', event.answer.verb);
  if (event.type === 'request-expired') counted.expired += 1;
  if (event.type === 'action-done') counted.actionsDone += 1;
  if (event.type === 'decision-overturned') counted.overturned += 1;
  if (event.type === 'turn-finished') counted.modelUsd += event.turn.usage.costUsd;
}

/** JSON as RFC 8785 has it, for what ledgers hold. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
}

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

function report() {
  if (problems.length > 0) {
    console.error(`NOT as it was made: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
    for (const problem of problems) console.error(`  ${problem}`);
    process.exitCode = 1;
    return;
  }
  const { workflow, from, to, cases } = manifest;
  console.log(
    `${workflow}, ${from} to ${to}: ${cases.length} ledgers, each whole and unchanged; the figures follow from them.`,
  );
  if (wantedManifest === null) {
    console.log(
      'Whoever made the pack anew could have changed it: hold the manifest against the digest that you were given,',
    );
    console.log(`  node verify.mjs --manifest ${sha256(readFileSync(join(folder, MANIFEST)))}`);
  }
}
