import "../shared/page.mjs";
