// Mends postgres.js 3.4.9 in node_modules after each install. When the server goes away in the middle of a transaction, the driver's own
// ROLLBACK is written to a socket that is gone: an exception outside every promise, which ends the process, and a connection that
// never works again. Known upstream (porsager/postgres issues 1066, 1154, 1208) and unfixed in 3.4.9.
// docs/decisions/0007-patched-driver.md says more.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const VERSION = "3.4.9";
const MARK = "/* mended by slotwell */";

/** Each `from` stands exactly once in its file. */
const CONNECTION = [
  // A query for a connection that has closed is refused, and the connection stays where the pool can open it again.
  [
    "    if (terminated)\n      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))\n",
    "    if (terminated)\n      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))\n\n    if (!socket)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n",
  ],
  // What was scheduled for the old socket goes nowhere.
  [
    "  function nextWrite(fn) {\n",
    "  function nextWrite(fn) {\n    if (!socket) {\n      chunk = nextWriteTimer = null\n      return false\n    }\n",
  ],
  // The next life of a connection starts with nothing of the last one.
  [
    "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer.cancel()",
    "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer.cancel()",
  ],
  [
    "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = null\n",
  ],
  // Nobody waits for this query of the driver's own, so its rejection would go unhandled.
  ["      order by b.oid\n    `], [], execute)\n", "      order by b.oid\n    `], [], execute).catch(() => [])\n"],
];

// Work that goes on after its transaction was lost must not run its queries, one by one, on whoever's connection that has become.
const TRANSACTION = [
  [
    "    let savepoints = 0\n      , connection\n      , prepare = null\n",
    "    let savepoints = 0\n      , connection\n      , prepare = null\n      , lost = null\n",
  ],
  [
    "        new Promise((_, reject) => connection.onclose = reject)\n      ])\n    } catch (error) {\n      throw error\n    }\n",
    "        new Promise((_, reject) => connection.onclose = (error) => (lost = error, reject(error)))\n      ])\n    } catch (error) {\n      lost = error\n      throw error\n    }\n",
  ],
  [
    "        q.catch(e => uncaughtError || (uncaughtError = e))\n",
    "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n",
  ],
];

function mend(file, edits) {
  const source = readFileSync(file, "utf8");
  if (source.startsWith(MARK)) return;
  const mended = edits.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2)
      throw new Error(`${file} is not as expected: look at scripts/patch-postgres.mjs`);
    return text.replace(from, () => to);
  }, source);
  writeFileSync(file, `${MARK}\n${mended}`);
}

const home = new URL("../node_modules/postgres/", import.meta.url);
if (existsSync(home)) {
  const { version } = JSON.parse(readFileSync(new URL("package.json", home), "utf8"));
  for (const folder of version === VERSION ? ["src/", "cjs/src/"] : []) {
    mend(new URL(`${folder}connection.js`, home), CONNECTION);
    mend(new URL(`${folder}index.js`, home), TRANSACTION);
  }
}
