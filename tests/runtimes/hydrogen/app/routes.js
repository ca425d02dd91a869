import { route } from "@react-router/dev/routes";
import { hydrogenRoutes } from "@shopify/hydrogen";

export default hydrogenRoutes([route("scenario", "routes/scenario.js")]);
