// The list of cards: tabs, search, filters, keys. Cards are made a page at a time.

const PAGE = 30;
const decks = {};
let tab = facts.first;
let shown = [];
let made = 0;

const orders = { removed: ["differs", "feed", "newest"], possible: ["feed", "differs", "newest"], updates: ["feed", "newest"],
  series: ["feed"], kept: facts.summarized ? ["marked", "feed", "newest"] : ["feed", "newest"] };

const by = {
  feed: null,
  newest: (a, b) => day(b).localeCompare(day(a)),
  differs: (a, b) => (b.w || 0) - (a.w || 0) || (a.j ?? 1) - (b.j ?? 1),
  marked: (a, b) => mark(b) - mark(a),
};
const mark = (card) => (card.un && card.un.length ? 4 : 0) + (card.lo ? 2 : 0) + (card.f ? 1 : 0);

/** All cards of a kind; the first part alone if that is enough to begin. */
async function deck(name) {
  if (!decks[name]) decks[name] = name === "series" ? series() : cards(name);
  return decks[name];
}

async function cards(name) {
  const parts = Array.from({ length: facts.parts[name] || 0 }, (_, number) => unpack(`${name}-${number}`));
  return (await Promise.all(parts)).flat();
}

/** The updates of each series in their order, behind the release that it begins with. */
async function series() {
  const groups = new Map();
  for (const card of await deck("updates")) {
    if (!card.g) continue;
    if (!groups.has(card.g)) groups.set(card.g, []);
    groups.get(card.g).push(card);
  }
  return [...groups.values()].map((found) => {
    found.sort((a, b) => day(a).localeCompare(day(b)));
    const own = new Set(found.map((card) => card.i));
    const first = found.map((card) => card.o).find((card) => !own.has(card.i)) || found[0].o;
    return { first, cards: found, t: first.t, i: first.i, d: first.d };
  }).sort((a, b) => b.cards.length - a.cards.length);
}

function searched(card) {
  if (!card.z) {
    const all = [card, card.o, card.first, ...(card.cards || [])].filter(Boolean);
    card.z = folded(all.flatMap((one) => [one.t, one.i, one.u || "", sourceName(one), one.hl || "", one.sm || ""]).join(" \n"));
  }
  return card.z;
}

function matches(card, wanted) {
  if (wanted.relation && card.r !== wanted.relation) return false;
  if (wanted.source && String(card.s) !== wanted.source) return false;
  if (wanted.from || wanted.to) {
    const days = [card, ...(card.cards || [])].map(day).filter(Boolean);
    if (!days.some((one) => (!wanted.from || one >= wanted.from) && (!wanted.to || one <= wanted.to))) return false;
  }
  return wanted.words.every((word) => searched(card).includes(word));
}

function wanted() {
  const used = (id) => (byId(id).closest("label").hidden ? "" : byId(id).value);
  return { relation: used("relation"), source: used("source"), from: used("from"), to: used("to"),
    words: folded(byId("search").value).split(" ").filter(Boolean) };
}

let asked = 0;

/** Show the cards of the tab that the filters let through. */
async function show() {
  const mine = (asked += 1);
  const all = await deck(tab);
  if (mine !== asked) return;
  const filters = wanted();
  shown = all.filter((card) => matches(card, filters));
  const order = by[byId("order").value];
  if (order) shown = [...shown].sort(order);
  made = 0;
  byId("list").replaceChildren();
  const total = facts.totals[tab] ?? all.length;
  byId("status").replaceChildren(label("found"), ` ${count(shown.length)} `, label("of"), ` ${count(total)}`);
  if (total > all.length) byId("status").append(" · ", label("not all"), ` ${facts.files[tab]}`);
  if (!shown.length) byId("list").append(make("p", {}, label(tab === "removed" && !all.length ? "nothing removed" : "nothing found")));
  more();
}

function more() {
  const next = shown.slice(made, made + PAGE);
  byId("list").append(...next.map((card, at) => {
    const element = make("article", { class: "card", tabindex: "-1" }, views[tab](card));
    element.dataset.place = made + at;
    return element;
  }));
  made += next.length;
  byId("more").hidden = made >= shown.length;
}

function fill(select, values) {
  select.replaceChildren(...values.map(([value, name]) => make("option", { value }, name)));
}

/** What only one language can show at a time: options, and names for those who listen. */
function speak() {
  document.documentElement.lang = isThai() ? "th" : "en";
  const kept = ["relation", "source", "order"].map((id) => [id, byId(id).value]);
  fill(byId("relation"), [["", labelText("all")], ...facts.relations.map((name) => [name, labelText(name)])]);
  fill(byId("source"), [["", labelText("all")], ...facts.sources.map((name, number) => [String(number), name])]);
  fill(byId("order"), (orders[tab] || []).map((name) => [name, labelText(`order ${name}`)]));
  for (const [id, value] of kept) if ([...byId(id).options].some((option) => option.value === value)) byId(id).value = value;
}

function choose(name) {
  tab = name;
  byId("list").replaceChildren();
  for (const button of document.querySelectorAll("#tabs button")) {
    const isOn = button.dataset.tab === name;
    button.setAttribute("aria-selected", String(isOn));
    button.tabIndex = isOn ? 0 : -1;
    const panel = byId(`panel-${button.dataset.tab}`);
    if (panel) panel.hidden = !isOn;
  }
  byId("cards").hidden = !(name in views);
  byId("cards").setAttribute("aria-labelledby", `tab-${name}`);
  if (!(name in views)) return;
  for (const one of document.querySelectorAll("#filters [data-for]")) one.hidden = !one.dataset.for.split(" ").includes(name);
  if (facts.sources.length < 2) byId("source").closest("label").hidden = true;
  speak();
  byId("order").selectedIndex = 0;
  show();
}

function step(by_) {
  const here = document.activeElement.closest(".card");
  const visible = [...document.querySelectorAll("main > section:not([hidden]) .card")];
  if (!visible.length) return;
  let at = here ? visible.indexOf(here) + by_ : 0;
  if (at >= visible.length && !byId("more").hidden) {
    more();
    step(by_);
    return;
  }
  at = Math.max(0, Math.min(visible.length - 1, at));
  visible[at].focus({ preventScroll: true });
  visible[at].scrollIntoView({ block: "start" });
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => document.activeElement.closest(".card")?.querySelector("button.open")?.click(),
  "/": () => {
    if (byId("cards").hidden) choose(facts.first);
    byId("search").focus();
  },
  "?": () => byId("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = /^(input|select|textarea)$/i.test(event.target.tagName) && event.target.type !== "button";
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (isTyping) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

byId("help-button").addEventListener("click", keys["?"]);
byId("help-close").addEventListener("click", () => byId("help").close());
byId("language").addEventListener("click", () => {
  document.documentElement.lang = isThai() ? "en" : "th";
  if (facts.first) speak();
});

if (matchMedia("(max-width: 40rem)").matches) document.querySelector(".charts")?.removeAttribute("open");

if (facts.first) {
  let wait = 0;
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(show, 120);
  });
  byId("clear").addEventListener("click", () => {
    byId("filters").reset();
    show();
  });
  byId("more").addEventListener("click", more);
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && !byId("more").hidden) more();
  }, { rootMargin: "600px" }).observe(byId("more"));
  byId("tabs").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.dataset.tab !== tab) choose(button.dataset.tab);
  });
  byId("tabs").addEventListener("keydown", (event) => {
    const tabs = [...document.querySelectorAll("#tabs button")];
    const next = tabs.indexOf(event.target) + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] || 0);
    if (tabs[next] && tabs[next] !== event.target) {
      tabs[next].focus();
      choose(tabs[next].dataset.tab);
    }
  });
  for (const column of document.querySelectorAll(".day")) {
    column.addEventListener("click", () => {
      byId("from").value = column.dataset.first;
      byId("to").value = column.dataset.last;
      show();
      byId("cards").scrollIntoView();
    });
  }
  choose(tab);
}
