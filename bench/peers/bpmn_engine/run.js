// bpmn-engine: the process runs in memory, and after every step its state is asked for and stored.

import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { Engine } from "bpmn-engine";

const OPINION = "nothing stands against it, as far as this office can see";
const [url, model, approvals] = process.argv.slice(2);
const source = readFileSync(model, "utf8");

async function saver() {
  if (url.startsWith("sqlite")) {
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(url.replace("sqlite:///", ""));
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.exec("CREATE TABLE IF NOT EXISTS peer_bpmn_engine (id integer PRIMARY KEY, state text)");
    const statement = database.prepare("INSERT OR REPLACE INTO peer_bpmn_engine VALUES (?, ?)");
    return { save: async (id, state) => statement.run(id, state), close: async () => database.close() };
  }
  const { default: pg } = await import("pg");
  const given = new URL(url.replace("@/", "@localhost/")); // a socket has no host
  const host = given.searchParams.get("host") ?? given.hostname;
  const port = Number(given.searchParams.get("port") ?? (given.port || 5432));
  const client = new pg.Client({ host, port, user: given.username, password: given.password, database: given.pathname.slice(1) });
  await client.connect();
  await client.query("CREATE TABLE IF NOT EXISTS peer_bpmn_engine (id integer PRIMARY KEY, state text)");
  const text = "INSERT INTO peer_bpmn_engine VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET state = excluded.state";
  return { save: (id, state) => client.query({ name: "save", text, values: [id, state] }), close: () => client.end() };
}

const { save, close } = await saver();
const taken = [];
for (let number = 0; number < Number(approvals); number++) {
  const engine = new Engine({ name: "approval", source });
  const listener = new EventEmitter();
  let open = null;
  listener.on("activity.wait", (task) => { open = task; });
  await engine.execute({ listener });
  await save(number, JSON.stringify(await engine.getState()));
  while (open !== null) {
    const begin = process.hrtime.bigint();
    const task = open;
    open = null;
    task.signal({ opinion: OPINION });
    await save(number, JSON.stringify(await engine.getState()));
    taken.push(Number(process.hrtime.bigint() - begin));
  }
}
await close();
console.log(JSON.stringify(taken));
