/** Instants and spans as staffs write them. Always Z first; local time is an addition. */

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const MONTHS_SPOKEN = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

function parts(timeMs: number, offsetMs: number): Parts {
  const date = new Date(timeMs + offsetMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

export function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Letter of a whole-hour zone, or the offset in full. */
export function zone(offsetMs: number): string {
  const hours = offsetMs / HOUR_MS;
  if (Number.isInteger(hours)) {
    if (hours >= 0 && hours <= 12) return "ZABCDEFGHIKLM"[hours] as string;
    if (hours < 0 && hours >= -12) return "NOPQRSTUVWXY"[-hours - 1] as string;
  }
  return offset(offsetMs);
}

/** `+09:00`. */
export function offset(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Date-time group `202300Z JUL 23`, seconds cut off. */
export function dateTimeGroup(timeMs: number, offsetMs = 0): string {
  const { year, month } = parts(timeMs, offsetMs);
  return `${dayTime(timeMs, offsetMs)} ${MONTHS[month]} ${two(year % 100)}`;
}

/** `202300Z`: day, hour, minute, zone. */
export function dayTime(timeMs: number, offsetMs = 0): string {
  const { day, hour, minute } = parts(timeMs, offsetMs);
  return `${two(day)}${two(hour)}${two(minute)}${zone(offsetMs)}`;
}

/** `2300`. */
export function clockTime(timeMs: number, offsetMs = 0): string {
  const { hour, minute } = parts(timeMs, offsetMs);
  return `${two(hour)}${two(minute)}`;
}

/** `20 JUL`. */
export function dayMonth(timeMs: number, offsetMs = 0): string {
  const { day, month } = parts(timeMs, offsetMs);
  return `${two(day)} ${MONTHS[month]}`;
}

/** For a screen reader: `20 July 2023, 23:00 Z; local 21 July, 08:00`. */
export function spoken(timeMs: number, offsetMs = 0): string {
  const z = parts(timeMs, 0);
  const text = `${z.day} ${MONTHS_SPOKEN[z.month]} ${z.year}, ${two(z.hour)}:${two(z.minute)} Z`;
  if (offsetMs === 0) return text;
  const local = parts(timeMs, offsetMs);
  return `${text}; local ${local.day} ${MONTHS_SPOKEN[local.month]}, ${two(local.hour)}:${two(local.minute)}`;
}

/** `1 d 4 h`, `1 h 30 min`, to the minute. */
export function duration(durationMs: number): string {
  let rest = Math.round(Math.abs(durationMs) / MINUTE_MS);
  const terms: string[] = [];
  for (const [minutes, unit] of [[1440, "d"], [60, "h"], [1, "min"]] as const) {
    const amount = Math.floor(rest / minutes);
    rest -= amount * minutes;
    if (amount > 0) terms.push(`${amount} ${unit}`);
  }
  return terms.join(" ") || "0 min";
}
