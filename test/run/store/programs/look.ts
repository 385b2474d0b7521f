// Looks at a lease some times and says whether it can be had.
import { acquireLease } from "../../../../src/run/store/lease.ts";

const [folder = "", key = ""] = process.argv.slice(2);
let looks = 0;
const lease = await acquireLease(folder, key, () => looks++ > 5, { longestPause: 5 });
console.log(lease ? "free" : "held");
