// What everything else stands on: the page's facts, elements, labels, and parts unpacked when they are asked for.
// Text of a feed reaches the page through textContent only.

const facts = JSON.parse(document.getElementById("facts").textContent);
const byId = (id) => document.getElementById(id);

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) element.append(child);
  return element;
}

/** A label in both languages; the page's own shows. */
function label(name) {
  const both = facts.labels[name] || [name, name];
  const part = document.createDocumentFragment();
  part.append(make("span", { class: "th", lang: "th" }, both[0]), make("span", { class: "en", lang: "en" }, both[1]));
  return part;
}

const isThai = () => document.documentElement.lang === "th";
const labelText = (name) => (facts.labels[name] || [name, name])[isThai() ? 0 : 1];
const count = (number) => number.toLocaleString("en");

/** What was written by the feed: its direction is its own. */
const feed = (tag, attributes, text) => make(tag, { lang: "th", dir: "auto", ...attributes }, text);

const isWeb = (url) => /^https?:\/\//i.test(url || "");

function link(text, url) {
  if (!isWeb(url)) return feed("span", {}, text);
  return feed("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text);
}

const loaded = new Promise((resolve) => {
  if (document.readyState !== "loading") resolve();
  else document.addEventListener("DOMContentLoaded", () => resolve());
});

async function unpack(id) {
  if (!byId(id)) await loaded;
  const raw = atob(byId(id).textContent);
  const bytes = Uint8Array.from(raw, (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

const opened = new Map();

/** What a card shows when it is opened; the last few parts are held. */
async function textOf([part, place]) {
  if (!opened.has(part)) {
    opened.set(part, unpack(`text-${part}`));
    if (opened.size > 8) opened.delete(opened.keys().next().value);
  }
  return (await opened.get(part))[place];
}

/** Text as it is searched: one script of digits, one way to write what looks the same. */
function folded(text) {
  return text
    .normalize("NFC")
    .replace(/[\u200b-\u200d\ufeff]/g, "")
    .replace(/\u0e4d\u0e32/g, "\u0e33")
    .replace(/\u0e40\u0e40/g, "\u0e41")
    .replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/\s+/g, " ")
    .toLowerCase();
}

/** A word as a shell takes it. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The command that does something with a release. The folder is where the page lies. */
function command(name, ...ids) {
  let folder = "JOB";
  if (location.protocol === "file:") {
    folder = decodeURIComponent(location.pathname).replace(/\/[^/]*$/, "").replace(/^\/(?=[A-Za-z]:)/, "") || "/";
  }
  const dashes = ids.some((id) => id.startsWith("-")) ? ["--"] : [];
  return ["obecsum", name, ...dashes, quoted(folder), ...ids.map(quoted)].join(" ");
}

function commandLine(name, ...ids) {
  const code = make("code", { lang: "en", tabindex: "0" }, command(name, ...ids));
  const button = make("button", { type: "button" }, label("copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.replaceChildren(label("copied"));
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
  return [code, button];
}
