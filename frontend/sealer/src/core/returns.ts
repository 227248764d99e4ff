// What a platform gives to police alone: told, listed, and not sealed on the holder's side (src/safehand/sources/desk_only.py).
//
// The shell asks every reader whose a file is; a page has no readers. It asks what the three readers of returns ask of a
// file's name and first bytes (roblox, kik, snapchat_return: claim.py), and takes their word.

import type { SourceFile } from "./capture.ts";
import { ending } from "./text_members.ts";

export const RETURN = "This is a return that a platform gives to police: it is read at a desk and nowhere else.";

const HEAD = 64 * 1024;

/** Whether a file is a part of a return. */
export async function isReturn(file: SourceFile, signal?: AbortSignal): Promise<boolean> {
  if (!["csv", "tsv", "txt"].includes(ending(file.name))) return false;
  const head = await headOf(file, signal);
  return isRoblox(file.name, head) || isKik(file.name, head) || isSnapchat(file.name, head);
}

/** Its first bytes, each as one character: only ASCII is looked at. */
async function headOf(file: SourceFile, signal?: AbortSignal): Promise<string> {
  let text = "";
  for await (const piece of file.pieces(signal)) {
    text += new TextDecoder("windows-1252").decode(piece.subarray(0, HEAD - text.length));
    if (text.length >= HEAD) break;
  }
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}

const BOM = "\u00ef\u00bb\u00bf";

const CHAT = ["ts", "conversation_id", "user_id", "text"];
const CHAT_MARKS = ["is_rewritten", "is_filtered_o13", "is_filtered_u13", "request_user_id", "convo_type"];
const ROBLOX_OTHERS = [
  ["body", "author_id", "recipient_id", "created_time (UTC seconds)"],
  ["userid", "frienduserid", "createdutc"],
  ["userid", "followeruserid", "createdutc"],
  ["group_wall_post_id", "group_id", "user_id", "post_text"],
  ["first_recorded_utc", "last_recorded_utc", "user_id", "ip_address"],
  ["pii_userid", "btid", "devicename"],
  ["pii_userid", "pii_device_id"],
  ["accountid", "browsertrackerid"],
  ["asset_id", "asset_type", "asset_name", "creator_user_or_group_id"],
];

function isRoblox(name: string, head: string): boolean {
  const line = /^[^\r\n]{1,4000}/.exec(head)?.[0];
  if (!isCsv(name) || !line?.includes(",")) return false;
  const columns = new Columns(fieldsOf(line, ","));
  const isChat = columns.haveAll(CHAT) && CHAT_MARKS.filter((mark) => columns.have(mark)).length >= 2;
  return isChat || ROBLOX_OTHERS.some((names) => columns.haveAll(names));
}

const KIK_CONTENT = /(?:^|[/_-])data-(?:text|media)\.csv$/;
const KIK_LOG =
  /(?:^|\/)(?:binds?|block_user|chat(?:_platform)?_sent(?:_received)?|friends?_added|group_(?:receive|send)(?:_msg)?(?:_platform)?|group-legend-[^/]*)\.(?:txt|csv)$/;
const KIK_LOG_COLUMNS = [["user_jid", "ts"], ["sender", "receiver", "group_jid"], ["gid", "name", "last_activity"]];
const KIK_ADDRESS = /@(?:talk|groups)\.kik\.com(?![A-Za-z0-9_])/;
const KIK_FOLDER = /(?:^|\/)logs\/[^/]+$/;

function isKik(name: string, head: string): boolean {
  const isLog = KIK_LOG.test(name);
  const line = /^[^\r\n]{1,8000}/.exec(head)?.[0];
  if ((!isLog && !isCsv(name)) || line === undefined) return false;
  const row = fieldsOf(line, line.split("\t").length > line.split(",").length ? "\t" : ",");
  const columns = new Columns(row);
  if (isLog) {
    const byHeader = KIK_LOG_COLUMNS.some((names) => columns.haveAll(names));
    return row.length >= 3 && (byHeader || KIK_ADDRESS.test(head) || KIK_FOLDER.test(name));
  }
  const isHeader = [["sender_id", "sender_jid"], ["receiver_id", "receiver_jid"], ["sent_at"]].every((any) => any.some((one) => columns.have(one)));
  return isHeader || (KIK_CONTENT.test(name) && row.length >= 10 && KIK_ADDRESS.test(line));
}

const SNAPCHAT_RULE = /(?:^|(?<=\n))"?={5,}"?,*[ \t]*\r?(?=\n|$)/g;
const SNAPCHAT_NAME =
  /(?:^|\/)(?:subscriber_info|ip_data|geo_locations?|memories|story|friends?|snap_inc_communications|loc_priv_sets|location_privacy_settings?|conversation_list|reported_conversations|call_logs?|my_ai[^/]*|chats?|conversations)[^/]*\.csv$/;

function isSnapchat(name: string, head: string): boolean {
  if (!isCsv(name)) return false;
  const rules = [...head.matchAll(SNAPCHAT_RULE)].map((match) => match.index + match[0].length);
  for (const start of rules.length > 0 ? rules : [0]) {
    const line = /^[\r\n]*([^\r\n]{1,8000})/.exec(head.slice(start))?.[1];
    if (line !== undefined && isSnapchatHeader(new Columns(fieldsOf(line, ",")))) return true;
  }
  return rules.length > 0 && SNAPCHAT_NAME.test(name);
}

function isSnapchatHeader(columns: Columns): boolean {
  const newer = columns.haveAll(["conversation_id", "sender_username", "timestamp"]);
  const older = columns.haveAll(["from", "to", "body", "saved", "timestamp", "media_id"]);
  return (newer && (columns.have("text") || columns.have("media_id"))) || older;
}

function isCsv(name: string): boolean {
  return name.toLowerCase().endsWith(".csv");
}

/** The names in a header. Case, and space around a name, make no difference. */
class Columns {
  private readonly names: ReadonlySet<string>;

  constructor(header: readonly string[]) {
    this.names = new Set(header.map(folded));
  }

  have(name: string): boolean {
    return this.names.has(folded(name));
  }

  haveAll(names: readonly string[]): boolean {
    return names.every((name) => this.have(name));
  }
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

/** The fields of one row (sources/csv_fields.py, split_carefully). */
function fieldsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const field = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"?)?([^${delimiter}]*)`, "y");
  const found: string[] = [];
  for (let at = 0; at <= text.length; ) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (match === null) break;
    const [all, quoted, rest] = [match[0], match[1], match[2] ?? ""];
    found.push(quoted === undefined ? rest : rest ? all : quoted.replaceAll('""', '"'));
    at += all.length + 1;
  }
  return found;
}
