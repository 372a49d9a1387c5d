// What the page asks the listener for. The token came in the part of the URL that is sent to nobody.

const fragment = () => new URLSearchParams(location.hash.slice(1));
const token = fragment().get("t") || "";

/** What stands in the URL beside the token. */
export const place = (name) => fragment().get(name);

/** Keeps where the page is in its URL, so that a reload comes back to it. */
export function keepPlace(values) {
  const next = fragment();
  for (const [name, value] of Object.entries(values)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  history.replaceState(null, "", `#${next}`);
}

async function ask(method, path, body, signal) {
  const headers = { "x-switchhook-token": token };
  if (body !== undefined) headers["content-type"] = "application/json";
  const request = { method, headers, signal, cache: "no-store", body: body === undefined ? undefined : JSON.stringify(body) };
  const response = await fetch(`api/${path}`, request);
  if (!response.ok) {
    const error = new Error((await response.text()).trim() || `status ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return response;
}

export const get = async (path, signal) => (await ask("GET", path, undefined, signal)).json();
export const getText = async (path) => (await ask("GET", path)).text();
export const post = async (path, body = {}) => (await ask("POST", path, body)).json();
export const remove = (path) => ask("DELETE", path);

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Hears what happens, for as long as the page is open. */
export async function listen(hear, state) {
  for (let wait = 250; ; wait = Math.min(wait * 2, 5000)) {
    try {
      const response = await ask("GET", "stream");
      state("on", "live");
      wait = 250;
      await read(response.body, hear);
      state("off", "the listener has ended");
    } catch (error) {
      if (error.status) {
        state("refused", error.message);
        return;
      }
      state("off", "not connected");
    }
    await pause(wait);
  }
}

/** Server-sent events: a stream, since an EventSource sends no header. */
async function read(body, hear) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    let end;
    while ((end = text.indexOf("\n\n")) >= 0) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const field = (name) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
      if (field("event")) hear(field("event"), JSON.parse(field("data")));
    }
  }
}
