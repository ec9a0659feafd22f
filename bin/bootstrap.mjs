// Runs before anything is installed, and on Node 20: plain JavaScript, nothing imported but Node itself.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildWeb, webIsBuilt, webStamp } from './web.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'server', 'src', 'main.ts');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.scrip-stamp');

/** The oldest Node that runs the server's TypeScript as it stands. */
const NODE_MAJOR_MIN = 24;
/**
 * Options for the server's Node; with none, a Node that is new enough already runs the server itself. By itself it would
 * not look for garbage among what has grown old before there are some 150 MB of it, and then four times what was left.
 */
const NODE_OPTIONS_OF_SERVER = [
  '--max-semi-space-size=16',
  '--initial-old-space-size=64',
  '--heap-growing-percent=60',
];

const ENDINGS = ['SIGTERM', 'SIGHUP', 'SIGINT'];

/** Installs what is missing, then runs the server's program with these arguments; ends with its exit code. */
export async function run(args) {
  await install();
  const node = suitableNode();
  if (args[0] === 'serve') await build(node);
  if (node === process.execPath && NODE_OPTIONS_OF_SERVER.length === 0) {
    process.argv = [process.execPath, main, ...args];
    await import(pathToFileURL(main).href);
    return;
  }
  const child = spawn(node, [...NODE_OPTIONS_OF_SERVER, main, ...args], { stdio: 'inherit' });
  passSignals(child);
  child.once('error', (error) => fail(`${node} cannot be run: ${error.message}`));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

/** Builds the pages where they are missing or older than their sources. */
async function build(node) {
  const stamp = webStamp(root);
  if (webIsBuilt(root, stamp)) return;
  const release = await onlyOne();
  if (!webIsBuilt(root, stamp)) {
    const started = Date.now();
    const said = buildWeb(root, node, stamp);
    if (said !== undefined) fail(`${said}\nThe web pages could not be built.`);
    say(`Built the web pages in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  }
  release();
}

/** Ends the program with a message for people. */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function suitableNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const bundled = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(bundled)) return bundled;
  return fail(
    `Scrip needs Node ${NODE_MAJOR_MIN} or newer. This is ${process.versions.node}, and none is bundled for ` +
      `${process.platform}-${process.arch}.`,
  );
}

function isNewEnough(version) {
  return Number(version.split('.')[0]) >= NODE_MAJOR_MIN;
}

function passSignals(child) {
  for (const signal of [...ENDINGS, 'SIGQUIT', 'SIGUSR2']) {
    process.on(signal, () => {
      // A terminal sends what its keys mean to the whole group: passed on as well, it would arrive twice.
      const fromKeys = (signal === 'SIGINT' || signal === 'SIGQUIT') && process.stdin.isTTY;
      if (!fromKeys) child.kill(signal);
    });
  }
}

async function install() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(lockText).digest('hex');
  if (stampIs(stamp)) return;
  const release = await onlyOne();
  if (!stampIs(stamp)) {
    const wanted = JSON.parse(lockText).packages;
    const installed = installedPackages();
    if (!isComplete(wanted, installed)) await npmCi(installed);
    writeFileSync(stampFile, `${stamp}\n`);
  }
  release();
}

function stampIs(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp;
}

/** What npm notes down about the packages that are there, by their path. */
function installedPackages() {
  const note = join(modules, '.package-lock.json');
  return existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')).packages : {};
}

/** True when each package that the server needs on this machine is there in the locked version, whoever installed it. */
function isComplete(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path, about]) => path !== '' && !about.dev && isForHere(about) && !isPartOfOthers(about))
    .every(([path, about]) => installed[path]?.version === about.version && existsSync(join(root, path)));
}

/** Optional and made for no system: it belongs to a package for another one, and npm leaves it out with that. */
function isPartOfOthers({ optional, os, cpu }) {
  return optional === true && os === undefined && cpu === undefined;
}

function isForHere({ os, cpu, libc }) {
  return matches(os, process.platform) && matches(cpu, process.arch) && matches(libc, libcHere());
}

/** The C library that packages may be made for; only Linux has several. */
function libcHere() {
  if (process.platform !== 'linux') return undefined;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

function matches(allowed, here) {
  return allowed === undefined || [allowed].flat().includes(here);
}

function npmCi(installed) {
  const isDeveloper = Object.values(installed).some((about) => about.dev);
  const args = ['ci', ...(isDeveloper ? [] : ['--omit=dev']), '--ignore-scripts', '--no-audit', '--no-fund'];
  say('Installing what Scrip needs (once; about a minute) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const started = Date.now();
  const progress = setInterval(() => say(`  … ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  const output = [];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const signal of ENDINGS) {
      process.once(signal, () => {
        // npm takes its time to end in order, and the next start begins afresh anyway.
        child.kill('SIGKILL');
        process.exit(128 + constants.signals[signal]);
      });
    }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => fail(`npm cannot be run: ${error.message}`));
    child.once('close', (code) => {
      clearInterval(progress);
      if (code !== 0)
        fail(`${Buffer.concat(output).toString()}\nThe installation failed (npm ci, exit code ${code}).`);
      for (const signal of ENDINGS) process.removeAllListeners(signal);
      say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
      resolve();
    });
  });
}

// To stderr: what a command prints belongs to its caller.
function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Waits until no other process installs here. The kernel frees an abstract socket when its holder dies. */
async function onlyOne() {
  const name = `\0scrip-install-${createHash('sha256').update(root).digest('hex')}`;
  for (;;) {
    const server = createServer();
    const isMine = await new Promise((resolve, reject) => {
      server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
      server.listen(process.platform === 'linux' ? name : 0, () => resolve(true));
    });
    if (isMine) return () => server.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
