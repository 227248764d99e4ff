// A list of messages, made quicker by keys: what the reader and the time line share, loaded before the script of either.
//
//   messages.rows, messages.selected     one Tab stop in the list, on the selected message; messages.mark moves it
//   messages.step(1, select)             to the next message, or to the link to the next page; -1 to the one before
//   messages.candidate(1)                the next message on this page at which a rule points; -1 for the one before
//   messages.listen({ j: () => … })      what a key does while a message has the focus, besides / and ?

const messages = (() => {
  const list = document.getElementById("messages");
  const rows = [...list.querySelectorAll(".sh-m")];
  const hasKeys = list.dataset.keys !== "off";
  let selected = list.querySelector(".sh-m[aria-current]") || rows[0];

  function mark(row) {
    selected.removeAttribute("aria-current");
    selected.tabIndex = -1;
    selected = row;
    row.setAttribute("aria-current", "true");
    row.tabIndex = 0;
  }

  function step(by, select) {
    const next = rows[rows.indexOf(selected) + by];
    if (next) select(next);
    else document.getElementById(by > 0 ? "later" : "earlier")?.focus();
  }

  function candidate(by) {
    const at = rows.indexOf(selected);
    const rest = by > 0 ? rows.slice(at + 1) : rows.slice(0, at).reverse();
    return rest.find((row) => row.querySelector(".sh-gutter__mark"));
  }

  const SHARED = {
    "/": () => document.getElementById("words").focus(),
    "?": () => {
      const keys = document.getElementById("keys");
      keys.open = true;
      keys.querySelector("summary").focus();
    },
  };

  function listen(keys) {
    const acts = { ...SHARED, ...keys };
    list.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !event.target.classList.contains("sh-m")) return;
      const act = hasKeys ? acts[event.key.toLowerCase()] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    });
  }

  // One Tab stop: what the keys do needs no other. A row with a number is also what makes it take the focus of an
  // address that names it.

  function stopOnce() {
    rows.forEach((row) => {
      row.tabIndex = row === selected ? 0 : -1;
    });
  }

  if (hasKeys) {
    list.querySelectorAll(".sh-cover__bar").forEach((bar) => {
      bar.tabIndex = -1;
    });
  }

  // An address that names a message leads to it, the keys too: N and P go on over the end of a page.

  function arrive() {
    if (window.location.hash === `#${selected?.id}`) selected.focus({ preventScroll: true });
  }

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

  return {
    list,
    rows,
    hasKeys,
    get selected() {
      return selected;
    },
    mark,
    step,
    candidate,
    listen,
    stopOnce,
    arrive,
  };
})();
