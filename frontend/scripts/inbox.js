// An inbox that stands open: say when an urgent notice came in, or an alarm was raised. It loads nothing by itself: an officer may be about to press.

const EVERY = 10000;
const place = document.querySelector("[data-inbox]");
const known = new Set(place.dataset.known.split(" "));

async function look() {
  try {
    const answer = await fetch(place.dataset.inbox, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    const fresh = told.waiting.filter((reference) => !known.has(reference));
    const alarms = told.alarms.filter((alarm) => !known.has(alarm));
    if (fresh.length || alarms.length) {
      const link = document.createElement("a");
      link.href = window.location.pathname;
      link.className = "govuk-link";
      link.textContent = "Load the inbox again";
      const line = document.createElement("p");
      line.className = "sh-card sh-card--pressing";
      if (alarms.length) line.append("There is an alarm for the supervisor. ");
      if (fresh.length) line.append(fresh.length === 1 ? "A new urgent notice came in. " : `${fresh.length} new urgent notices came in. `);
      line.append(link);
      place.replaceChildren(line);
      [...fresh, ...alarms].forEach((seen) => known.add(seen));
    }
  } catch {
    // The desk does not answer, or nobody is signed in any more: asked again.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
