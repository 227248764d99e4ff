// whatsapp-chat-parser reads a WhatsApp file: how many messages it gives, and the CPU seconds of reading alone.
import { readFileSync } from "node:fs";
import { parseString } from "whatsapp-chat-parser";

const begin = process.cpuUsage();
const messages = parseString(readFileSync(process.argv[2], "utf8"));
const { user, system } = process.cpuUsage(begin);
console.log(JSON.stringify({ messages: messages.length, cpu_seconds: (user + system) / 1e6 }));
