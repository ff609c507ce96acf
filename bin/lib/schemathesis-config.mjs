// Prints settings for Schemathesis that sign it in as a demo person and name things this person can see:
// node schemathesis-config.mjs <base url> <citizen|professional>
const [base, app] = process.argv.slice(2);
const headers = { "Content-Type": "application/json", "Omasote-App": app };

async function ask(path, body) {
  const method = body ? "POST" : "GET";
  const answer = await fetch(`${base}/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

const { demoPersonas } = await (await ask("sessions/methods")).json();
const { person } = demoPersonas.find((persona) => persona.person.kind === app);
const signedIn = await ask("sessions/demo", { person });
headers.Cookie = signedIn.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");

const me = await (await ask("me")).json();
const unit = me.units[0]?.id ?? (await (await ask("units")).json()).items[0].id;
const threads = app === "citizen" ? `citizens/${person.id}/threads` : `units/${unit}/inbox`;
const [thread] = (await (await ask(threads)).json()).items;
const citizen = app === "citizen" ? person.id : thread.citizen.id;

console.log(`[headers]
Cookie = ${JSON.stringify(headers.Cookie)}
Omasote-App = "${app}"

[parameters]
"path.citizenId" = "${citizen}"
"path.threadId" = "${thread.id}"
"path.unitId" = "${unit}"`);
