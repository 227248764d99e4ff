// The first pages: danger, how to leave, who, the warnings, images, what there is, and how to get it out of an app.

import { button, details, fill, h, heading, list, marked, paragraph, submit } from "../dom.ts";
import { checkboxes, radios, type Problem } from "../fields.ts";
import { callBox, type App, type Draw, type Page } from "../shell.ts";
import { apps, labelOf, shared, spoken, words } from "../words.ts";
import type { Setting } from "../setting.ts";

const W = words.common;
const S = words.steps;

/** A page that is read and has one way on. */
function read(title: string, words_: { button: string }, inside: Page["inside"], more: Partial<Page> = {}): Page {
  return { title, inside: [...inside, submit(words_.button)], take: () => [], ...more };
}

export const start = (setting: Setting): Draw => () =>
  read(S.start.title, S.start, [
    h("p", { class: "govuk-body-l" }, S.start.lead),
    h("p", { class: "govuk-body" }, ...marked(fill(S.start.unit, { unit: setting.desk.unit }))),
    list(S.start.points),
    details(S.start.check, paragraph(S.start.check_body), h("p", { class: "sh-fingerprint" }, setting.desk.fingerprint)),
  ], { above: callBox("p") });

export const danger: Draw = (app) => {
  const title = labelOf("urgent.child_in_danger");
  const given = { id: "in-danger", label: title, hint: shared.danger.hint, alone: true };
  const choices = [
    { value: "yes", words: shared.danger.yes },
    { value: "no", words: shared.danger.no },
    { value: "dont_know", words: shared.danger.not_sure },
  ];
  const field = radios(given, choices, chosen(app, "urgent.child_in_danger"));
  return {
    title,
    headingInside: true,
    above: callBox("p"),
    inside: [field.root, submit(W.continue)],
    take: () => {
      const value = field.value();
      if (value === null) return failed(field, shared.danger.choose);
      app.state.answer("urgent.child_in_danger", { answer: value as "yes" | "no" | "dont_know" });
      return [];
    },
  };
};

export const dangerCall: Draw = () =>
  read(spoken("now").title, S.danger_call, [callBox(), paragraph(spoken("now").first)]);

export const meetingCall: Draw = (app) => {
  const isKnown = app.state.given.get("urgent.meeting_when")?.answer === "given" || app.state.is("urgent.meeting_under_way", "yes");
  const lead = isKnown ? [S.meeting_call.lead] : [S.meeting_call.no_day, S.meeting_call.no_day_101];
  return read(S.meeting_call.title, S.meeting_call, [...lead.map((line) => paragraph(line)), callBox(), paragraph(S.meeting_call.after)]);
};

export const signs: Draw = () => {
  const { title, first, points } = spoken("not-sure");
  return read(title, S.signs, [paragraph(first), list(points), callBox(), paragraph(S.signs.after)]);
};

export const leave: Draw = () =>
  read(S.leave.title, { button: W.continue }, [
    paragraph(S.leave.lead),
    list(S.leave.points),
    details(S.leave.more, ...S.leave.more_body.map((line) => paragraph(line))),
  ], { pause: true });

export const who: Draw = (app) => {
  const offered = Object.entries(S.who.choices).map(([value, said]) => ({ value, words: said }));
  const given = { id: "role", label: S.who.title, hint: S.who.hint, alone: true };
  const before = app.state.given.get("holder.role");
  const field = radios(given, [...offered, { value: "not_said", words: W.not_said }],
    before === undefined ? null : before.answer === "given" ? before.value : before.answer);
  return {
    title: S.who.title,
    headingInside: true,
    inside: [field.root, submit(W.continue)],
    take: () => {
      const value = field.value();
      if (value === null) return failed(field, S.who.choose);
      app.state.given.set("holder.role", value === "not_said" ? { answer: value } : { answer: "given", value });
      return [];
    },
  };
};

export const young: Draw = () => read(S.young.title, S.young, S.young.body.map((line) => paragraph(line)));

export const warnings: Draw = () => {
  const rows = shared.warnings.map((one) =>
    h("li", { class: "sh-caution" }, h("strong", {}, one.do_not), h("span", {}, one.why)));
  return read(S.warnings.title, S.warnings, [paragraph(S.warnings.lead), h("ul", { class: "govuk-list sh-cautions" }, ...rows)], { pause: true });
};

export const images: Draw = (app) => {
  const given = { id: "has-images", label: S.images.title, hint: S.images.hint, alone: true };
  const choices = [
    { value: "yes", words: W.yes },
    { value: "no", words: W.no },
    { value: "dont_know", words: S.images.dont_know },
  ];
  const field = radios(given, choices, chosen(app, "images.present"));
  return {
    title: S.images.title,
    headingInside: true,
    inside: [field.root, submit(W.continue)],
    take: () => {
      const value = field.value();
      if (value === null) return failed(field, S.images.choose);
      app.state.given.set("images.present", { answer: value as "yes" | "no" | "dont_know" });
      if (value === "no") app.state.given.delete("images.where");
      return [];
    },
  };
};

export const have: Draw = (app) => {
  const given = { id: "what-there-is", label: S.have.title, hint: S.have.hint, alone: true };
  const choices = Object.entries(S.have.choices).map(([value, said]) => ({ value, words: said }));
  const field = checkboxes(given, choices, [...app.state.have]);
  return {
    title: S.have.title,
    headingInside: true,
    inside: [field.root, submit(W.continue)],
    take: () => {
      const values = field.value();
      if (values.length === 0) return failed(field, S.have.choose);
      if (values.includes("nothing") && values.length > 1) return failed(field, S.have.nothing_alone);
      replaceAll(app.state.have, values);
      if (!values.includes("chat")) app.state.files = [];
      return [];
    },
  };
};

export const screenshots: Draw = (app) => ({
  title: S.screenshots.title,
  inside: [
    paragraph(S.screenshots.lead),
    heading(S.screenshots.heading),
    list(S.screenshots.points, "number"),
    h("div", { class: "govuk-button-group" },
      button(S.screenshots.button, () => {
        app.state.have.add("chat");
        app.go("apps");
      }),
      button(S.screenshots.without, () => app.go("no_file"), "secondary")),
  ],
});

export const whichApps: Draw = (app) => {
  const given = { id: "which-apps", label: S.apps.title, hint: S.apps.hint, alone: true };
  const choices = Object.entries(apps).map(([value, one]) => ({ value, words: one.name }));
  const field = checkboxes(given, [...choices, { value: "other", words: S.apps.other }], [...app.state.apps]);
  field.root.classList.add("sh-apps");
  return {
    title: S.apps.title,
    headingInside: true,
    inside: [field.root, submit(W.continue)],
    take: () => {
      const values = field.value();
      if (values.length === 0) return failed(field, S.apps.choose);
      app.state.tellApps(values, values.flatMap((id) => apps[id]?.name ?? []));
      return [];
    },
  };
};

export const howToExport: Draw = (app) => {
  const picked = Object.entries(apps).filter(([id]) => app.state.apps.has(id));
  const guides = picked.map(([, one]) =>
    h("section", { class: "sh-guide" },
      heading(one.name),
      ...one.ways.flatMap((way) => [h("h3", { class: "govuk-heading-s" }, way.name), list(way.steps, "number")]),
      ...(one.missing.length === 0 ? [] : [h("h3", { class: "govuk-heading-s" }, S.export.missing), list(one.missing)])));
  const other = app.state.apps.has("other") ? [heading(S.export.other), list(S.export.none)] : [];
  return {
    title: S.export.title,
    inside: [
      paragraph(S.export.lead),
      ...guides,
      ...other,
      ...(picked.length === 0 ? [] : [h("p", { class: "govuk-body sh-quiet" }, S.export.note)]),
      h("div", { class: "govuk-button-group" }, submit(S.export.have), button(S.export.later, () => without(app), "secondary")),
    ],
    take: () => [],
  };
};

/** The end of the way without a file: a notice, where this page can lead there, or the phone. */
export const noFile = (setting: Setting): Draw => (app) => ({
  title: S.no_file.title,
  inside: [
    paragraph(S.no_file.lead),
    ...(setting.notice === null ? [] : [
      paragraph(S.no_file.notice),
      h("a", { class: "govuk-button", role: "button", draggable: "false", href: setting.notice }, S.no_file.notice_button),
    ]),
    paragraph(S.no_file.phone),
    paragraph(S.no_file.keep),
    button(S.no_file.after_all, () => withAFile(app), "secondary"),
  ],
});

/** What was added stands as it was left. Whoever chose an app has seen how to get the file out of it. */
function withAFile(app: App): void {
  const { have, apps: chosenApps, seen } = app.state;
  have.add("chat");
  if (chosenApps.size > 0) seen.add("export");
  app.go(chosenApps.size > 0 ? "files" : "apps");
}

export const without = (app: App): void => app.go("no_file");

function chosen(app: App, id: string): string | null {
  return app.state.given.get(id)?.answer ?? null;
}

function replaceAll(kept: Set<string>, values: readonly string[]): void {
  kept.clear();
  for (const value of values) kept.add(value);
}

function failed(field: { target: string; fail(message: string): void }, message: string): readonly Problem[] {
  field.fail(message);
  return [{ target: field.target, message }];
}
