// Mends postgres.js 3.4.9 in node_modules after each install. When the server goes away in the middle of a transaction, the driver's own
// ROLLBACK is written to a socket that is gone: an exception outside every promise, which ends the process, and a connection that
// never works again. Known upstream (porsager/postgres issues 1066, 1154, 1208) and unfixed in 3.4.9.
// docs/decisions/0007-patched-driver.md says more.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";

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
  // The next life of a connection starts with nothing of the last one. What came in between the socket's error and its close (the
  // ROLLBACK of a transaction that heard of the error) stayed in `sent`, and from then on every answer went to the query before its own.
  [
    "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer.cancel()",
    "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer.cancel()",
  ],
  [
    "    socket = null\n\n    if (initial)\n      return reconnect()\n\n    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    "    socket = null\n\n    forget(Errors.connection('CONNECTION_CLOSED', options, socket))\n\n    if (initial)\n      return reconnect()\n\n",
  ],
  [
    "  /* Handlers */\n",
    `  function forget(err) {
    stream && (stream.destroy(err), stream = null)
    query && queryError(query, err)
    while (sent.length)
      queryError(sent.shift(), err)
    query = results = errorResponse = final = null
    result = new Result()
    rows = 0
  }

  /* Handlers */
`,
  ],
  // A query that cannot be written (a date that is none) is refused itself; it stayed in `sent`, and its error went to the one before it.
  [
    "    } catch (error) {\n      sent.length === 0 && write(Sync)\n",
    "    } catch (error) {\n      if (sent.remove(q))\n        return queryError(q, error), true\n      sent.length === 0 && write(Sync)\n",
  ],
  // A server that has stopped answering (frozen, or gone without a word) is left after `answer_timeout` milliseconds of silence.
  [
    "      keep_alive && socket.setKeepAlive && socket.setKeepAlive(true, 1000 * keep_alive)\n",
    "      keep_alive && socket.setKeepAlive && socket.setKeepAlive(true, 1000 * keep_alive)\n      options.answer_timeout && socket.setTimeout(options.answer_timeout, unanswered)\n",
  ],
  [
    "  async function secure() {\n",
    "  function unanswered() {\n    (query || terminated) && socket.destroy(Errors.connection('CONNECTION_UNANSWERED', options, socket))\n  }\n\n  async function secure() {\n",
  ],
  // Nobody waits for these queries of the driver's own, so their rejection would go unhandled.
  ["      order by b.oid\n    `], [], execute)\n", "      order by b.oid\n    `], [], execute).catch(() => [])\n"],
  ["    query.execute()\n  }\n", "    query.catch(noop)\n  }\n"],
];

// The option of the watch above; and work that goes on after its transaction was lost must not run its queries, one by one, on whoever's connection that has become.
const POOL = [
  ["    socket          : o.socket,\n", "    socket          : o.socket,\n    answer_timeout  : o.answer_timeout,\n"],
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

// What has been taken from the front of a queue that is never empty must not stay in it: each transaction searched all of it (70 µs after 100,000).
const QUEUE = [
  [
    "        xs[index - 1] = undefined\n",
    "        xs[index - 1] = undefined\n        index > 32 && index > xs.length / 2 && (xs = xs.slice(index), index = 0)\n",
  ],
];

/** From the file as it was published, which is kept beside it: another version of this script finds it there. */
function mend(file, edits) {
  const published = new URL(`${file}.published`);
  if (!existsSync(published)) {
    if (readFileSync(file, "utf8").startsWith(MARK))
      throw new Error(
        "node_modules/postgres is as an older Slotwell mended it: remove that folder and run npm install",
      );
    copyFileSync(file, published);
  }
  const mended = edits.reduce(
    (text, [from, to]) => {
      if (text.split(from).length !== 2)
        throw new Error(`${file} is not as expected: look at scripts/patch-postgres.mjs`);
      return text.replace(from, () => to);
    },
    readFileSync(published, "utf8"),
  );
  writeFileSync(file, `${MARK}\n${mended}`);
}

const home = new URL("../node_modules/postgres/", import.meta.url);
if (existsSync(home)) {
  const { version } = JSON.parse(readFileSync(new URL("package.json", home), "utf8"));
  for (const folder of version === VERSION ? ["src/", "cjs/src/"] : []) {
    mend(new URL(`${folder}connection.js`, home), CONNECTION);
    mend(new URL(`${folder}index.js`, home), POOL);
    mend(new URL(`${folder}queue.js`, home), QUEUE);
  }
}
