// A stand-in for Suomi.fi Valtuudet, as no real one can be had without an agreement with the Digital and Population Data
// Services Agency: its Web API for acting for a person as the agency describes it, and a page on which one chooses. It checks
// the checksum of each request, and codes are good once.
import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";

export const CLIENT = { id: "42bbe569", apiKey: "3ba56df8-88b8-4805-9b04-2f8e7a61ae8f", password: "badb-abe4-cafe" };
export const HEALTH = "http://valtuusrekisteri.suomi.fi/terveydenhuollon_asioiden_hoito";

function isSigned(request) {
  const [id, time, sum] = (request.headers["x-asiointivaltuudetauthorization"] ?? "").split(" ");
  const expected = createHmac("sha256", CLIENT.apiKey).update(`${request.url} ${time}`).digest("base64");
  return id === CLIENT.id && sum === expected && Math.abs(Date.now() - Date.parse(time)) < 300_000;
}

function page(query, people, lang) {
  const box = ({ code, name }) => `<p><label><input type="checkbox" name="who" value="${code}"> ${name}</label></p>`;
  const kept = ["redirect_uri", "state", "user"].map((name) => `<input type="hidden" name="${name}" value="${query.get(name)}">`);
  return `<!doctype html><html lang="${lang}"><title>Valtuudet</title><body><h1>Kenen puolesta asioit?</h1>
    <form action="/choose">${kept.join("")}${people.map(box).join("")}
    <button name="do" value="choose">Valitse</button> <button name="do" value="cancel">Keskeytä</button></form></body></html>`;
}

/** `people`: who can be chosen, `{ code, name, byRole, issues }`. `breakDown(true)` has every answer fail from then on. */
export async function startRegister(people) {
  const visits = new Map();
  const codes = new Map();
  const tokens = new Map();
  let isBroken = false;

  function answer(request) {
    const url = new URL(request.url, "http://register");
    const parts = url.pathname.split("/").filter(Boolean);
    if (isBroken) return [500, { message: "rikki" }];
    if (parts.slice(0, 4).join("/") === "service/hpa/user/register" && isSigned(request)) {
      const [sessionId, userId] = [randomUUID(), randomUUID()];
      visits.set(sessionId, { userId, chosen: [] });
      return [200, { sessionId, userId }];
    }
    if (url.pathname === "/oauth/token" && request.method === "POST") {
      const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.password}`).toString("base64")}`;
      const session = codes.get(url.searchParams.get("code"));
      codes.delete(url.searchParams.get("code"));
      if (!session || request.headers.authorization !== basic) return [400, { error: "invalid_grant" }];
      const token = randomUUID();
      tokens.set(`Bearer ${token}`, session);
      return [200, { access_token: token, token_type: "bearer", expires_in: 599 }];
    }
    const [kind, session, code] = parts.slice(3);
    if (!isSigned(request) || tokens.get(request.headers.authorization) !== session) return [401, {}];
    const chosen = people.filter((person) => visits.get(session).chosen.includes(person.code));
    if (kind === "delegate") return [200, chosen.map((person) => ({ personId: person.code, name: person.name }))];
    const issue = url.searchParams.get("issues");
    const person = chosen.find((one) => one.code === code);
    return [200, { result: (issue ? person?.issues?.includes(issue) : person?.byRole) ? "ALLOWED" : "DISALLOWED" }];
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://register");
    const query = url.searchParams;
    if (url.pathname === "/oauth/authorize") {
      return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page(query, people, query.get("lang")));
    }
    if (url.pathname === "/choose") {
      const back = new URL(query.get("redirect_uri"));
      back.searchParams.set("state", query.get("state"));
      const [session, visit] = [...visits].find(([, { userId }]) => userId === query.get("user"));
      if (query.get("do") === "cancel") {
        back.searchParams.set("error", "access_denied");
      } else {
        visit.chosen = query.getAll("who");
        const code = `${randomUUID()}+/=`;
        codes.set(code, session);
        back.searchParams.set("code", code);
      }
      return response.writeHead(302, { location: back.href }).end();
    }
    const [status, body] = answer(request);
    return response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    breakDown: (broken) => { isBroken = broken; },
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
