// An inbox that stands open: say when an urgent notice came in. It loads nothing by itself: an officer may be about to press.

const EVERY = 10000;
const place = document.querySelector("[data-inbox]");
const known = new Set(place.dataset.known.split(" "));

async function look() {
  try {
    const answer = await fetch(place.dataset.inbox, { headers: { Accept: "application/json" } });
    const fresh = (await answer.json()).waiting.filter((reference) => !known.has(reference));
    if (fresh.length) {
      const link = document.createElement("a");
      link.href = window.location.pathname;
      link.className = "govuk-link";
      link.textContent = "Load the inbox again";
      const line = document.createElement("p");
      line.className = "sh-card sh-card--pressing";
      line.append(fresh.length === 1 ? "A new urgent notice came in. " : `${fresh.length} new urgent notices came in. `, link);
      place.replaceChildren(line);
      fresh.forEach((reference) => known.add(reference));
    }
  } catch {
    // The desk does not answer, or nobody is signed in any more: asked again.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
