// Waits until an address answers with success: node wait-until-ready.mjs <url> <pid of the server>
const PATIENCE_MS = 60_000;
const [url, pid] = process.argv.slice(2);
const end = Date.now() + PATIENCE_MS;

const isReady = async () => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const isAlive = () => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};

while (!(await isReady())) {
  if (!isAlive() || Date.now() > end) {
    console.error(isAlive() ? `${url} does not answer` : "the server has ended");
    process.exit(1);
  }
  await new Promise((again) => setTimeout(again, 50));
}
