// How a card of each kind looks, and what it shows when it is opened.

const MOST_LOST = 4; // of each side before the texts are opened

const day = (card) => (card.d ? card.d.slice(0, 10) : "");
const when = (card) => (day(card) ? make("time", { datetime: card.d }, day(card)) : label("unlabelled date"));
const sourceName = (card) => (card.s === undefined ? "" : facts.sources[card.s]);

function release(card, role, kind) {
  const heading = make("h3", {}, link(card.t, card.u));
  const source = sourceName(card);
  return make(
    "div",
    {},
    role ? make("div", { class: `role ${kind || ""}` }, label(role)) : null,
    heading,
    make("div", { class: "soft" }, when(card), " · ", make("span", { class: "id", dir: "auto" }, card.i),
      source && facts.sources.length > 1 ? [" · ", feed("span", {}, source)] : null),
  );
}

/** In a sentence why a release went. */
function why(card) {
  const kinds = Object.keys(card.c).length;
  const places = Object.values(card.c).reduce((sum, number) => sum + number, 0);
  const lost = card.w ? [label("why lost"), ` ${card.w.toFixed(2)}`] : label(kinds ? "why" : "why equal");
  return make("p", { class: "why" }, lost, kinds ? [" · ", label("places"), ` ${count(places)}`] : null);
}

const chip = (content, kind) => make("li", { class: `chip ${kind || ""}` }, content);

function chips(card) {
  const found = [];
  if (card.r) found.push(chip(label(card.r)));
  if (card.j !== undefined) found.push(chip([label("similarity"), ` ${(100 * card.j).toFixed(1)} %`]));
  for (const [kind, number] of Object.entries(card.c || {})) {
    found.push(chip([label(kind), number > 1 ? ` ×${number}` : ""], facts.harmless.includes(kind) ? "" : "loss"));
  }
  return make("ul", { class: "chips" }, found);
}

function change(kind, before, after, weight) {
  const parts = [make("span", { class: "role" }, label(kind), weight ? [" · ", label("lost"), ` ${weight.toFixed(2)}`] : null)];
  const heavy = weight ? "heavy" : "";
  if (before) parts.push(make("p", {}, feed("del", { class: heavy }, before)));
  if (after) parts.push(make("p", {}, feed("ins", { class: heavy }, after)));
  return make("li", {}, parts);
}

function account(differences) {
  if (!differences.length) return make("p", { class: "soft" }, label("no difference"));
  return make("ul", { class: "account" }, differences.map(([kind, text, other, weight]) => change(kind, text, other, weight)));
}

/** Both texts, a row for each place where they differ; what both have far from any difference is folded. */
function sideBySide(pieces, roles) {
  const rows = [];
  let pair = null;
  for (const [text, other, kind, weight, isFar] of pieces) {
    if (isFar) {
      pair = null;
      rows.push(far(text));
      continue;
    }
    if (!pair) {
      pair = [0, 1].map((side) => make("div", { lang: "th", dir: "auto" },
        make("span", { class: `role ${["went", "stays"][side]}` }, label(roles[side]))));
      rows.push(make("div", { class: "pair" }, pair));
    }
    [text, other === 0 ? text : other].forEach((part, side) => {
      if (!part) return;
      if (!kind) pair[side].append(part);
      else pair[side].append(difference(part, side, kind, weight));
    });
  }
  return make("div", { class: "texts" }, rows);
}

function difference(part, side, kind, weight) {
  const style = kind === "aside" ? "dim" : weight ? "heavy" : "";
  return make(side ? "ins" : "del", { class: style, title: labelText(kind) }, part);
}

function far(text) {
  const button = make("button", { type: "button", class: "far", "aria-expanded": "false" });
  const shut = [" ⋯ ", label("same"), ` ${count(text.length)} `, label("characters")];
  button.append(...shut);
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(open));
    if (open) button.replaceChildren(feed("span", {}, text));
    else button.replaceChildren(" ⋯ ", label("same"), ` ${count(text.length)} `, label("characters"));
  });
  return button;
}

/** A button that shows more of a card, made when it is first asked for. */
function opener(name, show) {
  const box = make("div", { hidden: true });
  const button = make("button", { type: "button", class: "open", "aria-expanded": "false" }, label(name));
  button.addEventListener("click", async () => {
    if (!box.childNodes.length) {
      button.replaceChildren(label("loading"));
      box.append(...[await show()].flat());
    }
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    button.replaceChildren(label(box.hidden ? name : "shut"));
  });
  return [button, box];
}

function compared(card, roles, title) {
  if (!card.x) return [null, make("p", { class: "soft" }, label("no text"), " ", commandLine("explain", card.i))];
  return opener("open", async () => {
    const found = await textOf(card.x);
    const texts = found.p.length ? sideBySide(found.p, roles) : make("p", { class: "soft" }, label("no text"));
    return [title ? make("p", { class: "role" }, label("account")) : null, title ? account(found.a) : null, texts].filter(Boolean);
  });
}

const views = {
  removed(card) {
    const [button, box] = compared(card, ["went", "stays"], true);
    const restore = card.b ? null : [make("span", { class: "soft" }, label("bring back")), commandLine("restore", card.i)];
    return [make("div", { class: "two" }, release(card, "went", "went"), release(card.o, "stays", "stays")), why(card),
      chips(card), make("div", { class: "actions" }, button, restore), box];
  },

  possible(card) {
    const [button, box] = compared(card, ["first", "other"], false);
    const sides = [[card, "first", 0], [card.o, "other", 1]].map(([one, role, side]) => make("div", {}, release(one, role),
      make("p", { class: "role" }, label("lost with")),
      card.l[side].length ? account(card.l[side].slice(0, MOST_LOST)) : make("p", { class: "soft" }, label("nothing lost")),
      card.l[side].length > MOST_LOST ? make("p", { class: "soft" }, `+ ${count(card.l[side].length - MOST_LOST)}`) : null));
    return [chips({ r: card.r }), make("div", { class: "two" }, sides), make("div", { class: "actions" }, button), box];
  },

  updates(card) {
    return [make("div", { class: "two" }, release(card.o, "before"), release(card, "later")),
      make("p", { class: "role" }, label("changed")), changes(card.h)];
  },

  series(group) {
    const members = [group.first, ...group.cards].map((card) =>
      make("li", {}, release(card), card.h && card.h.length ? changes(card.h) : null));
    return [make("p", { class: "role" }, count(members.length), " ", label("releases")), make("ol", { class: "timeline" }, members)];
  },

  kept(card) {
    const marks = [];
    if (card.f) marks.push(chip([label("extract"), ": ", make("span", { lang: "en" }, card.f)], "warn"));
    if (card.lo) marks.push(chip(label("low"), "warn"));
    for (const fact of card.un || []) marks.push(chip([label("unsupported"), ": ", feed("span", {}, fact)], "loss"));
    for (const [kind, number] of Object.entries(card.cu || {})) marks.push(chip([label("cut out"), " ", label(kind), number > 1 ? ` ×${number}` : ""]));
    const [button, box] = card.x ? opener("open text", () => source(card)) : [null, null];
    return [release(card),
      card.hl ? make("p", {}, make("span", { class: "role" }, label("headline"), " "), feed("b", {}, card.hl)) : null,
      card.sm ? make("p", {}, make("span", { class: "role" }, label("summary"), " "), feed("span", {}, card.sm)) : null,
      card.pt ? [make("p", { class: "role" }, label("points")), make("ul", {}, card.pt.map((one) => feed("li", {}, one)))] : null,
      marks.length ? make("ul", { class: "chips" }, marks) : null,
      button ? make("div", { class: "actions" }, button) : null, box];
  },
};

const changes = (rows) => make("ul", { class: "account" }, rows.map(([kind, before, after]) => change(kind, before, after, 0)));

/** The text of a release, the passage of each sentence of its summary marked, and what was cut from it. */
async function source(card) {
  const found = await textOf(card.x);
  const passages = new Map();
  const text = feed("div", { class: "text" });
  for (const [part, sentence] of found.t) {
    if (sentence === null) text.append(part);
    else {
      const passage = make("span", { class: "passage", tabindex: "-1", title: sentence }, part);
      if (!passages.has(sentence)) passages.set(sentence, passage);
      text.append(passage);
    }
  }
  const sentences = [...passages].map(([sentence, passage]) => {
    const button = feed("button", { type: "button", class: "sentence" }, sentence);
    button.addEventListener("click", () => {
      passage.focus({ preventScroll: true });
      passage.scrollIntoView({ block: "center" });
    });
    return button;
  });
  const cuts = found.u.map(([kind, part]) => make("li", {}, make("span", { class: "role" }, label(kind)), make("p", {}, feed("del", {}, part))));
  return [
    sentences.length ? make("p", { class: "role" }, label("sentences")) : null, ...sentences, text,
    cuts.length ? make("p", { class: "role" }, label("cut out")) : null, cuts.length ? make("ul", { class: "account" }, cuts) : null,
  ].filter(Boolean);
}
