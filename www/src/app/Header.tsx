import { callerName, placeName } from "../client/target.ts";
import { troubles } from "../state/faults.ts";
import { fold, layout } from "../state/layout.ts";
import { target } from "../state/target.ts";
import { type Theme, theme } from "../state/theme.ts";
import { DRAWER_BUTTON_ID, drawerOpen, keyMapOpen, targetOpen } from "../state/view.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";

export function Header() {
  return (
    <header class="header">
      <button
        type="button"
        id={DRAWER_BUTTON_ID}
        class="icon-button drawer-button"
        aria-label="Operations"
        aria-expanded={drawerOpen.value}
        aria-controls="sidebar"
        onClick={() => (drawerOpen.value = !drawerOpen.value)}
      >
        <Icon name={drawerOpen.value ? "close" : "menu"} />
      </button>
      <button
        type="button"
        class="icon-button fold-sidebar"
        id="fold-sidebar"
        aria-label="Show the list of operations"
        aria-pressed={!layout.value.isSidebarFolded}
        onClick={() => fold("isSidebarFolded", !layout.peek().isSidebarFolded)}
      >
        <Icon name="sidebar" />
      </button>
      <h1 class="brand">
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="9" />
          <circle cx="16" cy="12" r="4.4" />
          <path d="M7.5 24.5c1.2-4.2 4.5-6 8.5-6s7.3 1.8 8.5 6" />
        </svg>
        getstream-users
      </h1>
      <p class="tagline">
        {AT_EMULATOR
          ? "The emulator of Stream’s user management that serves this page."
          : "Stream’s user management, as one package. Try it here, offline."}
      </p>
      <div class="header-actions">
        {!AT_EMULATOR && <Install />}
        <TargetButton />
        <ThemeButton />
        <button
          type="button"
          class="icon-button wide-only"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={() => (keyMapOpen.value = true)}
        >
          <Icon name="keyboard" />
        </button>
      </div>
    </header>
  );
}

const INSTALL = "npm install getstream-users";

function Install() {
  return (
    <div class="install">
      <code>{INSTALL}</code>
      <CopyButton label="Copy" text={() => INSTALL} />
    </div>
  );
}

function TargetButton() {
  const { value } = target;
  const troubled = troubles.value.size > 0;
  return (
    <button
      type="button"
      class="button target-button"
      aria-haspopup="dialog"
      data-where={value.where}
      onClick={() => (targetOpen.value = true)}
    >
      <span class={troubled ? "lamp troubled" : "lamp"} />
      <span class="target-place">{placeName(value)}</span>
      <span class="target-caller">as {callerName(value)}</span>
      <Icon name="chevron" />
    </button>
  );
}

const THEMES: Record<Theme, { next: Theme; icon: IconName }> = {
  system: { next: "light", icon: "auto" },
  light: { next: "dark", icon: "sun" },
  dark: { next: "system", icon: "moon" },
};

function ThemeButton() {
  const { next, icon } = THEMES[theme.value];
  const label = `Theme: ${theme.value}. Change to ${next}`;
  return (
    <button
      type="button"
      class="icon-button"
      id="theme"
      aria-label={label}
      title={label}
      onClick={() => (theme.value = next)}
    >
      <Icon name={icon} />
    </button>
  );
}
