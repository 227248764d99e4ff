// The reader, made quicker. Everything here also works without it: numbers, layout and pages are plain links.
//
//   one Tab stop in the list, on the selected message; J and K move it, N and P move it to a candidate, C cites it, F
//   tells who raised what first, O opens the original, / finds, ? tells the keys (messages.js)
//   selecting fills the panel from what came with the page; it asks the desk for nothing
//   Transcript and Bubbles are one class on the list

const { list } = messages;
const panel = document.getElementById("panel");

function select(row, { focus = false } = {}) {
  if (!row) return;
  messages.mark(row);
  fill(row);
  if (focus) row.focus();
  const address = new URL(window.location.href);
  address.searchParams.set("message", row.dataset.number);
  address.hash = row.id;
  if (list.dataset.addressable) window.history.replaceState(null, "", address);
  aim();
}

// An address of this conversation with another message: what is marked in the gutter, and the filter, stay as chosen.

const FILTER = ["who", "what", "tag", "rule", "since", "to"];
const KEPT = ["sort", ...FILTER];
const given = new URLSearchParams(window.location.search);
const amongThese = FILTER.some((name) => given.get(name)) ? " among those that fit" : "";

function addressOf(number, more = {}) {
  const address = new URL(window.location.href);
  address.search = new URLSearchParams({
    message: number,
    ...Object.fromEntries([...address.searchParams].filter(([name, code]) => KEPT.includes(name) && code)),
    ...more,
  });
  address.hash = `m${number}`;
  return address.href;
}

// Candidates: the nearest on this page, or the one off it that the desk named.

const steps = [...document.querySelectorAll("[data-step]")];
const WAYS = { before: -1, after: 1 };
const nearest = (way) => messages.candidate(WAYS[way]);

function aim() {
  steps.forEach((link) => {
    const number = nearest(link.dataset.step)?.dataset.number || link.dataset.offPage;
    if (number) {
      link.href = addressOf(number);
      link.removeAttribute("role");
      link.removeAttribute("aria-disabled");
    } else {
      link.removeAttribute("href");
      link.setAttribute("role", "link");
      link.setAttribute("aria-disabled", "true");
    }
  });
}

function toCandidate(step) {
  const row = nearest(step);
  const link = steps.find((one) => one.dataset.step === step);
  if (row) select(row, { focus: true });
  else if (link?.dataset.offPage) window.location.assign(addressOf(link.dataset.offPage));
  const said = panel.querySelector("[data-stepped]");
  said.textContent = row || link?.dataset.offPage ? "" : `No candidate ${step} this message${amongThese}`;
}

steps.forEach((link) => {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !nearest(link.dataset.step)) return;
    event.preventDefault();
    toCandidate(link.dataset.step);
  });
});

// What the panel says of each message came with the page, as data; its markup is the desk's own, of a message that has
// every part, and the parts that another does not have are taken out.

let abouts;

function partsOf(row) {
  abouts ||= JSON.parse(document.getElementById("abouts").textContent);
  return abouts[row.dataset.number];
}

function write(place, part) {
  if (!Array.isArray(part)) place.textContent = part;
  else {
    const several = part.map((words) => {
      const one = place.cloneNode(true);
      one.textContent = words;
      return one;
    });
    place.replaceWith(...several.flatMap((one, at) => (at && one.localName === "bdi" ? [", ", one] : [one])));
  }
}

function aboutOf(row) {
  const parts = partsOf(row);
  const about = document.getElementById("about").content.cloneNode(true);
  about.querySelectorAll("[data-if]").forEach((place) => {
    if (!parts[place.dataset.if]) place.remove();
  });
  about.querySelectorAll("[data-part]").forEach((place) => write(place, parts[place.dataset.part]));
  about.querySelector("[data-original]").setAttribute("href", `messages/${row.dataset.number}/original/#cited`);
  const elsewhere = about.querySelector("[data-timeline]");
  if (elsewhere) elsewhere.setAttribute("href", elsewhere.getAttribute("href").replace(/-0(?=#|$)/g, `-${row.dataset.number}`));
  const chip = about.querySelector(".sh-chip");
  if (chip) chip.className = `sh-chip sh-chip--${parts.side}`;
  about.querySelector(".sh-quote").className = `sh-quote sh-quote--${parts.side}`;
  const said = [...row.querySelector(".sh-said").childNodes].map((node) => node.cloneNode(true));
  about.querySelector(".sh-quote__words").append(...said);
  const marks = panel.querySelector(`[data-marks-of="${row.dataset.number}"]`);
  if (marks) about.querySelector(".sh-quote").after(marks.content.cloneNode(true));
  return about;
}

function fill(row) {
  const about = aboutOf(row);
  about.querySelectorAll("[data-rule]").forEach((place) => {
    const rule = panel.querySelector(`[data-rule-words="${place.dataset.rule}"]`);
    if (rule) place.append(rule.content.cloneNode(true));
  });
  panel.querySelector("[data-about]").replaceChildren(about);
  const cite = document.querySelector("#cite form");
  const here = panel.querySelector("[data-original]").href.replace(/original\/.*$/, "");
  if (cite) cite.action = `${here}cite/`;
  const point = panel.querySelector("[data-point]");
  if (point) point.href = `${here}point/`;
  document.querySelectorAll("[data-layout]").forEach((link) => {
    link.href = addressOf(row.dataset.number, { layout: link.dataset.layout });
  });
  document.querySelectorAll("[data-number-shown]").forEach((place) => {
    place.textContent = row.dataset.shown;
  });
}

const moveTo = (row) => select(row, { focus: true });

messages.listen({
  j: () => messages.step(1, moveTo),
  k: () => messages.step(-1, moveTo),
  n: () => toCandidate("after"),
  p: () => toCandidate("before"),
  f: () => {
    const firsts = document.getElementById("firsts");
    firsts.open = true;
    firsts.querySelector("a").focus();
  },
  c: () => {
    const cite = document.getElementById("cite");
    if (!cite) return;
    cite.open = true;
    document.getElementById("id_tag").focus();
  },
  o: () => panel.querySelector("[data-original]")?.click(),
  enter: () => coverOf(messages.selected)?.toggleAttribute("open"),
});

list.addEventListener("click", (event) => {
  const row = event.target.closest(".sh-m");
  if (!row) return;
  const link = event.target.closest("a, button");
  if (link && !link.closest(".sh-no")) return;
  if (event.target.closest("summary")) {
    select(row);
    return;
  }
  if (link && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  if (!link && !window.getSelection().isCollapsed) return;
  event.preventDefault();
  select(row, { focus: true });
});

// A covered message opens in the list and in the panel together. Its bar is no Tab stop of its own while the keys are on:
// Enter opens it from the message.

const coverOf = (place) => place.querySelector(".sh-cover");
const coverInPanel = () => coverOf(panel.querySelector("[data-about]"));

document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.classList.contains("sh-cover")) return;
    const other = panel.contains(event.target) ? coverOf(messages.selected) : coverInPanel();
    const isOfSelected = panel.contains(event.target) || event.target.closest(".sh-m") === messages.selected;
    if (other && isOfSelected) other.open = event.target.open;
  },
  true,
);

// The layout

const remember = (name, value) => {
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Strict`;
};

document.querySelectorAll("[data-layout]").forEach((link, _, links) => {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { layout } = link.dataset;
    ["bubbles", "grid"].forEach((name) => list.classList.toggle(`sh-messages--${name}`, layout === name));
    links.forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    remember("safehand_layout", layout);
    messages.selected.scrollIntoView({ block: "nearest" });
  });
});

// The words that matched, underlined or not

document.querySelectorAll("[data-marks]").forEach((link) => {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const on = list.classList.toggle("sh-messages--words");
    link.dataset.marks = on ? "off" : "on";
    link.textContent = on ? "Do not underline the words that matched" : "Underline the words that matched";
    remember("safehand_marks", on ? "on" : "off");
  });
});

// The reference, copied

panel.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const said = panel.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(panel.querySelector("[data-reference]").textContent.trim());
    said.textContent = "Reference copied";
  } catch {
    said.textContent = "The browser did not allow copying: mark the reference and copy it by hand.";
  }
});

if (!window.location.hash && new URLSearchParams(window.location.search).has("message")) {
  messages.selected.scrollIntoView({ block: "center" });
}

// The numbers are links for a page without scripts, and the row does the same.

messages.stopOnce();
list.querySelectorAll(".sh-no a").forEach((link) => {
  link.tabIndex = -1;
});
messages.arrive();
