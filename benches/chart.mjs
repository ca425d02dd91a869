// A chart of the factors by which this package beats the official SDKs: a bar for each row and SDK, on a logarithmic scale.

import { NODE_SDK, OURS, STREAM_CHAT } from "./names.mjs";
import { ratio } from "./report.mjs";

const COLORS = { [NODE_SDK]: "#2563eb", [STREAM_CHAT]: "#d97706" };
const [LEFT, RIGHT, WIDTH] = [330, 60, 900];
const [ROW, BAR, TOP] = [34, 12, 84];
const MARKS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200];

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export function chart(sections) {
  const rows = sections.flatMap(({ where, rows, group }) =>
    rows
      .filter(
        ({ values, unit }) =>
          unit !== "calls" && values[OURS] > 0 && Object.keys(COLORS).some((sdk) => values[sdk] > 0),
      )
      .map((row) => ({ row, name: label(group, row.name, where) })),
  );
  const height = TOP + rows.length * ROW + 24;
  const ratios = rows.flatMap(({ row }) =>
    Object.keys(COLORS).flatMap((sdk) => (row.values[sdk] ? [ratio(row, sdk)] : [])),
  );
  const [low, high] = [Math.min(0.5, ...ratios), Math.max(2, ...ratios) * 1.1];
  const at = (value) =>
    LEFT + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))) * (WIDTH - LEFT - RIGHT);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="How much faster or lighter getstream-users is than the official SDKs">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="16" y="26" font-size="16" font-weight="600" fill="#111827">How much faster or lighter getstream-users is</text>`,
  ];
  for (const [index, [sdk, color]] of Object.entries(COLORS).entries()) {
    const x = 16 + index * 210;
    parts.push(`<rect x="${x}" y="40" width="12" height="12" fill="${color}"/>`);
    parts.push(`<text x="${x + 18}" y="51" fill="#374151">than ${escaped(sdk)}</text>`);
  }
  for (const mark of MARKS.filter((mark) => mark >= low && mark <= high)) {
    const color = mark === 1 ? "#111827" : "#e5e7eb";
    parts.push(
      `<line x1="${at(mark).toFixed(1)}" y1="${TOP - 8}" x2="${at(mark).toFixed(1)}" y2="${height - 20}" stroke="${color}"/>`,
    );
    parts.push(
      `<text x="${at(mark).toFixed(1)}" y="${TOP - 12}" text-anchor="middle" font-size="11" fill="#6b7280">${mark}x</text>`,
    );
  }
  for (const [index, { row, name }] of rows.entries()) {
    const top = TOP + index * ROW;
    parts.push(`<text x="${LEFT - 12}" y="${top + 17}" text-anchor="end" fill="#111827">${escaped(name)}</text>`);
    let y = top + 2;
    for (const [sdk, color] of Object.entries(COLORS)) {
      if (!row.values[sdk]) continue;
      const value = ratio(row, sdk);
      const [from, to] = [Math.min(at(1), at(value)), Math.max(at(1), at(value))];
      parts.push(
        `<rect x="${from.toFixed(1)}" y="${y}" width="${Math.max(1, to - from).toFixed(1)}" height="${BAR}" fill="${color}"/>`,
      );
      parts.push(
        `<text x="${(to + 5).toFixed(1)}" y="${y + 10}" font-size="11" fill="#374151">${value.toFixed(value < 10 ? 2 : 0)}x</text>`,
      );
      y += BAR + 2;
    }
  }
  return `${[...parts, "</svg>"].join("\n")}\n`;
}

/** The name of a row among rows of other groups. */
function label(group, name, where) {
  const runtime = where.split(".")[0];
  if (group === "webhooks") return `verifyWebhook, ${name.replace(", bytes", "")}, ${runtime}`;
  if (group === "cold-process") return `${name}, ${runtime}`;
  if (group === "sizes") return `weight of ${name}`;
  if (group === "memory") return `memory of ${name}`;
  if (name.startsWith("a fresh process")) return "a cold Worker, to its first response";
  return name.replace(": upsertMany, or a loop", "");
}
