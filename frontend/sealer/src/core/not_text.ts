// What to say where there is no text at all: by the type that most of the files have (src/safehand/sources/known.py).

const LEAVE = "Do not open, copy or send them: leave them where they are, and tell the desk that they are there.";
const AS_TEXT = "A chat is read as text: export it in the app with “Export chat”, without media.";

/** By the type of file: what they are, and what a person may do. */
export const NOT_TEXT: Readonly<Record<string, readonly [string, string]>> = {
  image: ["pictures", `${LEAVE} ${AS_TEXT} A screenshot is a picture too.`],
  video: ["films", `${LEAVE} ${AS_TEXT}`],
  audio: ["sounds", `Leave them where they are, and tell the desk that they are there. ${AS_TEXT}`],
  document: ["documents", `A PDF or a document may hold pictures, so none is opened. ${AS_TEXT}`],
  archive: ["archives", "Only ZIP archives are opened, and not one inside another. Unpack it first."],
};
