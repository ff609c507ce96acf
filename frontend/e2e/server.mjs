// A server of a journey's own, beside the one that all share, where the journey needs other settings.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BINARY = process.env.SERVER ?? fileURLToPath(new URL("../../target/release/omasote", import.meta.url));

/** The address that a server will have, chosen before it starts so that others can know it. */
export async function freeAddress() {
  const probe = createServer();
  await new Promise((resolve) => { probe.listen(0, "127.0.0.1", resolve); });
  const { port } = probe.address();
  await new Promise((resolve) => { probe.close(resolve); });
  return `127.0.0.1:${port}`;
}

/**
 * Starts a server in demo mode with `settings` (by their names) and `files` (name and content) in its folder, whose path
 * stands for {folder} in a setting. `run` runs another command of the binary with the same settings, `stop` ends the server.
 */
export async function startServer(listen, settings = {}, files = {}) {
  const folder = mkdtempSync(join(tmpdir(), "omasote-journey."));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const all = {
    listen, database_url: `sqlite://${folder}/journey.sqlite`, data_dir: folder, demo: "true", log: "warn", ...settings,
  };
  const named = Object.entries(all).map(([name, value]) => [`OMASOTE_${name.toUpperCase()}`, value.replace("{folder}", folder)]);
  const env = { ...process.env, ...Object.fromEntries(named) };
  const run = (commandLine, input = "") => execFileSync(BINARY, commandLine, { env, input, encoding: "utf8" });
  run(["migrate"]);
  run(["demo-data"]);
  const child = spawn(BINARY, ["serve"], { env, stdio: "ignore" });
  const base = `http://${listen}`;
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (answer?.ok) break;
    if (tries > 100 || child.exitCode !== null) throw new Error(`the journey's server did not start (${BINARY})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async () => {
    const ended = new Promise((resolve) => { child.on("exit", resolve); });
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { base, run, stop };
}
