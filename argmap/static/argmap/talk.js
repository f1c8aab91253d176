// Comments: what is typed is kept until it is sent, and names are offered after an @.
import { startCalling } from "./calling.js";
import { startDrafts } from "./drafts.js";

startDrafts();
startCalling();
