// Times in the reader's own zone, with the event's beside them. A whole day, or a time without a zone, never moves.
(function (our) {
  var DASH = "\u2013";
  var own = {
    day: new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }),
    hours: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" })
  };
  var utc = {
    weekday: new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }),
    month: new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }),
    date: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
    brief: new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }),
    full: new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
  };

  our.clock = function () {
    var now = new Date();
    return { now: now.getTime() / 1000, today: own.day.format(now) };
  };

  our.weekdayText = function (day) { return utc.weekday.format(new Date(day)); };
  our.monthText = function (month) { return utc.month.format(new Date(month + "-01")); };
  our.dateText = function (day) { return utc.date.format(new Date(day)); };
  our.briefText = function (day) { return utc.brief.format(new Date(day)); };
  our.fullText = function (day) { return utc.full.format(new Date(day)); };

  // Whether the moment is an instant, which clocks elsewhere show at another hour.
  our.isInstant = function (moment) { return moment.length > 16; };
  our.isTimed = function (moment) { return moment.length > 10; };

  // The day and the hour of a moment: on the reader's clock for an instant, else on the event's.
  our.local = function (moment) {
    if (!our.isInstant(moment)) return { day: moment.slice(0, 10), hour: moment.slice(11, 16) };
    var instant = new Date(moment);
    return { day: own.day.format(instant), hour: own.hours.format(instant) };
  };

  // Adds to each event its days and hours on the reader's clock. Intl is slow: equal moments are formatted once.
  our.localise = function (events) {
    var known = new Map();
    function local(moment) {
      var found = known.get(moment);
      if (!found) known.set(moment, found = our.local(moment));
      return found;
    }
    events.forEach(function (event) {
      var start = local(event.start), end = event.end ? local(event.end) : null;
      event.day = start.day;
      event.hour = start.hour;
      event.endDay = end ? end.day : start.day;
      event.endHour = end ? end.hour : "";
    });
  };

  // Whether an event is over: by the clock for an instant, at midnight for a day; a series never is.
  our.isOver = function (event, clock) {
    var last = event.end || event.start;
    if (event.series) return false;
    return our.isInstant(last) ? Date.parse(last) / 1000 <= clock.now && !isToCome(event, clock) : event.endDay < clock.today;
  };

  function isToCome(event, clock) {
    return Date.parse(event.start) / 1000 > clock.now;
  }

  our.zoneText = function (zone) {
    var city = zone.split("/").pop().replace(/_/g, " ");
    return city === "UTC" || city === "GMT" ? city : city + " time";
  };

  // The reader's hours: "16:00–17:30", "4 March 2027, 16:00 to 6 March 2027, 12:00", "" for a mere day.
  our.hoursText = function (event) {
    if (event.endDay !== event.day) return point(event.day, event.hour) + " to " + point(event.endDay, event.endHour);
    return event.hour && event.endHour ? event.hour + DASH + event.endHour : event.hour;
  };

  function point(day, hour) {
    return our.dateText(day) + (hour ? ", " + hour : "");
  }

  // The event's own hour where the reader's differs: "10:00 New York time", with its day if that differs, too.
  our.otherHours = function (event) {
    var hour = event.start.slice(11, 16);
    if (!our.isInstant(event.start) || !event.zone) return "";
    if (hour === event.hour && event.firstDay === event.day) return "";
    return (event.firstDay === event.day ? "" : our.briefText(event.firstDay) + ", ") + hour + " " + our.zoneText(event.zone);
  };
})(Symposia);
