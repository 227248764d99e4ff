// Every page of a supervisor: alarms are counted in the title of the window, and a new one sounds. Nothing is loaded anew: somebody may be writing.

(() => {
  const EVERY = 15000;
  const place = document.querySelector("[data-page-me]");
  const title = document.title;
  const there = document.querySelector("[data-alarms]");
  const known = new Set(there ? there.dataset.alarms.split(" ").filter(Boolean) : []);

  function count(many) {
    document.title = many ? `(${many}) ${title}` : title;
  }

  function tone(audio, pitch, after) {
    const sound = audio.createOscillator();
    const loudness = audio.createGain();
    loudness.gain.value = 0.2;
    sound.frequency.value = pitch;
    sound.connect(loudness).connect(audio.destination);
    sound.start(audio.currentTime + after);
    sound.stop(audio.currentTime + after + 0.25);
  }

  function ring() {
    // A browser lets a page sound only after something was pressed on it. The title and the line say it in any case.
    if (!navigator.userActivation || !navigator.userActivation.hasBeenActive) return;
    const audio = new AudioContext();
    tone(audio, 880, 0);
    tone(audio, 660, 0.3);
  }

  function say() {
    const line = document.createElement("p");
    line.className = "sh-wide sh-alarm__words";
    const strong = document.createElement("strong");
    strong.textContent = "There is a new alarm for you. ";
    const link = document.createElement("a");
    link.href = "/inbox/";
    link.className = "govuk-link";
    link.textContent = "Look at it in the inbox";
    line.append(strong, link);
    place.className = "sh-alarms";
    place.setAttribute("role", "alert");
    place.replaceChildren(line);
  }

  async function look() {
    try {
      const answer = await fetch(place.dataset.pageMe, { headers: { Accept: "application/json" } });
      const { alarms } = await answer.json();
      count(alarms.length);
      if (alarms.some((alarm) => !known.has(alarm))) {
        say();
        ring();
        alarms.forEach((alarm) => known.add(alarm));
      }
    } catch {
      // The desk does not answer, or nobody is signed in any more: asked again.
    }
    setTimeout(look, EVERY);
  }

  count(known.size);
  setTimeout(look, EVERY);
})();
