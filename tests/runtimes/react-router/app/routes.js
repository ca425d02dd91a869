import { route } from "@react-router/dev/routes";

export default [route("scenario", "routes/scenario.js")];
