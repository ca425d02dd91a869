// Icons, drawn for this page on a grid of 16.

const PATHS = {
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14",
  run: "M5 3.2v9.6L12.5 8Z",
  stop: "M4.5 4.5h7v7h-7Z",
  copy: "M5.5 5.5V3h7.5v7.5h-2.5M3 5.5h7.5V13H3Z",
  check: "m3 8.5 3.2 3.2L13 5",
  close: "m4 4 8 8m0-8-8 8",
  plus: "M8 3v10M3 8h10",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  link: "M6.7 9.3a2.8 2.8 0 0 0 4 0l2-2a2.8 2.8 0 0 0-4-4l-1 1m1.6 2.4a2.8 2.8 0 0 0-4 0l-2 2a2.8 2.8 0 0 0 4 4l1-1",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.2m0 10.6v1.2M1.5 8h1.2m10.6 0h1.2M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9",
  moon: "M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6Z",
  auto: "M8 2.5a5.5 5.5 0 1 0 0 11Zm0 0a5.5 5.5 0 0 1 0 11",
  replay: "M3 8a5 5 0 1 0 1.6-3.7L3 5.8M3 2.8v3h3",
  keyboard: "M1.5 4.5h13v7h-13Zm3 2.3h.01m2.3 0h.01m2.3 0h.01m2.3 0h.01M5 9.3h6",
  target: "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Zm0-3a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  chevron: "m4.5 6.5 3.5 3.5 3.5-3.5",
  chevronUp: "m4.5 9.5 3.5-3.5 3.5 3.5",
  sidebar: "M2.5 3.5h11v9h-11Zm3.5 0v9",
  chevronRight: "m6.5 4.5 3.5 3.5-3.5 3.5",
  warn: "M8 2.5 14 13H2Zm0 4v3m0 1.7v.01",
  key: "M10.2 9.2a3.2 3.2 0 1 0-3.1-2.4L2.5 11.4v2.1h2.3v-1.6h1.6v-1.6h.8l.9-.9c.6.3 1.3.4 2.1-.2Zm.6-3.7h.01",
  hook: "M8 4.5v5.8a2.7 2.7 0 1 1-5 -1.3M8 4.5a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4Zm0 2.5h4",
  upload: "M8 10.5v-8m0 0-3 3m3-3 3 3M2.5 10.5v3h11v-3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
