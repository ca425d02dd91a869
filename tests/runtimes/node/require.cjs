const { scenario } = require("./shared/scenario.cjs");
const { settings } = require("./shared/settings.cjs");

scenario(() => require("./shared/entries.cjs"), settings).then((outcome) => console.log(JSON.stringify(outcome)));
