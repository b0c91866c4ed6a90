// Prints, for each calendar file of its arguments, its entries as ical.js and as node-ical read them; fails where one of them does not.
// A day is "2027-03-03", an instant "2027-03-03T15:00:00Z", a floating time "2027-03-03T16:00:00". To be run with TZ=UTC.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const iso = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 19);
const some = (value) => (value === undefined || value === "" ? null : value);

function momentOfIcalJs(property) {
  const time = property?.getFirstValue();
  if (!time) return null;
  if (time.isDate || time.zone === ICAL.Timezone.localTimezone) return time.toString();
  return `${iso(time.toUnixTime() * 1000)}Z`;
}

function entriesOfIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Set(calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")));
  return calendar.getAllSubcomponents("vevent").map((entry) => {
    for (const property of entry.getAllProperties()) {
      const zone = property.getParameter("tzid");
      if (zone && !zones.has(zone)) throw new Error(`no VTIMEZONE for ${zone}`);
    }
    const value = (name) => some(entry.getFirstPropertyValue(name) ?? undefined);
    return {
      uid: value("uid"),
      recurrence: momentOfIcalJs(entry.getFirstProperty("recurrence-id")),
      summary: value("summary"),
      start: momentOfIcalJs(entry.getFirstProperty("dtstart")),
      end: momentOfIcalJs(entry.getFirstProperty("dtend")),
      status: value("status"),
      location: value("location"),
      description: value("description"),
      categories: entry.getFirstProperty("categories")?.getValues() ?? [],
      url: value("url"),
      sequence: value("sequence"),
      repeats: value("rrule") !== null,
      alarms: entry.getAllSubcomponents("valarm").length,
    };
  });
}

function momentOfNodeIcal(date) {
  if (!date) return null;
  return date.dateOnly ? iso(date).slice(0, 10) : iso(date) + (date.tz ? "Z" : "");
}

function entryOfNodeIcal(entry) {
  const start = momentOfNodeIcal(entry.start);
  const end = momentOfNodeIcal(entry.end);
  return {
    uid: entry.uid,
    recurrence: momentOfNodeIcal(entry.recurrenceid),
    summary: some(entry.summary),
    start,
    end: end === start ? null : end, // it makes up an end, the start, where there is none
    status: some(entry.status),
    location: some(entry.location),
    description: some(entry.description),
    categories: entry.categories ?? [],
    url: some(entry.url?.val ?? entry.url),
    sequence: entry.sequence,
    repeats: entry.rrule !== undefined,
    alarms: entry.alarms?.length ?? 0,
  };
}

function entriesOfNodeIcal(text) {
  const entries = Object.values(nodeIcal.sync.parseICS(text)).filter((entry) => entry.type === "VEVENT");
  // A moved occurrence stands there twice, by its day and by its instant.
  return entries.flatMap((entry) => [entry, ...new Set(Object.values(entry.recurrences ?? {}))].map(entryOfNodeIcal));
}

const read = process.argv.slice(2).map((path) => {
  const text = readFileSync(path, "utf-8");
  return { "ical.js": entriesOfIcalJs(text), "node-ical": entriesOfNodeIcal(text) };
});
process.stdout.write(JSON.stringify(read));
