// Ways in which a script could send something out of a page, or words become a script: journey_exits.py tries them.

const put = (kind, given, into = document.body) => into.appendChild(Object.assign(document.createElement(kind), given));
const inWorker = (code) => {
  const running = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  running.onerror = (event) => event.preventDefault();
};

const WAYS_OUT = {
  fetch: (to) => fetch(to, { mode: "no-cors" }).catch(() => 0),
  fetch_keepalive: (to) => fetch(to, { mode: "no-cors", method: "POST", body: "x", keepalive: true }).catch(() => 0),
  xhr: (to) => {
    const ask = new XMLHttpRequest();
    ask.open("POST", to);
    ask.onerror = () => 0;
    ask.send("x");
  },
  socket: (to) => {
    new WebSocket(to.replace(/^http/, "ws")).onerror = () => 0;
  },
  events: (to) => {
    const source = new EventSource(to);
    source.onerror = () => source.close();
  },
  beacon: (to) => navigator.sendBeacon(to, "x"),
  image: (to) => {
    new Image().src = to;
  },
  image_srcset: (to) => put("img", { srcset: `${to} 2x, ${to} 1x` }),
  script: (to) => put("script", { src: to }),
  module: (to) => put("script", { src: to, type: "module" }),
  style: (to) => put("link", { rel: "stylesheet", href: to }, document.head),
  style_import: (to) => put("style", { textContent: `@import url("${to}");` }, document.head),
  background: (to) => {
    const box = put("div", { textContent: "x" });
    box.style.backgroundImage = `url("${to}")`;
    box.getBoundingClientRect();
  },
  font: (to) => {
    new FontFace("exit", `url("${to}")`).load().catch(() => 0);
  },
  frame: (to) => put("iframe", { src: to }),
  object: (to) => put("object", { data: to, type: "text/html" }),
  embed: (to) => put("embed", { src: to, type: "text/html" }),
  video: (to) => put("video", { src: to, preload: "auto" }),
  audio: (to) => new Audio(to).load(),
  track: (to) => {
    const track = Object.assign(document.createElement("track"), { kind: "subtitles", src: to, default: true });
    put("video", { crossOrigin: "anonymous" }).append(track);
    track.track.mode = "showing";
  },
  worker_fetch: (to) => inWorker(`fetch("${to}", { mode: "no-cors" }).catch(() => 0)`),
  worker_import: (to) => inWorker(`importScripts("${to}")`),
  form: (to) => {
    const form = put("form", { action: to, method: "post" });
    form.append(Object.assign(document.createElement("input"), { name: "words", value: "x" }));
    form.submit();
  },
};

const IN_MARKUP = "<img src=x onerror=\"window.ran('WAY')\">";
const WAYS_IN = {
  inline: () => put("script", {}).append("window.ran('inline')"),
  text: () => put("script", { textContent: "window.ran('text')" }),
  markup: () => {
    put("div", {}).innerHTML = IN_MARKUP.replace("WAY", "markup");
  },
  inserted: () => document.body.insertAdjacentHTML("beforeend", IN_MARKUP.replace("WAY", "inserted")),
  handler: () => {
    const button = put("button", {});
    button.setAttribute("onclick", "window.ran('handler')");
    button.click();
    button.remove();
  },
  address: () => {
    const link = put("a", { href: "javascript:window.ran('address')" });
    link.click();
    link.remove();
  },
  blob: () => {
    const words = new Blob(["window.ran('blob')"], { type: "text/javascript" });
    put("script", { src: URL.createObjectURL(words) });
  },
  data: () => put("script", { src: "data:text/javascript,window.ran('data')" }),
  frame: () => put("iframe", { srcdoc: "<script>parent.ran('frame')</" + "script>" }),
  base: () => {
    put("base", { href: "https://elsewhere.example/" }, document.head);
    if (document.baseURI.startsWith("https://elsewhere.example/")) window.ran("base");
  },
  timer: () => setTimeout("window.ran('timer')"),
  words: () => (0, eval)("window.ran('words')"),
  made: () => new Function("window.ran('made')")(),
};

const after = (milliseconds, value) => new Promise((done) => setTimeout(() => done(value), milliseconds));

/** Tries the ways out that are named; which were refused at once. */
async function tryOut(address, names) {
  const refused = [];
  for (const name of names) {
    try {
      await WAYS_OUT[name](`${address}/${name}`);
    } catch {
      refused.push(name);
    }
  }
  return after(1500, refused);
}

/** Tries every way in; which of them ran. */
async function tryIn() {
  const ran = [];
  window.ran = (what) => ran.push(what);
  await after(0); // while a debugger's own command runs, Chromium lets eval through whatever the policy says
  for (const go of Object.values(WAYS_IN)) {
    try {
      go();
    } catch {
      // refused at once
    }
  }
  return after(1500, ran);
}
