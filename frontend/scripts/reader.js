// The reader, made quicker. Everything here also works without it: numbers, layout and pages are plain links.
//
//   one Tab stop in the list, on the selected message; J and K move it, O opens the original, / finds, ? tells the keys
//   selecting fills the panel from what the row already carries; it asks the desk for nothing
//   Transcript and Bubbles are one class on the list

const list = document.getElementById("messages");
const panel = document.getElementById("panel");
const rows = [...list.querySelectorAll(".sh-m")];
let selected = list.querySelector(".sh-m[aria-current]") || rows[0];

function select(row, { focus = false } = {}) {
  if (!row) return;
  selected.removeAttribute("aria-current");
  selected.tabIndex = -1;
  selected = row;
  row.setAttribute("aria-current", "true");
  row.tabIndex = 0;
  fill(row);
  if (focus) row.focus();
  const address = new URL(window.location.href);
  address.searchParams.set("message", row.dataset.number);
  address.hash = row.id;
  if (list.dataset.addressable) window.history.replaceState(null, "", address);
}

function fill(row) {
  const about = row.querySelector("template").content.cloneNode(true);
  const said = [...row.querySelector(".sh-said").childNodes].map((node) => node.cloneNode(true));
  about.querySelector(".sh-quote__words").append(...said);
  panel.querySelector("[data-about]").replaceChildren(about);
  document.querySelectorAll("[data-original-tool]").forEach((link) => {
    link.href = panel.querySelector("[data-original]").href;
  });
  document.querySelectorAll("[data-layout]").forEach((link) => {
    link.href = `?message=${row.dataset.number}&layout=${link.dataset.layout}`;
  });
  document.querySelectorAll("[data-number-shown]").forEach((place) => {
    place.textContent = row.dataset.shown;
  });
}

function step(by) {
  const next = rows[rows.indexOf(selected) + by];
  if (next) select(next, { focus: true });
  else if (by > 0) document.getElementById("later")?.focus();
  else document.getElementById("earlier")?.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => panel.querySelector("[data-original]")?.click(),
  "/": () => document.getElementById("words").focus(),
  "?": () => {
    const keys = document.getElementById("keys");
    keys.open = true;
    keys.querySelector("summary").focus();
  },
};

list.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.classList.contains("sh-m")) return;
  const act = list.dataset.keys === "off" ? undefined : KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

list.addEventListener("click", (event) => {
  const row = event.target.closest(".sh-m");
  if (!row) return;
  const link = event.target.closest("a, button");
  if (link && !link.closest(".sh-no")) return;
  if (link && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  if (!link && !window.getSelection().isCollapsed) return;
  event.preventDefault();
  select(row, { focus: true });
});

// A menu closes when it is left, or by Escape.

document.querySelectorAll(".sh-menu").forEach((menu) => {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// The layout

const remember = (name, value) => {
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Strict`;
};

document.querySelectorAll("[data-layout]").forEach((link, _, links) => {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { layout } = link.dataset;
    list.classList.toggle("sh-messages--bubbles", layout === "bubbles");
    links.forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    remember("safehand_layout", layout);
    selected.scrollIntoView({ block: "nearest" });
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
  selected.scrollIntoView({ block: "center" });
}

// One Tab stop: the numbers are links for a page without scripts, and the row does the same.

rows.forEach((row) => {
  row.tabIndex = row === selected ? 0 : -1;
  row.querySelectorAll(".sh-no a").forEach((link) => {
    link.tabIndex = -1;
  });
});
