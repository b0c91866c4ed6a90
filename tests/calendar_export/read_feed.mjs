// Prints the UID and start of each VEVENT of the calendar on standard input, as ical.js reads them; fails where it does not.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
const zones = new Set(calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const start = component.getFirstProperty("dtstart");
  const zone = start.getParameter("tzid");
  if (zone && !zones.has(zone)) throw new Error(`no VTIMEZONE for ${zone}`);
  return [component.getFirstPropertyValue("uid"), component.getFirstPropertyValue("summary"), start.getFirstValue().toString()];
});
console.log(JSON.stringify(events));
